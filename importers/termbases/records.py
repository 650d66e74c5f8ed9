"""One TBX entry to a concept record: terms by status, definitions with their sources, and all else that has a field."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from importers.concepts.record import (
    Audience,
    ConceptRecord,
    DefinitionEntry,
    Entry,
    RelationEntry,
    RelationKind,
    RelationTarget,
    SourceEntry,
)
from importers.concepts.values import is_absolute_iri
from importers.issues import issue
from importers.report import Issue, Where
from importers.termbases.categories import (
    AUDIENCE_CODES,
    AUDIENCES,
    DATES,
    DEFINITIONS,
    FIELDS,
    RELATION_TEXTS,
    RELATIONS,
    RELATIONSHIPS,
    SOURCES,
    STATUSES,
    TERM_STATUSES,
    TRANSACTIONS,
    TYPED_RELATIONS,
)
from importers.termbases.entries import Group, Item, LanguageSection, TermEntry

_STATUS_ENDING = re.compile(r"-?admn-?sts$")
_RelationKey = tuple[RelationKind, RelationTarget, str]
_DefinitionKey = tuple[Audience, str, tuple[SourceEntry, ...]]


@dataclass(slots=True)
class EntryReader:
    """Reads one entry. `uris` are the URIs of the file's entries by their ids; `complaints` and `unmapped` grow.

    `unmapped` counts values of data categories that a concept record has no place for.
    """

    entry: TermEntry
    file: str
    default_language: str
    uris: Mapping[str, str]
    complaints: list[Issue] = field(default_factory=list)
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    _fields: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _definitions: dict[_DefinitionKey, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    _relations: dict[_RelationKey, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def record(self) -> ConceptRecord:
        """The entry as a concept."""
        self._read()
        fields = self._fields
        own = self._own_uri(fields["identifier"])
        return ConceptRecord(
            where=self._where(),
            identifier=Entry(own) if own else None,
            key=self.entry.identifier,
            preferred=tuple(fields["preferred"]),
            admitted=tuple(fields["admitted"]),
            discouraged=tuple(fields["discouraged"]),
            data_structure=tuple(fields["data_structure"]),
            definitions=tuple(
                DefinitionEntry(tuple(texts), audience, Entry(relationship) if relationship else None, sources)
                for (audience, relationship, sources), texts in self._definitions.items()
            ),
            notes=tuple(fields["note"]),
            examples=tuple(fields["example"]),
            subjects=tuple(fields["subject"]),
            subject_uris=tuple(fields["subject_uri"]),
            value_range=tuple(fields["value_range"]),
            value_range_uris=tuple(fields["value_range_uri"]),
            email=self._one("email"),
            telephone=self._one("telephone"),
            valid_from=self._one("valid_from"),
            valid_to=self._one("valid_to"),
            created=min(fields["created"], key=lambda one: one.text, default=None),
            modified=max(fields["modified"], key=lambda one: one.text, default=None),
            see_also=tuple(one for one in dict.fromkeys(fields["see_also"]) if one.text != own),
            replaces=tuple(fields["replaces"]),
            replaced_by=tuple(fields["replaced_by"]),
            relations=tuple(
                RelationEntry(kind, Entry(target), role, tuple(texts))
                for (kind, role, target), texts in self._relations.items()
            ),
            status=self._one("status"),
            version=self._one("version"),
            publisher=self._one("publisher"),
        )

    def _one(self, name: str) -> Entry | None:
        """The first value of a field that a concept has once; others are told."""
        found = self._fields[name]
        for other in found[1:]:
            if other.text != found[0].text:
                self.unmapped[other.column, other.text] += 1
        return found[0] if found else None

    def _read(self) -> None:
        self._level(self.entry.groups, self._own_language())
        for section in self.entry.sections:
            self._level(section.groups, section.language)
            self._terms(section)

    def _where(self, column: str | None = None) -> Where:
        return Where(self.file, line=self.entry.line, column=column)

    def _own_uri(self, given: list[Entry]) -> str:
        """The URI that the entry gives, else that of its id; what is given and not used is told."""
        own = next((one for one in given if is_absolute_iri(one.text)), None)
        for one in given:
            if one is not own and is_absolute_iri(one.text):
                self.unmapped[one.column, one.text] += 1
            elif one is not own:
                self.complaints.append(issue("bad-identifier", one.text, self._where(one.column)))
        return own.text if own else self.uris.get(self.entry.identifier, "")

    def _own_language(self) -> str:
        """The language of what is said of the entry as a whole: the file's, if the entry has it."""
        languages = [section.language for section in self.entry.sections]
        return self.default_language if self.default_language in languages or not languages else languages[0]

    def _level(self, groups: tuple[Group, ...], language: str) -> None:
        for group in groups:
            categories = {item.category for item in group}
            if categories & DEFINITIONS:
                self._definition(group, language)
            elif categories & (RELATIONS.keys() | {name for _, name in TYPED_RELATIONS}):
                self._relation(group, language)
            elif categories & TRANSACTIONS:
                self._transaction(group)
            else:
                self._each(group, language)

    def _each(self, group: Group, language: str) -> None:
        for item in group:
            name = FIELDS.get(item.category)
            if name is None:
                self.unmapped[item.category, item.text] += 1
            elif name in {"see_also", "replaces", "replaced_by"}:
                self._link(name, item)
            else:
                self._put(name, item, language)

    def _put(self, name: str, item: Item, language: str) -> None:
        text, target = item.text, item.target
        if name == "contact":
            name = "email" if "@" in text else "telephone"
        elif name in {"subject", "value_range"} and is_absolute_iri(target or text):
            name, text = f"{name}_uri", target or text
        languages = {"subject", "note", "example", "value_range", "status"}
        self._fields[name].append(
            Entry(text or target, item.category, (item.language or language) if name in languages else "")
        )

    def _link(self, name: str, item: Item) -> None:
        uri = self._resolved(item)
        if uri:
            self._fields[name].append(Entry(uri, item.category))
        else:
            self._fields[name].append(Entry(item.target or item.text, item.category))

    def _resolved(self, item: Item) -> str:
        """The URI that an item points at: by an id of the file, or as it is written; "" for none."""
        for written in (item.target, item.text):
            if found := self.uris.get(written.removeprefix("#")):
                return found
            if is_absolute_iri(written):
                return written
        return ""

    def _definition(self, group: Group, language: str) -> None:
        audience: Audience = ""
        relationship = ""
        sources: list[SourceEntry] = []
        rest: list[Item] = []
        for item in group:
            code = item.code.rpartition("#")[2].casefold()
            if item.category in RELATIONSHIPS:
                relationship = item.code
            elif item.category in AUDIENCES and code in AUDIENCE_CODES:
                audience = cast("Audience", AUDIENCE_CODES[code])
            elif item.category in SOURCES:
                _add_source(sources, item)
            elif item.category not in DEFINITIONS:
                rest.append(item)
        for item in group:
            if item.category in DEFINITIONS:
                key = (audience, relationship, tuple(sources))
                self._definitions[key].append(Entry(item.text, item.category, item.language or language))
        self._each(tuple(rest), language)

    def _relation(self, group: Group, language: str) -> None:
        kind = next((item.code.casefold() for item in group if item.category == "typerelasjon"), "")
        texts = [
            Entry(item.text, item.category, item.language or language)
            for item in group
            if item.category in RELATION_TEXTS
        ]
        for item in group:
            relation = RELATIONS.get(item.category) or TYPED_RELATIONS.get((kind, item.category))
            if relation is not None:
                target = self._resolved(item)
                if target:
                    self._relations[*relation, target] += texts
                else:
                    shown = f"{item.category} {item.target or item.text}"
                    self.complaints.append(issue("bad-relation", shown, self._where(item.category)))
            elif item.category not in RELATION_TEXTS | {"typerelasjon"}:
                self._each((item,), language)

    def _transaction(self, group: Group) -> None:
        kind = next(item for item in group if item.category in TRANSACTIONS)
        name = DATES.get(kind.code.casefold())
        for item in group:
            if item.category == "date" and name is not None:
                self._fields[name].append(Entry(item.text, kind.text))
            elif item is not kind or name is None:
                self.unmapped[item.category, item.text] += 1

    def _terms(self, section: LanguageSection) -> None:
        """Terms by their status. Where no term of a language is recommended, the first without a status is."""
        statuses = [_status(term.groups) for term in section.terms]
        lacks = "preferred" not in statuses
        for term, status in zip(section.terms, statuses, strict=True):
            name = status or ("preferred" if lacks else "admitted")
            lacks = lacks and name != "preferred"
            if term.text:
                self._fields[name].append(Entry(term.text, "term", section.language))
            for group in term.groups:
                kept = tuple(one for one in group if one.category not in STATUSES or not _term_status(one))
                self._level((kept,) if kept else (), section.language)


def _add_source(sources: list[SourceEntry], item: Item) -> None:
    """Adds a source; an element that only points at an address belongs to the words before it."""
    uri = item.target or (item.text if is_absolute_iri(item.text) else "")
    words = "" if item.text == uri else item.text
    if item.target and not words and sources and not sources[-1].uri:
        sources[-1] = SourceEntry(sources[-1].text, uri, item.category)
    else:
        sources.append(SourceEntry(words, uri, item.category))


def _status(groups: tuple[Group, ...]) -> str:
    found = (_term_status(item) for group in groups for item in group if item.category in STATUSES)
    return next(filter(None, found), "")


def _term_status(item: Item) -> str:
    return TERM_STATUSES.get(_STATUS_ENDING.sub("", item.code.casefold()).replace("-", "").replace("_", ""), "")
