"""CircularDefinition: a definition uses its own term (inner circle), or two concepts are defined by each other (outer).

No circle: "X er ..." before the definition proper, "regnes som X" (an extension), "X som definert i ..." (a
reference), and a longer term that has its head for its genus ("fritidsbåt: båt ...").
"""

import re
from functools import lru_cache

from registry.harmonisation.definiens import beginning, first_sentence, term_lemmas
from registry.harmonisation.evidence.base import Example
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity, Span
from registry.harmonisation.relations import by_reference
from registry.harmonisation.terms import term_key
from registry.harmonisation.words import Token, content_lemmas, family, stop_words, tokens

_ARTICLES = frozenset({"en", "et", "den", "det", "de", "a", "an", "the"})
_EXTENDS = re.compile(
    r"\b(?:regnes|regna|reknast|reknes|anses|ansett|betegnes|betegnet|kalles|kalla|kalt|omtales|forstås|klassifiseres|skilles?|motsetning|forskjell|tilsvarer|unntatt|enn)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(
    r"^\W*(?:som\s+(?:er\s+)?(?:definert|nevnt|nemnd|angitt|omhandlet|følger)|etter|i\s+henhold\s+til|jf|i\s+medhold|as\s+defined|within\s+the\s+meaning)",
    re.IGNORECASE,
)
_PART, _JOINTS = 3, ("", "s", "e")
_LOOKBACK, _STEM = 40, 5


class CircularDefinition:
    """Inner and outer circles."""

    code = "CircularDefinition"
    norm = "ISO 704:2022, 6.5.2 (circular definitions); Termlosen (Digdir): innerCircle, outerCircle"
    severity: Severity = "minor"
    telling = 20
    labels = {"nb": "Sirkeldefinisjon", "nn": "Sirkeldefinisjon", "en": "Circular definition"}  # noqa: RUF012 - a constant
    examples = (
        Example("feriehus", "hus som brukes i ferie", "bygning som er tatt i bruk til fritidsformål", trips=True),
        Example("godkjenner", "person som er godkjenner i et firma", "person som godtar varer", trips=True),
        Example("utleier", "den som er utleier av en bolig", "en utleier er den som leier ut bolig", trips=True),
        Example("utleier", "den som tilbyr noe for utleie", "den som leier ut; utleier kan være privat", trips=False),
        Example(
            "leietaker",
            "leietaker er den som leier bolig",
            "den som leier. Fremleiere regnes ikke som leietaker",
            trips=False,
        ),
        Example("kystbåt", "båt som går langs land", "båt til bruk i skjærgården", trips=False),
        Example("gårdsvei", "gårdsvei som definert i veglova § 9", "vei til et gårdsbruk", trips=False),
    )

    def find(self, a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
        """The inner circles of both if they share a term, else the outer circle between them."""
        if a == b:
            span = inner(a)
            return [] if span is None else [_inner_evidence(a, span, span)]
        if term_key(a.term, a.language) != term_key(b.term, b.language):
            return _outer_evidence(a, b)
        first, second = inner(a), inner(b)
        if first is None and second is None:
            return []
        return [_inner_evidence(a if first else b, first, second)]


def _is_mention(text: str, first: Token, last: Token) -> bool:
    """Whether the term is used, not extended, contrasted or referred to."""
    before, after = text[max(0, first.start - _LOOKBACK) : first.start], text[last.end : last.end + _LOOKBACK]
    clause = re.split(r"[,;:.]", before)[-1]
    is_verb = first.text.lower().endswith("er") and re.search(r"\b(?:som|der)\s+$", before)
    return not is_verb and not _EXTENDS.search(clause) and not _REFERS.match(after)


def _occurrence(text: str, words: list[Token], wanted: list[str]) -> Span | None:
    """Where the words of a term stand in their order and are used."""
    for index in range(len(words) - len(wanted) + 1):
        found = words[index : index + len(wanted)]
        if wanted and [token.lemma for token in found] == wanted and _is_mention(text, found[0], found[-1]):
            return found[0].start, found[-1].end
    return None


def inner(record: DefinitionRecord) -> Span | None:
    """Where a definition uses its own term; None if it does not."""
    space = family(record.language)
    if by_reference(record.text, record.language):
        return None
    start = beginning(record.text, record.term, space)
    words = first_sentence(record.text, start, space)
    wanted = [word for word in term_lemmas(record.term, space) if word not in _ARTICLES]
    plain = [token for token in words if token.lemma not in _ARTICLES]
    if found := _occurrence(record.text, plain, wanted):
        return found
    return _paraphrase(record.term, plain, space) if len(wanted) == 1 else None


def _paraphrase(term: str, words: list[Token], language: str) -> Span | None:
    """A compound that is only taken apart: "heltidsstudent: student som studerer på heltid"."""
    stop = stop_words(language)
    content = [token for token in words if token.lemma not in stop and token.text.lower() not in stop]
    whole = term_lemmas(term, language)[0]
    heads = [token for token in content if whole.endswith(token.lemma) and len(token.lemma) >= _PART]
    for head in heads:
        stem = whole[: -len(head.lemma)]
        for other in content:
            if other is head or len(other.lemma) < _PART or not any(stem == other.lemma + joint for joint in _JOINTS):
                continue
            rest = [token for token in content if token not in (head, other) and not _kin(token, head, other)]
            if not rest:
                span = [head.start, head.end, other.start, other.end]
                return min(span), max(span)
    return None


def _kin(token: Token, *others: Token) -> bool:
    """Whether a word is of the same stem as one of the others ("studere" and "student"), or says only "brukes"."""
    return token.lemma.startswith("bruke") or any(token.lemma[:_STEM] == other.lemma[:_STEM] for other in others)


@lru_cache(maxsize=50_000)
def mentions(text: str, language: str, longest: int) -> frozenset[str]:
    """Term keys of everything in a definition that could be a term of up to `longest` words."""
    words = [token.lemma for token in tokens(text, family(language))]
    stop = stop_words(family(language))
    space = family(language)
    prefix = "" if space == "no" else f"{space}:"
    return frozenset(
        prefix + " ".join(sorted(words[index : index + size]))
        for size in range(1, longest + 1)
        for index in range(len(words) - size + 1)
        if words[index] not in stop and words[index + size - 1] not in stop
    )


def _use(record: DefinitionRecord, other: DefinitionRecord) -> Span | None:
    """Where the first definition uses the other's term."""
    space = family(record.language)
    wanted = [word for word in term_lemmas(other.term, space) if word not in _ARTICLES]
    words = [token for token in tokens(record.text, space) if token.lemma not in _ARTICLES]
    return _occurrence(record.text, words, wanted)


def _outer_evidence(a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
    first, second = _use(a, b), _use(b, a)
    if first is None or second is None or not content_lemmas(a.text, family(a.language)):
        return []
    explanation = {
        "nb": f"«{a.term}» er definert ved «{b.term}», og «{b.term}» ved «{a.term}».",
        "nn": f"«{a.term}» er definert ved «{b.term}», og «{b.term}» ved «{a.term}».",
        "en": f"“{a.term}” is defined by “{b.term}”, and “{b.term}” by “{a.term}”.",
    }
    return [Evidence(CircularDefinition.code, explanation, first, second, b.term, a.term)]


def _inner_evidence(record: DefinitionRecord, a_span: Span | None, b_span: Span | None) -> Evidence:
    explanation = {
        "nb": f"Definisjonen av «{record.term}» bruker termen selv.",
        "nn": f"Definisjonen av «{record.term}» bruker termen sjølv.",
        "en": f"The definition of “{record.term}” uses the term itself.",
    }
    return Evidence(CircularDefinition.code, explanation, a_span, b_span)
