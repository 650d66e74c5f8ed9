"""Legal references as people write them, in free text or as an address: which act or regulation, and where in it.

`resolve` knows ids, ELI, Lovdata's addresses in their many spellings, "lov 8. februar 1980 nr. 2 om pant § 1-1", titles
and short titles with genitives and misspellings, and abbreviations, of the acts in an `ActIndex`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from importers.law.identifiers import act_path
from importers.references.acts import ActIndex
from importers.references.details import NOTHING_BELOW, Details
from importers.references.joining import mentions
from importers.references.mentions import Guess, Kind, Mention
from importers.references.places import Place, places_after, places_before, places_on
from importers.references.well_known import without_register

__all__ = ["LegalReference", "Standing", "act_path", "resolve"]

Standing: TypeAlias = Literal["held", "ended", "absent", "impossible", "unknown", "eu"]
"""held: the index has the act as one of the register's. ended: it has ceased to be in force. absent: the register has
no act with the id. impossible: no act can have it. unknown: no act has the name. eu: an act of the European Union."""

_NAMES = frozenset({"name", "abbreviation"})
_SLASH = re.compile(r"\.?\s*/\s*")
_CONFIDENCE = {
    **dict.fromkeys(("url", "refid", "date", "number", "eu"), 1.0),
    "name": 0.95,
    "abbreviation": 0.9,
}
_OF_A_GUESS: dict[Guess, float] = {"day": 0.8, "spelling": 0.7, "title": 0.7, "misprint": 0.6}


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A reference found in a text: `span` in code points of that text.

    `refid` is "" where no act is meant that can be named, the CELEX number for acts of the EU. `provision` is "§ 1-1",
    "Artikkel 4" or ""; `chapter` "kapittel 4" or "". `written` is the act as the text names it. `guess` says why the
    act is a guess, "" where it is none; `confidence` is 1 for ids and addresses, less for names, least for guesses.
    `ended` and `successor` say of an act that has ceased when (ISO day or year, "" if not known) and what came instead.
    """

    text: str
    span: tuple[int, int]
    refid: str
    provision: str
    kind: Kind
    chapter: str = ""
    below: Details = NOTHING_BELOW
    closes_range: bool = False
    written: str = ""
    standing: Standing = "held"
    guess: Guess = ""
    confidence: float = 1.0
    ended: str = ""
    successor: str = ""


def resolve(text: str, acts: ActIndex | None = None) -> list[LegalReference]:
    """The references in a text, in order; one for each section where several are named.

    `acts` are the acts to know; those that come with the program if nothing is given.
    """
    known = without_register() if acts is None else acts
    found = _side_by_side(text, mentions(text, known))
    references: list[LegalReference] = []
    taken = 0
    for position, group in enumerate(found):
        following = found[position + 1][0].start if position + 1 < len(found) else len(text)
        before = [place for place in places_before(text, group[0].start) if place.start >= taken]
        limit = _limit(text, group[-1].end, following)
        references += _of_group(text, group, before, limit, known)
        taken = max(group[-1].end, references[-1].span[1])
    return references


def _side_by_side(text: str, found: Iterable[Mention]) -> list[list[Mention]]:
    """The mentions, those together that share their places: "asl./asal. § 1-3"."""
    groups: list[list[Mention]] = []
    for mention in found:
        last = groups[-1][-1] if groups else None
        if last and {last.kind, mention.kind} <= _NAMES and _SLASH.fullmatch(text, last.end, mention.start):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _limit(text: str, start: int, following: int) -> int:
    """Where the places end that can belong to a mention: where those begin that belong to the next."""
    ahead = places_before(text, following) if following < len(text) else []
    return max(start, min([following, *(text.rfind(" ", 0, place.start) for place in ahead if place.start > start)]))


def _of_group(
    text: str, group: Sequence[Mention], before: list[Place], limit: int, acts: ActIndex
) -> Iterator[LegalReference]:
    """The references of the mention beside which the places stand, and the same places in the acts of the others."""
    beside = group[0] if before else group[-1]
    own = list(_of_mention(text, beside, before, limit, acts))
    for mention in group:
        if mention is beside:
            yield from own
        else:
            plain = _plain(text, mention, acts)
            for each in own:
                yield replace(
                    plain,
                    provision=each.provision,
                    chapter=each.chapter,
                    below=each.below,
                    closes_range=each.closes_range,
                )


def _of_mention(
    text: str, mention: Mention, before: list[Place], limit: int, acts: ActIndex
) -> Iterator[LegalReference]:
    """One reference for each place named with the act, or one for the act itself."""
    plain = _plain(text, mention, acts)
    if mention.target is not None:
        yield replace(plain, provision=mention.target.section, chapter=mention.target.chapter)
        for place in places_on(text, mention.end, limit) if mention.target.section else ():
            yield _at(plain, place, text, place.start, place.end)
        return
    if before:
        for place in before:
            yield _at(plain, place, text, place.start, mention.end if place is before[-1] else place.end)
        return
    after = places_after(text, mention.end, limit, bare=mention.kind == "abbreviation")
    if not after:
        yield plain
        return
    for place in after:
        yield _at(plain, place, text, mention.start if place is after[0] else place.start, place.end)


def _plain(text: str, mention: Mention, acts: ActIndex) -> LegalReference:
    """The reference to the act as a whole."""
    act = acts.acts.get(mention.refid) if mention.refid else None
    return LegalReference(
        text=text[mention.start : mention.end],
        span=(mention.start, mention.end),
        refid=mention.celex or str(mention.refid or ""),
        provision="",
        kind=mention.kind,
        written=mention.written,
        standing=_standing(mention, acts),
        guess=mention.guess,
        confidence=_OF_A_GUESS.get(mention.guess, _CONFIDENCE[mention.kind]) if mention.refid or mention.celex else 0.0,
        ended=act.ended if act else "",
        successor=str((act.successor if act else mention.successor) or ""),
    )


def _standing(mention: Mention, acts: ActIndex) -> Standing:
    if mention.celex:
        return "eu"
    if mention.refid is None:
        return "unknown" if mention.kind in {"name", "abbreviation", "number"} else "impossible"
    act = acts.acts.get(mention.refid)
    if (act and act.ended) or mention.successor:
        return "ended"
    if act and act.held:
        return "held"
    return "impossible" if act is None and acts.out_of_order(mention.refid) else "absent"


def _at(plain: LegalReference, place: Place, text: str, start: int, end: int) -> LegalReference:
    return replace(
        plain,
        text=text[start:end],
        span=(start, end),
        provision=place.section,
        chapter=place.chapter,
        below=place.below,
        closes_range=place.closes_range,
    )
