"""What the parts of a model are called: by a URI of ours with slashes, or by a pointer into a schema that has a URI."""

import hashlib
import re
import unicodedata
from typing import TypeAlias
from urllib.parse import quote

from pyoxigraph import NamedNode

Pointer: TypeAlias = tuple[str, ...]
"""The way from the top of a document to a part of it, as a JSON Pointer has it."""

_STRUCTURE = frozenset({"components", "schemas", "$defs", "definitions", "properties", "items", "paths"})
"""Members on the way that say nothing about which part is meant."""
_TOP = ("root",)
_FOLDED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})


def segment(text: str) -> str:
    """A name as a part of a path: letters a to z, digits, ``-`` and ``_``; case is kept."""
    folded = unicodedata.normalize("NFKD", text.translate(_FOLDED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_]+", "-", folded).strip("-")


class Names:
    """IRIs of the parts of one model, the same for the same pointer.

    `base` is what minted ones begin with; `schema` is the URI of the schema where it has one of its own, so that its
    parts are named by pointers into it.
    """

    def __init__(self, base: str, schema: str = "") -> None:
        self._base = base
        self._schema = schema
        self._taken: dict[str, Pointer] = {}

    def of(self, pointer: Pointer) -> NamedNode:
        """The IRI of a part of the document."""
        if self._schema:
            steps = "".join(f"/{quote(step.replace('~', '~0').replace('/', '~1'), safe='$')}" for step in pointer)
            return NamedNode(f"{self._schema}#{steps}")
        return self.minted(tuple(step for step in pointer if step not in _STRUCTURE) or pointer or _TOP)

    def minted(self, steps: Pointer) -> NamedNode:
        """An IRI of ours; two ways that would read the same are told apart by a hash."""
        path = "/".join(segment(step) or _hash(step) for step in steps)
        if self._taken.setdefault(path, steps) != steps:
            path += f"-{_hash('/'.join(steps))}"
        return NamedNode(f"{self._base}/{path}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
