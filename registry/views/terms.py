"""Every definition of one word side by side, law first, and what sets them apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request
from pyoxigraph import Triple

from registry.catalogue.compounds import compounds
from registry.catalogue.documents import described
from registry.catalogue.limits_of_a_word import limit_charts
from registry.catalogue.readings import Reading, Verdict, readings, verdicts
from registry.catalogue.terms import TermPage, keys_of, term_page
from registry.catalogue.texts import shown
from registry.harmonisation import listing
from registry.harmonisation.finding_table import FindingRow, rows_of_term
from registry.tables import csv_text
from registry.views.context import reader, register
from registry.views.differences import differences
from registry.views.finding_documents import as_triples
from registry.views.findings import line
from registry.views.languages import language
from registry.views.links import href
from registry.views.offers import table_formats
from registry.views.rendering import CSV, TABLES, Shown, page
from sparql.formats import RDF_BY_MEDIA_TYPE, serialise

blueprint = Blueprint("terms", __name__)

_MOST = 100
"""Findings of one word that its JSON has."""
_BESIDE = 12
"""Wordings that are beside each other at once, and held against each other in the matrix."""
_COLUMNS = (
    "number",
    "term",
    "text",
    "language",
    "by",
    "section",
    "scope",
    "since",
    "footnote",
    "concept",
    "definition",
)


@page(blueprint, "/terms/<path:term>", TABLES)
def term(term: str) -> Shown:
    """Everyone who defines the word, and where they differ."""
    found = term_page(reader(), term.strip())
    rows = _rows(found.words)
    wordings = readings(reader(), found.entries, language())
    cells = verdicts(reader(), wordings, rows, _BESIDE)
    charts = limit_charts(wordings, language())
    kinds = compounds(reader(), keys_of(found.term))
    return Shown(
        "terms/term.html",
        {
            "found": found,
            "readings": wordings,
            "beside": _BESIDE,
            "comparisons": len(rows),
            "differences": differences(rows, wordings),
            "compounds": kinds,
            "verdicts": {pair: (verdict, _address(verdict)) for pair, verdict in cells.items()},
            "charts": charts,
            "data_formats": table_formats,
            "search_query": found.term,
        },
        lambda: {
            **found.as_json(),
            "readings": [one.as_json() for one in wordings],
            "verdicts": _verdicts_as_json(cells),
            "compounds": [one.as_json() for one in kinds],
            "limits": [chart.as_json() for chart in charts],
            "findings": [line(finding).as_json() for finding in listing.read(reader(), rows[:_MOST])],
        },
        {
            CSV: lambda: csv_text(_COLUMNS, _table(wordings)),
            **{kind: _rdf(kind, found, rows) for kind in RDF_BY_MEDIA_TYPE if kind in TABLES.values()},
        },
    )


def _rows(words: Iterable[str]) -> list[FindingRow]:
    """The findings about any of the words, worst first."""
    found = {row.uri: row for word in words for row in rows_of_term(reader(), word)}
    return sorted(found.values(), key=lambda row: (row.rank, row.uri))


def _address(verdict: Verdict) -> str:
    """The page of the finding; where there is none, that of a comparison of the two concepts."""
    if verdict.finding:
        return href(verdict.finding)
    first, second = verdict.concepts
    return f"{request.script_root}/compare?{urlencode({'a_concept': first, 'b_concept': second})}"


def _verdicts_as_json(cells: Mapping[tuple[int, int], Verdict]) -> list[dict[str, Any]]:
    return [
        {"readings": list(pair), **verdict.as_json()} for pair, verdict in sorted(cells.items()) if pair[0] < pair[1]
    ]


def _table(wordings: Iterable[Reading]) -> Iterator[dict[str, str]]:
    """One line a definition."""
    for reading in wordings:
        for holder in reading.holders:
            entry = holder.entry
            by = entry.act or entry.publisher
            yield {
                "number": str(reading.number),
                "term": entry.concept.name("nb"),
                "text": reading.text.value,
                "language": reading.text.language,
                "by": by.name(language()) if by else "",
                "section": shown(entry.section.label, "nb") if entry.section else "",
                "scope": entry.scope,
                "since": holder.since,
                "footnote": holder.footnote,
                "concept": entry.concept.uri,
                "definition": holder.definition.uri,
            }


def _rdf(media_type: str, found: TermPage, rows: Sequence[FindingRow]) -> Any:
    def serialised() -> bytes:
        concepts = (entry.concept.uri for entry in found.entries)
        triples: dict[Triple, None] = {
            triple: None for uri in concepts for triple in described(reader(), register().urls, uri)
        }
        triples |= dict.fromkeys(as_triples(rows))
        return serialise(triples, RDF_BY_MEDIA_TYPE[media_type])

    return serialised
