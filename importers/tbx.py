"""TBX, the exchange format of termbases: versions 2 (martif) and 3, both styles, TBX-Basic, TBX-AP-NO and others.

One entry is one concept. Reads: XML. Writes: one catalogue of SKOS-AP-NO 2, titled as the file is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Triple

from importers.base import Batch, ImportOptions, Source
from importers.concepts.catalogue import Owner, close_catalogue, open_catalogue, owner_of
from importers.concepts.table_columns import LANGUAGE_TAG
from importers.concepts.values import is_absolute_iri
from importers.issues import issue
from importers.json_entries import note_losses
from importers.languages import language_tag
from importers.minting import concept_iri
from importers.rdf.syntaxes import root_element
from importers.report import READ_IN_PART, ImportReport, Where
from importers.termbases.categories import FIELDS
from importers.termbases.document import Termbase, read_termbase
from importers.termbases.entries import Item, TermEntry
from importers.termbases.identifiers import uri_of
from importers.termbases.records import EntryReader
from ontologies.namespaces import DCT

_SAMPLE = 20_000
_ROOTS = frozenset({"tbx", "martif"})
_SHOWN = 5


class Tbx:
    """Termbases in TBX."""

    name = "tbx"
    title = "TBX (TBX-Basic, TBX-AP-NO), versions 2 and 3"

    def recognises(self, source: Source) -> bool:
        """Whether the root element is that of TBX."""
        text = source.head(_SAMPLE).decode("utf-8", "replace").lstrip("\ufeff")
        if source.head(2) in {b"\xff\xfe", b"\xfe\xff"}:
            text = source.head(_SAMPLE).decode("utf-16", "replace")
        return root_element(text).rpartition(":")[2] in _ROOTS

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue.

        Raises:
            UnreadableSourceError: no entry in the source can be read.
        """
        termbase = read_termbase(source)
        owner = owner_of(source, options, _hints(termbase))
        builder = open_catalogue(source, options, self.name, owner)
        builder.report.issues += termbase.issues
        uris = _uris(termbase.entries, options.uri_base, owner)
        unmapped: Counter[tuple[str, str]] = Counter()
        for entry in termbase.entries:
            reader = EntryReader(entry, source.name, termbase.language, uris)
            record = reader.record()
            builder.add(record, [*entry.issues, *reader.complaints])
            unmapped += reader.unmapped
        _report_unmapped(builder.report, unmapped)
        note_losses(builder.report, list(termbase.losses))
        _note_parts(builder.report, termbase)
        batch = close_catalogue(builder, owner)
        return [replace(batch, title=termbase.title, triples=(*batch.triples, *_title(termbase, options, owner)))]


def _hints(termbase: Termbase) -> list[str]:
    """What tells the owner: the head's publisher, else those of the entries."""
    head = [item.text for item in termbase.head if FIELDS.get(item.category) == "publisher"]
    entries = (item for entry in termbase.entries for group in entry.groups for item in group)
    return head or [item.text for item in entries if FIELDS.get(item.category) == "publisher"]


def _uris(entries: Iterable[TermEntry], uri_base: str, owner: Owner) -> dict[str, str]:
    """The URI of each entry with an id: the one that it gives, that its id carries, or that is minted from its id."""
    uris: dict[str, str] = {}
    for entry in entries:
        given = [item for group in entry.groups for item in group if FIELDS.get(item.category) == "identifier"]
        if entry.identifier:
            minted = concept_iri(uri_base, owner.catalogue, f"id:{entry.identifier}").value
            uris.setdefault(entry.identifier, _own(given) or uri_of(entry.identifier) or minted)
    return uris


def _own(given: Iterable[Item]) -> str:
    written = (uri for item in given for uri in (item.text, item.target))
    return next(filter(is_absolute_iri, written), "")


def _title(termbase: Termbase, options: ImportOptions, owner: Owner) -> list[Triple]:
    if not termbase.title:
        return []
    language = language_tag(termbase.language)
    known = LANGUAGE_TAG.fullmatch(language) is not None
    text = Literal(termbase.title, language=language) if known else Literal(termbase.title)
    return [Triple(NamedNode(f"{options.uri_base}/catalogues/{owner.catalogue}"), DCT.title, text)]


def _note_parts(report: ImportReport, termbase: Termbase) -> None:
    """Says that the source is one in part, if only parts of entries were lost."""
    broken = sum(bool(entry.issues) for entry in termbase.entries)
    if broken and not termbase.losses:
        report.issues.append(issue(READ_IN_PART, f"{broken} entries in part", Where(report.source)))


def _report_unmapped(report: ImportReport, unmapped: Counter[tuple[str, str]]) -> None:
    """Notes once, with how often and the first values, each data category that is not stored."""
    values: dict[str, list[str]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for (category, text), number in unmapped.items():
        values[category].append(text)
        counts[category] += number
    for category, number in counts.items():
        shown = "; ".join(values[category][:_SHOWN]) + ("; …" if len(values[category]) > _SHOWN else "")
        message = f"“{category}” ({number} values) has no place in SKOS-AP-NO and is not stored: {shown}"
        report.issues.append(issue("unmapped-field", category, Where(report.source, column=category), message=message))
