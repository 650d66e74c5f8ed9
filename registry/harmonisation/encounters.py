"""Definitions that meet though their terms differ: by a link, by the provision they rest on, by what they say.

    @link:{IRI}                      a publisher says that its concept is, or is close to, the one with this IRI
    @provision:{act} {section} {word}  both rest on one provision, and the longest word of both is the same
    @text:{words}                    the three longest words are the same, which as a rule are the rarest

Every pair belongs to one block, the first key that both have, which depends on the two definitions only: so a block can
be computed again by itself, as those of terms (candidates.py) can. Blocks are bounded, and pairs with them.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from registry.harmonisation.bases import Provision, named_sources, stands_in
from registry.harmonisation.candidates import (
    Candidate,
    Group,
    authority,
    blocks,
    group_pairs,
    groups_of,
    identity,
    meeting_key,
)
from registry.harmonisation.pointing import cites, refers
from registry.harmonisation.records import Comparison, DefinitionRecord, Meeting
from registry.harmonisation.relations import CONFLICTING, editorial_form
from registry.harmonisation.words import family, lemma_set, stop_words

MARK = "@"
"""What these keys begin with, and keys of terms never do."""
LINK, PROVISION, TEXT = f"{MARK}link:", f"{MARK}provision:", f"{MARK}text:"
_WAYS: dict[str, Meeting] = {LINK: "link", PROVISION: "provision", TEXT: "text"}
_LONGEST_WORDS = 3
_MOST = 40
"""Different texts of one block that are looked at, the most authoritative first."""
_MEMBERS = 6
_ALIKE = 0.75
"""Share of words that two texts must have in common to be compared, unless a publisher links them."""
_OF_ONE_THING = 0.5
"""Likeness from which two texts about one provision are about one thing, whatever their terms."""


def other_keys(record: DefinitionRecord) -> tuple[str, ...]:
    """The keys of a definition beside those of its terms."""
    return (*(f"{LINK}{iri}" for iri in record.links), *_of_content(record))


def way(key: str) -> Meeting:
    """How those meet who have a key in common."""
    return next((name for prefix, name in _WAYS.items() if key.startswith(prefix)), "term")


def linked(key: str) -> str:
    """The IRI of the concept that a key links to; "" for a key of another kind."""
    return key.removeprefix(LINK) if key.startswith(LINK) else ""


@lru_cache(maxsize=8_000)
def _of_content(record: DefinitionRecord) -> tuple[str, ...]:
    """Provision and text; none for what only points elsewhere, or says too little."""
    words = _longest_words(record.text, family(record.language))
    if len(words) < _LONGEST_WORDS or refers(record.text) or cites(record.text):
        return ()
    provisions = stands_in(record) if record.statutory else tuple(each.provision for each in named_sources(record))
    named = sorted({each for each in provisions if each != Provision(each.act, "")})
    mark = f"{record.language} {' '.join(words)}"
    return (*(f"{PROVISION}{act} {section} {record.language} {words[0]}" for act, section in named), f"{TEXT}{mark}")


def _longest_words(text: str, language: str) -> list[str]:
    content = (word for word in lemma_set(text, language) - stop_words(language) if word[0].isalpha())
    return sorted(content, key=lambda word: (-len(word), word))[:_LONGEST_WORDS]


class Encounters:
    """The blocks of a set of definitions. Everything is deterministic, whatever the order of the input."""

    def __init__(self, records: Iterable[DefinitionRecord]) -> None:
        ordered = sorted(set(records), key=authority)
        targets = {iri for record in ordered for iri in record.links}
        own = ((f"{LINK}{each.concept}",) if each.concept in targets else () for each in ordered)
        keys_of = (dict.fromkeys((*one, *other_keys(each))) for one, each in zip(own, ordered, strict=True))
        self._blocks = blocks(ordered, keys_of)
        self._in_bokmaal = {identity(record) for record in ordered if record.language == "nb"}

    def pairs(self, touched: Collection[str] | None = None) -> Iterator[Candidate]:
        """Candidates of all blocks, or of the touched keys only; the more authoritative first."""
        for key in sorted(self._blocks.keys() if touched is None else self._blocks.keys() & set(touched)):
            yield from self._of_block(key, self._blocks[key])

    def _of_block(self, key: str, block: list[DefinitionRecord]) -> Iterator[Candidate]:
        groups = groups_of(block)[:_MOST]
        alike = ((group[0], other) for group in groups for other in group[1:])
        apart = (pair for first, second in group_pairs(groups) for pair in self._first(key, first, second))
        for a, b in (*alike, *apart):
            if self._meet(key, a, b):
                first, second = sorted((a, b), key=authority)
                yield Candidate(key, first, second, block)

    def _first(self, key: str, first: Group, second: Group) -> Iterator[tuple[DefinitionRecord, DefinitionRecord]]:
        """Of those who share the two texts, the first pair that meets here."""
        found = ((a, b) for a in first[:_MEMBERS] for b in second[:_MEMBERS] if self._meet(key, a, b))
        yield from (pair for _, pair in zip(range(1), found, strict=False))

    def _meet(self, key: str, a: DefinitionRecord, b: DefinitionRecord) -> bool:
        """Whether this is the pair's block. Definitions in bokmål stand for those of the same concepts in nynorsk."""
        if a.concept == b.concept or a.language != b.language or meeting_key(a, b) is not None:
            return False
        if a.language != "nb" and {identity(a), identity(b)} <= self._in_bokmaal:
            return False
        return encounter_key(a, b) == key and (way(key) == "link" or _much_in_common(a, b))


def encounter_key(a: DefinitionRecord, b: DefinitionRecord) -> str:
    """The one block in which two definitions with different terms meet; "" if they do not."""
    links = {iri for one, other in ((a, b), (b, a)) for iri in one.links if iri == other.concept}
    if links:
        return f"{LINK}{min(links)}"
    theirs = _of_content(b)
    return next((key for key in _of_content(a) if key in theirs), "")


def _much_in_common(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    first, second = (lemma_set(side.text, family(side.language)) for side in (a, b))
    return len(first & second) >= _ALIKE * len(first | second)


def may_tell(met: Candidate) -> bool:
    """Whether two definitions that met so need be compared.

    One source knows what it calls by two terms: of it only one text twice is told.
    """
    return met.a.catalogue != met.b.catalogue or editorial_form(met.a.text) == editorial_form(met.b.text)


def is_told(met: Candidate, found: Comparison) -> bool:
    """Whether what was found of two definitions that met so is told.

    That they are synonyms is; that they contradict each other, if a publisher links them, or if they are alike and rest
    on one provision.
    """
    if found.relation == "synonym":
        return True
    conflicting = bool({item.kind for item in found.evidence} & CONFLICTING)
    enough = way(met.key) == "link" or (way(met.key) == "provision" and found.likeness >= _OF_ONE_THING)
    return conflicting and enough
