"""The relation and the four-way label that the machine suggests for two definitions of one term. People decide.

Rules, in order: the same text (identical, editorialVariant), the same in bokmål and nynorsk (languageVariant), one
that only points to another (incorporatedByReference), everything of one and more (narrower, broader), nothing in
common and another genus or field (homonym), one genus and nothing else in common (coordinate), else overlapping (ISO
860, concept variation).
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from functools import lru_cache

from registry.harmonisation.clauses import bare_list, taken_out
from registry.harmonisation.generic import by_characteristics, by_limits, by_members, by_what_is_added
from registry.harmonisation.genus import genus, person_named, related_words, same_genus
from registry.harmonisation.limits import nothing_else, same_limits
from registry.harmonisation.negations import denials
from registry.harmonisation.pointing import by_reference
from registry.harmonisation.records import DefinitionRecord, Evidence, Label, Relation
from registry.harmonisation.similarity import alike_score, normalised, without_boilerplate
from registry.harmonisation.terms import split_qualifier
from registry.harmonisation.wording import only_reworded, swapped
from registry.harmonisation.words import content_lemmas, family, lemma, spellings

SAME_FROM = 0.5
"""Likeness from which two texts without telling evidence are held to define the same."""
_HOMONYM_BELOW = 0.2
_COMPOUND_TAIL = 4
_LONG_TERM = 14
_NOTHING_BUT_FORM = 0.85
_AGENTS = frozenset({"person", "fysisk", "juridisk", "privatperson", "enkeltperson", "natural", "legal"})
CONFLICTING = frozenset({"ThresholdDifference", "InclusionExclusionContradiction"})
SAME: frozenset[Relation] = frozenset({"identical", "editorialVariant", "languageVariant", "incorporatedByReference"})
GENERIC: frozenset[Relation] = frozenset({"narrower", "broader"})
_MIRRORED: dict[Relation, Relation] = {"narrower": "broader", "broader": "narrower"}


def mirrored(relation: Relation) -> Relation:
    """The relation read from the other side."""
    return _MIRRORED.get(relation, relation)


@lru_cache(maxsize=8_000)
def editorial_form(text: str) -> str:
    """The text without what an editor changes: case, punctuation, blanks, boilerplate, articles, "den som"."""
    plain = person_named(unicodedata.normalize("NFKC", without_boilerplate(text))).casefold()
    words = [re.sub(r"[^\w]", "", word) for word in spellings(plain)]
    if words and words[0] in {"en", "et", "ei", "ein", "eit", "a", "an", "the"}:
        words = words[1:]
    return " ".join(filter(None, words))


def _editorial(a: DefinitionRecord, b: DefinitionRecord) -> Relation | None:
    if a.text == b.text:
        return "identical"
    if a.language == b.language and " ".join(a.text.split()) == " ".join(b.text.split()):
        return "identical"
    space = family(a.language)
    if space != family(b.language):
        return None
    if editorial_form(a.text) == editorial_form(b.text):
        return "editorialVariant"
    if normalised(a.text, space) == normalised(b.text, space):
        return "languageVariant" if a.language != b.language else "editorialVariant"
    return None


def lists_members(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether one of the two only lists what it means, and the other does not: two ways to define one thing."""
    return bool(bare_list(a.text, family(a.language))) != bool(bare_list(b.text, family(b.language)))


def other_field(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether both name their subject field, or qualify the term by one, and have none in common."""
    first, second = split_qualifier(a.term)[1].casefold(), split_qualifier(b.term)[1].casefold()
    if first and second:
        return first != second
    return bool(a.subjects and b.subjects) and not set(a.subjects) & set(b.subjects)


def suggest(a: DefinitionRecord, b: DefinitionRecord, score: float, evidence: tuple[Evidence, ...]) -> Relation:
    """The relation of a to b ("broader": a is broader)."""
    kinds = {item.kind for item in evidence}
    if same := _same(a, b, score, kinds):
        return same
    if by_reference(a.text, a.language) != by_reference(b.text, b.language):
        return "incorporatedByReference"
    if kinds & CONFLICTING:
        return _though_conflicting(a, b, score, evidence) or "overlapping"
    if more_or_less := by_what_is_added(a, b, evidence) or by_characteristics(a, b) or by_members(a, b):
        return more_or_less
    if _homonym(a, b, score, kinds):
        return "homonym"
    return "coordinate" if _coordinate(a, b, score) else "overlapping"


def _though_conflicting(
    a: DefinitionRecord, b: DefinitionRecord, score: float, evidence: tuple[Evidence, ...]
) -> Relation | None:
    """Narrower or broader, where nothing but limits differs, or nothing but what is taken out."""
    kinds = {item.kind for item in evidence} & CONFLICTING
    if kinds == CONFLICTING:
        return None
    return by_limits(a, b, score) if "ThresholdDifference" in kinds else by_what_is_added(a, b, evidence)


def _same(a: DefinitionRecord, b: DefinitionRecord, score: float, kinds: AbstractSet[str]) -> Relation | None:
    """The relation of two texts that say the same, None if they do not."""
    if not kinds & CONFLICTING and (editorial := _editorial(a, b)):
        return editorial
    if family(a.language) != family(b.language):
        return "languageVariant"
    space = family(a.language)
    if kinds or swapped(a.text, b.text, space) or _denies_more(a, b, space) or by_members(a, b):
        return None
    if score < _NOTHING_BUT_FORM and not (same_limits(a, b) and (nothing_else(a, b) or _in_other_words(a, b))):
        return None
    return "editorialVariant" if a.language == b.language else "languageVariant"


def _denies_more(a: DefinitionRecord, b: DefinitionRecord, space: str) -> bool:
    """Whether one of the two denies more than the other, or takes something out and the other nothing."""
    one_sided = bool(taken_out(a.text, space, a.term)) != bool(taken_out(b.text, space, b.term))
    return one_sided or denials(a.text, space) != denials(b.text, space)


def _in_other_words(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether the same is said in another order or with synonyms, of one superordinate concept or as bare lists."""
    return same_genus(a, b) is not False and only_reworded(a.text, b.text, family(a.language))


def _homonym(a: DefinitionRecord, b: DefinitionRecord, score: float, kinds: AbstractSet[str]) -> bool:
    """Nothing in common but the term, and another superordinate concept or another field.

    What one source defines twice under one term is held to be one concept, unless it names two fields; so is a term
    of several words, or a long compound: they seldom have two meanings.
    """
    field = other_field(a, b)
    if not field and unambiguous(a.term):
        return False
    if score >= _HOMONYM_BELOW or same_genus(a, b) or not ("GenusDifference" in kinds or field):
        return False
    return (field or "WithinSourceDivergence" not in kinds) and not _common(a, b, frozenset())


def unambiguous(term: str) -> bool:
    """Whether a term is a phrase or a long compound."""
    name = split_qualifier(term)[0]
    return " " in name or len(name) >= _LONG_TERM


def _coordinate(a: DefinitionRecord, b: DefinitionRecord, score: float) -> bool:
    """Two roles of persons with nothing else in common, in different sources: who is to have goods, who lands fish."""
    space = family(a.language)
    first, second = genus(a.text, space), genus(b.text, space)
    persons = first is not None and second is not None and {first.lemma, second.lemma} <= _AGENTS
    if not persons or score >= _HOMONYM_BELOW or _one_source(a, b):
        return False
    return not _common(a, b, _AGENTS)


def _one_source(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    return bool(a.act and a.act == b.act) or bool(a.publisher and a.publisher == b.publisher)


def _common(a: DefinitionRecord, b: DefinitionRecord, known: AbstractSet[str]) -> bool:
    """Whether two definitions share a content word, or the end of one, beside the term's own and the known ones."""
    space = family(a.language)
    term = {lemma(word, space) for word in content_lemmas(a.term, space)}
    first, second = (set(content_lemmas(side.text, space)) - term - known for side in (a, b))
    long = [(word, other) for word in first for other in second if min(len(word), len(other)) > _COMPOUND_TAIL]
    return bool(first & second) or any(related_words(word, other) for word, other in long)


def settled(relation: Relation, judged: Label) -> Relation:
    """The relation, where it is about meaning and not about form, in line with the label that was judged."""
    if judged == "homonym" and relation == "overlapping":
        return "homonym"
    return "overlapping" if relation == "homonym" and judged != "homonym" else relation


def certain_label(
    a: DefinitionRecord, b: DefinitionRecord, relation: Relation, kinds: AbstractSet[str]
) -> Label | None:
    """The label that follows from the relation and the evidence alone; None where it must be judged."""
    if kinds & CONFLICTING:
        return "conflict"
    if relation == "incorporatedByReference" or "ExtensionClause" in kinds:
        return "harmonisable"
    if relation == "homonym" and other_field(a, b):
        return "homonym"
    return "same" if relation in SAME else None


def likeness(a: DefinitionRecord, b: DefinitionRecord) -> float:
    """How alike the texts of two records are, 0 to 1; 0 across language families, where words cannot be compared."""
    space = family(a.language)
    return alike_score(a.text, b.text, space) if space == family(b.language) else 0.0
