"""ThresholdOneSided: one definition sets a limit, the other says nothing of the kind.

The definitions must have a core in common, so that the limit is one on what both speak of. A side that leaves the
limit to a provision ("de terskelverdier som er fastsatt i § 6"), or says it in a word ("mindreårig"), is not silent.
"""

from registry.harmonisation.evidence.base import Example, comparable
from registry.harmonisation.genus import same_genus
from registry.harmonisation.limits import common_core
from registry.harmonisation.packs import pattern
from registry.harmonisation.pointing import by_reference, cites, refers
from registry.harmonisation.quantities import WINDOW, Quantity, quantities
from registry.harmonisation.quantities.phrasing import words
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.words import family

_MOST = 3
_TRIVIAL, _FEW = 1, 2
"""Counts up to which a number is no limit ("en eller flere"), or says no more than "flere" does."""
_ALIKE = (frozenset({"duration", WINDOW, "working days"}), frozenset({"money", "euro", "dollar", "basic amount"}))
"""Families of one kind of limit: who has one of them is not silent on the others."""
_SENTENCES = {
    "nb": ("Bare den ene setter en grense: {limit}.", "Bare den andre setter en grense: {limit}."),
    "nn": ("Berre den eine set ei grense: {limit}.", "Berre den andre set ei grense: {limit}."),
    "en": ("Only the first sets a limit: {limit}.", "Only the second sets a limit: {limit}."),
}


class ThresholdOneSided:
    """A limit on one side only."""

    code = "ThresholdOneSided"
    norm = "ISO 704:2022, 6.4 (delimiting characteristics)"
    severity: Severity = "minor"
    telling = 40
    labels = {"nb": "Grense bare i den ene", "nn": "Grense berre i den eine", "en": "Limit in one only"}  # noqa: RUF012 - a constant
    examples = (
        Example("ungdomskort", "kort for person under 20 år som reiser", "kort for person som reiser", trips=True),
        Example("storkunde", "kunde med kjøp for over 2 G", "kunde med store kjøp", trips=True),
        Example("langtidsleie", "leige av hus i minst eitt år", "leie av hus med oppsigelse", trips=True),
        Example(
            "long let", "letting of a house for more than 12 months", "letting of a house", trips=True, language="en"
        ),
        Example("ungdomskort", "kort for person under 20 år", "kort for person under 25 år", trips=False),
        Example("barnekort", "kort for barn under 18 år", "kort for mindreårige barn", trips=False),
        Example("søknad", "brev med én eller flere vedlagte sider", "brev med vedlagte sider", trips=False),
        Example("støyende båt", "båt med støy over 75 dB", "båt med støy over grenseverdien i § 6", trips=False),
        Example("ungdomskort", "kort for person under 20 år", "avtale om lån av bøker", trips=False),
        Example(
            "kortleie", "leie som omtalt i § 3, i høyst 3 måneder", "leie som definert i husleielova § 9", trips=False
        ),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """The first few limits of each side to which the other has none of the family."""
        if not comparable(a, b) or by_reference(a.text, a.language) or by_reference(b.text, b.language):
            return []
        space = family(a.language)
        mine, theirs = quantities(a.text, space), quantities(b.text, space)
        if not (mine or theirs) or not (same_genus(a, b) or common_core(a, b)):
            return []
        found = [_evidence(limit, first=True) for limit in _lonely(a, mine, b, theirs)]
        return found + [_evidence(limit, first=False) for limit in _lonely(b, theirs, a, mine)]


def _lonely(
    a: DefinitionRecord, mine: tuple[Quantity, ...], b: DefinitionRecord, theirs: tuple[Quantity, ...]
) -> list[Quantity]:
    """Limits of a that b has nothing of; none where b may have its limits from elsewhere."""
    space = family(a.language)
    if pattern(space, "context", "limits_elsewhere").search(b.text) or cites(b.text) or refers(b.text):
        return []
    examples = pattern(space, "inclusion", "of_examples").search(a.text)
    end = examples.start() if examples else len(a.text)
    families = _families(b, theirs)
    return [one for one in mine if one.start < end and _bounds(one) and not _is_said(one, families, b, theirs)][:_MOST]


def _families(b: DefinitionRecord, theirs: tuple[Quantity, ...]) -> set[str]:
    """The families that a definition limits, in figures or in a word ("mindreårig")."""
    found = {quantity.family for quantity in theirs}
    for alike in _ALIKE:
        found |= alike if found & alike else frozenset()
    if pattern(family(b.language), "context", "ages_in_words").search(b.text):
        found.add("age")
    return found


def _is_said(one: Quantity, families: set[str], b: DefinitionRecord, theirs: tuple[Quantity, ...]) -> bool:
    """Whether the other definition has a limit of the family, or the same value of whatever it counts."""
    if one.family in families or any((one.amount, one.unit) == (other.amount, other.unit) for other in theirs):
        return True
    if not one.family.startswith("count "):
        return False
    several = pattern(family(b.language), "context", "undetermined").search(b.text) is not None
    counted = {quantity.interval for quantity in theirs if quantity.family.startswith("count ")}
    return one.interval in counted or (several and one.amount <= _FEW)


def _bounds(quantity: Quantity) -> bool:
    """Whether a limit bounds at all: a bare value does not, nor "one or more"."""
    trivial = quantity.family.startswith("count ") and quantity.amount <= _TRIVIAL
    return quantity.comparator != "=" and quantity.family != WINDOW and not trivial


def _evidence(limit: Quantity, *, first: bool) -> Evidence:
    sentences = {
        language: forms[0 if first else 1].format(limit=words(limit, language))
        for language, forms in _SENTENCES.items()
    }
    span, said = (limit.start, limit.end), words(limit, "nb")
    code = ThresholdOneSided.code
    return Evidence(code, sentences, span, None, said) if first else Evidence(code, sentences, None, span, "", said)
