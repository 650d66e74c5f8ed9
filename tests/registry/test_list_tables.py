"""Lists as CSV: by suffix and by Accept, with a line for each item that the list has in JSON."""

import csv
import io

import pytest
from flask.testing import FlaskClient

LISTS = {
    "concepts": "concepts",
    "datasets": "datasets",
    "data-services": "dataServices",
    "information-models": "informationModels",
    "services": "services",
    "events": "events",
    "legislation": "legislation",
    "catalogues": "catalogues",
    "organisations": "organisations",
    "imports": "imports",
    "themes": "themes",
    "search": "hits",
    "harmonised": "concepts",
}


def rows(client: FlaskClient, path: str, **headers: str) -> list[dict[str, str]]:
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "Accept" in answer.headers["Vary"]
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.mark.parametrize(("path", "member"), LISTS.items())
def test_a_list_as_csv_has_every_item(demo_client: FlaskClient, path: str, member: str) -> None:
    document = demo_client.get(f"/{path}.json").get_json()
    found = rows(demo_client, f"/{path}.csv?size=500")
    assert len(found) == document.get("total", len(document[member]))
    assert found == rows(demo_client, f"/{path}?size=500", Accept="text/csv")
    key = "id" if path == "themes" else "uri"
    assert {str(item[key]) for item in document[member]} <= {row[key] for row in found}


def test_texts_stand_in_the_language_of_the_request(demo_client: FlaskClient) -> None:
    texts = {row["text"] for row in rows(demo_client, "/themes.csv?lang=en")}
    assert texts != {row["text"] for row in rows(demo_client, "/themes.csv?lang=nb")}
    assert "" not in texts


def test_the_choices_of_a_list_are_those_of_its_csv(demo_client: FlaskClient) -> None:
    query = "catalogue=eksempel-skatt&letter=a"
    total = demo_client.get(f"/concepts.json?{query}").get_json()["total"]
    chosen = rows(demo_client, f"/concepts.csv?{query}")
    assert 0 < len(chosen) == total
    assert all(row["catalogues"] == "eksempel-skatt" and row["term"].upper().startswith("A") for row in chosen)
