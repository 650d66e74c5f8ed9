"""Many pairs compared on all cores: by this process and by others that it starts, feeds and ends.

Others are started (by exec, never a fork of a process with a store open) where many pairs are expected, as they need a
second to begin with; a changed concept is never sent to them. They get the definitions of some hundred pairs at a time
and answer with verdicts, so that memory does not grow with the number of pairs. One that dies costs nothing but time.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Final, TypeAlias

import structlog

from registry.harmonisation import packs
from registry.harmonisation.candidates import Candidate
from registry.harmonisation.comparison import compare
from registry.harmonisation.records import Comparison, DefinitionRecord
from registry.harmonisation.scoring import model

log = structlog.get_logger()

MANY: Final = 3_000
"""Expected pairs from which other processes take their share."""
_MOST_PROCESSES = 4
_BATCH = 200
"""Pairs that are sent at once: a tenth of a second's work, some hundred kB."""
_AHEAD = 2
"""Batches that wait for each of the others, so that none is ever idle."""

Batch: TypeAlias = list[tuple[DefinitionRecord, DefinitionRecord]]


@dataclass(frozen=True, slots=True)
class Judging:
    """What pairs are judged by in this process and must be in the others: coefficients, and further language packs."""

    scorer: model.Scorer | None
    packs: tuple[Path, ...]

    @classmethod
    def here(cls) -> "Judging":
        """What this process judges by."""
        return cls(model.chosen(), packs.added_folders())

    def take_over(self) -> None:
        """Judges by the same from now on."""
        model.take(self.scorer)
        for folder in self.packs:
            packs.add_folder(folder)


def compared(candidates: Iterable[Candidate], expected: int) -> Iterator[tuple[Candidate, Comparison]]:
    """The candidates, in their order, with what is found; circles aside. `expected` is about how many there are."""
    others = _others(expected)
    if not others:
        for candidate in candidates:
            yield candidate, compare(candidate.a, candidate.b, circles=False)
        return
    with _started(others) as pool:
        yield from _shared(candidates, pool, others)


def _others(expected: int) -> int:
    """How many processes to start. None where meaning is compared: the vectors of texts are kept by one process."""
    if expected < MANY or model.compares_meaning():
        return 0
    return min(len(os.sched_getaffinity(0)), _MOST_PROCESSES) - 1


class _Other:
    """A process that compares, as `registry.harmonisation.comparing_process` does."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        command = [sys.executable, "-m", "registry.harmonisation.comparing_process"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment, start_new_session=True)
        self._told = False
        self._lost = False

    def compare(self, batch: Batch) -> list[Comparison]:
        """What is found of each pair; by this process itself where the other is lost."""
        if not self._lost:
            try:
                return self._ask(batch)
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                self._lost = True
                log.warning("comparing_process_lost", error=str(error), status=self._process.poll())
        return _here(batch)

    def _ask(self, batch: Batch) -> list[Comparison]:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:  # pragma: no cover - both are pipes
            raise EOFError
        if not self._told:
            pickle.dump(Judging.here(), stdin, pickle.HIGHEST_PROTOCOL)
            self._told = True
        pickle.dump(batch, stdin, pickle.HIGHEST_PROTOCOL)
        stdin.flush()
        found: list[Comparison] = pickle.load(stdout)  # noqa: S301 - from our own process
        return found

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self._process.kill()
        self._process.communicate()


class _Pool:
    """Processes that compare, with a thread for each that waits for it."""

    def __init__(self, others: list[_Other], threads: ThreadPoolExecutor) -> None:
        self._idle: SimpleQueue[_Other] = SimpleQueue()
        for other in others:
            self._idle.put(other)
        self._threads = threads

    def submit(self, batch: Batch) -> "Future[list[Comparison]]":
        """Has a batch compared by the next process that is idle."""
        return self._threads.submit(self._compare, batch)

    def _compare(self, batch: Batch) -> list[Comparison]:
        other = self._idle.get()
        try:
            return other.compare(batch)
        finally:
            self._idle.put(other)


@contextmanager
def _started(number: int) -> Iterator[_Pool]:
    others = [_Other() for _ in range(number)]
    threads = ThreadPoolExecutor(number)
    try:
        yield _Pool(others, threads)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for other in others:
            other.end()
        threads.shutdown()


def _shared(
    candidates: Iterable[Candidate], pool: _Pool, others: int
) -> Generator[tuple[Candidate, Comparison], None, None]:
    """Batches go to the others as long as those have not enough to do; else this process compares one itself."""
    waiting: deque[tuple[list[Candidate], Future[list[Comparison]]]] = deque()
    for some in _batches(candidates):
        batch = [(each.a, each.b) for each in some]
        busy = sum(not future.done() for _, future in waiting)
        waiting.append((some, pool.submit(batch) if busy < _AHEAD * others else _done(_here(batch))))
        while waiting and waiting[0][1].done():
            yield from _verdicts(*waiting.popleft())
    while waiting:
        yield from _verdicts(*waiting.popleft())


def _verdicts(
    candidates: list[Candidate], future: "Future[list[Comparison]]"
) -> Iterator[tuple[Candidate, Comparison]]:
    return zip(candidates, future.result(), strict=True)


def _batches(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    some: list[Candidate] = []
    for candidate in candidates:
        some.append(candidate)
        if len(some) == _BATCH:
            yield some
            some = []
    if some:
        yield some


def _here(batch: Batch) -> list[Comparison]:
    return [compare(a, b, circles=False) for a, b in batch]


def _done(found: list[Comparison]) -> "Future[list[Comparison]]":
    future: Future[list[Comparison]] = Future()
    future.set_result(found)
    return future
