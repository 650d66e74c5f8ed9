"""Reads limits out of a definition: comparators before and behind, negation, ranges, number words, shares, dates.

Age is told from duration by the words beside it ("person under 18 år", "fylt 18 år" against "opphold over tre år").
For ages "over 18 år" and "fylt 18 år" are one limit, as they are in acts. References ("§ 3", "lov 17. juni
2005 nr. 62") are no limits; a bare number without unit or comparator is none either. All words are those of the
text's language pack.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from registry.harmonisation.definiens import own_part
from registry.harmonisation.packs import may_say, pattern, table, words
from registry.harmonisation.quantities import patterns
from registry.harmonisation.quantities.bounds import beside, bound_before, joined
from registry.harmonisation.quantities.comparators import Compared, comparator, interval
from registry.harmonisation.quantities.context import in_title, is_reference
from registry.harmonisation.quantities.dates import dates
from registry.harmonisation.quantities.measures import WINDOW, ages, basic_amounts, measures, shares
from registry.harmonisation.quantities.model import Interval, Quantity
from registry.harmonisation.quantities.numbers import articles_of, starts, value
from registry.harmonisation.words import lemma, stop_words, tokens

__all__ = ["WINDOW", "quantities"]
_NEAR = 60
_MOST = 200
"""Limits of one sort that are read of a text; no definition has so many, and a hostile one costs no more."""


@lru_cache(maxsize=8_000)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The limits of a text in a language family, in the order in which they stand, without overlaps."""
    if not starts(text, language):
        return ()
    found: list[Quantity] = []
    for reader in (basic_amounts, shares, dates, measures, ages):
        for quantity in islice(reader(text, language), _MOST):
            if not any(quantity.start < other.end and other.start < quantity.end for other in found):
                found.append(quantity)
    found += islice(_counts(text, language, [(other.start, other.end) for other in found]), _MOST)
    ends = _subdivision(text, language)
    kept = [one for one in found if one.start < ends and not in_title(text, one.start, language)]
    found = list(beside(text, sorted(kept, key=lambda quantity: quantity.start), language))
    spans = [(quantity.start, quantity.end) for quantity in found]
    return tuple(replace(quantity, context=_context(text, language, quantity, spans)) for quantity in found)


def _counts(text: str, language: str, taken: list[tuple[int, int]]) -> Iterator[Quantity]:
    """Numbers of things that a comparator bounds; an article is a number only behind "minst" and the like."""
    for match in filter(None, (patterns.count(language).match(text, place) for place in starts(text, language))):
        start, end = match.span("number")
        amount = value(match["number"].removesuffix(match["scale"] or "").strip(), language)
        if amount is None or any(start < last and first < match.end("nouns") for first, last in taken):
            continue
        noun = _counted(match["nouns"], language)
        if not noun or is_reference(text, match.start(), end, language) or noun.lower() in patterns.units(language):
            continue
        inside = (match["inside"] or "").strip()
        low = value(match["first"] or "", language) if _is_span(text, match, language) else None
        behind = match.start("nouns") + match["nouns"].index(noun) + len(noun)
        symbol, start, end, word = _count_comparator(text, (start, end, behind), inside, language)
        if (
            (low is None and not word)
            or word in words(language, "context", "date_words")
            or (amount == 0 and symbol == ">")
        ):
            continue
        if match["number"].lower() in articles_of(language) and not (
            inside or word in words(language, "counting", "article_comparators")
        ):
            continue
        amount *= float(table(language, "scales").get((match["scale"] or "").strip().lower(), 1.0))
        last = max(end, behind)
        family = f"count {_thing(lemma(noun.lower(), language), language)}"
        if low is not None and low < amount:
            place = match.start("first"), last
            yield Quantity(family, interval("", low, amount), "range", low, noun.lower(), *place, upper=amount)
        elif word:
            found = Quantity(family, _whole(symbol, amount), symbol, amount, noun.lower(), start, last)
            yield from _with_the_one_before(text, found, language)


def _with_the_one_before(text: str, found: Quantity, language: str) -> Iterator[Quantity]:
    """A count, behind the one that leaves its noun to it if there is one: "minst 10 og høyst 50 ansatte"."""
    first = bound_before(text, found.start, language)
    if first is None or first.denies_next:
        yield found
        return
    bounds, place = _whole(first.symbol, first.amount), (first.start, first.end)
    yield from joined(Quantity(found.family, bounds, first.symbol, first.amount, found.unit, *place), found)


def _count_comparator(text: str, place: tuple[int, int, int], inside: str, language: str) -> Compared:
    """The comparator of a count, which may stand behind its noun: "fem personer eller flere"."""
    start, end, behind = place
    after = Compared("=", start, end, "") if inside else comparator(text, start, behind, "", language)
    return after if after.word and after.end > behind else comparator(text, start, end, inside, language)


def _whole(symbol: str, amount: float) -> Interval:
    """What a comparator lets through of things that come in whole numbers: "under 50" is "høyst 49"."""
    if amount.is_integer() and symbol in {"<", ">"}:
        return interval("<=", amount - 1) if symbol == "<" else interval(">=", amount + 1)
    return interval(symbol, amount)


def _is_span(text: str, match: re.Match[str], language: str) -> bool:
    """Whether two numbers before one noun are the ends of a span: "mellom 5 og 10 ansatte", "5–10 ansatte"."""
    if not match["first"]:
        return False
    joint = text[match.end("first") : match.start("number")].strip().lower()
    left = text[max(0, match.start() - _NEAR) : match.start()].rstrip().lower()
    return joint in {"-", "–"} or left.endswith(tuple(words(language, "context", "span_before")) or ("\0",))


def _counted(nouns: str, language: str) -> str:
    """The noun that is counted, adjectives before it left out; "" if what follows is no noun."""
    run: list[str] = []
    stop = stop_words(language)
    for word in nouns.split(" "):
        if word.lower() in stop:
            break
        run.append(word)
    plural = tuple(words(language, "counting", "counted_noun"))
    if plural:
        return next((word for word in run if word.lower().endswith(plural)), "")
    adjective = tuple(words(language, "counting", "counted_adjective"))
    plain = tuple(words(language, "counting", "plain_nouns"))
    alone = tuple(words(language, "clauses", "adjective_endings"))
    if run and run[-1].lower().endswith(alone) and not run[-1].lower().endswith(plain):
        return ""  # "to eller flere fysiske eller juridiske personer": what is counted stands further on
    for index, word in enumerate(run):
        last = index == len(run) - 1
        if last or not word.lower().endswith(adjective) or word.lower().endswith(plain):
            return word
    return ""


def _thing(noun: str, language: str) -> str:
    """The counted thing, near synonyms under one name."""
    groups: list[list[str]] = words(language, "counting", "same")  # type: ignore[assignment] # groups of words
    return next((group[0] for group in groups if noun in group), noun)


def _subdivision(text: str, language: str) -> int:
    """Where a text begins to divide what it defines into classes, or to define something else; else its end."""
    may_divide = may_say(text, language, "context", "divides")
    match = pattern(language, "context", "divides").search(text) if may_divide else None
    return min(match.start() if match else len(text), own_part(text))


def _context(text: str, language: str, quantity: Quantity, spans: list[tuple[int, int]]) -> frozenset[str]:
    """Content lemmas within 60 characters of a limit, limits themselves apart."""
    first, last = max(0, quantity.start - _NEAR), quantity.end + _NEAR
    stop = stop_words(language)
    return frozenset(
        token.lemma
        for token in tokens(text, language)
        if first <= token.start
        and token.end <= last
        and token.lemma not in stop
        and not token.text[0].isdigit()
        and not any(start < token.end and token.start < end for start, end in spans)
    )
