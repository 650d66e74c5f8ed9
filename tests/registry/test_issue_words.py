"""What reports say in Norwegian: a sentence for every code, one language in each answer, English where none is asked for."""

import csv
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import registry
from importers.base import Source
from importers.issues import ISSUES
from registry import pipeline
from registry.issue_words import Words, in_words
from registry.services import Services

TABLE = Path(registry.__file__).parent / "translations" / "issues.tsv"
SOURCE = Source("havn.csv", b"id;anbefalt_term:nb;farge\nhttps://havn.example/kai;kai\xc2\xa0;bl\xc3\xa5\n;;x\n")
NORWEGIAN = "Kolonnen «farge» er ikke kjent; verdiene i den er ikke lagret."


@pytest.fixture
def imported(services: Services) -> None:
    pipeline.run(services, pipeline.Request([SOURCE], "havn", "999000009"))


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_code_has_a_sentence_in_both_forms() -> None:
    told = {row["code"]: row for row in rows()}
    assert ISSUES.keys() - told.keys() == set()
    for code, kind in ISSUES.items():
        for tag in ("nb", "nn"):
            assert told[code][tag].count("{value}") == kind.message.count("{value}"), code
            assert told[code][f"{tag}-fix"].count("{value}") == kind.fix.count("{value}"), code
            assert bool(told[code][f"{tag}-fix"]) == bool(kind.fix), code


def test_the_value_stands_in_its_place_and_unknown_codes_stay_english() -> None:
    english = Words("Said.", "Do.")
    assert in_words("language-no", "no", english, "nn") == Words(
        "Språket «no» er lese som nb.", "Skriv nb eller nn.", "nn"
    )
    assert in_words("language-no", "no", english, "en") == english
    assert in_words("changed-since", "", english, "nb") == english


@pytest.mark.usefixtures("imported")
def test_pages_say_it_in_their_own_language(client: FlaskClient) -> None:
    address = "/imports/1-catalogue-havn.html"
    page = client.get(address, headers={"Accept-Language": "nb"}).text
    assert '<span lang="nb">Begrepet har verken en anbefalt term' in page
    assert '<span lang="nn">Omgrepet har korkje' in client.get(f"{address}?lang=nn").text
    assert '<span lang="en">The concept has neither' in client.get(f"{address}?lang=en").text


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("address", ["/api/v1/imports/1-catalogue-havn", "/imports/1-catalogue-havn.json"])
def test_programs_are_told_in_the_language_that_they_ask_for(client: FlaskClient, address: str) -> None:
    def said(language: str = "", query: str = "") -> str:
        headers = {"Accept-Language": language} if language else {}
        answer = client.get(address + query, headers=headers)
        assert "Accept-Language" in answer.headers["Vary"]
        issues = answer.get_json()["reports"][0]["issues"]
        return str(next(one["message"] for one in issues if one["code"] == "unknown-column"))

    assert said().startswith("The column “farge”")
    assert said("nb-NO,nb;q=0.9") == said("en", "?lang=nb") == NORWEGIAN
    assert said("de").startswith("The column")


@pytest.mark.usefixtures("imported")
def test_csv_says_the_same(client: FlaskClient) -> None:
    answer = client.get("/api/v1/imports/1-catalogue-havn?format=csv", headers={"Accept-Language": "no"})
    assert (answer.headers["Content-Language"], NORWEGIAN in answer.text) == ("nb", True)


def test_a_problem_has_one_language(client: FlaskClient) -> None:
    accept = {"Accept": "application/json"}
    english = client.get("/api/v1/previews/x", headers=accept)
    assert (english.get_json()["title"], english.headers["Content-Language"]) == ("A token is needed", "en")
    norwegian = client.get("/concepts", headers={"Accept": "image/png"})
    document = norwegian.get_json()
    assert (document["title"], norwegian.headers["Content-Language"]) == (
        "Ingen av formatene det er spurt om, kan gis",
        "nb",
    )
