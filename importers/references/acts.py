"""The acts and regulations that references may mean, found by id, day, name and abbreviation."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from importers.law.identifiers import Refid
from importers.references.spelling import NearNames
from importers.references.words import common_form, forms, head_of

Name: TypeAlias = tuple[str, ...]
"""A name as the common forms of its words."""

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{3,90})[)\]]")
_INITIALS = re.compile(r"(?=.*[A-ZÆØÅ].*[A-ZÆØÅ])[A-ZÆØÅ]\w{2,9}")
"""What is short for a title in brackets: "(TEK17)"."""
_NUMBERED = re.compile(r"([A-ZÆØÅ]{2,5})(\d\d)")
"""Such a one that people write in two words: "TEK 17"."""
_AMENDS = re.compile(
    r"(?:mellombels\s+|midlertidig\s+)?(?:lov|forskrift|vedtak)?\w{0,4}\s*(?:om\s+)?endr", re.IGNORECASE
)
_SAYS_ENOUGH = 4
"""A title without a word such as lov or forskrift is a name only if it has so many words."""
_OPENING = 3
"""By so many words titles are found that go on where a text stops."""
_OWN, _OTHER = 0.75, 0.6
"""The share of words in common that makes two titles nearly the same: of the one asked for, and of the act's."""
_SMALL = frozenset(forms("lov forskrift om av og eller til for i ved på med som den det mot fra etter"))
"""Words that say nothing about what an act is about."""
_RARE = 3
"""Titles are compared that share one of so many of the rarest words."""


@dataclass(frozen=True, slots=True)
class KnownAct:
    """An act or regulation with all that it is called.

    `names` are titles and short titles as written; `abbreviations` need a section behind them in a text. `held`: the
    register has it. `begins`: the ISO day on which it came or comes into force, "" where that is not decided or not
    known. `ended`: the ISO day, or year, on which it ceased to be in force, "" while it is. `successor`: what took its
    place.
    """

    refid: Refid
    names: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    held: bool = True
    begins: str = ""
    ended: str = ""
    successor: Refid | None = None


class ActIndex:
    """Acts by id, day, name and abbreviation. Made whole from a list and never changed."""

    def __init__(self, acts: Iterable[KnownAct], today: str = "") -> None:
        """`today`, an ISO day, tells which acts have begun; by default those whose first day is known have."""
        self.acts = {act.refid: act for act in acts}
        self._days: dict[tuple[str, date], list[KnownAct]] = defaultdict(list)
        self._names: dict[Name, list[KnownAct]] = defaultdict(list)
        self._abbreviations: dict[str, list[KnownAct]] = defaultdict(list)
        for act in sorted(self.acts.values(), key=lambda act: _preference(act, today or "9999")):
            self._days[(act.refid.kind, act.refid.day)].append(act)
            for name in dict.fromkeys(_names_of(act)):
                self._names[name].append(act)
            for short in act.abbreviations:
                self._abbreviations[_plain(short)].append(act)
        lengths: dict[str, set[int]] = defaultdict(set)
        self._openings: dict[Name, list[Name]] = defaultdict(list)
        for name in self._names:
            lengths[name[0]].add(len(name))
            self._openings[name[:_OPENING]].append(name)
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._near: NearNames | None = None
        self._with_word: dict[str, set[Name]] | None = None
        self._years: dict[tuple[str, int], list[Refid]] = defaultdict(list)
        for refid in self.acts:
            if refid.number is not None:
                self._years[(refid.kind, refid.day.year)].append(refid)

    def held(self, kind: str) -> int:
        """How many acts ("lov") or regulations ("forskrift") the register has."""
        return sum(act.held and act.refid.kind == kind for act in self.acts.values())

    def has_ended(self, refid: Refid) -> bool:
        """Whether the act is known and no longer in force."""
        return refid in self.acts and bool(self.acts[refid].ended)

    def out_of_order(self, refid: Refid) -> bool:
        """Whether an act cannot have this number on this day: acts are numbered by day within each year."""
        if refid.kind != "lov" or refid.number is None:
            return False
        return any(
            (known.day < refid.day and known.number >= refid.number)
            or (known.day > refid.day and known.number <= refid.number)
            for known in self._years[(refid.kind, refid.day.year)]
            if known.number is not None
        )

    def of_number(self, kind: str, year: int, number: int) -> tuple[Refid, ...]:
        """The acts ("lov") or regulations ("forskrift") of a year that have this number; there should be one."""
        return tuple(refid for refid in self._years.get((kind, year), ()) if refid.number == number)

    def of_day(self, kind: str, day: date) -> tuple[KnownAct, ...]:
        """The acts ("lov") or regulations ("forskrift") of a day."""
        return tuple(self._days.get((kind, day), ()))

    def named(self, name: Name) -> tuple[KnownAct, ...]:
        """The acts with a name; those in force first, the newest first."""
        return tuple(self._names.get(name, ()))

    def lengths(self, first: str) -> Sequence[int]:
        """How many words the names have that begin with a word, longest first."""
        return self._lengths.get(first, ())

    def abbreviated(self, written: str) -> tuple[KnownAct, ...]:
        """The acts with an abbreviation, dots and case apart."""
        return tuple(self._abbreviations.get(_plain(written), ()))

    def near(self, form: str) -> tuple[KnownAct, ...]:
        """The acts whose name of one word is a letter or two from this one, a word in its common form."""
        if self._near is None:
            self._near = NearNames(name[0] for name in self._names if len(name) == 1 and head_of(name[0]))
        same = [(name,) for name in self._near.nearest(form) if head_of(name) == head_of(form)]
        return self._first_of(same)

    def beginning(self, name: Name) -> tuple[KnownAct, ...]:
        """The acts whose title begins with these words and goes on."""
        titles = [title for title in self._openings.get(name[:_OPENING], ()) if title[: len(name)] == name]
        return self._first_of(titles)

    def described(self, form: str) -> tuple[KnownAct, ...]:
        """The acts whose title says what a one-word name says: særavgiftsforskriften for "Forskrift om særavgifter"."""
        head = head_of(form)
        stem = common_form(form.removesuffix(head).removesuffix("s"))
        titles = [(head, "om", stem), (head, "til", f"{stem}lov"), (head, "til", stem)]
        return self._first_of([title for title in titles if title in self._names])

    def like(self, name: Name) -> tuple[KnownAct, ...]:
        """The acts whose title has nearly all words of this one, and few more; the best of them."""
        if self._with_word is None:
            self._with_word = defaultdict(set)
            for title in self._names:
                for word in title if len(title) > _OPENING else ():
                    self._with_word[word].add(title)
        asked = set(name) - _SMALL
        rare = sorted((len(self._with_word.get(word, ())), word) for word in asked if word in self._with_word)[:_RARE]
        good = []
        for title in {title for _, word in rare for title in self._with_word[word]}:
            content = set(title) - _SMALL
            own, other = len(asked & content) / len(asked), len(asked & content) / len(content)
            if own >= _OWN and other >= _OTHER:
                good.append((own + other, title))
        best = max((score for score, _ in good), default=0.0)
        return self._first_of([title for score, title in good if score == best])

    def most_like(self, acts: Sequence[KnownAct], name: Name) -> tuple[KnownAct, ...]:
        """Those of some acts whose title has most words in common with a name, if it has half of them."""
        shared = [max(len(set(title) & set(name)) for title in _names_of(act)) for act in acts]
        most = max(shared, default=0)
        enough = most and most * 2 >= len(set(name))
        return tuple(act for act, number in zip(acts, shared, strict=True) if number == most) if enough else ()

    def _first_of(self, names: Iterable[Name]) -> tuple[KnownAct, ...]:
        return tuple({act.refid: act for name in names for act in self._names[name][:1]}.values())


def _preference(act: KnownAct, today: str) -> tuple[bool, bool, bool, bool, int]:
    """Sorts acts of one name: in force before ended, begun before what waits, acts before regulations, newest first."""
    waits = not act.begins or act.begins > today
    return (bool(act.ended), not act.held, waits, act.refid.kind != "lov", -act.refid.day.toordinal())


def _names_of(act: KnownAct) -> Iterator[Name]:
    """Every name that a text may have: titles, without what stands in brackets, and the short titles in brackets."""
    for written in act.names:
        whole = forms(_IN_BRACKETS.sub(" ", written))
        if any(map(head_of, whole)) or len(whole) >= _SAYS_ENOUGH or len(whole) == 1:
            yield whole
        if whole[-2:-1] == ("av",) and whole[-1].isdecimal():
            yield (*whole[:-2], whole[-1])
        if _AMENDS.match(written):
            continue
        for inside in _IN_BRACKETS.findall(written):
            name = forms(inside)
            if (name and head_of(name[-1]) not in {"", name[-1]}) or _INITIALS.fullmatch(inside):
                yield name
            if lettered := _NUMBERED.fullmatch(inside):
                yield forms(" ".join(lettered.groups()))


def _plain(abbreviation: str) -> str:
    return abbreviation.casefold().replace(".", "").replace(" ", "")
