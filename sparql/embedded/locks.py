"""The lock that makes one writer: an exclusive `flock` on a file, held by one session of one process.

Each session opens the file anew, so two threads of one process exclude each other just as two processes do, and the
system frees the lock when its holder dies.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sparql.errors import StoreBusyError

_PAUSE = 0.01


@contextmanager
def exclusive(path: Path, deadline: float) -> Iterator[None]:
    """Holds the lock; waits for another holder up to `deadline` seconds.

    Raises:
        StoreBusyError: the other holder was not done in time.
        OSError: the lock file cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _wait(descriptor, path, time.monotonic() + deadline)
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
            yield
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        os.close(descriptor)


def holder(path: Path) -> str:
    """The process that holds the lock, as it wrote itself down; empty when the lock is free."""
    if not path.exists():
        return ""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        if _try(descriptor):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            return ""
        return path.read_text().strip() or "?"
    finally:
        os.close(descriptor)


def _wait(descriptor: int, path: Path, until: float) -> None:
    while not _try(descriptor):
        if time.monotonic() >= until:
            process = path.read_text().strip() or "?"
            raise StoreBusyError(f"Another writer (process {process}) is at work: try again in a while.")
        time.sleep(_PAUSE)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
