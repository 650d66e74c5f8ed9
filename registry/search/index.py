"""The search index: SQLite with FTS5 (words, and parts of words), beside the store and rebuilt from it at any time.

A row carries the generations between which it holds: `since` <= g and (`until` is null or g < `until`). Readers filter
by their own generation, so that a page and its search see the same register. Rows written by a session that was never
published are discarded when the next one begins.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from secrets import randbits
from typing import NamedTuple

from registry.search import things
from registry.search.folding import fold
from registry.search.things import Thing
from sparql.embedded.databases import NO_ROOM, KeptConnections, reading, writing
from sparql.errors import StoreDamagedError, StoreFullError, StoreReadOnlyError


class Entry(NamedTuple):
    """One text of one thing. `field`: preferred, admitted, hidden, definition or title; `kind`: concept, law, ..."""

    uri: str
    kind: str
    field: str
    language: str
    text: str


class SearchIndex:
    """The index file; made when first written. One writer at a time (the store's write session), many readers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept = KeptConnections(path, self._opened)

    @contextmanager
    def connect(self) -> Iterator[sqlite3.Connection]:
        """A connection for reading. An index that does not exist yet is read as an empty one."""
        there = self.path.exists()
        with (
            _in_our_words(self.path),
            closing(reading(self.path) if there else sqlite3.connect(":memory:")) as connection,
        ):
            if not there:
                _make(connection)
            with connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator["IndexWriter"]:
        """One unit of writing, committed when the block ends well: inside the store's write session, before it ends.

        It may end on another thread than it began on.
        """
        with _in_our_words(self.path), self._kept.use() as connection:
            _make(connection)
            with connection:
                yield IndexWriter(connection)

    def _opened(self) -> sqlite3.Connection:
        """A connection for writing. As long as one is kept, SQLite need not take in the log after each commit."""
        connection = writing(self.path)
        _log_ahead(connection)
        return connection

    def is_of_this_version(self) -> bool:
        """Whether there is a file, with the tables that this version makes."""
        if not self.path.exists():
            return False
        with self.connect() as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone() == (_MADE,))

    def remove(self) -> None:
        """Removes the file, to be made anew; under the store's write lock."""
        for name in ("", "-wal", "-shm", "-journal"):
            self.path.with_name(self.path.name + name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class IndexWriter:
    """Writes rows of generations that are not published yet."""

    connection: sqlite3.Connection

    def discard_after(self, generation: int) -> None:
        """Forgets what a session wrote that was never published. Called when a session begins."""
        self.connection.execute("UPDATE entry SET until = NULL WHERE until > ?", (generation,))
        _remove(self.connection, "since > ?", generation)
        things.discard_after(self.connection, generation)

    def sweep(self, oldest: int) -> None:
        """Removes rows that ended before the oldest generation still kept."""
        _remove(self.connection, "until <= ?", oldest)
        things.sweep(self.connection, oldest)

    def replace_graph(self, graph: str, entries: Iterable[Entry], generation: int) -> int:
        """From `generation` on, the graph has exactly these entries. Returns how many rows were added or ended."""
        rows = self.connection.execute(_CURRENT, (graph,)).fetchall()
        if not rows:
            return _insert(self.connection, graph, _each_once(entries, set()), generation)
        return self._replace(graph, rows, set(entries), generation)

    def renew_graph(self, graph: str, generation: int) -> Callable[[Iterable[Entry]], int]:
        """From `generation` on, the graph has the entries that are given to what this returns, some at a time."""
        rows = self.connection.execute(_CURRENT, (graph,)).fetchall()
        self.connection.executemany(_END, [(generation, row[0]) for row in rows])
        seen: set[int] = set()
        return lambda entries: _insert(self.connection, graph, _each_once(entries, seen), generation)

    def replace_things(self, graph: str, uris: Iterable[str], entries: Iterable[Entry], generation: int) -> int:
        """From `generation` on, these things of the graph have exactly these entries; the others stay as they are."""
        rows = [row for uri in uris for row in self.connection.execute(_CURRENT_OF_THING, (graph, uri))]
        return self._replace(graph, rows, set(entries), generation)

    def describe(self, graph: str, found: Iterable[Thing], generation: int, uris: Iterable[str] | None = None) -> None:
        """From `generation` on, these things of the graph, or all of it, are described so in lists."""
        things.replace(self.connection, graph, set(found), generation, uris)

    def _replace(
        self, graph: str, rows: list[tuple[int, str, str, str, str, str]], new: set[Entry], generation: int
    ) -> int:
        old = {Entry(*row[1:]): row[0] for row in rows}
        gone = [(generation, old[entry]) for entry in old.keys() - new]
        self.connection.executemany(_END, gone)
        added = sorted(new - old.keys())
        return len(gone) + _insert(self.connection, graph, added, generation)


def _make(connection: sqlite3.Connection) -> None:
    """Makes the tables where they are not there yet."""
    (made,) = connection.execute("PRAGMA user_version").fetchone()
    if made != _MADE:
        mark = f"PRAGMA application_id = {randbits(31)};"  # tells an index that was made anew from the one before
        connection.executescript(f"BEGIN; {_SCHEMA} {_UPGRADE} {mark} PRAGMA user_version = {_MADE}; COMMIT")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """From now on what is written goes to a log first, so that nobody who searches waits for who writes.

    A file of an older version stays as it is for now where somebody is reading it.
    """
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA journal_size_limit = {_LOG}")
        connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise


@contextmanager
def _in_our_words(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into those of the store.

    Raises:
        StoreFullError: no space left.
        StoreReadOnlyError: no right to write.
        StoreDamagedError: the file is no index; it can be made again.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL or error.sqlite_errorcode in NO_ROOM:
            raise StoreFullError(f"No space is left on the disk of {path}: nothing was published.") from error
        if error.sqlite_errorcode in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
            raise StoreReadOnlyError(f"The search index {path} cannot be written: {error}.") from error
        raise
    except sqlite3.DatabaseError as error:
        raise StoreDamagedError(f"The search index {path} is damaged ({error}): run samsvar reindex.") from error


_AT_A_TIME = 10_000
"""Rows that are put together before they are written."""
_SCHEMA, _UPGRADE = (
    files(__package__).joinpath(f"{name}.sql").read_text(encoding="utf-8") for name in ("schema", "upgrade")
)
_MADE = 4
"""The file's ``user_version`` when it has all tables of the schema; another number when the schema changes."""
_LOG = 16 << 20
"""Bytes of the log that stay on the disk once it has been taken in."""
_CACHE = 32 << 10
"""KiB of the file that a writer may have in memory: with less, pages of a large import are written again and again."""
_CURRENT_OF_THING = (
    "SELECT id, uri, kind, field, language, text FROM entry WHERE graph = ? AND uri = ? AND until IS NULL"
)
_END = "UPDATE entry SET until = ? WHERE id = ?"
_CURRENT = "SELECT id, uri, kind, field, language, text FROM entry WHERE graph = ? AND until IS NULL"


def _each_once(entries: Iterable[Entry], seen: set[int]) -> Iterator[Entry]:
    """The entries, those that are the same once; a million of them need not be in memory for that, their hashes do."""
    for entry in entries:
        if (number := hash(entry)) not in seen:
            seen.add(number)
            yield entry


def _insert(connection: sqlite3.Connection, graph: str, added: Iterable[Entry], generation: int) -> int:
    """Writes the entries as they come. Returns how many there were."""
    count = 0
    (last,) = connection.execute("SELECT ifnull(max(id), 0) FROM entry").fetchone()
    rows = ((number, graph, *entry, fold(entry.text), generation) for number, entry in enumerate(added, last + 1))
    while some := list(islice(rows, _AT_A_TIME)):
        connection.executemany(
            "INSERT INTO entry (id, graph, uri, kind, field, language, text, folded, since) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            some,
        )
        texts = [(number, field, folded) for number, _, _, _, field, _, _, folded, _ in some]
        _index(connection, "INSERT INTO {0} (rowid, folded) VALUES (?, ?)", texts)
        count += len(some)
    return count


def _remove(connection: sqlite3.Connection, condition: str, value: int) -> None:
    select = f"SELECT id, field, folded FROM entry WHERE {condition}"  # noqa: S608 - ours
    texts = connection.execute(select, (value,)).fetchall()
    _index(connection, "INSERT INTO {0} ({0}, rowid, folded) VALUES ('delete', ?, ?)", texts)
    connection.executemany("DELETE FROM entry WHERE id = ?", [(number,) for number, _, _ in texts])


def _index(connection: sqlite3.Connection, statement: str, texts: list[tuple[int, str, str]]) -> None:
    """What is done to the words of texts (id, field, folded) and, but for definitions, to parts of words."""
    connection.executemany(statement.format("words"), [(number, folded) for number, _, folded in texts])
    labels = [(number, folded) for number, field, folded in texts if field != "definition"]
    connection.executemany(statement.format("parts"), labels)
