"""URIs in other spellings, and the national directory's addresses, lead to the one thing that is held."""

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from harbour_catalogue import BEFORE, run
from pages_register import VESSEL

from registry.national.identifiers import directory_id
from registry.services import Services


@pytest.mark.parametrize(
    "alias",
    [
        VESSEL.replace("https:", "http:"),
        VESSEL.replace("fartoy", "f%61rtoy"),
        f"{VESSEL}/",
        f"https://data.norge.no/concepts/{directory_id(VESSEL)}",
        f"https://concepts.fellesdatakatalog.digdir.no/concepts/{directory_id(VESSEL)}",
    ],
    ids=["scheme", "percent-encoding", "slash", "directory", "older host of the directory"],
)
def test_an_alias_leads_to_the_thing(pages: FlaskClient, alias: str) -> None:
    own = f"/resource?uri={quote(VESSEL, safe='')}"
    address = f"/resource?uri={quote(alias, safe='')}"
    assert (pages.get(address).status_code, pages.get(address).headers["Location"]) == (301, own)
    assert pages.get(f"{address}&format=ttl").headers["Location"] == f"{own}&format=ttl"


def test_nothing_is_guessed(pages: FlaskClient) -> None:
    other = directory_id("https://other.example/x")
    for uri in ("https://havn.example/begrep/Fartoy", f"https://data.norge.no/concepts/{other}"):
        assert pages.get(f"/resource?uri={quote(uri, safe='')}").status_code == 404


ORGANISATION = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/999100001"


@pytest.mark.parametrize(
    "written",
    [
        "http://data.brreg.no/enhetsregisteret/enhet/999100001",
        "http://data.brreg.no/enhetsregisteret/enhet/999100001.json",
        "https://data.brreg.no/enhetsregisteret/api/enheter/999100001",
        "https://data.brreg.no/enhetsregisteret/oppslag/enheter/999100001",
        "https://organization-catalogue.fellesdatakatalog.brreg.no/organizations/999100001",
        "https://organization-catalog.staging.fellesdatakatalog.digdir.no/organizations/999100001",
        "urn:orgnr:999100001",
        "https://data.norge.no/organizations/999100001",
        "https://data.norge.no/nb/organizations/999100001/",
    ],
)
def test_an_organisation_is_found_in_every_form_that_catalogues_write(pages: FlaskClient, written: str) -> None:
    answer = pages.get(f"/resource?uri={quote(written, safe='')}&format=ttl")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        f"/resource?uri={quote(ORGANISATION, safe='')}&format=ttl",
    )
    assert pages.get(answer.headers["Location"]).status_code == 200
    unknown = written.replace("999100001", "999888777")
    assert pages.get(f"/resource?uri={quote(unknown, safe='')}").status_code == 404


def test_the_uri_that_a_catalogue_had_for_an_organisation_leads_to_it(services: Services, app: Flask) -> None:
    written = "https://register.example/organisasjoner/999000009"
    run(services, BEFORE.replace(b"https://data.brreg.no/enhetsregisteret/api/enheter/999000009", written.encode()))
    answer = app.test_client().get(f"/resource?uri={quote(written, safe='')}")
    one = ORGANISATION.replace("999100001", "999000009")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/resource?uri={quote(one, safe='')}")
