"""What a rule is, and what it says of a definition."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from registry.harmonisation.packs import alternatives
from registry.harmonisation.records import DefinitionRecord, Span
from registry.harmonisation.words import family

Kind: TypeAlias = Literal["substance", "form", "record"]
"""Of the meaning, of the dress (which a machine can mend), or of what the description of the concept lacks."""


@dataclass(frozen=True, slots=True)
class Breach:
    """Where a definition breaks a rule. `span` counts characters of its text, None where it is about no one place.

    `values` fill in the rule's explanation; `mended` is the whole text without the breach, "" where none is safe.
    """

    span: Span | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    mended: str = ""


@dataclass(frozen=True, slots=True)
class RuleText:
    """What `rules.toml` says of a rule: `points` is its weight in a score, `law` whether it holds for acts, too."""

    code: str
    norm: str
    kind: Kind
    points: int
    law: bool
    labels: Mapping[str, str]
    explanations: Mapping[str, str]
    examples: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with how it is found in one definition."""

    text: RuleText
    find: Callable[[DefinitionRecord], Iterable[Breach]]

    @property
    def code(self) -> str:
        """Stable and public."""
        return self.text.code

    def holds_for(self, record: DefinitionRecord) -> bool:
        """Whether the rule is about such definitions: the dress of acts is not that of term bases."""
        return self.text.law or not record.statutory


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """One rule that one definition breaks; `explanations` maps nb, nn and en to one sentence for people."""

    rule: RuleText
    record: DefinitionRecord
    span: Span | None
    explanations: Mapping[str, str]
    mended: str = ""

    @property
    def quoted(self) -> str:
        """The words that break it, "" where it is about no one place."""
        return self.record.text[slice(*self.span)] if self.span else ""

    def as_json(self, language: str) -> dict[str, Any]:
        """The members that docs/quality.md promises."""
        return {
            "rule": self.rule.code,
            "norm": self.rule.norm,
            "kind": self.rule.kind,
            "label": self.rule.labels[language],
            "explanation": self.explanations[language],
            "span": list(self.span) if self.span else None,
            "mended": self.mended or None,
        }


def finding_of(rule: RuleText, record: DefinitionRecord, breach: Breach) -> RuleFinding:
    """A breach with the rule's words."""
    values = {"term": record.term, **breach.values}
    explanations = {language: words.format_map(values) for language, words in rule.explanations.items()}
    return RuleFinding(rule, record, breach.span, explanations, breach.mended)


@cache
def rule_texts() -> dict[str, RuleText]:
    """Every rule of `rules.toml` by its code, in its order."""
    return {code: _rule_text(code, table) for code, table in _table("rules").items()}


def _rule_text(code: str, table: Mapping[str, Any]) -> RuleText:
    return RuleText(
        code=code,
        norm=table["norm"],
        kind=table["kind"],
        points=table["points"],
        law=table.get("law", False),
        labels=table["label"],
        explanations=table["explanation"],
        examples=tuple(table["examples"]),
    )


@cache
def _table(name: str) -> dict[str, Any]:
    text = files("registry.definition_rules").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def phrases(name: str, language: str) -> str:
    """A word list of a language family as alternatives of a regular expression, the longest first.

    A language without lists of its own has one that nothing matches.
    """
    return alternatives(listed(name, language))


def listed(name: str, language: str) -> frozenset[str]:
    """A word list of a language family."""
    found: list[str] = _table("words").get(family(language), {}).get(name, [])
    return frozenset(found)


def lowered(text: str) -> str:
    """The text with a small first letter."""
    return text[:1].lower() + text[1:]
