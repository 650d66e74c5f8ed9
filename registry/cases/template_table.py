"""Concepts in the columns of the national registration tool's table, for an owner's own tool to import.

The table holds what importers/concept_table.py reads back: terms, definitions with their sources, notes, examples,
subject fields, value ranges, contact, validity, see also, version. It has no column for mappings and for what replaces
a concept: those stand under "see also", and as themselves in RDF.
"""

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from importers.concepts.table_columns import LANGUAGE_TAG
from ontologies.namespaces import (
    AUDIENCE,
    DCAT,
    DCT,
    EUVOC,
    OWL,
    RDF,
    RDFS,
    RELATIONSHIP_WITH_SOURCE,
    SKOS,
    SKOSNO,
    VCARD,
)
from registry.harmonisation.facts import Facts, facts_in
from registry.tables import harmless
from sparql.store import Term

Cells = dict[str, list[str]]
"""What one row holds, by header; a header that has several values is repeated, as the tool itself does."""

_LANGUAGES = ("nb", "nn", "en")
_PACKED = {"tillatt_term": SKOS.altLabel, "frarådet_term": SKOS.hiddenLabel}
_SINGLE = {"merknad": SKOS.scopeNote, "eksempel": SKOS.example}
_AUDIENCES = {
    "definisjon": "",
    "definisjon_for_allmennheten": AUDIENCE.public.value,
    "definisjon_for_spesialister": AUDIENCE.specialist.value,
}
_RELATIONSHIPS: dict[Term, str] = {
    RELATIONSHIP_WITH_SOURCE["self-composed"]: "egendefinert",
    RELATIONSHIP_WITH_SOURCE["derived-from-source"]: "basertPaaKilde",
    RELATIONSHIP_WITH_SOURCE["direct-from-source"]: "sitatFraKilde",
}
_LED_TO = (
    *(RDFS.seeAlso, DCT.isReplacedBy),
    *(SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch),
)
_DATES = {"gyldig_fom": EUVOC.startDate, "gyldig_tom": EUVOC.endDate}
_TEXTS = frozenset({"anbefalt_term", *_PACKED, *_AUDIENCES, *_SINGLE, "fagområde"})
_BOM = "\ufeff"


def template_table(triples: Iterable[Triple], name_of: Callable[[str], str]) -> str:
    """The concepts among the triples as the tool's CSV: semicolons, UTF-8 with its mark, one concept a row.

    `name_of` gives the words for the IRI of a subject field or a value range.
    """
    said: dict[Term, list[Triple]] = {}
    for each in triples:
        said.setdefault(each.subject, []).append(each)
    facts: dict[Term, Facts] = {subject: facts_in(own) for subject, own in said.items()}
    concepts = [each for each in facts if isinstance(each, NamedNode) and SKOS.Concept in facts[each].get(RDF.type, ())]
    rows = [_row(each, facts, name_of) for each in concepts]
    return _written(rows)


def _row(concept: NamedNode, facts: Mapping[Term, Facts], name_of: Callable[[str], str]) -> Cells:
    own = facts[concept]
    cells: Cells = {"id": [concept.value]}
    _add_texts(cells, "anbefalt_term", own.get(SKOS.prefLabel, ()))
    for header, predicate in _PACKED.items():
        _add_texts(cells, header, own.get(predicate, ()), packed=True)
    for header, audience in _AUDIENCES.items():
        _add_definitions(
            cells, header, [each for each in _definitions(own, facts) if _audience(each) == audience], facts
        )
    for header, predicate in _SINGLE.items():
        _add_texts(cells, header, own.get(predicate, ()))
    subjects = [_worded(each, name_of) for each in own.get(DCT.subject, ())]
    _add_texts(cells, "fagområde", subjects, packed=True)
    ranges = own.get(SKOSNO.valueRange, ())
    cells["verdiområde:tekst"] = _sorted(each for each in ranges if isinstance(each, Literal))
    cells["verdiområde:uri"] = ["|".join(_iris(ranges))]
    for contact in (facts.get(each, {}) for each in own.get(DCAT.contactPoint, ())):
        cells["kontaktpunkt:epost"] = [each.removeprefix("mailto:") for each in _iris(contact.get(VCARD.hasEmail, ()))][
            :1
        ]
        cells["kontaktpunkt:telefon"] = [
            each.removeprefix("tel:") for each in _iris(contact.get(VCARD.hasTelephone, ()))
        ][:1]
    for header, predicate in _DATES.items():
        cells[header] = _sorted(own.get(predicate, ()))[:1]
    cells["se_også"] = ["|".join(dict.fromkeys(iri for each in _LED_TO for iri in _iris(own.get(each, ()))))]
    cells["versjon"] = _sorted(own.get(OWL.versionInfo, ()))[:1]
    return {header: kept for header, values in cells.items() if (kept := [each for each in values if each])}


def _definitions(own: Facts, facts: Mapping[Term, Facts]) -> list[Facts]:
    named = sorted(own.get(EUVOC.xlDefinition, ()), key=str)
    return [facts[each] for each in named if each in facts]


def _audience(definition: Facts) -> str:
    return next(iter(_iris(definition.get(DCT.audience, ()))), "")


def _add_definitions(cells: Cells, header: str, definitions: list[Facts], facts: Mapping[Term, Facts]) -> None:
    for each in definitions:
        _add_texts(cells, header, each.get(RDF.value, ()))
        found = [_RELATIONSHIPS[one] for one in each.get(SKOSNO.relationshipWithSource, ()) if one in _RELATIONSHIPS]
        cells.setdefault(f"{header}:forhold_til_kilde", found[:1])
        sources = cells.setdefault(f"{header}:kilde", [])
        sources += [
            one for one in sorted(_source(each, facts) for each in each.get(DCT.source, ())) if one not in sources
        ]


def _source(source: Term, facts: Mapping[Term, Facts]) -> str:
    """A source as the tool writes it: ``text|uri``."""
    if isinstance(source, Literal):
        return f"{source.value}|" if "|" in source.value else source.value
    known = facts.get(source, {})
    text = " ".join(_sorted(known.get(RDFS.label, ())))
    uri = next(iter(_iris(known.get(RDFS.seeAlso, ()))), "" if text else getattr(source, "value", ""))
    return f"{text}|{uri}" if uri and text else text or uri


def _worded(value: Term, name_of: Callable[[str], str]) -> Term:
    return Literal(name_of(value.value), language="nb") if isinstance(value, NamedNode) else value


def _add_texts(cells: Cells, header: str, values: Iterable[Term], *, packed: bool = False) -> None:
    """Texts under the header of their language; several in one cell where the tool has them so."""
    by_language: dict[str, list[str]] = {}
    for each in values:
        if isinstance(each, Literal):
            language = (each.language or "nb").lower()
            by_language.setdefault("nb" if language == "no" else language, []).append(each.value)
    for language, texts in sorted(by_language.items()):
        held = cells.setdefault(f"{header}:{language}", [])
        held += ["|".join(sorted(texts))] if packed else sorted(texts)


def _sorted(values: Iterable[Term]) -> list[str]:
    return sorted(each.value for each in values if isinstance(each, Literal))


def _iris(values: Iterable[Term]) -> list[str]:
    return sorted(each.value for each in values if isinstance(each, NamedNode))


def _written(rows: Collection[Cells]) -> str:
    columns = list(_columns(rows))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header for header, _ in columns)
    for row in rows:
        held = [row.get(header, [])[number : number + 1] for header, number in columns]
        writer.writerow(harmless(value[0]) if value else "" for value in held)
    return _BOM + text.getvalue()


def _columns(rows: Collection[Cells]) -> Iterator[tuple[str, int]]:
    """Every header in the tool's order, as often as the row that has most of it needs."""
    for header in _order(rows):
        yield from ((header, number) for number in range(max([1, *(len(row.get(header, ())) for row in rows)])))


def _order(rows: Collection[Cells]) -> Iterator[str]:
    order = tuple(dict.fromkeys((*_LANGUAGES, *sorted({_language(header) for row in rows for header in row} - {""}))))
    yield "id"
    for name in ("anbefalt_term", *_PACKED):
        yield from (f"{name}:{each}" for each in order)
    for name in _AUDIENCES:
        yield from (f"{name}:{each}" for each in order)
        yield from (f"{name}:forhold_til_kilde", f"{name}:kilde")
    for name in (*_SINGLE, "fagområde"):
        yield from (f"{name}:{each}" for each in order)
    yield from ("verdiområde:uri", "verdiområde:tekst", "kontaktpunkt:epost", "kontaktpunkt:telefon")
    yield from ("gyldig_fom", "gyldig_tom", "se_også", "versjon")


def _language(header: str) -> str:
    """The language of a text's header, "" for a header without one."""
    name, _, part = header.partition(":")
    return part if name in _TEXTS and LANGUAGE_TAG.fullmatch(part) else ""
