"""Acts and regulations: the list; one with chapters and sections, the terms it defines and what is given under it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from ontologies.namespaces import DCT, ELI
from registry.catalogue.amendments import ActChange, EarlierText, changes_made, earlier_texts
from registry.catalogue.citations import cited
from registry.catalogue.collation import collation_key
from registry.catalogue.definitions import code_of
from registry.catalogue.graphs import graphs
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import ask, count, grouped, iri
from registry.catalogue.texts import Language, Reference, Text, Texts, lists_as_json, shown, texts_as_json, texts_of
from registry.catalogue.things import Said, references_as_json
from registry.references.resolving import section_order
from sparql.store import Reader, Row


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act or regulation in the list. `kind` is act or regulation, `date` ISO 8601."""

    reference: Reference
    short_title: Texts
    identifier: str
    kind: str
    date: str
    ministry: str
    definitions: int

    def as_json(self) -> dict[str, Any]:
        """Titles, number and how many terms it defines."""
        document = {**self.reference.as_json(), "shortTitle": texts_as_json(self.short_title), "kind": self.kind}
        document |= {"identifier": self.identifier, "date": self.date, "ministry": self.ministry}
        return {**document, "definitions": self.definitions}


@dataclass(frozen=True, slots=True)
class StatutoryDefinition:
    """A term that an act defines."""

    concept: Reference
    texts: Texts
    scope: str

    @property
    def is_of_chapter(self) -> bool:
        """Whether it holds in the chapter that it stands in."""
        return re.search(r"\bdette\s+kapit", self.scope, re.IGNORECASE) is not None

    def as_json(self) -> dict[str, Any]:
        """The concept, the definition's words, the scope."""
        return {**self.concept.as_json(), "definition": lists_as_json(self.texts), "scope": self.scope}


@dataclass(frozen=True, slots=True)
class Section:
    """A section or chapter with its text and the terms that it defines; `chapter` is the IRI of what it stands in."""

    uri: str
    number: str
    title: Texts
    texts: Texts
    definitions: tuple[StatutoryDefinition, ...]
    cited_by: tuple[Reference, ...] = ()
    earlier: tuple[EarlierText, ...] = ()
    chapter: str = ""

    @property
    def is_numbered(self) -> bool:
        """Whether it has a number, not only a heading."""
        return not self.title or self.number != code_of(self.uri)

    @property
    def label(self) -> Texts:
        """Its number, else its heading."""
        return (Text(self.number),) if self.is_numbered else self.title

    @property
    def anchor(self) -> str:
        """The section's place on the act's page."""
        return "section-" + (re.sub(r"[^\w-]+", "-", code_of(self.uri)).strip("-") or "text")

    def as_json(self) -> dict[str, Any]:
        """Number, title, text, definitions, the concepts that cite it, what it read earlier."""
        return {
            "uri": self.uri,
            "number": self.number,
            "title": texts_as_json(self.title),
            "text": texts_as_json(self.texts),
            "definitions": [definition.as_json() for definition in self.definitions],
            "citedBy": references_as_json(self.cited_by),
            "earlier": [text.as_json() for text in self.earlier],
            "chapter": self.chapter,
        }


@dataclass(frozen=True, slots=True)
class Act:
    """One act or regulation whole; `chapters` are those that have sections."""

    uri: str
    title: Texts
    short_title: Texts
    abbreviations: tuple[str, ...]
    identifier: str
    kind: str
    date: str
    in_force: str
    ministries: tuple[str, ...]
    based_on: tuple[Reference, ...]
    regulations: tuple[Reference, ...]
    chapters: tuple[Section, ...]
    sections: tuple[Section, ...]
    definitions: tuple[StatutoryDefinition, ...]
    cited_by: tuple[Reference, ...]
    changes: tuple[ActChange, ...]
    earlier: tuple[EarlierText, ...] = ()

    def above(self, section: Section) -> list[Section]:
        """What a section or chapter stands in: the part of the act, if it has parts, and the chapter."""
        chapters = {chapter.uri: chapter for chapter in self.chapters}
        found: list[Section] = []
        while (outer := chapters.get(section.chapter)) is not None and outer not in found:
            found.insert(0, outer)
            section = outer
        return found

    @property
    def outline(self) -> list[tuple[Section | None, list[Section]]]:
        """The sections outside chapters (None), then each chapter's, in the order of their first numbered sections.

        Chapters without numbered sections, such as those of annexes, come last.
        """
        chapters = {chapter.uri: chapter for chapter in self.chapters}
        found: dict[str, list[Section]] = {}
        for section in self.sections:
            found.setdefault(section.chapter, []).append(section)
        return [(chapters.get(uri), found[uri]) for uri in sorted(found, key=lambda uri: _place(uri, found[uri]))]

    def as_json(self) -> dict[str, Any]:
        """All that the page shows; `definitions` and `citedBy` are those that belong to no section that is held."""
        return {
            "uri": self.uri,
            "title": texts_as_json(self.title),
            "shortTitle": texts_as_json(self.short_title),
            "abbreviations": list(self.abbreviations),
            "identifier": self.identifier,
            "kind": self.kind,
            "date": self.date,
            "inForce": self.in_force,
            "ministries": list(self.ministries),
            "basedOn": references_as_json(self.based_on),
            "regulations": references_as_json(self.regulations),
            "chapters": [chapter.as_json() for chapter in self.chapters],
            "sections": [section.as_json() for section in self.sections],
            "definitions": [definition.as_json() for definition in self.definitions],
            "citedBy": references_as_json(self.cited_by),
            "changes": [change.as_json() for change in self.changes],
            "earlier": [text.as_json() for text in self.earlier],
        }


def _place(chapter: str, sections: list[Section]) -> tuple[bool, bool, tuple[tuple[int, str], ...]]:
    """What sorts the chapters of an act; `sections` are in order, and what has no number comes first in it."""
    orders = [section_order(section.uri) for section in sections]
    numbered = [order for order in orders if order[0][0]]
    return bool(chapter), not numbered, (numbered or orders)[0]


@per_generation
def acts(reader: Reader, language: Language) -> tuple[ActLine, ...]:
    """Every act and regulation that was imported, alphabetically by short title, else title.

    What catalogues themselves say of the law that they refer to is not listed.
    """
    held = {uri for uri, info in graphs(reader).items() if info.kind == "law"}
    groups = grouped((row for row in ask(reader, "acts") if iri(row, "graph") in held), "act")
    found = [_line(uri, rows) for uri, rows in groups.items()]
    return tuple(sorted(found, key=lambda one: collation_key(shown(one.short_title or one.reference.label, language))))


def act(reader: Reader, uri: str) -> Act | None:
    """The act or regulation with this IRI; None where there is none."""
    said = Said(reader, uri)
    if ELI.LegalResource.value not in said.types:
        return None
    node = said.node
    defined = grouped(ask(reader, "act_definitions", act=node), "section")
    citing = grouped(_citing(reader, node), "provision")
    earlier = earlier_texts(reader, node)
    parts = _parts(reader, node, defined, citing, earlier)
    homeless = [row for section, rows in defined.items() if section not in parts for row in rows]
    of_act = [row for provision, rows in citing.items() if provision not in parts for row in rows]
    chapters = {section.chapter for section in parts.values()}
    return Act(
        uri=uri,
        title=said.texts(DCT.title),
        short_title=said.texts(ELI.title_short),
        abbreviations=tuple(said.values(DCT.alternative)),
        identifier=said.first(DCT.identifier),
        kind=code_of(said.first(DCT.type)),
        date=said.first(ELI.date_document),
        in_force=said.first(ELI.first_date_entry_in_force),
        ministries=tuple(said.values(ELI.responsibility_of)),
        based_on=tuple(cited(reader, one.uri) if one.uri else one for one in said.references(ELI.based_on)),
        regulations=_regulations(reader, node),
        chapters=tuple(each for uri, each in parts.items() if uri in chapters),
        sections=tuple(each for uri, each in parts.items() if uri not in chapters),
        definitions=_definitions(homeless),
        cited_by=_concepts(of_act),
        changes=changes_made(reader, node),
        earlier=earlier.get(uri, ()),
    )


def _line(uri: str, rows: list[Row]) -> ActLine:
    return ActLine(
        reference=Reference(uri, texts_of(row["title"] for row in rows)),
        short_title=texts_of(row["short"] for row in rows if "short" in row),
        identifier=iri(rows[0], "identifier"),
        kind=code_of(iri(rows[0], "type")),
        date=iri(rows[0], "date"),
        ministry=iri(rows[0], "ministry"),
        definitions=count(rows[0], "definitions"),
    )


def _parts(
    reader: Reader,
    act: NamedNode,
    defined: dict[str, list[Row]],
    citing: dict[str, list[Row]],
    earlier: Mapping[str, tuple[EarlierText, ...]],
) -> dict[str, Section]:
    """The act's sections and chapters by IRI, in the order of their numbers."""
    found = grouped(ask(reader, "act_sections", act=act), "section")
    chapters = {iri(row, "section"): iri(row, "chapter") for row in ask(reader, "act_chapters", act=act)}
    return {
        uri: Section(
            uri=uri,
            number=iri(found[uri][0], "number"),
            title=texts_of(row["title"] for row in found[uri] if "title" in row),
            texts=texts_of(row["text"] for row in found[uri] if "text" in row),
            definitions=_definitions(defined.get(uri, [])),
            cited_by=_concepts(citing.get(uri, [])),
            earlier=earlier.get(uri, ()),
            chapter=chapters.get(uri, ""),
        )
        for uri in sorted(found, key=section_order)
    }


def _citing(reader: Reader, act: NamedNode) -> list[Row]:
    """Rows of concepts that cite the act or a part of it; what they cite of other acts is left out."""
    rows = ask(reader, "act_citations", act=act)
    return [row for row in rows if f"{iri(row, 'provision')}/".startswith(f"{act.value}/")]


def _concepts(rows: list[Row]) -> tuple[Reference, ...]:
    groups = grouped(rows, "concept")
    found = [Reference(uri, texts_of(row["term"] for row in group if "term" in row)) for uri, group in groups.items()]
    return tuple(sorted(found, key=lambda one: (collation_key(one.name("nb")), one.uri)))


def _definitions(rows: list[Row]) -> tuple[StatutoryDefinition, ...]:
    found = [
        StatutoryDefinition(
            concept=Reference(uri, texts_of(row["term"] for row in group)),
            texts=texts_of(row["text"] for row in group if "text" in row),
            scope=iri(group[0], "scope"),
        )
        for uri, group in grouped(rows, "concept").items()
    ]
    return tuple(sorted(found, key=lambda one: collation_key(one.concept.name("nb"))))


def _regulations(reader: Reader, node: NamedNode) -> tuple[Reference, ...]:
    groups = grouped(ask(reader, "regulations", act=node), "regulation")
    found = [Reference(uri, texts_of(row["title"] for row in rows if "title" in row)) for uri, rows in groups.items()]
    return tuple(sorted(found, key=lambda one: collation_key(one.name("nb"))))
