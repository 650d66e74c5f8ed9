"""The EU's standard words: terms that many of its acts define, each for its own field (produsent, importør).

Regulations that make these acts law take the words over as they are. What differs between two of them is settled in the
acts of the EU, so that a drafter can do little about it. Definitions of such a word are compared within one source act,
and of those with different source acts one, the most authoritative, with all others.
"""

from collections.abc import Iterable, Iterator, Sequence

from registry.harmonisation.records import DefinitionRecord

MANY = 5
"""Acts and regulations that make other acts of the EU law and define a word: it is one of the EU's standard words."""

Group = list[DefinitionRecord]


def across(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether two definitions stand in acts that make acts of the EU law, and never the same one."""
    return bool(a.transposes and b.transposes) and a.act != b.act and set(a.transposes).isdisjoint(b.transposes)


def is_standard_word(groups: Iterable[Group]) -> bool:
    """Whether a word, given by its definitions grouped by text, is one of the EU's standard words."""
    return len({record.transposes for group in groups for record in group if record.transposes}) >= MANY


def by_source_act(groups: Sequence[Group], pairs: Iterable[tuple[Group, Group]]) -> Iterator[tuple[Group, Group]]:
    """The pairs, but of those across source acts only the ones with the first such group."""
    if not is_standard_word(groups):
        yield from pairs
        return
    first = next(group for group in groups if group[0].transposes)
    for one, other in pairs:
        if not across(one[0], other[0]) or one is first or other is first:
            yield one, other
