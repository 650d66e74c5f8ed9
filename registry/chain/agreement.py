"""Do two datasets, models, APIs or services mean the same? Their concepts in pairs: same, mapped, disagreeing, missing.

Reads: the chain, and findings. Whether data may be used is another question: access and legal basis stand beside it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pyoxigraph import NamedNode

from ontologies.namespaces import DCT, SAMSVAR, SKOS
from registry.catalogue.labels import labelled
from registry.catalogue.resources import access_code
from registry.catalogue.texts import Reference
from registry.catalogue.thing_tables import short_name
from registry.chain import walking
from registry.chain.chain import named
from registry.chain.neighbours import Neighbours
from registry.chain.owners import Owner, owner_of
from registry.urls import Urls
from sparql.store import Reader

Verdict: TypeAlias = Literal["disagreeing", "same", "mapped", "agreeing", "sameWord", "onlyFirst", "onlySecond"]
VERDICTS: tuple[Verdict, ...] = ("disagreeing", "same", "mapped", "agreeing", "sameWord", "onlyFirst", "onlySecond")
"""What can be said of two concepts, in the order in which people want to know."""
COMPARABLE = ("informationModel", "modelElement", "dataset", "dataService", "service", "event")
"""The kinds of things that have concepts to compare."""
_CONCEPTS = ("concept", "statutoryConcept")
_MAPPINGS = tuple(SKOS[f"{name}Match"] for name in ("exact", "close", "broad", "narrow", "related"))
_SAME = "same"
"""The class of findings about definitions that say the same."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two: what it is, whose, who may have access, the law that it names, and its concepts by IRI."""

    reference: Reference
    kind: str
    owner: Owner
    access: str
    legislation: tuple[Reference, ...]
    concepts: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """All but the concepts, of which the number."""
        return {
            **self.reference.as_json(),
            "kind": self.kind,
            **self.owner.as_json(),
            "accessRights": self.access,
            "legislation": [law.as_json() for law in self.legislation],
            "concepts": len(self.concepts),
        }


@dataclass(frozen=True, slots=True)
class FindingLink:
    """A finding about two concepts: its IRI, class and severity."""

    uri: str
    label: str
    severity: str

    def as_json(self) -> dict[str, str]:
        """All members."""
        return {"uri": self.uri, "label": self.label, "severity": self.severity}


@dataclass(frozen=True, slots=True)
class ConceptPair:
    """A concept of each, "" where there is none; `mapping` is the property that maps them, short, "" for none."""

    verdict: Verdict
    first: str
    second: str
    mapping: str = ""
    findings: tuple[FindingLink, ...] = ()

    def as_json(self, reader: Reader) -> dict[str, Any]:
        """The verdict, both concepts with their labels (null for none), the mapping and the findings."""
        return {
            "verdict": self.verdict,
            "first": labelled(reader, self.first).as_json() if self.first else None,
            "second": labelled(reader, self.second).as_json() if self.second else None,
            "mapping": self.mapping,
            "findings": [finding.as_json() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two things with their concepts in pairs, what disagrees first."""

    first: Compared
    second: Compared
    pairs: tuple[ConceptPair, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many pairs there are of each verdict."""
        return {verdict: sum(pair.verdict == verdict for pair in self.pairs) for verdict in VERDICTS}


def compared(reader: Reader, urls: Urls, uri: str) -> Compared | None:
    """One thing to compare; None for what has no concepts of its own."""
    neighbours = Neighbours(reader, urls)
    kind = neighbours.kind(uri)
    if kind not in COMPARABLE:
        return None
    walk = walking.foundations(neighbours, uri)
    steps = walking.without_between(walk)
    meant = {step.foundation for step in steps if walk.kinds[step.dependant] not in _CONCEPTS}
    law = (step.foundation for step in steps if step.dependant == uri and walk.kinds[step.foundation] == "provision")
    rights = (getattr(quad.object, "value", "") for quad in reader.quads(NamedNode(uri), DCT.accessRights))
    return Compared(
        reference=named(reader, uri),
        kind=kind,
        owner=owner_of(reader, uri),
        access=access_code(min(rights, default="")),
        legislation=tuple(named(reader, provision) for provision in sorted(law)),
        concepts=tuple(sorted(concept for concept in meant if walk.kinds[concept] in _CONCEPTS)),
    )


def agreement(reader: Reader, urls: Urls, first: Compared, second: Compared) -> Agreement:
    """The concepts of two things in pairs. A concept that meets several of the other stands in several pairs."""
    pairs = list(_pairs(_Concepts(reader, urls, second.concepts), first))
    met = {pair.second for pair in pairs}
    pairs += [ConceptPair("onlySecond", "", concept) for concept in second.concepts if concept not in met]
    return Agreement(first, second, tuple(sorted(pairs, key=lambda pair: VERDICTS.index(pair.verdict))))


def _pairs(others: "_Concepts", first: Compared) -> Iterator[ConceptPair]:
    for concept in first.concepts:
        found = list(others.beside(concept))
        yield from found or [ConceptPair("onlyFirst", concept, "")]


class _Concepts:
    """The concepts of one thing, asked for those that have to do with a concept of the other."""

    def __init__(self, reader: Reader, urls: Urls, concepts: tuple[str, ...]) -> None:
        self._reader = reader
        self._neighbours = Neighbours(reader, urls)
        self._held = frozenset(concepts)
        self._by_word = _grouped(concepts, self._words)
        self._by_law = _grouped(concepts, self._law)

    def beside(self, concept: str) -> Iterator[ConceptPair]:
        """The pairs of a concept with these, the same one alone where it is among them."""
        if concept in self._held:
            yield ConceptPair("same", concept, concept)
            return
        mappings, findings = self._mappings(concept), self._findings(concept)
        words = {other for word in self._words(concept) for other in self._by_word.get(word, ())}
        for other in sorted(mappings.keys() | findings.keys() | words):
            links = tuple(findings.get(other, ()))
            yield ConceptPair(_verdict(mappings.get(other, ""), links), concept, other, mappings.get(other, ""), links)

    def _mappings(self, concept: str) -> dict[str, str]:
        """The concepts that it is mapped to, in either direction, or by the definition of law that both lean on."""
        node = NamedNode(concept)
        leaning = (other for law in self._law(concept) for other in self._by_law.get(law, ()))
        found = dict.fromkeys(leaning, short_name(SAMSVAR.termKey.value))
        for each in reversed(_MAPPINGS):
            ends = [quad.object for quad in self._reader.quads(node, each)]
            ends += [quad.subject for quad in self._reader.quads(predicate=each, object=node)]
            found |= {end.value: short_name(each.value) for end in ends if isinstance(end, NamedNode)}
        return {other: by for other, by in found.items() if other in self._held}

    def _findings(self, concept: str) -> dict[str, list[FindingLink]]:
        found = defaultdict[str, list[FindingLink]](list)
        ends = (SAMSVAR.firstConcept, SAMSVAR.secondConcept)
        for near, far in (ends, ends[::-1]):
            for quad in self._reader.quads(predicate=near, object=NamedNode(concept)):
                if isinstance(quad.subject, NamedNode):
                    for other in self._values(quad.subject.value, far) & self._held:
                        found[other].append(self._link(quad.subject.value))
        return found

    def _link(self, finding: str) -> FindingLink:
        label, severity = (self._values(finding, each) for each in (SAMSVAR.label, SAMSVAR.severity))
        return FindingLink(finding, min(label, default=""), min(severity, default=""))

    def _law(self, concept: str) -> set[str]:
        """The statutory concepts of the same word in the law that it cites."""
        found = self._neighbours.foundations(concept)
        return {law for by, law in found if by == SAMSVAR.termKey.value}

    def _words(self, concept: str) -> set[str]:
        """Keys of its terms; concepts without a definition have no keys, and go by their recommended terms."""
        terms = {term.casefold() for term in self._values(concept, SKOS.prefLabel)}
        return self._values(concept, SAMSVAR.termKey) | terms

    def _values(self, subject: str, predicate: NamedNode) -> set[str]:
        return {getattr(quad.object, "value", "") for quad in self._reader.quads(NamedNode(subject), predicate)}


def _grouped(concepts: Iterable[str], values_of: Callable[[str], set[str]]) -> dict[str, list[str]]:
    """The concepts by each of their values."""
    groups = defaultdict[str, list[str]](list)
    for concept in concepts:
        for value in values_of(concept):
            groups[value].append(concept)
    return groups


def _verdict(mapping: str, findings: tuple[FindingLink, ...]) -> Verdict:
    if any(finding.label != _SAME for finding in findings):
        return "disagreeing"
    if mapping:
        return "mapped"
    return "agreeing" if findings else "sameWord"
