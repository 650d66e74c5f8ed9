"""Jobs on disk: ``jobs/{id}/`` holds what is to be done, the files that were sent, how far it is, and what came of it.

A job is working as long as its process lives: that holds a lock, which ends with it however it ends.

Reads and writes: ``jobs/`` in the data directory.
"""

import fcntl
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from importers.base import UnreadableSourceError
from importers.child_reports import error_from_json, error_json
from registry.access.tokens import Token
from registry.documents import kept, restored
from registry.errors import PROBLEMS, JobEndedError
from registry.previews.shelf import Kept, Owned, Shelf

MOST = 20
"""Jobs of one token that are kept; with one more the oldest goes."""
_UNKNOWN = "There is no job {}: it is too old. Send the files again."
_ENDED = (
    "The process that did the work ended before it was done. /imports shows whether anything was stored; "
    "send the files again, and tell the operator, whose log says more."
)
_DONE, _STEP, _RUNNING = "done.json", "step.json", "running"


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is: what it does now, to what, and since when (ISO 8601, UTC)."""

    name: str = "starting"
    about: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Job(Owned):
    """Something that is done in a process of its own. `task` says what; see registry/jobs/tasks.py."""

    folder: Path
    task: dict[str, Any]

    def files(self) -> list[tuple[str, Path]]:
        """The files that were sent, with their names."""
        return [(name, self.folder / str(number)) for number, name in enumerate(self.task.get("files", ()))]

    def is_working(self) -> bool:
        """Whether it is not done yet."""
        if (self.folder / _DONE).exists():
            return False
        with (self.folder / _RUNNING).open("ab") as file:
            return not _locked(file) and not (self.folder / _DONE).exists()

    def step(self) -> Step:
        """How far it is."""
        try:
            return Step(**json.loads((self.folder / _STEP).read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return Step(since=self.created)

    def say(self, step: Step) -> None:
        """Takes down how far it is."""
        self._write(_STEP, {"name": step.name, "about": step.about, "since": step.since})

    def finish(self, outcome: Mapping[str, Any]) -> None:
        """Keeps what came of it; the files that were sent are needed no more."""
        self._write(_DONE, kept(self.folder, outcome))
        for _, path in self.files():
            path.unlink(missing_ok=True)

    def fail(self, error: Exception) -> None:
        """Keeps why nothing came of it: an error of PROBLEMS."""
        kind = next(kind.__name__ for kind, _ in PROBLEMS if isinstance(error, kind))
        said = error_json("", error) if isinstance(error, UnreadableSourceError) else {"message": str(error)}
        self.finish({"error": {"kind": kind, **said}})

    def outcome(self) -> dict[str, Any]:
        """What came of it.

        Raises:
            JobEndedError: its process ended before it was done.
            Exception: the error that it ended with, one of PROBLEMS.
        """
        try:
            done = json.loads((self.folder / _DONE).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise JobEndedError(_ENDED) from error
        if "error" in done:
            raise _error(done["error"])
        found: dict[str, Any] = restored(self.folder, done)
        return found

    @contextmanager
    def running(self) -> Iterator[int]:
        """The descriptor of the lock that says that it is being worked at; whoever inherits it holds it too."""
        with (self.folder / _RUNNING).open("ab") as file:
            _locked(file)
            yield file.fileno()

    def _write(self, name: str, document: Any) -> None:
        fresh = self.folder / f".{name}"
        fresh.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        fresh.rename(self.folder / name)


class JobStore:
    """The jobs of one register."""

    def __init__(self, directory: Path, hours: float) -> None:
        self._shelf = Shelf(directory, hours, MOST, "job.json", _UNKNOWN)

    def put(self, token: Token, fill: Callable[[Path], dict[str, Any]]) -> Job:
        """Keeps a job that nobody works at yet; `fill` writes its files and returns its task.

        Raises:
            StoreError: no space left, or no right to write.
        """
        return self._job(self._shelf.put(token, fill))

    def get(self, name: str) -> Job:
        """The job of this id.

        Raises:
            NotFoundError: there is none, or its time is up.
        """
        return self._job(self._shelf.get(name))

    def _job(self, found: Kept) -> Job:
        return Job(*found.about, self._shelf.directory / found.id, found.content)


_KINDS: Final = {kind.__name__: kind for kind, _ in reversed(PROBLEMS)}


def _error(said: dict[str, Any]) -> Exception:
    kind = _KINDS[said["kind"]]
    return error_from_json(said) if kind is UnreadableSourceError else kind(said["message"])


def _locked(file: IO[bytes]) -> bool:
    """Takes the lock of a file until it is closed; whether nobody else has it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
