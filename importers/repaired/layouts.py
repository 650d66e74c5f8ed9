"""Where the header of a table stands and what its columns hold, for each form of table that can be repaired."""

from collections.abc import Callable
from dataclasses import dataclass

from importers.base import ImportOptions, Source
from importers.concept_table import ConceptTable, find_header
from importers.concepts.table_columns import Column, read_columns
from importers.concepts.table_reader import read_tables
from importers.concepts.table_rows import Row, Table
from importers.mapped_table import MappedTable, find_table
from importers.nav_table import LINK, NavTable, columns_of
from importers.texts import mend_text

TABLES = frozenset({ConceptTable.name, NavTable.name, MappedTable.name})
"""The formats of reports on tables."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table and how it is read. `mend` makes a text in a cell plain.

    `named` says that the headers are those of the national table, and may be mended; else they are its owner's own.
    """

    table: Table
    header: Row
    columns: tuple[Column, ...]
    named: bool
    mend: Callable[[str], str]


def layout_of(source: Source, form: str, options: ImportOptions) -> Layout:
    """How a table in a form is laid out.

    Raises:
        UnreadableSourceError: it is none of that form.
    """
    if form == NavTable.name:
        [table] = read_tables(source)
        return Layout(table, table.rows[0], columns_of(table.rows[0]), named=False, mend=_between_links)
    if options.mapping is not None:
        table, body = find_table(source, options.mapping)
        return Layout(table, body.header, body.columns, named=False, mend=_plain)
    table, header = find_header(source, read_tables(source))
    return Layout(table, header, read_columns(header.cells), named=True, mend=_plain)


def _plain(text: str) -> str:
    mended = mend_text(text)
    return mended.text.strip() if mended.codes else text


def _between_links(text: str) -> str:
    """The text with its wiki links, which are this form's own, as they came."""
    links = [found.group() for found in LINK.finditer(text)]
    parts = [mend_text(part).text for part in LINK.split(text)[:: LINK.groups + 1]]
    return "".join(part + link for part, link in zip(parts, [*links, ""], strict=True)).strip()
