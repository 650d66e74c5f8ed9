"""What amending documents did: the earlier texts of an act's sections, and what one document changes in others."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from registry.catalogue.queries import ask, count, grouped, iri
from registry.catalogue.texts import Reference, Texts, texts_as_json, texts_of
from sparql.store import Reader, Row


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What a section read until a day (ISO 8601); `changed_by` is the document that changed it, where that is held."""

    title: Texts
    texts: Texts
    until: str
    changed_by: Reference | None

    def as_json(self) -> dict[str, Any]:
        """Heading, text, its last day and who changed it."""
        return {
            "title": texts_as_json(self.title),
            "text": texts_as_json(self.texts),
            "until": self.until,
            "changedBy": self.changed_by.as_json() if self.changed_by else None,
        }


@dataclass(frozen=True, slots=True)
class ActChange:
    """What a document tells to do with one act, in its own words; `act` is None where it does not say which."""

    act: Reference | None
    instructions: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The act and the instructions in order."""
        return {"act": self.act.as_json() if self.act else None, "instructions": list(self.instructions)}


def earlier_texts(reader: Reader, act: NamedNode) -> dict[str, tuple[EarlierText, ...]]:
    """The earlier texts of an act's sections and its own earlier titles, the latest first, by the IRI of either."""
    found = grouped(ask(reader, "act_versions", act=act), "section")
    return {section: _latest_first(rows) for section, rows in found.items()}


def _latest_first(rows: list[Row]) -> tuple[EarlierText, ...]:
    versions = grouped(sorted(rows, key=lambda row: (iri(row, "until"), iri(row, "position")), reverse=True), "version")
    return tuple(_earlier(each) for each in versions.values())


def _earlier(rows: list[Row]) -> EarlierText:
    document = iri(rows[0], "document")
    return EarlierText(
        title=texts_of(row["title"] for row in rows if "title" in row),
        texts=texts_of(row["text"] for row in rows if "text" in row),
        until=iri(rows[0], "until"),
        changed_by=Reference(document, texts_of(row["name"] for row in rows if "name" in row)) if document else None,
    )


def changes_made(reader: Reader, act: NamedNode) -> tuple[ActChange, ...]:
    """What an act changes in others, in the order in which it does."""
    rows = sorted(ask(reader, "act_amendments", act=act), key=lambda row: count(row, "position"))
    return tuple(_change(changed, each) for changed, each in grouped(rows, "changed").items())


def _change(changed: str, rows: list[Row]) -> ActChange:
    names = texts_of(row[name] for name in ("short", "title") for row in rows if name in row)
    instructions = dict.fromkeys(iri(row, "instruction") for row in rows)
    return ActChange(Reference(changed, names[:1]) if changed else None, tuple(instructions))
