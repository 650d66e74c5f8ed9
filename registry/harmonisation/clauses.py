"""What a definition takes out and what it puts in: items behind "unntatt", "herunder", "omfatter ikke" and the like.

An item is one member of the list behind (or in front of) such words, with all its restrictions: "unntatt båter som
ligger i opplag" takes out boats that are laid up, not boats. All words are those of the text's language pack.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from registry.harmonisation.definiens import own_part
from registry.harmonisation.packs import alternatives, matches, may_say, pattern, words
from registry.harmonisation.quantities import quantities
from registry.harmonisation.words import lemma, stop_words, tokens_between

_LONGEST = 14
"""An item of more words than that is a sentence of its own; it is kept, but for its first words."""
_STOP = re.compile(r"[;:]|\.(?=\s|$)|\)|–\s|\n")
_FRONT = re.compile(r"[.;:(]\s+|,\s+")
_MOST = 200
"""Members of one list that are looked at; no definition has so many, and a hostile one costs no more."""
_SENTENCE = re.compile(r"[.;:](?=\s)|\n")
_LONGEST_MEMBER = 6
_LEAST_LIST, _PAIR, _WORD = 3, 2, 40
"""So many members make a definition an enumeration; single words do by twos."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is taken out or put in. `lemmas` are its content words, `head` the last before a restriction.

    `start` and `end` are its place; `marker_start` is where the words begin that take it out or put it in.
    """

    lemmas: frozenset[str]
    head: str
    text: str
    start: int
    end: int
    marker_start: int

    @property
    def span(self) -> tuple[int, int]:
        """From the first of the marker and the item to the last."""
        return min(self.start, self.marker_start), self.end


@cache
def vague(language: str) -> frozenset[str]:
    """Words that name nothing in particular: no item of them alone is compared."""
    return frozenset(words(language, "clauses", "vague"))


@cache
def _split(language: str) -> re.Pattern[str]:
    """Where a list is cut; not within "engros- og detaljhandel"."""
    joiners = alternatives(words(language, "clauses", "joiners"))
    return re.compile(rf"(?<![-\s])(?:\s*,\s*(?:(?:{joiners})\s+)?|\s+(?:{joiners})\s+)", re.IGNORECASE)


@cache
def _nothing_behind(language: str) -> re.Pattern[str]:
    """Whether nothing is named behind a marker that may stand on either side of what it means."""
    return re.compile(rf"\s*(?:[.,;)]|$|(?:{alternatives(words(language, 'clauses', 'as'))})\b)", re.IGNORECASE)


def _before(name: str, language: str, text: str, end: int) -> bool:
    """Whether one of the pack's words stands right before a place."""
    bare = text[max(0, end - 24) : end].rstrip()
    return any(match.end() == len(bare) for match in pattern(language, "clauses", name).finditer(bare))


def _adjectives(text: str, joint: re.Match[str], language: str) -> bool:
    """Whether a joiner stands between two adjectives of one noun: "privat og ikke-kommersielt formål"."""
    endings = tuple(words(language, "clauses", "adjective_endings"))
    if not endings or "," in joint.group():
        return False
    first = re.search(r"([\w-]+)$", text[max(0, joint.start() - _WORD) : joint.start()])
    second = re.match(r"([\w-]+)\s+(\w+)", text[joint.end() : joint.end() + 2 * _WORD])
    return bool(
        first and second and first[1].lower().endswith(endings) and second[1].lower().endswith(endings)
    ) and not pattern(language, "clauses", "prepositions").fullmatch(second[2] if second else "")


def _pieces(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """The members of the list in text[start:end]; behind a relative word everything belongs to the last member."""
    piece = text[start:end]
    relative = pattern(language, "clauses", "relative").search(piece)
    limit = relative.start() if relative else len(piece)
    begin = 0
    for joint in islice(_split(language).finditer(piece, 0, limit), _MOST):
        if _adjectives(piece, joint, language):
            continue
        if piece[begin : joint.start()].strip():
            yield start + begin, start + joint.start()
        begin = joint.end()
    if piece[begin:].strip():
        yield start + begin, end


def _item(text: str, language: str, place: tuple[int, int], marker_start: int) -> Item | None:
    stop = stop_words(language)
    negative = words(language, "clauses", "not")
    found = tokens_between(text, language, *place)
    if any(token.text.lower() in negative for token in found):
        return None
    content = [token for token in found if token.lemma not in stop and token.text.lower() not in stop]
    if all(token.text[0].isdecimal() for token in content):
        return None
    relative = pattern(language, "clauses", "relative").search(text, place[0], place[1])
    prepositions = words(language, "clauses", "prepositions")
    limits = [token.start for token in found if token.text.lower() in prepositions and token.start > content[0].start]
    limits += [relative.start()] if relative and relative.start() > content[0].start else []
    head = [token for token in content if token.start < min(limits, default=place[1])] or content[:1]
    kept = content[:_LONGEST]
    return Item(
        frozenset(token.lemma for token in kept),
        head[-1].lemma,
        text[content[0].start : kept[-1].end],
        found[0].start,
        kept[-1].end,
        marker_start,
    )


@cache
def _joiner(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words(language, 'clauses', 'joiners'))})\b", re.IGNORECASE)


@cache
def _as_what(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{alternatives(words(language, 'clauses', 'as'))})\s", re.IGNORECASE)


def _behind(text: str, end: int, language: str) -> int:
    """Where the list behind a marker stops: the sentence's or clause's end."""
    ends = pattern(language, "clauses", "ends").search(text, end + 1)
    found = [match.start() for match in (_STOP.search(text, end), ends) if match]
    return min([*found, max(end, own_part(text))])


def _in_front(text: str, start: int, language: str) -> int:
    """Where the clause in front of a marker begins."""
    begin = 0
    joiner = _joiner(language)
    for match in _FRONT.finditer(text[:start].rstrip(" ,")):
        if not (match.group().startswith(",") and joiner.match(text, match.end())):
            begin = match.end()
    return begin


def inclusion_start(text: str, start: int, language: str) -> int:
    """Where a text begins to say what it expressly includes ("herunder ..."), behind `start`; else its end."""
    match = pattern(language, "inclusion", "after").search(text, start + 1)
    return match.start() if match else len(text)


@lru_cache(maxsize=8_000)
def taken_out(text: str, language: str, term: str) -> tuple[Item, ...]:
    """What the definition of a term takes out, by words like "unntatt" or as what "er ikke" the term."""
    found = {(item.start, item.end): item for item in items(text, language, "exclusion")}
    for denial in _no_term(language).finditer(text):
        if lemma(denial["what"].casefold(), language) == lemma(term.casefold(), language):
            _collect(found, text, language, denial.span("items"), None)
    return tuple(sorted(found.values(), key=lambda item: item.start))


@cache
def _no_term(language: str) -> re.Pattern[str]:
    """A sentence of its own, behind the first, that says what something is not: "Båter er ikke kjøretøy"."""
    verbs, no = (alternatives(words(language, *path)) for path in (("context", "is"), ("after", "late_negation")))
    return re.compile(
        rf"[.;,]\s+(?P<items>[^.;,]+(?:,[^.;,]+)*?)\s+(?:{verbs})\s+(?:\w+\s+)?(?:{no})\s+(?P<what>[\w-]+)\s*(?=[.;,]|$)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=8_000)
def items(text: str, language: str, polarity: str) -> tuple[Item, ...]:
    """What a text takes out ("exclusion") or puts in ("inclusion"), in the order of the text."""
    found: dict[tuple[int, int], Item] = {}
    behind = pattern(language, polarity, "after")
    nothing = _nothing_behind(language)
    for marker in matches(text, language, polarity, "after"):
        if not nothing.match(text, marker.end()) and _takes(text, marker, polarity, language):
            stop = _behind(text, marker.end(), language)
            _collect(found, text, language, (marker.end(), stop), marker.start())
    for marker in matches(text, language, polarity, "before"):
        if behind.fullmatch(marker.group()) and not nothing.match(text, marker.end()):
            continue
        begin = _in_front(text, marker.start(), language)
        if not _takes(text, marker, polarity, language) or _in_relative(text, begin, marker.start(), language):
            continue
        if _as_what(language).match(
            text, begin
        ):  # "Som fangst regnes ikke tang": what is meant stands behind after all
            _collect(found, text, language, (marker.end(), _behind(text, marker.end(), language)), begin)
        else:
            _collect(found, text, language, (begin, marker.start()), None)
    if polarity == "inclusion":
        found = {place: item for place, item in found.items() if not _negated(text, item, language)}
    own = (item for item in found.values() if item.start < own_part(text))
    return tuple(sorted(own, key=lambda item: item.start))


def _takes(text: str, marker: re.Match[str], polarity: str, language: str) -> bool:
    """Whether a marker takes out or puts in: not "en unntatt enhet", "men ikke begrenset til", "§ 3 gjelder ikke".

    Nor one that is part of a limit ("fylt 13, men ikke 18 år").
    """
    if any(limit.start < marker.end() <= limit.end for limit in quantities(text, language)):
        return False
    if _before("adjective_before", language, text, marker.start()) and " " not in marker.group().strip(" ,"):
        return False
    if polarity == "exclusion":
        if pattern(language, polarity, "not_meant").match(text[marker.end() : marker.end() + 24].lstrip()):
            return False
        if pattern(language, polarity, "of_rules").fullmatch(marker.group()):
            ends = [match.end() for match in _SENTENCE.finditer(text, 0, marker.start())]
            subject = pattern(language, "clauses", "provisions").search(text, max(ends, default=0), marker.start())
            return subject is None
    return True


def _in_relative(text: str, begin: int, end: int, language: str) -> bool:
    """Whether a marker stands in a relative clause: "inntekt som er unntatt ved beregningen" takes nothing out."""
    found = list(pattern(language, "clauses", "relative").finditer(text, begin, end))
    if found and not text[begin : found[-1].start()].strip():
        return False  # "Som fangst regnes ikke tang" is a clause of its own
    return bool(found) and len(text[found[-1].end() : end].split()) <= 1


def _collect(
    found: dict[tuple[int, int], Item], text: str, language: str, part: tuple[int, int], marker_start: int | None
) -> None:
    """Adds the members of the list in a part of the text; without a marker in front each is its own beginning."""
    for place in _pieces(text, *part, language):
        if item := _item(text, language, place, place[0] if marker_start is None else marker_start):
            found.setdefault((item.start, item.end), item)


def _negated(text: str, item: Item, language: str) -> bool:
    """Whether an inclusion is taken back: "omfatter ikke", "ikke herunder", "unntatt herunder"."""
    inside = text[item.marker_start : item.start]
    left = text[max(0, item.marker_start - 24) : item.marker_start].rstrip()
    out = pattern(language, "exclusion", "after")
    return (
        _before("not", language, text, item.marker_start)
        or any(match.end() == len(left) for match in out.finditer(left))
        or pattern(language, "clauses", "not").search(inside) is not None
    )


@lru_cache(maxsize=8_000)
def members(text: str, language: str) -> tuple[Item, ...]:
    """The members of a definition that is a bare enumeration ("hund, katt og hest"); () if it is none."""
    sentence = re.split(r"[.;:]", text, maxsplit=1)[0]
    breaking = (("exclusion", "after"), ("clauses", "relative"), ("clauses", "not"))
    ends = (pattern(language, *path).search(sentence) for path in breaking if may_say(text, language, *path))
    cut = min((match.start() for match in ends if match), default=len(sentence))
    pieces = list(_pieces(text, 0, cut, language))
    if len(pieces) < _LEAST_LIST or any(len(text[start:end].split()) > _LONGEST_MEMBER for start, end in pieces):
        return ()
    found = (_item(text, language, place, place[0]) for place in pieces)
    return tuple(item for item in found if item is not None)


@lru_cache(maxsize=8_000)
def bare_list(text: str, language: str) -> frozenset[str]:
    """The members of a text that is nothing but a list of single words ("lørdag og søndag"), as lemmas; else none."""
    pieces = list(_pieces(text, 0, len(text.rstrip(" .;")), language))
    named = [text[start:end].split() for start, end in pieces]
    if len(pieces) < _PAIR or any(len(words) != 1 for words in named):
        return frozenset()
    found = (_item(text, language, place, place[0]) for place in pieces)
    return frozenset(item.head for item in found if item is not None)
