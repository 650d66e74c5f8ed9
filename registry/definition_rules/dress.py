"""How a definition is dressed: article, capital, full stop, copula, phrases taken over from acts, markup."""

import html
import re
from collections.abc import Iterator
from functools import cache

from registry.definition_rules.base import Breach, listed, lowered, phrases
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.terms import split_qualifier
from registry.harmonisation.words import family, is_known, lemma, names_only

_ABBREVIATED = re.compile(
    r"(?:\.\s?\w{1,3}|\b(?:mv|mm|etc|osv|ol|el|evt|ev|kap|pkt|nr|no|art|ca|kl|kr|stk|mill|mrd|inkl|ekskl|jfr?|pst|eks))\.$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_WORD = re.compile(r"\w[\w.-]*")
_SPLIT_WORD = 3
_CLAUSE = re.compile(r"(?:[\w-]+\s+){0,4}at\b", re.IGNORECASE)
"""What stands in no term's place: "i jus at den ..."."""
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_ENTITY = re.compile(r"&(?:nbsp|amp|lt|gt|quot|#\d{1,5});")
_WIKI = re.compile(
    r"\[\[[^\]]+\]\]|\[[^\]|]+\|https?://[^\]]+\]|\[[^\]]+\]\(https?://[^)]+\)|\{\{[^}]+\}\}|\*\*[^*]+\*\*"
)


def article(record: DefinitionRecord) -> Iterator[Breach]:
    """An indefinite article at the beginning."""
    found = _article(family(record.language)).match(record.text)
    if found and len(record.text) > found.end() and not _is_genitive(record, found.end()):
        rest = _spoken_like(found["word"], record.text[found.end() :])
        mended = "" if _articles_follow(rest, record) else _opened_like(record.text, found.start("word"), rest)
        yield Breach(found.span("word"), {"word": found["word"]}, mended)


def _is_genitive(record: DefinitionRecord, start: int) -> bool:
    """Whether an article is of a genitive: "en eiers samlede krav"."""
    found = _WORD.match(record.text, start)
    word = found.group().casefold() if found else ""
    space = family(record.language)
    dictionary = "nb" if space == "no" else space
    return word.endswith("s") and not is_known(word, dictionary) and is_known(word[:-1], dictionary)


def _articles_follow(rest: str, record: DefinitionRecord) -> bool:
    """Whether it goes on in the same way, so that one article cannot go alone: "en båt, en flåte eller et skip"."""
    articles = phrases("articles", family(record.language))
    return re.match(rf"[^.;()]{{1,40}}?(?:,|\b(?:eller|og|or|and))\s+(?:{articles})\s", rest) is not None


@cache
def _article(language: str) -> re.Pattern[str]:
    articles, kept = phrases("articles", language), phrases("no_article_before", language)
    return re.compile(rf"\W*(?P<word>{articles})\s+(?!(?:{kept})(?!\w))", re.IGNORECASE)


def _spoken_like(dropped: str, rest: str) -> str:
    """The rest with a capital where what was dropped before it had one."""
    return rest[:1].upper() + rest[1:] if dropped[:1].isupper() else rest


def _opened_like(text: str, start: int, rest: str) -> str:
    """The rest behind the quotation mark or bracket that stood before what was dropped."""
    return text[:start].lstrip() + rest


def capital(record: DefinitionRecord) -> Iterator[Breach]:
    """A capital at the beginning of a word that has none of its own."""
    found = _WORD.search(record.text)
    if found is None or record.text[: found.start()].strip(" \"'«“"):
        return
    word = found.group().rstrip(".")
    if word[:1].isupper() and word[1:] == word[1:].lower() and not _is_name(record, word, found.end()):
        start = found.start()
        mended = record.text[:start] + lowered(record.text[start:])
        yield Breach((start, found.end()), {"word": word}, mended)


def _is_name(record: DefinitionRecord, word: str, end: int) -> bool:
    """Whether a word has its capital as a name, an abbreviation or by what stands behind it."""
    space, small = family(record.language), word.lower()
    dictionary = "nb" if space == "no" else space
    following = _WORD.match(record.text[end:].lstrip())
    if len(word) < _SPLIT_WORD and small not in listed("articles", space) and not is_known(small, dictionary):
        return True
    if following is not None and following.group()[:1].isupper() and not following.group().isupper():
        return True
    if small in listed("names_begin", space) or small.endswith(tuple(listed("names_end", space))):
        return True
    return small in names_only(dictionary) or not (is_known(small, dictionary) or lemma(small, space) != small)


def full_stop(record: DefinitionRecord) -> Iterator[Breach]:
    """A full stop behind what is no sentence. Where several sentences stand, that is another rule's matter."""
    text = record.text.rstrip()
    if not text.endswith(".") or text.endswith("..") or _ABBREVIATED.search(text):
        return
    if not _SENTENCE_END.search(text[:-1]):
        yield Breach((len(text) - 1, len(text)), {}, text[:-1].rstrip())


def copula(record: DefinitionRecord) -> Iterator[Breach]:
    """The term with "is" behind it, or "is" alone, before the definition."""
    space, text = family(record.language), record.text
    start = _first_letter(text)
    after = _behind_term(split_qualifier(record.term)[0], text, start, space)
    found = (after is not None and _behind(space).match(text, after)) or _verb(space).match(text, start)
    if found and text[found.end() :].strip():
        rest = text[found.end() :]
        words = text[start : found.end("said")].strip()
        mended = "" if _CLAUSE.match(rest) else _opened_like(text, start, rest)
        yield Breach((start, start + len(words)), {"words": words}, mended)


def _first_letter(text: str) -> int:
    found = _WORD.search(text)
    return found.start() if found else len(text)


def _behind_term(term: str, text: str, start: int, language: str) -> int | None:
    """Where a text goes on behind the term, with or without an article, that it begins with."""
    articles = listed("articles", language)
    first = _WORD.match(text, start)
    if first and first.group().casefold() in articles:
        start = _first_letter(text[first.end() :]) + first.end()
    return start + len(term) if term and text[start : start + len(term)].casefold() == term.casefold() else None


@cache
def _behind(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<said>\s*(?:(?:{phrases('copulas', language)})\b|[:=]))\s*(?!at\b)(?=\w)", re.IGNORECASE)


@cache
def _verb(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<said>(?:{phrases('copulas', language)})\b)\s*(?!at\b)(?=\w)", re.IGNORECASE)


def boilerplate(record: DefinitionRecord) -> Iterator[Breach]:
    """A phrase that an act introduces definitions with."""
    found = _boilerplate(family(record.language)).match(record.text)
    if found and record.text[found.end() :].strip():
        start = found.start("said")
        words, rest = found["said"].strip(), record.text[found.end() :].strip()
        yield Breach((start, start + len(words)), {"words": words}, _opened_like(record.text, start, rest))


@cache
def _boilerplate(language: str) -> re.Pattern[str]:
    scope, meant = phrases("boilerplate", language), phrases("meant", language)
    named = r"(?:med|som|by|ved)\s+[^.;:]{1,80}?"
    first = rf"(?:{scope})\s+(?:{meant})\s+(?:med\s+[^.;:]{{1,60}}:)?"
    return re.compile(
        rf"\W*(?P<said>{first}|{named}\s+(?:{meant})(?:\s+(?:{scope}|her))?[:,]?|(?:{scope})[:,])\s*", re.IGNORECASE
    )


def markup(record: DefinitionRecord) -> Iterator[Breach]:
    """Markup of pages and wikis in what should be plain text."""
    found = next(filter(None, (pattern.search(record.text) for pattern in (_TAG, _ENTITY, _WIKI))), None)
    if found:
        plain = "" if _WIKI.search(record.text) else _plain(record.text)
        yield Breach(found.span(), {"words": found.group()[:40]}, plain)


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())
