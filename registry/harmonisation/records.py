"""The plain data of harmonisation: a definition as it is compared, evidence with spans, a finding.

Offsets in spans count characters (code points) in the definition's text as it stands in the record.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from registry.harmonisation.proofs.proof import Proof

Relation: TypeAlias = Literal[
    "identical",
    "editorialVariant",
    "languageVariant",
    "incorporatedByReference",
    "narrower",
    "broader",
    "overlapping",
    "coordinate",
    "homonym",
    "synonym",
]
Severity: TypeAlias = Literal["critical", "major", "minor", "information"]
Label: TypeAlias = Literal["same", "harmonisable", "conflict", "homonym"]
Meeting: TypeAlias = Literal["term", "link", "provision", "text"]
"""How two definitions met: under one term, or though their terms differ (encounters.py)."""
Span: TypeAlias = tuple[int, int]

SEVERITIES: tuple[Severity, ...] = ("critical", "major", "minor", "information")
"""Worst first."""


@dataclass(frozen=True, slots=True)
class SourceReference:
    """Where a definition comes from: words, an IRI, or both."""

    text: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True)
class DefinitionRecord:
    """One definition of one concept in one language, with what a comparison needs to know of it.

    `concept`, `definition`, `catalogue` and `publisher` are IRIs (`catalogue` is the named graph's); `admitted` holds
    admitted terms in the same language; `scope` is the scope as written ("i denne loven"); `act` is the IRI of the act
    or regulation that the definition stands in, `enabling` those of the acts it is given under; dates are ISO 8601.
    `transposes` are the acts of the EU that its act makes law, `links` the IRIs of concepts that the publisher says are
    the same or close, or to see also.
    Records made for `samsvar compare` fill in what they have.
    """

    term: str
    text: str
    language: str = "nb"
    concept: str = ""
    definition: str = ""
    admitted: tuple[str, ...] = ()
    catalogue: str = ""
    catalogue_title: str = ""
    publisher: str = ""
    publisher_name: str = ""
    statutory: bool = False
    act: str = ""
    enabling: tuple[str, ...] = ()
    transposes: tuple[str, ...] = ()
    sources: tuple[SourceReference, ...] = ()
    relationship: str = ""
    subjects: tuple[str, ...] = ()
    scope: str = ""
    valid_from: str = ""
    valid_to: str = ""
    links: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Of what tells definitions apart, since sets and caches of many definitions ask for it all the time."""
        return hash((self.concept, self.definition, self.text, self.language))

    @property
    def said_by(self) -> str:
        """Who says so, for people: the act for a statutory definition, else the publisher, else the catalogue."""
        publisher = self.publisher_name or self.catalogue_title or self.publisher or self.catalogue
        return self.catalogue_title or publisher if self.statutory else publisher


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason why two definitions are held to differ, with its place in both texts.

    `kind` is a key of EVIDENCE; a span is None where that side says nothing; `explanation` maps the languages
    nb, nn and en to what is said to people; `proof` is there where the evidence is one.
    """

    kind: str
    explanation: dict[str, str]
    a_span: Span | None = None
    b_span: Span | None = None
    a_value: str = ""
    b_value: str = ""
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the machine says of two definitions. People decide.

    `same_score` is how likely it is that they say the same, `likeness` how alike the texts are, both from 0 to 1;
    the likeness orders the queue and is not kept.
    """

    relation: Relation
    label: Label
    same_score: float
    severity: Severity
    evidence: tuple[Evidence, ...]
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A comparison worth showing. `id` depends only on the unordered pair of definitions and their texts.

    `rank` is its place in the queue, lower first; 0 where no queue was asked. `through` is what a definition that
    cannot be read alone was read with: the reference that it makes, or who gives the definition that it adds to.
    """

    id: str
    term: str
    a: DefinitionRecord
    b: DefinitionRecord
    comparison: Comparison
    rank: int = 0
    met: Meeting = "term"
    through: str = ""
