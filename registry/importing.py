"""Imports that come over HTTP: what a token may, how much at a time, and previews that are kept.

Reads: an upload. Writes: what an import writes, or a preview.
"""

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from importers.base import UnreadableSourceError
from registry import pipeline
from registry.access.import_rights import may_import_arrival
from registry.access.tokens import OF_AN_ORGANISATION, Token
from registry.journal.entries import Author
from registry.previews.keeping import Preview
from registry.services import Services
from registry.uploads import Upload, taking_turns


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
        check=lambda arrival: may_import_arrival(reader, services.urls, token, arrival),
        author=Author(token.id, token.organisation),
        limit=services.settings.max_upload,
    )
    with closing(upload), taking_turns():
        outcome = pipeline.run(services, request, keep=keep)
    if outcome.unreadable and not outcome.reports:
        raise _nothing_read(outcome)
    return Imported(outcome, previews[0] if previews else None)


def _nothing_read(outcome: pipeline.Outcome) -> UnreadableSourceError:
    first = outcome.unreadable[0]
    if len(outcome.unreadable) == 1:
        return first
    message = f"None of the {len(outcome.unreadable)} files can be read. The first: {first.message}"
    return UnreadableSourceError(message, first.where, first.fix)
