"""The relation and the four-way label that the machine suggests for two definitions of one term. People decide.

Rules, in order: the same text (identical, editorialVariant), the same in bokmål and nynorsk (languageVariant), one
that only points to another (incorporatedByReference), everything of one and more (narrower, broader), little in
common and another genus or field (homonym), else overlapping (ISO 860, concept variation).
"""

import re
import unicodedata
from functools import cache, lru_cache

from registry.harmonisation.genus import genus
from registry.harmonisation.records import DefinitionRecord, Evidence, Label, Relation
from registry.harmonisation.similarity import contained, normalised, same_score, without_boilerplate
from registry.harmonisation.words import content_lemmas, family, language_data, lemma, tokens

SAME_FROM = 0.5
"""same_score from which two texts without telling evidence are held to define the same."""
_HOMONYM_BELOW = 0.2
_COMPOUND_TAIL = 4
_BESIDE = 3
_SHARE_OF_REFERENCE = 12
"""A definition by reference has at most so many content words beside the reference."""
CONFLICTING = frozenset({"ThresholdDifference", "InclusionExclusionContradiction"})
SAME: frozenset[Relation] = frozenset({"identical", "editorialVariant", "languageVariant", "incorporatedByReference"})
_MIRRORED: dict[Relation, Relation] = {"narrower": "broader", "broader": "narrower"}


def mirrored(relation: Relation) -> Relation:
    """The relation read from the other side."""
    return _MIRRORED.get(relation, relation)


@lru_cache(maxsize=50_000)
def editorial_form(text: str, language: str) -> str:
    """The text without what an editor changes: case, punctuation, blanks, boilerplate, articles."""
    plain = unicodedata.normalize("NFKC", without_boilerplate(text)).casefold()
    words = [re.sub(r"[^\w]", "", token.text) for token in tokens(plain, family(language))]
    if words and words[0] in {"en", "et", "ei", "ein", "eit", "a", "an", "the"}:
        words = words[1:]
    return " ".join(filter(None, words))


@cache
def _reference() -> re.Pattern[str]:
    data = language_data("relations")
    phrases = "|".join(re.escape(phrase) for phrase in sorted(data["reference"], key=len, reverse=True))
    targets = "|".join(re.escape(word) for word in sorted(data["targets"], key=len, reverse=True))
    return re.compile(rf"\b(?:{phrases})\s+(?:\S+\s+){{0,6}}?[^\s,.;]*(?:{targets})", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def by_reference(text: str, language: str) -> bool:
    """Whether a definition does nothing but point to another one."""
    match = _reference().search(text)
    if match is None:
        return False
    beside = text[: match.start()]
    return (
        len(content_lemmas(beside, family(language))) <= _BESIDE
        and len(tokens(text, family(language))) <= 2 * _SHARE_OF_REFERENCE
    )


def _editorial(a: DefinitionRecord, b: DefinitionRecord) -> Relation | None:
    if a.text == b.text:
        return "identical"
    if a.language == b.language and " ".join(a.text.split()) == " ".join(b.text.split()):
        return "identical"
    space = family(a.language)
    if space != family(b.language):
        return None
    if editorial_form(a.text, a.language) == editorial_form(b.text, b.language):
        return "editorialVariant"
    if normalised(a.text, space) == normalised(b.text, space):
        return "languageVariant" if a.language != b.language else "editorialVariant"
    return None


def _generic(a: DefinitionRecord, b: DefinitionRecord) -> Relation | None:
    """Narrower or broader: the same genus, and every characteristic of one is one of the other, which has more."""
    space = family(a.language)
    first, second = set(content_lemmas(a.text, space)), set(content_lemmas(b.text, space))
    if len(first) < 2 or len(second) < 2 or not same_genus(a, b):  # noqa: PLR2004 - a genus and a characteristic
        return None
    if first < second and not _widens(b.text, space):
        return "broader"
    if second < first and not _widens(a.text, space):
        return "narrower"
    return None


def _widens(text: str, language: str) -> bool:
    """Whether additions may widen a definition rather than narrow it: "eller", "også", "herunder"."""
    return any(
        token.text.lower() in {"eller", "også", "òg", "or", "samt", "and", "og"} for token in tokens(text, language)
    )


def same_genus(a: DefinitionRecord, b: DefinitionRecord) -> bool | None:
    """Whether both name one superordinate concept; None where one names none that can be read."""
    space = family(a.language)
    first, second = genus(a.text, space), genus(b.text, space)
    if first is None or second is None:
        return None
    return related_words(first.lemma, second.lemma)


def related_words(a: str, b: str) -> bool:
    """The same lemma, or a compound and its last part (fritidsbåt and båt)."""
    shorter, longer = sorted((a, b), key=len)
    return a == b or (len(shorter) >= _COMPOUND_TAIL and longer.endswith(shorter))


def _other_field(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether both name their subject field, and none in common."""
    return bool(a.subjects and b.subjects) and not set(a.subjects) & set(b.subjects)


def suggest(a: DefinitionRecord, b: DefinitionRecord, score: float, evidence: tuple[Evidence, ...]) -> Relation:
    """The relation of a to b ("broader": a is broader)."""
    kinds = {item.kind for item in evidence}
    if not kinds & CONFLICTING and (editorial := _editorial(a, b)):
        return editorial
    if family(a.language) != family(b.language):
        return "languageVariant"
    if by_reference(a.text, a.language) != by_reference(b.text, b.language):
        return "incorporatedByReference"
    if generic := _generic(a, b):
        return generic
    if not kinds & CONFLICTING and _homonym(a, b, score):
        return "homonym"
    return "overlapping"


def _homonym(a: DefinitionRecord, b: DefinitionRecord, score: float) -> bool:
    """Little in common, and another superordinate concept or another field."""
    space = family(a.language)
    term = {lemma(word, space) for word in content_lemmas(a.term, space)}
    first = tuple(word for word in content_lemmas(a.text, space) if word not in term)
    second = tuple(word for word in content_lemmas(b.text, space) if word not in term)
    if score >= _HOMONYM_BELOW or same_genus(a, b):
        return False
    if any(
        related_words(word, other)
        for word in set(first)
        for other in set(second)
        if min(len(word), len(other)) > _COMPOUND_TAIL
    ):
        return False
    return contained(first, second) == 0.0


def label(relation: Relation, score: float, evidence: tuple[Evidence, ...]) -> Label:
    """same, harmonisable, conflict or homonym."""
    kinds = {item.kind for item in evidence}
    if kinds & CONFLICTING:
        return "conflict"
    if relation == "homonym":
        return "homonym"
    if relation in SAME:
        return "same"
    if "ExceptionDifference" in kinds or "HierarchyDivergence" in kinds:
        return "conflict"
    if score >= _SAME_LABEL:
        return "same"
    return "harmonisable" if score >= _HARMONISABLE or relation in {"narrower", "broader"} else "conflict"


_SAME_LABEL, _HARMONISABLE = 0.8, 0.05


def score_of(a: DefinitionRecord, b: DefinitionRecord) -> float:
    """same_score of two records; 0 across language families, where words cannot be compared."""
    space = family(a.language)
    return same_score(a.text, b.text, space) if space == family(b.language) else 0.0
