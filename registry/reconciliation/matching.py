"""Candidates for a name: by the search index, and by the key that inflections and spellings of a word share."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any

from registry.catalogue.definitions import short_definition
from registry.catalogue.labels import labelled
from registry.catalogue.terms import concepts_of, keys_of
from registry.catalogue.texts import Language, shown
from registry.catalogue.things import Said
from registry.reconciliation.asking import Condition, Query
from registry.reconciliation.entities import BY_KIND, BY_PROPERTY, BY_TYPE, TYPES, USUAL, EntityType
from registry.search.folding import fold
from registry.search.index import SearchIndex
from registry.search.query import Question, search
from sparql.store import Reader

_REASONS = MappingProxyType(
    {"exact": 100, "other-label": 95, "inflected": 92, "prefix": 75, "compound": 60, "contains": 55, "definition": 30}
)
"""The score, of 100, of a candidate whose text says no more than the name; `inflected`: another form of the word."""
_SAME = _REASONS["inflected"]
"""From here on a candidate is called by the name, in one form or another."""
_WHOLE = frozenset({"exact", "inflected"})
_LOOKED_AT = 60
_OTHER_VALUE = 0.8
"""What is left of the score for each condition that a candidate does not meet."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant. `score`: 0 to 100; `certain`: nothing else is called so."""

    uri: str
    name: str
    type: EntityType
    score: float
    description: str = ""
    certain: bool = False

    def as_json(self, language: Language) -> dict[str, Any]:
        """As both versions of the API have it."""
        return {
            "id": self.uri,
            "name": self.name,
            "description": self.description,
            "type": [self.type.as_json(language)],
            "score": self.score,
            "match": self.certain,
        }


def matcher(reader: Reader, index: SearchIndex, language: Language) -> Callable[[Query], list[Candidate]]:
    """What answers queries in one generation, the best candidate first."""
    return lambda query: _matched(reader, index, language, query)


def _matched(reader: Reader, index: SearchIndex, language: Language, query: Query) -> list[Candidate]:
    found = _found(reader, index, language, query)
    rated = [
        (rate, uri, reason, kind)
        for uri, (score, reason, kind) in found.items()
        if (rate := _weighed(reader, uri, score, query.conditions)) is not None
    ]
    rated.sort(key=lambda each: (-each[0], each[1]))
    called = [uri for _, uri, reason, _ in rated if reason in _WHOLE]
    return [
        Candidate(
            uri=uri,
            name=labelled(reader, uri).name(language),
            type=BY_KIND[kind],
            score=round(rate, 1),
            description=shown(short_definition(reader, uri), language),
            certain=called == [uri] and rate >= _SAME,
        )
        for rate, uri, _, kind in rated[: query.limit]
    ]


def _found(reader: Reader, index: SearchIndex, language: Language, query: Query) -> dict[str, tuple[float, str, str]]:
    """Things by URI with score, reason and kind."""
    kinds = [BY_TYPE[each].kind for each in query.types] or [each.kind for each in USUAL]
    found: dict[str, tuple[float, str, str]] = {}
    for kind in kinds:
        page = search(index, Question(query.name, reader.generation, kind, language), limit=_LOOKED_AT)
        for hit in page.hits:
            found[hit.uri] = (_score(hit.reason, hit.text, query.name), hit.reason, kind)
    for uri in concepts_of(reader, keys_of(query.name)) if query.name else ():
        kind = _kind_of(reader, uri)
        if kind in kinds and found.get(uri, (0,))[0] < _SAME:
            found[uri] = (_SAME, "inflected", kind)
    return found


def _score(reason: str, text: str, name: str) -> float:
    """The share of the reason's score that the likeness of the two texts leaves."""
    if reason in _WHOLE:
        return _REASONS[reason]
    alike = SequenceMatcher(None, fold(text)[:200], fold(name)).ratio()
    return _REASONS[reason] * (1 if reason == "other-label" and alike == 1 else 0.5 + alike / 2)


def _weighed(reader: Reader, uri: str, score: float, conditions: tuple[Condition, ...]) -> float | None:
    """The score after the conditions; None where one that is required is not met."""
    for condition in conditions:
        if not _meets(reader, uri, condition):
            if condition.required:
                return None
            score *= _OTHER_VALUE
    return score


def _meets(reader: Reader, uri: str, condition: Condition) -> bool:
    """Whether one of the values is, or is in the name of, one that the thing has."""
    references = Said(reader, uri).references(*BY_PROPERTY[condition.name].predicates)
    has = {each.uri for each in references} | {fold(text.value) for each in references for text in each.label}
    wanted = {value for value in condition.values if value}
    return any(value in has or any(fold(value) in one for one in has) for value in wanted)


def _kind_of(reader: Reader, uri: str) -> str:
    types = Said(reader, uri).types
    return next((each.kind for each in TYPES if each.identifier in types), "")
