"""Files that survive a power cut: synced writes, synced directories, links, and the errors of storage in our words.

A rename is atomic but not durable: what was renamed must be synced before, and its directory after.
"""

import errno
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from secrets import token_hex

from sparql.errors import StoreDamagedError, StoreError, StoreFullError, StoreReadOnlyError

_WAITING = 8
"""Threads of a process that wait for the disk."""
_FULL = {errno.ENOSPC, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_NO_LINK = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS}


def sync(path: Path) -> None:
    """Waits until the file or directory is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(paths: Collection[Path]) -> None:
    """Waits until all of them are on disk, at the same time: a disk syncs several nearly as fast as one."""
    at_once([partial(sync, path) for path in paths])


def at_once(calls: Sequence[Callable[[], object]]) -> None:
    """Makes all calls at the same time, the first in this thread; raises what one that fails raises.

    When it returns or raises none of them goes on. A call that no thread has begun when this one has nothing else to do
    is made here: so calls may do this themselves, and it goes well while the interpreter ends and threads no longer
    start.
    """
    others = [(call, begun(call)) for call in calls[1:]]
    with ExitStack() as stack:
        for call, future in reversed(others):
            stack.callback(_finish, call, future)
        calls[0]()


def begun(call: Callable[[], object]) -> "Future[object]":
    """The call on another thread; pending for ever where there can be none, while the interpreter ends."""
    try:
        return _threads(os.getpid()).submit(call)
    except RuntimeError:
        return Future()


def _finish(call: Callable[[], object], future: "Future[object]") -> None:
    if future.cancel():
        call()
    else:
        future.result()


@cache
def _threads(pid: int) -> ThreadPoolExecutor:
    """The threads of this process that wait for the disk; those of a parent are not in a forked one."""
    return ThreadPoolExecutor(_WAITING, thread_name_prefix=f"samsvar-disk-{pid}")


def write_synced(path: Path, content: bytes) -> None:
    """Writes a whole file and waits until its bytes are on disk."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def replace_synced(path: Path, content: bytes, *before: Path) -> None:
    """Replaces a file in one step that survives a power cut: readers see the old bytes or the new ones.

    `before` must be on disk before that step, and are synced.
    """
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    sync_all([fresh, *before])
    fresh.rename(path)
    sync(path.parent)


def link(source: Path, target: Path) -> bool:
    """A second name for a file that is never written again; False where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINK:
            raise
        return False
    return True


def link_or_copy(source: Path, target: Path) -> None:
    """A second name for a file that is never written again, or a copy where the file system has no hard links."""
    if not link(source, target):
        shutil.copyfile(source, target)


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A new folder that becomes `target` when all is on disk; nothing is left behind where something goes wrong.

    Raises:
        StoreFullError: no space left there.
        StoreError: the folder cannot be written.
    """
    stage = target.with_name(f".{target.name}.{token_hex(4)}")
    try:
        with storage_errors(target):
            stage.mkdir(mode=0o700, parents=True)
            yield stage
            sync_tree(stage)
            stage.rename(target)
            sync(target.parent)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def sync_tree(directory: Path) -> None:
    """Waits until every file and directory under a directory is on disk."""
    for path in directory.rglob("*"):
        sync(path)
    sync(directory)


@contextmanager
def storage_errors(directory: Path) -> Iterator[None]:
    """Turns the errors of the file system and of the engine into those of sparql/errors.py.

    The engine's own errors carry no number, only text.

    Raises:
        StoreFullError: no space left.
        StoreReadOnlyError: no right to write.
        StoreDamagedError: the engine found corruption.
        StoreError: anything else.
    """
    try:
        yield
    except OSError as error:
        raise _in_our_words(error, directory) from error
    except RuntimeError as error:  # what the engine raises for a bad checksum
        if not is_corruption(error):
            raise
        raise _in_our_words(OSError(str(error)), directory) from error


def is_corruption(error: Exception) -> bool:
    """Whether the engine says that what it read is damaged."""
    return "Corruption" in str(error)


def _in_our_words(error: OSError, directory: Path) -> StoreError:
    text = str(error)
    if error.errno in _FULL or "No space left" in text or "Disk quota exceeded" in text:
        return StoreFullError(f"No space is left on the disk of {directory}: nothing was published. Free some space.")
    if error.errno in _READ_ONLY or "Read-only file system" in text or "Permission denied" in text:
        return StoreReadOnlyError(f"The data directory {directory} cannot be written: {text}.")
    if is_corruption(error):
        return StoreDamagedError(f"The store in {directory} is damaged ({text}). Run `samsvar restore`.")
    return StoreError(f"The store in {directory} failed: {text}.")
