"""Step one, line up: what the register knows of the concepts of a case, side by side.

Reads: concepts, definitions, findings. Writes: nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from registry.catalogue.concepts import Concept, concept
from registry.catalogue.terms import TermEntry, term_page
from registry.catalogue.texts import Text
from registry.harmonisation import listing
from registry.harmonisation.finding_table import rows_of_concept
from registry.harmonisation.genus import genus
from registry.harmonisation.reader import definition_records
from registry.harmonisation.records import DefinitionRecord, Finding
from registry.harmonisation.words import content_lemmas, family
from sparql.store import Reader

_JOINT = re.compile(
    r"\s*(?:[,;:]|\b(?:og|eller|samt)?\s*\b(?:som|der|hvor|kor)\b|\bfor å\b|\bherunder\b)\s*", re.IGNORECASE
)
"""Between two characteristics of a Norwegian definition."""
_MOST_OTHERS = 40


@dataclass(frozen=True, slots=True)
class Characteristic:
    """What a definition says of a concept, as a proposal for people to sort; `is_genus`: the superordinate concept."""

    text: str
    is_genus: bool = False


@dataclass(frozen=True, slots=True)
class LinedUp:
    """One concept of a case with its definitions as they are compared, and the characteristics found in them."""

    concept: Concept
    records: tuple[DefinitionRecord, ...]
    characteristics: tuple[Characteristic, ...]


def line_up(reader: Reader, concepts: Iterable[str]) -> list[LinedUp]:
    """The concepts, in their order; those that the register no longer holds are left out."""
    return list(_lined_up(reader, concepts))


def _lined_up(reader: Reader, concepts: Iterable[str]) -> Iterator[LinedUp]:
    for uri in concepts:
        if (found := concept(reader, uri)) is not None:
            records = tuple(definition_records(reader, [uri]))
            first = records[:1]
            said = tuple(one for each in first for one in characteristics(Text(each.text, each.language)))
            yield LinedUp(found, records, said)


def characteristics(text: Text) -> Iterator[Characteristic]:
    """The superordinate concept and what delimits it, as the definition says them one after another."""
    language = family(text.primary or "nb")
    head = genus(text.value, language)
    start = head.end if head else 0
    if head:
        yield Characteristic(text.value[:start].strip(), is_genus=True)
    for piece in _JOINT.split(text.value[start:]):
        said = piece.strip(" .()–-")
        if content_lemmas(said, language):
            yield Characteristic(said)


def findings_among(reader: Reader, concepts: Iterable[str]) -> list[Finding]:
    """The findings about any two of the concepts, worst first."""
    own = set(concepts)
    rows = {row.uri: row for each in own for row in rows_of_concept(reader, each) if set(row.concepts) <= own}
    return list(listing.read(reader, sorted(rows.values(), key=lambda row: (row.rank, row.uri))))


def others(reader: Reader, lined_up: Iterable[LinedUp], concepts: Iterable[str]) -> list[TermEntry]:
    """Concepts that go by one of the terms and are not in the case: law first."""
    own = set(concepts)
    terms = dict.fromkeys(text.value for each in lined_up for text in each.concept.terms)
    found: dict[str, TermEntry] = {}
    for term in terms:
        for entry in term_page(reader, term).entries:
            if entry.concept.uri not in own:
                found.setdefault(entry.concept.uri, entry)
    return list(found.values())[:_MOST_OTHERS]


def pairs(lined_up: Iterable[LinedUp]) -> list[tuple[LinedUp, LinedUp]]:
    """Every two of them."""
    return list(combinations(lined_up, 2))
