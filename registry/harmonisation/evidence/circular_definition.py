"""CircularDefinition: a definition uses its own term (inner circle), or two concepts are defined by each other (outer).

No circle: the term as the definition's own superordinate concept ("kurs: kurs som varer ...", "kandidat:
ph.d.-kandidat ..."), later sentences and what stands behind "herunder", the thing itself taken up again ("mottaker av
vederlaget"), the term as a unit ("60 studiepoeng"), "regnes som X" (an extension), "X som definert i ..." (a
reference).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from registry.harmonisation.clauses import inclusion_start
from registry.harmonisation.definiens import beginning, first_sentence, term_lemmas
from registry.harmonisation.evidence.base import Example
from registry.harmonisation.genus import opening
from registry.harmonisation.pointing import by_reference
from registry.harmonisation.quantities.context import in_title
from registry.harmonisation.records import DefinitionRecord, Evidence, Severity, Span
from registry.harmonisation.terms import split_qualifier, term_key
from registry.harmonisation.words import Token, content_lemmas, family, lemma_set, lemmas, stop_words, tokens

_ARTICLES = frozenset({"en", "et", "den", "det", "de", "a", "an", "the"})
_EXTENDS = re.compile(
    r"\b(?:regnes|regna|reknast|reknes|anse|anses|ansett|betegnes|betegnet|kalles|kalla|kalt|omtales|forstås|klassifiseres|skilles?|motsetning|forskjell|tilsvarer|unntatt|enn|defineres|definert|definerast)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\W*(?:for|i|ved|innen|innan)\s[^,.;:()]{1,60},\s+(?:\w+\s+(?:ledd|avsnitt|punktum),\s+)?", re.IGNORECASE
)
"""What says where a definition holds, before it begins: "i artikkel 58, annet avsnitt, ..."."""
_REFERS = re.compile(
    r"^\W*(?:som\s+(?:er\s+)?(?:definert|nevnt|nemnd|angitt|omhandlet|følger)|etter|i\s+henhold\s+til|jf|i\s+medhold|as\s+defined|within\s+the\s+meaning)",
    re.IGNORECASE,
)
_PART, _JOINTS = 3, ("", "s", "e")
_QUALIFIED = re.compile(r"\s*\((?!s\))[^()]{3,}\)")
"""A qualifier behind a word: another concept of the same name."""
_NAMED = re.compile(
    r"\d\s*$|\b(?:se|sjå|jf|jfr|see)\b\.?(?:\s+(?:også|òg|also))?\s[^.;()]*$"
    r"|\b(?:formålet|hensikten|føremålet)\s+med\s+$"
    r"|^\W*(?:i|innen|innan|for|ved)\s[^,.;]*\s(?:er|betyr|tyder)\s+$|^\W*[\w-]+\s+er\s+$|\([^()]*$",
    re.IGNORECASE,
)
"""In front of a term that is counted, or named only: "se også X", "formålet med X", "i arkiv er X ...", "(... X)"."""
_DEFINITE = re.compile(r"(?:en|et|ene|a|ane|ens|ets|enes)$")
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
        Example("kunde på øya", "kunder på øya (KØ)", "den som kjøper varer på øya", trips=True),
        Example("utleier", "den som tilbyr noe for utleie", "den som leier ut; utleier kan være privat", trips=False),
        Example("kurs", "kurs som varer minst en uke", "alle andre kurs enn språkkurs", trips=False),
        Example("deltaker", "kursdeltaker som er påmeldt", "den som møter. 10 deltakere er en gruppe", trips=False),
        Example(
            "honorar",
            "betaling uavhengig av hvem som mottar honoraret",
            "betaling for arbeid, herunder ekstra honorar",
            trips=False,
        ),
        Example(
            "leietaker",
            "leietaker er den som leier bolig",
            "den som leier. Fremleiere regnes ikke som leietaker",
            trips=False,
        ),
        Example("IT-verktøy på nett", "verktøy som omfatter nett", "det som er definert som IT-verktøy", trips=False),
        Example("dykkerlag", "lag godkjent etter lov om dykkerlag", "lag, herunder dykkerlag", trips=False),
        Example("kystbåt", "båt som går langs land", "båt til bruk i skjærgården", trips=False),
        Example("brygge", "sted der båter legger til, se også trebrygge og brygge", "anlegg for båter", trips=False),
        Example("brygge", "for havnestatistikken, enhver flytende brygge", "det å anse som brygge", trips=False),
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
    """Whether the term is used, not extended, contrasted, referred to, counted or only named."""
    before, after = text[max(0, first.start - _LOOKBACK) : first.start], text[last.end : last.end + _LOOKBACK]
    clause = re.split(r"[,;:.]", before)[-1]
    is_verb = first.text.lower().endswith("er") and re.search(r"\b(?:som|der)\s+$", before)
    named = bool(_NAMED.search(before) or _QUALIFIED.match(after)) or in_title(text, first.start, "no")
    return not is_verb and not named and not _EXTENDS.search(clause) and not _REFERS.match(after)


def _occurrence(text: str, words: Sequence[Token], wanted: list[str]) -> tuple[Token, Token] | None:
    """Where the words of a term stand in their order and are used: the first and the last of them."""
    for index in range(len(words) - len(wanted) + 1):
        if wanted and words[index].lemma != wanted[0]:
            continue
        found = words[index : index + len(wanted)]
        if wanted and [token.lemma for token in found] == wanted and _is_mention(text, found[0], found[-1]):
            return found[0], found[-1]
    return None


@lru_cache(maxsize=8_000)
def _own_words(record: DefinitionRecord) -> tuple[Token, ...]:
    """The words of the first sentence's definition proper, without articles."""
    space = family(record.language)
    start = beginning(record.text, record.term, space)
    return tuple(token for token in first_sentence(record.text, start, space) if token.lemma not in _ARTICLES)


@lru_cache(maxsize=8_000)
def _before_inclusions(record: DefinitionRecord) -> tuple[Token, ...]:
    """The same, up to what the definition expressly includes ("herunder ...")."""
    end = inclusion_start(
        record.text, beginning(record.text, record.term, family(record.language)), family(record.language)
    )
    return tuple(token for token in _own_words(record) if token.start < end)


def wanted_words(record: DefinitionRecord) -> list[str]:
    """The lemmas of the term, without articles, which stand in a text that uses the term."""
    return [word for word in term_lemmas(record.term, family(record.language)) if word not in _ARTICLES]


def _has_word_of_term(record: DefinitionRecord, wanted: list[str]) -> bool:
    """Whether the definition has a word of the term, or the end of one: without it there is no circle to look for."""
    words = lemma_set(record.text, family(record.language))
    if not wanted or not words.isdisjoint(wanted):
        return bool(wanted)
    word = wanted[0]
    return word.endswith(tuple(words)) and any(word[cut:] in words for cut in range(len(word) - _PART + 1))


def inner(record: DefinitionRecord) -> Span | None:
    """Where a definition uses its own term; None if it does not."""
    space = family(record.language)
    wanted = wanted_words(record)
    if not _has_word_of_term(record, wanted) or by_reference(record.text, record.language):
        return None
    words = _own_words(record)
    zone = opening(record.text, space, _placed(record.text, words))
    if any(token.lemma.endswith(_head(record.term, space, wanted)) for token in zone):
        return _repeated(words, wanted, space)
    behind = [
        token for token in _before_inclusions(record) if token not in zone and not _taken_up(token, record.term, wanted)
    ]
    if found := _occurrence(record.text, behind, wanted):
        return found[0].start, found[1].end
    return paraphrase(record)


def _placed(text: str, words: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words behind those that say where the definition holds."""
    found = _PLACED.match(text, words[0].start) if words else None
    return tuple(token for token in words if token.start >= found.end()) if found else words


def _head(term: str, language: str, wanted: list[str]) -> str:
    """The noun of a term of several words: "kunde" in "kunde på øya"."""
    zone = opening(term, language, tokens(split_qualifier(term)[0], language))
    return zone[-1].lemma if zone else wanted[-1]


def _taken_up(token: Token, term: str, wanted: list[str]) -> bool:
    """Whether a word is the definite form of the term: what is being defined, taken up again."""
    return (
        token.lemma == wanted[-1]
        and _DEFINITE.search(token.text.lower()) is not None
        and not _DEFINITE.search(split_qualifier(term)[0].lower())
        and token.text.lower() != token.lemma
    )


def _repeated(words: Sequence[Token], wanted: list[str], language: str) -> Span | None:
    """Where a definition says nothing but its term of several words again."""
    stop = stop_words(language)
    content = [token for token in words if token.lemma not in stop and not token.text.isupper()]
    if len(wanted) > 1 and content and {token.lemma for token in content} <= set(wanted):
        return content[0].start, content[-1].end
    return None


def paraphrase(record: DefinitionRecord) -> Span | None:
    """A compound that is only taken apart: "heltidsstudent: student som studerer på heltid"."""
    language = family(record.language)
    lemmas, words = wanted_words(record), _own_words(record)
    if len(lemmas) != 1:
        return None
    whole = lemmas[0]
    stop = stop_words(language)
    content = [token for token in words if token.lemma not in stop and token.text.lower() not in stop]
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


def mentions(text: str, language: str, longest: int) -> frozenset[str]:
    """Term keys of everything in a definition that could be a term of up to `longest` words."""
    space = family(language)
    words, stop = lemmas(text, space), stop_words(space)
    found = {word for word in words if word not in stop}
    for size in range(2, longest + 1):
        for index in range(len(words) - size + 1):
            if words[index] not in stop and words[index + size - 1] not in stop:
                found.add(" ".join(sorted(words[index : index + size])))
    return frozenset(found if space == "no" else (f"{space}:{key}" for key in found))


def _use(record: DefinitionRecord, other: DefinitionRecord) -> Span | None:
    """Where the first definition uses the other's term."""
    found = _occurrence(record.text, _before_inclusions(record), wanted_words(other))
    return (found[0].start, found[1].end) if found else None


def _is_short_form(short: DefinitionRecord, whole: DefinitionRecord, used: Span) -> bool:
    """Whether a term only stands for a longer one that ends in it: "organisasjon: frivillig organisasjon som ..."."""
    shorter, longer = wanted_words(short), wanted_words(whole)
    ends = longer[-len(shorter) :] == shorter and len(longer) > len(shorter)
    return ends and not short.text[: used[0]].strip(' «»"“”')


def _outer_evidence(a: DefinitionRecord, b: DefinitionRecord) -> list[Evidence]:
    first, second = _use(a, b), _use(b, a)
    if first is None or second is None or not content_lemmas(a.text, family(a.language)):
        return []
    if _is_short_form(a, b, first) or _is_short_form(b, a, second):
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
