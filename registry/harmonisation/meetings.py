"""Definitions by the keys that they meet under, on disk: given back some blocks at a time, however many there are.

A temporary database of SQLite, which sorts on disk, has each concept's definitions once and a row for each of their
keys. What meets nobody is read again for circles only. Memory is that of one part, or of the largest catalogue.
"""

import pickle
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from registry.harmonisation.candidates import Candidate, Candidates, LeftOut, keys
from registry.harmonisation.encounters import LINK, Encounters, may_tell, other_keys
from registry.harmonisation.records import DefinitionRecord

_PART = 2_000
"""Concepts that are held at once, or those of one key."""
_HALF = 2**63
_TABLES = """
CREATE TABLE unit (number INTEGER PRIMARY KEY, concept TEXT, catalogue TEXT, records BLOB);
CREATE TABLE has_key (key TEXT, unit INTEGER);
CREATE TABLE told (finding INTEGER PRIMARY KEY);
"""
_SHARED = f"""
CREATE TABLE shared AS SELECT key, group_concat(unit) AS units, count(*) AS number FROM (
    SELECT key, unit FROM has_key
    UNION ALL
    SELECT key, number FROM (SELECT DISTINCT key FROM has_key WHERE key GLOB '{LINK}*')
    JOIN unit ON concept = substr(key, {len(LINK) + 1})
) GROUP BY key HAVING count(*) > 1
"""  # noqa: S608 - of constants
"""The keys that several definitions have, in their order, and the units that have them; what is linked to has the
key of the link."""


@dataclass(frozen=True, slots=True)
class Part:
    """Definitions with all that they meet under some keys (None: under any)."""

    candidates: Candidates
    encounters: Encounters
    keys: Collection[str] | None = None

    @classmethod
    def of(cls, records: Iterable[DefinitionRecord], touched: Collection[str] | None = None) -> "Part":
        """The definitions in their blocks."""
        candidates = Candidates(records)
        return cls(candidates, Encounters(candidates.records), touched)

    def pairs(self) -> Iterator[Candidate]:
        """Whoever meets, block by block: under terms first, then under other keys, where something may be told."""
        yield from self.candidates.pairs(self.keys)
        yield from filter(may_tell, self.encounters.pairs(self.keys))

    def about(self) -> int:
        """About how many pairs there are."""
        return self.candidates.about(self.keys)

    def left_out(self) -> list[LeftOut]:
        """What is not compared of these keys."""
        return list(self.candidates.left_out(self.keys))


class Meetings(AbstractContextManager["Meetings"]):
    """The definitions of a register; `left_out` is what has not been compared of the parts that were asked for."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("", isolation_level=None, check_same_thread=False)  # "" is a file of its own
        self._rows.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN; {_TABLES}")
        self.left_out: list[LeftOut] = []

    def __exit__(self, *_: object) -> None:
        self._rows.close()

    def add(self, concepts: Iterable[Sequence[DefinitionRecord]]) -> None:
        """Takes in all definitions, those that one concept has in one catalogue together."""
        for number, records in enumerate(filter(None, concepts)):
            first = records[0]
            row = (number, first.concept, first.catalogue, pickle.dumps(records, pickle.HIGHEST_PROTOCOL))
            self._rows.execute("INSERT INTO unit VALUES (?, ?, ?, ?)", row)
            found = ((key, number) for record in records for key in dict.fromkeys((*keys(record), *other_keys(record))))
            self._rows.executemany("INSERT INTO has_key VALUES (?, ?)", found)
        self._rows.execute(_SHARED)

    def keys_of_concepts(self) -> Iterator[tuple[str, str]]:
        """Every concept with each of its keys, some more than once."""
        with closing(self._rows.execute("SELECT concept, key FROM has_key JOIN unit ON number = unit")) as found:
            yield from found

    def about(self) -> int:
        """About how many pairs there are: as many as definitions that meet, counted once a key."""
        (number,) = self._rows.execute("SELECT total(number) FROM shared").fetchone()
        return int(number)

    def pairs(self) -> Iterator[Candidate]:
        """Whoever meets, as the parts have them."""
        for part in self._parts():
            yield from part.pairs()
            self.left_out += part.left_out()

    def is_new(self, finding: str) -> bool:
        """Whether this is asked of a finding (sixteen hexadecimal digits) for the first time."""
        number = int(finding, 16) - _HALF  # as SQLite has them, with a sign
        return bool(self._rows.execute("INSERT OR IGNORE INTO told VALUES (?)", (number,)).rowcount)

    def catalogues(self) -> Iterator[list[DefinitionRecord]]:
        """The definitions of one catalogue after another."""
        with closing(self._rows.execute("SELECT catalogue, number FROM unit ORDER BY catalogue, number")) as found:
            for _, units in groupby(found, key=itemgetter(0)):
                yield self._records(number for _, number in units)

    def _parts(self) -> Iterator[Part]:
        touched: list[str] = []
        units: set[int] = set()
        with closing(self._rows.execute("SELECT key, units FROM shared")) as found:
            for key, numbers in found:
                touched.append(key)
                units.update(map(int, numbers.split(",")))
                if len(units) >= _PART:
                    yield Part.of(self._records(sorted(units)), touched)
                    touched, units = [], set()
        yield Part.of(self._records(sorted(units)), touched)

    def _records(self, units: Iterable[int]) -> list[DefinitionRecord]:
        rows = (
            self._rows.execute("SELECT records FROM unit WHERE number = ?", (number,)).fetchone() for number in units
        )
        return [record for (records,) in rows for record in pickle.loads(records)]  # noqa: S301 - our own
