"""The list of findings as a workbench: every facet filters, counts and is shown only where there is data for it."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
import workbench_register
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse
from workbench_register import EVENT, SERVICE, SOURCE_ACT

from registry.app import create_app
from registry.catalogue.facets_of_things import european_act
from registry.services import build_services
from registry.settings import Settings


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(data=tmp_path_factory.mktemp("bench") / "data", uri_base=workbench_register.BASE)
    workbench_register.fill(build_services(settings))
    app = create_app(settings)
    app.testing = True
    client = app.test_client()
    client._cookies = None
    return client


def document(client: FlaskClient, **choices: str) -> dict[str, Any]:
    answer = client.get("/conflicts.json", query_string=choices)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json or {}
    return found


def counts(found: dict[str, Any], facet: str) -> dict[str, int]:
    return {choice["value"]: choice["count"] for choice in found["facets"][facet]}


def test_everything_is_counted_by_every_facet(bench: FlaskClient) -> None:
    found = document(bench)
    assert counts(found, "ministry").keys() == {"Kaidepartementet", "Slusedepartementet"}
    assert counts(found, "area").keys() == {"Sjørett", "Sjørett > Havner"}
    assert counts(found, "publisher").keys() == {"999100001"}
    assert counts(found, "catalogue").keys() == {"lov-2098-01-02-3", "lov-2097-04-05-6", "for-2098-07-08-9", "havn"}
    assert sum(counts(found, "severity").values()) == found["total"] == counts(found, "state")["open"]
    assert counts(found, "kind")["ThresholdDifference"] >= 4
    assert [choice["label"] for choice in found["facets"]["event"]] == ["Flytte båt"]
    assert [choice["label"] for choice in found["facets"]["service"]] == ["Leie av kaiplass"]
    assert [choice["label"] for choice in found["facets"]["source"]] == ["(EU) 2019/1009"]


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        ("ministry", "Slusedepartementet"),
        ("area", "Sjørett > Havner"),
        ("area", "Sjørett"),
        ("publisher", "999100001"),
        ("catalogue", "for-2098-07-08-9"),
        ("kind", "HierarchyDivergence"),
        ("severity", "critical"),
        ("event", EVENT),
        ("service", SERVICE),
        ("source", SOURCE_ACT),
        ("state", "open"),
    ],
)
def test_a_choice_gives_as_many_as_were_counted(bench: FlaskClient, facet: str, value: str) -> None:
    expected = counts(document(bench), facet)[value]
    found = document(bench, **{facet: value})
    assert found["total"] == len(found["findings"]) == expected > 0
    assert found["choices"] == {facet: value}


def test_choices_are_counted_under_the_others(bench: FlaskClient) -> None:
    found = document(bench, term="kaileiere", ministry="Kaidepartementet")
    assert {one["term"] for one in found["findings"]} == {"kaileier"}
    assert counts(found, "ministry") == {"Kaidepartementet": found["total"]}
    assert counts(found, "catalogue").keys() == {"lov-2098-01-02-3", "for-2098-07-08-9"}


def test_a_service_rests_on_the_act_that_it_links_to(bench: FlaskClient) -> None:
    for one in document(bench, service=SERVICE)["findings"]:
        assert any("/lov/2097/04/05/6" in one[side]["act"] for side in ("a", "b"))


def test_what_only_one_value_has_is_no_choice_on_the_page(bench: FlaskClient) -> None:
    text = bench.get("/conflicts").text
    shown = set(re.findall(r'<select class="ds-input" id="(\w+)"', text))
    assert shown == {"kind", "ministry", "area", "catalogue"}
    assert 'id="service"' in bench.get("/conflicts", query_string={"service": SERVICE}).text


def test_findings_by_term_name_each_term_once(bench: FlaskClient) -> None:
    found = document(bench, view="terms")
    assert sorted(group["term"] for group in found["terms"]) == ["kai", "kaileier"]
    assert sum(group["findings"] for group in found["terms"]) == document(bench)["total"]
    text = bench.get("/conflicts?view=terms&lang=nb").text
    assert {group["term"]: group["sources"] for group in found["terms"]} == {"kai": 1, "kaileier": 1}
    assert "1 EU-rettsakt bak" in text
    assert 'href="/terms/kaileier"' in text
    assert 'href="/conflicts?lang=nb&amp;term=kaileier"' in text


def test_figures_are_drawn_and_written(bench: FlaskClient) -> None:
    text = bench.get("/conflicts?view=figures&lang=nb").text
    for heading in ("Etter departement", "Etter type ulikhet", "Etter rettsområde", "Etter utgiver"):
        assert f"{heading}</h2>" in text
    assert "Sjørett &gt; Havner" not in text.partition('id="findings"')[2], "areas are drawn by the widest"
    widths = [float(width) for width in re.findall(r'sv-share" data-severity="\w+" x="[\d.]+" width="([\d.]+)"', text)]
    assert widths
    assert all(0 < width <= 100 for width in widths)
    assert "style=" not in text


def test_every_view_has_a_table_of_its_own(bench: FlaskClient) -> None:
    terms = list(csv.DictReader(io.StringIO(bench.get("/conflicts.csv?view=terms").text)))
    assert {row["term"] for row in terms} == {"kai", "kaileier"}
    assert sum(int(row["findings"]) for row in terms) == document(bench)["total"]
    figures = list(csv.DictReader(io.StringIO(bench.get("/conflicts.csv?view=figures").text)))
    by_ministry = {row["value"]: int(row["findings"]) for row in figures if row["facet"] == "ministry"}
    assert by_ministry == counts(document(bench), "ministry")
    assert {row["facet"] for row in figures} == {"ministry", "kind", "area", "publisher"}


@pytest.mark.parametrize(
    ("eli", "name"),
    [
        ("http://data.europa.eu/eli/reg/2019/1009/oj", "(EU) 2019/1009"),
        ("http://data.europa.eu/eli/dir/2008/50/oj", "2008/50/EF"),
        ("http://data.europa.eu/eli/dir/2014/53/oj", "2014/53/EU"),
        ("http://data.europa.eu/eli/reg/2009/767/oj", "(EF) 767/2009"),
        ("http://data.europa.eu/eli/reg/2011/305/oj", "(EU) 305/2011"),
        ("http://data.europa.eu/eli/other", "http://data.europa.eu/eli/other"),
    ],
)
def test_acts_of_the_eu_go_by_their_numbers(eli: str, name: str) -> None:
    assert european_act(eli) == name


def test_the_table_and_the_rdf_have_what_is_chosen(bench: FlaskClient) -> None:
    found = document(bench, ministry="Slusedepartementet")
    rows = list(csv.DictReader(io.StringIO(bench.get("/conflicts.csv?ministry=Slusedepartementet").text)))
    assert [row["uri"] for row in rows] == [one["uri"] for one in found["findings"]]
    assert {(row["a_text"], row["b_text"]) for row in rows} == {
        (one["a"]["text"], one["b"]["text"]) for one in found["findings"]
    }
    answer = bench.get("/conflicts?ministry=Slusedepartementet", headers={"Accept": "text/turtle"})
    assert answer.mimetype == "text/turtle"
    quads = list(parse(answer.data, format=RdfFormat.TURTLE))
    subjects = {getattr(quad.subject, "value", "").partition("/evidence/")[0] for quad in quads}
    assert subjects == {one["uri"] for one in found["findings"]}


def test_the_size_of_a_page_can_be_chosen(bench: FlaskClient) -> None:
    everything = document(bench)["findings"]
    assert document(bench, size="2", page="2")["findings"] == everything[2:4]
    assert len(bench.get("/conflicts.csv?size=3").text.splitlines()) == 4
    for bad in ("size=0", "size=501", "size=x", "view=map", "state=decided", "catalogue=nowhere"):
        assert bench.get(f"/conflicts?{bad}").status_code == 400, bad


def test_a_page_of_an_act_leads_to_its_disagreements(bench: FlaskClient) -> None:
    text = bench.get("/legislation/lov/2097/04/05/6.html?lang=nb").text
    expected = document(bench, catalogue="lov-2097-04-05-6")["total"]
    assert re.search(rf'href="/conflicts\?catalogue=lov-2097-04-05-6">{expected} sammenligning', text)


def test_an_empty_register_has_nothing_to_choose(tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path / "data", uri_base=workbench_register.BASE)).test_client()
    for view in ("", "terms", "figures"):
        text = client.get(f"/conflicts?view={view}&lang=nb").text
        assert "<select" not in text.partition("<main")[2]
    assert client.get("/conflicts.csv").text.count("\n") == 1
