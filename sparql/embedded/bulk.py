"""New graphs by the megabyte: N-Triples go to the engine's bulk loader, in a thread, while the caller makes the next.

The loader writes its files directly, past the log, and costs a few milliseconds each time, so it gets many graphs at
once.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeAlias

from pyoxigraph import NamedNode, RdfFormat, Store

GraphText: TypeAlias = tuple[NamedNode, bytes]
"""A named graph and triples of it as N-Triples, whole lines; the rest of the graph may follow."""
PORTION: Final = 32 * 2**20
"""Bytes of N-Quads that are loaded at a time."""
_WAITING = 1
"""Portions that may wait for the loader."""


def load(store: Store, graphs: Iterable[GraphText]) -> None:
    """Puts the graphs into the store; they are all there when this returns.

    Raises:
        OSError: no space left.
        SyntaxError: no N-Triples.
    """
    loading: deque[Future[None]] = deque()
    with ThreadPoolExecutor(1) as thread:
        for portion in _portions(graphs):
            loading.append(thread.submit(store.bulk_load, portion, RdfFormat.N_QUADS, lenient=True))
            if len(loading) > _WAITING:
                loading.popleft().result()
        for each in loading:
            each.result()


def _portions(graphs: Iterable[GraphText]) -> Iterator[bytes]:
    lines: list[bytes] = []
    size = 0
    for graph, n_triples in graphs:
        lines.append(n_triples.replace(b" .\n", f" {graph} .\n".encode()))  # no literal has a line end in it
        size += len(n_triples)
        if size >= PORTION:
            yield b"".join(lines)
            lines, size = [], 0
    yield b"".join(lines)
