"""What the check of a draft answers, as plain data."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from importers.law.drafts.draft import Draft
from importers.law.instructions import Operation
from registry.chain.impact import Affected
from registry.definition_rules.base import RuleFinding
from registry.harmonisation.records import DefinitionRecord, Evidence, Finding

Ground: TypeAlias = Literal["enabling", "harmonised", "cited", "competing"]
"""Why a term that the draft uses is told of: its enabling act defines it, a common concept does, an act that it cites,
or several do."""
Change: TypeAlias = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where a term is used: how often, in which forms, and in which longer words."""

    count: int
    forms: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherDefinition:
    """A definition of the register beside one of the draft's: the draft's is the finding's first side."""

    finding: Finding
    section: str
    departs: bool

    @property
    def record(self) -> DefinitionRecord:
        """The definition of the register."""
        return self.finding.b


@dataclass(frozen=True, slots=True)
class CheckedDefinition:
    """A definition of the draft: where it stands, who else defines the term (`in_all` of them), the rules it breaks.

    `used` is None where that cannot be told, since the draft is not the whole text.
    """

    record: DefinitionRecord
    section: str
    others: tuple[OtherDefinition, ...]
    in_all: int
    rules: tuple[RuleFinding, ...]
    used: Occurrences | None
    suggested: tuple[DefinitionRecord, ...] = ()
    """The harmonised definitions of the term, where the draft says something else."""

    @property
    def departures(self) -> tuple[OtherDefinition, ...]:
        """The definitions of the enabling act that it departs from."""
        return tuple(each for each in self.others if each.departs)

    @property
    def is_unused(self) -> bool:
        """Whether the draft never uses the term that it defines."""
        return self.used is not None and not self.used.count and not self.used.compounds


@dataclass(frozen=True, slots=True)
class UsedTerm:
    """A term that the draft uses and does not define, with definitions of it, law first; `texts` of them differ."""

    term: str
    ground: Ground
    occurrences: Occurrences
    definitions: tuple[DefinitionRecord, ...]
    texts: int


@dataclass(frozen=True, slots=True)
class DoubtfulCitation:
    """A reference of the draft that leads nowhere, or to what is repealed: in which section, and why."""

    section: str
    text: str
    evidence: Evidence
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Discretion:
    """Words that leave a judgement to whoever applies the law, and the sections that have them."""

    words: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangedDefinition:
    """A definition that an amendment adds, removes or changes, and whose things rest on the one that is held."""

    change: Change
    term: str
    before: str
    after: str
    concept: str = ""
    affected: tuple[Affected, ...] = ()


@dataclass(frozen=True, slots=True)
class AmendedSection:
    """A section of an act that is held, before and after what the draft tells; `doubt` says why it is not applied.

    `act` is the act's IRI, "" where it is not held; `title` what it is called.
    """

    instructions: tuple[str, ...]
    operation: Operation
    act: str
    title: str
    number: str
    before: str = ""
    after: str = ""
    doubt: str = ""
    definitions: tuple[ChangedDefinition, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """All of it. `enabling` maps the acts that the draft is given under, by IRI, to what they are called."""

    draft: Draft
    enabling: dict[str, str] = field(default_factory=dict)
    definitions: tuple[CheckedDefinition, ...] = ()
    additions: tuple[DefinitionRecord, ...] = ()
    terms: tuple[UsedTerm, ...] = ()
    citations: tuple[DoubtfulCitation, ...] = ()
    discretion: tuple[Discretion, ...] = ()
    amended: tuple[AmendedSection, ...] = ()
