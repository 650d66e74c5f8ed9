"""The repaired form of a source, made from what the source is read as, and read again to see what is left."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, Self

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concepts.table_reader import is_workbook
from importers.rdf.decoding import decode
from importers.rdf.journal import Journal
from importers.rdf.syntaxes import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TURTLE, Syntax, detect
from importers.reading import read_source
from importers.repaired.json_ld import RepairedJson
from importers.repaired.known import OF_THE_FILE, PieceReader, is_repair, known
from importers.repaired.lines import RepairedLines
from importers.repaired.properties import check_says_the_same
from importers.repaired.rdf_xml import RepairedXml
from importers.repaired.table_text import DelimitedText
from importers.repaired.tables import RepairedTable
from importers.repaired.turtle import RepairedTurtle
from importers.repaired.workbooks import Workbook, is_xlsx
from importers.repaired.writing import COMMENT
from importers.report import Where

_SUFFIXES = {TURTLE: ".ttl", N_TRIPLES: ".nt", N_QUADS: ".nq", JSON_LD: ".jsonld", RDF_XML: ".rdf"}
FORMS = frozenset({"concept-table", *(f"rdf ({syntax.title})" for syntax in _SUFFIXES)})
"""The formats of reports whose sources have a repaired form."""
_TABLE = "concept-table"
_OTHER = "Sources in the form {} have no repaired one yet."
_FIX = (
    "The report says of every flaw where it is and how to mend it. Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML "
    "and concept tables as CSV and XLSX can be had."
)


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
        UnreadableSourceError: nothing of the source can be read, or its form has no repaired one.
    """
    options = replace(options, publisher=None, strict=False)
    batches = read_source(source, options)
    codes = _codes(batches)
    if not codes:
        return Repaired(source.name, source.data, (), ())
    data, suffix = _written(source, options, batches, codes)
    name = str(PurePosixPath(source.name).with_suffix(suffix)) if "wrong-suffix" in codes else source.name
    again = _codes(read_source(Source(name, data), options))
    return Repaired(name, data, codes, tuple(code for code in again if code in codes))


def _written(source: Source, options: ImportOptions, batches: list[Batch], codes: tuple[str, ...]) -> tuple[bytes, str]:
    """The repaired bytes, and the suffix that suits them."""
    if batches[0].report.format == _TABLE and (is_xlsx(source.data) or not is_workbook(source.data)):
        form, suffix = (Workbook(source), ".xlsx") if is_xlsx(source.data) else (DelimitedText(source), ".csv")
        table = RepairedTable(form, batches[0], lambda data: read_source(Source(source.name, data), options))
        return table.data(), suffix
    syntax, text = _text(source, batches)
    found = known(batches, options.uri_base)
    reader = PieceReader(source.name, replace(options, catalogue=batches[0].catalogue), found.said)
    if syntax in (JSON_LD, RDF_XML):
        maker: type[RepairedJson | RepairedXml] = RepairedJson if syntax is JSON_LD else RepairedXml
        data = maker(text, found, reader, source.name).text(codes).encode()
        again = read_source(Source(source.name, data), options)
        check_says_the_same(found, (triple for batch in again for triple in batch.triples), source.name)
        return data, _SUFFIXES[syntax]
    written = RepairedTurtle(text, found, reader).text() if syntax is TURTLE else RepairedLines(text, found).text()
    return (_head(codes) + written).encode(), _SUFFIXES[syntax]


def _text(source: Source, batches: list[Batch]) -> tuple[Syntax, str]:
    form = batches[0].report.format if batches else ""
    if form.startswith("rdf"):
        text = decode(source, Journal(source.name))
        syntax = detect(text)
        if syntax is not None and syntax in _SUFFIXES:
            return syntax, text
    raise UnreadableSourceError(_OTHER.format(form), Where(source.name), _FIX)


def _head(codes: Iterable[str]) -> str:
    """What is about no place in the file stands at its top."""
    return "".join(f"{COMMENT}{code}\n" for code in codes if code in OF_THE_FILE and code != "prefix-undeclared")


def _codes(batches: list[Batch]) -> tuple[str, ...]:
    issues = [one for batch in batches for one in batch.report.issues]
    issues += [one for batch in batches for record in batch.report.records for one in record.issues]
    return tuple(dict.fromkeys(one.code for one in issues if is_repair(one.code)))
