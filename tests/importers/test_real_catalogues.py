"""Real catalogues: every concept, term, definition and source that rdflib counts in a file is in what is imported."""

import os
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS

from importers import importer_for
from importers.base import Batch, ImportOptions, Source
from importers.languages import language_tag
from importers.skos.dialects import RELATIONSHIPS, code_of
from importers.texts import unpacked
from ontologies import namespaces as ns

SHARED = Path(os.environ.get("SAMSVAR_SHARED", Path(__file__).parents[3] / "shared"))
CATALOGUES = SHARED / "data" / "catalogues"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not CATALOGUES.is_dir(), reason="the real catalogues are not here; SAMSVAR_SHARED names their folder"
    ),
]
OPTIONS = ImportOptions("http://localhost:8000")
WIKI_KEY = re.compile(r"\|\s*https?://\S+/browse/[A-Z]+-\d+\]|\{color[^{}]*\}")
OLD = rdflib.Namespace("http://difi.no/skosno#")
NEW = rdflib.Namespace("https://data.norge.no/vocabulary/skosno#")
XL = rdflib.Namespace("http://www.w3.org/2008/05/skos-xl#")
EUVOC = rdflib.Namespace("http://publications.europa.eu/ontology/euvoc#")
DEFINITION_LINKS = (OLD.betydningsbeskrivelse, OLD.definisjon, NEW.definisjon, EUVOC.xlDefinition)
FILES = {
    "brreg_data.brreg.no_begrep.ttl": 181,
    "brreg_GET_begrepCollection.ttl": 140,
    "brreg_GET_begrepCollection.xml": 140,
    "arkivverket_fdk.ttl": 39,
    "nav_begreper_2019-09.ttl": 549,
    "fdk_registration_app/BegrepskatalogRelasjoner.ttl": 7,
    "fdk_registration_app/Test-begrep_ksf.ttl": 3,
    "fdk_registration_app/begrep-skos2-testdataRegSkjema-JSONLD.jsonld": 2,
    "fdk_registration_app/begrep-skos2-testdataRegSkjema-TURTLE-1000.ttl": 1000,
}

Text = tuple[str, str]


def imported(name: str) -> list[Batch]:
    path = CATALOGUES / name
    source = Source(path.name, path.read_bytes())
    return importer_for(source).read(source, OPTIONS)


def counted(name: str) -> rdflib.Graph:
    path = CATALOGUES / name
    syntax = {".xml": "xml", ".rdf": "xml", ".jsonld": "json-ld"}.get(path.suffix, "turtle")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return rdflib.Graph().parse(path, format=syntax, publicID="http://base.example/")


def letters(text: str) -> str:
    """What repairs of blanks, marks and links must leave as it is: letters and digits, but for keys of a wiki."""
    return "".join(sign for sign in unquote(WIKI_KEY.sub("", text)) if sign.isalnum())


def text_of(literal: rdflib.Literal | Literal, default: str = "nb") -> Text:
    text = literal.value if isinstance(literal, Literal) else str(literal)
    return letters(text), language_tag(literal.language or default)


def written_terms(graph: rdflib.Graph, concept: rdflib.term.Node, kind: str) -> Iterator[Text]:
    for value in graph.objects(concept, XL[kind]):
        yield from (each for form in graph.objects(value, XL.literalForm) for each in terms_of(form, kind))
    yield from (each for label in graph.objects(concept, SKOS[kind]) for each in terms_of(label, kind))


def terms_of(label: rdflib.Literal, kind: str) -> list[Text]:
    """The term, or those that stand in one text with commas between them."""
    language = language_tag(label.language or "nb")
    parts = [str(label)] if kind == "prefLabel" else unpacked(str(label))
    return [(letters(part), language) for part in parts]


def written_definitions(graph: rdflib.Graph, concept: rdflib.term.Node) -> Iterator[tuple[str, str]]:
    yield from (text_of(text) for text in graph.objects(concept, SKOS.definition))
    for link in DEFINITION_LINKS:
        for node in graph.objects(concept, link):
            for predicate in (RDFS.label, RDF.value):
                yield from (text_of(text) for text in graph.objects(node, predicate))


def written_sources(graph: rdflib.Graph, concept: rdflib.term.Node) -> Iterator[str]:
    for link in DEFINITION_LINKS:
        for node in graph.objects(concept, link):
            for source in graph.objects(node, DCTERMS.source):
                if isinstance(source, rdflib.BNode):
                    yield from (str(label) for label in graph.objects(source, RDFS.label))
                    yield from (str(link) for link in graph.objects(source, RDFS.seeAlso))
                else:
                    yield str(source)


class Stored:
    def __init__(self, batches: list[Batch]) -> None:
        self.values: dict[tuple[str, str], list[object]] = {}
        for batch in batches:
            for triple in batch.triples:
                assert not isinstance(triple.subject, BlankNode)
                assert not isinstance(triple.object, BlankNode)
                self.values.setdefault((triple.subject.value, triple.predicate.value), []).append(triple.object)

    def of(self, subject: str, predicate: NamedNode) -> list[object]:
        return self.values.get((subject, predicate.value), [])

    def texts(self, subject: str, predicate: NamedNode) -> set[Text]:
        return {text_of(value) for value in self.of(subject, predicate) if isinstance(value, Literal)}

    def definitions(self, concept: str) -> list[str]:
        return [value.value for value in self.of(concept, ns.EUVOC.xlDefinition) if isinstance(value, NamedNode)]

    def sources(self, concept: str) -> set[str]:
        found: set[str] = set()
        for definition in self.definitions(concept):
            for source in self.of(definition, ns.DCT.source):
                parts = [value for part in (ns.RDFS.label, ns.RDFS.seeAlso) for value in self.of(source.value, part)]
                if not (parts and source.value.startswith(OPTIONS.uri_base)):
                    found.add(source.value)
                found.update(part.value for part in parts if source.value.startswith(OPTIONS.uri_base))
        return found


@pytest.mark.parametrize(("name", "concepts"), FILES.items())
def test_keeps_every_concept_term_definition_and_source(name: str, concepts: int) -> None:
    graph, stored = counted(name), Stored(imported(name))
    written = list(graph.subjects(RDF.type, SKOS.Concept))
    assert len(written) == concepts
    assert (
        len({subject for subject, _ in stored.values if ns.SKOS.Concept in stored.of(subject, ns.RDF.type)}) == concepts
    )
    for concept in written:
        iri = str(concept)
        for kind in ("prefLabel", "altLabel", "hiddenLabel"):
            terms = {term for term in written_terms(graph, concept, kind) if term[0]}
            assert stored.texts(iri, ns.SKOS[kind]) == terms, (iri, kind)
        texts = set().union(*(stored.texts(definition, ns.RDF.value) for definition in stored.definitions(iri)))
        assert texts == {text for text in written_definitions(graph, concept) if text[0]}, iri
        sources = {source for source in written_sources(graph, concept) if source != "http://base.example/"}
        kept = {letters(source) for source in sources if not code_of(Literal(source), RELATIONSHIPS)}
        assert {letters(source) for source in stored.sources(iri)} == kept - {""}, iri


@pytest.mark.parametrize("name", FILES)
def test_importing_twice_gives_the_same_triples(name: str) -> None:
    first, second = imported(name), imported(name)
    assert [batch.catalogue for batch in first] == [batch.catalogue for batch in second]
    assert [set(batch.triples) for batch in first] == [set(batch.triples) for batch in second]


def without_blanks(batch: Batch) -> set[tuple[str, str, str]]:
    return {
        (triple.subject.value, triple.predicate.value, "".join(triple.object.value.split()))
        for triple in batch.triples
        if isinstance(triple.object, Literal) and triple.predicate != ns.DCT.source
    }


def test_one_catalogue_in_three_syntaxes_is_the_same() -> None:
    turtle, xml, json = (imported(f"brreg_GET_begrepCollection.{suffix}") for suffix in ("ttl", "xml", "json"))
    assert set(turtle[0].triples) == set(json[0].triples)
    # whoever wrote the XML lost the line feeds inside texts, and the first letter of one term
    texts = [{text for *_, text in without_blanks(batch[0])} for batch in (turtle, xml)]
    assert texts[0] ^ texts[1] == {"utleggsforretning", "tleggsforretning"}
    assert len(turtle[0].triples) == len(xml[0].triples)
    assert {batch[0].catalogue for batch in (turtle, xml, json)} == {"974760673"}
