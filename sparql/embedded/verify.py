"""Reading everything to know that it is whole: what `backup`, `restore` and `doctor` have in common."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pyoxigraph import Store

from sparql.embedded.blobs import BlobStore
from sparql.embedded.databases import reading
from sparql.embedded.engine import open_read_only
from sparql.embedded.files import storage_errors
from sparql.embedded.integrity import STORE, GenerationRecord, damaged, verify_files
from sparql.embedded.session import count_graphs
from sparql.errors import StoreDamagedError

DATABASES = ("index.db", "published.db", "state.db")
"""The SQLite files of a data directory: the search index, published URIs, and what is not public."""

MADE_ANEW = ("index.db", "published.db")
"""Those that `samsvar reindex` makes anew."""


@contextmanager
def verified_generation(place: Path, record: GenerationRecord) -> Iterator[Store]:
    """Compares every byte and every graph's number of quads with the record; gives the open store.

    Raises:
        StoreDamagedError: something differs or is gone.
    """
    try:
        verify_files(place, record, all_bytes=True)
    except FileNotFoundError as error:
        raise damaged(place, f"{error.filename} is missing") from error
    with storage_errors(place):
        store = open_read_only(place / STORE)
        _compare_counts(place, count_graphs(store), record.graphs)
        yield store


def verify_database(path: Path) -> None:
    """Lets SQLite check one of its files.

    Raises:
        StoreDamagedError: it found a fault.
    """
    try:
        with closing(reading(path)) as database:
            answer = database.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise _damaged_database(path, f"is no whole SQLite file ({error})") from error
    if answer != "ok":
        raise _damaged_database(path, str(answer))


def _damaged_database(path: Path, what: str) -> StoreDamagedError:
    if path.name in MADE_ANEW:
        return StoreDamagedError(f"{path} {what}. Run `samsvar reindex`.")
    return damaged(path.parent, f"{path.name} {what}")


def verify_blobs(directory: Path) -> int:
    """Reads every blob; returns how many there are.

    Raises:
        StoreDamagedError: one does not hold what its name says.
    """
    blobs = BlobStore(directory)
    return sum(1 for digest in blobs if blobs.get(digest) is not None)


def _compare_counts(place: Path, counted: dict[str, int], recorded: dict[str, int]) -> None:
    for graph in sorted(counted.keys() | recorded.keys()):
        found, expected = counted.get(graph, 0), recorded.get(graph, 0)
        if found != expected:
            raise damaged(place, f"the graph {graph} has {found} quads, its record says {expected}")
