"""What the scorer knows of a pair: some numbers from 0 to 1 or so, each the same from both sides."""

import math
from collections.abc import Set as AbstractSet

from registry.harmonisation.genus import same_genus
from registry.harmonisation.leftovers import common
from registry.harmonisation.quantities import quantities
from registry.harmonisation.records import DefinitionRecord, Relation
from registry.harmonisation.relations import CONFLICTING, SAME, unambiguous
from registry.harmonisation.scoring.paraphrase import unmatched
from registry.harmonisation.similarity import normalised, raw_similarity
from registry.harmonisation.words import family

_MOST = 0.5
"""The share of words from which what differs in nothing but its superordinate concept is another kind of thing."""

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
    "unmatched",
    "reworded",
    "other_kind",
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
unmatched       of the side that has most, how many content words have no partner in the other, not even an akin word of
                language/paraphrases.toml or a part of a compound: n / (1 + n)
reworded        1 if there are none on either side, and no evidence
other_kind      1 if the superordinate concepts differ and half of the shorter text's words or more are shared
"""


def features(
    a: DefinitionRecord, b: DefinitionRecord, relation: Relation, kinds: AbstractSet[str]
) -> tuple[float, ...]:
    """The numbers of a pair in one language family; `relation` is what the rules suggest, `kinds` the evidence."""
    space = family(a.language)
    first, second = normalised(a.text, space), normalised(b.text, space)
    short, long = sorted((max(len(first), 1), max(len(second), 1)))
    contained, fewest = common(a, b)
    most = max(unmatched(a, b), unmatched(b, a))
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
        most / (1 + most),
        float(most == 0 and not kinds),
        float("GenusDifference" in kinds and contained >= _MOST),
    )


def _agreeing(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    mine, theirs = (quantities(side.text, family(side.language)) for side in (a, b))
    return (
        bool(mine and theirs)
        and all(any(one.same_limit(other) for other in theirs) for one in mine)
        and all(any(one.same_limit(other) for other in mine) for one in theirs)
    )
