"""Footnotes of concepts, definitions and provisions; what pages of concepts carry for search engines."""

import json
import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from harbour_catalogue import catalogue, iri, run
from pages_register import BASE, VESSEL

from registry.services import Services

TAX = "https://eksempel-skatt.example/begrep/barn"
ACT = "http://localhost:8000/legislation/lov/2099/01/01/1"


def cited(client: FlaskClient, uri: str) -> dict[str, str]:
    return client.get(f"/cite?uri={quote(uri, safe='')}").get_json()


def test_a_provision_is_cited_by_act_number_and_eli(demo_client: FlaskClient) -> None:
    act = "https://lovdata.no/eli/lov/2099/01/01/1"
    eli = f"{act}/§2"
    assert cited(demo_client, f"{ACT}/2")["eli"] == eli
    assert cited(demo_client, ACT)["eli"] == act
    assert cited(demo_client, f"{ACT}/2")["text"].endswith(f" § 2, {eli}.")
    assert cited(demo_client, f"{ACT}/2")["text"].startswith("Lov 1. januar 2099 nr. 1 ")
    assert "§" not in cited(demo_client, ACT)["text"]


def test_a_concept_is_cited_by_who_says_it_and_its_uri(demo_client: FlaskClient) -> None:
    found = cited(demo_client, TAX)
    assert found["text"].startswith("«barn», ")
    assert found["text"].endswith(f"{TAX}.")
    assert found["eli"] == ""
    text = demo_client.get(f"/cite?uri={quote(TAX, safe='')}", headers={"Accept": "text/plain"})
    assert (text.mimetype, text.text) == ("text/plain", f"{found['text']}\n")


def test_a_definition_is_cited_with_its_own_uri(demo_client: FlaskClient) -> None:
    document = demo_client.get(f"/resource?uri={quote(TAX, safe='')}&format=json").get_json()
    own = document["definitions"][0]["uri"]
    assert cited(demo_client, own)["text"].endswith(f"{own}.")


def test_what_cannot_be_cited_is_said(demo_client: FlaskClient) -> None:
    dataset = quote("https://eksempel-data.example/datasett/skattemeldinger", safe="")
    assert demo_client.get(f"/cite?uri={dataset}").status_code == 404
    assert demo_client.get("/cite").status_code == 400


@pytest.mark.parametrize("uri", [TAX, f"{ACT}/2"])
def test_the_page_has_the_footnote_and_a_button_that_copies_it(demo_client: FlaskClient, uri: str) -> None:
    page = demo_client.get(f"/resource?uri={quote(uri, safe='')}&format=html", follow_redirects=True).text
    text = cited(demo_client, uri)["text"]
    assert f">{text}</span>" in page
    assert f'data-copy="{text}"' in page


def test_the_page_of_a_concept_carries_a_defined_term(pages: FlaskClient) -> None:
    page = pages.get(f"/resource?uri={quote(VESSEL, safe='')}&format=html")
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    document = json.loads(data)
    assert (document["@context"], document["@type"], document["@id"]) == ("https://schema.org", "DefinedTerm", VESSEL)
    assert document["name"]
    assert document["inDefinedTermSet"]
    assert "'unsafe-inline'" not in page.headers["Content-Security-Policy"]
    assert 'application/ld+json">{' not in pages.get(f"{BASE}/catalogues/prove-fisk.html").text


def test_words_of_a_source_cannot_end_the_element(services: Services, client: FlaskClient) -> None:
    run(services, catalogue(("kai", "kai", "</script><script>alert(1)</script>")))
    page = client.get(f"/resource?uri={quote(iri('kai'), safe='')}&format=html").text
    assert "<script>alert" not in page
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert "</script>" in json.dumps(json.loads(data)["description"])
