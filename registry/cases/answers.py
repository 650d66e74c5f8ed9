"""Step two, choose: the questions of the standard, and the answers that data can propose.

A proposal has a degree and says what it rests on; people answer. Where data says nothing there is none.

Reads: concepts, comparisons. Writes: nothing.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from registry.cases.lining_up import LinedUp, pairs
from registry.catalogue.texts import Language
from registry.harmonisation.comparison import compare
from registry.harmonisation.terms import term_key
from registry.harmonisation.words import content_lemmas

_SAME, _SOME = 0.6, 0.25
"""How likely it is that two definitions say the same, from which characteristics overlap greatly, or to some degree."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the standard; `kind` is terminological or administrative."""

    code: str
    kind: str
    texts: dict[Language, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer that data gives: great, some or little; `because` is a code of the interface's words, with `what`."""

    degree: str
    because: str
    what: str = ""


@cache
def questions() -> tuple[Question, ...]:
    """In the order of the standard."""
    held = tomllib.loads(files(__package__).joinpath("questions.toml").read_text(encoding="utf-8"))
    languages: tuple[Language, ...] = ("nb", "nn", "en")
    return tuple(
        Question(each["code"], each["kind"], {language: each[language] for language in languages})
        for each in held["question"]
    )


def proposals(lined_up: Sequence[LinedUp]) -> dict[str, Proposal]:
    """The answers that data proposes, by the question's code; nothing for fewer than two concepts."""
    if len(lined_up) < 2:  # noqa: PLR2004 - there is nothing to hold against each other
        return {}
    makers: dict[str, Callable[[Sequence[LinedUp]], Proposal | None]] = {
        "subject-field": _subject_field,
        "characteristics": _characteristics,
        "terms": _terms,
        "diagrams": _diagrams,
        "free": _free,
    }
    made = {code: make(lined_up) for code, make in makers.items()}
    return {code: each for code, each in made.items() if each is not None}


def _subject_field(lined_up: Sequence[LinedUp]) -> Proposal | None:
    named = [[subject.name("nb") for subject in each.concept.subjects] for each in lined_up]
    fields = [_by_key(names, _words) for names in named]
    if not all(fields):
        return None
    shared = set.intersection(*map(set, fields))
    if shared:
        degree = "great" if all(set(each) == shared for each in fields) else "some"
        return Proposal(degree, "shared-subject", _as_written(fields, shared))
    apart = " / ".join(", ".join(dict.fromkeys(names)) for names in named)
    return Proposal("little", "no-shared-subject", apart)


def _by_key(names: Iterable[str], keys_of: Callable[[str], Iterable[str]]) -> dict[str, str]:
    """What words are compared by, each with the words as they are written."""
    return {key: name for name in names for key in keys_of(name)}


def _as_written(held: Iterable[Mapping[str, str]], shared: Iterable[str]) -> str:
    """The words that have something in common, as people wrote them; each once, whatever its capitals."""
    found = {each[key].casefold(): each[key] for each in held for key in shared}
    return ", ".join(sorted(found.values(), key=str.casefold))


def _words(name: str) -> set[str]:
    return set(content_lemmas(name, "no"))


def _characteristics(lined_up: Sequence[LinedUp]) -> Proposal | None:
    scores = [
        compare(first.records[0], second.records[0]).same_score
        for first, second in pairs(lined_up)
        if first.records and second.records
    ]
    if not scores:
        return None
    least = min(scores)
    degree = "great" if least >= _SAME else "some" if least >= _SOME else "little"
    return Proposal(degree, "same-score", f"{100 * least:.0f}–{100 * max(scores):.0f} %")


def _terms(lined_up: Sequence[LinedUp]) -> Proposal | None:
    recommended = [_by_key((text.value for text in each.concept.terms), _key) for each in lined_up]
    if not all(recommended):
        return None
    if shared := set.intersection(*map(set, recommended)):
        return Proposal("great", "same-term", _as_written(recommended, shared))
    others = (
        _by_key((text.value for text in (*each.concept.admitted, *each.concept.discouraged)), _key) for each in lined_up
    )
    every = [other | own for own, other in zip(recommended, others, strict=True)]
    if shared := set.intersection(*map(set, every)):
        return Proposal("some", "same-admitted", _as_written(every, shared))
    return Proposal("little", "no-same-term", " / ".join(", ".join(each.values()) for each in recommended))


def _diagrams(lined_up: Sequence[LinedUp]) -> Proposal | None:
    neighbours = [{relation.other.uri for relation in each.concept.relations} for each in lined_up]
    if not all(neighbours):
        return None
    shared = set.intersection(*neighbours)
    return Proposal("some" if shared else "little", "shared-relations" if shared else "no-shared-relations")


def _free(lined_up: Sequence[LinedUp]) -> Proposal | None:
    bound = [each for each in lined_up if each.concept.statutory]
    if bound:
        acts = [each.concept.act.name("nb") for each in bound if each.concept.act]
        return Proposal("little", "statutory", ", ".join(dict.fromkeys(acts)))
    sourced = [source.text for each in lined_up for record in each.records for source in record.sources if source.text]
    return Proposal("some", "has-source", ", ".join(dict.fromkeys(sourced))) if sourced else None


def _key(term: str) -> tuple[str]:
    return (term_key(term, "nb"),)
