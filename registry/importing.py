"""Imports that come over HTTP: what a token may, how much at a time, and previews that are kept.

Reads: an upload. Writes: what an import writes, a preview, or a table that waits.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, Final

from importers import importer_for
from importers.base import Source, UnreadableSourceError
from importers.child import sketch_isolated
from importers.concept_table import ConceptTable
from registry import pipeline
from registry.access.import_rights import may_import_arrival
from registry.access.tokens import OF_AN_ORGANISATION, Token
from registry.errors import NotFoundError
from registry.journal.entries import Author
from registry.previews.keeping import Preview
from registry.previews.waiting_tables import WaitingTable
from registry.services import Services
from registry.uploads import Upload, taking_turns

_TABLES: Final = (".csv", ".tsv", ".xlsx", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an upload; `preview` is there after a dry run."""

    outcome: pipeline.Outcome
    preview: Preview | None = None

    def as_json(self) -> dict[str, Any]:
        """The document of the import, or of the preview."""
        return self.preview.as_json() if self.preview else self.outcome.as_json()


def take(services: Services, token: Token, upload: Upload) -> Imported:
    """Imports an upload, or keeps a preview of it, and closes it.

    Raises:
        UnreadableSourceError: none of the files can be read.
        ForbiddenError: the token may not import what was read.
        StoreError: too many uploads at once, or as `pipeline.run`.
    """
    with closing(upload):
        return _taken(services, token, upload)


def take_or_wait(services: Services, token: Token, upload: Upload) -> Imported | WaitingTable:
    """As `take`; but where nothing can be read of it and no mapping came along, a table in it waits for one.

    Raises:
        UnreadableSourceError: there is no table among the files either.
        ForbiddenError, StoreError: as `take`.
    """
    with closing(upload):
        try:
            return _taken(services, token, upload)
        except UnreadableSourceError:
            waiting = _await_mapping(services, token, upload)
            if waiting is None:
                raise
            return waiting


def _taken(services: Services, token: Token, upload: Upload) -> Imported:
    previews: list[Preview] = []
    reader = services.store.reader()

    def keep(outcome: pipeline.Outcome) -> None:
        if outcome.plan is not None and outcome.reports:
            previews.append(services.previews.put(outcome.plan, outcome.as_json(), token))

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
    )
    with taking_turns():
        outcome = pipeline.run(services, request, keep=keep)
    if outcome.unreadable and not outcome.reports:
        raise _nothing_read(outcome)
    return Imported(outcome, previews[0] if previews else None)


def _await_mapping(services: Services, token: Token, upload: Upload) -> WaitingTable | None:
    """Keeps an upload until somebody says what the columns of its first table hold; None where there is none."""
    if upload.mapping is not None:
        return None
    with taking_turns():
        for source in _opened(services, upload.sources()):
            if _may_be_table(source):
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


def _may_be_table(source: Source) -> bool:
    if source.name.lower().endswith(_TABLES):
        return True
    with suppress(UnreadableSourceError):
        return importer_for(source).name == ConceptTable.name
    return False


def _nothing_read(outcome: pipeline.Outcome) -> UnreadableSourceError:
    first = outcome.unreadable[0]
    if len(outcome.unreadable) == 1:
        return first
    message = f"None of the {len(outcome.unreadable)} files can be read. The first: {first.message}"
    return UnreadableSourceError(message, first.where, first.fix)
