"""The one place where a store on disk is opened.

The engine's background threads belong to the process in which the first store on disk was opened, even if it was
closed again: in a process forked later (`gunicorn --preload`) reading works, but opening for writing hangs for ever,
and an ordinary exit ends in a segmentation fault. So writing there is refused, with a sentence.
"""

import os
from pathlib import Path

from pyoxigraph import Store

from sparql.errors import StoreError

_threads_of: set[int] = set()


def open_read_only(path: Path) -> Store:
    """Opens a checkpoint that nobody writes.

    Raises:
        OSError: it cannot be opened.
    """
    _threads_of.add(os.getpid())
    return Store.read_only(str(path))


def open_writable(path: Path) -> Store:
    """Opens a store for writing; an empty directory becomes an empty store.

    Raises:
        StoreError: this process was forked from one that had opened a store.
        OSError: it cannot be opened.
    """
    require_writer()
    _threads_of.add(os.getpid())
    return Store(str(path))


def require_writer() -> None:
    """Raises StoreError where a store on disk cannot be written because a parent process had opened one."""
    if _threads_of - {os.getpid()}:
        raise StoreError(
            "This process was forked from one that had already opened the store, so it cannot write: "
            "start it with exec, or fork before the store is opened (gunicorn without --preload)."
        )
