"""Narrower and broader: which of two definitions lets through everything that the other does, and more.

Five ways to be narrower: limits within the other's; an exception, a limit or a stricter quantifier that the other does
not have, all else being the same; every characteristic of the other and more; or as bare lists, fewer members.
"""

import re

from registry.harmonisation.clauses import Item, bare_list, items, taken_out
from registry.harmonisation.genus import same_genus
from registry.harmonisation.leftovers import alike, but_genus, synonyms
from registry.harmonisation.limits import beside, differing
from registry.harmonisation.packs import pattern, words
from registry.harmonisation.quantities import quantities
from registry.harmonisation.records import DefinitionRecord, Evidence, Relation
from registry.harmonisation.wording import only_reworded
from registry.harmonisation.words import content_lemmas, family, tokens

_GENUS_AND_MORE = 2
_STOP = re.compile(r"[.;,]|$")
_ALL_BUT_LIMITS = 0.9
_ADDING = frozenset({"samt", "også", "òg", "herunder", "also", "including"})
_ALTERNATIVE = frozenset({"eller", "og", "or", "and", "og/eller"})
_STRICTER = (
    ("and", "or"),
    ("every", "most"),
    ("every", "some"),
    ("every", "any"),
    ("most", "some"),
    ("most", "any"),
    ("only", "mainly"),
    ("only", "usually"),
    ("always", "usually"),
)
"""Groups of quantifiers, the first of which lets through less than the second where it stands in a condition."""


def by_limits(a: DefinitionRecord, b: DefinitionRecord, score: float) -> Relation | None:
    """Narrower or broader where nothing but the limits differs, and those of one lie within those of the other."""
    space = family(a.language)
    pairs = differing(a, b, quantities(a.text, space), quantities(b.text, space))
    if not pairs or (score < _ALL_BUT_LIMITS and (_says_more(a, b) or _says_more(b, a))):
        return None
    if all(first.interval.holds(second.interval) for first, second in pairs):
        return "broader"
    return "narrower" if all(second.interval.holds(first.interval) for first, second in pairs) else None


def _says_more(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether a has a content word of its own that does not only name what is measured ("varer i", "i alderen")."""
    measured = words(family(a.language), "clauses", "measured")
    return any(token.lemma not in measured for token in but_genus(a, b))


def by_what_is_added(a: DefinitionRecord, b: DefinitionRecord, evidence: tuple[Evidence, ...]) -> Relation | None:
    """Narrower where one only takes something out, sets a limit or says more strictly how many; all else the same."""
    return _by_exceptions(a, b) or _by_one_limit(a, b, evidence) or _by_quantifier(a, b, evidence)


def _by_exceptions(a: DefinitionRecord, b: DefinitionRecord) -> Relation | None:
    space = family(a.language)
    out = [taken_out(side.text, space, side.term) for side in (a, b)]
    if not any(out):
        return None
    into = [items(side.text, space, "inclusion") for side in (a, b)]
    alone = [_lonely(out[0], out[1]), _lonely(out[1], out[0])]
    if alone[0] == alone[1] or _lonely(into[alone[1]], into[alone[0]]):
        return None
    first, second = (_without(side.text, (*out[i], *into[i])) for i, side in enumerate((a, b)))
    if not _same_words(first, second, space):
        return None
    return "narrower" if alone[0] else "broader"


def _lonely(some: tuple[Item, ...], others: tuple[Item, ...]) -> bool:
    """Whether one list has a thing that the other does not name."""
    return not all(any(_same(item, other) for other in others) for item in some)


def _same(item: Item, other: Item) -> bool:
    return alike(item.head, other.head) or other.head in synonyms(item.head)


def _without(text: str, cut: tuple[Item, ...]) -> str:
    """The text without what it takes out and puts in; what "regnes ikke med" goes with these words, to the stop."""
    for item in sorted(cut, key=lambda item: item.start, reverse=True):
        start, end = item.span
        stop = _STOP.search(text, end) if start == item.start else None
        text = f"{text[:start]} {text[stop.start() if stop else end :]}"
    return text


def _same_words(a: str, b: str, space: str) -> bool:
    first, second = content_lemmas(a, space), content_lemmas(b, space)
    return bool(first) and (sorted(first) == sorted(second) or only_reworded(a, b, space))


def _by_one_limit(a: DefinitionRecord, b: DefinitionRecord, evidence: tuple[Evidence, ...]) -> Relation | None:
    sides = {bool(item.a_span) for item in evidence if item.kind == "ThresholdOneSided"}
    space = family(a.language)
    if len(sides) != 1 or not (mine := beside(a.text, space)) or mine != beside(b.text, space):
        return None
    return "narrower" if sides.pop() else "broader"


def _by_quantifier(a: DefinitionRecord, b: DefinitionRecord, evidence: tuple[Evidence, ...]) -> Relation | None:
    found = [item for item in evidence if item.kind == "QuantifierDifference"]
    if len(found) != 1 or found[0].a_span is None or found[0].b_span is None:
        return None
    space = family(a.language)
    spans = found[0].a_span, found[0].b_span
    kept = [side.text[:start] + side.text[end:] for side, (start, end) in zip((a, b), spans, strict=True)]
    before = a.text[: spans[0][0]]
    if not pattern(space, "clauses", "restricting").search(before) or not _same_words(kept[0], kept[1], space):
        return None
    for strict, loose in _STRICTER:
        if _says(found[0].a_value, strict, space) and _says(found[0].b_value, loose, space):
            return "narrower"
        if _says(found[0].b_value, strict, space) and _says(found[0].a_value, loose, space):
            return "broader"
    return None


def _says(value: str, group: str, space: str) -> bool:
    return pattern(space, "quantifiers", group).fullmatch(value) is not None


def by_characteristics(a: DefinitionRecord, b: DefinitionRecord) -> Relation | None:
    """Narrower or broader: the same genus, and every characteristic of one is one of the other, which has more.

    What one has more restricts it ("båt" and "båt med motor"), but for what adds members ("... samt flåter").
    """
    space = family(a.language)
    first, second = set(content_lemmas(a.text, space)), set(content_lemmas(b.text, space))
    if min(len(first), len(second)) < _GENUS_AND_MORE or not same_genus(a, b):
        return None
    if first < second:
        return "narrower" if _widens(b.text, space) else _restricts("broader", b.text, space)
    if second < first:
        return "broader" if _widens(a.text, space) else _restricts("narrower", a.text, space)
    return None


def _widens(text: str, language: str) -> bool:
    """Whether a definition adds members to what it names."""
    return any(token.text.lower() in _ADDING for token in tokens(text, language))


def _restricts(relation: Relation, text: str, language: str) -> Relation | None:
    """The relation, unless what is added is an alternative and no restriction."""
    return None if any(token.text.lower() in _ALTERNATIVE for token in tokens(text, language)) else relation


def by_members(a: DefinitionRecord, b: DefinitionRecord) -> Relation | None:
    """Narrower or broader where both only list members, and one lists all of the other's and more."""
    first, second = (bare_list(side.text, family(side.language)) for side in (a, b))
    if first and first < second:
        return "narrower"
    return "broader" if second and second < first else None
