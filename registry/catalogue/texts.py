"""Texts in several languages, and which of them a reader of one language is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pyoxigraph import Literal as RdfLiteral

from sparql.store import Term

Language: TypeAlias = Literal["nb", "nn", "en"]

LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
FALLBACK: dict[Language, tuple[Language, ...]] = {
    "nb": ("nb", "nn", "en"),
    "nn": ("nn", "nb", "en"),
    "en": ("en", "nb", "nn"),
}
"""The order in which languages are tried; what has no language, or another one, comes last."""
UNDETERMINED = "und"
"""What JSON calls the language of a text without one (ISO 639-2)."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words and their language tag in lower case; "" where the source does not say."""

    value: str
    language: str = ""

    @property
    def primary(self) -> str:
        """The language without region or script; ``no`` counts as bokmål."""
        primary = self.language.partition("-")[0]
        return "nb" if primary == "no" else primary


Texts: TypeAlias = tuple[Text, ...]


def text_of(term: Term) -> Text:
    """The text of a literal; an IRI is its own text."""
    if isinstance(term, RdfLiteral):
        return Text(term.value, (term.language or "").lower())
    return Text(getattr(term, "value", str(term)))


def texts_of(terms: Iterable[Term]) -> Texts:
    """The texts of literals, each once, in a stable order."""
    unique = {text_of(term) for term in terms}
    return tuple(sorted(unique, key=lambda text: (text.language, text.value)))


def rank(text: Text, language: Language) -> int:
    """How early the text comes for a reader of the language: 0 is first."""
    order = FALLBACK[language]
    return order.index(text.primary) if text.primary in order else len(order) + bool(text.primary)


def ordered(texts: Texts, language: Language) -> Texts:
    """All texts, the reader's language first."""
    return tuple(sorted(texts, key=lambda text: rank(text, language)))


def pick(texts: Texts, language: Language) -> Text | None:
    """The one text to show; None where there is none."""
    return min(texts, key=lambda text: rank(text, language), default=None)


def shown(texts: Texts, language: Language) -> str:
    """The words to show, "" where there are none."""
    best = pick(texts, language)
    return best.value if best else ""


def same_language(texts: Texts, language: Language) -> Texts:
    """All texts in the best language that there is: the reader's own where possible."""
    best = pick(texts, language)
    return tuple(text for text in texts if best is not None and text.language == best.language)


def texts_as_json(texts: Texts) -> dict[str, str]:
    """One text a language, for what has one: ``{"nb": "..."}``."""
    return {text.language or UNDETERMINED: text.value for text in reversed(texts)}


def lists_as_json(texts: Texts) -> dict[str, list[str]]:
    """All texts a language, for what may have several: ``{"nb": ["...", "..."]}``."""
    document: dict[str, list[str]] = {}
    for text in texts:
        document.setdefault(text.language or UNDETERMINED, []).append(text.value)
    return document


@dataclass(frozen=True, slots=True)
class Reference:
    """Another thing: its IRI and what it is called ("" and no labels where unknown)."""

    uri: str
    label: Texts = ()

    def name(self, language: Language) -> str:
        """What to call it: its label, else the last part of its IRI."""
        return shown(self.label, language) or self.uri.rstrip("/#").replace("#", "/").rpartition("/")[2] or self.uri

    def as_json(self) -> dict[str, Any]:
        """IRI and labels."""
        return {"uri": self.uri, "label": texts_as_json(self.label)}
