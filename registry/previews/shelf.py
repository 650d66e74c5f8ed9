"""Folders that are kept for some hours: of a name that nobody can guess, each with a record that says whose it is.

A folder is filled under another name and renamed when it is whole; it is gone when its time is up.
"""

import gzip
import json
import re
import secrets
import shutil
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

from registry.access.tokens import OF_AN_ORGANISATION, Token
from registry.errors import NotFoundError
from sparql.embedded.files import link_or_copy, storage_errors

_PIECE = 1 << 20
_NAME = re.compile(r"[A-Za-z0-9_-]{20,40}")


@dataclass(frozen=True, slots=True)
class Owned:
    """What is kept for a while: whose it is, and its times (ISO 8601, UTC).

    `organisation` is "" for that of an administrator, who may import what no organisation's token may.
    """

    id: str
    token: str
    organisation: str
    created: str
    expires: str

    @property
    def about(self) -> tuple[str, str, str, str, str]:
        """These five."""
        return self.id, self.token, self.organisation, self.created, self.expires


@dataclass(frozen=True, slots=True)
class Kept(Owned):
    """A folder that is kept, with what its keeper wrote down."""

    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders in a directory. `most` is how many of one token are kept; with one more the oldest goes.

    `record` is the name of the file with the record; `unknown` what to say of a name that there is none of.
    """

    directory: Path
    hours: float
    most: int
    record: str
    unknown: str

    def put(self, token: Token, fill: Callable[[Path], dict[str, Any]]) -> Kept:
        """Keeps a folder; `fill` writes its files and returns what is to be known of it.

        Raises:
            StoreError: no space left, or no right to write.
        """
        self.sweep()
        self._make_room(token)
        now = datetime.now(UTC)
        expires = now.replace(microsecond=0) + timedelta(hours=self.hours)
        name = secrets.token_urlsafe(18)
        fresh = self.directory / f".{name}"
        organisation = token.organisation if token.role in OF_AN_ORGANISATION else ""
        with storage_errors(self.directory.parent):
            fresh.mkdir(parents=True, mode=0o700)
            try:
                about = (name, token.id, organisation, now.isoformat(timespec="microseconds"), expires.isoformat())
                kept = Kept(*about, fill(fresh))
                members = {each.name: getattr(kept, each.name) for each in fields(Kept)}
                (fresh / self.record).write_text(json.dumps(members), encoding="utf-8")
                fresh.rename(self.directory / name)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)  # there only if it did not become whole
        return kept

    def get(self, name: str) -> Kept:
        """The folder of this name.

        Raises:
            NotFoundError: there is none, its time is up, or it is broken.
        """
        self.sweep()
        found = self._read(self.directory / name) if _NAME.fullmatch(name) else None
        if found is None or _is_over(found):
            raise self._no(name)
        return found

    def newest(self, token: Token, wanted: Callable[[Kept], bool]) -> Kept | None:
        """The newest folder of a token that is wanted; None where it has none."""
        own = (each for path in self._paths() if (each := self._read(path)) is not None and each.token == token.id)
        return max(
            (each for each in own if not _is_over(each) and wanted(each)), key=lambda each: each.created, default=None
        )

    def again(self, found: Kept, token: Token) -> Kept:
        """A folder with the same in it, under another name, to be kept from now on.

        Raises:
            StoreError: as `put`.
        """

        def fill(folder: Path) -> dict[str, Any]:
            for path in (self.directory / found.id).iterdir():
                if path.name != self.record:
                    link_or_copy(path, folder / path.name)
            return found.content

        return self.put(token, fill)

    def unpacked(self, name: str, file: str) -> bytes:
        """A file of a folder, which was kept in gzip.

        Raises:
            NotFoundError: the folder is gone, or the file is broken.
        """
        try:
            with self.open(name, file) as content:
                return content.read()
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise self._no(name) from error

    def pieces(self, name: str, file: str) -> Iterator[bytes]:
        """The same in pieces.

        Raises:
            NotFoundError: as `unpacked`.
        """
        try:
            with self.open(name, file) as content:
                yield from iter(partial(content.read, _PIECE), b"")
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise self._no(name) from error

    def open(self, name: str, file: str) -> IO[bytes]:
        """The same, to be unpacked as it is read.

        Raises:
            NotFoundError: the folder is gone.
        """
        try:
            return cast("IO[bytes]", gzip.open(self.directory / name / file))
        except FileNotFoundError as error:
            raise self._no(name) from error

    def discard(self, name: str) -> None:
        """From now on there is no such folder."""
        if _NAME.fullmatch(name):
            shutil.rmtree(self.directory / name, ignore_errors=True)

    def sweep(self) -> None:
        """Removes what is older than a folder may be: those whose time is up, and what is left of broken ones."""
        oldest = time.time() - self.hours * 3600
        for path in self._paths():
            with suppress(FileNotFoundError):  # somebody else sweeps too
                if path.stat().st_mtime < oldest:
                    shutil.rmtree(path, ignore_errors=True)

    def _make_room(self, token: Token) -> None:
        """Removes the oldest folders of a token that is about to get another."""
        held = (each for path in self._paths() if (each := self._read(path)) is not None)
        own = sorted((each for each in held if each.token == token.id), key=lambda each: each.created)
        for each in own[: max(0, len(own) + 1 - self.most)]:
            self.discard(each.id)

    def _paths(self) -> list[Path]:
        return list(self.directory.iterdir()) if self.directory.is_dir() else []

    def _read(self, path: Path) -> Kept | None:
        """The folder's record; None where there is none that can be read."""
        try:
            return Kept(**json.loads((path / self.record).read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def _no(self, name: str) -> NotFoundError:
        return NotFoundError(self.unknown.format(name))


def _is_over(kept: Kept) -> bool:
    return datetime.now(UTC) >= datetime.fromisoformat(kept.expires)
