"""Triples as a remote store gets them: lines of N-Triples that every engine takes, and the way back.

A blank node would get another name at each reading, so it travels as an IRI. A triple about a triple is RDF 1.2, which
services of SPARQL 1.1 do not have: it stays in the list of what the store spells otherwise.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Quad, RdfFormat, parse, serialize

from sparql.embedded.stored_form import as_stored
from sparql.remote.errors import StoreAnswerError

_BLANK: Final = re.compile(rb'^_:(\S+)|(?<=> )_:([^\s"<>]+)(?= \.$)')
_NAMED: Final = re.compile(rb"<urn:samsvar:blank:([^>]+)>")
_DIRECTED: Final = re.compile(rb'"@[A-Za-z0-9-]+--(?:ltr|rtl) \.$')
_MODULUS: Final = 1 << 256


def lines_of(n_triples: bytes) -> set[bytes]:
    """The triples of a service's N-Triples, a line each, as the embedded engine writes them.

    Raises:
        StoreAnswerError: they are none.
    """
    try:
        triples = as_stored(
            quad.triple for quad in parse(n_triples, RdfFormat.N_TRIPLES, lenient=True) if isinstance(quad, Quad)
        )
    except SyntaxError as error:
        raise StoreAnswerError(f"A graph of the remote store is no whole N-Triples: {error}.") from error
    return set((serialize(triples, format=RdfFormat.N_TRIPLES) or b"").splitlines())


def sendable(line: bytes) -> bool:
    """Whether services of SPARQL 1.1 can hold it."""
    value = line.split(b" ", 2)[2]
    return not value.startswith(b"<<(") and not _DIRECTED.search(value)


def has_blank_node(line: bytes) -> bool:
    """Whether a blank node is in it, whose name a loader may change."""
    return b"_:" in line and _BLANK.search(line) is not None


def to_service(line: bytes) -> bytes:
    """A line as it is sent."""
    return _BLANK.sub(rb"<urn:samsvar:blank:\1\2>", line) if b"_:" in line else line


def from_service(line: bytes) -> bytes:
    """A line as it was."""
    return _NAMED.sub(rb"_:\1", line) if b"<urn:samsvar:blank:" in line else line


def fingerprint(lines: Iterable[bytes]) -> int:
    """A sum of the lines' SHA-256, so that one of a changed graph follows from what changed, in any order."""
    return sum(int.from_bytes(hashlib.sha256(line).digest()) for line in lines) % _MODULUS


def changed_fingerprint(before: str, removed: Iterable[bytes], added: Iterable[bytes]) -> str:
    """The fingerprint of a graph whose earlier one is `before` ("" for no graph), as 64 hexadecimal digits."""
    start = int(before, 16) if before else 0
    return f"{(start - fingerprint(removed) + fingerprint(added)) % _MODULUS:064x}"
