"""An append-only file of the things that generations have published, by URI.

It is filled from the search index, whose rows carry their generations, before a session takes ended rows out of the
index: with what the generations since the last time brought. So what was never published is never in it, and a register
that has no ledger yet gets one with all that it holds at its next write. What is published and not yet in the file is
looked up in the index.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sparql.embedded.databases import reading, sqlite_errors, writing

_AT_A_TIME = 500
_INDEXED = ("entry", "thing")
"""Tables of the search index: texts of things, and things."""
_MEND = "run `samsvar reindex`, or restore a backup, which knows of more that is gone"
_NEW = (
    "INSERT OR IGNORE INTO published (uri, kind, since) SELECT uri, kind, min(since) FROM search.{table} "
    "WHERE since > (SELECT max(generation) FROM read_to) AND since <= ? GROUP BY uri, kind"
)


@dataclass(frozen=True, slots=True)
class PublishedUris:
    """The file at `path`, filled from the search index at `index`."""

    path: Path
    index: Path

    def read_on(self, generation: int, *, anew: bool = False) -> None:
        """Adds what the generations up to this one have published; called within the one write session.

        With `anew` also what an index that has been made anew says of earlier ones. An index of an older version has
        fewer tables: what there are is read.
        """
        if not self.index.exists():
            return
        with sqlite_errors(self.path, _MEND), self._writing() as connection:
            connection.execute("ATTACH ? AS search", (str(self.index),))
            there = {name for (name,) in connection.execute("SELECT name FROM search.sqlite_schema")}
            with connection:
                if anew:
                    connection.execute("UPDATE read_to SET generation = 0")
                for table in there.intersection(_INDEXED):
                    connection.execute(_NEW.format(table=table), (generation,))
                connection.execute("INSERT INTO read_to VALUES (?)", (generation,))
                connection.execute("DELETE FROM read_to WHERE generation < ?", (generation,))

    def kinds(self, uris: Iterable[str], generation: int) -> Mapping[str, frozenset[str]]:
        """What those of the URIs have been that were published up to this generation."""
        asked = list(uris)
        found: dict[str, set[str]] = {}
        for path, tables in ((self.path, ("published",)), (self.index, _INDEXED)):
            if asked and path.exists():
                with sqlite_errors(path, _MEND), closing(reading(path)) as connection:
                    for uri, kind in _kinds(connection, tables, asked, generation):
                        found.setdefault(uri, set()).add(kind)
        return {uri: frozenset(kinds) for uri, kinds in found.items()}

    def make_anew(self, generation: int) -> None:
        """Makes a damaged file again of what the search index holds; the damaged one is put aside. Under the lock."""
        if self.path.exists():
            self.path.replace(self.path.with_name(f"{self.path.name}.damaged"))
        self.read_on(generation)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(writing(self.path)) as connection:
            connection.executescript((files(__package__) / "uris.sql").read_text(encoding="utf-8"))
            connection.execute("INSERT INTO read_to SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM read_to)")
            connection.commit()
            yield connection


def _kinds(
    connection: sqlite3.Connection, tables: Iterable[str], uris: Sequence[str], generation: int
) -> Iterator[tuple[str, str]]:
    """URIs with what they have been by tables of the ledger or of the index."""
    held = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    for table in held.intersection(tables):  # an index of an older version, read before anything is written, has fewer
        for some in (uris[start : start + _AT_A_TIME] for start in range(0, len(uris), _AT_A_TIME)):
            marks = ", ".join("?" * len(some))
            query = f"SELECT DISTINCT uri, kind FROM {table} WHERE since <= ? AND uri IN ({marks})"  # noqa: S608 - marks only
            yield from connection.execute(query, (generation, *some))
