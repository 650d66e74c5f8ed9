"""NAV's own concept table: CSV out of its wiki, in windows-1252, with ``[word|BEGREP-n]`` for links.

One concept a row, ``https://nav.no/begrep/BEGREP-n``. Writes: one catalogue of SKOS-AP-NO 2. A link becomes its words
in the text, and ``rdfs:seeAlso`` on the concept where it points at a concept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from importers.base import Batch, ImportOptions, Source
from importers.concepts.catalogue import close_catalogue, open_catalogue, owner_of
from importers.concepts.record import ConceptRecord, DefinitionEntry, Entry, SourceEntry
from importers.concepts.table_columns import MARK, Column
from importers.concepts.table_reader import cut_rows, decode, delimited_rows, guess_delimiter, is_workbook, read_tables
from importers.concepts.table_rows import Row
from importers.issues import issue
from importers.report import ImportReport, Issue, Where
from importers.unreadable import explain_no_rows

_SAMPLE = 4096
_NAMESPACE = "https://nav.no/begrep/"
_PUBLISHER = "889640782"
_COLUMNS = {
    "id": "identifier",
    "term": "preferred",
    "begrepsforklaring": "note",
    "definisjon": "definition",
    "språkversjoner": "language",
    "beskrivelsestype": "kind",
    "alternative termer": "admitted",
    "kilde": "source",
    "frarådde termer": "discouraged",
    "eksempler": "example",
    MARK: "mark",
}
_REQUIRED = {"id", "term", "begrepsforklaring", "definisjon"}
_LANGUAGES = {"": "nb", "bokmål": "nb", "nynorsk": "nn", "engelsk": "en", "nordsamisk": "se"}
LINK = re.compile(r"\[(?P<words>[^\[\]|\n]+)\|\s*(?P<target>[^\[\]|\s]+(?:\s\d+)?)\s*\|?\s*\]")
_ADDRESS = re.compile(r"\[(?P<address>[a-z]+://[^\[\]|\s]+)\]")
_KEY = re.compile(r"(?:https?://\S+/)?BEGREP-\s*(?P<number>\d+)", re.IGNORECASE)


class NavTable:
    """NAV's table of concepts."""

    name = "nav-table"
    title = "NAV's table of concepts (CSV out of its wiki)"

    def recognises(self, source: Source) -> bool:
        """Whether the first line has the headers of NAV's table."""
        if is_workbook(source.data):
            return False
        lines = decode(source.head(_SAMPLE))[0].splitlines()
        if not lines:
            return False
        first = next(delimited_rows(lines[0], guess_delimiter(lines[0])), None)
        return first is not None and {cell.casefold() for cell in first.cells} >= _REQUIRED

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue, NAV's where the caller names no publisher.

        Raises:
            UnreadableSourceError: the table has headers and no row.
        """
        header, *below = read_tables(source)[0].rows
        rows = [row for row in below if not row.empty]
        if not rows:
            raise explain_no_rows(source.name, header.line, header.number)
        columns = {index: _COLUMNS.get(cell.casefold(), "") for index, cell in enumerate(header.cells)}
        owner = owner_of(source, options, [_PUBLISHER])
        builder = open_catalogue(source, options, self.name, owner)
        _report_columns(builder.report, header, columns)
        for row in rows:
            if not row.cut:
                reader = _RowReader(source, row, header, columns)
                builder.add(reader.record(), reader.complaints)
        cut_rows(builder.report, rows)
        return [close_catalogue(builder, owner)]


def columns_of(header: Row) -> tuple[Column, ...]:
    """What the columns of NAV's table hold, several values on lines of their own."""
    named = ((index, cell, _COLUMNS.get(cell.casefold(), "")) for index, cell in enumerate(header.cells))
    return tuple(Column(index, cell, field, separator="\n") for index, cell, field in named if field)


def _concept(key: re.Match[str]) -> str:
    return f"{_NAMESPACE}BEGREP-{key['number']}"


def _is_address(link: re.Match[str]) -> bool:
    return link["target"].startswith(("http://", "https://"))


def _words(link: re.Match[str]) -> str:
    """What stands for a link in the text: its words, with the address if that is no concept's."""
    if _is_address(link) and not _KEY.fullmatch(link["target"]):
        return f"{link['words']} ({link['target']})"
    return link["words"]


def _report_columns(report: ImportReport, header: Row, columns: Mapping[int, str]) -> None:
    for index, cell in enumerate(header.cells):
        if cell and not columns[index]:
            where = Where(report.source, line=header.line, row=header.number, column=cell)
            report.issues.append(issue("unknown-column", cell, where))


@dataclass(slots=True)
class _RowReader:
    """Reads one row; `targets` are the concepts that its links point at, `complaints` what was odd."""

    source: Source
    row: Row
    header: Row
    columns: Mapping[int, str]
    targets: dict[str, Entry] = field(default_factory=dict)
    complaints: list[Issue] = field(default_factory=list)

    def record(self) -> ConceptRecord:
        """The row as a concept."""
        if self.row.broken:
            self.complaints.append(issue("broken-quotes", "", self._where()))
        surplus = [cell for cell in self.row.cells[len(self.header.cells) :] if cell]
        if surplus:
            self.complaints.append(issue("surplus-cells", " | ".join(surplus), self._where()))
        definitions = self._definitions()
        preferred = self._texts("preferred")
        admitted, discouraged = self._lines("admitted"), self._lines("discouraged")
        notes, examples = self._texts("note"), self._texts("example")
        return ConceptRecord(
            where=self._where(),
            identifier=self._identifier(),
            preferred=preferred,
            admitted=admitted,
            discouraged=discouraged,
            definitions=definitions,
            notes=notes,
            examples=examples,
            see_also=tuple(self.targets.values()),
        )

    def _where(self, column: str | None = None) -> Where:
        return Where(self.source.name, line=self.row.line, row=self.row.number, column=column)

    def _cell(self, name: str) -> tuple[str, str]:
        """The text of a column without wiki links, and the column's header; the links are noted."""
        for index, column in self.columns.items():
            if column == name and index < len(self.row.cells):
                header = self.header.cells[index]
                return self._without_links(self.row.cells[index], header), header
        return "", ""

    def _without_links(self, text: str, column: str) -> str:
        links = list(LINK.finditer(text))
        lost = [link.group() for link in links if not self._take(link["target"], column) and not _is_address(link)]
        if links:
            self.complaints.append(issue("wiki-link", " ".join(map(re.Match.group, links)), self._where(column)))
        if lost:
            self.complaints.append(issue("wiki-link-lost", " ".join(lost), self._where(column)))
        return _ADDRESS.sub(r"\g<address>", LINK.sub(_words, text))

    def _take(self, target: str, column: str) -> bool:
        """Whether a link's target is a concept."""
        key = _KEY.fullmatch(target)
        if key is not None:
            iri = _concept(key)
            self.targets.setdefault(iri, Entry(iri, column))
        return key is not None

    def _identifier(self) -> Entry | None:
        text, column = self._cell("identifier")
        key = _KEY.fullmatch(text)
        if key is None:
            return Entry(text, column) if text else None
        return Entry(_concept(key), column)

    def _language(self) -> str:
        text, column = self._cell("language")
        language = _LANGUAGES.get(text.casefold())
        if language is None:
            self.complaints.append(issue("bad-language", text, self._where(column)))
        return language or "nb"

    def _texts(self, name: str) -> tuple[Entry, ...]:
        text, column = self._cell(name)
        return (Entry(text, column, self._language()),) if text else ()

    def _lines(self, name: str) -> tuple[Entry, ...]:
        """One value a line, but not where a parenthesis goes on over several lines."""
        text, column = self._cell(name)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if any(line.count("(") != line.count(")") for line in lines):
            lines = [" ".join(lines)]
        return tuple(Entry(line, column, self._language()) for line in lines)

    def _definitions(self) -> tuple[DefinitionEntry, ...]:
        texts = self._texts("definition")
        cited, column = self._cell("source")
        kind, kind_column = self._cell("kind")
        sources = (SourceEntry(cited, "", column),) if cited else ()
        if not texts and not sources and not kind:
            return ()
        return (DefinitionEntry(texts, sources=sources, kind=Entry(kind, kind_column, "nb") if kind else None),)
