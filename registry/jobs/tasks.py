"""What jobs do: take an upload, or accept a preview. Each says in plain data what is needed to do it elsewhere.

Reads: a job. Writes: what an import or a preview writes, and what came of it into the job.
"""

import shutil
from collections.abc import Callable, Collection
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from importers.table_mapping import mapping_as_toml, mapping_from_toml
from registry.access.tokens import Token
from registry.importing import take, take_or_wait
from registry.jobs.keeping import Job
from registry.previews.accepting import accept
from registry.previews.waiting_tables import WaitingTable
from registry.services import Services
from registry.uploads import SentFile, Upload

_WISHES = ("catalogue", "format", "publisher", "dry_run", "partial", "strict")


def taking(upload: Upload, token: Token, *, ask: bool) -> Callable[[Path], dict[str, Any]]:
    """An upload to take; `ask` what the columns of a table hold, where it comes to that."""

    def write(folder: Path) -> dict[str, Any]:
        for number, file in enumerate(upload.files):
            with (folder / str(number)).open("wb") as kept:
                file.content.seek(0)
                shutil.copyfileobj(file.content, kept, 1 << 20)
        return {
            "do": "take",
            "ask": ask,
            "token": _told(token),
            "files": [file.name for file in upload.files],
            "wishes": {name: getattr(upload, name) for name in _WISHES},
            "mapping": mapping_as_toml(upload.mapping) if upload.mapping else None,
        }

    return write


def accepting(preview: str, token: Token, wanted: Collection[str] | None) -> Callable[[Path], dict[str, Any]]:
    """A preview to accept, all of it or the wanted things."""
    task = {"do": "accept", "token": _told(token), "preview": preview, "wanted": wanted and list(wanted)}
    return lambda _: task


def work(services: Services, job: Job, progress: Callable[[str], None]) -> dict[str, Any]:
    """Does a job; what came of it is `preview` or `table`, an id, or the `document` of an import.

    Raises:
        SamsvarError, StoreError, UnreadableSourceError: as `registry.importing.take` and `accept`.
    """
    token = Token(**job.task["token"])
    if job.task["do"] == "accept":
        preview = services.previews.get(job.task["preview"])
        graphs = [{"kind": graph["kind"], "catalogue": graph["catalogue"]} for graph in preview.graphs]
        outcome = accept(services, preview, token, job.task["wanted"], progress)
        return {"document": outcome.as_json(), "graphs": graphs}
    upload = _upload(job)
    taken = (take_or_wait if job.task["ask"] else take)(services, token, upload, progress)
    if isinstance(taken, WaitingTable):
        return {"table": taken.id}
    return {"preview": taken.preview.id} if taken.preview else {"document": taken.as_json()}


def _upload(job: Job) -> Upload:
    files = tuple(SentFile(name, path.open("rb"), path) for name, path in job.files())
    mapping = job.task["mapping"]
    upload = Upload(files, mapping=mapping_from_toml(mapping) if mapping else None)
    return replace(upload, **job.task["wishes"])


def _told(token: Token) -> dict[str, str]:
    return {each.name: getattr(token, each.name) for each in fields(Token)}
