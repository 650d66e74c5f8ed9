"""Small updates of one process, taken together: one thread writes whatever is waiting in one session.

A session waits for the disk however small it is, so ten updates that wait for one another would wait ten times as long.
An import is never grouped; it opens a session of its own.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from sparql.embedded.files import begun
from sparql.store import WriteSession

S = TypeVar("S")
T = TypeVar("T")
AT_ONCE = 100
"""Updates that share one session at most."""
_MOMENT = 0.003
"""Seconds that a session waits for an update that is expected, as databases do (PostgreSQL's commit_delay)."""
_PAUSE = 0.02
"""Seconds without an update after which none is expected, and what nobody waits for is done."""
TIDIED_EVERY = 8
"""Sessions in a row after which what nobody waits for is done, even though somebody else waits."""


@dataclass(slots=True)
class _Job:
    call: Callable[[Any], Any]
    future: Future[Any] = field(default_factory=Future)
    result: Any = None
    error: BaseException | None = None

    def answer(self, error: BaseException | None = None) -> None:
        """Tells who waits: what went wrong with the update or with all of its group, or its result."""
        if (wrong := error or self.error) is not None:
            self.future.set_exception(wrong)
        else:
            self.future.set_result(self.result)


class _Caught:
    """Keeps the error of a block instead of raising it: it belongs to the caller whose future waits for it."""

    def __init__(self) -> None:
        self.error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error
        return True


@dataclass(slots=True)
class _Waiting:
    """What waits in one process: nothing of it may cross a fork."""

    jobs: list[_Job] = field(default_factory=list)
    expected: int = 0
    running: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)
    came: threading.Event = field(default_factory=threading.Event)
    pid: int = field(default_factory=os.getpid)


class UpdateQueue(Generic[S]):
    """The updates that wait in this process. The thread that writes them lives only while there are some.

    `session` opens a session for them. `around` is entered once in it and gives what every update gets; when it is
    left, it does what is done once for all of them, and what it raises then is the error of all. `afterwards` does what
    nobody needs to wait for, when they have been answered.
    """

    def __init__(
        self,
        session: Callable[[], AbstractContextManager[WriteSession]],
        around: Callable[[WriteSession], AbstractContextManager[S]],
        afterwards: Callable[[], None],
    ) -> None:
        self._session = session
        self._around = around
        self._afterwards = afterwards
        self._waiting = _Waiting()

    def submit(self, update: Callable[[S], T]) -> "Future[T]":
        """The future of `update`'s result, done when what it wrote is published.

        `update` may be called more than once: when another one of its group fails, the rest are done again. It raises
        what the session raises (see GenerationStore.session), or what `update` raises.
        """
        job = _Job(update)
        if self._waiting.pid != os.getpid():
            self._waiting = _Waiting()
        waiting = self._waiting
        with waiting.lock:
            if not waiting.running:
                threading.Thread(target=self._run, name="samsvar-updates").start()
                waiting.running = True
            waiting.jobs.append(job)
            waiting.came.set()
        return job.future

    def _run(self) -> None:
        """Writes until nothing comes. Who comes after that is written by another thread, and waits for no tidying."""
        again: list[_Job] = []
        written = 0
        while again or self._waiting.expected > 1 or self._anything_waits():
            again = self._write(again)
            written += 1
            if written % TIDIED_EVERY == 0:
                begun(self._afterwards)
        self._afterwards()

    def _anything_waits(self) -> bool:
        self._waiting.came.wait(_PAUSE)
        with self._waiting.lock:
            self._waiting.running = bool(self._waiting.jobs)
            return self._waiting.running

    def _first(self) -> list[_Job]:
        """Those that wait. Where the session was opened for those that are expected, they have a while to come."""
        if self._waiting.expected > 1:
            self._waiting.came.wait(_PAUSE)
        return self._take()

    def _more(self, jobs: list[_Job]) -> list[_Job]:
        """Those that came meanwhile. Where others are expected they are on their way: a moment is for them."""
        if len(jobs) >= AT_ONCE:
            return []
        if len(jobs) < self._waiting.expected:
            self._waiting.came.wait(_MOMENT)
        return self._take(AT_ONCE - len(jobs))

    def _expect(self, answered: int) -> None:
        """Who was answered asks again, so does who waits: that many write at the same time."""
        with self._waiting.lock:
            self._waiting.expected = answered + len(self._waiting.jobs)

    def _take(self, most: int = AT_ONCE) -> list[_Job]:
        waiting = self._waiting
        with waiting.lock:
            jobs, waiting.jobs = waiting.jobs[:most], waiting.jobs[most:]
            if not waiting.jobs:
                waiting.came.clear()
        return [job for job in jobs if job.future.set_running_or_notify_cancel()]

    def _write(self, jobs: list[_Job]) -> list[_Job]:
        """One session; returns the jobs that must be done again because another one of theirs failed.

        Those that wait are taken when the session is open, and those that came while the first were done, so that they
        need not wait for another: opening and publishing take time. For the same reason a session is opened for updates
        that are only expected; when none comes it changes nothing.
        """
        guilty = None
        with _Caught() as caught, self._session() as session, self._around(session) as shared:
            due = jobs = jobs or self._first()
            while due:
                for job in due:
                    guilty = job
                    _do(job, session, shared)
                due = self._more(jobs)
                jobs = [*jobs, *due]
            guilty = None
        if caught.error is None:
            self._expect(len(jobs))
            for job in jobs:
                job.answer()
            return []
        self._expect(0)
        jobs = jobs or self._take()  # no session was opened
        failed = jobs if guilty is None else [guilty]
        for job in failed:
            job.answer(caught.error)
        return [job for job in jobs if job not in failed]


def _do(job: _Job, session: WriteSession, shared: object) -> None:
    """Makes one update of a group. Its error is its own where it wrote nothing; otherwise the session must end."""
    before = session.writes
    with _Caught() as caught:
        job.result = job.call(shared)
    job.error = caught.error
    if job.error is not None and session.writes != before:
        raise job.error
