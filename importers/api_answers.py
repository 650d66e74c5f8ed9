"""Recorded answers of the national directory's search for APIs: descriptions of data services in JSON.

Reads: what `search_answers` found in a file. Writes: for each publisher a catalogue of ``dcat:DataService``. The
directory names them by UUIDs and says no addresses: what the profile asks for and they lack is reported.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from importers.base import Batch
from importers.concepts.json_fields import JsonFields
from importers.concepts.record import Entry
from importers.concepts.values import Values, to_iri
from importers.issues import ISSUES, issue
from importers.minting import content_iri
from importers.report import ImportReport, RecordReport, Where
from ontologies.namespaces import DCAT, DCT, FOAF, RDF
from ontologies.profiles import broken

KIND = "data-services"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9.+-]+")
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_KNOWN = frozenset({"id", "title", "description", "descriptionFormatted", "formats", "publisher"})
_LANGUAGE = "nb"


@dataclass(frozen=True, slots=True)
class ServiceCatalogue:
    """The catalogue that services go to: its id, where URIs are minted, the publisher and its names."""

    identifier: str
    uri_base: str
    publisher: NamedNode | None
    names: tuple[Literal, ...]


def is_service(members: Any) -> bool:
    """Whether an object is a description of an API."""
    return isinstance(members, dict) and "title" in members and not members.keys().isdisjoint(_KNOWN - {"id", "title"})


def read_services(source: str, form: str, catalogue: ServiceCatalogue, read: Iterable[JsonFields]) -> Batch:
    """The services of one publisher."""
    read = list(read)
    report = ImportReport(catalogue.identifier, source, form)
    about = NamedNode(f"{catalogue.uri_base}/catalogues/{catalogue.identifier}")
    triples = [Triple(about, RDF.type, DCAT.Catalog)]
    triples += [Triple(about, DCT.publisher, catalogue.publisher)] if catalogue.publisher else []
    triples += [Triple(catalogue.publisher, FOAF.name, name) for name in catalogue.names if catalogue.publisher]
    if any(fields.text("title") for fields in read):
        report.issues.append(issue("missing-language", "", Where(source, column="title")))
    for fields in read:
        subject, values = _subject(catalogue, fields), Values(fields.where)
        said = list(_service(subject, catalogue, fields, values))
        values.issues += [*fields.complaints, *_missing(said)]
        repaired = any(ISSUES[one.code].repairs for one in values.issues)
        report.records.append(RecordReport(subject.value, "stored", fields.where, values.issues, repaired))
        triples += [Triple(about, DCAT.service, subject), *said]
    _report_members(report, read)
    title = next((name.value for name in catalogue.names), "")
    publisher = catalogue.publisher.value if catalogue.publisher else ""
    return Batch(catalogue.identifier, "catalogue", title, publisher, tuple(dict.fromkeys(triples)), report)


def _subject(catalogue: ServiceCatalogue, fields: JsonFields) -> NamedNode:
    """The service by the directory's id; by its title where that is none."""
    own = fields.text("id")
    if own is not None and _UUID.fullmatch(own.text):
        return NamedNode(f"urn:uuid:{own.text.lower()}")
    title = fields.text("title")
    content = (own.text if own else "", title.text if title else "")
    return content_iri(catalogue.uri_base, "nodes", catalogue.identifier, content)


def _service(subject: NamedNode, catalogue: ServiceCatalogue, fields: JsonFields, values: Values) -> Iterator[Triple]:
    yield Triple(subject, RDF.type, DCAT.DataService)
    for name, predicate in (("title", DCT.title), ("description", DCT.description)):
        for entry in fields.several(name, _LANGUAGE):
            yield Triple(subject, predicate, values.text(entry))
    formatted, plain = fields.text("descriptionFormatted"), fields.text("description")
    if plain is None and formatted is not None:
        yield Triple(subject, DCT.description, values.text(Entry(formatted.text, formatted.column, _LANGUAGE)))
    if catalogue.publisher is not None:
        yield Triple(subject, DCT.publisher, catalogue.publisher)
    for entry in fields.several("formats"):
        node = to_iri(_MEDIA_TYPES + entry.text) if _MEDIA_TYPE.fullmatch(entry.text) else None
        yield Triple(subject, DCT["format"], node or Literal(entry.text))


def _missing(said: Iterable[Triple]) -> Iterator[Any]:
    """What the application profile asks for and the description does not say."""
    counts = Counter(triple.predicate for triple in said)
    for requirement in broken(DCAT.DataService, lambda one: counts[one]):
        yield issue(requirement.code, requirement.name)


def _report_members(report: ImportReport, read: list[JsonFields]) -> None:
    """Notes once, with how often, each member that is not stored."""
    used = Counter(name for fields in read for name, value in fields.members.items() if value and name not in _KNOWN)
    for name, number in used.items():
        message = f"“{name}” ({number} values) has no place in DCAT-AP-NO and is not stored."
        report.issues.append(issue("unmapped-field", name, Where(report.source, column=name), message=message))
