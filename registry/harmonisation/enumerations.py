"""Lists in a definition: "x, y og z", their members as they stand and as lemmas.

A list is a run of short pieces between commas that ends with "og" or "eller" and a last piece. Of the first piece only
the last words belong to the list ("tillatelse til [bruk], lagring og salg"), of the last only the first ones.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from registry.harmonisation.definiens import own_part
from registry.harmonisation.packs import alternatives, is_phrase, words
from registry.harmonisation.quantities.numbers import articles_of
from registry.harmonisation.words import Token, stop_words, tokens_between

_CLAUSE = re.compile(r"[;:()\n]|\.(?=\s|$)|\s[–-]\s")
_LONGEST = 4
_LEAST, _SHORT = 3, 2
_MOST = 200
"""Joints of one clause; no list has so many, and a hostile text costs no more."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a list: the lemmas of its content words, the last of them, and its place.

    A `catch_all` names whatever is left: "og andre dyr".
    """

    lemmas: frozenset[str]
    head: str
    start: int
    end: int
    catch_all: bool


@cache
def _joint(language: str) -> re.Pattern[str]:
    joiners = alternatives(words(language, "clauses", "joiners"))
    return re.compile(rf"(?<![-\s])(?:\s*,\s*(?:(?:{joiners})\s+)?|\s+(?:{joiners})\s+)", re.IGNORECASE)


@cache
def _joiner(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words(language, 'clauses', 'joiners'))})\s*$", re.IGNORECASE)


@lru_cache(maxsize=8_000)
def lists(text: str, language: str) -> tuple[tuple[Member, ...], ...]:
    """The lists of three members or more, in the order of the text."""
    begin = 0
    found: list[tuple[Member, ...]] = []
    last = own_part(text)
    for end in [*(match.start() for match in _CLAUSE.finditer(text, 0, last)), last]:
        found += _of_clause(text, begin, end, language)
        begin = end + 1
    return tuple(found)


def _of_clause(text: str, begin: int, end: int, language: str) -> Iterator[tuple[Member, ...]]:
    joints = list(_joint(language).finditer(text, begin, end))
    if not _LEAST - 1 <= len(joints) <= _MOST:
        return
    edges = [begin, *(match.end() for match in joints)], [*(match.start() for match in joints), end]
    pieces = [_words(text, language, start, stop) for start, stop in zip(*edges, strict=True)]
    run: list[int] = []
    for place, piece in enumerate(pieces):
        if not piece or _opens_clause(piece, language):
            run = []
            continue
        run.append(place)
        if place == len(joints) or _breaks(piece, language, first=len(run) == 1):
            if _is_list(run, joints, language):
                yield from _listed(pieces, run, language)
            run = [place]


def _is_list(run: list[int], joints: list[re.Match[str]], language: str) -> bool:
    """Whether a run of pieces is long enough, and joined by a word before its last piece."""
    return len(run) >= _LEAST and _joiner(language).search(joints[run[-1] - 1].group().rstrip()) is not None


def _breaks(piece: list[Token], language: str, *, first: bool) -> bool:
    """Whether nothing of a list can stand behind a piece: it goes on with a relative clause, or is too long."""
    relative = any(is_phrase(token.text, language, "clauses", "relative") for token in piece)
    return not first and (relative or len(piece) > _LONGEST)


def _opens_clause(piece: list[Token], language: str) -> bool:
    """Whether a piece is a clause of its own and no member: "[og] som selger varen", "[eller] får en vare laget"."""
    articles = articles_of(language)
    return is_phrase(piece[0].text, language, "clauses", "relative") or any(
        token.text.lower() in articles for token in piece[1:-1]
    )


def _words(text: str, language: str, start: int, end: int) -> list[Token]:
    return list(tokens_between(text, language, start, end))


def _listed(pieces: list[list[Token]], run: list[int], language: str) -> Iterator[tuple[Member, ...]]:
    first = _tail(pieces[run[0]], language, whole=run[0] == 0)
    between = [pieces[place] for place in run[1:-1]]
    last = _front(pieces[run[-1]], language)
    members = [_member(piece, language) for piece in (first, *between, last) if piece]
    known = tuple(member for member in members if member is not None)
    if len(known) >= _LEAST - 1:
        yield known


def _ends_phrase(token: Token, language: str) -> bool:
    """Whether a word ends a noun phrase: a preposition, a relative word, a negation."""
    return any(is_phrase(token.text, language, "clauses", name) for name in ("prepositions", "relative", "not"))


def _tail(piece: list[Token], language: str, *, whole: bool) -> list[Token]:
    """The last content word of the first piece, where it is clear that the list begins there; else nothing.

    That is where the piece is but a word or two, or where a word stands before it that leads to lists ("som", "av").
    """
    content = [token for token in piece if not _is_stop(token, language)]
    if not content or content[-1] is not piece[-1]:
        return []
    before = piece[-2].text if len(piece) > 1 else ""
    leads = is_phrase(before, language, "clauses", "leads_to_list")
    return content[-1:] if leads or (whole and len(piece) <= _SHORT) else []


def _front(piece: list[Token], language: str) -> list[Token]:
    """The last piece up to a preposition or relative word."""
    for place, token in enumerate(piece):
        if place and _ends_phrase(token, language):
            return piece[:place]
    return piece if len(piece) <= _LONGEST else []


def _is_stop(token: Token, language: str) -> bool:
    stop = stop_words(language)
    return token.lemma in stop or token.text.casefold() in stop or token.text[0].isdigit()


def _member(piece: list[Token], language: str) -> Member | None:
    if any(is_phrase(token.text, language, "clauses", "not") for token in piece):
        return None
    content = [token for token in piece if not _is_stop(token, language)]
    if not content:
        return None
    limits = [token.start for token in piece if _ends_phrase(token, language) and token.start > content[0].start]
    named = [token for token in content if token.start < min(limits, default=piece[-1].end)] or content[:1]
    rest = any(is_phrase(token.text, language, "clauses", "catch_all") for token in piece)
    return Member(frozenset(token.lemma for token in content), named[-1].lemma, content[0].start, content[-1].end, rest)
