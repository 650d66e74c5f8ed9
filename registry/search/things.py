"""The things that lists choose among, as the search index holds them: a row with kind, day and traits.

Rows carry the generations between which they hold, as those of texts do.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Thing(NamedTuple):
    """One thing of one graph. `day`: ISO 8601 date of its last change, "" if unknown; `traits`: facet and value a line.

    A value is everything after the first blank.
    """

    uri: str
    kind: str
    day: str
    traits: str


def packed(traits: Iterable[tuple[str, str]]) -> str:
    """Facets with values as a row holds them, in a stable order."""
    return "\n".join(sorted({f"{facet} {' '.join(value.split())}" for facet, value in traits if value.strip()}))


def unpacked(traits: str) -> Iterator[tuple[str, str]]:
    """Facets with values, of a row."""
    for line in filter(None, traits.split("\n")):
        facet, _, value = line.partition(" ")
        yield facet, value


def replace(
    connection: sqlite3.Connection, graph: str, new: set[Thing], generation: int, uris: Iterable[str] | None = None
) -> None:
    """From `generation` on, the graph has these things; where `uris` are given, only they are looked at."""
    if uris is None:
        rows = connection.execute(f"{_CURRENT} WHERE graph = ? AND until IS NULL", (graph,)).fetchall()
    else:
        one = f"{_CURRENT} WHERE uri = ? AND graph = ? AND until IS NULL"
        rows = [row for uri in uris for row in connection.execute(one, (uri, graph))]
    old = {Thing(*row[1:]): row[0] for row in rows}
    ended = [(generation, old[thing]) for thing in old.keys() - new]
    connection.executemany("UPDATE thing SET until = ? WHERE id = ?", ended)
    added = ((graph, *thing, generation) for thing in sorted(new - old.keys()))
    connection.executemany("INSERT INTO thing (graph, uri, kind, day, traits, since) VALUES (?, ?, ?, ?, ?, ?)", added)


def discard_after(connection: sqlite3.Connection, generation: int) -> None:
    """Forgets what a session wrote that was never published."""
    connection.execute("UPDATE thing SET until = NULL WHERE until > ?", (generation,))
    connection.execute("DELETE FROM thing WHERE since > ?", (generation,))


def sweep(connection: sqlite3.Connection, oldest: int) -> None:
    """Removes rows that ended before the oldest generation still kept."""
    connection.execute("DELETE FROM thing WHERE until <= ?", (oldest,))


def held(connection: sqlite3.Connection, generation: int) -> set[int]:
    """The ids of the rows that hold in a generation."""
    asked = "SELECT id FROM thing WHERE since <= ? AND (until IS NULL OR until > ?)"
    return {number for (number,) in connection.execute(asked, (generation, generation))}


def rows(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[tuple[int, str, Thing]]:
    """The rows with these ids: id, graph, thing."""
    for number in numbers:
        for row in connection.execute("SELECT id, graph, uri, kind, day, traits FROM thing WHERE id = ?", (number,)):
            yield row[0], row[1], Thing(*row[2:])


def all_rows(connection: sqlite3.Connection, generation: int) -> Iterator[tuple[int, str, Thing]]:
    """Every row that holds in a generation, in the order of ids."""
    asked = (
        "SELECT id, graph, uri, kind, day, traits FROM thing "
        "WHERE since <= ? AND (until IS NULL OR until > ?) ORDER BY id"
    )
    for row in connection.execute(asked, (generation, generation)):
        yield row[0], row[1], Thing(*row[2:])


_CURRENT = "SELECT id, uri, kind, day, traits FROM thing"
