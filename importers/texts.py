"""Texts as people write and copy them, brought to plain text: line ends, blanks, HTML, wiki markup, wrong letters."""

import re
from html import unescape
from typing import NamedTuple

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that no text needs, and that most formats cannot carry."""
_ODD_BLANKS = re.compile("[\u00a0\u2007\u202f]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
_TAG = re.compile(r"<(?P<end>/)?(?P<name>[a-z][a-z0-9]*)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_HTML = frozenset(
    "a b br div em font h1 h2 h3 h4 i li ol p small span strong sub sup table td th tr u ul".split()  # noqa: SIM905
)
_LINES = frozenset({"br", "div", "h1", "h2", "h3", "h4", "li", "p", "table", "tr"})
_ANCHOR = re.compile(
    r"""<a\b[^<>]*?\bhref\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')[^<>]*>(?P<words>.*?)</a\s*>""",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,6}|[a-z]{2,8});", re.IGNORECASE)
_WIKI_LINK = re.compile(
    r"\[?(?P<words>[^\[\]|\s][^\[\]|\n]*?)\s*\|\s*(?P<target>https?://[^\[\]|\s]+|[A-Z]{2,}-\s?\d+)\s*\|?\s*\]"
)
_HALF_LINK = re.compile(r"(?P<words>[\w-]+)\|(?P<target>https?://[^\[\]|\s]+)\]")
_WIKI_COLOUR = re.compile(r"\{color(?::[^{}]*)?\}")
_EMPHASIS = re.compile(r"(?<![\w_])_(?P<words>[^\W_](?:[^_\n]{0,78}[^\W_])?)_(?![\w_])")
_PART = re.compile(r"[^\W\d_][^()\d\"«»,;]*")
_JOINED = re.compile(r"\n|\b(?:og|eller|and|or)\b", re.IGNORECASE)
_MOST_WORDS = 3
_QUALIFIER = re.compile(r"\S\s*\([^()]+\)\s*$")


SUSPICIOUS = "\x00-\x08\x0b-\x1f\x7f\u00a0\u00ad\u2007\u2028\u2029\u202f\u200b\u2060\ufeff\ufffe\uffffÃÂâ<&|_{"
"""Characters, as in a class of a regular expression; a text without them has nothing that the steps below look for."""
_SUSPICIOUS = re.compile(f"[{SUSPICIOUS}]")


class Mended(NamedTuple):
    """A text in order, what was done to it (codes of repairs), and the targets of links that stood in it."""

    text: str
    codes: tuple[str, ...]
    targets: tuple[str, ...] = ()


def mend_text(text: str) -> Mended:
    """The text as plain text. Words of links are kept; an address that is not their words follows in parentheses."""
    if not _SUSPICIOUS.search(text):
        return Mended(text, ())
    codes: list[str] = []
    targets: list[str] = []
    for code, step in _STEPS:
        mended = step(text, targets)
        if mended != text:
            codes.append(code)
            text = mended
    return Mended(text, tuple(codes), tuple(targets))


def unpacked(term: str) -> list[str]:
    """The terms that stand in one text with commas between them; the text itself where it may be one term."""
    parts = [part.strip() for part in re.split(r"[,;]\s+", term.strip().rstrip(",;"))]
    several = len(parts) > 1 and all(_PART.fullmatch(part) for part in parts)
    short = all(len(part.split()) <= _MOST_WORDS and not part.endswith("-") for part in parts)
    listed = _JOINED.search(term) is not None
    return parts if several and short and not listed else [term]


def has_qualifier(term: str) -> bool:
    """Whether a term ends in a qualifier: "avskrivning (regnskap)"."""
    return _QUALIFIER.search(term) is not None


def _right_letters(text: str, _: list[str]) -> str:
    """UTF-8 that was read as windows-1252 once: "sÃ¸knad" is "søknad"."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _without_controls(text: str, _: list[str]) -> str:
    return CONTROL.sub("", text)


def _line_ends(text: str, _: list[str]) -> str:
    return _LINE_ENDS.sub("\n", text)


def _blanks(text: str, _: list[str]) -> str:
    return _INVISIBLE.sub("", _ODD_BLANKS.sub(" ", text))


def _without_html(text: str, targets: list[str]) -> str:
    tags = [tag for tag in _TAG.finditer(text) if tag["name"].lower() in _HTML]
    if not tags and not _ENTITY.search(text):
        return text

    def anchor(found: re.Match[str]) -> str:
        return _linked(found["words"], found["double"] or found["single"] or "", targets)

    def tag(found: re.Match[str]) -> str:
        name = found["name"].lower()
        if name not in _HTML:
            return found.group()
        return "\n" if name in _LINES and not (found["end"] and name == "li") else ""

    plain = unescape(_TAG.sub(tag, _ANCHOR.sub(anchor, text)))
    return re.sub(r"[ \t]*\n(?:[ \t]*\n)+", "\n", plain).strip() if tags else plain


def _without_wiki(text: str, targets: list[str]) -> str:
    def link(found: re.Match[str]) -> str:
        return _linked(found["words"], found["target"], targets)

    text = _WIKI_COLOUR.sub("", text)
    text = _WIKI_LINK.sub(link, text) if "[" in text else text
    return _HALF_LINK.sub(link, text)


def _without_emphasis(text: str, _: list[str]) -> str:
    return _EMPHASIS.sub(r"\g<words>", text)


def _linked(words: str, target: str, targets: list[str]) -> str:
    """What stands for a link in the text; a key such as BEGREP-12 says nothing to people and is left out of it."""
    words, target = words.strip(), target.strip()
    targets.append(target)
    if not target.startswith(("http://", "https://")) or _names_a_concept(target) or target in words:
        return words
    return f"{words} ({target})" if words else target


def _names_a_concept(target: str) -> bool:
    return re.search(r"/(?:browse|begrep)/[^/]+$", target) is not None


_STEPS = (
    ("wrong-letters", _right_letters),
    ("control-character", _without_controls),
    ("line-ends", _line_ends),
    ("odd-blanks", _blanks),
    ("html-markup", _without_html),
    ("wiki-markup", _without_wiki),
    ("wiki-emphasis", _without_emphasis),
)
"""What is mended, in this order."""
