"""Quality: indicators and points, what is kept of them, the pages and data that show them."""

import csv
import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from documentation import rows, section, text
from flask import Flask
from flask.testing import FlaskClient
from pages_register import BASE, DATASET, FISHING_VESSEL, HARBOUR, MODEL, PUBLISHER, SERVICE, VESSEL, arrival, fill
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from importers.report import RecordReport
from ontologies.namespaces import DQV
from registry import storing
from registry.cli import main
from registry.provenance import Deed
from registry.quality import keeping
from registry.quality.collection import checks
from registry.quality.facts import Live
from registry.quality.file_formats import is_open, is_structured
from registry.quality.indicators import DIMENSIONS, not_tested
from registry.quality.keeping import Figures, Past, current, remeasure
from registry.quality.league import changes, new_this_year, standings, summed, trend
from registry.quality.measuring import Row
from registry.quality.scoring import KINDS, grade_of, kind_of, score
from registry.services import Services
from registry.views.reports import polyline
from sparql.changes import Changes

NATIONAL = {
    "keyword": 30, "category": 30, "spatial": 20, "temporal": 20, "accessUrlStatus": 50, "downloadUrl": 20,
    "downloadUrlStatus": 30, "format": 20, "mediaType": 10, "formatMediaTypeVocabularyAlignment": 10,
    "nonProprietary": 20, "machineInterpretable": 20, "dcatApCompliance": 30, "formatMatch": 15, "syntaxValid": 15,
    "licence": 20, "knownLicence": 10, "accessRights": 10, "accessRightsVocab": 5, "contactPoint": 20, "publisher": 10,
    "rights": 5, "byteSize": 5, "issued": 5, "modified": 5,
}  # fmt: skip
FULL = """
<https://full.example/d> a dcat:Dataset ; dct:title "Alt"@nb ; dct:description "Alt."@nb ; dct:publisher org:999100001 ;
  dcat:contactPoint <https://full.example/k> ; dcat:theme <https://psi.norge.no/los/tema/helse> ; dcat:keyword "alt"@nb ;
  dct:spatial <https://data.geonorge.no/nasjon/173163> ; dct:temporal <https://full.example/t> ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  dct:issued "2026-01-01"^^xsd:date ; dcat:distribution <https://full.example/poor>, <https://full.example/rich> .
<https://full.example/poor> a dcat:Distribution ; dcat:accessURL <https://full.example/x> ; dct:format "Word" .
<https://full.example/rich> a dcat:Distribution ; dcat:accessURL <https://full.example/y> ;
  dcat:downloadURL <https://full.example/y.csv> ; dcat:byteSize "12"^^xsd:nonNegativeInteger ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ; dct:modified "2026-02-01"^^xsd:date ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> ; dct:rights <https://full.example/r> .
"""


def score_in(services: Services, uri: str):
    facts, thing = Live(services.store.reader()), NamedNode(uri)
    kind = kind_of(facts, thing)
    assert kind is not None
    return score(facts, thing, kind)


def points(services: Services, uri: str) -> dict[str, float | None]:
    return {each.indicator.code: each.share for each in score_in(services, uri).results}


def test_the_national_indicators_of_datasets_have_their_points() -> None:
    [datasets] = [kind for kind in KINDS if kind.code == "dataset"]
    assert {each.code: each.points for each in datasets.indicators} == NATIONAL
    assert datasets.points == 435
    assert {each.dimension for each in datasets.indicators} == set(DIMENSIONS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_indicator_is_described_with_its_points(kind) -> None:
    told = {row[0].strip("`"): row[1:4] for row in rows(section("docs/quality.md", kind.code))[1:]}
    assert set(told) == {each.code for each in kind.indicators}
    for each in kind.indicators:
        assert told[each.code][:2] == [each.dimension, str(each.points)]
        assert told[each.code][2].startswith(each.name["en"])
        assert told[each.code][2].endswith("(not tested)") == (each.test is not_tested)
    assert f"{kind.points} points" in section("docs/quality.md", kind.code)


def test_every_check_is_described() -> None:
    told = [
        (row[0].strip("`"), row[1]) for row in rows(section("docs/quality.md", "Checks of concept collections"))[1:]
    ]
    assert told == [(check.code, check.norm) for check in checks().values()]


def test_a_full_description_gets_everything_that_is_tested(services: Services) -> None:
    storing.store(services, [arrival("full", "catalogue", "Alt", "999100001", FULL, [])], lambda _: None)
    found = score_in(services, "https://full.example/d")
    assert {each.indicator.code for each in found.results if each.share == 0} == set()
    assert (found.points, found.tested, found.grade, found.level) == (325, 325, "excellent", "acceptable")
    assert {each.indicator.code for each in found.results if each.share is None} == {
        *("accessUrlStatus", "downloadUrlStatus", "formatMatch", "syntaxValid")
    }
    assert sum(tested for _, _, tested, _ in found.dimensions()) == 325


def test_a_sparse_dataset_gets_points_for_what_it_says(pages_services: Services) -> None:
    found = points(pages_services, DATASET)
    given = {code for code, share in found.items() if share}
    assert given == {"accessRights", "accessRightsVocab", "publisher"}
    assert score_in(pages_services, DATASET).level is None


def test_concepts_models_and_apis_are_scored_too(pages_services: Services) -> None:
    vessel = points(pages_services, VESSEL)
    assert (vessel["termEnglish"], vessel["definitionLanguages"], vessel["source"], vessel["mapped"]) == (1, 1, 1, 1)
    assert points(pages_services, FISHING_VESSEL)["termNynorsk"] == 0
    model = points(pages_services, MODEL)
    assert (model["elementConcepts"], model["propertyConcepts"], model["multiplicities"]) == (0.5, 1, 1)
    api = points(pages_services, SERVICE)
    assert (api["servesDataset"], api["concept"], api["endpointUrlStatus"]) == (1, 1, None)


def test_formats_are_known_by_iri_media_type_and_word() -> None:
    iri = NamedNode("http://publications.europa.eu/resource/authority/file-type/JSON_LD")
    assert (is_open(iri), is_structured(Literal("ESRI Shape")), is_open(Literal("ESRI Shape"))) == (False, True, False)
    assert is_structured(NamedNode("https://www.iana.org/assignments/media-types/application/ld+json"))
    assert not is_structured(Literal("PDF"))


@pytest.mark.parametrize(
    ("share", "grade"), [(1, "excellent"), (0.87, "excellent"), (0.6, "good"), (0.31, "sufficient"), (0, "poor")]
)
def test_grades(share: float, grade: str) -> None:
    assert grade_of(share) == grade


def test_a_large_import_is_measured_when_somebody_asks(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_AT_ONCE", 3)
    fill(services)
    assert services.figures.newest() == {}
    assert len(remeasure(services.figures, services.store.reader())) == len(services.figures.newest()) == 2


def test_an_import_is_measured_and_its_past_kept(services: Services) -> None:
    fill(services)
    graph = f"{BASE}/graph/catalogue/prove-havn"
    kept = services.figures.newest()
    assert set(kept) == {graph, f"{BASE}/graph/catalogue/prove-fisk"}
    by_kind = {row.kind: row for row in kept[graph].measurement.rows}
    assert (by_kind["concept"].things, by_kind["dataset"].organisation) == (3, f"{PUBLISHER}999100001")
    assert kept[graph].measurement.checks["orphanConcepts"].number == 1
    assert remeasure(services.figures, services.store.reader()) == []
    before = services.figures.stamp()
    changed = HARBOUR.replace('skos:altLabel "båt"@nb', 'skos:altLabel "båt"@nb, "fartøy"@nb')
    again = arrival("prove-havn", "catalogue", "Havn", "999100001", changed, [RecordReport(VESSEL)])
    storing.store(services, [again], lambda _: None)
    assert services.figures.stamp() != before
    found = services.figures.newest()[graph].measurement.checks["disjointLabelsViolation"]
    assert (found.number, found.examples[0].value) == (1, "fartøy")
    assert [past.graph for past in services.figures.past()].count(graph) == 1, "one row a day"


def test_what_was_never_measured_is_measured_when_asked_for(services: Services) -> None:
    fill(services)
    with closing(sqlite3.connect(services.settings.data / "state.db")) as database, database:
        database.execute("DELETE FROM measurement")
    found = current(services.figures, services.store.reader())
    assert all(each.measurement.rows for each in found.values())
    assert set(services.figures.newest()) == set(found)


def test_a_catalogue_that_is_gone_counts_no_more(services: Services) -> None:
    fill(services)
    graph = f"{BASE}/graph/catalogue/prove-fisk"
    changes = Changes()
    changes.clear(graph)
    with services.alone() as writing:
        writing.write(changes, Deed("", "", "DROP"))
    remeasure(services.figures, services.store.reader())
    assert graph not in current(services.figures, services.store.reader())
    assert [each for each in services.figures.past() if each.graph == graph][-1].figures == ()


def test_sums_standings_and_trends() -> None:
    first = Row("a", "dataset", 2, 100.0, 400, {"good": 2}, {"": 2}, {"keyword": 1.0}, [({"en": "x"}, "acceptable", 2)])
    second = Row(
        "b", "dataset", 1, 150.0, 200, {"poor": 1}, {"": 1}, {"keyword": 0.5}, [({"en": "x"}, "acceptable", 1)]
    )
    both = summed([first, second])
    assert (both.things, both.share, both.passing("keyword"), both.passing("byteSize")) == (3, 250 / 600, 0.5, None)
    assert both.faults == [({"en": "x"}, "acceptable", 3)]
    assert [row.organisation for row in standings([first, second])] == ["b", "a"]
    past = [
        Past("g", "2025-12-30", (Figures("a", "dataset", 2, 100.0, 400),)),
        Past("h", "2026-01-02", (Figures("b", "dataset", 5, 150.0, 200), Figures("b", "concept", 9, 1.0, 2))),
        Past("g", "2026-02-01", ()),
    ]
    points = trend(past, lambda each: each.kind == "dataset")
    assert [(point.day, point.things) for point in points] == [("2025-12-30", 2), ("2026-01-02", 7), ("2026-02-01", 5)]
    assert points[-1].share == 0.75
    assert new_this_year(points) == 3
    later = [*past, Past("h", "2026-03-01", (Figures("b", "dataset", 5, 160.0, 200),))]
    assert {name: round(change, 2) for name, change in changes(later, "dataset").items()} == {"a": -0.25, "b": 0.05}
    assert new_this_year([]) == 0
    assert polyline([1, 2]) == "0.0,80.0 600.0,0.0"
    assert polyline([4]) == "0.0,0.0 600.0,0.0"


def test_pages_show_the_points(pages) -> None:
    league = pages.get("/quality?lang=nb").text
    assert "Prøvehavnene" in league
    assert "Tilgangs-URL svarer" in league
    one = pages.get("/quality/catalogues/prove-havn?lang=en").text
    assert "Orphan concepts" in one
    assert "not tested" in one
    assert (
        "Quality of the description"
        in pages.get(f"/resource?uri={DATASET}&format=html&lang=en", follow_redirects=True).text
    )
    assert "/quality/catalogues/prove-havn" in pages.get("/catalogues/prove-havn.html").text
    assert "Beskrivelsenes kvalitet" in pages.get("/organisations/999100001?lang=nb").text
    reports = pages.get("/reports?lang=nn").text
    assert "<polyline" in reports
    assert "Nøkkeltal over tid" in reports


def test_the_same_as_data(pages) -> None:
    document = pages.get("/quality.json?kind=concept").json
    assert document["total"]["things"] == 4
    table = list(csv.DictReader(io.StringIO(pages.get("/quality.csv?kind=concept").text)))
    assert {row["organisation"] for row in table} == {f"{PUBLISHER}999100001", f"{PUBLISHER}999100002"}
    one = pages.get(f"/api/v1/quality?uri={VESSEL}").json
    assert one["of"] == 200
    assert sum(each["points"] for each in one["indicators"]) == one["points"]
    assert len(list(csv.reader(io.StringIO(pages.get(f"/api/v1/quality?uri={VESSEL}&format=csv").text)))) == 22
    assert pages.get("/api/v1/quality?uri=https://x.example/nothing").status_code == 404
    assert pages.get("/quality?kind=x").status_code == 400
    assert pages.get("/quality/catalogues/none").status_code == 404
    assert {each["code"] for each in pages.get("/api/v1/quality/checks").json["checks"]} == set(checks())


@pytest.mark.parametrize(
    "path", ["/quality.ttl", "/quality/catalogues/prove-havn.ttl", f"/api/v1/quality?uri={DATASET}&format=ttl"]
)
def test_rdf_is_measurements(pages, path: str) -> None:
    quads = list(parse(pages.get(path).data, format=RdfFormat.TURTLE))
    measured = {quad.subject for quad in quads if quad.object == DQV.QualityMeasurement}
    for predicate in (DQV.computedOn, DQV.isMeasurementOf, DQV.value):
        assert {quad.subject for quad in quads if quad.predicate == predicate} == measured
    assert measured


def test_the_command_line_shows_them(pages_services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SAMSVAR_DATA", str(pages_services.settings.data))
    run = CliRunner()
    shown = run.invoke(main, ["quality"])
    assert "concept" in shown.output
    assert "999100001" in shown.output
    assert "orphanConcepts" in run.invoke(main, ["quality", "prove-havn"]).output
    assert '"quality"' in run.invoke(main, ["quality", "prove-havn", "--measure", "--json"]).output
    assert "dcat:theme is missing." in run.invoke(main, ["quality", "prove-havn", "--shacl"]).output
    unknown = run.invoke(main, ["quality", "none"])
    assert unknown.exit_code == 3
    assert "There is no catalogue none." in unknown.output
    assert text("docs/quality.md")


TIDE = """@prefix cpsv: <http://purl.org/vocab/cpsv#> . @prefix cpsvno: <https://data.norge.no/vocabulary/cpsvno#> .
@prefix cv: <http://data.europa.eu/m8g/> . @prefix dct: <http://purl.org/dc/terms/> .
<https://flo.example/varsel> a cpsv:PublicService ; dct:title "Varsel om flo"@nb ; dct:identifier "1" ;
    dct:description "Varsler om flo"@nb ; cv:contactPoint <https://flo.example/post> ;
    cv:hasCompetentAuthority <https://data.brreg.no/enhetsregisteret/api/enheter/999100001> ;
    cpsvno:hasPossibleOutput <https://flo.example/melding> .
<https://flo.example/flom> a cv:LifeEvent, cv:Event ; dct:title "Flom"@nb ; dct:identifier "2" .
"""


def test_services_and_events_are_scored_and_belong_to_the_responsible_authority(services: Services) -> None:
    storing.store(services, [arrival("flo", "catalogue", "Flo", "999100002", TIDE, [])], lambda _: None)
    service = score_in(services, "https://flo.example/varsel")
    given = {each.indicator.code for each in service.results if each.share}
    assert given == {
        *("title", "description", "identifier", "contactPoint", "cpsvApCompliance", "competentAuthority", "output")
    }
    assert (service.points, service.tested) == (140, 300)
    event = score_in(services, "https://flo.example/flom")
    assert (event.kind.code, event.points, event.tested) == ("event", 60, 150)
    rows = services.figures.newest()[f"{BASE}/graph/catalogue/flo"].measurement.rows
    assert {(row.kind, row.organisation.rpartition("/")[2], row.things) for row in rows} == {
        ("service", "999100001", 1),
        ("event", "999100002", 1),
    }


def test_the_page_of_an_organisation_draws_its_figures_over_time(app: Flask, client: FlaskClient) -> None:
    services: Services = app.extensions["samsvar"]
    fill(services)
    graph = f"{BASE}/graph/catalogue/prove-havn"
    page = client.get("/organisations/999100001", headers={"Accept-Language": "en"})
    assert "share of points over time" not in page.text
    now = services.figures.newest()[graph]
    services.figures.put([replace(now, measured="2020-01-02T03:04:05+00:00")])
    again = client.get(
        "/organisations/999100001", headers={"Accept-Language": "en", "If-None-Match": page.headers["ETag"]}
    )
    assert again.status_code == 200
    assert "Concepts: share of points over time" in again.text
    assert '<polyline points="0.0,' in again.text
