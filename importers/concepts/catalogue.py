"""Which catalogue the concepts of a source belong to, and who publishes it, where the source itself is only a list."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from importers.base import Batch, ImportOptions, Source
from importers.concepts.record import ConceptRecord
from importers.concepts.triples import ConceptBuilder
from importers.concepts.values import to_iri
from importers.issues import issue
from importers.minting import file_stem, organisation_iri, organisation_number, slug
from importers.report import ImportReport, Where

_COLLECTION = re.compile(r"/collections?/([^/?#]+)")


@dataclass(frozen=True, slots=True)
class Owner:
    """The catalogue's id and its publisher's IRI, None where nobody says."""

    catalogue: str
    publisher: NamedNode | None


def owner_of(source: Source, options: ImportOptions, hints: Iterable[str]) -> Owner:
    """The owner by what the caller says, else by `hints` (concept URIs, organisation numbers), else by the file's name.

    The id is that of the collection in the hints, else the publisher's organisation number, else the file's name.
    """
    seen = list(hints)
    numbers = Counter(filter(None, map(organisation_number, seen)))
    number = numbers.most_common(1)[0][0] if numbers else ""
    publisher = _publisher(options.publisher or number)
    collections = Counter(found.group(1) for hint in seen if (found := _COLLECTION.search(hint)))
    candidates = (
        options.catalogue or "",
        collections.most_common(1)[0][0] if collections else "",
        organisation_number(publisher.value) if publisher else "",
        file_stem(source.name),
    )
    return Owner(next(filter(None, map(slug, candidates)), "catalogue"), publisher)


def _publisher(text: str) -> NamedNode | None:
    return organisation_iri(text) or to_iri(text)


def open_catalogue(source: Source, options: ImportOptions, form: str, owner: Owner) -> ConceptBuilder:
    """A builder with an empty report, for records of the source."""
    report = ImportReport(owner.catalogue, source.name, form)
    if owner.publisher is None:
        report.issues.append(issue("publisher-missing", options.publisher or "", Where(source.name)))
    return ConceptBuilder(options.uri_base, report, owner.publisher)


def close_catalogue(builder: ConceptBuilder, owner: Owner) -> Batch:
    """The batch of all that the builder was given."""
    publisher = owner.publisher.value if owner.publisher else ""
    return Batch(owner.catalogue, "catalogue", "", publisher, builder.finish(), builder.report)


def older_versions(records: Iterable[ConceptRecord]) -> set[int | None]:
    """The places of records that a newer version of the same concept in the file replaces."""
    newest: dict[str, ConceptRecord] = {}
    older = set()
    for record in records:
        if not record.key:
            continue
        other = newest.setdefault(record.key, record)
        if other is not record and _version(other) != _version(record):
            loser, winner = sorted((other, record), key=_version)
            older.add(loser.where.row)
            newest[record.key] = winner
    return older


def _version(record: ConceptRecord) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", record.version.text)) if record.version else ()
