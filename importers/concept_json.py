"""The national registration tool's JSON: an array of Begrep objects, one of them a concept.

Reads: UTF-8 JSON. Writes: one catalogue of SKOS-AP-NO 2. The source description (`kildebeskrivelse`) is also taken
where it stands beside the definition instead of in it, as in the tool's own sample.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from importers.base import Batch, ImportOptions, Source
from importers.concepts.catalogue import close_catalogue, older_versions, open_catalogue, owner_of
from importers.concepts.json_fields import JsonFields
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
from importers.json_entries import REPAIR_MARK, note_losses, read_document
from importers.report import ImportReport, Issue, RecordReport, Where

_SAMPLE = 65536
_SHOWN = 200
_SHOWN_VALUES = 5
_BOM = b"\xef\xbb\xbf"
_KNOWN = {
    "id", "originaltBegrep", "uri", "identifikator", "ansvarligVirksomhet", "anbefaltTerm", "tillattTerm",
    "frarådetTerm", "definisjon", "definisjonForAllmennheten", "definisjonForSpesialister", "kildebeskrivelse",
    "merknad", "eksempel", "fagområde", "fagområdeKoder", "bruksområde", "omfang", "kontaktpunkt", "gyldigFom",
    "gyldigTom", "seOgså", "erstattesAv", "begrepsRelasjon", "status", "statusURI", "versjonsnr", "abbreviatedLabel",
    "opprettet", "endringslogelement",
}  # fmt: skip
_AUDIENCES: tuple[tuple[str, Audience], ...] = (
    ("definisjon", ""),
    ("definisjonForAllmennheten", "public"),
    ("definisjonForSpesialister", "specialist"),
)
_RELATIONS: dict[tuple[str, str], tuple[RelationKind, RelationTarget]] = {
    ("assosiativ", ""): ("associative", ""),
    ("generisk", "overordnet"): ("generic", "generic"),
    ("generisk", "underordnet"): ("generic", "specific"),
    ("partitiv", "erdelav"): ("partitive", "whole"),
    ("partitiv", "omfatter"): ("partitive", "part"),
}
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class ConceptJson:
    """The national registration tool's JSON."""

    name = "concept-json"
    title = "Concepts as JSON (Begrep) of the national registration tool"

    def recognises(self, source: Source) -> bool:
        """Whether the source is JSON with recommended terms as that tool names them."""
        sample = source.head(_SAMPLE).removeprefix(_BOM).lstrip()
        return sample.startswith((b"[", b"{")) and b'"anbefaltTerm"' in sample

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue.

        Raises:
            UnreadableSourceError: the source is no JSON, or holds no objects.
        """
        document, losses = read_document(source)
        objects = document if isinstance(document, list) else [document]
        read = [_read(source, number, members) for number, members in enumerate(objects, 1)]
        owner = owner_of(source, options, _hints(read))
        builder = open_catalogue(source, options, self.name, owner)
        _report_fields(builder.report, objects)
        older = older_versions(record for record, _ in read if record is not None)
        for record, complaints in read:
            if record is None:
                builder.report.records.append(RecordReport("", "rejected", Where(source.name), complaints))
            elif record.where.row in older:
                builder.skip(record, "older-version")
            else:
                builder.add(record, complaints)
        note_losses(builder.report, losses)
        return [close_catalogue(builder, owner)]


def _read(source: Source, number: int, members: object) -> tuple[ConceptRecord | None, list[Issue]]:
    where = Where(source.name, row=number)
    if not isinstance(members, dict):
        return None, [issue("bad-value", repr(members)[:200], where)]
    fields = JsonFields(members, where)
    return _record(fields), fields.complaints


def _hints(read: list[tuple[ConceptRecord | None, list[Issue]]]) -> Iterator[str]:
    for record, _ in read:
        if record is not None:
            yield from (entry.text for entry in (record.identifier, record.publisher) if entry)


def _report_fields(report: ImportReport, objects: list[Any]) -> None:
    """Notes once, with how often, each member that is not stored."""
    used: dict[str, list[object]] = defaultdict(list)
    for members in objects:
        for name, value in members.items() if isinstance(members, dict) else ():
            if value:
                used[name].append(value)
    for name, values in used.items():
        if name not in _KNOWN | {REPAIR_MARK}:
            where = Where(report.source, column=name)
            shown = json.dumps(values[:_SHOWN_VALUES], ensure_ascii=False)[1:-1][:_SHOWN]
            message = f"“{name}” ({len(values)} values: {shown} …) has no place in SKOS-AP-NO and is not stored."
            report.issues.append(issue("unmapped-field", name, where, message=message))


def _record(fields: JsonFields) -> ConceptRecord:
    scope, contact = fields.child("omfang"), fields.child("kontaktpunkt")
    codes = fields.several("fagområdeKoder")
    return ConceptRecord(
        where=fields.where,
        identifier=_identifier(fields),
        key=_key(fields),
        preferred=fields.child("anbefaltTerm").by_language("navn"),
        admitted=fields.by_language("tillattTerm") + fields.several("abbreviatedLabel", "nb"),
        discouraged=fields.by_language("frarådetTerm"),
        definitions=tuple(_definitions(fields)),
        notes=fields.by_language("merknad"),
        examples=fields.by_language("eksempel"),
        subjects=fields.by_language("fagområde") + fields.by_language("bruksområde"),
        subject_uris=tuple(_subject(fields, code) for code in codes),
        value_range=scope.several("tekst", "nb"),
        value_range_uris=scope.several("uri"),
        email=contact.text("harEpost"),
        telephone=contact.text("harTelefon"),
        valid_from=fields.text("gyldigFom"),
        valid_to=fields.text("gyldigTom"),
        created=fields.text("opprettet"),
        modified=fields.child("endringslogelement").text("endringstidspunkt"),
        see_also=fields.several("seOgså"),
        replaced_by=fields.several("erstattesAv"),
        relations=tuple(_relations(fields)),
        status=fields.text("statusURI") or fields.text("status"),
        version=_version_number(fields),
        publisher=fields.child("ansvarligVirksomhet").text("id") or fields.child("ansvarligVirksomhet").text("uri"),
    )


def _identifier(fields: JsonFields) -> Entry | None:
    """The concept's own URI; ids that are none only name it within the tool."""
    named = (fields.text(name) for name in ("uri", "identifikator", "id"))
    return next((entry for entry in named if entry and is_absolute_iri(entry.text)), None)


def _key(fields: JsonFields) -> str:
    own = fields.text("originaltBegrep") or fields.text("id")
    return own.text if own else ""


def _subject(fields: JsonFields, code: Entry) -> Entry:
    """A subject code as an IRI; the code list that it belongs to is not in the file."""
    iri = subject_iri(code.text)
    if not iri:
        return code
    place = Where(fields.where.file, row=fields.where.row, column=code.column)
    fields.complaints.append(issue("subject-code", code.text, place))
    return Entry(iri, code.column)


def subject_iri(code: str) -> str:
    """The IRI of a subject code of the tool's own, "" for anything else."""
    return f"urn:uuid:{code.lower()}" if _UUID.fullmatch(code) else ""


def _definitions(fields: JsonFields) -> Iterator[DefinitionEntry]:
    for name, audience in _AUDIENCES:
        definition = fields.child(name)
        described = definition.child("kildebeskrivelse")
        if not audience and not described.members:
            described = fields.child("kildebeskrivelse")
        texts = definition.by_language("tekst")
        sources = tuple(_sources(described))
        if texts or sources:
            yield DefinitionEntry(texts, audience, described.text("forholdTilKilde"), sources)


def _sources(described: JsonFields) -> Iterator[SourceEntry]:
    for source in described.children("kilde"):
        text, uri = source.text("tekst"), source.text("uri")
        if text or uri:
            yield SourceEntry(text.text if text else "", uri.text if uri else "", source.path)


def _relations(fields: JsonFields) -> Iterator[RelationEntry]:
    for relation in fields.children("begrepsRelasjon"):
        kind, direction = relation.text("relasjon"), relation.text("relasjonsType")
        target = relation.text("relatertBegrep")
        words = ((kind.text if kind else "").casefold(), (direction.text if direction else "").casefold())
        known = _RELATIONS.get((words[0], "") if words[0] == "assosiativ" else words)
        if known is None or target is None:
            place = Where(fields.where.file, row=fields.where.row, column=relation.path)
            value = json.dumps(relation.members, ensure_ascii=False)
            fields.complaints.append(issue("bad-relation", value, place))
            continue
        texts = relation.by_language("beskrivelse") or relation.by_language("inndelingskriterium")
        yield RelationEntry(known[0], target, known[1], texts)


def _version_number(fields: JsonFields) -> Entry | None:
    """``{"major": 0, "minor": 1, "patch": 0}``, numbers or texts, or a text."""
    if isinstance(fields.members.get("versjonsnr"), dict):
        parts = [fields.child("versjonsnr").text(name) for name in ("major", "minor", "patch")]
        return Entry(".".join(part.text if part else "0" for part in parts), "versjonsnr")
    return fields.text("versjonsnr")
