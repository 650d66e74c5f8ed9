"""Bytes in, triples and a report out: one file per format, plus repair and legal references.

`IMPORTERS` lists every form of exchange; the first that recognises a source reads it.
"""

from importers.akoma_ntoso import AkomaNtoso
from importers.base import Importer, Source, UnreadableSourceError
from importers.concept_json import ConceptJson
from importers.concept_table import ConceptTable
from importers.encodings import narrowed
from importers.json_ld_context import JsonLdContext
from importers.json_schema import JsonSchema
from importers.law_markdown import LawMarkdown
from importers.lovdata import Lovdata
from importers.mapped_table import MappedTable
from importers.nav_table import NavTable
from importers.ontology import Ontology
from importers.openapi import OpenApi
from importers.report import Where
from importers.search_answers import SearchAnswers
from importers.skos_ap_no import RdfImporter
from importers.tbx import Tbx
from importers.unreadable import explain_unknown
from importers.xml_schema import XmlSchema

IMPORTERS: tuple[Importer, ...] = (
    Lovdata(),
    AkomaNtoso(),
    LawMarkdown(),
    OpenApi(),
    JsonSchema(),
    XmlSchema(),
    ConceptJson(),
    SearchAnswers(),
    Tbx(),
    JsonLdContext(),
    Ontology(),
    RdfImporter(),
    NavTable(),
    MappedTable(),
    ConceptTable(),
)
"""Asked in this order, the strictest first."""

_SHOWN = 65_536


def importer_for(source: Source, name: str | None = None) -> Importer:
    """The importer of that name, else the first that recognises the source's content.

    Raises:
        UnreadableSourceError: no importer has that name, or none recognises the source; says what was seen.
    """
    if name is not None:
        return _named(source, name)
    for importer in IMPORTERS:
        if importer.recognises(source):
            return importer
    if (wide := narrowed(source.data)) is not None:
        return importer_for(Source(source.name, wide[0]))
    raise explain_unknown(source.name, source.head(_SHOWN).decode("utf-8", "replace").lstrip("\ufeff"))


def _named(source: Source, name: str) -> Importer:
    for importer in IMPORTERS:
        if importer.name == name:
            return importer
    known = ", ".join(importer.name for importer in IMPORTERS)
    raise UnreadableSourceError(f"There is no format “{name}”.", Where(source.name), f"Formats are {known}.")
