"""Themes: saved filters as portals of their own; one for every event, one that comes along, others by configuration."""

from pathlib import Path
from typing import Any

import ferry_register as ferries
import pytest
from flask.testing import FlaskClient

from registry.app import create_app
from registry.errors import ConfigurationError
from registry.services import build_services
from registry.settings import Settings

OWN = f"""
[[theme]]
id = "ferjeord"
title = {{ nb = "Ferjeord", nn = "Ferjeord på nynorsk", en = "Ferry words" }}
text = {{ nb = "Ord om ferjer og kaier.", en = "Words about ferries and quays." }}
[[theme.filter]]
kind = ["concept"]
org = ["{ferries.MINISTRY}"]
[[theme.filter]]
org = ["{ferries.QUAYS}"]
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    place = tmp_path_factory.mktemp("themes")
    place.joinpath("themes.toml").write_text(OWN, encoding="utf-8")
    settings = Settings(data=place / "data", uri_base=ferries.BASE, themes=place / "themes.toml")
    ferries.fill(build_services(settings))
    made = create_app(settings).test_client()
    made._cookies = None
    return made


def document(client: FlaskClient, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json or {}
    return found


def test_every_theme_is_listed_with_its_number(client: FlaskClient) -> None:
    found = {one["id"]: one for one in document(client, "/themes.json")["themes"]}
    assert found["transport"]["total"] == 2
    assert found["ferjeord"]["total"] == 3
    (event,) = (one for one in found.values() if one["event"])
    assert event["event"] == ferries.EVENT
    assert event["title"]["nn"] == "Flytte til ei øy"
    assert event["id"].startswith("event-")
    text = client.get("/themes?lang=nn").text
    assert f'href="/themes/{event["id"]}"' in text
    assert "Ferjeord på nynorsk" in text


def test_a_theme_has_figures_findings_and_descriptions(client: FlaskClient) -> None:
    found = document(client, "/themes/ferjeord.json")
    assert found["figures"] == {"concept": 3}
    assert [one["term"] for one in found["findings"]["findings"]] == ["ferjeleie"]
    assert found["total"] == 3
    assert document(client, "/themes/transport.json")["findings"]["total"] == 0, "its datasets define no words"


def test_things_of_a_theme_are_chosen_among_as_in_a_search(client: FlaskClient) -> None:
    narrowed = document(client, "/themes/transport.json?access=PUBLIC")
    assert [hit["uri"] for hit in narrowed["hits"]] == [ferries.ROUTES]
    assert [hit["uri"] for hit in document(client, "/themes/transport.json?q=stopp")["hits"]] == [ferries.STOPS]
    assert document(client, "/themes/transport.json?q=mannskap")["total"] == 0, "it is outside"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_pages_of_themes_are_in_the_readers_language(client: FlaskClient, language: str) -> None:
    title = {"nb": "Ferjeord", "nn": "Ferjeord på nynorsk", "en": "Ferry words"}[language]
    text = client.get(f"/themes/ferjeord?lang={language}").text
    assert f">{title}</h1>" in text
    assert 'href="/themes/ferjeord?kind=concept#hits"' in text
    findings = client.get(f"/themes/ferjeord?view=findings&lang={language}").text
    assert "ferjeleie" in findings


def test_the_page_of_an_events_theme_leads_to_its_words(client: FlaskClient) -> None:
    (event,) = (one for one in document(client, "/themes.json")["themes"] if one["event"])
    text = client.get(f"/themes/{event['id']}").text
    assert 'href="/shared-terms?uri=' in text
    assert {hit["uri"] for hit in document(client, f"/themes/{event['id']}.json")["hits"]} >= {ferries.EVENT}


def test_a_theme_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/themes/nothing").status_code == 404
    assert client.get("/themes/transport?view=map").status_code == 400


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[[theme]", "cannot be read as TOML"),
        ("title = 1", "nothing else"),
        ('[[theme]]\nid = "Stor Bokstav"', "theme 1: id is needed"),
        (OWN + '[[theme]]\nid = "b"\ntitle = { nb = "B" }', "theme 2: at least one"),
        (OWN.replace("kind =", "sort ="), "sort is no facet"),
        (OWN.replace('["concept"]', '"concept"'), "kind is a list"),
        (OWN.replace("text =", "words ="), "words is no member"),
        (OWN.replace("title = {", "title = { de = '1',"), "title: a text for each language"),
    ],
)
def test_what_is_no_theme_is_told_with_its_place(tmp_path: Path, written: str, told: str) -> None:
    place = tmp_path / "themes.toml"
    place.write_text(written, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=told) as raised:
        build_services(Settings(data=tmp_path / "data", themes=place))
    assert str(place) in str(raised.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        build_services(Settings(data=tmp_path / "data", themes=tmp_path / "nowhere.toml"))


def test_an_empty_register_has_the_themes_that_come_along(tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path / "data")).test_client()
    assert [one["id"] for one in document(client, "/themes.json")["themes"]] == ["transport"]
    assert client.get("/themes/transport").status_code == 200
