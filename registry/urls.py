"""The one maker of URIs: what is minted, and which graph holds what. Paths have slashes, no hash, no trailing slash.

Minted: ``{base}/concepts/{id}``, ``{base}/definitions/{id}``, ``{base}/sources/{id}``, ``{base}/catalogues/{id}``,
``{base}/legislation/{lov|forskrift}/{yyyy}/{mm}/{dd}/{number}``, ``{base}/conflicts/{id}``, ``{base}/imports/{id}``.
"""

from dataclasses import dataclass

from pyoxigraph import NamedNode

_KINDS = ("catalogue", "law", "vocabulary")


@dataclass(frozen=True, slots=True)
class Place:
    """What a graph's IRI says: `kind` and `identifier` of a catalogue, act or vocabulary; empty for any other."""

    kind: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Urls:
    """URIs under `base` (SAMSVAR_URI_BASE, no trailing slash)."""

    base: str

    def mint(self, kind: str, identifier: str) -> NamedNode:
        """A thing of the register's own: ``{base}/{kind}/{identifier}``."""
        return NamedNode(self.address(kind, identifier))

    def address(self, kind: str, identifier: str) -> str:
        """The same as text, for an identifier that a client made up: it need not be an IRI."""
        return f"{self.base}/{kind}/{identifier}"

    def graph(self, kind: str, identifier: str = "") -> NamedNode:
        """A named graph: ``{base}/graph/{kind}`` or ``{base}/graph/{kind}/{identifier}``."""
        tail = f"{kind}/{identifier}" if identifier else kind
        return NamedNode(f"{self.base}/graph/{tail}")

    def place(self, graph: str) -> Place:
        """Where a graph stands in the register."""
        start = f"{self.base}/graph/"
        kind, _, identifier = graph[len(start) :].partition("/") if graph.startswith(start) else ("", "", "")
        return Place(kind, identifier) if kind in _KINDS and identifier else Place()

    @property
    def findings(self) -> NamedNode:
        """The graph of what the machine found."""
        return self.graph("findings")

    @property
    def derived(self) -> NamedNode:
        """The graph of what is computed for convenience."""
        return self.graph("derived")

    @property
    def provenance(self) -> NamedNode:
        """The graph of imports, versions and tombstones."""
        return self.graph("provenance")
