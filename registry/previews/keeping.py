"""Previews that wait for somebody to accept them: folders beside the generations, and in none of them.

``previews/{id}/`` holds ``preview.json`` and, for each graph, its triples and the files that they were read from. A
preview is made under another name and renamed when it is whole; it is gone when its time is up.
"""

import gzip
import json
import re
import secrets
import shutil
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from importers.base import Batch
from importers.child_reports import report_from_json, report_json
from registry.access.tokens import OF_AN_ORGANISATION, Token
from registry.arrivals import Arrival, Spool
from registry.errors import NotFoundError
from registry.previews.plans import GraphPlan, Plan
from sparql.changes import lines
from sparql.changes import triples as read_triples
from sparql.embedded.files import storage_errors

MOST = 20
"""Previews of one token that are kept; with one more the oldest goes."""
_NAME = re.compile(r"[A-Za-z0-9_-]{20,40}")
_UNKNOWN = "There is no preview {}: it was accepted, discarded or is too old. Upload the file again."


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview that is kept: whose it is, its times (ISO 8601, UTC), and the document that was shown.

    `organisation` is "" for that of an administrator, who may import what no organisation's token may.
    """

    id: str
    token: str
    organisation: str
    created: str
    expires: str
    document: dict[str, Any]
    graphs: tuple[dict[str, Any], ...]

    def as_json(self) -> dict[str, Any]:
        """What was shown, with the id and the time until which it can be accepted."""
        return {"preview": self.id, "created": self.created, "expires": self.expires, **self.document}


class PreviewStore:
    """The previews of one register."""

    def __init__(self, directory: Path, hours: float) -> None:
        self.directory = directory
        self._hours = hours

    def put(self, plan: Plan, document: dict[str, Any], token: Token) -> Preview:
        """Keeps a preview.

        Raises:
            StoreError: no space left, or no right to write.
        """
        self.sweep()
        self._make_room(token)
        now = datetime.now(UTC)
        expires = now.replace(microsecond=0) + timedelta(hours=self._hours)
        name = secrets.token_urlsafe(18)
        fresh = self.directory / f".{name}"
        organisation = token.organisation if token.role in OF_AN_ORGANISATION else ""
        with storage_errors(self.directory.parent):
            fresh.mkdir(parents=True, mode=0o700)
            try:
                graphs = tuple(_written(fresh, number, graph) for number, graph in enumerate(plan.graphs))
                about = (name, token.id, organisation, now.isoformat(timespec="microseconds"), expires.isoformat())
                preview = Preview(*about, document, graphs)
                members = {field: getattr(preview, field) for field in Preview.__slots__}
                (fresh / "preview.json").write_text(json.dumps(members), encoding="utf-8")
                fresh.rename(self.directory / name)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)  # there only if it did not become whole
        return preview

    def get(self, name: str) -> Preview:
        """The preview of this id.

        Raises:
            NotFoundError: there is none, or its time is up.
        """
        self.sweep()
        found = self._read(self.directory / name) if _NAME.fullmatch(name) else None
        if found is None or _is_over(found):
            raise NotFoundError(_UNKNOWN.format(name))
        return found

    def arrivals(self, preview: Preview, spool: Spool) -> Iterator[tuple[Arrival, str]]:
        """What each graph is to hold, and the state that it must be in; graphs of which nothing is stored left out.

        Raises:
            NotFoundError: somebody else has accepted or discarded it meanwhile, or it is broken.
        """
        place = self.directory / preview.id
        for number, graph in enumerate(preview.graphs):
            if not graph["stored"]:
                continue
            triples = tuple(read_triples(_unpacked(place / f"{number}.nt.gz")))
            names = (graph["catalogue"], graph["kind"], graph["title"], graph["publisher"])
            batch = Batch(*names, triples, report_from_json(graph["report"]))
            files = tuple(spool.keep(_unpacked(place / f"{number}-{each}.gz")) for each in range(graph["files"]))
            yield Arrival(batch, graph["source"], files), graph["state"]

    def discard(self, name: str) -> None:
        """From now on there is no such preview."""
        if _NAME.fullmatch(name):
            shutil.rmtree(self.directory / name, ignore_errors=True)

    def sweep(self) -> None:
        """Removes what is older than a preview may be: those whose time is up, and what is left of broken ones."""
        oldest = time.time() - self._hours * 3600
        for path in self._paths():
            with suppress(FileNotFoundError):  # somebody else sweeps too
                if path.stat().st_mtime < oldest:
                    shutil.rmtree(path, ignore_errors=True)

    def _make_room(self, token: Token) -> None:
        """Removes the oldest previews of a token that is about to get another."""
        held = (each for path in self._paths() if (each := self._read(path)) is not None)
        own = sorted((each for each in held if each.token == token.id), key=lambda each: each.created)
        for each in own[: max(0, len(own) + 1 - MOST)]:
            self.discard(each.id)

    def _paths(self) -> list[Path]:
        return list(self.directory.iterdir()) if self.directory.is_dir() else []

    @staticmethod
    def _read(path: Path) -> Preview | None:
        """The preview in a folder; None where there is none that can be read."""
        try:
            document = json.loads((path / "preview.json").read_text(encoding="utf-8"))
            return Preview(**{**document, "graphs": tuple(document["graphs"])})
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None


def _is_over(preview: Preview) -> bool:
    return datetime.now(UTC) >= datetime.fromisoformat(preview.expires)


def _written(folder: Path, number: int, plan: GraphPlan) -> dict[str, Any]:
    """Writes a graph's triples and files; returns what is to be known of it."""
    arrival, batch = plan.arrival, plan.arrival.batch
    (folder / f"{number}.nt.gz").write_bytes(gzip.compress(lines(arrival.triples()), 1))
    for each, file in enumerate(arrival.files):
        (folder / f"{number}-{each}.gz").write_bytes(gzip.compress(file.read(), 1))
    return {
        "catalogue": batch.catalogue,
        "kind": batch.kind,
        "title": batch.title,
        "publisher": batch.publisher,
        "source": arrival.source,
        "files": len(arrival.files),
        "report": report_json(batch.report),
        "state": plan.state,
        "stored": plan.stored,
    }


def _unpacked(path: Path) -> bytes:
    try:
        return gzip.decompress(path.read_bytes())
    except (FileNotFoundError, gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise NotFoundError(_UNKNOWN.format(path.parent.name)) from error
