"""A concept as schema.org's `DefinedTerm` in the JSON-LD that search engines read in pages."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import RDF, SCHEMA
from registry.renditions.schema_org import as_schema_org
from sparql.store import Term


def defined_term(triples: Sequence[Triple], uri: str, sets: Iterable[str]) -> str:
    """The JSON, with nothing in it that could end the element that it stands in; `sets` are the term's collections."""
    said: dict[str, list[Any]] = {"inDefinedTermSet": [{"@id": each} for each in sets]}
    for triple in as_schema_org(triples, uri):
        if triple.subject == NamedNode(uri) and triple.predicate != RDF.type:
            said.setdefault(triple.predicate.value.removeprefix(SCHEMA.iri), []).append(_value(triple.object))
    members = {name: values[0] if len(values) == 1 else values for name, values in sorted(said.items()) if values}
    document = {"@context": "https://schema.org", "@type": "DefinedTerm", "@id": uri, "url": uri, **members}
    return json.dumps(document, ensure_ascii=False).replace("<", "\\u003c")


def _value(term: Term) -> object:
    if isinstance(term, Literal):
        return {"@value": term.value, "@language": term.language} if term.language else term.value
    return {"@id": getattr(term, "value", "")}
