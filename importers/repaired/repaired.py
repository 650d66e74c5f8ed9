"""The repaired form of a source, made from what the source is read as, and read again to see what is left."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Self, TypeAlias

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concept_json import ConceptJson
from importers.concepts.open_document import is_open_document
from importers.concepts.table_reader import is_workbook
from importers.mapped_table import MappedTable
from importers.rdf.decoding import decode
from importers.rdf.journal import Journal
from importers.rdf.syntaxes import JSON_LD, N_QUADS, N_TRIPLES, RDF_JSON, RDF_XML, TURTLE, Syntax
from importers.reading import read_source
from importers.repaired.concept_objects import RepairedObjects
from importers.repaired.json_ld import RepairedJson
from importers.repaired.known import OF_THE_FILE, PieceReader, is_repair, known
from importers.repaired.layouts import TABLES, Layout, layout_of
from importers.repaired.lines import RepairedLines
from importers.repaired.open_document import OpenDocument
from importers.repaired.properties import check_says_the_same
from importers.repaired.rdf_json import RepairedRdfJson
from importers.repaired.rdf_xml import RepairedXml
from importers.repaired.table_text import DelimitedText
from importers.repaired.tables import RepairedTable, TableForm
from importers.repaired.termbase import RepairedTermbase
from importers.repaired.turtle import RepairedTurtle
from importers.repaired.workbooks import Workbook, is_xlsx
from importers.repaired.writing import COMMENT
from importers.report import Where
from importers.tbx import Tbx

_SUFFIXES = {TURTLE: ".ttl", N_TRIPLES: ".nt", N_QUADS: ".nq", JSON_LD: ".jsonld", RDF_XML: ".rdf", RDF_JSON: ".rj"}
_MAKERS: Mapping[Syntax, type[RepairedJson | RepairedXml | RepairedRdfJson]] = MappingProxyType(
    {JSON_LD: RepairedJson, RDF_XML: RepairedXml, RDF_JSON: RepairedRdfJson}
)
FORMS = TABLES | {Tbx.name, ConceptJson.name, *(f"rdf ({syntax.title})" for syntax in _SUFFIXES)}
"""The formats of reports whose sources have a repaired form."""
_OTHER = "Sources in the form {} have no repaired one."
_FIX = (
    "The report says of every flaw where it is and how to mend it. RDF in every syntax, concept tables as CSV, XLSX "
    "and ODS, TBX and the national tool's JSON can be had."
)
_OTHER_WORKBOOK = "Workbooks of this kind cannot be written."
_SAVE = "Save it as .xlsx, .ods or CSV, and repair that."
_Reread: TypeAlias = Callable[[bytes], list[Batch]]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired file: its name and bytes, the codes of what was repaired, and of what it has still when read again."""

    name: str
    data: bytes
    codes: tuple[str, ...]
    left: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """All but the bytes."""
        return {"name": self.name, "codes": list(self.codes), "left": list(self.left), "size": len(self.data)}

    @classmethod
    def from_json(cls, document: dict[str, Any], data: bytes) -> Self:
        """What `as_json` wrote, with the bytes."""
        return cls(document["name"], data, tuple(document["codes"]), tuple(document["left"]))


def repaired(source: Source, options: ImportOptions) -> Repaired:
    """The source as it should read, each repair marked. One that needs none comes back byte for byte.

    Raises:
        UnreadableSourceError: nothing of the source can be read, its form has no repaired one, or the repaired file
            would say something else.
    """
    options = replace(options, publisher=None, strict=False)
    form = MappedTable.name if options.mapping else None
    batches = read_source(source, options, form)
    codes = _codes(batches)
    if not codes:
        return Repaired(source.name, source.data, (), ())

    def read(data: bytes) -> list[Batch]:
        return read_source(Source(source.name, data), options, form)

    data, suffix = _written(source, options, batches, read)
    again = read(data)
    check_says_the_same(known(batches, options.uri_base), (each for one in again for each in one.triples), source.name)
    name = str(PurePosixPath(source.name).with_suffix(suffix)) if "wrong-suffix" in codes else source.name
    left = {code for code in _codes(again) if code != "wrong-suffix"}
    return Repaired(name, data, codes, tuple(code for code in codes if code in left))


def _written(source: Source, options: ImportOptions, batches: list[Batch], read: _Reread) -> tuple[bytes, str]:
    """The repaired bytes, and the suffix that suits them."""
    form = batches[0].report.format if batches else ""
    if form in TABLES:
        table, suffix = _table(source, layout_of(source, form, options))
        return RepairedTable(table, batches[0], read).data(), suffix
    if form not in FORMS:
        raise UnreadableSourceError(_OTHER.format(form), Where(source.name), _FIX)
    text = decode(source, Journal(source.name))
    codes = _codes(batches)
    if form == Tbx.name:
        return RepairedTermbase(text, source.name, batches[0], read).data(codes), ".tbx"
    if form == ConceptJson.name:
        return RepairedObjects(text, source.name, batches[0], read).data(codes), ".json"
    return _rdf(source, text, options, batches)


def _table(source: Source, layout: Layout) -> tuple[TableForm, str]:
    if not is_workbook(source.data):
        return DelimitedText(source, layout), ".csv"
    if is_xlsx(source.data):
        return Workbook(source, layout), ".xlsx"
    if is_open_document(source.data):
        return OpenDocument(source, layout), ".ods"
    raise UnreadableSourceError(_OTHER_WORKBOOK, Where(source.name), _SAVE)


def _rdf(source: Source, text: str, options: ImportOptions, batches: list[Batch]) -> tuple[bytes, str]:
    syntax = next(one for one in _SUFFIXES if batches[0].report.format == f"rdf ({one.title})")
    codes = _codes(batches)
    found = known(batches, options.uri_base)
    reader = PieceReader(source.name, replace(options, catalogue=batches[0].catalogue), found.said)
    if maker := _MAKERS.get(syntax):
        written = maker(text, found, reader, source.name).text(codes)
    elif syntax is TURTLE:
        written = _head(codes) + RepairedTurtle(text, found, reader).text()
    else:
        written = _head(codes) + RepairedLines(text, found).text()
    return written.encode(), _SUFFIXES[syntax]


def _head(codes: Iterable[str]) -> str:
    """What is about no place in the file stands at its top."""
    return "".join(f"{COMMENT}{code}\n" for code in codes if code in OF_THE_FILE and code != "prefix-undeclared")


def _codes(batches: list[Batch]) -> tuple[str, ...]:
    issues = [one for batch in batches for one in batch.report.issues]
    issues += [one for batch in batches for record in batch.report.records for one in record.issues]
    return tuple(dict.fromkeys(one.code for one in issues if is_repair(one.code)))
