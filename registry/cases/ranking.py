"""Step three, harmonise: which of the definitions is the best to have in common, and why.

Statutory before that of a standard, that before one that more things use; the parties decide.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.cases.lining_up import LinedUp
from registry.editing.drafts import LANGUAGES

_STANDARD = re.compile(r"\b(?:NS|EN|ISO|IEC|CEN)[-/ ][A-Z0-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A definition with what speaks for it: `reasons` are codes of the interface's words."""

    lined_up: LinedUp
    reasons: tuple[str, ...]
    uses: int


def ranked(lined_up: Iterable[LinedUp]) -> list[Ranked]:
    """The best first."""
    found = [Ranked(each, tuple(_reasons(each)), len(each.concept.uses)) for each in lined_up if each.records]
    return sorted(found, key=lambda each: (-_worth(each.reasons), -each.uses, each.lined_up.concept.uri))


def _worth(reasons: Sequence[str]) -> int:
    return 2 * ("statutory" in reasons) + ("standard" in reasons)


def _reasons(each: LinedUp) -> list[str]:
    sources = [f"{source.text} {source.uri}" for record in each.records for source in record.sources]
    found = ["statutory"] if each.concept.statutory else []
    found += ["standard"] if any(map(_STANDARD.search, sources)) else []
    found += ["used"] if each.concept.uses else []
    return found


def as_draft(each: LinedUp) -> dict[str, str]:
    """The fields of a draft that says what a concept says."""
    written: dict[str, str] = {}
    texts = {"term": each.concept.terms, "admitted": each.concept.admitted, "discouraged": each.concept.discouraged}
    for name, held in texts.items():
        for language in LANGUAGES:
            values = [text.value for text in held if text.primary == language]
            written[f"{name}:{language}"] = "\n".join(values[:1] if name == "term" else values)
    for record in each.records:
        if record.language in LANGUAGES:
            written.setdefault(f"definition:{record.language}", record.text)
    source = next((source for record in each.records for source in record.sources), None)
    act = each.concept.section or each.concept.act
    if act is not None:
        written |= {"source": act.name("nb"), "source-uri": act.uri, "relationship": "direct-from-source"}
    elif source is not None:
        written |= {"source": source.text, "source-uri": source.uri, "relationship": "derived-from-source"}
    return {name: value for name, value in written.items() if value}
