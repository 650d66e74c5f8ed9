"""What a definition says: its genus, its own term, what it denies, what it leaves open, how long it is."""

import re
from collections.abc import Iterator
from functools import cache

from importers.law.sentences import sentences
from registry.definition_rules.base import Breach, listed, phrases
from registry.harmonisation.definiens import beginning
from registry.harmonisation.evidence.circular_definition import inner, paraphrase
from registry.harmonisation.pointing import by_reference
from registry.harmonisation.quantities import quantities
from registry.harmonisation.quantities.context import in_title
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.terms import split_qualifier
from registry.harmonisation.words import content_lemmas, family, stop_words, tokens

LONGEST = 60
"""Words of a definition; what is more belongs in a note."""
_TITLED = re.compile(r"\b(?:lov|forskrift)\w*\s[^;()]{1,120}\([^()]*$", re.IGNORECASE)
"""Before what stands in the short title of an act: "forskrift ... til loven (livsforsikring mv.)"."""
_HOLDS_FOR = re.compile(
    r"\W*(?:når|dersom|hvis)\s+det\s+(?:gjelder|dreier\s+seg\s+om)\b|\s*-\s+(?:når|dersom|hvis)\s[^.;:]{1,80}:\s+\w",
    re.IGNORECASE,
)
"""What says of which things a definition, or a part of it, holds: "når det gjelder heiser, ..."."""
_SAYS_MORE = re.compile(
    r"\b(?:men|but)\b|(?:\b(?:og|and)|,)\s+(?:som|der|which|that)\s+(?!(?:ikke|ikkje|not|heller)\b)", re.IGNORECASE
)
"""Behind a negation: what the thing is, after all."""
_LEAD = 5
"""Words before a negation that may be the superordinate concept alone."""
_SHORT = 9
"""Words of content behind a negation, beyond which something is said of what the thing is."""


def inner_circle(record: DefinitionRecord) -> Iterator[Breach]:
    """The term in its own definition; a compound that is only taken apart is left alone."""
    span = inner(record)
    if span is not None and paraphrase(record) is None:
        yield Breach(span, {"words": record.text[slice(*span)]})


def genus_missing(record: DefinitionRecord) -> Iterator[Breach]:
    """A definition that begins with a condition or a verb."""
    space = family(record.language)
    start = beginning(record.text, record.term, space)
    if start == len(record.text) or by_reference(record.text, record.language):
        return
    found = _no_genus(space).match(record.text, start)
    if (
        found
        and not _HOLDS_FOR.match(record.text, start)
        and not (record.statutory and found["words"].casefold() in listed("no_genus_outside_acts", space))
    ):
        yield Breach(found.span("words"), {"words": found["words"]})


@cache
def _no_genus(language: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?P<words>{phrases('no_genus', language)})(?!\w)", re.IGNORECASE)


def word_class(record: DefinitionRecord) -> Iterator[Breach]:
    """An infinitive that defines a noun."""
    space = family(record.language)
    found = _infinitive(space).match(record.text, beginning(record.text, record.term, space))
    if found and not _is_verb(record.term, space):
        yield Breach(found.span("words"), {"words": found["words"]})


@cache
def _infinitive(language: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?P<words>(?:{phrases('infinitive', language)})\s+\w+)", re.IGNORECASE)


def _is_verb(term: str, language: str) -> bool:
    """Whether a term is, or may be, a verb: it has its sign, or ends as verbs do."""
    words = split_qualifier(term)[0].casefold().split()
    if not words or words[0] in listed("infinitive", language):
        return True
    return words[0].endswith(("e", "a", "å", "s")) if language == "no" else True


def negative(record: DefinitionRecord) -> Iterator[Breach]:
    """A definition that says nothing but what the thing is not."""
    space = family(record.language)
    absent = listed("absence", space)
    words = tokens(record.text, space)
    negations = listed("negations", space)
    start = beginning(record.text, record.term, space)
    place = next((i for i, each in enumerate(words[: _LEAD + 1]) if each.text.casefold() in negations), None)
    if (
        place is None
        or words[place].start < start
        or quantities(record.text, space)
        or _of_absence(record.term, absent, space)
    ):
        return
    rest = record.text[words[place].end :]
    if words[0].text.casefold() in listed("clauses", space) or _SAYS_MORE.search(rest):
        return
    before = content_lemmas(record.text[start : words[place].start], space)
    if len(before) > 1 or len(content_lemmas(rest, space)) > _SHORT or re.search(r"[;.]\s*\w", rest):
        return
    yield Breach((words[place].start, words[place].end), {"words": words[place].text})


def _of_absence(term: str, absent: frozenset[str], language: str) -> bool:
    """Whether absence is the essence of a term: "uvirksom", "ikke-medlem", "fravær"."""
    first = split_qualifier(term)[0].casefold()
    stop = stop_words(language)
    return (
        first.startswith(("u", "ikke", "in", "non", "un"))
        or first.split()[0].endswith(("fri", "fritt", "frie", "løs", "løst", "løse"))
        or any(word in first for word in absent - stop)
        or not absent.isdisjoint(first.split())
    )


def open_extension(record: DefinitionRecord) -> Iterator[Breach]:
    """An enumeration that is left open."""
    yield from _first(record, "open_ends", behind=r"(?:(?<=\.)|(?=\s*(?:$|[,.;:)])))")


def example_inside(record: DefinitionRecord) -> Iterator[Breach]:
    """An example, which belongs in a note."""
    yield from _first(record, "examples", behind=r"(?!\w)")


def _first(record: DefinitionRecord, name: str, *, behind: str) -> Iterator[Breach]:
    space = family(record.language)
    for found in _listed(name, space, behind).finditer(record.text):
        named = found.group().casefold() in record.term.casefold() or _TITLED.search(record.text[: found.start()])
        if not named and not in_title(record.text, found.start(), "no"):
            yield Breach(found.span(), {"words": found.group()})
            return


@cache
def _listed(name: str, language: str, behind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{phrases(name, language)}){behind}", re.IGNORECASE)


def several_sentences(record: DefinitionRecord) -> Iterator[Breach]:
    """More than one sentence."""
    found = [each for each in sentences(record.text) if any(letter.isalpha() for letter in each)]
    if len(found) > 1:
        start = record.text.find(found[1], len(found[0]))
        yield Breach((start, len(record.text)), {"number": str(len(found))})


def too_long(record: DefinitionRecord) -> Iterator[Breach]:
    """More words than one reads at once."""
    words = record.text.split()
    if len(words) > LONGEST:
        yield Breach(None, {"number": str(len(words)), "most": str(LONGEST)})
