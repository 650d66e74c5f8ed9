"""What a kind of evidence is, and the plain parts that every kind uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.words import family
from registry.references.resolving import ResolvedReference

Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """Two definitions of one term, made up for the purpose. `trips` says whether the kind finds something in them.

    `a_facts` and `b_facts` are further members of the records (publisher, act ...).
    """

    term: str
    a: str
    b: str
    trips: bool
    language: str = "nb"
    a_facts: dict[str, Any] = field(default_factory=lambda: {"publisher": "https://example.no/a"})
    b_facts: dict[str, Any] = field(default_factory=lambda: {"publisher": "https://example.no/b"})

    def records(self) -> tuple[DefinitionRecord, DefinitionRecord]:
        """The two definitions as records."""
        first = DefinitionRecord(self.term, self.a, self.language, **self.a_facts)
        second = DefinitionRecord(self.term, self.b, self.language, **self.b_facts)
        return first, second


@dataclass(frozen=True, slots=True)
class SourceExample:
    """A definition (`a`) and the source that it names (`b`), made up; whether the kind finds something in the source.

    The register then holds one act, LOV-2098-05-06-7 Lov om kanaler (kanalloven), with §§ 1 to 3; § 3 is repealed.
    """

    term: str
    a: str
    b: str
    trips: bool


class SourceKind(Protocol):
    """A kind of evidence about one definition and a source that it names, as a class with constants."""

    @property
    def code(self) -> str:
        """Stable and public."""
        ...

    @property
    def norm(self) -> str:
        """The standard and clause that the kind rests on."""
        ...

    @property
    def severity(self) -> Severity:
        """What one finding of this kind weighs by itself."""
        ...

    @property
    def telling(self) -> int:
        """Orders kinds of one severity: higher comes first."""
        ...

    @property
    def labels(self) -> Mapping[str, str]:
        """The kind's name for people, in nb, nn and en."""
        ...

    @property
    def examples(self) -> tuple[SourceExample, ...]:
        """What trips the kind, and what looks alike and must not."""
        ...

    def find(self, cited: ResolvedReference, *, complete: bool) -> list[Evidence]:
        """What is wrong with a reference of a source; `complete`: the register holds the law that is in force."""
        ...


class EvidenceKind(Protocol):
    """One kind of evidence, as a class with constants (see any of the kinds)."""

    @property
    def code(self) -> str:
        """Stable and public."""
        ...

    @property
    def norm(self) -> str:
        """The standard and clause that the kind rests on."""
        ...

    @property
    def severity(self) -> Severity:
        """What one finding of this kind weighs by itself."""
        ...

    @property
    def telling(self) -> int:
        """Orders kinds of one severity: higher comes first."""
        ...

    @property
    def labels(self) -> Mapping[str, str]:
        """The kind's name for people, in nb, nn and en."""
        ...

    @property
    def examples(self) -> tuple[Example, ...]:
        """What trips the kind, and what looks alike and must not."""
        ...

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """Every piece of evidence of this kind; explanations speak of a first. Must be symmetric."""
        ...


Polarity: TypeAlias = Literal["exclusion", "inclusion"]


def comparable(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether both texts are in one language, bokmål and nynorsk counting as one."""
    return family(a.language) == family(b.language)


def quote(text: str, longest: int = 80) -> str:
    """A piece of a definition as an explanation shows it."""
    words = " ".join(text.split()).strip(" ,.;:")
    return words if len(words) <= longest else words[: longest - 1].rsplit(" ", 1)[0] + " …"
