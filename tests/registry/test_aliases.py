"""URIs in other spellings, and the national directory's addresses, lead to the one thing that is held."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pages_register import VESSEL

from registry.national.identifiers import directory_id


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
