"""Definitions in, the rules that they break out: one by one, and those that two definitions break together."""

from collections.abc import Iterable, Iterator

from registry.definition_rules import description, dress, meaning
from registry.definition_rules.base import Breach, Rule, RuleFinding, RuleText, finding_of, rule_texts
from registry.harmonisation import circles
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.words import family

OUTER = "outerCircle"
_FINDERS = {
    "innerCircle": meaning.inner_circle,
    "genusMissing": meaning.genus_missing,
    "negative": meaning.negative,
    "openExtension": meaning.open_extension,
    "exampleInside": meaning.example_inside,
    "severalSentences": meaning.several_sentences,
    "tooLong": meaning.too_long,
    "wordClass": meaning.word_class,
    "boilerplatePrefix": dress.boilerplate,
    "markup": dress.markup,
    "copula": dress.copula,
    "article": dress.article,
    "capital": dress.capital,
    "fullStop": dress.full_stop,
    "plural": description.plural,
    "sourceMissing": description.source_missing,
    "relationshipMissing": description.relationship_missing,
}
RULES: tuple[Rule, ...] = tuple(Rule(text, _FINDERS[code]) for code, text in rule_texts().items() if code in _FINDERS)
"""Every rule that is about one definition alone."""
_READ = frozenset({"no", "en"})
"""Language families that the rules have words for."""


def is_read(record: DefinitionRecord) -> bool:
    """Whether the rules have words for the definition's language."""
    return family(record.language) in _READ


def rules_of(record: DefinitionRecord, *, together: bool) -> list[RuleText]:
    """The rules that a definition is tested by; `together` where it is held against others of its catalogue, too."""
    alone = [rule.text for rule in RULES if rule.holds_for(record)]
    return [*alone, rule_texts()[OUTER]] if together else alone


def check(record: DefinitionRecord) -> Iterator[RuleFinding]:
    """The rules that a definition breaks by itself; none where the rules have no words for its language."""
    if not is_read(record):
        return
    for rule in RULES:
        if rule.holds_for(record):
            for breach in rule.find(record):
                yield finding_of(rule.text, record, breach)


def check_all(records: Iterable[DefinitionRecord]) -> Iterator[RuleFinding]:
    """The same of many, and the definitions of one catalogue that are made of each other."""
    held = list(records)
    for record in held:
        yield from check(record)
    for a, b, _ in circles.find(held):
        if a is not b and circles.is_outer(a, b):
            for record, other in ((a, b), (b, a)):
                yield finding_of(rule_texts()[OUTER], record, Breach(values={"other": other.term}))
