"""A graph of any size as a document, piece by piece: memory stays flat, and the first piece comes at once.

What fits in one piece is sorted as a whole, as every other document. Of more, each piece is sorted: the things come in
the store's own order, the triples of one thing together.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Final

from pyoxigraph import RdfFormat, Triple
from pyoxigraph import serialize as engine_serialize

from ontologies.namespaces import PREFIXES
from sparql.formats import RdfSyntax, in_order, json_ld_nodes, serialise, used_prefixes, well_formed

PIECE: Final = 2_000
"""Triples that are serialised at a time; a piece has more where one thing has."""
_END_OF_XML = b"</rdf:RDF>"


def document(
    triples: Iterable[Triple], syntax: RdfSyntax, prefixes: Mapping[str, str] = PREFIXES
) -> bytes | Iterator[bytes]:
    """The whole document where it is small, else its pieces; `triples` are read as they are needed.

    Those of one subject must come one after the other.
    """
    pieces = _pieces(iter(triples))
    first = next(pieces, [])
    second = next(pieces, None)
    if second is None:
        return serialise(first, syntax, prefixes)
    return _streamed(chain([first, second], pieces), used_prefixes(first, prefixes), syntax.engine)


def _streamed(pieces: Iterable[list[Triple]], prefixes: dict[str, str], syntax: RdfFormat) -> Iterator[bytes]:
    if syntax == RdfFormat.JSON_LD:
        yield from _json_ld(pieces)
        return
    end = _END_OF_XML if syntax == RdfFormat.RDF_XML else b""
    for number, piece in enumerate(pieces):
        ordered = in_order(piece)
        if syntax == RdfFormat.RDF_XML:
            ordered = [well_formed(triple) for triple in ordered]
        content = engine_serialize(ordered, format=syntax, prefixes=prefixes) or b""
        yield content[_start(content, syntax) if number else 0 :].removesuffix(end)
    yield end


def _start(content: bytes, syntax: RdfFormat) -> int:
    """Where the first triple of a document is: behind what every document begins with."""
    if syntax == RdfFormat.RDF_XML:
        return content.index(b">", content.index(b"<rdf:RDF")) + 1
    start = 0
    while content.startswith(b"@prefix ", start):
        start = content.index(b"\n", start) + 1
    return start


def _json_ld(pieces: Iterable[list[Triple]]) -> Iterator[bytes]:
    """Without a context: which prefixes occur is known at the end only."""
    before = '{"@graph": [\n'
    for piece in pieces:
        for node in json_ld_nodes(in_order(piece), {}):
            yield f"{before}{json.dumps(node, ensure_ascii=False)}".encode()
            before = ",\n"
    yield b"\n]}"


def _pieces(triples: Iterator[Triple]) -> Iterator[list[Triple]]:
    """The triples by the thousand, those of one subject in one piece."""
    piece = list(islice(triples, PIECE))
    while piece:
        subject, following = piece[-1].subject, None
        for triple in triples:
            if triple.subject != subject:
                following = triple
                break
            piece.append(triple)
        yield piece
        piece = [] if following is None else [following, *islice(triples, PIECE - 1)]
