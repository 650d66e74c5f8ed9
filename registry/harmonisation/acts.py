"""What a comparison needs to know of the act or regulation that a definition stands in; looked up once an act."""

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import ELI
from sparql.store import Quads

_PROVISION_DEPTH = 5
"""An act's path below "legislation": kind, year, month, day, number; a provision's path is longer."""


class Acts:
    """The acts of one generation."""

    def __init__(self, reader: Quads) -> None:
        self._reader = reader
        self._ministries: dict[str, str] = {}
        self._enabling: dict[str, tuple[str, ...]] = {}
        self._transposed: dict[str, tuple[str, ...]] = {}

    def ministry(self, act: str) -> str:
        """The ministry responsible for an act, "" if nothing says so."""
        if act not in self._ministries:
            quads = self._reader.quads(NamedNode(act), ELI.responsibility_of)
            names = (quad.object.value for quad in quads if isinstance(quad.object, Literal))
            self._ministries[act] = min(names, default="")
        return self._ministries[act]

    def enabling(self, act: str) -> tuple[str, ...]:
        """The acts that a regulation is given under; a provision counts as its act."""
        if act not in self._enabling:
            found = {self._act_of(iri) for iri in self._linked(act, ELI.based_on)}
            self._enabling[act] = tuple(sorted(found - {act}))
        return self._enabling[act]

    def transposes(self, act: str) -> tuple[str, ...]:
        """The acts of the EU that an act makes law."""
        if act not in self._transposed:
            self._transposed[act] = tuple(sorted(self._linked(act, ELI.transposes)))
        return self._transposed[act]

    def _linked(self, act: str, predicate: NamedNode) -> set[str]:
        quads = self._reader.quads(NamedNode(act), predicate)
        return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}

    def _act_of(self, iri: str) -> str:
        """The act that a provision stands in, also where the register does not hold the act."""
        for quad in self._reader.quads(NamedNode(iri), ELI.is_part_of):
            if isinstance(quad.object, NamedNode):
                return quad.object.value
        base, found, path = iri.partition("/legislation/")
        parts = path.split("/")
        return f"{base}{found}{'/'.join(parts[:_PROVISION_DEPTH])}" if found else iri
