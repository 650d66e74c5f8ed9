"""InclusionExclusionContradiction: one definition takes out what the other expressly puts in or lists, or denies it.

What is taken out must be all of what is put in or more: "unntatt båter" contradicts "herunder seilbåter", but
"unntatt båter i opplag" does not contradict "herunder båter". What both take out is no contradiction. What is denied
stands in the same place in both: "som er bosatt" and "som ikke er bosatt".
"""

from collections.abc import Iterator

from registry.harmonisation.clauses import Item, items, members, taken_out, vague
from registry.harmonisation.evidence.base import Example, comparable, quote
from registry.harmonisation.negations import Denial, denied_by_first, opposed
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity, Span
from registry.harmonisation.words import content_lemmas, family

_TAIL = 5
_SENTENCES = {
    "nb": (
        "Den ene utelukker «{out}», den andre regner med «{into}».",
        "Den ene regner med «{into}», den andre utelukker «{out}».",
    ),
    "nn": (
        "Den eine utelukkar «{out}», den andre reknar med «{into}».",
        "Den eine reknar med «{into}», den andre utelukkar «{out}».",
    ),
    "en": ("One excludes “{out}”, the other includes “{into}”.", "One includes “{into}”, the other excludes “{out}”."),
}
_DENIALS = {
    "nb": "Den ene sier «{a}», den andre «{b}».",
    "nn": "Den eine seier «{a}», den andre «{b}».",
    "en": "One says “{a}”, the other “{b}”.",
}


class InclusionExclusionContradiction:
    """What one excludes the other includes."""

    code = "InclusionExclusionContradiction"
    norm = "ISO 704:2022, 6.2 (extension); de Marneffe, Rafferty and Manning 2008 (negation)"
    severity: Severity = "major"
    telling = 100
    labels = {"nb": "Motstrid", "nn": "Motstrid", "en": "Contradiction"}  # noqa: RUF012 - a constant
    examples = (
        Example("havnelager", "lager i en havn, unntatt kjølelager", "lager ved kai, herunder kjølelager", trips=True),
        Example(
            "husdyr", "dyr som holdes på gård, med unntak av bier og fisk", "hest, ku, sau, geit og bier", trips=True
        ),
        Example(
            "fangst",
            "alt som tas i garn. Tang og tare regnes ikke med",
            "det som tas i sjøen, inkludert tang",
            trips=True,
        ),
        Example(
            "reiseutgift",
            "utlegg på reise, med unntak av drosje",
            "utlegg på reise, også hotell, men ikke drosje",
            trips=False,
        ),
        Example(
            "husdyr", "dyr på gård, unntatt hester som brukes i skogen", "dyr på gård, herunder hester", trips=False
        ),
        Example("kjøretøy", "bil og buss, unntatt tog", "bil og buss, herunder ikke tog", trips=False),
        Example(
            "hagebruk", "dyrking av frukt, unnateke bær", "dyrking av hagevekstar, medrekna bær og urter", trips=True
        ),
        Example("fjellgard", "gard som er fråflytta", "gard som ikkje er fråflytta", trips=True),
        Example("lånebåt", "båt som lånes ut uten mannskap", "båt som lånes ut med mannskap", trips=True),
        Example("fribåt", "båt som er avhengig av vind", "båt som er uavhengig av vind", trips=True),
        Example(
            "kaivei",
            "vei langs kai som er åpen for offentlig ferdsel",
            "vei langs kai som er åpen for privat ferdsel",
            trips=True,
        ),
        Example("kaivei", "vei åpen for offentlig eller privat ferdsel", "vei åpen for privat ferdsel", trips=False),
        Example("havneplass", "plass ved kai uten strøm", "plass ved kai uten strøm eller vann", trips=False),
        Example("lokalbåt", "båt som ikke går over 20 knop", "båt som går høyst 20 knop", trips=False),
        Example(
            "cargo",
            "goods carried by ship, excluding mail",
            "goods and effects on board, including mail",
            trips=True,
            language="en",
        ),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """One piece of evidence per thing that is out here and in there."""
        if not comparable(a, b):
            return []
        found = [_evidence(out, into, first=True) for out, into in _contradictions(a, b)]
        found += [_evidence(out, into, first=False) for out, into in _contradictions(b, a)]
        return found or _denials(a, b)


def _denials(a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
    space = family(a.language)
    found = [_denial(each.denied, each.said, each) for each in denied_by_first(a.text, b.text, space)]
    found = found or [
        _denial(each.said, each.denied, each, mirrored=True) for each in denied_by_first(b.text, a.text, space)
    ]
    return found or _opposites(a, b, space)


def _opposites(a: DefinitionRecord, b: DefinitionRecord, space: str) -> list[Evidence]:
    """Opposite words in one place; the texts are laid side by side in one way, whichever comes first."""
    if b.text < a.text:
        return [_denial(each.said, each.denied, each, mirrored=True) for each in opposed(b.text, a.text, space)]
    return [_denial(each.denied, each.said, each) for each in opposed(a.text, b.text, space)]


def _denial(a_span: Span, b_span: Span, denial: Denial, *, mirrored: bool = False) -> Evidence:
    first, second = (denial.other, denial.text) if mirrored else (denial.text, denial.other)
    first, second = quote(first), quote(second)
    sentences = {language: form.format(a=first, b=second) for language, form in _DENIALS.items()}
    return Evidence(InclusionExclusionContradiction.code, sentences, a_span, b_span, first, second)


def _contradictions(a: DefinitionRecord, b: DefinitionRecord) -> Iterator[tuple[Item, Item]]:
    """What a takes out with what b puts in."""
    space = family(a.language)
    terms = [content_lemmas(side.term, space) for side in (a, b)]
    said = vague(space) | frozenset(word for term in terms for word in term)
    b_out = taken_out(b.text, space, b.term)
    b_in = [item for item in (*items(b.text, space, "inclusion"), *members(b.text, space)) if not _within(item, b_out)]
    seen: set[frozenset[str]] = set()
    a_in = items(a.text, space, "inclusion")
    for out in taken_out(a.text, space, a.term):
        if out.lemmas <= said or out.head in vague(space):  # nothing beside vague words and the term itself
            continue
        if any(_covers(out, other) or _covers(other, out) for other in b_out):
            continue
        if any(_covers(out, other) and not _within(other, (out,)) for other in a_in):
            continue
        into = next((item for item in b_in if _covers(out, item)), None)
        if into is not None and out.lemmas not in seen:
            seen.add(out.lemmas)
            yield out, into


def _within(item: Item, others: tuple[Item, ...]) -> bool:
    return any(other.start < item.end and item.start < other.end for other in others)


def _covers(out: Item, item: Item) -> bool:
    """Whether everything that the first names is at least as wide as the second: fewer restrictions, the same head."""
    return _same(out.head, item.head) and all(any(_same(word, other) for other in item.lemmas) for word in out.lemmas)


def _same(wide: str, narrow: str) -> bool:
    return wide == narrow or (len(wide) >= _TAIL and narrow.endswith(wide))


def _evidence(out: Item, into: Item, *, first: bool) -> Evidence:
    sentences = {
        language: forms[0 if first else 1].format(out=quote(out.text), into=quote(into.text))
        for language, forms in _SENTENCES.items()
    }
    code = InclusionExclusionContradiction.code
    if first:
        return Evidence(code, sentences, out.span, into.span, quote(out.text), quote(into.text))
    return Evidence(code, sentences, into.span, out.span, quote(into.text), quote(out.text))
