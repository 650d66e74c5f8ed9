"""`$ref` within one document: pointers, anchors, and schemas that the document embeds. Nothing is fetched."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from importers.models.naming import Pointer

_MOST_STEPS = 100
"""References that may lead to one another before they are taken to go in a circle."""


class References:
    """What the references of a document stand for. `base` is the document's own URI, "" where it has none."""

    def __init__(self, document: Mapping[str, Any], base: str = "") -> None:
        self._document = document
        self._base = urldefrag(base)[0]
        self._named: dict[str, Pointer] = {}
        for pointer, schema in _objects(document):
            if isinstance(anchor := schema.get("$anchor"), str):
                self._named[f"#{anchor}"] = pointer
            if isinstance(own := schema.get("$id"), str) and pointer:
                self._named[self.absolute(own)] = pointer

    def absolute(self, reference: str) -> str:
        """The reference as an absolute URI where the document has one, else as it is written."""
        return urljoin(self._base, reference) if self._base else reference

    def pointer(self, reference: str) -> Pointer | None:
        """Where in the document a reference points; None where that is not in it."""
        if reference in self._named:
            return self._named[reference]
        if self.absolute(reference) in self._named:
            return self._named[self.absolute(reference)]
        document, fragment = urldefrag(self.absolute(reference))
        if document != self._base:
            return None
        if fragment and not fragment.startswith("/"):
            return self._named.get(f"#{fragment}")
        steps = unquote(fragment).split("/")[1:]
        pointer = tuple(step.replace("~1", "/").replace("~0", "~") for step in steps)
        return pointer if self.at(pointer) is not None else None

    def at(self, pointer: Pointer) -> Any:
        """What stands at a pointer; None where nothing does."""
        found: Any = self._document
        for step in pointer:
            if isinstance(found, Mapping):
                found = found.get(step)
            elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
                found = found[int(step)]
            else:
                return None
        return found

    def followed(self, pointer: Pointer) -> Pointer | None:
        """Where references end that only lead on to others; None where they go in a circle or out of the document."""
        for _ in range(_MOST_STEPS):
            found = self.at(pointer)
            if not is_only_reference(found):
                return pointer
            following = self.pointer(found["$ref"])
            if following is None:
                return None
            pointer = following
        return None


def is_only_reference(schema: Any) -> bool:
    """Whether a schema is nothing but another one, perhaps with words of its own."""
    return isinstance(schema, Mapping) and isinstance(schema.get("$ref"), str) and schema.keys() <= _BESIDE_REFERENCE


_BESIDE_REFERENCE = {
    "$ref",
    "title",
    "description",
    "summary",
    "deprecated",
    "nullable",
    "x-concept",
    "default",
    "example",
}


def _objects(document: Any) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    """Every object of a document, with where it stands."""
    waiting: list[tuple[Pointer, Any]] = [((), document)]
    while waiting:
        pointer, found = waiting.pop()
        if isinstance(found, Mapping):
            yield pointer, found
            waiting += [((*pointer, str(key)), value) for key, value in found.items()]
        elif isinstance(found, list):
            waiting += [((*pointer, str(place)), value) for place, value in enumerate(found)]
