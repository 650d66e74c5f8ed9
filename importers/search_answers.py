"""Recorded answers of the national directory's search: JSON with many publishers' concepts, or APIs, in one list.

Reads: a list of them, or an answer that has them under `hits`. Writes: one catalogue of SKOS-AP-NO 2 for each
publisher, with the publisher's names; the concepts keep their publishers' URIs. APIs become catalogues of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import Literal, Triple

from importers.api_answers import KIND, ServiceCatalogue, is_service, read_services
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.concepts.catalogue import close_catalogue, open_catalogue, owner_of
from importers.concepts.json_fields import JsonFields
from importers.concepts.record import ConceptRecord, DefinitionEntry, Entry, SourceEntry
from importers.concepts.values import is_absolute_iri
from importers.issues import issue
from importers.json_entries import Loss, note_losses, read_document
from importers.languages import language_tag
from importers.minting import organisation_number, slug
from importers.report import ImportReport, RecordReport, Where
from ontologies.namespaces import FOAF

_SAMPLE = 65536
_BOM = b"\xef\xbb\xbf"
_CONCEPT_MARKS = (b'"prefLabel"', b'"definition"', b'"identifier"')
_API_MARKS = (b'"formats"', b'"descriptionFormatted"')
_KNOWN = {
    "id", "uri", "identifier", "application", "definition", "subject", "prefLabel", "altLabel", "hiddenLabel",
    "example", "contactPoint", "validFromIncluding", "validToIncluding", "seeAlso", "publisher",
}  # fmt: skip
_PREFIX = "fdk"
_NOBODY = "uten-utgiver"
_TEXTS_OF_SOURCE = ("text", "prefLabel")


@dataclass(frozen=True, slots=True)
class _Read:
    """One concept as read, with whose it is: an organisation number, another name, or ""."""

    owner: str
    record: ConceptRecord
    fields: JsonFields


class SearchAnswers:
    """What the national directory's search answered."""

    name = "search-answers"
    title = "Recorded answers of the national directory's search (JSON)"

    def recognises(self, source: Source) -> bool:
        """Whether the source is JSON with concepts, or descriptions of APIs, as that search names their members."""
        sample = source.head(_SAMPLE).removeprefix(_BOM).lstrip()
        if not sample.startswith((b"[", b"{")) or b'"@context"' in sample or b'"anbefaltTerm"' in sample:
            return False
        return all(mark in sample for mark in _CONCEPT_MARKS) or all(mark in sample for mark in _API_MARKS)

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue for each publisher, and for each publisher of APIs.

        Raises:
            UnreadableSourceError: the source is no JSON, has no concepts, or describes something else.
        """
        owned: dict[tuple[bool, str], list[_Read]] = defaultdict(list)
        strange: list[RecordReport] = []
        objects, losses = _objects(source)
        for number, members in enumerate(objects, 1):
            where = Where(source.name, row=number)
            if isinstance(members, dict):
                one = _read(members, where)
                owned[is_service(members) and "prefLabel" not in members, one.owner].append(one)
            else:
                strange.append(RecordReport("", "rejected", where, [issue("bad-value", repr(members)[:200], where)]))
        batches = [
            (_services if services else _catalogue)(source, options, read, single=len(owned) == 1)
            for (services, _), read in owned.items()
        ]
        batches[0].report.records.extend(strange)
        for number, batch in enumerate(batches):
            note_losses(batch.report, losses, records=not number)
        return batches


def _objects(source: Source) -> tuple[list[Any], list[Loss]]:
    document, losses = read_document(source)
    found = _unwrapped(document)
    if any(isinstance(one, dict) and ("prefLabel" in one or is_service(one)) for one in found):
        return found, losses
    raise UnreadableSourceError(
        f"The file has {len(found)} things that are neither concepts nor APIs.",
        Where(source.name),
        "Record the search for concepts or for APIs.",
    )


def _unwrapped(document: object) -> list[Any]:
    """The things that an answer lists: itself, its `hits`, or the `hits` in them with what they wrap."""
    while isinstance(document, dict):
        inner = next((document[name] for name in ("hits", "concepts", "_embedded") if name in document), None)
        if inner is None:
            return [document]
        document = inner
    listed = document if isinstance(document, list) else []
    return [one.get("_source", one) if isinstance(one, dict) else one for one in listed]


def _read(members: dict[str, Any], where: Where) -> _Read:
    fields = JsonFields(members, where)
    publisher = fields.child("publisher")
    named = next(filter(None, (publisher.text(name) for name in ("uri", "id", "orgPath", "name"))), None)
    whose = named.text if named else ""
    return _Read(organisation_number(whose) or whose, _record(fields), fields)


def _record(fields: JsonFields) -> ConceptRecord:
    definition, contact = fields.child("definition"), fields.child("contactPoint")
    extent, own, page = definition.child("range"), _identifier(fields), fields.text("uri")
    return ConceptRecord(
        where=fields.where,
        identifier=own,
        preferred=fields.by_language("prefLabel"),
        admitted=_several(fields, "altLabel"),
        discouraged=_several(fields, "hiddenLabel"),
        definitions=_definition(definition),
        notes=definition.by_language("remark"),
        examples=fields.by_language("example"),
        subjects=fields.by_language("subject") + _several(fields, "application"),
        value_range=extent.by_language("text"),
        value_range_uris=extent.several("uri"),
        email=contact.text("email"),
        telephone=contact.text("telephone"),
        valid_from=fields.text("validFromIncluding"),
        valid_to=fields.text("validToIncluding"),
        see_also=fields.several("seeAlso"),
        pages=(page,) if page and page != own else (),
    )


def _identifier(fields: JsonFields) -> Entry | None:
    """The publisher's URI of the concept; the directory's own one only where the publisher's is none."""
    named = [entry for entry in (fields.text("identifier"), fields.text("uri")) if entry]
    return next((entry for entry in named if is_absolute_iri(entry.text)), next(iter(named), None))


def _several(fields: JsonFields, name: str) -> tuple[Entry, ...]:
    """Texts by language in a list of objects, or in one."""
    return tuple(
        Entry(text, child.path + f".{language}", str(language))
        for child in fields.children(name)
        for language in child.members
        for text in (entry.text for entry in child.several(language))
    )


def _definition(fields: JsonFields) -> tuple[DefinitionEntry, ...]:
    texts, sources = fields.by_language("text"), tuple(dict.fromkeys(_sources(fields)))
    if not texts and not sources:
        return ()
    return (DefinitionEntry(texts, "", fields.text("sourceRelationship"), sources),)


def _sources(fields: JsonFields) -> Iterator[SourceEntry]:
    """The sources; the older member `source` only where it says what `sources` does not."""
    said = set()
    for name in ("sources", "source"):
        for child in fields.children(name):
            texts = [entry.text for each in _TEXTS_OF_SOURCE for entry in child.by_language(each)]
            uri = child.text("uri")
            for text in texts or ([""] if uri else []):
                if name == "sources" or text not in said:
                    yield SourceEntry(text, uri.text if uri else "", fields.path)
                said.add(text)


def _options(options: ImportOptions, read: list[_Read], *, single: bool) -> ImportOptions:
    """Those of one publisher. The catalogue's id tells the directory's copy from the publisher's own catalogue."""
    whose = next((one.owner for one in read), "")
    given = slug(options.catalogue or "")
    identifier = given if given and single else "-".join((given or _PREFIX, slug(whose) or _NOBODY))
    return replace(options, catalogue=identifier, publisher=whose or options.publisher)


def _services(source: Source, options: ImportOptions, read: list[_Read], *, single: bool) -> Batch:
    """The APIs of one publisher."""
    own = _options(options, read, single=single)
    owner = owner_of(source, own, ())
    kept = single and options.catalogue
    identifier = owner.catalogue if kept else f"{owner.catalogue}-{KIND}"
    catalogue = ServiceCatalogue(identifier, options.uri_base, owner.publisher, tuple(_all_names(read)))
    return read_services(source.name, SearchAnswers.name, catalogue, [one.fields for one in read])


def _catalogue(source: Source, options: ImportOptions, read: list[_Read], *, single: bool) -> Batch:
    """The concepts of one publisher."""
    own = _options(options, read, single=single)
    owner = owner_of(source, own, ())
    builder = open_catalogue(source, own, SearchAnswers.name, owner)
    for one in read:
        builder.add(one.record, one.fields.complaints)
    _report_members(builder.report, [one.fields for one in read])
    batch = close_catalogue(builder, owner)
    names = _all_names(read)
    title = next((name.value for name in names if name.language), next((name.value for name in names), ""))
    triples = [Triple(owner.publisher, FOAF.name, name) for name in names] if owner.publisher and batch.triples else []
    return replace(batch, title=title, triples=(*batch.triples, *triples))


def _all_names(read: Iterable[_Read]) -> list[Literal]:
    return list(dict.fromkeys(name for one in read for name in _names(one.fields.child("publisher"))))


def _names(publisher: JsonFields) -> Iterator[Literal]:
    for entry in publisher.by_language("prefLabel"):
        yield Literal(entry.text, language=language_tag(entry.language))
    name = publisher.text("name")
    if name:
        yield Literal(name.text)


def _report_members(report: ImportReport, read: list[JsonFields]) -> None:
    """Notes once, with how often, each member that is not stored."""
    used = Counter(name for fields in read for name, value in fields.members.items() if value and name not in _KNOWN)
    used["publisher.orgPath"] = sum(fields.child("publisher").text("orgPath") is not None for fields in read)
    for name, number in used.items():
        if number:
            message = f"“{name}” ({number} values) is the directory's own and is not stored."
            report.issues.append(issue("unmapped-field", name, Where(report.source, column=name), message=message))
