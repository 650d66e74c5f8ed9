"""The sitemap: every thing that search finds is in it once; what is too long for one file is an index of several."""

import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from registry.views import self_description

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client: FlaskClient, path: str, kind: str) -> list[str]:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    root = ET.fromstring(answer.data)
    assert root.tag == f"{SPACE}{kind}"
    return [each.text or "" for each in root.iter(f"{SPACE}loc")]


def test_every_thing_that_search_finds_is_listed_once(demo_client: FlaskClient) -> None:
    listed = locations(demo_client, "/sitemap.xml", "urlset")
    assert len(set(listed)) == len(listed)
    paths = {urlsplit(each)._replace(scheme="", netloc="").geturl() for each in listed}
    found = demo_client.get("/search.json?size=500").get_json()
    assert found["total"] <= len(listed)
    assert {hit["path"] for hit in found["hits"]} <= paths
    assert all(demo_client.get(each).status_code == 303 for each in sorted(paths)[::40])


def test_a_long_one_is_an_index_of_parts(demo_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = locations(demo_client, "/sitemap.xml", "urlset")
    monkeypatch.setattr(self_description, "_MOST", len(whole) // 2)
    parts = [urlsplit(each).path for each in locations(demo_client, "/sitemap.xml", "sitemapindex")]
    assert parts[:2] == ["/sitemap-1.xml", "/sitemap-2.xml"]
    assert [each for part in parts for each in locations(demo_client, part, "urlset")] == whole
    assert demo_client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert demo_client.get("/sitemap-0.xml").status_code == 404
