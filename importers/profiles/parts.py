"""What the profiles ask of the parts of a record: elements of a model, distributions, channels, rules ...

A record of a thousand elements that all lack the same is told so once, with their number and the first of them.
"""

from collections import defaultdict
from collections.abc import Mapping

from pyoxigraph import NamedNode

from importers.rdf.journal import Journal
from importers.rdf.triples import Node, TripleIndex
from ontologies.namespaces import MODELLDCATNO, RDF, SKOS
from ontologies.profiles import PARTS, Requirement, broken, prefixed

_BELONGING = (SKOS.inScheme, MODELLDCATNO.annotates, MODELLDCATNO.constrains)
"""From a part to what it belongs to, where that does not point at it."""


def check_parts(index: TripleIndex, owned: Mapping[Node, Node], journal: Journal) -> None:
    """Notes with each record which mandatory properties its parts lack; `owned` says which record a node belongs to."""
    lacking: dict[tuple[Node, Requirement], list[Node]] = defaultdict(list)
    for part in index.of_type(*PARTS):
        owner = _owner(index, part, owned)
        for requirement in _broken(index, part):
            lacking[owner, requirement].append(part)
    for (owner, requirement), parts in lacking.items():
        first = f", {parts[0].value}" if isinstance(parts[0], NamedNode) else ""
        value = f"{requirement.name}: {prefixed(requirement.kind)} × {len(parts)}{first}"
        journal.note(owner, "part-property-missing", value)


def _broken(index: TripleIndex, part: Node) -> list[Requirement]:
    about = index.about(part)
    kinds = [kind for kind in about[RDF.type] if isinstance(kind, NamedNode) and kind in PARTS]
    return [one for kind in kinds for one in broken(kind, lambda wanted: len(about.get(wanted, ())))]


def _owner(index: TripleIndex, part: Node, owned: Mapping[Node, Node]) -> Node:
    """The record that a part belongs to; itself where it belongs to none."""
    if part in owned:
        return owned[part]
    holders = (holder for link in _BELONGING for holder in index.nodes(part, link))
    return next((owned[holder] for holder in holders if holder in owned), part)
