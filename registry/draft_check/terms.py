"""The terms that a draft uses and others have defined: its enabling act, common concepts, acts cited, or several.

Of several that differ one at least stands in an act of the same field, so that everyday words are not told of.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from registry.catalogue.terms import concepts_of
from registry.definition_rules.base import listed
from registry.draft_check.answer import Ground, UsedTerm
from registry.draft_check.defining import Others
from registry.draft_check.using import DraftWords, Used
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.terms import term_key
from registry.harmonisation.words import content_lemmas, family
from sparql.store import Reader

_COMPETING = 4
"""Different texts in law from which a word is told of that nothing but its definitions ties to the draft;"""
_USES = 3
"""and so often the draft must use it."""
_SHORTEST = 3
"""Letters of a term: shorter ones are symbols."""
_MOST = 15
"""Words of that kind that are told of, those with most definitions first."""
_SHOWN = 6
_OF_ANY_TITLE = frozenset(
    {"forskrift", "lov", "endring", "regel", "reglement", "bestemmelse", "norsk", "sist", "annen"}
)
_GROUNDS = get_args(Ground)


@dataclass(frozen=True, slots=True)
class Ties:
    """The acts that a draft is tied to, as IRIs, and the term keys that it defines itself.

    `cited` maps the acts that it cites to the numbers of the texts that cite them.
    """

    enabling: tuple[str, ...]
    cited: Mapping[str, Collection[int]]
    defined: Collection[str]
    common: str = ""
    """The graph of the common concepts."""

    title: Collection[str] = ()
    """The words of the draft's title, as lemmas."""

    def is_near(self, record: DefinitionRecord) -> bool:
        """Whether a definition stands in an act of the same field: under the same enabling act, or titled alike."""
        if not set(record.enabling).isdisjoint(self.enabling):
            return True
        titled = content_lemmas(record.catalogue_title, family(record.language))
        return any(word in self.title and word not in _OF_ANY_TITLE for word in titled)


def used_terms(reader: Reader, words: DraftWords, others: Others, ties: Ties) -> tuple[UsedTerm, ...]:
    """The terms by what ties them to the draft, then by how often the draft uses them."""
    found = [
        made
        for used in words.candidates()
        if len(used.key) >= _SHORTEST and used.key not in ties.defined and concepts_of(reader, [used.key])
        for made in _told(words, used, others.under([used.key], words.language, ties.enabling), ties)
    ]
    found = list(_without_parts(found))
    tied = sorted((each for each in found if each.ground != "competing"), key=_order)
    competing = sorted(
        (each for each in found if each.ground == "competing"), key=lambda each: (-each.texts, each.term)
    )
    return (*tied, *competing[:_MOST])


def _told(words: DraftWords, used: Used, definitions: list[DefinitionRecord], ties: Ties) -> Iterator[UsedTerm]:
    """The term, if there is a ground to tell of it."""
    law = [each for each in definitions if each.statutory]
    beside = [each for each in law if used.texts & set(ties.cited.get(each.act, ())) and _is_general(each)]
    common = _is_common(used, words.language)
    near = [each for each in law if ties.is_near(each)]
    competing = sorted(definitions, key=lambda each: not ties.is_near(each)) if near else []
    grounds: tuple[tuple[Ground, list[DefinitionRecord]], ...] = (
        ("enabling", [each for each in law if each.act in ties.enabling]),
        ("harmonised", [each for each in definitions if each.catalogue == ties.common]),
        ("cited", [] if common else beside),
        ("competing", [] if common or used.count < _USES or len(law) < _COMPETING else competing),
    )
    ground, chosen = next(((ground, chosen) for ground, chosen in grounds if chosen), ("competing", []))
    if chosen:
        term = min(used.forms, key=len)
        yield UsedTerm(term, ground, words.of_term(term), tuple(chosen[:_SHOWN]), len(definitions))


def _is_common(used: Used, language: str) -> bool:
    """Whether everybody uses the word without any definition in mind."""
    return used.key in _common(language)


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(term_key(word, language) for word in listed("common", language))


def _is_general(record: DefinitionRecord) -> bool:
    """Whether a definition holds for more than a chapter or section of its act."""
    return not any(word in record.scope.casefold() for word in ("kapit", "paragraf", "§", "ledd", "avsnitt"))


def _without_parts(found: Iterable[UsedTerm]) -> Iterator[UsedTerm]:
    """The terms without those that stand in the draft only as parts of longer ones that are told of."""
    kept = list(found)
    for each in kept:
        longer = sum(
            other.occurrences.count for other in kept if other is not each and f" {each.term} " in f" {other.term} "
        )
        if each.occurrences.count > longer or not longer:
            yield each


def _order(each: UsedTerm) -> tuple[int, int, str]:
    return (_GROUNDS.index(each.ground), -each.occurrences.count, each.term)
