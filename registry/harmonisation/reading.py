"""Definitions that cannot be read alone: those that point to another one, and those that only add to one.

"havn som definert i havneloven § 4" is read as what stands there, "Som havn regnes også kai" together with the
definition of its own act. What it is read with has the same term, so it is in the same block and is found there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from registry.harmonisation.bases import cited, stands_in
from registry.harmonisation.comparison import compare
from registry.harmonisation.extensions import extension
from registry.harmonisation.pointing import by_reference
from registry.harmonisation.records import SEVERITIES, Comparison, DefinitionRecord, Evidence, Span
from registry.harmonisation.words import family

_JOINT = ". "


@dataclass(frozen=True, slots=True)
class Reading:
    """A definition as it is read: its whole text, where its own words begin in it (None: nowhere), and with what.

    `through` says it for people: the reference, or who gives the definition that is added to.
    """

    record: DefinitionRecord
    own_from: int | None
    other: DefinitionRecord
    through: str

    def own(self, span: Span | None) -> Span | None:
        """A place in the text that is read as a place in the definition's own; None if it lies outside."""
        if span is None or self.own_from is None or span[0] < self.own_from:
            return None
        return span[0] - self.own_from, span[1] - self.own_from


def depends(record: DefinitionRecord) -> bool:
    """Whether a definition cannot be read alone."""
    if by_reference(record.text, record.language):
        return True
    return record.statutory and extension(record.text, family(record.language)) is not None


def reading(record: DefinitionRecord, block: Iterable[DefinitionRecord]) -> Reading | None:
    """How a definition is read where it cannot be read alone; None where it can, or nothing of the block fits."""
    if by_reference(record.text, record.language):
        return _resolved(record, block)
    return _joined(record, block) if depends(record) else None


def _resolved(record: DefinitionRecord, block: Iterable[DefinitionRecord]) -> Reading | None:
    """The definition that stands in a provision which the text names."""
    named = {each.provision: each.text for each in cited(record.text)}
    for other in block if named else ():
        found = next((named[each] for each in stands_in(other) if each in named), None)
        if found and other.concept != record.concept and not by_reference(other.text, other.language):
            return Reading(replace(record, text=other.text, language=other.language), None, other, found)
    return None


def _joined(record: DefinitionRecord, block: Iterable[DefinitionRecord]) -> Reading | None:
    """The definition of the same act that the text adds to."""
    for other in block:
        if other.act == record.act and extension(other.text, family(other.language)) is None:
            text = f"{other.text.rstrip(' .;')}{_JOINT}{record.text}"
            return Reading(replace(record, text=text), len(text) - len(record.text), other, other.said_by)
    return None


def compared_as_read(
    a: DefinitionRecord, b: DefinitionRecord, first: Reading | None, second: Reading | None
) -> Comparison | None:
    """The comparison of two definitions as they are read; None where one is what the other is read with.

    What the other definition says for itself is a finding of its own, so this one weighs a step less.
    """
    if (first and first.other.definition == b.definition) or (second and second.other.definition == a.definition):
        return None
    found = compare(first.record if first else a, second.record if second else b, circles=False)
    severity = SEVERITIES[min(SEVERITIES.index(found.severity) + 1, len(SEVERITIES) - 1)]
    return replace(found, severity=severity, evidence=tuple(_placed(each, first, second) for each in found.evidence))


def _placed(item: Evidence, first: Reading | None, second: Reading | None) -> Evidence:
    """Evidence with its places in the definitions' own texts."""
    return replace(
        item,
        a_span=first.own(item.a_span) if first else item.a_span,
        b_span=second.own(item.b_span) if second else item.b_span,
    )
