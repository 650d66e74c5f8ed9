"""The lock that makes one writer: an exclusive `flock` on a file, held by one session of one process.

Each session opens the file anew, so two threads of one process exclude each other just as two processes do, and the
system frees the lock when its holder dies.

Nobody who waits is passed over. Whoever wants the lock first takes a second one, the turn (`{name}.turn`), and lets
go of it when it has the lock: so one waits for the lock, the others for the turn, and who was just served comes after
them.
The waiting is the kernel's, on a thread of its own: `flock` knows no deadline.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sparql.errors import StoreBusyError

_DIGITS = 20
"""Characters of the line in which a holder writes itself down over the last one: to cut the file first takes longer."""


@contextmanager
def exclusive(path: Path, deadline: float) -> Iterator[None]:
    """Holds the lock; waits for another holder up to `deadline` seconds.

    Raises:
        StoreBusyError: the other holder was not done in time.
        OSError: the lock file cannot be made.
    """
    descriptor = _at_once(path)
    if descriptor is None:
        descriptor = _Waiting(path).wait(deadline)
    try:
        with suppress(OSError):  # on a full disk the lock holds all the same, without a name
            os.pwrite(descriptor, f"{os.getpid():<{_DIGITS}}\n".encode(), 0)
        yield
    finally:
        _release(descriptor)


def holder(path: Path) -> str:
    """The process that holds the lock, as it wrote itself down; empty when the lock is free."""
    if not path.exists():
        return ""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return "" if _try(descriptor, fcntl.LOCK_SH) else path.read_text().strip() or "?"
    finally:
        _release(descriptor)


class _Waiting:
    """A thread that is blocked until it has the lock. Who gives up leaves it there, to let go of the lock at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._decision = threading.Lock()
        self._done = threading.Event()
        self._given_up = False
        self._descriptor = -1
        self._error: OSError | None = None

    def wait(self, deadline: float) -> int:
        """The descriptor that holds the lock; see `exclusive` for the errors."""
        threading.Thread(target=self._run, name="samsvar-lock", daemon=True).start()
        self._done.wait(deadline)
        with self._decision:
            if self._error is not None:
                raise self._error
            if self._descriptor >= 0:
                return self._descriptor
            self._given_up = True
        process = self._path.read_text().strip() or "?"
        raise StoreBusyError(f"Another writer (process {process}) is at work: try again in a while.")

    def _run(self) -> None:
        try:
            descriptor = _in_turn(self._path)
        except OSError as error:
            with self._decision:
                self._error = error
            self._done.set()
            return
        with self._decision:
            if self._given_up:
                _release(descriptor)
            else:
                self._descriptor = descriptor
        self._done.set()


def _at_once(path: Path) -> int | None:
    """The descriptor that holds the lock, where nobody holds it or waits for it."""
    turn = _open(_turn(path))
    try:
        if not _try(turn, fcntl.LOCK_EX):
            return None
        descriptor = _open(path)
        if _try(descriptor, fcntl.LOCK_EX):
            return descriptor
        os.close(descriptor)
        return None
    finally:
        _release(turn)


def _in_turn(path: Path) -> int:
    """The descriptor that holds the lock, after everybody who came before."""
    turn = _open(_turn(path))
    try:
        fcntl.flock(turn, fcntl.LOCK_EX)
        descriptor = _open(path)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return descriptor
    finally:
        _release(turn)


def _turn(path: Path) -> Path:
    return path.with_name(f"{path.name}.turn")


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _release(descriptor: int) -> None:
    """Lets go of the lock at once, also where a process forked meanwhile has inherited the descriptor."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
