"""What is in force on a day: sections as they read then, adopted changes included, and whether a concept is valid.

This is the axis ``validAt``. What the register knew when is another one (registry/history/timeline.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import ELI
from registry.catalogue.concepts import concept
from registry.catalogue.legislation import Act, Section, act
from registry.catalogue.queries import ask, iri
from registry.catalogue.texts import Texts, text_of, texts_as_json
from registry.catalogue.things import Said
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Adopted:
    """A change of a section that has been adopted; `day` is when it enters into force, "" where that is not settled."""

    document: str
    day: str
    instruction: str
    whole: bool
    repeals: bool
    title: Texts
    text: Texts

    def as_json(self) -> dict[str, str]:
        """Who changes it, when and how."""
        return {"document": self.document, "inForce": self.day, "instruction": self.instruction}


@dataclass(frozen=True, slots=True)
class InForce:
    """A section on a day, from `since` until the day before `until` ("" where that is open or unknown).

    `unapplied` are changes in force by then that alter a part of the text, which is shown without them.
    """

    section: Section
    title: Texts
    text: Texts
    since: str
    until: str
    unapplied: tuple[Adopted, ...]

    def as_json(self) -> dict[str, Any]:
        """The section's text on that day; empty where it is repealed."""
        return {
            "uri": self.section.uri,
            "number": self.section.number,
            "title": texts_as_json(self.title),
            "text": texts_as_json(self.text),
            "since": self.since,
            "until": self.until,
            "unapplied": [each.as_json() for each in self.unapplied],
        }


def in_force(reader: Reader, uri: str, day: date) -> dict[str, Any] | None:
    """What holds of an act, a section or a concept on a day, as JSON; None for what has no such thing."""
    if (found := concept(reader, uri)) is not None:
        began, ended = found.valid_from[:10], found.valid_to[:10]
        valid = (not began or began <= day.isoformat()) and (not ended or day.isoformat() <= ended)
        section = found.section.uri if found.section else ""
        return {
            "valid": valid,
            "validFrom": began,
            "validTo": ended,
            "replacedBy": [each.uri for each in found.replaced_by],
            "provisions": list(_provisions(reader, section, day)) if section else [],
        }
    provisions = list(_provisions(reader, uri, day))
    return {"provisions": provisions} if provisions else None


def _provisions(reader: Reader, uri: str, day: date) -> Iterator[dict[str, Any]]:
    """The sections of an act, or one section, that are in force on a day."""
    whole = act(reader, uri) or act(reader, Said(reader, uri).first(ELI.is_part_of) or uri)
    if whole is None:
        return
    for section in whole.sections:
        if uri in (whole.uri, section.uri) and (found := on_day(reader, whole, section, day)) is not None:
            yield found.as_json()


def on_day(reader: Reader, whole: Act, section: Section, day: date) -> InForce | None:
    """A section as it reads on a day; None where its act is not in force by then."""
    wanted = day.isoformat()
    if whole.in_force and wanted < whole.in_force:
        return None
    earlier = sorted(section.earlier, key=lambda each: each.until)
    ended = [each.until for each in earlier if each.until <= wanted]
    since = ended[-1] if ended else whole.in_force
    then = next((each for each in earlier if wanted < each.until), None)
    if then is not None:
        return InForce(section, then.title, then.texts, since, then.until, ())
    return _with_adopted(section, adopted(reader, section.uri, after=since), since, wanted)


def adopted(reader: Reader, section: str, after: str) -> list[Adopted]:
    """The changes of a section that enter into force after a day, the first first; undated ones come last."""
    found = (
        Adopted(
            document=iri(row, "document"),
            day=iri(row, "day"),
            instruction=iri(row, "instruction"),
            whole=iri(row, "operation") in ("replace", "insert") and not iri(row, "part") and "text" in row,
            repeals=iri(row, "operation") == "repeal" and not iri(row, "part"),
            title=(text_of(row["title"]),) if "title" in row else (),
            text=(text_of(row["text"]),) if "text" in row else (),
        )
        for row in ask(reader, "pending_amendments", provision=NamedNode(section))
    )
    return sorted((each for each in found if not each.day or each.day > after), key=lambda each: each.day or "9")


def _with_adopted(section: Section, changes: list[Adopted], since: str, wanted: str) -> InForce:
    title, text, until = section.title, section.texts, ""
    unapplied: list[Adopted] = []
    for change in changes:
        if not change.day or change.day > wanted:
            until = until or change.day
        elif change.whole or change.repeals:
            title, text, since = change.title, change.text, change.day
            unapplied = []
        else:
            unapplied.append(change)
    return InForce(section, title, text, since, until, tuple(unapplied))
