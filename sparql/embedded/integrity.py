"""What a generation must be: its record (`generation.json`) and the pointer to the newest one (`current`).

The engine opens a store with a truncated MANIFEST as an empty one, without an error. So every generation carries the
size and SHA-256 of each of its files and its number of quads per graph, and the pointer carries the SHA-256 of that
record. Sizes and the small files are compared whenever a generation is opened, the rest by `doctor` and `restore`.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path

from sparql.embedded.files import replace_synced
from sparql.errors import StoreDamagedError

RECORD = "generation.json"
STORE = "store"
LOG = ".log"
"""What the names of the engine's logs end with. One that lost its end opens without an error, as a store of less."""
_SMALL = ("CURRENT", "MANIFEST-", "OPTIONS-")


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and SHA-256 of one file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class GenerationRecord:
    """What `generation.json` says: `graphs` is IRI to quads, `files` is name in the store's directory to its record.

    `base` is the generation whose checkpoint it begins with, its own number where it is one; 0 where nobody noted it.
    Of a register that a remote store keeps, `revision` is that store's name of it and `sums` the fingerprint per graph.
    """

    generation: int
    created: str
    uri_base: str
    graphs: dict[str, int]
    files: dict[str, FileRecord]
    base: int = 0
    revision: str = ""
    sums: dict[str, str] = field(default_factory=dict)


EMPTY = GenerationRecord(0, "", "", {}, {})
"""The record of the empty register."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """What `current` says: the newest generation and the SHA-256 of its record; generation 0 is the empty register."""

    generation: int
    digest: str


def generation_path(directory: Path, number: int) -> Path:
    """The directory of a generation."""
    return directory / "generations" / str(number)


def damaged(directory: Path, what: str) -> StoreDamagedError:
    """The error, with its remedy."""
    return StoreDamagedError(f"The register in {directory} is damaged: {what}. Run `samsvar restore` with a backup.")


def read_pointer(directory: Path) -> Pointer:
    """The pointer of a data directory; a directory without a register is generation 0.

    Raises:
        StoreDamagedError: the pointer is gone or is not one.
    """
    try:
        text = (directory / "current").read_text("ascii")
    except (FileNotFoundError, NotADirectoryError):
        if (directory / "generations").exists():
            raise damaged(directory, "the file current is missing") from None
        return Pointer(0, "")
    except UnicodeDecodeError:
        raise damaged(directory, "the file current is not a pointer") from None
    number, _, digest = text.strip().partition(" ")
    if not number.isdecimal() or not digest:
        raise damaged(directory, "the file current is not a pointer")
    return Pointer(int(number), digest)


@contextmanager
def still_newest(directory: Path, pointer: Pointer) -> Iterator[None]:
    """What is not found here is lost, unless newer generations have taken the place of this one.

    Raises:
        StoreDamagedError: something is missing.
        FileNotFoundError: the generation has been replaced: look again.
    """
    try:
        yield
    except FileNotFoundError as error:
        if read_pointer(directory) == pointer:
            raise damaged(directory, f"{error.filename} is missing") from error
        raise


def write_pointer(directory: Path, pointer: Pointer) -> None:
    """Makes a generation the newest one, its name on disk before; this is the moment at which readers see it."""
    names = [directory / "generations"] if pointer.generation else []
    replace_synced(directory / "current", f"{pointer.generation} {pointer.digest or '-'}\n".encode(), *names)


def file_hash(path: Path) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class GrowingFile:
    """The record of a file to which others only append: what was read of it once is not read again."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self._size = 0

    def up_to_now(self, path: Path) -> FileRecord:
        """The record of what it holds."""
        with path.open("rb") as stream:
            stream.seek(self._size)
            tail = stream.read()
        self._sum.update(tail)
        self._size += len(tail)
        return FileRecord(self._size, self._sum.hexdigest())


def record_files(store: Path, before: Path, known: dict[str, FileRecord]) -> dict[str, FileRecord]:
    """Name to record of each file in `store`; a file that is a link to one in `before` is not read again."""
    records = {}
    for path in sorted(store.iterdir()):
        if path.name in known and not _is_small(path.name) and _is_same(path, before / path.name):
            records[path.name] = known[path.name]
        else:
            records[path.name] = FileRecord(path.stat().st_size, file_hash(path))
    return records


def write_record(place: Path, record: GenerationRecord) -> str:
    """Writes `generation.json`, not synced; returns its SHA-256."""
    files = {name: {"size": each.size, "sha256": each.sha256} for name, each in record.files.items()}
    raw = {each.name: getattr(record, each.name) for each in fields(record)} | {"files": files}
    content = json.dumps(raw, ensure_ascii=False, sort_keys=True).encode()
    (place / RECORD).write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def read_record(place: Path, digest: str = "") -> GenerationRecord:
    """The record of the generation in `place`, compared with `digest` where one is given.

    Raises:
        StoreDamagedError: no record, not a record, or not the one that the pointer names.
        FileNotFoundError: the generation is gone.
    """
    content = (place / RECORD).read_bytes()
    if digest and hashlib.sha256(content).hexdigest() != digest:
        raise damaged(place, f"{RECORD} is not the one that the pointer names")
    try:
        raw = json.loads(content)
        files = {name: FileRecord(**each) for name, each in raw.pop("files").items()}
        return GenerationRecord(files=files, **raw)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(place, f"{RECORD} cannot be read ({error})") from error


def verify_files(place: Path, record: GenerationRecord, *, all_bytes: bool = False) -> None:
    """Compares the files of a generation with its record: sizes and the small files, or every byte.

    Raises:
        StoreDamagedError: one of them differs.
        FileNotFoundError: one of them is gone.
    """
    for name, expected in record.files.items():
        path = place / STORE / name
        size = path.stat().st_size
        if size != expected.size:
            raise damaged(place, f"{name} has {size} bytes, its record says {expected.size}")
        if (all_bytes or _is_small(name)) and file_hash(path) != expected.sha256:
            raise damaged(place, f"the content of {name} is not what its record says")


def _is_same(path: Path, other: Path) -> bool:
    return other.exists() and path.samefile(other)


def _is_small(name: str) -> bool:
    return name.startswith(_SMALL) or name.endswith(LOG)
