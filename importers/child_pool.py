"""Several children that read at the same time: two cores read a corpus of thousands of acts in half the time."""

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Final

from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.child import IsolatedReader
from importers.child_body import WrittenBatch

MOST_READERS: Final = 4
_AHEAD = 4
"""Sources for each child that are read before somebody asks for them,"""
_BYTES_AHEAD = 64 * 2**20
"""if they have no more bytes than this."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source held, or why it cannot be read."""

    source: Source
    batches: tuple[WrittenBatch, ...] = ()
    error: UnreadableSourceError | None = None

    def close(self) -> None:
        """Gives back what the batches lie in."""
        for batch in self.batches:
            batch.body.close()


def read_all(
    sources: Iterable[Source], options: ImportOptions, format_name: str | None = None
) -> Generator[Answer, None, None]:
    """The answers in the order of the sources, which are read as they are needed. Close it to end the children."""
    readers = [IsolatedReader() for _ in range(min(MOST_READERS, os.cpu_count() or 1))]
    idle: SimpleQueue[IsolatedReader] = SimpleQueue()
    for reader in readers:
        idle.put(reader)
    waiting: deque[tuple[Source, Future[Answer]]] = deque()
    with _pool(readers) as pool:
        for source in sources:
            while len(waiting) >= _AHEAD * len(readers) or (
                waiting and sum(each.size for each, _ in waiting) + source.size > _BYTES_AHEAD
            ):
                yield waiting.popleft()[1].result()
            waiting.append((source, pool.submit(_read, idle, source, options, format_name)))
        while waiting:
            yield waiting.popleft()[1].result()


@contextmanager
def _pool(readers: list[IsolatedReader]) -> Iterator[ThreadPoolExecutor]:
    """A thread for each reader; at the end nobody waits for what is still being read."""
    pool = ThreadPoolExecutor(len(readers))
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for reader in readers:
            reader.stop()
        pool.shutdown()
        for reader in readers:
            reader.close()


def _read(
    idle: "SimpleQueue[IsolatedReader]", source: Source, options: ImportOptions, format_name: str | None
) -> Answer:
    reader = idle.get()
    try:
        return Answer(source, tuple(reader.written(source, options, format_name)))
    except UnreadableSourceError as error:
        return Answer(source, error=error)
    finally:
        idle.put(reader)
