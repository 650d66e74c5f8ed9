"""A fingerprint of what a store says, whatever its files look like: the same as ``sort | sha256sum`` on its N-Quads.

`LC_ALL=C sort quads.nq | sha256sum` gives the same digits, so a backup can be checked without us.
"""

import hashlib
import heapq
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO

from pyoxigraph import RdfFormat, Store

_RUN = 500_000
"""Lines that are sorted in memory at a time (about 150 MB)."""


def canonical_hash(store: Store, scratch: Path) -> str:
    """SHA-256 of the store's N-Quads, sorted by byte, one a line; reads every quad.

    `scratch` is a directory with room for the N-Quads (about 200 bytes a quad).

    Raises:
        OSError: a block of the store cannot be read, or there is no room.
    """
    with ExitStack() as stack:
        dump = stack.enter_context(tempfile.TemporaryFile(dir=scratch))
        store.dump(dump, format=RdfFormat.N_QUADS)
        dump.seek(0)
        return hash_of_lines(dump, scratch)


def hash_of_lines(lines: Iterable[bytes], scratch: Path) -> str:
    """SHA-256 of lines, sorted by byte; `scratch` is a directory with room for them.

    Raises:
        OSError: there is no room.
    """
    rest = iter(lines)
    with ExitStack() as stack:
        runs = []
        while some := sorted(islice(rest, _RUN)):
            runs.append(_spill(some, stack.enter_context(tempfile.TemporaryFile(dir=scratch))))
        return _digest(heapq.merge(*runs))


def _spill(lines: list[bytes], run: IO[bytes]) -> IO[bytes]:
    run.writelines(lines)
    run.seek(0)
    return run


def _digest(lines: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()
