"""Loading beside: triples in graphs that nobody reads, looked at again before anything rests on them.

Engines rewrite literals. What comes back otherwise than it was sent is written down, so that reading gives what was
written: `reads` are lines that the service gives and nobody wrote, `means` those that somebody wrote instead.
"""

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from sparql.remote.errors import StoreAnswerError
from sparql.remote.manifest import ADDS, MEANS, READS, REMOVES, WAITS, ControlGraph, Manifest, Step, request_text
from sparql.remote.statements import from_service, lines_of, sendable, to_service

ABANDONED: Final = 24 * 3600
"""Seconds after which what another host loaded beside is taken away."""


@dataclass(slots=True)
class Spelling:
    """What a service spells otherwise in one graph, each line as the service's triples are written here."""

    reads: set[bytes] = field(default_factory=set)
    means: set[bytes] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.reads) + len(self.means)

    def read(self, lines: set[bytes]) -> set[bytes]:
        """What lines of the service stand for."""
        return {from_service(line) for line in lines - self.reads} | self.means


class Beside:
    """The graphs that one attempt of one host loads beside; `owner` is the host's data directory."""

    def __init__(self, control: ControlGraph, name: str, owner: str) -> None:
        self._control = control
        self._client = control.client
        self._name = name
        self._owner = owner
        self.made: list[str] = []

    def load(self, graph: str, removed: Collection[bytes], added: Collection[bytes]) -> tuple[list[Step], Spelling]:
        """Loads what a graph is to lose and to get.

        Returns the steps that move it, and what the service spells otherwise.

        Raises:
            StoreError: the service did not take all of it.
        """
        steps: list[Step] = []
        odd = Spelling(means={line for line in added if not sendable(line)})
        for how, lines in ((REMOVES, removed), (ADDS, added)):
            for piece in _pieces(filter(sendable, lines), self._client.service.dialect.piece):
                beside = self._put(piece)
                steps.append(Step(beside, how, graph))
                if how == ADDS:
                    self._compare(beside, piece, odd)
        return steps, odd

    def forget(self) -> None:
        """Takes away what this attempt loaded."""
        take_away(self._control, self.made)

    def _put(self, piece: list[bytes]) -> str:
        beside = self._control.beside(self._name, len(self.made))
        note = f"{NamedNode(beside)} {NamedNode(WAITS)} {Literal(f'{self._owner} {int(time.time())}')}"
        self._client.update(f"INSERT DATA {{ GRAPH {NamedNode(self._control.root)} {{ {note} }} }}")
        self.made.append(beside)
        self._client.put(beside, b"".join(to_service(line) + b"\n" for line in piece))
        return beside

    def _compare(self, beside: str, piece: list[bytes], odd: Spelling) -> None:
        sent = {to_service(line): line for line in piece}
        content = self._client.n_triples(beside, most=_room(sum(map(len, sent))))
        found = lines_of(content)
        missing, other = sent.keys() - found, found - sent.keys()
        held = {_about(line) for line in found}
        lost = [line for line in missing if _about(line) not in held]
        if lost or ((missing or other) and self._client.service.dialect.is_faithful):
            raise StoreAnswerError(
                f"{self._client.service.host} gave back {len(found)} of {len(sent)} triples that it was sent, or "
                "others: raise its limit of rows."
            )
        odd.means |= {sent[line] for line in missing}
        odd.reads |= other


def take_away(control: ControlGraph, besides: Collection[str]) -> None:
    """Drops graphs that were loaded beside, and what is noted of them."""
    for each in besides:
        control.client.update(request_text("take_away", control=control.root, beside=each))


def left_behind(manifest: Manifest, owner: str) -> list[str]:
    """What attempts of this host that have ended left beside, and long ago those of others."""
    now = time.time()
    return [
        beside
        for beside, said in manifest.waiting.items()
        if said.split(" ")[0] == owner or now - int(said.split(" ")[1]) > ABANDONED
    ]


def spelling_of(control: ControlGraph, graph: str, entries: int) -> Spelling:
    """What the service spells otherwise in a graph, by so many entries of its list.

    Raises:
        StoreAnswerError: the list is not whole.
    """
    if not entries:
        return Spelling()
    rows = control.client.select(request_text("spellings", spellings=control.spellings, graph=control.graph(graph)))
    if len(rows) != entries:
        raise StoreAnswerError(
            f"{control.client.service.host} gave {len(rows)} of {entries} spellings: raise its limit of rows."
        )
    found = {how: {row["line"].encode() for row in rows if row["how"] == how} for how in (READS, MEANS)}
    return Spelling(found[READS], found[MEANS])


def _pieces(lines: Iterable[bytes], most: int) -> Iterator[list[bytes]]:
    piece: list[bytes] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= most:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _about(line: bytes) -> bytes:
    """Subject and predicate of a line."""
    return line[: line.index(b" ", line.index(b" ") + 1)]


def _room(size: int) -> int:
    """Bytes that triples of this size may come back as: escapes make them longer."""
    return 12 * size + (1 << 20)
