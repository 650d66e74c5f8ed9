"""Which definitions meet: blocks of one term key, identical texts collapsed, stars in big blocks; never all with all.

A word with more different texts than anybody means by one word is compared in part, and `left_out` says what was not.

Every pair belongs to exactly one block, its *meeting key*, which depends on the two concepts only; so a block can be
computed again by itself. The work is linear in the number of definitions but for small blocks, which are bounded.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

from registry.harmonisation.eu_words import by_source_act
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.relations import editorial_form
from registry.harmonisation.severity import in_hierarchy, same_publisher
from registry.harmonisation.terms import term_key
from registry.harmonisation.words import family

SMALL_BLOCK = 10
"""Up to so many different texts, all meet all."""
HUBS = 3
"""In a bigger block the most authoritative texts meet all others."""
MOST_TEXTS = 500
"""Of one block so many texts are compared, the most authoritative first, and of those who share a text so many."""
_MEMBERS = 6
"""So many of those who share one text are looked at for the closest pair."""

Identity: TypeAlias = tuple[str, str]
Group: TypeAlias = list[DefinitionRecord]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two definitions that meet under a key, the more authoritative first; `block` are all that have the key."""

    key: str
    a: DefinitionRecord
    b: DefinitionRecord
    block: Sequence[DefinitionRecord] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not compared of a catalogue: so many definitions of a term that has so many different texts in all."""

    catalogue: str
    term: str
    texts: int
    definitions: int


def keys(record: DefinitionRecord) -> tuple[str, ...]:
    """Term keys of a definition's labels, that of the recommended term first; no empty ones, none twice."""
    found = (term_key(label, record.language) for label in (record.term, *record.admitted))
    return tuple(dict.fromkeys(filter(None, found)))


def identity(record: DefinitionRecord) -> Identity:
    """What counts as one concept: its IRI within its catalogue."""
    return (record.concept, record.catalogue)


def meeting_key(a: DefinitionRecord, b: DefinitionRecord) -> str | None:
    """The one block in which two definitions are compared; None if they share no key."""
    first, second = keys(a), keys(b)
    if first and second and first[0] == second[0]:
        return first[0]
    return min(set(first) & set(second), default=None)


def authority(record: DefinitionRecord) -> tuple[int, str, str, str]:
    """Order by legal force: acts, regulations, catalogues; then by IRI and text, so that it is total."""
    rank = 2 if not record.statutory else 1 if record.enabling else 0
    return (rank, record.concept, record.definition, record.language + record.text)


def _preference(a: DefinitionRecord, b: DefinitionRecord) -> int:
    """Which languages to compare two concepts in: bokmål first, then nynorsk, then across the two, then others."""
    if a.language == b.language:
        return {"nb": 0, "nn": 1}.get(a.language, 3)
    return 2 if family(a.language) == family(b.language) else 4


class Candidates:
    """The blocks of a set of definitions. Everything is deterministic, whatever the order of the input."""

    def __init__(self, records: Iterable[DefinitionRecord]) -> None:
        self.records = sorted(set(records), key=authority)
        self._blocks = blocks(self.records, map(keys, self.records))
        meeting = {identity(record) for block in self._blocks.values() for record in block}
        self._concepts: dict[Identity, list[DefinitionRecord]] = defaultdict(list)
        for record in self.records:
            if (who := identity(record)) in meeting:
                self._concepts[who].append(record)

    def pairs(self, touched: Collection[str] | None = None) -> Iterator[Candidate]:
        """Candidates of all blocks, or of the touched keys only."""
        for key in sorted(self._blocks.keys() if touched is None else self._blocks.keys() & set(touched)):
            yield from self._of_block(key, self._blocks[key])

    def about(self, touched: Collection[str] | None = None) -> int:
        """About how many pairs there are, seldom fewer: as many as if all texts were different."""
        found = self._blocks.keys() if touched is None else self._blocks.keys() & set(touched)
        sizes = (min(len(self._blocks[key]), MOST_TEXTS) for key in found)
        return sum(size * (size - 1) // 2 if size <= SMALL_BLOCK else (HUBS + 1) * size for size in sizes)

    def left_out(self, touched: Collection[str] | None = None) -> Iterator[LeftOut]:
        """What `pairs` passes over, by term and catalogue."""
        for key in sorted(self._blocks.keys() if touched is None else self._blocks.keys() & set(touched)):
            block = self._blocks[key]
            if len(block) > MOST_TEXTS:
                groups = groups_of(block)
                compared = {record for group in _compared(groups) for record in group}
                rest = Counter(record.catalogue for record in block if record not in compared)
                for catalogue, number in sorted(rest.items()):
                    yield LeftOut(catalogue, block[0].term, len(groups), number)

    def _of_block(self, key: str, block: list[DefinitionRecord]) -> Iterator[Candidate]:
        groups = _compared(groups_of(block))
        for group in groups:
            for other in group[1:]:
                if self._meet(key, group[0], other):
                    yield Candidate(key, group[0], other, block)
        for first, second in by_source_act(groups, group_pairs(groups)):
            if chosen := self._closest(key, first, second):
                yield Candidate(key, *chosen, block)

    def _closest(self, key: str, first: Group, second: Group) -> tuple[DefinitionRecord, DefinitionRecord] | None:
        """Of those who share the two texts, the pair that is closest: one hierarchy, one publisher, else the first."""
        eligible = [(a, b) for a in first[:_MEMBERS] for b in second[:_MEMBERS] if self._meet(key, a, b)]
        if not eligible:
            return None
        pair = min(eligible, key=lambda two: (not in_hierarchy(*two), not same_publisher(*two)))
        a, b = sorted(pair, key=authority)
        return a, b

    def _meet(self, key: str, a: DefinitionRecord, b: DefinitionRecord) -> bool:
        """Whether this is the pair's block, and their languages the best to compare the two concepts in."""
        if family(a.language) != family(b.language) or meeting_key(a, b) != key:
            return False
        if identity(a) == identity(b):
            return a.definition == b.definition and a.language != b.language
        mine = _preference(a, b)
        return mine == 0 or not any(
            _preference(first, second) < mine and meeting_key(first, second) is not None
            for first in self._concepts[identity(a)]
            for second in self._concepts[identity(b)]
        )


def blocks(records: Iterable[DefinitionRecord], keys_of: Iterable[Iterable[str]]) -> dict[str, list[DefinitionRecord]]:
    """The keys that several have, with those who have them, in their order; most keys are one's own."""
    first: dict[str, DefinitionRecord] = {}
    shared: dict[str, list[DefinitionRecord]] = {}
    for record, found in zip(records, keys_of, strict=True):
        for key in found:
            if (earlier := first.setdefault(key, record)) is not record:
                shared.setdefault(key, [earlier]).append(record)
    return shared


def groups_of(block: Iterable[DefinitionRecord]) -> list[Group]:
    """The definitions of a block by their texts, those with the most authority first."""
    groups: dict[tuple[str, str], Group] = defaultdict(list)
    for record in block:
        groups[(family(record.language), editorial_form(record.text))].append(record)
    return list(groups.values())


def _compared(groups: list[Group]) -> list[Group]:
    """Those that are compared, in their order."""
    return [group[:MOST_TEXTS] for group in groups[:MOST_TEXTS]]


def group_pairs(groups: list[Group]) -> Iterator[tuple[Group, Group]]:
    """All pairs of a few texts; of many, the hubs against all, and within each hierarchy and publisher a star."""
    if len(groups) <= SMALL_BLOCK:
        yield from combinations(groups, 2)
        return
    seen: set[tuple[int, int]] = set()
    ranked = sorted(range(len(groups)), key=lambda index: (authority(groups[index][0])[0], -len(groups[index]), index))
    for first, second in _star_indices(groups, ranked[:HUBS]):
        pair = (min(first, second), max(first, second))
        if first != second and pair not in seen:
            seen.add(pair)
            yield groups[pair[0]], groups[pair[1]]


def _star_indices(groups: list[Group], hubs: list[int]) -> Iterator[tuple[int, int]]:
    for hub in hubs:
        for index in range(len(groups)):
            yield hub, index
    places: dict[str, int] = {}
    acts = {record.act: index for index, group in enumerate(groups) for record in group[:_MEMBERS] if record.act}
    for index, group in enumerate(groups):
        for record in group[:_MEMBERS]:
            if record.publisher:
                yield places.setdefault(record.publisher, index), index
            for act in (record.act, *record.enabling):
                if act in acts:
                    yield acts[act], index
