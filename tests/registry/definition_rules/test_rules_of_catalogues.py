"""The rules of a concept and of a catalogue over the API and on the command line."""

import csv
import io
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from pages_register import QUAY
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontologies.namespaces import RDF, SH
from registry.cli import main
from registry.definition_rules.base import rule_texts
from registry.definition_rules.tables import COLUMNS, RULES
from registry.quality.keeping import current
from registry.services import Services

ADDRESS = "/api/v1/definition-rules"
CATALOGUE = "prove-havn"


def test_a_concept_has_its_findings_and_score(pages: FlaskClient) -> None:
    said = pages.get(ADDRESS, query_string={"uri": QUAY, "lang": "nn"}).json
    (markup,) = [each for each in said["findings"] if each["rule"] == "markup"]
    assert markup["quoted"] == markup["text"][slice(*markup["span"])]
    assert markup["label"] == rule_texts()["markup"].labels["nn"]
    assert said["score"]["taken"]["markup"] == {"definitions": 1, "points": rule_texts()["markup"].points}


def test_a_catalogue_ranks_its_organisations(pages: FlaskClient) -> None:
    said = pages.get(ADDRESS, query_string={"catalogue": CATALOGUE}).json
    shares = [each["share"] for each in said["organisations"]]
    assert shares == sorted(shares, reverse=True)
    assert sum(each["of"] for each in said["organisations"]) == said["score"]["of"] > 0


def test_the_table_has_a_line_for_each_finding(pages: FlaskClient) -> None:
    asked = {"catalogue": CATALOGUE, "lang": "en"}
    lines = list(csv.DictReader(io.StringIO(pages.get(ADDRESS, query_string={**asked, "format": "csv"}).text)))
    findings = pages.get(ADDRESS, query_string=asked).json["findings"]
    assert tuple(lines[0]) == COLUMNS
    assert [line["explanation"] for line in lines] == [each["explanation"] for each in findings]


def test_the_report_is_one_of_shacl(pages: FlaskClient) -> None:
    body = pages.get(ADDRESS, query_string={"uri": QUAY}, headers={"Accept": "text/turtle"}).data
    triples = {(each.subject, each.predicate, each.object) for each in parse(body, RdfFormat.TURTLE)}
    (report,) = [s for s, p, o in triples if (p, o) == (RDF.type, SH.ValidationReport)]
    results = {o for s, p, o in triples if (s, p) == (report, SH.result)}
    assert len(results) == len(pages.get(ADDRESS, query_string={"uri": QUAY}).json["findings"]) > 0
    assert {o.value for s, p, o in triples if (s, p) == (report, SH.conforms)} == {"false"}
    for result in results:
        said = {p: o for s, p, o in triples if s == result}
        assert {SH.focusNode, SH.resultPath, SH.resultSeverity, SH.sourceConstraintComponent} <= said.keys()
        messages = [o for s, p, o in triples if (s, p) == (result, SH.resultMessage)]
        assert {each.language for each in messages if isinstance(each, Literal)} == {"nb", "nn", "en"}
    (markup,) = [s for s, p, o in triples if (p, o) == (SH.sourceShape, RULES.markup)]
    assert {o.value for s, p, o in triples if (s, p) == (markup, SH.value)} == {
        "<script>alert(1)</script> sted der et fartøy legger til"
    }
    assert (RULES.markup, RDF.type, NamedNode(SH.PropertyShape.value)) in triples


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"uri": QUAY, "catalogue": "x"}, 400),
        ({"uri": "not an iri"}, 400),
        ({"uri": "https://havn.example/begrep/ukjent"}, 404),
        ({"catalogue": "ukjent"}, 404),
    ],
)
def test_what_cannot_be_answered_is_told(pages: FlaskClient, asked: dict[str, str], status: int) -> None:
    answer = pages.get(ADDRESS, query_string=asked)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_the_command_says_the_same_as_the_api(
    pages: FlaskClient, pages_services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMSVAR_DATA", str(pages_services.settings.data))
    monkeypatch.setenv("SAMSVAR_URI_BASE", pages_services.settings.uri_base)
    run = CliRunner().invoke
    (said,) = json.loads(run(main, ["rules", "--catalogue", CATALOGUE, "--json"]).stdout)["catalogues"]
    assert said == pages.get(ADDRESS, query_string={"catalogue": CATALOGUE, "lang": "en"}).json
    shown = run(main, ["rules", "--catalogue", CATALOGUE]).stdout
    assert all(each["explanation"] in shown for each in said["findings"])
    assert CATALOGUE in run(main, ["rules"]).stdout
    refused = run(main, ["rules", "--catalogue", "ukjent"])
    assert (refused.exit_code, refused.stderr) == (3, "samsvar: There is no catalogue ukjent.\n")


def test_the_quality_of_a_catalogue_shows_its_scores_and_what_took_points(pages: FlaskClient) -> None:
    address = f"/quality/catalogues/{CATALOGUE}"
    said = pages.get(f"{address}.json").json["definitionRules"]
    asked = pages.get(ADDRESS, query_string={"catalogue": CATALOGUE}).json
    assert (said["score"], said["organisations"]) == (asked["score"], asked["organisations"])
    shown = pages.get(address, query_string={"lang": "nb"}, headers={"Accept": "text/html"}).text
    assert f"({said['score']['points']} / {said['score']['of']})" in shown
    assert all(rule_texts()[code].labels["nb"] in shown for code in said["score"]["taken"])


def test_the_league_ranks_catalogues_and_organisations_over_all_of_them(pages: FlaskClient) -> None:
    said = pages.get("/quality/definition-rules.json").json
    by_id = {each["catalogue"]: each for each in said["catalogues"]}
    one = pages.get(ADDRESS, query_string={"catalogue": CATALOGUE}).json
    assert {name: by_id[CATALOGUE][name] for name in one["score"]} == one["score"]
    for ranked in (said["catalogues"], said["organisations"]):
        shares = [each["share"] for each in ranked]
        assert shares == sorted(shares, reverse=True)
    assert sum(each["of"] for each in said["catalogues"]) == sum(each["of"] for each in said["organisations"]) > 0
    lines = list(csv.DictReader(io.StringIO(pages.get("/quality/definition-rules.csv").text)))
    assert {line["catalogue"] for line in lines if line["catalogue"]} == by_id.keys()
    (line,) = [line for line in lines if line["catalogue"] == CATALOGUE]
    broken = {code: taken["definitions"] for code, taken in one["score"]["taken"].items()}
    assert {code: int(line[code]) for code in rule_texts() if int(line[code])} == broken
    shown = pages.get("/quality/definition-rules", headers={"Accept": "text/html"}).text
    assert f'href="/quality/catalogues/{CATALOGUE}"' in shown


def test_a_measurement_that_was_kept_without_the_rules_is_made_again(pages_services: Services) -> None:
    reader, store = pages_services.store.reader(), pages_services.figures
    (kept,) = [each for graph, each in current(store, reader).items() if graph.endswith(CATALOGUE)]
    assert kept.measurement.rules
    store.put([replace(kept, measurement=replace(kept.measurement, rules=None))])
    assert current(store, reader)[kept.graph].measurement.rules == kept.measurement.rules
