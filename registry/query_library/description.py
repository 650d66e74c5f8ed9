"""A query of the library as RDF: an executable of SHACL's (https://www.w3.org/TR/shacl-af/), with its parameters."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, ORGANISATION, OWL, RDF, XSD, Namespace
from registry.query_library.saving import LibraryQuery, Saved
from sparql.language.parameters import Parameter

SH = Namespace("http://www.w3.org/ns/shacl#")
_FORMS = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
    "DESCRIBE": (SH.SPARQLExecutable, RDF.value),
}
"""What SHACL has no name for is the executable's value."""
_DATATYPES = {"integer": XSD.integer, "decimal": XSD.decimal, "date": XSD.date, "iri": XSD.anyURI}


def described(query: LibraryQuery, uri: str, form: str) -> list[Triple]:
    """What there is to say of the query with this URI, whose form is SELECT, ASK, CONSTRUCT or DESCRIBE."""
    subject = NamedNode(uri)
    kind, text = _FORMS[form]
    triples = [
        Triple(subject, RDF.type, kind),
        Triple(subject, text, Literal(query.example.text)),
        *_texts(subject, DCT.title, query.example.title),
        *_texts(subject, DCT.description, query.example.description),
    ]
    for parameter in query.example.parameters:
        triples += _parameter(subject, parameter)
    return triples + (list(_history(subject, query.saved)) if query.saved else [])


def _texts(subject: NamedNode, predicate: NamedNode, texts: Mapping[str, str]) -> Iterator[Triple]:
    return (Triple(subject, predicate, Literal(text, language=language)) for language, text in texts.items())


def _parameter(subject: NamedNode, parameter: Parameter) -> Iterator[Triple]:
    """SHACL names a parameter's variable by the last part of its path."""
    node = NamedNode(f"{subject.value}#parameter-{parameter.name}")
    yield Triple(subject, SH.parameter, node)
    yield Triple(node, RDF.type, SH.Parameter)
    yield Triple(node, SH.path, NamedNode(f"{subject.value}#{parameter.name}"))
    yield Triple(node, SH.datatype, _DATATYPES.get(parameter.type, XSD.string))
    yield Triple(node, SH.optional, Literal(value=True))
    yield from _texts(node, SH.name, {language: parameter.label(language) for language in ("nb", "nn", "en")})
    if parameter.default:
        yield Triple(node, SH.defaultValue, Literal(parameter.default))


def _history(subject: NamedNode, saved: Saved) -> Iterator[Triple]:
    yield Triple(subject, DCT.created, Literal(saved.created, datatype=XSD.dateTime))
    yield Triple(subject, DCT.modified, Literal(saved.changed, datatype=XSD.dateTime))
    yield Triple(subject, OWL.versionInfo, Literal(str(saved.version)))
    if saved.organisation:
        yield Triple(subject, DCT.publisher, ORGANISATION[saved.organisation])
