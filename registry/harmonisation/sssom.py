"""Suggestions as a mapping set in SSSOM's table (https://mapping-commons.github.io/sssom/spec-formats-tsv/).

The predicates are the relations of our own vocabulary, so that nobody takes a suggestion for a mapping: those are made
by people. Findings about one concept have no place in it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import SAMSVAR, SEMAPV, SKOS
from registry.harmonisation.evidence.circular_definition import CircularDefinition
from registry.harmonisation.finding_table import FindingRow
from registry.harmonisation.rdf import JUSTIFICATION, query
from registry.urls import Urls
from registry.version import installed_version
from sparql.store import Reader, Term

MEDIA_TYPE = "text/tab-separated-values"
COLUMNS = (
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "subject_source",
    "object_source",
    "similarity_score",
    "comment",
)
_LOCAL = re.compile(r"[^/#]+$")
_LANGUAGES = ("nb", "nn", "", "en")


def table(reader: Reader, urls: Urls, rows: Iterable[FindingRow]) -> str:
    """These findings, in their order, but for those about one concept."""
    prefixes = Prefixes()
    about_two = [row for row in rows if row.concepts[0] != row.concepts[1] and CircularDefinition.code not in row.kinds]
    lines = list(_lines(reader, about_two, prefixes))
    return "".join(f"{line}\n" for line in (*_header(urls, prefixes), "\t".join(COLUMNS), *lines))


def _header(urls: Urls, prefixes: "Prefixes") -> Iterator[str]:
    """What holds for all rows, as YAML behind number signs."""
    yield f"#mapping_set_id: {urls.findings.value}"
    yield "#mapping_set_title: Samsvar"
    yield "#mapping_set_description: Suggestions that a program made by comparing definitions. Nobody has decided."
    yield "#license: https://w3id.org/sssom/license/unspecified"
    yield "#mapping_tool: Samsvar"
    yield f'#mapping_tool_version: "{installed_version()}"'
    yield "#similarity_measure: https://w3id.org/samsvar/ontology#sameScore"
    yield "#curie_map:"
    for prefix, namespace in prefixes.namespaces():
        yield f'#  {prefix}: "{namespace}"'


def _lines(reader: Reader, rows: Iterable[FindingRow], prefixes: "Prefixes") -> Iterator[str]:
    labels = {concept: "" for row in rows for concept in row.concepts}
    labels = {concept: label_of(reader, concept) for concept in labels}
    reasons = _reasons(reader)
    for row in rows:
        (subject, object_), (subject_source, object_source) = row.concepts, row.catalogues
        cells = (
            prefixes.curie(row.uri),
            prefixes.curie(subject),
            labels[subject],
            prefixes.curie(SAMSVAR[row.relation].value),
            prefixes.curie(object_),
            labels[object_],
            prefixes.curie(JUSTIFICATION.value),
            prefixes.curie(subject_source),
            prefixes.curie(object_source),
            _score(reader, row),
            " ".join(reasons.get(row.uri, ())),
        )
        yield tsv_line(cells)


def tsv_line(cells: Iterable[str]) -> str:
    """One row: no cell has a tab, a line break or a quotation mark that would have to be doubled."""
    return "\t".join(" ".join(cell.replace('"', "”").split()) for cell in cells)


def _score(reader: Reader, row: FindingRow) -> str:
    return next((_value(quad.object) for quad in reader.quads(NamedNode(row.uri), SAMSVAR.sameScore)), "")


def _reasons(reader: Reader) -> dict[str, list[str]]:
    """What each finding says in English."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in reader.select(query("finding_reasons")):
        found[_value(row["finding"])].append(_value(row["sentence"]))
    return found


def label_of(reader: Reader, concept: str) -> str:
    """A recommended term, that in bokmål if there is one."""
    labels = {
        quad.object.language or "": quad.object.value
        for quad in reader.quads(NamedNode(concept), SKOS.prefLabel)
        if isinstance(quad.object, Literal)
    }
    return next((labels[language] for language in (*_LANGUAGES, *sorted(labels)) if language in labels), "")


def _value(term: Term) -> str:
    return term.value if isinstance(term, Literal | NamedNode) else ""


class Prefixes:
    """Prefixes for the namespaces that stand in a table: SSSOM names every thing by a CURIE."""

    def __init__(self) -> None:
        self._found = {SAMSVAR.iri: "samsvar", SEMAPV.iri: "semapv"}

    def curie(self, iri: str) -> str:
        """The IRI with a prefix for all up to its last part."""
        local = _LOCAL.search(iri)
        namespace, name = (iri[: local.start()], local.group()) if local else (iri, "")
        prefix = self._found.setdefault(namespace, f"ns{len(self._found) - 1}")
        return f"{prefix}:{name}"

    def namespaces(self) -> Iterator[tuple[str, str]]:
        """Each prefix with its namespace."""
        return ((prefix, namespace) for namespace, prefix in self._found.items())
