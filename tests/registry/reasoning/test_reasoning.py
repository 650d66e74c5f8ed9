"""Contradictions in information models: plain ones, those that HermiT finds, and what is said where there is no Java."""

import json
import subprocess
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Triple

from importers.base import Source
from ontologies import hermit
from ontologies.namespaces import OWL, RDF, RDFS
from registry import pipeline
from registry.cli import main
from registry.reasoning.classifying import axioms
from registry.reasoning.reasoned import Reasoned, ask_hermit, reasoned
from registry.services import Services

MODEL = "https://modell.example/fartoy"
PROFILE = f"""@prefix m: <https://data.norge.no/vocabulary/modelldcatno#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <{MODEL}#> .
<{MODEL}> a m:InformationModel ; dct:title "Fartøy"@nb ;
    m:containsModelElement :Fartoy, :Skip, :Last, :Kolli, :Sirkel, :Ring .
:Fartoy a m:ObjectType ; dct:title "Fartøy"@nb ; m:hasProperty :navn .
:navn a m:Attribute ; dct:title "navn"@nb ; m:minOccurs 2 ; m:maxOccurs "1" .
:Skip a m:ObjectType ; dct:title "Skip"@nb ; m:hasProperty :erFartoy .
:erFartoy a m:Specialization ; m:hasGeneralConcept :Fartoy .
:Last a m:ObjectType ; dct:title "Last"@nb ; m:hasProperty :harKolli .
:harKolli a m:Composition ; dct:title "kolli"@nb ; m:minOccurs 1 ; m:contains :Kolli .
:Kolli a m:ObjectType ; dct:title "Kolli"@nb ; m:hasProperty :harLast .
:harLast a m:Composition ; dct:title "last"@nb ; m:minOccurs 1 ; m:contains :Last .
:Sirkel a m:ObjectType ; dct:title "Sirkel"@nb ; m:hasProperty :erRing .
:erRing a m:Specialization ; m:hasGeneralConcept :Ring .
:Ring a m:ObjectType ; dct:title "Ring"@nb ; m:hasProperty :erSirkel .
:erSirkel a m:Specialization ; m:hasGeneralConcept :Sirkel .
""".encode()
SOUND = PROFILE.replace(b"m:minOccurs 2", b"m:minOccurs 1").replace(b"m:minOccurs 1 ; m:contains", b"m:contains")
ONTOLOGY = b"""@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://ontologi.example/sjo#> .
<https://ontologi.example/sjo> a owl:Ontology ; rdfs:label "Sjo"@nb .
:Vann a owl:Class . :Land a owl:Class ; owl:disjointWith :Vann .
:Strand a owl:Class ; rdfs:subClassOf :Vann, :Land .
:ligger a owl:ObjectProperty .
:Havn a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :ligger ; owl:someValuesFrom :Strand ] .
:Kai a owl:Class .
"""
SEA = "https://ontologi.example/sjo"


def _imported(services: Services, name: str, content: bytes, uri: str) -> Reasoned:
    pipeline.run(services, pipeline.Request([Source(f"{name}.ttl", content)], name))
    return _known(services, uri)


def _known(services: Services, uri: str) -> Reasoned:
    found = reasoned(services.store.reader(), services.reasoned, uri)
    assert found is not None
    return found


def _said(found: Reasoned) -> set[tuple[str, str, tuple[str, ...]]]:
    local = [(each.kind, each.element.rpartition("#")[2], each.others) for each in found.contradictions]
    return {(kind, one, tuple(other.rpartition("#")[2] for other in others)) for kind, one, others in local}


def test_circles_and_multiplicities_are_found_without_a_reasoner(services: Services) -> None:
    found = _imported(services, "fartoy", PROFILE, MODEL)
    assert _said(found) == {
        ("circularSpecialization", "Ring", ("Sirkel",)),
        ("circularComposition", "Kolli", ("Last",)),
        ("impossibleMultiplicity", "Fartoy", ()),
    }
    [bounds] = [each for each in found.contradictions if each.property]
    assert (bounds.property, bounds.least, bounds.most) == ("navn", 2, 1)
    assert found.hermit is None


def test_what_may_be_empty_is_no_circle(services: Services) -> None:
    found = _imported(services, "fartoy", SOUND, MODEL)
    assert _said(found) == {("circularSpecialization", "Ring", ("Sirkel",))}


def test_a_class_below_two_that_share_nothing(services: Services) -> None:
    found = _imported(services, "sjo", ONTOLOGY, SEA)
    assert _said(found) == {("disjointParents", "Strand", ("Land", "Vann"))}


@pytest.mark.parametrize("uri", [MODEL, f"{MODEL}#modell"], ids=["slash", "hash"])
def test_the_axioms_of_a_model_are_an_ontology_whatever_its_uri(services: Services, uri: str) -> None:
    found = _imported(services, "fartoy", PROFILE.replace(f"<{MODEL}> a".encode(), f"<{uri}> a".encode()), uri)
    said = set(axioms(services.store.reader(), found.model))
    assert Triple(NamedNode(f"{MODEL}#axioms"), RDF.type, OWL.Ontology) in said
    assert Triple(NamedNode(f"{MODEL}#Skip"), RDFS.subClassOf, NamedNode(f"{MODEL}#Fartoy")) in said


@pytest.mark.slow
@pytest.mark.skipif(hermit.java() is None, reason="HermiT needs Java, which is not installed")
def test_hermit_finds_what_follows_further_on(services: Services) -> None:
    found = _imported(services, "sjo", ONTOLOGY, SEA)
    answer = ask_hermit(services.store.reader(), services.reasoned, found.model)
    assert answer.refused == ""
    assert {uri.rpartition("#")[2] for uri in answer.unsatisfiable} == {"Strand", "Havn"}
    assert ("unsatisfiable", "Havn", ()) in _said(_known(services, SEA))
    changed = _imported(services, "sjo", ONTOLOGY.replace(b"; owl:disjointWith :Vann", b""), SEA)
    assert (changed.contradictions, changed.hermit) == ((), None)


@pytest.mark.slow
@pytest.mark.skipif(hermit.java() is None, reason="HermiT needs Java, which is not installed")
def test_hermit_reads_multiplicities_of_the_profile(services: Services) -> None:
    found = _imported(services, "fartoy", PROFILE, MODEL)
    answer = ask_hermit(services.store.reader(), services.reasoned, found.model)
    assert {uri.rpartition("#")[2] for uri in answer.unsatisfiable} == {"Fartoy", "Skip"}


def test_without_java_the_plain_checks_are_made_and_it_is_said(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    _imported(services, "sjo", ONTOLOGY, SEA)
    monkeypatch.setattr(hermit, "java", lambda: None)
    settings = {"SAMSVAR_DATA": str(services.settings.data), "SAMSVAR_URI_BASE": services.settings.uri_base}
    done = CliRunner().invoke(main, ["reason"], env=settings)
    assert done.exit_code == 0, done.output
    assert f"disjointParents: {SEA}#Strand with {SEA}#Land {SEA}#Vann" in done.output
    assert "Java is not installed" in done.output
    kept = _known(services, SEA).hermit
    assert kept is not None
    assert kept.refused == "Java is not installed, and HermiT needs it."


def test_a_reasoner_that_takes_too_long_or_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hermit, "java", lambda: "java")

    def late(*_: Any, timeout: float, **__: Any) -> None:
        raise subprocess.TimeoutExpired("java", timeout)

    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(hermit.ReasonerError, match="no answer within 3 seconds"):
        hermit.classify(b"", deadline=3)
    failed = subprocess.CompletedProcess(["java"], 1, "", "java.lang.OutOfMemoryError: Java heap space\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(hermit.ReasonerError, match="Java heap space"):
        hermit.classify(b"")


def test_pages_and_answers_tell_of_them(app: Flask, client: FlaskClient) -> None:
    services: Services = app.extensions["samsvar"]
    _imported(services, "fartoy", PROFILE, MODEL)
    page = client.get("/resource", query_string={"uri": MODEL, "format": "html"}, headers={"Accept-Language": "en"})
    assert "Must contain itself" in page.text
    assert "navn: at least 2, at most 1" in page.text
    assert "has not been asked" in page.text
    answer = client.get("/api/v1/models/reasoning", query_string={"uri": MODEL})
    assert {each["kind"] for each in json.loads(answer.text)["contradictions"]} == {
        "circularSpecialization",
        "circularComposition",
        "impossibleMultiplicity",
    }
    assert client.get("/api/v1/models/reasoning?uri=http://e.no/none").status_code == 404
