"""An append-only file of the things that generations have published, by URI.

It is filled from the search index, whose rows carry their generations: when a session begins, with what the generations
since the last one brought. So writing costs a session nothing, what was never published is never in it, and a register
that has no ledger yet gets one with all that it holds at its next import.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sparql.embedded.databases import reading, writing

_AT_A_TIME = 500
_NEW = (
    "INSERT OR IGNORE INTO published (uri, kind, since) SELECT uri, kind, min(since) FROM search.entry "
    "WHERE since > (SELECT max(generation) FROM read_to) AND since <= ? GROUP BY uri, kind"
)


@dataclass(frozen=True, slots=True)
class PublishedUris:
    """The file at `path`, filled from the search index at `index`."""

    path: Path
    index: Path

    def read_on(self, generation: int) -> None:
        """Adds what the generations up to this one have published; called within the one write session."""
        if not self.index.exists():
            return
        with self._writing() as connection:
            connection.execute("ATTACH ? AS search", (str(self.index),))
            with connection:
                connection.execute(_NEW, (generation,))
                connection.execute("INSERT INTO read_to VALUES (?)", (generation,))
                connection.execute("DELETE FROM read_to WHERE generation < ?", (generation,))

    def kinds(self, uris: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """What those of the URIs have been that are published."""
        if not self.path.exists():
            return {}
        found: dict[str, set[str]] = {}
        with closing(reading(self.path)) as connection:
            asked = list(uris)
            for some in (asked[start : start + _AT_A_TIME] for start in range(0, len(asked), _AT_A_TIME)):
                marks = ", ".join("?" * len(some))
                query = f"SELECT uri, kind FROM published WHERE uri IN ({marks})"  # noqa: S608 - marks only
                for uri, kind in connection.execute(query, some):
                    found.setdefault(uri, set()).add(kind)
        return {uri: frozenset(kinds) for uri, kinds in found.items()}

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with closing(writing(self.path)) as connection:
            connection.executescript((files(__package__) / "uris.sql").read_text(encoding="utf-8"))
            connection.execute("INSERT INTO read_to SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM read_to)")
            connection.commit()
            yield connection
