"""What a hostile catalogue, link or page can do to those who read: nothing, on any page."""

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from lxml import html

from importers.base import Source
from registry import pipeline
from registry.app import create_app
from registry.services import Services
from registry.views.account import own_page
from registry.views.addresses import ADDRESSES

PLAIN = sorted({each.path for each in ADDRESSES if "{" not in each.path and each.path != "/metrics"})
LABEL = quote('kai"><img src=x onerror=alert(1)>', safe="")
EVIL = "https://e.example/evil"
HOSTILE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://e.example/samling> a skos:Collection ; rdfs:label "</title><script>alert(1)</script>"@nb ; skos:member <https://e.example/evil> .
<https://e.example/evil> a skos:Concept ;
  skos:prefLabel "kai\\"><img src=x onerror=alert(1)>"@nb ;
  skos:altLabel "<svg onload=alert(1)>"@nb ;
  skos:definition "område <script>alert(document.cookie)</script> der skip ligger {{ 7*7 }}"@nb ;
  skos:scopeNote "[her](javascript:alert(1)) og <a href='javascript:alert(2)'>der</a>"@nb ;
  rdfs:seeAlso <javascript:alert(3)>, <data:text/html,%3Cscript%3Ealert(4)%3C/script%3E> ;
  dct:source <javascript:alert(5)> ;
  foaf:homepage <vbscript:msgbox> ;
  dct:subject "'-alert(6)-'"@nb .
"""
_HANDLER = re.compile(r"^on", re.IGNORECASE)
_RUNS = re.compile(r"^\s*(javascript|vbscript|data):", re.IGNORECASE)


@pytest.fixture
def hostile(services: Services) -> FlaskClient:
    outcome = pipeline.run(services, pipeline.Request([Source("ond.ttl", HOSTILE.encode())]))
    assert outcome.counts["stored"]
    return create_app(services.settings).test_client()


def assert_inert(text: str) -> None:
    """A page has no script, handler, style or link that its own files do not give it."""
    page = html.document_fromstring(text)
    assert not [each for each in page.iter("script") if not each.get("src") and "json" not in each.get("type", "")]
    for each in page.iter():
        if not isinstance(each.tag, str):
            continue
        for name, value in each.attrib.items():
            assert not _HANDLER.match(name), (each.tag, name)
            assert name not in ("href", "src", "action", "formaction") or not _RUNS.match(value), value


@pytest.mark.parametrize(
    "path",
    [
        f"/resource?uri={quote(EVIL, safe='')}",
        "/concepts",
        "/search?q=kai",
        "/catalogues",
        "/imports",
        f"/terms/{LABEL}",
        f"/chain?uri={quote(EVIL, safe='')}",
        "/quality",
        "/conflicts",
    ],
)
def test_what_a_catalogue_says_runs_nowhere(hostile: FlaskClient, path: str) -> None:
    answer = hostile.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.mimetype == "text/html", answer.status
    assert "<img src=x" not in answer.text
    assert "<svg onload" not in answer.text
    assert "alert(document.cookie)</script>" not in answer.text
    assert_inert(answer.text)


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ config }}", "%00", "\u202e"]
)
@pytest.mark.parametrize("path", ["/search?q=", "/terms/", "/concepts?q=", "/resource?uri=", "/conflicts?term=", "/"])
def test_what_a_link_says_runs_nowhere(demo_client: FlaskClient, path: str, words: str) -> None:
    answer = demo_client.get(path + quote(words, safe=""), headers={"Accept": "text/html"})
    assert answer.status_code < 500
    if answer.mimetype == "text/html":
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert_inert(answer.text)


@pytest.mark.parametrize("path", PLAIN)
def test_every_answer_has_its_headers(demo_client: FlaskClient, path: str) -> None:
    answer = demo_client.get(path, headers={"Accept": "text/html, */*;q=0.5"})
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in answer.headers or "Python" not in answer.headers["Server"]
    if answer.mimetype == "text/html":
        assert_inert(answer.text)
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "wanted",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "/\t/elsewhere.example",
        "javascript:alert(1)",
        "cases",
        "/cases\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_signing_in_leads_to_pages_of_the_register_alone(wanted: str) -> None:
    assert own_page(wanted) == "/account"


def test_signing_in_leads_back_to_where_one_was() -> None:
    assert own_page("/cases/2026-0001/line-up?lang=nn#a") == "/cases/2026-0001/line-up?lang=nn#a"
