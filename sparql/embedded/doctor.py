"""What is wrong with a data directory, check by check; it changes nothing and needs no lock."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sparql.embedded.integrity import Pointer, generation_path, read_pointer, read_record
from sparql.embedded.layout import LAYOUT, check_layout
from sparql.embedded.locks import holder
from sparql.embedded.master import list_generations
from sparql.embedded.verify import DATABASES, MADE_ANEW, verified_generation, verify_blobs, verify_database
from sparql.errors import StoreError

_RESTORE = "Run `samsvar restore` with a backup."
_REINDEX = "Run `samsvar reindex`."
_SPACE = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: `message` says what was seen, `remedy` what to do where it is not `ok`."""

    name: str
    ok: bool
    message: str
    remedy: str = ""


def doctor(directory: Path) -> list[Check]:
    """All checks of a data directory. Every generation is read in full: about a second for a million quads."""
    if not directory.is_dir():
        return [Check("directory", ok=True, message=f"{directory} does not exist yet: the register is empty.")]
    checks = [_lock(directory), _attempt("layout", partial(_layout, directory), "Run `samsvar upgrade`.")]
    checks.append(_attempt("pointer", partial(_pointer, directory)))
    if checks[-1].ok:
        checks += _generations(directory, read_pointer(directory))
    checks += [
        _attempt(name, partial(_database, directory / name), _REINDEX if name in MADE_ANEW else _RESTORE)
        for name in DATABASES
    ]
    return [*checks, _attempt("blobs", partial(_blobs, directory)), _disk(directory)]


def _attempt(name: str, look: Callable[[], str], remedy: str = _RESTORE) -> Check:
    try:
        return Check(name, ok=True, message=look())
    except (StoreError, OSError) as error:
        return Check(name, ok=False, message=str(error), remedy=remedy)


def _lock(directory: Path) -> Check:
    process = holder(directory / "lock")
    if process:
        return Check("lock", ok=False, message=f"Process {process} is writing.", remedy="Wait until it is done.")
    return Check("lock", ok=True, message="No one is writing.")


def _layout(directory: Path) -> str:
    check_layout(directory)
    return f"Layout {LAYOUT}, that of this version."


def _pointer(directory: Path) -> str:
    pointer = read_pointer(directory)
    if not pointer.generation:
        return "The register is empty."
    read_record(generation_path(directory, pointer.generation), pointer.digest)
    return f"Generation {pointer.generation} is the newest."


def _generations(directory: Path, pointer: Pointer) -> Iterator[Check]:
    for path in list_generations(directory):
        if not path.name.isdecimal() or int(path.name) > pointer.generation:
            yield Check("leftover", ok=True, message=f"{path.name} was never published; the next write removes it.")
        else:
            check = _attempt(f"generation {path.name}", partial(_generation, path))
            if check.ok or path.exists():  # a writer may have removed it meanwhile
                yield check
    if pointer.generation:
        yield _attempt(
            "uri-base",
            partial(_uri_base, directory, pointer),
            f"Put what generation.json says into {directory}/uri-base.",
        )


def _generation(place: Path) -> str:
    record = read_record(place)
    with verified_generation(place, record):
        return f"{sum(record.graphs.values())} quads in {len(record.graphs)} graphs, every byte as recorded."


def _uri_base(directory: Path, pointer: Pointer) -> str:
    recorded = read_record(generation_path(directory, pointer.generation)).uri_base
    written = (directory / "uri-base").read_text().strip()
    if written != recorded:
        raise StoreError(f"The file uri-base says {written}, the register was made with {recorded}.")
    return f"Minted URIs begin with {recorded}."


def _database(path: Path) -> str:
    if not path.exists():
        return f"There is no {path.name} yet."
    verify_database(path)
    return f"{path.name} is whole."


def _blobs(directory: Path) -> str:
    return f"{verify_blobs(directory / 'blobs')} blobs, each what its name says."


def _disk(directory: Path) -> Check:
    free = shutil.disk_usage(directory).free
    message = f"{free // (1024 * 1024)} MiB are free."
    return Check("disk", ok=free >= _SPACE, message=message, remedy="Free some space: an import needs it.")
