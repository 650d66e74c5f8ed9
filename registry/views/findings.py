"""Findings as pages show them: in the reader's language, with links."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from registry.catalogue.labels import labelled
from registry.catalogue.texts import Language, shown
from registry.errors import NotFoundError
from registry.harmonisation import listing
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.proofs.phrasing import unit_name
from registry.harmonisation.records import DefinitionRecord, Evidence, Finding
from registry.settling.states import Settled, state_of
from registry.views.context import reader, register
from registry.views.languages import language, said
from registry.views.links import href


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in a list."""

    finding: Finding
    href: str
    sides: tuple[str, str]
    reasons: tuple[str, ...]
    kinds: tuple[str, ...]
    state: str

    @property
    def severity(self) -> str:
        """critical, major, minor or information."""
        return self.finding.comparison.severity

    @property
    def reason(self) -> str:
        """The first reason in words, "" for none."""
        return next(iter(self.reasons), "")

    def as_json(self) -> dict[str, Any]:
        """The finding with the members of docs/formats.md."""
        return {**listing.as_json(self.finding, state=self.state), "uri": uri_of(self.finding)}


def uri_of(finding: Finding) -> str:
    """The finding's minted URI."""
    return register().urls.mint("conflicts", finding.id).value


def finding_named(name: str) -> Finding:
    """The finding of this URI or id.

    Raises:
        NotFoundError: there is none.
    """
    found = listing.finding(reader(), name.removeprefix(register().urls.mint("conflicts", "").value))
    if found is None:
        raise NotFoundError(said(gettext("There is no finding %(name)s: say which with ?finding=.", name=name)))
    return found


def settled(finding: Finding) -> Settled:
    """What became of the finding."""
    return state_of(reader(), uri_of(finding), (finding.a.concept, finding.b.concept))


def line(finding: Finding) -> FindingLine:
    """The finding for this reader."""
    chosen = language()
    return FindingLine(
        finding=finding,
        href=href(uri_of(finding)),
        sides=(who(finding.a), who(finding.b)),
        reasons=tuple(explained(item, chosen) for item in finding.comparison.evidence),
        kinds=tuple(dict.fromkeys(kind_label(item.kind, chosen) for item in finding.comparison.evidence)),
        state=settled(finding).state,
    )


def lines_of(concept: str) -> tuple[FindingLine, ...]:
    """The findings in which a concept has a part, worst first."""
    return tuple(line(finding) for finding in listing.findings_of_concept(reader(), concept).items)


def who(side: DefinitionRecord) -> str:
    """Who says so: the act for statutory definitions, else the publisher, else the catalogue."""
    if side.statutory and side.catalogue_title:
        return side.catalogue_title
    named = labelled(reader(), side.publisher).label if side.publisher else ()
    return shown(named, language()) or side.publisher_name or side.catalogue_title or side.publisher or side.catalogue


def explained(item: Evidence, chosen: Language) -> str:
    """The evidence in words."""
    return item.explanation.get(chosen) or next(iter(item.explanation.values()), "")


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence as pages list it: its number from one, kind, the kind's name, words, the norm.

    `formula` is what a proof says in symbols.
    """

    number: int
    kind: str
    name: str
    words: str
    norm: str
    formula: str = ""


def reasons(finding: Finding) -> list[Reason]:
    """The evidence of a finding for this reader."""
    chosen = language()
    return [
        Reason(
            number, item.kind, kind_label(item.kind, chosen), explained(item, chosen), norm_of(item.kind), formula(item)
        )
        for number, item in enumerate(finding.comparison.evidence, 1)
    ]


def formula(item: Evidence) -> str:
    """What a proof says in symbols, with its unit."""
    unit = unit_name(item.proof.unit, language()) if item.proof else ""
    return f"{item.proof.formula} ({unit})" if item.proof else ""


def norm_of(code: str) -> str:
    """What a kind of evidence rests on."""
    return KINDS[code].norm if code in KINDS else ""


def kind_label(code: str, chosen: Language) -> str:
    """What a kind of evidence is called."""
    kind = KINDS.get(code)
    return kind.labels[chosen] if kind else code
