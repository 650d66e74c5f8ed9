"""Every RDF syntax and every result format that the register speaks; Accept, suffixes and links derive from these.

`RDF_FORMATS` and `RESULT_FORMATS` are the two tuples; a new syntax is one row. `serialise` writes triples the same way
every time (sorted, prefixes that occur), so that a document's ETag and a reader's diff mean something.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Triple
from pyoxigraph import serialize as engine_serialize

from ontologies.namespaces import PREFIXES, RDF, XSD
from sparql.store import Term

Json: TypeAlias = "str | dict[str, Json] | list[Json]"

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot carry, not even escaped."""


@dataclass(frozen=True, slots=True)
class Format:
    """What all formats have: `media_type` without parameters, `suffix` without the dot, `names` for ``?format=``."""

    media_type: str
    suffix: str
    label: str
    names: tuple[str, ...]

    @property
    def content_type(self) -> str:
        """The media type as the Content-Type header has it: textual types say that they are UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


@dataclass(frozen=True, slots=True)
class RdfSyntax(Format):
    """A syntax for triples."""

    engine: RdfFormat


@dataclass(frozen=True, slots=True)
class ResultFormat(Format):
    """A format for solutions of SELECT and for the answer of ASK. `also` are media types that clients use for it."""

    engine: QueryResultsFormat
    also: tuple[str, ...] = ()


def _rdf(engine: RdfFormat, label: str, *names: str) -> RdfSyntax:
    suffix = engine.file_extension
    return RdfSyntax(engine.media_type.partition(";")[0], suffix, label, (suffix, *names), engine)


def _results(engine: QueryResultsFormat, label: str, suffix: str, *also: str) -> ResultFormat:
    names = (suffix, engine.file_extension)
    return ResultFormat(engine.media_type.partition(";")[0], suffix, label, names, engine, also)


RDF_FORMATS: tuple[RdfSyntax, ...] = (
    _rdf(RdfFormat.TURTLE, "Turtle", "turtle", "n3"),
    _rdf(RdfFormat.JSON_LD, "JSON-LD", "json-ld"),
    _rdf(RdfFormat.RDF_XML, "RDF/XML", "rdfxml", "rdf/xml", "rdf+xml", "xml"),
    _rdf(RdfFormat.N_TRIPLES, "N-Triples", "ntriples", "n-triples"),
)
"""In the order of preference where a client takes several equally."""

RESULT_FORMATS: tuple[ResultFormat, ...] = (
    _results(QueryResultsFormat.JSON, "JSON", "json", "application/json"),
    _results(QueryResultsFormat.XML, "XML", "xml", "application/xml", "text/xml"),
    _results(QueryResultsFormat.CSV, "CSV", "csv"),
    _results(QueryResultsFormat.TSV, "TSV", "tsv"),
)
"""In the order of preference where a client takes several equally."""

TURTLE, JSON_LD, RDF_XML, N_TRIPLES = RDF_FORMATS

DATASET_FORMATS: tuple[RdfSyntax, ...] = (
    _rdf(RdfFormat.TRIG, "TriG"),
    _rdf(RdfFormat.N_QUADS, "N-Quads", "nquads", "n-quads"),
)
"""Syntaxes that say in which named graph each statement stands."""
DATASETS_BY_MEDIA_TYPE: Mapping[str, RdfSyntax] = {each.media_type: each for each in DATASET_FORMATS}

RDF_BY_MEDIA_TYPE: Mapping[str, RdfSyntax] = {each.media_type: each for each in RDF_FORMATS}
RDF_BY_SUFFIX: Mapping[str, RdfSyntax] = {each.suffix: each for each in RDF_FORMATS}
RESULTS_BY_MEDIA_TYPE: Mapping[str, ResultFormat] = {
    media_type: each for each in RESULT_FORMATS for media_type in (each.media_type, *each.also)
}
RDF_BY_NAME: Mapping[str, RdfSyntax] = {name: each for each in RDF_FORMATS for name in (*each.names, each.media_type)}
RESULTS_BY_NAME: Mapping[str, ResultFormat] = {
    name: each for each in RESULT_FORMATS for name in (*each.names, each.media_type, *each.also)
}


def serialise(triples: Iterable[Triple], syntax: RdfSyntax, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """A document of the triples: sorted, duplicates removed, only the prefixes that occur; UTF-8.

    JSON-LD is compact with a local context of prefixes (nothing to fetch); RDF/XML replaces characters that XML cannot
    carry by U+FFFD.
    """
    ordered = in_order(triples)
    used = used_prefixes(ordered, prefixes)
    if syntax.engine == RdfFormat.JSON_LD:
        return _json_ld(ordered, used)
    if syntax.engine == RdfFormat.RDF_XML:
        ordered = [well_formed(triple) for triple in ordered]
    return engine_serialize(ordered, format=syntax.engine, prefixes=used) or b""


def serialise_dataset(quads: Iterable[Quad], syntax: RdfSyntax, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """A document of the quads in a syntax for datasets, sorted; UTF-8.

    Their triples stand in the default graph too, where clients look that ask for no graph.
    """
    held = set(quads)
    everywhere = held | {Quad(quad.subject, quad.predicate, quad.object) for quad in held}
    ordered = sorted(everywhere, key=lambda quad: (str(quad.graph_name), _order(quad.triple)))
    used = used_prefixes((quad.triple for quad in ordered), prefixes)
    return engine_serialize(ordered, format=syntax.engine, prefixes=used) or b""


def in_order(triples: Iterable[Triple]) -> list[Triple]:
    """Sorted, each once."""
    return sorted(set(triples), key=_order)


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    """By subject; the type first; then predicate and object."""
    return (str(triple.subject), triple.predicate != RDF.type, triple.predicate.value, str(triple.object))


def used_prefixes(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Those of the prefixes that occur, and that no IRI would be taken for."""
    iris = {iri for triple in triples for iri in _iris(triple)}
    schemes = {iri.partition(":")[0] for iri in iris}
    return {
        name: namespace
        for name, namespace in prefixes.items()
        if name not in schemes and any(iri.startswith(namespace) for iri in iris)
    }


def _iris(triple: Triple) -> Iterable[str]:
    for term in (triple.subject, triple.predicate, triple.object):
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value


def well_formed(triple: Triple) -> Triple:
    """The triple with U+FFFD for characters that XML cannot carry."""
    value = triple.object
    if not isinstance(value, Literal) or not _NOT_XML.search(value.value):
        return triple
    text = _NOT_XML.sub("\ufffd", value.value)
    language = value.language
    clean = Literal(text, language=language) if language else Literal(text, datatype=value.datatype)
    return Triple(triple.subject, triple.predicate, clean)


def _json_ld(ordered: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    context: Json = {**prefixes}
    document = {"@context": context, "@graph": json_ld_nodes(ordered, prefixes)}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def json_ld_nodes(ordered: Iterable[Triple], prefixes: Mapping[str, str]) -> list[dict[str, Json]]:
    """The node objects of the triples, one a subject."""
    nodes: dict[str, dict[str, Json]] = {}
    for triple in ordered:
        key = _identifier(triple.subject, {})
        node = nodes.setdefault(key, {"@id": key})
        if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
            _append(node, "@type", _compact(triple.object.value, prefixes))
        else:
            _append(node, _compact(triple.predicate.value, prefixes), _value(triple.object, prefixes))
    return list(nodes.values())


def _append(node: dict[str, Json], key: str, value: Json) -> None:
    present = node.get(key)
    if present is None:
        node[key] = value
    elif isinstance(present, list):
        present.append(value)
    else:
        node[key] = [present, value]


def _identifier(term: Term, prefixes: Mapping[str, str]) -> str:
    return _compact(term.value, prefixes) if isinstance(term, NamedNode) else str(term)


def _value(term: Term, prefixes: Mapping[str, str]) -> Json:
    if isinstance(term, NamedNode | BlankNode):
        return {"@id": _identifier(term, {})}
    if not isinstance(term, Literal):
        raise TypeError("JSON-LD has no triple terms")
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return term.value
    return {"@value": term.value, "@type": _compact(term.datatype.value, prefixes)}


def _compact(iri: str, prefixes: Mapping[str, str]) -> str:
    """``skos:Concept`` where a prefix fits, else the IRI."""
    name = max(
        (name for name, space in prefixes.items() if iri.startswith(space)), key=lambda n: len(prefixes[n]), default=""
    )
    return f"{name}:{iri[len(prefixes[name]) :]}" if name and not iri[len(prefixes[name]) :].startswith("//") else iri
