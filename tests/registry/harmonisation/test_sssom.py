"""Suggestions as SSSOM, read by a program of others."""

from pathlib import Path

import pytest
import sssom_pydantic
from definition_samples import graph, triples, turtle
from flask.testing import FlaskClient

from registry.harmonisation import listing, sssom
from registry.harmonisation.recheck import recheck_all
from registry.urls import Urls
from sparql.embedded.generations import GenerationStore


@pytest.fixture
def disagreeing(store: GenerationStore, urls: Urls) -> GenerationStore:
    with store.session() as session:
        for name, text in (("havn", "brygge på minst 10 meter"), ("kyst", 'brygge\ti "havn"\npå minst 20 meter')):
            quoted = text.replace('"', '\\"').replace("\n", "\\n")
            described = turtle(f"http://{name}.example/1", "kai", quoted, publisher=f"http://{name}.example/")
            session.replace_graph(graph(name), triples(described))
        circle = turtle("http://by.example/1", "godkjenner", "person som er godkjenner", publisher="http://by.example/")
        session.replace_graph(graph("by"), triples(circle))
        recheck_all(session, urls)
    return store


def _read(table: str, tmp_path: Path) -> tuple[list[sssom_pydantic.SemanticMapping], sssom_pydantic.MappingSet]:
    path = tmp_path / "suggestions.sssom.tsv"
    path.write_text(table, encoding="utf-8")
    mappings, _, described = sssom_pydantic.read(path)
    return list(mappings), described


def test_every_pair_is_a_mapping_that_a_program_suggests(
    disagreeing: GenerationStore, urls: Urls, tmp_path: Path
) -> None:
    reader = disagreeing.reader()
    rows = listing.matching(reader)
    [mapping], described = _read(sssom.table(reader, urls, rows), tmp_path)
    assert len(rows) == 2, "the circle is a finding, but no suggestion"
    [found] = [finding for finding in listing.findings(reader).items if finding.a != finding.b]
    assert {mapping.subject.identifier, mapping.object.identifier} == {"1"}
    assert mapping.predicate.curie == f"samsvar:{found.comparison.relation}"
    assert mapping.justification.curie == "semapv:LexicalSimilarityThresholdMatching"
    assert mapping.subject_name == mapping.object_name == "kai"
    assert mapping.record is not None
    assert mapping.record.identifier == found.id
    assert "10" in str(mapping.comment)
    assert str(described.id) == urls.findings.value


def test_no_findings_make_an_empty_set(store: GenerationStore, urls: Urls, tmp_path: Path) -> None:
    assert _read(sssom.table(store.reader(), urls, []), tmp_path)[0] == []


def test_the_address_takes_the_choices_of_the_list(demo_client: FlaskClient, tmp_path: Path) -> None:
    every = demo_client.get("/api/v1/suggestions")
    assert every.mimetype == sssom.MEDIA_TYPE
    few = demo_client.get("/api/v1/suggestions?severity=critical")
    all_of_them, few_of_them = (_read(answer.text, tmp_path)[0] for answer in (every, few))
    assert 0 < len(few_of_them) < len(all_of_them)
    assert 'href="/api/v1/suggestions?severity=critical"' in demo_client.get("/conflicts?severity=critical").text
    assert demo_client.get("/api/v1/suggestions?severity=terrible").status_code == 400
