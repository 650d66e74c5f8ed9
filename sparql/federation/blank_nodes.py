"""Blank nodes of a service in the query that asked it: VALUES has no place for them, so an IRI travels for each."""

import uuid

from pyoxigraph import BlankNode, NamedNode

from sparql.store import Term

FUNCTION = NamedNode("urn:samsvar:service-term")
"""A function of the engine, see `term_of`."""
_PREFIX = "urn:samsvar:blank-node:"


class BlankNodes:
    """The blank nodes of one answer: the same label is the same node, and no other answer has it."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._scope = uuid.uuid4().hex

    def __bool__(self) -> bool:
        return bool(self._names)

    def name(self, node: BlankNode) -> str:
        """The IRI that travels for it."""
        return self._names.setdefault(node.value, f"{_PREFIX}b{self._scope}x{len(self._names)}")


def term_of(travelled: Term) -> Term:
    """The blank node that an IRI travels for; every other term is itself."""
    if isinstance(travelled, NamedNode) and travelled.value.startswith(_PREFIX):
        return BlankNode(travelled.value.removeprefix(_PREFIX))
    return travelled
