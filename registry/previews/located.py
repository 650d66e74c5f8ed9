"""The text of a graph on disk, and where in it each thing is described: what is large is read when it is asked for.

In memory is a place for each subject and the links between things and their parts, not the triples.

Reads: N-Triples as the engine writes them. Writes: a temporary file, gone with the object.
"""

import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from tempfile import SpooledTemporaryFile
from typing import Final

from pyoxigraph import Triple

from ontologies.namespaces import EUVOC, RDF
from registry import closures
from registry.search.entries import KINDS
from registry.statements import lines, parsed
from sparql.embedded.stored_form import as_stored

_IN_MEMORY: Final = 4 * 2**20
"""Bytes from which the text lies on disk."""
_TYPE, _LINK = str(RDF.type).encode(), str(EUVOC.xlDefinition).encode()
_KINDS: Final = {str(each).encode(): kind for each, kind in KINDS.items()}
_MASK: Final = 2**64 - 1


@dataclass(slots=True)
class Places:
    """Where the lines about one subject are, each run of them as (start, size); `digest` whatever their order."""

    digest: int = 0
    runs: list[tuple[int, int]] = field(default_factory=list)


class Located:
    """The lines of one graph. Subjects and values are as N-Triples writes them: ``<https://...>``.

    `places` says where what is described is, `kinds` of what search finds which kind of thing it is; `typed` lists the
    subjects of each class. `above` has what may be a part of something, with what points at it.
    """

    def __init__(self, portions: Iterable[bytes]) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the object
        weakref.finalize(self, self._file.close)
        self.places: dict[bytes, Places] = {}
        self.kinds: dict[bytes, str] = {}
        self.typed: dict[bytes, list[bytes]] = {}
        self.above: dict[bytes, set[bytes]] = {}
        start = 0
        for portion in portions:
            self._file.write(portion)
            self._note(portion, start)
            start += len(portion)

    def _note(self, portion: bytes, start: int) -> None:
        for subject, about in groupby(lines([portion]), lambda each: each[1][0]):
            size = digest = 0
            for line, (_, predicate, value) in about:
                size += len(line) + 1
                digest += hash(line)
                if value.startswith(b"<"):
                    self._note_link(subject, predicate, value)
            if subject:
                places = self.places.setdefault(subject, Places())
                places.digest = (places.digest + digest) & _MASK
                places.runs.append((start, size))
            start += size

    def _note_link(self, subject: bytes, predicate: bytes, value: bytes) -> None:
        if predicate == _TYPE:
            self.typed.setdefault(value, []).append(subject)
            if value in _KINDS:
                self.kinds[subject] = _KINDS[value]
        elif value != subject and (predicate == _LINK or is_minted(value)):
            self.above.setdefault(value, set()).add(subject)

    def __contains__(self, subject: bytes) -> bool:
        return subject in self.places

    def lines(self, subject: bytes) -> list[bytes]:
        """What is said of a subject, none twice."""
        places = self.places.get(subject)
        found: dict[bytes, None] = {}
        for start, size in places.runs if places else ():
            self._file.seek(start)
            found |= dict.fromkeys(filter(None, self._file.read(size).split(b"\n")))
        return list(found)

    def triples(self, subject: bytes) -> set[Triple]:
        """The same as triples, as the store gives them back."""
        return as_stored(each for each in parsed(self.lines(subject)) if each is not None)

    def all_lines(self) -> Iterator[tuple[bytes, tuple[bytes, bytes, bytes]]]:
        """Every line, with its subject, predicate and object."""
        for subject in self.places:
            yield from lines(self.lines(subject))

    def differing(self, other: "Located") -> set[bytes]:
        """Subjects of which the two do not say the same."""
        mine, others = self.places, other.places
        both = mine.keys() & others.keys()
        differing = {each for each in both if mine[each].digest != others[each].digest}
        return (mine.keys() ^ others.keys()) | {each for each in differing if self.triples(each) != other.triples(each)}

    def parts_beside(self, other: "Located") -> Mapping[bytes, set[bytes]]:
        """What only describes something else, in either of the two, with what it is a part of."""
        above = {part: set(owners) for part, owners in self.above.items()}
        for part, owners in other.above.items():
            above.setdefault(part, set()).update(owners)
        for thing in self.kinds.keys() | other.kinds.keys():
            above.pop(thing, None)
        return closures.owned(above)


def is_minted(value: bytes) -> bool:
    """Whether an IRI, as N-Triples writes it, was made for a node that its source did not name."""
    return closures.is_minted(iri(value))


def iri(written: bytes) -> str:
    """What is between the angle brackets."""
    return written[1:-1].decode()


def written(thing: str) -> bytes:
    """An IRI as N-Triples writes it."""
    return f"<{thing}>".encode()
