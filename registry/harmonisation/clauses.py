"""What a definition takes out and what it puts in: items behind "unntatt", "herunder", "omfatter ikke" and the like.

An item is one member of the list behind (or in front of) such words, with all its restrictions: "unntatt båter som
ligger i opplag" takes out boats that are laid up, not boats.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from registry.harmonisation.words import language_data, stop_words, tokens

_LONGEST = 14
"""An item of more words than that is a sentence of its own; it is kept, but for its first words."""
_STOP = re.compile(r"[;:]|\.(?=\s|$)|\)|–\s|\n")
_NOTHING_BEHIND = re.compile(r"\s*(?:[.,;)]|$|som\b|as\b)")
_NOT = frozenset({"ikke", "ikkje", "not", "uten", "utan", "without"})
_AS = re.compile(r"\s*(?:som|as)\s", re.IGNORECASE)
_NEGATIVE = re.compile(r"\b(?:ikke|ikkje|not|uten|utan|without)\b", re.IGNORECASE)
_LONGEST_MEMBER = 6
_LEAST_LIST = 3
"""So many members make a definition an enumeration."""


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


def _pattern(words: list[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


@cache
def _markers(polarity: str, place: str) -> re.Pattern[str]:
    words: list[str] = language_data("clauses")[polarity][place]
    return _pattern(words)


@cache
def _ends() -> re.Pattern[str]:
    words: list[str] = language_data("clauses")["ends"]["words"]
    return _pattern(words)


@cache
def _split() -> re.Pattern[str]:
    joiners: list[str] = language_data("clauses")["ends"]["joiners"]
    alternatives = "|".join(re.escape(word) for word in sorted(joiners, key=len, reverse=True))
    return re.compile(rf"\s*,\s*(?:(?:{alternatives})\s+)?|\s+(?:{alternatives})\s+", re.IGNORECASE)


@cache
def _relative() -> re.Pattern[str]:
    words: list[str] = language_data("clauses")["ends"]["relative"]
    return _pattern(words)


@cache
def vague() -> frozenset[str]:
    """Words that name nothing in particular: no item of them alone is compared."""
    return frozenset(language_data("clauses")["ends"]["vague"])


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The members of the list in text[start:end]; behind a relative word everything belongs to the last member."""
    piece = text[start:end]
    relative = _relative().search(piece)
    limit = relative.start() if relative else len(piece)
    begin = 0
    for joint in _split().finditer(piece, 0, limit):
        if piece[begin : joint.start()].strip():
            yield start + begin, start + joint.start()
        begin = joint.end()
    if piece[begin:].strip():
        yield start + begin, end


def _item(text: str, language: str, place: tuple[int, int], marker_start: int) -> Item | None:
    stop = stop_words(language)
    words = [token for token in tokens(text, language) if place[0] <= token.start and token.end <= place[1]]
    if any(token.text.lower() in _NOT for token in words):
        return None
    content = [token for token in words if token.lemma not in stop and token.text.lower() not in stop]
    if not content:
        return None
    relative = _relative().search(text, place[0], place[1])
    prepositions = {
        "av",
        "i",
        "på",
        "til",
        "for",
        "fra",
        "frå",
        "med",
        "under",
        "over",
        "ved",
        "of",
        "in",
        "on",
        "to",
        "from",
    }
    limits = [token.start for token in words if token.text.lower() in prepositions and token.start > content[0].start]
    limits += [relative.start()] if relative and relative.start() > content[0].start else []
    head = [token for token in content if token.start < min(limits, default=place[1])] or content[:1]
    kept = content[:_LONGEST]
    return Item(
        frozenset(token.lemma for token in kept),
        head[-1].lemma,
        text[content[0].start : kept[-1].end],
        words[0].start,
        kept[-1].end,
        marker_start,
    )


def _behind(text: str, end: int) -> int:
    """Where the list behind a marker stops: the sentence's or clause's end."""
    stops = [match.start() for match in (_STOP.search(text, end), _ends().search(text, end + 1)) if match]
    return min(stops, default=len(text))


def _in_front(text: str, start: int) -> int:
    """Where the clause in front of a marker begins."""
    begin = 0
    for match in re.finditer(r"[.;:(]\s+|,\s+(?!og\b|eller\b|and\b|or\b)", text[:start].rstrip(" ,")):
        begin = match.end()
    return begin


def inclusion_start(text: str, start: int) -> int:
    """Where a text begins to say what it expressly includes ("herunder ..."), behind `start`; else its end."""
    match = _markers("inclusion", "after").search(text, start + 1)
    return match.start() if match else len(text)


@lru_cache(maxsize=50_000)
def items(text: str, language: str, polarity: str) -> tuple[Item, ...]:
    """What a text takes out ("exclusion") or puts in ("inclusion"), in the order of the text."""
    found: dict[tuple[int, int], Item] = {}
    for marker in _markers(polarity, "after").finditer(text):
        if not _NOTHING_BEHIND.match(text, marker.end()) and not _adjective(text, marker):
            _collect(found, text, language, (marker.end(), _behind(text, marker.end())), marker.start())
    for marker in _markers(polarity, "before").finditer(text):
        if _markers(polarity, "after").fullmatch(marker.group()) and not _NOTHING_BEHIND.match(text, marker.end()):
            continue
        begin = _in_front(text, marker.start())
        if _AS.match(text, begin):  # "Som fangst regnes ikke tang": what is meant stands behind after all
            _collect(found, text, language, (marker.end(), _behind(text, marker.end())), begin)
        else:
            _collect(found, text, language, (begin, marker.start()), None)
    if polarity == "inclusion":
        found = {place: item for place, item in found.items() if not _negated(text, item.marker_start, item.start)}
    return tuple(sorted(found.values(), key=lambda item: item.start))


def _collect(
    found: dict[tuple[int, int], Item], text: str, language: str, part: tuple[int, int], marker_start: int | None
) -> None:
    """Adds the members of the list in a part of the text; without a marker in front each is its own beginning."""
    for place in _pieces(text, *part):
        if item := _item(text, language, place, place[0] if marker_start is None else marker_start):
            found.setdefault((item.start, item.end), item)


def _adjective(text: str, marker: re.Match[str]) -> bool:
    """Whether the word is an adjective: "en unntatt enhet" is no exception."""
    return bool(
        re.search(r"\b(?:en|et|ei|den|det|de|er)\s+$", text[max(0, marker.start() - 8) : marker.start()], re.IGNORECASE)
    )


def _negated(text: str, start: int, end: int) -> bool:
    """Whether an inclusion is taken back: "omfatter ikke", "ikke herunder"."""
    left, inside = text[max(0, start - 24) : start].lower(), text[start:end].lower()
    return bool(
        re.search(r"\b(?:ikke|ikkje|not|unntatt|uten|utan)\s*$", left) or re.search(r"\b(?:ikke|ikkje|not)\b", inside)
    )


@lru_cache(maxsize=50_000)
def members(text: str, language: str) -> tuple[Item, ...]:
    """The members of a definition that is a bare enumeration ("hund, katt og hest"); () if it is none."""
    sentence = re.split(r"[.;:]", text, maxsplit=1)[0]
    ends = (_markers("exclusion", "after").search(sentence), _relative().search(sentence), _NEGATIVE.search(sentence))
    cut = min((match.start() for match in ends if match), default=len(sentence))
    pieces = list(_pieces(text, 0, cut))
    if len(pieces) < _LEAST_LIST or any(len(text[start:end].split()) > _LONGEST_MEMBER for start, end in pieces):
        return ()
    found = (_item(text, language, place, place[0]) for place in pieces)
    return tuple(item for item in found if item is not None)
