"""What one can ask with: the register's prefixes, and the classes and properties that its data use."""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontologies.namespaces import OWL, PREFIXES, RDF, RDFS, SAMSVAR
from registry.catalogue.queries import query
from registry.catalogue.texts import Language
from sparql.errors import QueryError
from sparql.query_host.host import QueryHost

_CLASSES = query("classes_in_use")
_PROPERTIES = query("properties_in_use")


def vocabulary(host: QueryHost, language: Language) -> dict[str, Any]:
    """``{"prefixes": {...}, "classes": [{"name", "iri", "uses", "label"?}], "properties": [...]}``, most used first.

    A register that is too large to count in a query's time answers with its own terms alone.
    """
    return {
        "prefixes": PREFIXES,
        "classes": _terms(_uses(host, _CLASSES), _own(OWL.Class), language),
        "properties": _terms(
            _uses(host, _PROPERTIES), [*_own(OWL.ObjectProperty), *_own(OWL.DatatypeProperty)], language
        ),
    }


def _uses(host: QueryHost, text: str) -> dict[str, int]:
    try:
        found = json.loads(host.run(text).read())["results"]["bindings"]
    except QueryError:
        return {}
    return {row["term"]["value"]: int(row["uses"]["value"]) for row in found}


def _terms(uses: dict[str, int], own: Iterable[str], language: Language) -> list[dict[str, Any]]:
    every = {**uses, **{iri: 0 for iri in own if iri not in uses}}
    return [_term(iri, count, language) for iri, count in every.items()]


def _term(iri: str, uses: int, language: Language) -> dict[str, Any]:
    told: dict[str, Any] = {"name": _short(iri), "iri": iri, "uses": uses}
    label = _labels().get((iri, language))
    return {**told, "label": label} if label else told


def _short(iri: str) -> str:
    """The name with its prefix; the IRI itself in brackets where no prefix fits."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and local.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return f"<{iri}>"


def _own(kind: NamedNode) -> list[str]:
    """The terms of the register's own vocabulary that are of this kind."""
    return sorted(
        each.subject.value
        for each in _ontology()
        if each.predicate == RDF.type and each.object == kind and isinstance(each.subject, NamedNode)
    )


@cache
def _labels() -> dict[tuple[str, str], str]:
    return {
        (each.subject.value, each.object.language or ""): each.object.value
        for each in _ontology()
        if each.predicate == RDFS.label and isinstance(each.object, Literal) and isinstance(each.subject, NamedNode)
    }


@cache
def _ontology() -> tuple[Any, ...]:
    text = files("ontologies").joinpath("samsvar.ttl").read_bytes()
    found = tuple(parse(text, format=RdfFormat.TURTLE))
    return tuple(each for each in found if isinstance(each.subject, NamedNode) and each.subject.value in SAMSVAR)
