"""Conformance to the Norwegian profiles: the register's own shapes, checked without a SHACL processor.

A whole catalogue takes a second where pyshacl takes minutes. `registry/quality/shacl.py` runs the same shapes by
pyshacl, and a test holds the two to the same answers.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import RDF
from ontologies.shapes import LEVELS, Constraint, Level, constraints
from registry.quality.facts import Facts
from registry.quality.lexical import is_well_formed
from sparql.store import Term


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a thing breaks."""

    thing: NamedNode
    constraint: Constraint


def faults(facts: Facts, things: Iterable[NamedNode]) -> list[Fault]:
    """Every rule that one of these things breaks. A thing whose classes no profile knows breaks none."""
    return [Fault(thing, rule) for thing in things for rule in _rules(facts, thing) if not _holds(facts, thing, rule)]


def level_of(found: Iterable[Fault]) -> Level | None:
    """The highest level that a thing with these faults reaches; None where it is not even acceptable."""
    missed = {fault.constraint.level for fault in found}
    reached: Level | None = None
    for level in LEVELS:
        if level in missed:
            break
        reached = level
    return reached


def _rules(facts: Facts, thing: NamedNode) -> Iterable[Constraint]:
    """The rules of all its classes that it could break, each once: those that ask for something, and of what it has."""
    classes = [kind for kind in facts.values(thing, RDF.type) if isinstance(kind, NamedNode) and kind in constraints()]
    held = facts.properties(thing)
    return dict.fromkeys(rule for kind in classes for rule in _breakable(kind, held))


def _breakable(kind: NamedNode, held: Collection[NamedNode]) -> Iterator[Constraint]:
    asking, telling = _sorted(kind)
    yield from asking
    for predicate in held:
        yield from telling.get(predicate, ())


@cache
def _sorted(kind: NamedNode) -> tuple[list[Constraint], dict[NamedNode, list[Constraint]]]:
    """The rules of a class that a thing breaks by saying nothing, and the others by property."""
    telling: dict[NamedNode, list[Constraint]] = {}
    asking: list[Constraint] = []
    for rule in constraints()[kind]:
        if rule.minimum or rule.language:
            asking.append(rule)
        else:
            for predicate in rule.properties:
                telling.setdefault(predicate, []).append(rule)
    return asking, telling


def _holds(facts: Facts, thing: NamedNode, rule: Constraint) -> bool:
    values = facts.values(thing, *rule.properties)
    if not values:
        return not rule.minimum and not rule.language
    if len(values) < rule.minimum or (rule.maximum is not None and len(set(values)) > rule.maximum):
        return False
    return _kinds_hold(values, rule) and _languages_hold(values, rule) and _classes_hold(facts, values, rule)


def _kinds_hold(values: Sequence[Term], rule: Constraint) -> bool:
    if rule.literal is not None and any(isinstance(value, Literal) != rule.literal for value in values):
        return False
    if not rule.datatypes:
        return True
    return all(
        isinstance(value, Literal) and value.datatype in rule.datatypes and is_well_formed(value) for value in values
    )


def _languages_hold(values: Sequence[Term], rule: Constraint) -> bool:
    if rule.language:
        return any(isinstance(value, Literal) and _matches(value, rule.language) for value in values)
    if not rule.unique_languages:
        return True
    tags = Counter(value.language.lower() for value in values if isinstance(value, Literal) and value.language)
    return all(number == 1 for number in tags.values())


def _matches(value: Literal, language: str) -> bool:
    """Whether a text is in a language, as SPARQL's langMatches has it."""
    tag = (value.language or "").lower()
    return tag == language or tag.startswith(f"{language}-")


def _classes_hold(facts: Facts, values: Sequence[Term], rule: Constraint) -> bool:
    if not rule.classes:
        return True
    return all(not (kinds := facts.values(value, RDF.type)) or not rule.classes.isdisjoint(kinds) for value in values)
