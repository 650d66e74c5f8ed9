"""What is said to rest on law by an address at Lovdata, joined with the acts and provisions of the register.

Reads: the graphs of catalogues.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from importers.law.identifiers import section_name
from importers.references.addresses import target
from ontologies.namespaces import RDFS
from registry.catalogue.per_generation import per_generation
from registry.chain.links import LEGAL
from registry.urls import Urls
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class NamedLaw:
    """Which provision each description or address of law means, and the other way round; all are IRIs."""

    provision: Mapping[str, str]
    named_by: Mapping[str, tuple[str, ...]]


@per_generation
def named_law(reader: Reader, urls: Urls) -> NamedLaw:
    """Every value of a property that names law, and the provision that it leads to."""
    named = {value for each in LEGAL for value in _values(reader.quads(predicate=each))}
    meant = {value: found for value in sorted(named) if (found := _provision(reader, urls, value))}
    named_by = defaultdict[str, list[str]](list)
    for value, found in meant.items():
        named_by[found].append(value)
    return NamedLaw(meant, {found: tuple(values) for found, values in named_by.items()})


def _values(quads: Iterable[Quad]) -> set[str]:
    return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}


def _provision(reader: Reader, urls: Urls, value: str) -> str:
    """The IRI of the provision, else of its act, "" where the value is one itself or leads to none."""
    if value.startswith(urls.mint("legislation", "").value):
        return ""
    for link in (value, *sorted(_values(reader.quads(NamedNode(value), RDFS.seeAlso)))):
        if found := target(link):
            act = urls.mint("legislation", found.refid.path)
            section = section_name(found.section or found.chapter)
            whole = NamedNode(f"{act.value}/{section}") if section else act
            return whole.value if _is_held(reader, whole) or not _is_held(reader, act) else act.value
    return ""


def _is_held(reader: Reader, node: NamedNode) -> bool:
    return next(reader.quads(node), None) is not None
