"""GenusDifference: the definitions begin with different superordinate concepts (an agreement against a person)."""

from functools import cache, lru_cache

from registry.harmonisation.definiens import of_one_stem, term_lemmas
from registry.harmonisation.evidence.base import Example, comparable
from registry.harmonisation.extensions import extension
from registry.harmonisation.genus import Genus, genus, related_words
from registry.harmonisation.pointing import by_reference
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity
from registry.harmonisation.words import content_lemmas, family, language_data

_SENTENCES = {
    "nb": "Overbegrepet er «{a}» i den ene og «{b}» i den andre.",
    "nn": "Overomgrepet er «{a}» i den eine og «{b}» i den andre.",
    "en": "The superordinate concept is “{a}” in one and “{b}” in the other.",
}
_TAIL, _LONG_TAIL = 4, 6


class GenusDifference:
    """Another nearest superordinate concept."""

    code = "GenusDifference"
    norm = "ISO 704:2022, 6.4.2 (intensional definitions); Termlosen (Digdir): genusMissing"
    severity: Severity = "minor"
    telling = 30
    labels = {  # noqa: RUF012 - a constant
        "nb": "Ulike overbegrep",
        "nn": "Ulike overomgrep",
        "en": "Different superordinate concepts",
    }
    examples = (
        Example("ferietillegg", "beløp som kommer i juni", "rettighet som følger av ansettelse", trips=True),
        Example("fiskebrygge", "brygge der det landes fisk", "en kaibrygge til bruk for fiskere", trips=False),
        Example("fiskebrygge", "innretning ved sjø", "anlegg ved sjø for båter", trips=False),
        Example("driver", "den som har ansvar for et lager", "fysisk eller juridisk person med lager", trips=False),
        Example("lagersum", "eiendeler på lager", "alle aktiva i bygget", trips=False),
        Example("kaisjef", "en rettighetshaver med kontor", "person som styrer på molo", trips=False),
        Example("kaisjef", "nettselskap med anlegg", "den som styrer på molo", trips=False),
        Example("småfe", "sau og geit", "lam, kje og kalv", trips=False),
        Example("deltaker", "person som er påmeldt", "kursdeltaker som har betalt", trips=False),
        Example("prisøkningsbeløp", "differansen mellom to priser", "prisøkningsverdi for hele året", trips=False),
        Example("avtalebok", "avtale inngått ved kjøp", "kontrakt mellom naboer", trips=False),
        Example("fiskebrygge", "når båter kan legge til", "brygge der det landes fisk", trips=False),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """At most one piece of evidence."""
        if not comparable(a, b) or by_reference(a.text, a.language) or by_reference(b.text, b.language):
            return []
        space = family(a.language)
        if extension(a.text, space) is not None or extension(b.text, space) is not None:
            return []
        first, second = genus(a.text, space), genus(b.text, space)
        if first is None or second is None or _alike(a, b, first, second):
            return []
        sentences = {language: text.format(a=first.shown, b=second.shown) for language, text in _SENTENCES.items()}
        spans = (first.start, first.end), (second.start, second.end)
        return [Evidence(self.code, sentences, *spans, first.shown, second.shown)]


def _alike(a: DefinitionRecord, b: DefinitionRecord, first: Genus, second: Genus) -> bool:
    """The same word, a compound of it, a near synonym, named by the other side, or of the term's own coinage."""
    space = family(a.language)
    term = term_lemmas(a.term, space) + term_lemmas(b.term, space)
    if any(_of_the_term(one.lemma, part) for one in (first, second) for part in term):
        return True
    if any(related_words(one, other) for one in _stems(first) for other in _stems(second)):
        return True
    if any(
        one in group and other in group
        for one in _kinds(first.lemma)
        for other in _kinds(second.lemma)
        for group in _groups()
    ):
        return True
    return first.lemma in content_lemmas(b.text, space) or second.lemma in content_lemmas(a.text, space)


def _of_the_term(lemma: str, part: str) -> bool:
    """Whether a genus is the term or ends in it ("ph.d.-kandidat"), or begins as it does: then it tells no kind."""
    return lemma == part or (len(part) >= _TAIL and lemma.endswith(part)) or of_one_stem(lemma, part)


def _groups() -> list[list[str]]:
    groups: list[list[str]] = language_data("genus")["near_synonyms"]
    return groups


@lru_cache(maxsize=10_000)
def _kinds(lemma: str) -> tuple[str, ...]:
    """A genus, the near synonym that it ends in, and "person" for those who do or have something."""
    agents: list[str] = language_data("genus")["agents"]
    tails = tuple(word for word in _words() if len(word) >= _LONG_TAIL and lemma.endswith(word))
    return (lemma, *tails, *(["person"] if lemma.endswith(tuple(agents)) else []))


@cache
def _words() -> frozenset[str]:
    return frozenset(word for group in _groups() for word in group)


def _stems(genus: Genus) -> tuple[str, ...]:
    """The lemma; of a word that may be a plural and an agent ("arbeider"), both; of "arbeid/prøve" the first."""
    first = genus.lemma.partition("/")[0]
    return genus.lemma, genus.lemma.removesuffix("er"), first
