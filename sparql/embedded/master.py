"""The master: the store that a session writes, made anew from the newest generation and thrown away afterwards.

Making it costs about two milliseconds (the big files are hard links), so it is never kept: a master that is found when
a session starts is what a crash left behind, which is the `dirty` mark of this design.
"""

import shutil
from pathlib import Path
from secrets import token_hex

from sparql.embedded.files import link_or_copy
from sparql.embedded.integrity import STORE, Pointer, generation_path


def sweep(directory: Path, pointer: Pointer) -> None:
    """Removes what a crash left: masters, and generations that were never pointed to."""
    shutil.rmtree(directory / "master", ignore_errors=True)
    for path in list_generations(directory):
        if path.is_dir() and (not path.name.isdecimal() or int(path.name) > pointer.generation):
            shutil.rmtree(path)


def make_master(directory: Path, pointer: Pointer) -> Path:
    """A directory with the content of the newest generation that may be opened for writing.

    Its name is new each time: a handle that some iterator keeps open can then block nobody.
    """
    master = directory / "master" / f"{pointer.generation + 1}-{token_hex(4)}"
    master.mkdir(parents=True)
    copy_generation(directory, pointer, master)
    return master


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


def prune(directory: Path, newest: int, keep: int) -> None:
    """Removes all but the newest generations. Each is renamed first, so that nobody opens half of one."""
    for path in list_generations(directory):
        if path.name.isdecimal() and int(path.name) > newest - keep:
            continue
        grave = path.with_name(f".old-{path.name}")
        path.rename(grave)
        shutil.rmtree(grave)
