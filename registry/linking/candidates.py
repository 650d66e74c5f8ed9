"""Candidates: the concepts that a thing may mean, ranked, each with the reasons for its place.

    score = 0.60 label + 0.20 text + 0.10 owner + 0.10 subject

`label` is how the names meet and how rare the name is (labels.keys; 0.9 of it for an admitted term), `text` how alike
description and definition are (similarity.alike_score) or, if that is more, the share of the definition's words that
stand around the thing; `owner` is 1 where one organisation publishes both, `subject` where a subject field of the
concept stands among the words around the thing. Two thirds of the sum for a concept of law, whose words mean what the
act says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from ontologies.namespaces import DCAT, DCT, RDF, SAMSVAR, SKOS
from registry.catalogue.per_generation import per_generation
from registry.catalogue.texts import Reference, Texts, lists_as_json, shown, texts_of
from registry.harmonisation.similarity import alike_score
from registry.harmonisation.words import content_lemmas
from registry.linking.labels import Meeting, keys
from registry.linking.things import Thing, holders_of_names
from registry.quality.facts import Live, iris, literals
from registry.urls import Urls
from sparql.store import Reader

LEAST = 0.45
"""Candidates with a lower score are not shown."""
MOST = 5
_LABEL, _TEXT, _OWNER, _SUBJECT = 0.60, 0.20, 0.10, 0.10
_ADMITTED, _STATUTORY = 0.9, 2 / 3
_WORTH = 0.7
"""What a meeting is worth of a thing that is listed."""
_FEW = 3
"""Words that a definition needs for the share of them to say something."""
_OF_A_KEY = 200
"""Concepts of one key that are looked at."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a thing may mean. The parts of the score are from 0 to 1."""

    concept: Reference
    definition: Texts
    owner: str
    meeting: Meeting
    admitted: bool
    text: float
    same_owner: bool
    same_subject: bool
    statutory: bool

    @property
    def score(self) -> float:
        """How strongly it is proposed, from 0 to 1."""
        label = self.meeting.worth * (_ADMITTED if self.admitted else 1)
        total = _LABEL * label + _TEXT * self.text + _OWNER * self.same_owner + _SUBJECT * self.same_subject
        return round(total * (_STATUTORY if self.statutory else 1), 3)

    def as_json(self) -> dict[str, Any]:
        """The concept, its definition, the score and what it rests on."""
        return {
            **self.concept.as_json(),
            "definition": lists_as_json(self.definition),
            "owner": self.owner,
            "score": self.score,
            "label": self.meeting.way,
            "admittedTerm": self.admitted,
            "text": round(self.text, 3),
            "sameOwner": self.same_owner,
            "sameSubject": self.same_subject,
            "statutory": self.statutory,
        }


class Linker:
    """Finds candidates in one generation."""

    def __init__(self, reader: Reader, urls: Urls) -> None:
        self._reader = reader
        self._urls = urls
        self._facts = Live(reader)

    def candidates(self, thing: Thing, refused: Iterable[str] = ()) -> list[Candidate]:
        """The best, the best first; without those that somebody has refused."""
        around = self._around(thing)
        passed = set(refused)
        found = [
            self._candidate(thing, concept, meeting, around)
            for concept, meeting in self._met(thing).items()
            if concept.value not in passed
        ]
        good = [each for each in found if each.score >= LEAST]
        return sorted(good, key=lambda each: (-each.score, each.statutory, each.concept.uri))[:MOST]

    def may_have(self, thing: Thing) -> bool:
        """Whether a concept goes by a name of the thing: asked of thousands, so only of names that meet as a whole."""
        known = keys_in_use(self._reader, self._urls)
        return any(key in known and each.worth >= _WORTH for key, each in self._keys(thing, parts=False).items())

    def _keys(self, thing: Thing, *, parts: bool = True) -> dict[str, Meeting]:
        """Of a dataset the keywords as they stand: they are not put together or taken apart."""
        held = holders_of_names(self._reader)
        found = keys(thing.words, self._names(thing.holder), held.__getitem__, parts=parts)
        whole = {key: each for key, each in found.items() if each.way == "same"}
        return whole if thing.kind == "dataset" else found

    def _names(self, uri: str) -> Texts:
        return texts_of(literals(self._facts, NamedNode(uri), DCT.title)) if uri else ()

    def _met(self, thing: Thing) -> dict[NamedNode, Meeting]:
        known = keys_in_use(self._reader, self._urls)
        met: dict[NamedNode, Meeting] = {}
        for key, meeting in self._keys(thing).items():
            if key not in known:
                continue
            quads = self._reader.quads(None, SAMSVAR.termKey, RdfLiteral(key), self._urls.derived)
            for _, quad in zip(range(_OF_A_KEY), quads, strict=False):
                concept = quad.subject
                if isinstance(concept, NamedNode) and (concept not in met or meeting.worth > met[concept].worth):
                    met[concept] = meeting
        return met

    def _around(self, thing: Thing) -> Texts:
        """The words around a thing: its description, what holds it, its model with theme and keywords."""
        nodes = [NamedNode(each) for each in (thing.uri, thing.holder, thing.model) if each]
        said = (DCT.description, DCT.title, DCAT.keyword)
        themes = [theme for node in nodes for theme in iris(self._facts, node, DCAT.theme)]
        texts = [text for node in nodes for text in literals(self._facts, node, *said)]
        return texts_of(
            [*texts, *(label for theme in themes for label in literals(self._facts, theme, SKOS.prefLabel))]
        )

    def _candidate(self, thing: Thing, concept: NamedNode, meeting: Meeting, around: Texts) -> Candidate:
        facts = self._facts
        labels = texts_of(literals(facts, concept, SKOS.prefLabel))
        definition = texts_of(literals(facts, concept, SKOS.definition))
        owners = [each.value for each in iris(facts, concept, DCT.publisher)]
        recommended = keys(labels).keys() & self._keys(thing).keys()
        return Candidate(
            concept=Reference(concept.value, labels),
            definition=definition,
            owner=owners[0] if owners else "",
            meeting=meeting,
            admitted=not recommended,
            text=self._likeness(thing, labels, definition, around),
            same_owner=bool(thing.owner) and thing.owner in owners,
            same_subject=self._share_subject(concept, around),
            statutory=SAMSVAR.StatutoryConcept in facts.values(concept, RDF.type),
        )

    def _likeness(self, thing: Thing, labels: Texts, definition: Texts, around: Texts) -> float:
        """How alike description and definition are, or what share of the definition stands around the thing."""
        defined = shown(definition, "nb")
        described = shown(texts_of(literals(self._facts, NamedNode(thing.uri), DCT.description)), "nb")
        alike = alike_score(described, defined, "no") if described and defined else 0.0
        own = {word for label in labels for word in content_lemmas(label.value, "no")}
        saying = set(content_lemmas(defined, "no")) - own
        near = {word for text in around for word in content_lemmas(text.value, "no")}
        return max(alike, len(saying & near) / len(saying) if len(saying) >= _FEW else 0.0)

    def _share_subject(self, concept: NamedNode, around: Texts) -> bool:
        named = [text.value for text in literals(self._facts, concept, DCT.subject)]
        for subject in iris(self._facts, concept, DCT.subject):
            named += [label.value for label in literals(self._facts, subject, SKOS.prefLabel, DCT.title)]
        fields = {word for name in named for word in content_lemmas(name, "no")}
        return any(fields.intersection(content_lemmas(text.value, "no")) for text in around)


@per_generation
def keys_in_use(reader: Reader, urls: Urls) -> frozenset[str]:
    """The keys under which some concept is found."""
    quads = reader.quads(None, SAMSVAR.termKey, None, urls.derived)
    return frozenset(quad.object.value for quad in quads if isinstance(quad.object, RdfLiteral))
