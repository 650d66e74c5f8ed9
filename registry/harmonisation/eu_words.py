"""The EU's standard words: terms that many of its acts define, each for its own field (produsent, importør).

Regulations that make these acts law take the words over as they are. What differs between two of them is settled in the
acts of the EU, so that a drafter can do little about it. Definitions of such a word are compared within one source act,
and of those with different source acts one, the most authoritative, with all others.

The same holds for the formula that many acts use and fill in (their products, their school), as regulations that do
not say which act of the EU they make law do.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.words import family, lemmas

MANY = 5
"""Acts and regulations that make other acts of the EU law and define a word: it is one of the EU's standard words.

So many that use one formula: it is a standard wording.
"""
_PIECE = 7
"""Words in order that several texts have: they use one formula."""
_LONGEST = 60
"""Words of a text in which formulas are sought."""

Group = list[DefinitionRecord]


def across(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether two definitions stand in acts that make acts of the EU law, and never the same one."""
    return bool(a.transposes and b.transposes) and a.act != b.act and set(a.transposes).isdisjoint(b.transposes)


def is_standard_word(groups: Iterable[Group]) -> bool:
    """Whether a word, given by its definitions grouped by text, is one of the EU's standard words."""
    return len({record.transposes for group in groups for record in group if record.transposes}) >= MANY


def by_source_act(groups: Sequence[Group], pairs: Iterable[tuple[Group, Group]]) -> Iterator[tuple[Group, Group]]:
    """The pairs, but of those across source acts, and of those that use one formula, only the ones with the first."""
    many = len({group[0].act for group in groups if group[0].act}) >= MANY
    if not many:
        yield from pairs
        return
    standard = is_standard_word(groups)
    formula = _using_a_formula(groups)
    firsts = {id(next((group for group in groups if group[0].transposes), None)), *formula[:1]}
    using = frozenset(formula)
    for one, other in pairs:
        alike = {id(one), id(other)} <= using and one[0].act != other[0].act
        if not (alike or (standard and across(one[0], other[0]))) or not firsts.isdisjoint((id(one), id(other))):
            yield one, other


def _using_a_formula(groups: Iterable[Group]) -> list[int]:
    """The identities of the groups of law whose texts share a piece of their wording with many others, in order."""
    pieces = {id(group): _pieces(group[0]) for group in groups if group[0].act}
    used = Counter(piece for found in pieces.values() for piece in found)
    return [place for place, found in pieces.items() if any(used[piece] >= MANY for piece in found)]


def _pieces(record: DefinitionRecord) -> frozenset[tuple[str, ...]]:
    """Every run of so many words, as lemmas."""
    words = lemmas(record.text, family(record.language))[:_LONGEST]
    return frozenset(zip(*(islice(words, start, None) for start in range(_PIECE)), strict=False))
