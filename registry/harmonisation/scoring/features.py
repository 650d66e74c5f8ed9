"""What the scorer knows of a pair: some numbers from 0 to 1 or so, each the same from both sides."""

import math
from collections.abc import Set as AbstractSet

from registry.harmonisation.genus import same_genus
from registry.harmonisation.leftovers import common
from registry.harmonisation.quantities import quantities
from registry.harmonisation.records import DefinitionRecord, Relation
from registry.harmonisation.relations import CONFLICTING, SAME, unambiguous
from registry.harmonisation.similarity import normalised, raw_similarity
from registry.harmonisation.words import family

FEATURES = (
    "likeness",
    "contained",
    "nothing_shared",
    "leftover",
    "length",
    "same_genus",
    "other_genus",
    "conflicting",
    "agreeing",
    "basis",
    "exception",
    "quantifier",
    "one_sided",
    "enumeration",
    "characteristic",
    "generic",
    "same",
    "long_term",
)
"""The names, in the order of the numbers.

likeness        raw_similarity of the texts
contained       share of the shorter definition's content words that the longer has in some form, the term's own aside
nothing_shared  1 if that share is 0
leftover        of the side that has fewest, how many content words the other has in no form: n / (1 + n)
length          natural logarithm of the ratio of the lengths
same_genus      1 if both name one superordinate concept
agreeing        1 if both set limits and each limit of one is a limit of the other
other_genus, conflicting, basis, exception, quantifier, one_sided, enumeration, characteristic
                1 if there is such evidence
generic, same   1 if the rules suggest such a relation
long_term       1 if the term is a phrase or a long compound, which seldom have two meanings
"""


def features(
    a: DefinitionRecord, b: DefinitionRecord, relation: Relation, kinds: AbstractSet[str]
) -> tuple[float, ...]:
    """The numbers of a pair in one language family; `relation` is what the rules suggest, `kinds` the evidence."""
    space = family(a.language)
    first, second = normalised(a.text, space), normalised(b.text, space)
    short, long = sorted((max(len(first), 1), max(len(second), 1)))
    contained, fewest = common(a, b)
    return (
        raw_similarity(a.text, b.text, space),
        contained,
        float(contained == 0),
        fewest / (1 + fewest),
        math.log(long / short),
        float(bool(same_genus(a, b))),
        float("GenusDifference" in kinds),
        float(bool(CONFLICTING & kinds)),
        float(_agreeing(a, b)),
        float("LegalBasisDifference" in kinds),
        float("ExceptionDifference" in kinds),
        float("QuantifierDifference" in kinds),
        float("ThresholdOneSided" in kinds),
        float("EnumerationDifference" in kinds),
        float("CharacteristicDifference" in kinds),
        float(relation in {"narrower", "broader"}),
        float(relation in SAME - {"incorporatedByReference"}),
        float(unambiguous(a.term)),
    )


def _agreeing(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    mine, theirs = (quantities(side.text, family(side.language)) for side in (a, b))
    return (
        bool(mine and theirs)
        and all(any(one.same_limit(other) for other in theirs) for one in mine)
        and all(any(one.same_limit(other) for other in mine) for one in theirs)
    )
