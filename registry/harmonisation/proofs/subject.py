"""Which limits of two definitions a conclusion may be drawn from, and whether it holds for the concepts themselves.

A conclusion is drawn from two limits of one family only where each is the only one of it in its text, bounds what is
defined (and not what is taken out, put in or counted), and stands with the same words as the other.
"""

from collections.abc import Iterator
from functools import lru_cache

from registry.harmonisation.clauses import items
from registry.harmonisation.limits import of_one_thing
from registry.harmonisation.negations import denials
from registry.harmonisation.packs import words
from registry.harmonisation.quantities import Quantity, quantities
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.words import family, tokens

_FORM = frozenset({"en", "et", "ei", "a", "an", "the", "den", "det", "de", "som", "være", "er", "ha", "be", "who"})
"""Words that say nothing by themselves: articles, "som er", "som har"."""


def single_limits(a: DefinitionRecord, b: DefinitionRecord) -> Iterator[tuple[Quantity, Quantity]]:
    """The pairs of limits of one thing that are not the same, in the order of a's text."""
    space = family(a.language)
    mine, theirs = quantities(a.text, space), quantities(b.text, space)
    if not mine or not theirs:
        return
    for first in mine:
        alike = [each for each in theirs if each.family == first.family]
        if len(alike) != 1 or sum(each.family == first.family for each in mine) != 1 or first.same_limit(alike[0]):
            continue
        plain = _bounds_all(a.text, first, space) and _bounds_all(b.text, alike[0], space)
        if plain and of_one_thing(a, b, first, alike[0], alone=True) > 0:
            yield first, alike[0]


def same_otherwise(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether each text sets one limit, denies nothing, takes nothing out, and has the same words beside the limit."""
    space = family(a.language)
    rest = _rest(a.text, space)
    return rest is not None and rest == _rest(b.text, space)


def offers_alternatives(record: DefinitionRecord) -> bool:
    """Whether a definition has an "eller": what lies outside its limit may then be meant all the same."""
    space = family(record.language)
    either = {word for word in words(space, "clauses", "joiners") if word not in {"og", "and", "samt"}}
    return any(token.text.lower() in either for token in tokens(record.text, space))


def _bounds_all(text: str, limit: Quantity, language: str) -> bool:
    """Whether a limit bounds what is defined: not what is taken out or put in, nor "12 of the last 18 months"."""
    said = text[limit.start : limit.end].lower()
    if any(each in said for each in words(language, "spans", "of_the_last")):
        return False
    clauses = (item for polarity in ("exclusion", "inclusion") for item in items(text, language, polarity))
    return not any(start < limit.end and limit.start < end for start, end in (item.span for item in clauses))


@lru_cache(maxsize=10_000)
def _rest(text: str, language: str) -> tuple[str, ...] | None:
    """The lemmas beside the one limit of a text; None where there are several, or where it denies or takes out."""
    found = quantities(text, language)
    if len(found) != 1 or denials(text, language) or items(text, language, "exclusion"):
        return None
    limit = found[0]
    outside = (token for token in tokens(text, language) if token.end <= limit.start or token.start >= limit.end)
    return tuple(token.lemma for token in outside if token.lemma not in _FORM and token.text.lower() not in _FORM)
