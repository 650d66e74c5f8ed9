"""Imports that come over HTTP: what a token may, how much at a time, and previews that are kept.

Reads: an upload. Writes: what an import writes, a preview, or a table that waits.
"""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from importers.base import Source, UnreadableSourceError
from importers.child import sketch_isolated
from importers.table_mapping import mapping_as_toml
from registry import pipeline
from registry.access.import_rights import may_import_arrival
from registry.access.tokens import OF_AN_ORGANISATION, Token
from registry.errors import NotFoundError
from registry.journal.entries import Author
from registry.previews.keeping import Preview
from registry.previews.known_tables import Who, may_be_table
from registry.previews.waiting_tables import MOST, WaitingTable
from registry.readings.known import EXPLAINED, reading_code
from registry.services import Services
from registry.uploads import SentFile, Upload, taking_turns
from sparql.embedded.blobs import digest_of


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an upload; `preview` is there after a dry run. `tables` wait for a mapping."""

    outcome: pipeline.Outcome
    preview: Preview | None = None
    tables: tuple[WaitingTable, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The document of the import, or of the preview."""
        return self.preview.as_json() if self.preview else _document(self.outcome, self.tables)


def take(services: Services, token: Token, upload: Upload, progress: pipeline.Progress = lambda _: None) -> Imported:
    """Imports an upload, or keeps a preview of it, and closes it.

    Raises:
        UnreadableSourceError: none of the files can be read.
        ForbiddenError: the token may not import what was read.
        StoreError: too many uploads at once, or as `pipeline.run`.
    """
    with closing(upload):
        return _taken(services, token, upload, progress)


def take_or_wait(
    services: Services, token: Token, upload: Upload, progress: pipeline.Progress = lambda _: None
) -> Imported | WaitingTable:
    """As `take`; but where nothing can be read of it and no mapping came along, a table in it waits for one.

    Raises:
        UnreadableSourceError: there is no table among the files either.
        ForbiddenError, StoreError: as `take`.
    """
    with closing(upload):
        try:
            return _taken(services, token, upload, progress)
        except UnreadableSourceError:
            waiting = _await_mapping(services, token, upload)
            if waiting is None:
                raise
            return waiting


def again(services: Services, token: Token, upload: Upload) -> Preview | None:
    """A preview of what this token had previewed already and would look the same now; None for all else."""
    return services.previews.again(_key(services, token, upload), token) if upload.dry_run else None


def _key(services: Services, token: Token, upload: Upload) -> str:
    """What a preview depends on: the sources and how they are read, the register, the day, and who asks."""
    given = (upload.catalogue, upload.format, upload.publisher, upload.partial, upload.strict)
    mapping = mapping_as_toml(upload.mapping) if upload.mapping else None
    files = [(source.name, digest_of(source)) for source in upload.sources()]
    day = datetime.now(UTC).date().isoformat()
    seen = (services.store.reader().generation, day, token.id, reading_code())
    return sha256(json.dumps([given, mapping, files, seen]).encode()).hexdigest()


def _is_told_by_sources(outcome: pipeline.Outcome, tables: Sequence[WaitingTable]) -> bool:
    """Whether what was read follows from the files alone, and not from tables that somebody has explained, or may."""
    explained = any(issue.code == EXPLAINED for report in outcome.reports for issue in report.issues)
    return not (outcome.unreadable or tables or explained)


def _taken(services: Services, token: Token, upload: Upload, progress: pipeline.Progress) -> Imported:
    previews: list[Preview] = []
    tables: list[WaitingTable] = []
    reader = services.store.reader()

    def keep(outcome: pipeline.Outcome) -> None:
        if outcome.plan is not None and outcome.reports:
            tables.extend(_unknown_tables(services, token, upload, outcome))
            progress("writing the preview")
            key = _key(services, token, upload) if upload.is_large and _is_told_by_sources(outcome, tables) else ""
            previews.append(services.previews.put(outcome.plan, _document(outcome, tables), token, key))

    request = pipeline.Request(
        upload.sources(),
        upload.catalogue,
        upload.publisher or (token.organisation if token.role in OF_AN_ORGANISATION else None),
        format=upload.format,
        dry_run=upload.dry_run,
        partial=upload.partial,
        strict=upload.strict,
        mapping=upload.mapping,
        check=lambda arrival: may_import_arrival(reader, services.urls, token, arrival),
        author=Author(token.id, token.organisation),
        limit=services.settings.max_upload,
        known=services.known_tables.finder(token.organisation if token.role in OF_AN_ORGANISATION else ""),
    )
    with taking_turns():
        outcome = pipeline.run(services, request, progress, keep)
    if outcome.unreadable and not outcome.reports:
        raise _nothing_read(outcome)
    if not upload.dry_run:
        tables.extend(_unknown_tables(services, token, upload, outcome))
    if upload.mapping is not None:
        read = _opened(services, upload.sources())
        services.known_tables.remember_read(read, upload.mapping, outcome.catalogues, Who.of(token))
    return Imported(outcome, previews[0] if previews else None, tuple(tables))


def _document(outcome: pipeline.Outcome, tables: Sequence[WaitingTable]) -> dict[str, Any]:
    """The document of an outcome, with the tables that wait for a mapping, if any."""
    waiting = [{"file": each.sketch.file, "id": each.id} for each in tables]
    return outcome.as_json() | ({"tables": waiting} if waiting else {})


def _unknown_tables(
    services: Services, token: Token, upload: Upload, outcome: pipeline.Outcome
) -> Iterator[WaitingTable]:
    """Keeps the tables among files that were read, each by itself, until somebody says what their columns hold.

    In a catalogue that other files go to as well, such a table is a part.
    """
    unread = {error.where.file for error in outcome.unreadable}
    if upload.mapping is not None or upload.format is not None or not unread:
        return
    found = (each for each in _opened(services, upload.sources()) if each.name in unread and may_be_table(each))
    for source in islice(found, MOST):
        alone = Upload(
            (SentFile(source.name, io.BytesIO(source.data)),),
            upload.catalogue,
            publisher=upload.publisher,
            partial=upload.partial or upload.catalogue is not None,
        )
        with suppress(UnreadableSourceError):
            yield services.tables.put(alone, sketch_isolated(source), token)


def _await_mapping(services: Services, token: Token, upload: Upload) -> WaitingTable | None:
    """Keeps an upload until somebody says what the columns of its first table hold; None where there is none."""
    if upload.mapping is not None:
        return None
    with taking_turns():
        for source in _opened(services, upload.sources()):
            if may_be_table(source):
                with suppress(UnreadableSourceError):
                    return services.tables.put(upload, sketch_isolated(source), token)
    return None


def opened_file(services: Services, sources: Iterable[Source], name: str) -> Source:
    """The file of this name among the sources, archives opened.

    Raises:
        NotFoundError: there is none.
    """
    found = next((each for each in _opened(services, sources) if each.name == name), None)
    if found is None:
        raise NotFoundError(f"There is no file {name}.")
    return found


def _opened(services: Services, sources: Iterable[Source]) -> Iterator[Source]:
    return pipeline.unpacked(services.settings.max_upload, sources, pipeline.Outcome())


def _nothing_read(outcome: pipeline.Outcome) -> UnreadableSourceError:
    first = outcome.unreadable[0]
    if len(outcome.unreadable) == 1:
        return first
    message = f"None of the {len(outcome.unreadable)} files can be read. The first: {first.message}"
    return UnreadableSourceError(message, first.where, first.fix)
