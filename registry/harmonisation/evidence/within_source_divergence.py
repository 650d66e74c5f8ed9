"""WithinSourceDivergence: one publisher, or one act, defines one term twice and says different things."""

from registry.harmonisation.evidence.base import Example, comparable
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.similarity import normalised
from registry.harmonisation.terms import split_qualifier, term_key
from registry.harmonisation.words import family

_HARBOUR = {"publisher": "https://example.no/havn"}


class WithinSourceDivergence:
    """Two definitions of one term from one source."""

    code = "WithinSourceDivergence"
    norm = "ISO 704:2022, 5.2 (one concept, one definition); Joint Practical Guide of the EU, guideline 6"
    severity: Severity = "minor"
    telling = 40
    labels = {  # noqa: RUF012 - a constant
        "nb": "Samme kilde, ulike definisjoner",
        "nn": "Same kjelde, ulike definisjonar",
        "en": "One source, two definitions",
    }
    examples = (
        Example(
            "kaiplass",
            "plass ved kai som leies ut for ett døgn om gangen",
            "areal på land ved en brygge",
            trips=True,
            a_facts=_HARBOUR,
            b_facts=_HARBOUR,
        ),
        Example("kaiplass", "plass ved kai", "Plass ved kai.", trips=False, a_facts=_HARBOUR, b_facts=_HARBOUR),
        Example(
            "kaiplass",
            "plass ved kai for fartøy",
            "ein plass ved kai for fartøy",
            trips=False,
            a_facts=_HARBOUR,
            b_facts=_HARBOUR,
        ),
        Example("kaiplass", "plass ved kai som leies ut", "areal på land ved en brygge", trips=False),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """One piece of evidence if both come from one source and differ in more than their wording's dress."""
        if a == b or not comparable(a, b) or not same_source(a, b) or _told_apart(a, b):
            return []
        space = family(a.language)
        if normalised(a.text, space) == normalised(b.text, space):
            return []
        name = a.publisher_name or b.publisher_name
        return [Evidence(self.code, _explanation(a.term, name), (0, len(a.text)), (0, len(b.text)))]


def same_source(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """One act; for what is not law, one publisher (one catalogue, where no publisher is known).

    A ministry's acts are sources of their own: what is defined for one act may lawfully differ in the next.
    """
    if a.statutory or b.statutory:
        return bool(a.act) and a.act == b.act
    if a.publisher and b.publisher:
        return a.publisher == b.publisher
    return bool(a.catalogue) and a.catalogue == b.catalogue


def _told_apart(a: DefinitionRecord, b: DefinitionRecord) -> bool:
    """Whether the source itself tells the two apart: by a qualifier, another term, or as forms of one definition."""
    if a.concept and a.concept == b.concept and (not a.catalogue or a.catalogue == b.catalogue):
        return True
    first, second = split_qualifier(a.term)[1], split_qualifier(b.term)[1]
    if term_key(a.term, a.language) != term_key(b.term, b.language):
        return True
    return first.casefold() != second.casefold()


def _explanation(term: str, name: str) -> dict[str, str]:
    by_nb = f" hos {name}" if name else " i samme kilde"
    by_nn = f" hos {name}" if name else " i same kjelde"
    by_en = f" by {name}" if name else " in one source"
    return {
        "nb": f"«{term}» har to ulike definisjoner{by_nb}.",
        "nn": f"«{term}» har to ulike definisjonar{by_nn}.",
        "en": f"“{term}” is defined in two ways{by_en}.",
    }
