"""Asking the index: a ladder of reasons, best first, one hit a thing; each hit says why it matched."""

import re
import sqlite3
from dataclasses import dataclass
from typing import Literal, TypeAlias

from registry.search.folding import fold
from registry.search.index import SearchIndex

Reason: TypeAlias = Literal["exact", "prefix", "other-label", "compound", "contains", "definition", ""]
"""Why a thing is found; "" where no words were asked for."""

REASONS: tuple[Reason, ...] = ("exact", "prefix", "other-label", "compound", "contains", "definition")
"""Best first: the preferred term itself, a preferred term that begins with the words, an admitted or discouraged term,
a term whose last part is the word (eiendomsskatt is a skatt), a term that contains it, a definition that does."""

_TRIGRAM = 3
_CANDIDATES = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that matched: the text that did, and why. `graph`: the named graph that says so."""

    uri: str
    graph: str
    kind: str
    field: str
    language: str
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class HitPage:
    """A part of the hits. `total` counts all; `capped` says that more than the index collects would have matched."""

    total: int
    hits: tuple[Hit, ...]
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: words, the asker's generation, a kind of thing ("" for any), the language preferred."""

    text: str
    generation: int
    kind: str = ""
    language: str = "nb"


def search(index: SearchIndex, question: Question, *, offset: int = 0, limit: int = 20) -> HitPage:
    """Hits of the ladder. An empty question has none."""
    ranked = matches(index, question)
    return HitPage(len(ranked.hits), ranked.hits[offset : offset + limit], ranked.capped)


def matches(index: SearchIndex, question: Question, candidates: int = _CANDIDATES) -> HitPage:
    """All hits, best first, from about so many texts that match."""
    words = fold(question.text)
    if not words:
        return HitPage(0, ())
    with index.connect() as connection:
        rows = _candidates(connection, words, question, candidates)
    best: dict[str, tuple[tuple[int, int, int, str], Hit]] = {}
    for row in rows:
        hit = _hit(row, words)
        rank = _rank(hit, question.language)
        if hit.uri not in best or rank < best[hit.uri][0]:
            best[hit.uri] = (rank, hit)
    ranked = tuple(hit for _, hit in sorted(best.values(), key=lambda pair: (pair[0], pair[1].uri)))
    return HitPage(len(ranked), ranked, capped=len(rows) >= candidates)


def suggest(index: SearchIndex, question: Question, *, limit: int = 10) -> tuple[str, ...]:
    """Preferred terms that begin with the words, for completion as one types."""
    page = search(index, question, limit=5 * limit)
    terms = dict.fromkeys(
        hit.text for hit in page.hits if hit.reason in {"exact", "prefix"} and hit.field != "definition"
    )
    return tuple(terms)[:limit]


def is_exact_term(index: SearchIndex, text: str, generation: int) -> bool:
    """Whether the words are somebody's preferred or admitted term: then the reader is taken to the term's own page."""
    with index.connect() as connection:
        row = connection.execute(
            "SELECT 1 FROM entry WHERE folded = ? AND field <> 'definition' AND field IN ('preferred', 'admitted')"
            " AND kind IN ('concept', 'law-concept')"
            " AND since <= ? AND (until IS NULL OR until > ?) LIMIT 1",
            (fold(text), generation, generation),
        ).fetchone()
    return row is not None


_Row: TypeAlias = tuple[str, str, str, str, str, str, str]
_COLUMNS = "SELECT e.uri, e.graph, e.kind, e.field, e.language, e.text, e.folded FROM "
_VALID = " AND e.since <= ? AND (e.until IS NULL OR e.until > ?) AND (? = '' OR e.kind = ?) LIMIT ?"


def _candidates(connection: sqlite3.Connection, words: str, question: Question, most: int) -> list[_Row]:
    valid = (question.generation, question.generation, question.kind, question.kind, most)
    phrase = _phrase(words)
    labels = " AND e.field <> 'definition'" if phrase else ""  # definitions are found by their words, if there are any
    found: list[_Row] = connection.execute(
        f"{_COLUMNS} entry e WHERE e.folded >= ? AND e.folded < ?{labels}{_VALID}",
        (words, words + "\U0010ffff", *valid),
    ).fetchall()
    if len(words) >= _TRIGRAM:
        found += connection.execute(
            f"{_COLUMNS} parts p JOIN entry e ON e.id = p.rowid WHERE parts MATCH ? AND instr(e.folded, ?) > 0{_VALID}",
            (_trigrams(words), words, *valid),
        ).fetchall()
    if phrase:
        found += connection.execute(
            f"{_COLUMNS} words w JOIN entry e ON e.id = w.rowid WHERE words MATCH ?{_VALID}", (phrase, *valid)
        ).fetchall()
    return found


def _trigrams(words: str) -> str:
    grams = dict.fromkeys(words[start : start + _TRIGRAM] for start in range(len(words) - _TRIGRAM + 1))
    return " AND ".join(f'"{gram.replace(chr(34), chr(34) * 2)}"' for gram in grams)


def _phrase(words: str) -> str:
    tokens = re.findall(r"\w+", words)
    return " AND ".join([*(f'"{token}"' for token in tokens[:-1]), f'"{tokens[-1]}"*']) if tokens else ""


def _hit(row: _Row, words: str) -> Hit:
    uri, graph, kind, field, language, text, folded = row
    return Hit(uri, graph, kind, field, language, text, _reason(field, folded, words))


def _reason(field: str, folded: str, words: str) -> Reason:
    if field == "definition":
        return "definition"
    if field in {"admitted", "hidden"} and folded.startswith(words):
        return "other-label"
    if folded == words:
        return "exact"
    if folded.startswith(words):
        return "prefix"
    return "compound" if any(part.endswith(words) for part in folded.split()) else "contains"


def _rank(hit: Hit, language: str) -> tuple[int, int, int, str]:
    return (REASONS.index(hit.reason), int(hit.language != language), len(hit.text), hit.text.casefold())
