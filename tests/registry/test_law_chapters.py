"""Chapters of the acts that a register holds: pages, documents, references, and what amendments do to them."""

from datetime import date

import pytest
from canal_register import ACT, BASE, bring
from pyoxigraph import NamedNode

from importers.base import Source
from ontologies.namespaces import ELI, SAMSVAR
from registry import amendments
from registry.app import create_app
from registry.catalogue.scopes import place_of
from registry.references.resolving import resolve_text
from registry.undoing.undo import undo

LAW = """---
tittel: "Lov om kanaler (kanalloven)"
korttittel: "Kanalloven – kanl"
refid: "lov/2098-05-06-7"
---

# Lov om kanaler (kanalloven)

## Kapittel 1. Innledning

#### § 1. Formål

Loven skal gi ro på vannet.

## Kapittel 2. Ferdsel

### A. Båter

Båter skal holde til høyre.

#### § 2. Kanalbåt

Med kanalbåt menes i dette kapittelet båt som brukes på kanal.

#### § 10. Fart

Farten skal være lav.

## Sluttregler

#### § 11. Slutt

Loven gjelder straks.

## Vedlegg 1. Avtalen

#### Artikkel 1. Fred

Det skal være fred.
"""
_ORDER = ("Kapittel 1", "§ 1.", "Kapittel 2", "A", "§ 2.", "§ 10.", "Sluttregler", "§ 11.")
AMENDING = """<!DOCTYPE html><html lang="nb"><head><title>t</title></head><body><header class="documentHeader"><dl
class="data-document-key-info"><dd class="dateInForce">2099-06-01</dd><dd class="title">Lov om endringer i kanalloven</dd>
<dd class="refid">lov/2099-01-01-1</dd><dd class="changesToDocuments"><ul><li>lov/2098-05-06-7</li></ul></dd></dl></header>
<main class="documentBody" id="dokument"><h1>Lov om endringer i kanalloven</h1><section class="section"><h2>I</h2>
<article class="document-change" data-document="lov/2098-05-06-7">
<article class="change"><article class="defaultP">§ 2 skal lyde:</article><article class="futureLegalArticle"><span
class="legalArticleValue">§ 2</span><article class="legalP">Med kanalbåt menes lang båt.</article></article></article>
<article class="change"><article class="defaultP">Ny § 5 skal lyde:</article><article class="futureLegalArticle"><span
class="legalArticleValue">§ 5</span><article class="legalP">Med sluse menes kammer.</article></article></article>
</article></section></main></body></html>"""


def law(text: str = LAW) -> Source:
    return Source("kanalloven.md", text.encode())


def amending() -> Source:
    return Source("endring.xml", AMENDING.encode())


@pytest.fixture(autouse=True)
def _in_times_to_come(monkeypatch):
    monkeypatch.setattr(amendments, "today", lambda: date(2099, 12, 1))


@pytest.fixture
def client(services):
    bring(services, law())
    return create_app(services.settings).test_client()


def held(services):
    return {quad.triple for quad in services.store.reader().quads(graph=services.urls.graph("law", "lov-2098-05-06-7"))}


def sections(services, chapter: str) -> set[str]:
    found = services.store.reader().quads(NamedNode(f"{ACT}/{chapter}"), ELI.has_part)
    return {quad.object.value.removeprefix(f"{ACT}/") for quad in found}


def test_an_act_shows_its_sections_under_chapters(client):
    act = client.get(f"{ACT.removeprefix(BASE)}.json").json
    assert [(each["number"], each["title"]) for each in act["chapters"]] == [
        ("Kapittel 1", {"nb": "Innledning"}), ("Kapittel 2", {"nb": "Ferdsel"}), ("sluttregler", {"nb": "Sluttregler"}),
        ("Vedlegg 1", {"nb": "Avtalen"}),
    ]  # fmt: skip
    assert [(each["number"], each["chapter"].rpartition("/")[2]) for each in act["sections"]] == [
        ("A", "kapittel-2"), ("Artikkel 1", "vedlegg-1"),
        ("§ 1.", "kapittel-1"), ("§ 2.", "kapittel-2"), ("§ 10.", "kapittel-2"), ("§ 11.", "sluttregler"),
    ]  # fmt: skip
    page = client.get(f"{ACT.removeprefix(BASE)}.html").text
    places = [page.index(f">{words}</a>") for words in (*_ORDER, "Vedlegg 1", "Artikkel 1")]
    assert places == sorted(places)
    assert ">sluttregler<" not in page
    assert f'<a class="ds-link" href="{ACT.removeprefix(BASE)}/kapittel-2">i dette kapittelet</a>' in page


def test_a_chapter_has_a_page_and_documents(client):
    path = f"{ACT.removeprefix(BASE)}/kapittel-2"
    assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 303
    assert f"<{ACT}/10>" in client.get(f"{path}.ttl").text
    assert [each["number"] for each in client.get(f"{path}.json").json["sections"]] == ["A", "§ 2.", "§ 10."]
    page = client.get(f"{path}.html").text
    assert "Kanalloven Kapittel 2" in page
    assert f'href="{ACT.removeprefix(BASE)}/10">§ 10.</a> Fart' in page
    assert f'href="{path}">Kapittel 2</a>' in client.get(f"{ACT.removeprefix(BASE)}/10.html").text


def test_a_part_shows_its_chapters(services):
    parted = LAW.replace("### A.", "#### A.").replace("## Kapittel", "### Kapittel")
    parted = parted.replace("# Lov om kanaler (kanalloven)", "# Lov\n\n## Del I. Vann")
    bring(services, law(parted.replace("## Sluttregler", "## Del II. Slutt")))
    client = create_app(services.settings).test_client()
    path = ACT.removeprefix(BASE)
    assert [each["number"] for each in client.get(f"{path}/del-i.json").json["sections"]] == [
        "Kapittel 1",
        "Kapittel 2",
    ]
    assert [each["number"] for each in client.get(f"{path}/del-ii.json").json["sections"]] == ["§ 11."]
    page = client.get(f"{path}.html").text
    places = [page.index(f">{words}</a>") for words in ("Del I", "Kapittel 1", "§ 1.", "Kapittel 2", "Del II", "§ 11.")]
    assert places == sorted(places)
    assert page.count(">Del I</a>") == 1
    trail = client.get(f"{path}/10.html").text
    assert trail.index(">Del I</a>") < trail.index(">Kapittel 2</a>") < trail.index("Fart")


@pytest.mark.parametrize(
    ("scope", "place"),
    [
        ("i dette kapittelet", "/kapittel-2"), ("i denne lov", ""), ("i loven her", ""), ("i §§ 10 og 11", "/10"),
        ("i kapittel 1", "/kapittel-1"), ("i denne paragrafen", "/2"), ("etter første ledd", "/2"), ("i § 70", None),
        ("i denne del", None), ("i forordningen", None),
    ],
)  # fmt: skip
def test_the_scope_of_a_definition_leads_to_where_it_holds(services, scope, place):
    bring(services, law())
    assert place_of(services.store.reader(), scope, f"{ACT}/2", ACT) == ("" if place is None else f"{ACT}{place}")


def test_the_page_of_a_statutory_concept_links_its_scope(client, services):
    [concept] = {quad.subject for quad in services.store.reader().quads(predicate=SAMSVAR.scope)}
    found = client.get(f"{concept.value.removeprefix(BASE)}.json").json
    assert (found["scope"], found["scopeUri"]) == ("i dette kapittelet", f"{ACT}/kapittel-2")
    link = f'<a class="ds-link" href="{ACT.removeprefix(BASE)}/kapittel-2">i dette kapittelet</a>'
    assert link in client.get(f"{concept.value.removeprefix(BASE)}.html").text


def test_a_reference_to_a_chapter_leads_to_it(client, services):
    reader = services.store.reader()
    found = [one.uri for one in resolve_text(reader, "kanalloven kapittel 2, kanalloven kapittel 7, kanalloven § 10")]
    assert found == [f"{ACT}/kapittel-2", ACT, f"{ACT}/10"]


def test_a_section_that_an_amendment_inserts_joins_the_chapter_of_the_one_before(services):
    bring(services, law())
    before = held(services)
    bring(services, amending())
    after = held(services)
    assert sections(services, "kapittel-2") == {"a", "2", "5", "10"}
    bring(services, law(), amending())
    assert held(services) == after
    undo(services, f"{BASE}/imports/2-law-lov-2099-01-01-1")
    assert held(services) == before


def test_a_chapter_that_the_text_no_longer_has_goes(services):
    bring(services, law())
    bring(services, law(LAW.replace("## Sluttregler\n", "")))
    assert not sections(services, "sluttregler")
    assert sections(services, "kapittel-2") == {"a", "2", "10", "11"}
