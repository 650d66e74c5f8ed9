"""The master: the store that a session writes, made from the newest generation and thrown away afterwards.

Making it costs little room (the big files are hard links), but opening it for writing makes the engine wait for the
disk some ten times. So a process that writes often keeps its master open (sparql/embedded/kept.py); one that is found
when another session starts is what a crash left behind, or is out of date, and goes.

Whatever goes is first renamed to a grave, `generations/.old-*`, which is quick, and removed when nobody waits for it.
"""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex

from pyoxigraph import Store

from sparql.embedded.engine import open_writable
from sparql.embedded.files import link_or_copy
from sparql.embedded.integrity import LOG, STORE, Pointer, generation_path
from sparql.errors import StoreError

_GRAVE = ".old-"


@dataclass(slots=True)
class Master:
    """An open master. Between sessions it holds the generation that `pointer` names, no more and no less.

    `log` is the file in which the engine has everything that was written since the store was opened; empty when a
    checkpoint was made of it.
    """

    store: Store | None
    path: Path
    pointer: Pointer
    log: str
    pid: int = field(default_factory=os.getpid)

    def holds(self, pointer: Pointer) -> bool:
        """Whether a session may go on here: it is still there, and nothing was published since."""
        return self.pointer == pointer and self.pid == os.getpid() and (self.path / self.log).exists()

    @property
    def opened(self) -> Store:
        """The store.

        Raises:
            StoreError: it has been closed.
        """
        if self.store is None:
            raise StoreError("This session is over: open a new one.")
        return self.store

    def close(self) -> None:
        """Closes the store and removes its files. In a forked process closing it would hang."""
        if self.pid == os.getpid():
            self.store = None
            shutil.rmtree(self.path, ignore_errors=True)


def open_master(directory: Path, pointer: Pointer) -> Master:
    """A new master with the content of the newest generation; needs the lock.

    Its name is new each time: a handle that some iterator keeps open can then block nobody.

    Raises:
        OSError: no space, no right to write.
    """
    path = directory / "master" / f"{pointer.generation + 1}-{token_hex(4)}"
    path.mkdir(parents=True)
    copy_generation(directory, pointer, path)
    return Master(open_writable(path), path, pointer, newest_log(path))


def dismiss(directory: Path, master: Master) -> None:
    """Closes a master and takes it away; needs the lock."""
    master.store = None
    with suppress(OSError):
        _entomb(directory, master.path)


def newest_log(path: Path) -> str:
    """The name of the file to which the engine writes what it is told."""
    return max((each.name for each in path.glob(f"*{LOG}")), key=lambda name: int(name.removesuffix(LOG)), default="")


def sweep(directory: Path, pointer: Pointer, keep: Path | None = None) -> None:
    """Takes away masters but `keep`, and generations that were never pointed to; needs the lock."""
    masters = directory / "master"
    for path in masters.iterdir() if masters.exists() else ():
        if path != keep:
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


def _entomb(directory: Path, path: Path) -> None:
    path.rename(directory / "generations" / f"{_GRAVE}{token_hex(6)}")
