"""HierarchyDivergence: a regulation defines a term of the act that it is given under, and differently.

Differently in substance: the regulation says something that the act does not (another genus, a limit, a word of its
own in its first sentence), or sets aside a limit or an exception of the act. A regulation that only says less of the
same is left alone, and so is one that uses another term of its own for a part of what the act says.
"""

from registry.harmonisation.bases import cited, stands_in
from registry.harmonisation.clauses import items
from registry.harmonisation.definiens import first_sentence, of_one_stem
from registry.harmonisation.evidence.base import Example, comparable
from registry.harmonisation.leftovers import leftover
from registry.harmonisation.pointing import by_reference
from registry.harmonisation.quantities import quantities
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.similarity import normalised
from registry.harmonisation.words import family

_ACT = {"act": "https://example.no/lov/1", "statutory": True}
_REGULATION = {"act": "https://example.no/forskrift/2", "enabling": ("https://example.no/lov/1",), "statutory": True}
_OTHER = {"act": "https://example.no/forskrift/3", "enabling": ("https://example.no/lov/4",), "statutory": True}


class HierarchyDivergence:
    """A regulation departs from its enabling act."""

    code = "HierarchyDivergence"
    norm = "Språkrådet's advice on definitions in acts and regulations (a regulation follows its enabling act)"
    severity: Severity = "major"
    telling = 80
    labels = {  # noqa: RUF012 - a constant
        "nb": "Avvik fra hjemmelsloven",
        "nn": "Avvik frå heimelslova",
        "en": "Departs from the enabling act",
    }
    examples = (
        Example(
            "kanalbåt",
            "båt som brukes på kanal",
            "fartøy til frakt av stein",
            trips=True,
            a_facts=_ACT,
            b_facts=_REGULATION,
        ),
        Example(
            "kanalbåt",
            "båt som brukes på kanal",
            "båt som brukes på kanal.",
            trips=False,
            a_facts=_ACT,
            b_facts=_REGULATION,
        ),
        Example(
            "kanalbåtavgift",
            "antall turer ganget med satsen",
            "kanalbåtenhet ganget med satsen. Den kan kreves hver måned",
            trips=False,
            a_facts=_ACT,
            b_facts=_REGULATION,
        ),
        Example(
            "kanalbåt",
            "båt som brukes til frakt på kanal",
            "båten på kanal",
            trips=False,
            a_facts=_ACT,
            b_facts=_REGULATION,
        ),
        Example(
            "kanalbåt",
            "båt som brukes på kanal",
            "fartøy til frakt av stein",
            trips=False,
            a_facts=_ACT,
            b_facts=_OTHER,
        ),
        Example(
            "kanalbåt",
            "båt på kanal",
            "fartøy som etter forurensningsloven § 27 skal regnes som kanalbåt",
            trips=False,
            a_facts={"act": "https://example.no/legislation/lov/1981/03/13/6", "statutory": True},
            b_facts={
                "act": "https://example.no/forskrift/2",
                "enabling": ("https://example.no/legislation/lov/1981/03/13/6",),
                "statutory": True,
            },
        ),
        Example(
            "kanalbåt",
            "båt på kanal",
            "kanalbåt som definert i kanallova § 2",
            trips=False,
            a_facts=_ACT,
            b_facts=_REGULATION,
        ),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """At most one piece of evidence, over both texts."""
        below, above = a.act in b.enabling, b.act in a.enabling
        if not (a.act and b.act and (below or above)) or not comparable(a, b):
            return []
        space = family(a.language)
        if normalised(a.text, space) == normalised(b.text, space):
            return []
        if by_reference(a.text, a.language) or by_reference(b.text, b.language):
            return []
        if not _in_substance(*((a, b) if below else (b, a))):
            return []
        sentences = {
            "nb": f"Forskriften definerer «{a.term}» annerledes enn loven den er gitt med hjemmel i.",
            "nn": f"Forskrifta definerer «{a.term}» annleis enn lova ho er gitt med heimel i.",
            "en": f"The regulation defines “{a.term}” otherwise than the act that it is given under.",
        }
        return [Evidence(self.code, sentences, (0, len(a.text)), (0, len(b.text)))]


def _in_substance(act: DefinitionRecord, regulation: DefinitionRecord) -> bool:
    """Whether the regulation adds a word or a limit of its own, or leaves out a limit or an exception of the act.

    A regulation that names a section of the act leaves it to the act what is meant.
    """
    if {each.provision.act for each in cited(regulation.text)} & {each.act for each in stands_in(act)}:
        return False
    space = family(act.language)
    own = {token.start for token in first_sentence(regulation.text, 0, space)}
    if any(token.start in own and not of_one_stem(token.lemma, act.term) for token in leftover(regulation, act)):
        return True
    limits, others = quantities(act.text, space), quantities(regulation.text, space)
    same = all(any(one.same_limit(other) for other in others) for one in limits) and len(limits) == len(others)
    return not same or bool(items(act.text, space, "exclusion")) != bool(items(regulation.text, space, "exclusion"))
