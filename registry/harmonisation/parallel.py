"""Many pairs compared on all cores: by this process and by others that it starts, feeds and ends.

Others are started (by exec, never a fork of a process with a store open) where many pairs are expected, as they need a
second to begin with (large imports start them while they load); a changed concept is never sent to them. They get the
definitions of some hundred pairs at a time and answer with verdicts. One that dies costs nothing but time.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Lock
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
MANY_FOR_READY: Final = 300
"""The same where the others have been started already."""
_MOST_PROCESSES = 4
_BATCH = 200
"""Pairs that are sent at once: a tenth of a second's work, some hundred kB."""
_MOST_AHEAD = 50
"""Batches that others may be ahead of whoever takes the verdicts, as memory has to hold them."""

Batch: TypeAlias = list[tuple[DefinitionRecord, DefinitionRecord]]
Verdict: TypeAlias = tuple[Candidate, Comparison]


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


def compared(candidates: Iterable[Candidate], expected: int) -> Iterator[Verdict]:
    """The candidates, in their order, with what is found; circles aside. `expected` is about how many there are."""
    with begun(candidates, expected) as verdicts:
        yield from verdicts


@contextmanager
def begun(candidates: Iterable[Candidate], expected: int) -> Iterator[Iterator[Verdict]]:
    """The same, where others begin at once: this process does its share as soon as it asks for the verdicts."""
    others = _others(expected)
    if not others:
        yield ((each, compare(each.a, each.b, circles=False)) for each in candidates)
        return
    with _ready_or_started(others) as found, ThreadPoolExecutor(others) as threads:
        shared = _Shared(candidates)
        doing = [threads.submit(shared.work, other.compare) for other in found]
        try:
            yield shared.verdicts(doing)
        finally:
            shared.end()


@contextmanager
def ready() -> Iterator[None]:
    """Starts the others now, for the first that compares much within: by then they have read their dictionaries."""
    number = _others(MANY)
    if not number or _ready:
        yield
        return
    with _started(number) as others:
        _ready.extend(others)
        try:
            yield
        finally:
            _ready[:] = [each for each in _ready if each not in others]


def _others(expected: int) -> int:
    """How many other processes compare. None where meaning is compared: one process keeps the vectors of texts."""
    if expected < (MANY_FOR_READY if _ready else MANY) or model.compares_meaning():
        return 0
    return min(len(os.sched_getaffinity(0)), _MOST_PROCESSES) - 1


class _Other:
    """A process that compares, as `registry.harmonisation.comparing_process` does."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        command = [sys.executable, "-m", "registry.harmonisation.comparing_process"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment, start_new_session=True)
        self._lost = False
        try:
            self._send(Judging.here())
        except OSError as error:
            self._lose(error)

    def compare(self, batch: Batch) -> list[Comparison]:
        """What is found of each pair; by this process itself where the other is lost."""
        if not self._lost:
            try:
                return self._ask(batch)
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                self._lose(error)
        return _here(batch)

    def _ask(self, batch: Batch) -> list[Comparison]:
        self._send(batch)
        if self._process.stdout is None:  # pragma: no cover - it is a pipe
            raise EOFError
        found: list[Comparison] = pickle.load(self._process.stdout)  # noqa: S301 - from our own process
        return found

    def _send(self, what: object) -> None:
        if self._process.stdin is None:  # pragma: no cover - it is a pipe
            raise EOFError
        pickle.dump(what, self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()

    def _lose(self, error: Exception) -> None:
        self._lost = True
        log.warning("comparing_process_lost", error=str(error), status=self._process.poll())

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self._process.kill()
        self._process.communicate()


_ready: list[_Other] = []
"""Others that were started beforehand; who takes them takes them all."""


@contextmanager
def _ready_or_started(number: int) -> Iterator[list[_Other]]:
    if taken := [_ready.pop() for _ in range(len(_ready))]:
        yield taken
        return
    with _started(number) as others:
        yield others


@contextmanager
def _started(number: int) -> Iterator[list[_Other]]:
    others = [_Other() for _ in range(number)]
    try:
        yield others
    finally:
        for other in others:
            other.end()


class _Shared:
    """Candidates in batches; whoever has nothing to do takes the next one."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._batches = enumerate(_batches(candidates))
        self._taking = Lock()
        self._all_taken = False
        self._found: dict[int, list[Verdict]] = {}
        self._room = Condition()

    def work(self, compare_all: Callable[[Batch], list[Comparison]]) -> None:
        """Takes batches as long as there are any, whenever there is room for what is found."""
        while self._take_one(compare_all):
            with self._room:
                self._room.wait_for(lambda: self._all_taken or len(self._found) < _MOST_AHEAD)

    def verdicts(self, doing: "Iterable[Future[None]]") -> Iterator[Verdict]:
        """All verdicts in order; what is not there yet and nobody has taken is compared here. `doing` are the others.

        Raises:
            Exception: what one of the others raised.
        """
        number = 0
        while number in self._found or self._take_one(_here):
            while number in self._found:
                yield from self._next(number)
                number += 1
        for each in doing:
            each.result()
        while number in self._found:
            yield from self._next(number)
            number += 1

    def end(self) -> None:
        """Nobody takes any more."""
        with self._taking:
            self._batches = enumerate(())
        self._note_all_taken()

    def _next(self, number: int) -> list[Verdict]:
        with self._room:
            self._room.notify_all()
            return self._found.pop(number)

    def _take_one(self, compare_all: Callable[[Batch], list[Comparison]]) -> bool:
        with self._taking:
            number, some = next(self._batches, (0, []))
        if some:
            self._found[number] = list(zip(some, compare_all([(each.a, each.b) for each in some]), strict=True))
        else:
            self._note_all_taken()
        return bool(some)

    def _note_all_taken(self) -> None:
        with self._room:
            self._all_taken = True
            self._room.notify_all()


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
