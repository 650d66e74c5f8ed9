"""The master: the store that a session writes, made from the newest generation and thrown away afterwards.

Making it costs little room (the big files are hard links), but opening it for writing makes the engine wait for the
disk some ten times. So a process that writes often keeps its master open (sparql/embedded/kept.py). A master that
nobody has open is what a crash left behind, and goes when the next session starts.

Whatever goes is first renamed to a grave, `generations/.old-*`, which is quick, and removed when nobody waits for it.
"""

import fcntl
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Final

from pyoxigraph import Store

from sparql.embedded.engine import open_writable
from sparql.embedded.files import link, link_or_copy
from sparql.embedded.integrity import LOG, STORE, FileRecord, GenerationRecord, GrowingFile, Pointer, generation_path
from sparql.errors import StoreError

_GRAVE: Final = ".old-"
_ORIGIN, _OWNER = "origin", "owner"


@dataclass(slots=True)
class Master:
    """An open master. Between sessions it holds the generation that `pointer` names, no more and no less.

    `log` is the file in which the engine has everything that was written since the store was opened, `summed` what is
    known of it; `files` are those that lie in `origin` and make the same store with that log. `base` is the generation
    whose checkpoint they begin with; it is 0 where the log makes no generation.
    """

    store: Store | None
    path: Path
    pointer: Pointer
    owner: int
    log: str
    base: int
    files: dict[str, FileRecord]
    summed: GrowingFile = field(default_factory=GrowingFile)
    pid: int = field(default_factory=os.getpid)

    @property
    def opened(self) -> Store:
        """The store.

        Raises:
            StoreError: it has been closed.
        """
        if self.store is None:
            raise StoreError("This session is over: open a new one.")
        return self.store

    @property
    def origin(self) -> Path:
        """The files of the generation that it was made from, as nobody writes them."""
        return self.path / _ORIGIN

    @property
    def log_path(self) -> Path | None:
        """Where the log lies; None where there is more than one, or the file is gone."""
        path = self.path / STORE / self.log
        return path if self.log and self.log == _newest_log(self.path / STORE) else None

    def close(self) -> None:
        """Closes the store and removes its files. In a forked process closing it would hang."""
        if self.pid == os.getpid() and self.owner >= 0:
            self.store = None
            shutil.rmtree(self.path, ignore_errors=True)
            os.close(self.owner)
            self.owner = -1


def open_master(directory: Path, pointer: Pointer, record: GenerationRecord) -> Master:
    """A new master with the content of the newest generation; needs the lock.

    Its name is new each time: a handle that some iterator keeps open can then block nobody.

    Raises:
        OSError: no space, no right to write.
    """
    path = directory / "master" / f"{pointer.generation + 1}-{token_hex(4)}"
    for part in (STORE, _ORIGIN):
        (path / part).mkdir(parents=True)
    owner = os.open(path / _OWNER, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    fcntl.flock(owner, fcntl.LOCK_EX)
    source = generation_path(directory, pointer.generation) / STORE
    linked = record.base and all(link(source / name, path / _ORIGIN / name) for name in record.files)
    copy_generation(directory, pointer, path / STORE)
    store = open_writable(path / STORE)
    base = record.base if linked else 0
    return Master(store, path, pointer, owner, _newest_log(path / STORE), base, record.files)


def dismiss(directory: Path, master: Master) -> None:
    """Closes a master and takes it away; needs the lock."""
    master.store = None
    with suppress(OSError):
        _entomb(directory, master.path)
    master.close()


def sweep(directory: Path, pointer: Pointer) -> None:
    """Takes away masters that nobody has open, and generations that were never pointed to; needs the lock."""
    masters = directory / "master"
    for path in masters.iterdir() if masters.exists() else ():
        if not _is_owned(path):
            _entomb(directory, path)
    for path in list_generations(directory):
        if path.name.startswith(_GRAVE):
            continue
        if not path.name.isdecimal() or int(path.name) > pointer.generation:
            _entomb(directory, path)


def retire(directory: Path, newest: int, keep: int) -> None:
    """Takes away all but the newest generations, in one step each, so that nobody opens half of one; needs the lock."""
    for path in list_generations(directory):
        if path.name.isdecimal() and int(path.name) <= newest - keep:
            _entomb(directory, path)


def bury(directory: Path) -> None:
    """Removes what was taken away; needs no lock, and others may do the same."""
    for path in list_generations(directory):
        if path.name.startswith(_GRAVE):
            shutil.rmtree(path, ignore_errors=True)


def copy_generation(directory: Path, pointer: Pointer, target: Path) -> None:
    """Puts the files of a generation into `target`, where they may be opened for writing; nothing of generation 0."""
    if pointer.generation:
        for source in (generation_path(directory, pointer.generation) / STORE).iterdir():
            if source.suffix == ".sst":
                link_or_copy(source, target / source.name)
            else:
                shutil.copyfile(source, target / source.name)


def list_generations(directory: Path) -> list[Path]:
    """Everything under `generations/`, oldest first, leftovers (whose names are no numbers) before."""
    try:
        paths = list((directory / "generations").iterdir())
    except FileNotFoundError:
        return []
    return sorted(paths, key=lambda path: int(path.name) if path.name.isdecimal() else -1)


def _newest_log(store: Path) -> str:
    """The name of the file to which the engine writes what it is told; empty where there is none."""
    return max((each.name for each in store.glob(f"*{LOG}")), key=lambda name: int(name.removesuffix(LOG)), default="")


def _is_owned(path: Path) -> bool:
    """Whether a process that lives has this master open."""
    try:
        descriptor = os.open(path / _OWNER, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _entomb(directory: Path, path: Path) -> None:
    path.rename(directory / "generations" / f"{_GRAVE}{token_hex(6)}")
