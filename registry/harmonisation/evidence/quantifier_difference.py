"""QuantifierDifference: "minst" against "inntil", "og" against "eller", "alle" against "enkelte", "skal" against "kan".

The texts are laid side by side word by word. Where they part for a few words between the same words, and the two
sides hold opposed words of the language pack, they differ in how many, in whether both, in whether one must. A limit
that bounds from below in one and from above in the other, at the same value, is such a difference as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein

from registry.harmonisation.evidence.base import Example, comparable, quote
from registry.harmonisation.limits import common_core
from registry.harmonisation.packs import may_say, pattern, words
from registry.harmonisation.quantities import Quantity, quantities
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity, Span
from registry.harmonisation.words import Token, family, tokens

_OPPOSED = (
    ("every", "some"),
    ("every", "most"),
    ("every", "any"),
    ("most", "some"),
    ("most", "any"),
    ("and", "or"),
    ("must", "may"),
    ("one", "several"),
    ("only", "mainly"),
    ("only", "usually"),
    ("always", "usually"),
)
_ALONE = ("only", "mainly", "most")
"""Groups that make a difference against nothing at all."""
_LONGEST = 4
_MOST = 3
_ALIKE = 0.35
"""Texts that have less in common are not laid side by side but for "og" and "eller" between the same words."""
_BOTH_BESIDE = frozenset({"and", "or"})
_SENTENCES = {
    "nb": ("Den ene sier «{a}», den andre «{b}».", "Bare den ene sier «{a}».", "Bare den andre sier «{b}»."),
    "nn": ("Den eine seier «{a}», den andre «{b}».", "Berre den eine seier «{a}».", "Berre den andre seier «{b}»."),
    "en": ("One says “{a}”, the other “{b}”.", "Only the first says “{a}”.", "Only the second says “{b}”."),
}


class QuantifierDifference:
    """How many, both or either, must or may."""

    code = "QuantifierDifference"
    norm = (
        "de Marneffe, Rafferty and Manning 2008 (factive and modal words); Joint Practical Guide of the EU, guideline 5"
    )
    severity: Severity = "minor"
    telling = 45
    labels = {  # noqa: RUF012 - a constant
        "nb": "Ulik mengde eller plikt",
        "nn": "Ulik mengd eller plikt",
        "en": "Different quantifiers",
    }
    examples = (
        Example("torgdag", "dag da alle boder på torget er åpne", "dag da enkelte boder på torget er åpne", trips=True),
        Example("kaivakt", "person som skal passe kaien", "person som kan passe kaien", trips=True),
        Example("kaivakt", "person med båt og kart", "person med båt eller kart", trips=True),
        Example("langtur", "tur på minst 3 timer til fjells", "tur på inntil 3 timer til fjells", trips=True),
        Example("torgvare", "vare som selges bare på torget", "vare som selges hovedsakelig på torget", trips=True),
        Example("kaivakt", "ein eller fleire personar på vakt ved kaia", "bare én person på vakt ved kaia", trips=True),
        Example(
            "market day", "a day when all stalls are open", "a day when some stalls are open", trips=True, language="en"
        ),
        Example(
            "kaieier", "private og offentlige foretak med kai", "private eller offentlige foretak med kai", trips=False
        ),
        Example("torgdag", "dag da alle boder er åpne", "dag da minst én bod er åpen", trips=True),
        Example("torgdag", "dag da alle boder er åpne", "dag da flertallet av bodene er åpne", trips=True),
        Example("kaivakt", "person som er ledig og registrert", "person som er ledig eller registrert", trips=True),
        Example("torgdag", "dag da alle boder er åpne", "dag da samtlige boder er åpne", trips=False),
        Example(
            "kaivare", "vare som ikke er frukt og bær på kai", "vare som ikke er frukt eller bær på kai", trips=False
        ),
        Example("kaivakt", "person som skal passe kaien", "person som passer kaien", trips=False),
        Example("kaivakt", "person med båt og kart", "person med kart og båt eller kano", trips=False),
        Example("langtur", "tur på minst 3 timer", "tur på 3 timer eller mer", trips=False),
        Example("torgdag", "alle dager med torg", "frukt som enkelte selger i mai", trips=False),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """The first few places where the definitions part so."""
        if a.text == b.text or not comparable(a, b):
            return []
        if b.text < a.text:  # so that the texts are laid side by side in one way
            return [_mirrored(item) for item in self.find(b, a)]
        return [*_opposed_limits(a, b), *_opposed_words(a, b)][:_MOST]


def _opposed_words(a: DefinitionRecord, b: DefinitionRecord) -> Iterator[Evidence]:
    space = family(a.language)
    opposed, alone = _possible(_groups_of(a.text, space), _groups_of(b.text, space))
    if not opposed and not alone:
        return
    first, second = tokens(a.text, space), tokens(b.text, space)
    alike = _share_in_common(first, second) >= _ALIKE
    for (i, j), (k, m) in _partings(first, second):
        mine, theirs = _Piece(a.text, first[i:j], space), _Piece(b.text, second[k:m], space)
        found = _opposed(mine, theirs, opposed) or _alone(mine, theirs, alone)
        if found is None:
            continue
        group, here, there = found
        framed = _framed(first, (i, j), second, (k, m), space) if group in _BOTH_BESIDE else alike
        if not framed:
            continue
        yield _evidence(a.text, here, b.text, there)


@cache
def _groups() -> tuple[str, ...]:
    return tuple(dict.fromkeys(group for pair in _OPPOSED for group in pair))


@lru_cache(maxsize=8_000)
def _groups_of(text: str, space: str) -> frozenset[str]:
    """The groups that a text has a word of."""
    likely = (group for group in _groups() if may_say(text, space, "quantifiers", group))
    return frozenset(group for group in likely if pattern(space, "quantifiers", group).search(text))


def _possible(first: frozenset[str], second: frozenset[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Which groups of one text may stand against which of the other, and which against nothing."""
    pairs = [pair for one, other in _OPPOSED for pair in ((one, other), (other, one))]
    opposed = [(group, against) for group, against in pairs if group in first and against in second]
    return opposed, [group for group in _ALONE if group in first | second]


def _partings(first: tuple[Token, ...], second: tuple[Token, ...]) -> Iterator[tuple[Span, Span]]:
    """Where two texts part for a few words, as places in the lists of words; the same words stand before or behind."""
    operations = Levenshtein.opcodes(_lemmas(first), _lemmas(second))
    begin: tuple[int, int] | None = None
    for operation in operations:
        if operation.tag == "equal":
            if begin is not None:
                yield (begin[0], operation.src_start), (begin[1], operation.dest_start)
            begin = None
        elif begin is None:
            begin = operation.src_start, operation.dest_start
    if begin is not None and begin[0] > 0 and begin[1] > 0:
        yield (begin[0], len(first)), (begin[1], len(second))


def _share_in_common(first: tuple[Token, ...], second: tuple[Token, ...]) -> float:
    """How much of the longer text the other has, word by word in order."""
    return float(Levenshtein.normalized_similarity(_lemmas(first), _lemmas(second)))


def _lemmas(words: tuple[Token, ...]) -> list[str]:
    return [token.lemma for token in words]


def _framed(first: tuple[Token, ...], mine: Span, second: tuple[Token, ...], theirs: Span, space: str) -> bool:
    """Whether nothing but the one word is another, and the same words stand before and behind.

    Between two adjectives before a noun "og" says no more than "eller": "private og offentlige foretak" are all of
    them. Nor does it in what is denied or taken out: who "ikke er mannskap eller los" is "unntatt mannskap og los".
    """
    if not (mine[1] - mine[0] == theirs[1] - theirs[0] == 1 and mine[1] < len(first) and theirs[1] < len(second)):
        return False
    return not (
        _attributive(first, mine[0], space) or _denied(first, mine[0], space) or _denied(second, theirs[0], space)
    )


def _attributive(found: tuple[Token, ...], place: int, space: str) -> bool:
    """Whether a joiner stands between two adjectives of one noun; those of "er ledig og registrert hos" have none."""
    adjective = tuple(words(space, "clauses", "adjective_endings"))
    if not place or not adjective:
        return False
    both = all(token.text.lower().endswith(adjective) for token in (found[place - 1], found[place + 1]))
    noun = found[place + 2 : place + 3]
    return both and bool(noun) and noun[0].text.lower() not in words(space, "clauses", "prepositions")


def _denied(found: tuple[Token, ...], place: int, space: str) -> bool:
    """Whether what stands at a place is denied or taken out by the words before it."""
    before = " ".join(token.text for token in found[:place])
    return any(pattern(space, *path).search(before) for path in (("clauses", "not"), ("exclusion", "after")))


Found: TypeAlias = tuple[str, Span | None, Span | None]
"""A group, and where each side says it, as places in the texts."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """The words of one text at a place where two texts part."""

    text: str
    words: tuple[Token, ...]
    space: str

    @property
    def length(self) -> int:
        """Characters from the first word to the last."""
        return self.words[-1].end - self.words[0].start

    def says(self, group: str) -> Span | None:
        """Where something of a group is said, as a place in the text."""
        pieces = pattern(self.space, "quantifiers", group)
        found = pieces.search(self.text, self.words[0].start, self.words[-1].end)
        return found.span() if found else None


def _opposed(mine: _Piece, theirs: _Piece, opposed: list[tuple[str, str]]) -> Found | None:
    """The opposed words of two parting pieces; None if there are none."""
    if not 0 < len(mine.words) <= _LONGEST or not 0 < len(theirs.words) <= _LONGEST:
        return None
    for group, against in opposed:
        here, there = mine.says(group), theirs.says(against)
        if here and there and not mine.says(against) and not theirs.says(group):
            return group, here, there
    return None


def _alone(mine: _Piece, theirs: _Piece, groups: list[str]) -> Found | None:
    """A word that is all that one side has where the other has nothing; None if there is none."""
    if bool(mine.words) == bool(theirs.words):
        return None
    piece = mine if mine.words else theirs
    for group in groups:
        place = piece.says(group)
        if place and place[1] - place[0] == piece.length:
            return (group, place, None) if piece is mine else (group, None, place)
    return None


def _opposed_limits(a: DefinitionRecord, b: DefinitionRecord) -> Iterator[Evidence]:
    """Limits of one value, from below in one definition and from above in the other."""
    space = family(a.language)
    mine, theirs = quantities(a.text, space), quantities(b.text, space)
    if not mine or not theirs or not common_core(a, b):
        return
    for first in mine:
        if any(_same_value(first, other) and first.interval.direction == other.interval.direction for other in theirs):
            continue
        for second in theirs:
            directions = {first.interval.direction, second.interval.direction}
            if directions == {"lower", "upper"} and _same_value(first, second):
                yield _evidence(a.text, (first.start, first.end), b.text, (second.start, second.end))
                break


def _same_value(a: Quantity, b: Quantity) -> bool:
    return (a.family, a.amount, a.unit) == (b.family, b.amount, b.unit)


def _evidence(a: str, mine: Span | None, b: str, theirs: Span | None) -> Evidence:
    first, second = (quote(a[slice(*mine)]) if mine else "", quote(b[slice(*theirs)]) if theirs else "")
    form = 0 if mine and theirs else 1 if mine else 2
    sentences = {language: forms[form].format(a=first, b=second) for language, forms in _SENTENCES.items()}
    return Evidence(QuantifierDifference.code, sentences, mine, theirs, first, second)


def _mirrored(item: Evidence) -> Evidence:
    form = 0 if item.a_span and item.b_span else 2 if item.a_span else 1
    sentences = {language: forms[form].format(a=item.b_value, b=item.a_value) for language, forms in _SENTENCES.items()}
    return Evidence(item.kind, sentences, item.b_span, item.a_span, item.b_value, item.a_value)
