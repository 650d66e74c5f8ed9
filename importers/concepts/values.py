"""Single values of a concept record, checked one by one: texts, dates, URIs, addresses. What is wrong is noted."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from pyoxigraph import Literal, NamedNode

from importers.concepts.record import Entry
from importers.issues import issue
from importers.languages import language_tag
from importers.report import Issue, Where
from importers.texts import CONTROL, mend_text, unpacked
from ontologies.namespaces import RELATIONSHIP_WITH_SOURCE, XSD

_SHOWN = 200
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_NORWEGIAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_TELEPHONE = re.compile(r"\+?[\d ()-]{3,}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PACKED = re.compile(r"\S\s*[,;]\s+\S")
_RELATIONSHIPS = {
    "egendefinert": "self-composed",
    "selfcomposed": "self-composed",
    "basertpaakilde": "derived-from-source",
    "derivedfromsource": "derived-from-source",
    "sitatfrakilde": "direct-from-source",
    "directfromsource": "direct-from-source",
}


def is_absolute_iri(text: str) -> bool:
    """Whether the text can stand as an IRI by itself."""
    return to_iri(text) is not None


def to_iri(text: str) -> NamedNode | None:
    """The text as an IRI, None if it is no absolute IRI."""
    if not _ABSOLUTE.fullmatch(text):
        return None
    try:
        return NamedNode(text)
    except ValueError:
        return None


def parse_date(text: str) -> date | None:
    """A day written yyyy-mm-dd (a time after it is let go) or dd.mm.yyyy, None for anything else."""
    if found := _ISO_DATE.fullmatch(text):
        year, month, day = found.groups()
    elif found := _NORWEGIAN_DATE.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@dataclass(slots=True)
class Values:
    """Checks the values of one record; `issues` grows, each with the record's place and the value's column.

    `links` are what links in the texts pointed at.
    """

    where: Where
    issues: list[Issue] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def complain(self, code: str, value: str, column: str = "") -> None:
        """Notes an issue of a known kind."""
        place = replace(self.where, column=column) if column else self.where
        self.issues.append(issue(code, value, place))

    def text(self, entry: Entry) -> Literal:
        """The entry as a literal in its language; `no` is taken as nb, an impossible language is left out."""
        entry = self.plain(entry)
        language = language_tag(entry.language)
        if language != entry.language.lower():
            code = "language-no" if language == "nb" else "language-normalised"
            self.complain(code, entry.language, entry.column)
        if not language:
            return Literal(entry.text)
        if not _LANGUAGE.fullmatch(language):
            self.complain("bad-language", entry.language, entry.column)
            return Literal(entry.text)
        return Literal(entry.text, language=language)

    def plain(self, entry: Entry) -> Entry:
        """The entry as plain text, without HTML, wiki markup and odd blanks."""
        mended = mend_text(entry.text)
        for code in mended.codes:
            self.complain(code, CONTROL.sub("\ufffd", entry.text[:_SHOWN]), entry.column)
        self.links += [target for target in mended.targets if target not in self.links]
        return replace(entry, text=mended.text.strip()) if mended.codes else entry

    def terms(self, entry: Entry) -> list[Literal]:
        """The entry as one term, or as several where commas stand between them."""
        parts = unpacked(entry.text)
        if len(parts) == 1:
            return [self.term(entry)]
        self.complain("terms-unpacked", entry.text, entry.column)
        return [self.text(replace(entry, text=part)) for part in parts]

    def term(self, entry: Entry) -> Literal:
        """The entry as a term: a comma in it may mean that it is several."""
        if _PACKED.search(entry.text):
            self.complain("packed-terms", entry.text, entry.column)
        return self.text(entry)

    def date(self, entry: Entry) -> Literal | None:
        """The entry as an xsd:date."""
        day = parse_date(entry.text)
        if day is None:
            self.complain("date-left-out", entry.text, entry.column)
            return None
        return Literal(day.isoformat(), datatype=XSD.date)

    def iri(self, entry: Entry) -> NamedNode | None:
        """The entry as an IRI."""
        node = to_iri(entry.text)
        if node is None:
            self.complain("bad-uri", entry.text, entry.column)
        return node

    def email(self, entry: Entry) -> NamedNode | None:
        """The entry as a mailto: IRI."""
        address = entry.text.removeprefix("mailto:")
        node = to_iri(f"mailto:{address}") if _EMAIL.fullmatch(address) else None
        if node is None:
            self.complain("bad-email", entry.text, entry.column)
        return node

    def telephone(self, entry: Entry) -> NamedNode | None:
        """The entry as a tel: IRI, without blanks."""
        number = entry.text.removeprefix("tel:")
        node = to_iri("tel:" + re.sub(r"[ ()]", "", number)) if _TELEPHONE.fullmatch(number) else None
        if node is None:
            self.complain("bad-telephone", entry.text, entry.column)
        return node

    def relationship(self, entry: Entry) -> NamedNode | None:
        """The entry as a relation to the source, from the national tool's code or the vocabulary's IRI."""
        code = entry.text.removeprefix(RELATIONSHIP_WITH_SOURCE.iri).casefold().replace("å", "aa")
        name = _RELATIONSHIPS.get(re.sub(r"[\s_-]", "", code))
        if name is None:
            self.complain("bad-relationship", entry.text, entry.column)
            return None
        return RELATIONSHIP_WITH_SOURCE[name]
