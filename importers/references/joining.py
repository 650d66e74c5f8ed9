"""Mentions that belong together: an id or date with the title and the short title that stand behind it.

"LOV-2000-04-14-31 Lov om behandling av personopplysninger (personopplysningsloven)" names one act, not two; and where
the two do not agree, what is meant is told from both.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from importers.law.identifiers import Refid
from importers.references.acts import ActIndex
from importers.references.mentions import Guess, Mention, abbreviated, named, strong
from importers.references.numbers import numbered
from importers.references.spelling import distance
from importers.references.words import forms

_TITLE_FOLLOWS = re.compile(r"[\s:,_]*(?:(?:lov|forskrift)\w*\s+)?(?:om|til|av)\s", re.IGNORECASE)
_ENDS = re.compile(r"[§$;\n]|\.\s+[A-ZÆØÅ]|\.\s*$|,?\s+(?:kap(?:ittel|\.)|art(?:ikkel|\.))|https?:")
_PART_OF_TITLE = re.compile(r"(?:\b(?:til|av|etter|i|om)|[:_\s]{1,3})\s+(?:lov\s+)?$|[(\[]\s*$", re.IGNORECASE)
_NOTHING = re.compile(r"[\s,:.()\[\]_«»\"]*")
_LONGEST = 300
_SURE = {"url": 0, "eu": 0, "number": 2}
"""Of two that overlap, which counts: an address has ids in it, an id a number and a year."""
_IDS = frozenset({"refid", "date", "number"})
_SAME_ID = 1
"""An id that differs in so many signs from that of the act named beside it is a misprint of it."""


def mentions(text: str, acts: ActIndex) -> list[Mention]:
    """Every mention of an act in a text, in order, none overlapping another."""
    ids = (*strong(text), *numbered(text, acts))
    sure = _apart(sorted(ids, key=lambda one: (_SURE.get(one.kind, 1), one.start)), [])
    weak = _apart(sorted((*named(text, acts), *abbreviated(text, acts)), key=_longest_first), sure)
    found: list[Mention] = []
    everything = sorted((*sure, *weak), key=lambda one: one.start)
    for mention in everything:
        if found and mention.start < found[-1].end:
            continue
        found.append(_whole(text, mention, everything, acts) if mention.kind in _IDS else mention)
    return _joined(text, found)


def _longest_first(mention: Mention) -> tuple[bool, int]:
    return (mention.refid is None, mention.start - mention.end)


def _apart(candidates: Iterable[Mention], taken: Sequence[Mention]) -> list[Mention]:
    """Those that overlap none that was there before; the first of two that overlap stays."""
    kept: list[Mention] = []
    for one in candidates:
        if not any(one.start < other.end and other.start < one.end for other in (*taken, *kept)):
            kept.append(one)
    return kept


@dataclass(frozen=True, slots=True)
class _Title:
    """Where the title behind an id ends, and the act that its short title or title names."""

    end: int
    refid: Refid | None


def _whole(text: str, mention: Mention, everything: Sequence[Mention], acts: ActIndex) -> Mention:
    title = _title(text, mention, everything)
    refid, guess, successor = _meant(mention, text[mention.end : title.end], title.refid, acts)
    return replace(mention, end=title.end, refid=refid, guess=guess, successor=successor)


def _title(text: str, mention: Mention, everything: Sequence[Mention]) -> _Title:
    """What follows an id or date as its title; the id alone where nothing of the kind does."""
    following = [one for one in everything if one.start >= mention.end and one.start < mention.end + _LONGEST]
    next_sure = next((one.start for one in following if one.kind not in {"name", "abbreviation"}), len(text))
    ends = _ENDS.search(text, mention.end, min(next_sure, mention.end + _LONGEST))
    stop = ends.start() if ends else min(next_sure, mention.end + _LONGEST)
    titled = _TITLE_FOLLOWS.match(text, mention.end, stop) is not None
    end, refid = mention.end, None
    for name in following:
        if name.kind != "name" or name.start >= stop:
            break
        own = name.refid == mention.refid and name.refid is not None
        if not own and (_is_next(text, end, name, mention) or not _may_belong(text, end, name)):
            stop = name.start
            break
        if titled or own or _NOTHING.fullmatch(text, end, name.start):
            end, refid = name.end, (name.refid if not name.guess or own else None) or refid
    plain_end = len(text[:stop].rstrip(" ,.(_[")) if titled else end
    return _Title(max(end, plain_end), refid)


def _may_belong(text: str, end: int, name: Mention) -> bool:
    """Whether a name can be a part of a title that goes on until `end`, or stand right behind it."""
    return bool(_PART_OF_TITLE.search(text, end, name.start) or _NOTHING.fullmatch(text, end, name.start))


def _is_next(text: str, end: int, name: Mention, mention: Mention) -> bool:
    """Whether a name behind a comma is another act's: "lov nr. 44/1997, ferieloven § 5" names two."""
    return mention.kind == "number" and name.refid is not None and "," in text[end : name.start]


def _meant(
    mention: Mention, title: str, beside: Refid | None, acts: ActIndex
) -> tuple[Refid | None, Guess, Refid | None]:
    """The act that an id means, given the `title` and the act named `beside` it; why it is a guess; what came after."""
    refid = mention.refid
    if refid is not None and (refid in acts.acts or refid == beside):
        return refid, "", None
    if beside is not None and (refid is None or refid.kind == beside.kind):
        if refid is not None and _is_earlier(refid, beside):
            return refid, "", beside
        if refid is not None and acts.has_ended(beside):
            return refid, "", None
        return beside, "day" if refid and refid.day == beside.day else "misprint", None
    if refid is None:
        swapped = _swapped(mention.written, acts)
        return swapped, "misprint" if swapped else "", None
    of_day = acts.of_day(refid.kind, refid.day) if refid.number is None else ()
    likely = of_day if len(of_day) == 1 else acts.most_like(of_day, forms(title))
    return (likely[0].refid, "day", None) if len(likely) == 1 else (refid, "", None)


def _is_earlier(refid: Refid, other: Refid) -> bool:
    """Whether an id can be that of an earlier act of the same name, and not merely the other's, misprinted."""
    return refid.day < other.day and distance(str(refid), str(other)) > _SAME_ID


def _swapped(written: str, acts: ActIndex) -> Refid | None:
    """The act that an impossible id means if day and month are put in each other's place."""
    turned = re.sub(r"(\d{4})-(\d{2})-(\d{2})", r"\1-\3-\2", written)
    meant = next((one.refid for one in strong(turned) if one.refid), None)
    return meant if meant in acts.acts else None


def _joined(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Neighbours that name the same act with nothing between them become one."""
    joined: list[Mention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind != "url"
            and mention.kind in {"name", *_IDS}
            and mention.refid is not None
            and mention.refid in {last.refid, last.successor}
            and _NOTHING.fullmatch(text, last.end, mention.start)
        ):
            joined[-1] = replace(last, end=mention.end)
        else:
            joined.append(mention)
    return joined
