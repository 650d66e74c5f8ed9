"""Skosmos' REST API: by `skosmos-client` as it is on PyPI, against a live register, and what it answers in detail."""

from collections.abc import Iterator

import httpx
import pytest
from live_server import served
from rdflib import Graph, URIRef
from rdflib.namespace import SKOS
from skosmos_client import SkosmosClient

from registry.skosmos.finding import _has_shape

TAX = "eksempel-skatt"


@pytest.fixture(scope="module")
def skosmos(demo_services, tmp_path_factory) -> Iterator[SkosmosClient]:
    directory = tmp_path_factory.mktemp("skosmos")
    with served(demo_services.settings.data, directory) as (port, _):
        yield SkosmosClient(f"http://127.0.0.1:{port}/rest/v1/")


@pytest.mark.slow
class TestItsOwnClient:
    def test_vocabularies(self, skosmos):
        found = {one["id"]: one["title"] for one in skosmos.vocabularies("nb")}
        assert found[TAX].endswith("(eksempeldata)")
        described = skosmos.get_vocabulary(TAX, lang="nn")
        assert described["languages"][0] == "nb"
        assert described["conceptschemes"][0]["uri"]
        with pytest.raises(ValueError, match="404"):
            skosmos.get_vocabulary("finnes-ikke")

    def test_search(self, skosmos):
        assert {one["vocab"] for one in skosmos.search("barn", lang="nb")} >= {TAX, "eksempel-velferd"}
        within = skosmos.search("skatt*", lang="nb", vocabs=TAX)
        assert within
        assert all(one["prefLabel"].startswith("skatt") and one["vocab"] == TAX for one in within)
        assert skosmos.search("*skatt*", lang="nb", vocabs=[TAX], maxhits=1)
        assert skosmos.search("barn", lang="fi") == []

    def test_a_concept_and_what_is_around_it(self, skosmos):
        uri = skosmos.lookup(TAX, "barn", lang="nb")[0]["uri"]
        assert skosmos.get_concept(TAX, uri).label("nb") == "barn"
        graph = self.data(skosmos, uri)
        assert {str(label) for label in graph.objects(URIRef(uri), SKOS.prefLabel)} >= {"barn"}
        with pytest.raises(ValueError, match="404"):
            skosmos.lookup(TAX, "finnes ikke")

    @staticmethod
    def data(skosmos, uri):
        """What its `data` asks for. Read here, since it reads RDF/XML as Turtle with rdflib 6 and later."""
        asked = {"uri": uri, "format": "application/rdf+xml"}
        answer = httpx.get(f"{skosmos.api_base}{TAX}/data", params=asked, timeout=60)
        return Graph().parse(data=answer.content, format="xml")

    def test_the_hierarchy_goes_up_and_down(self, skosmos):
        tops = [one for one in skosmos.top_concepts(TAX, lang="nb") if one["hasChildren"]]
        top = skosmos.get_concept(TAX, tops[0]["uri"])
        child = top.narrower("nb")[0]
        below = skosmos.get_concept(TAX, child["uri"])
        assert tops[0]["uri"] in [one["uri"] for one in below.broader("nb")]
        assert tops[0]["uri"] in below.broaderTransitive("nb")
        assert child["uri"] in top.narrowerTransitive("nb")
        assert top.related("nb") is not None

    def test_types_and_groups(self, skosmos):
        assert SKOS.Concept.toPython() in [one["uri"] for one in skosmos.types("en")]
        group = skosmos.groups(TAX, lang="nb")[0]
        assert group["prefLabel"]


def get(client, path, **parameters):
    return client.get(f"/rest/v1/{path}", query_string=parameters)


def test_what_clients_of_the_page_ask_for(demo_client):
    letters = get(demo_client, f"{TAX}/index/").json["indexLetters"]
    assert "B" in letters
    under = get(demo_client, f"{TAX}/index/B").json["indexConcepts"]
    assert "barn" in [one["prefLabel"] for one in under]
    everything = get(demo_client, f"{TAX}/index/*", limit=3, offset=1).json["indexConcepts"]
    assert len(everything) == 3
    counts = get(demo_client, f"{TAX}/vocabularyStatistics").json
    assert counts["concepts"]["count"] == 32
    languages = {one["literal"]: one for one in get(demo_client, f"{TAX}/labelStatistics").json["languages"]}
    assert languages["nb"]["properties"][0]["labels"] == 32


def test_the_tree_around_a_concept(demo_client):
    top = next(one for one in get(demo_client, f"{TAX}/topConcepts").json["topconcepts"] if one["hasChildren"])
    child = get(demo_client, f"{TAX}/children", uri=top["uri"]).json["narrower"][0]
    tree = get(demo_client, f"{TAX}/hierarchy", uri=child["uri"]).json["broaderTransitive"]
    assert tree[top["uri"]]["top"] is True
    assert child["uri"] in [one["uri"] for one in tree[top["uri"]]["narrower"]]


def test_members_of_a_group(demo_client):
    group = get(demo_client, f"{TAX}/groups").json["groups"][0]["uri"]
    assert len(get(demo_client, f"{TAX}/groupMembers", uri=group).json["members"]) == 32
    barn = get(demo_client, f"{TAX}/search", query="barn", group=group).json["results"]
    assert len(barn) == 1


def test_a_whole_vocabulary_in_any_syntax(demo_client):
    answer = get(demo_client, f"{TAX}/data", format="application/n-triples")
    assert answer.mimetype == "application/n-triples"
    assert answer.text.count("euvoc#XlNote") or "XlNote" in answer.text
    assert get(demo_client, f"{TAX}/data", format="text/nothing").status_code == 400


def test_answers_are_json_ld_and_kept_by_clients(demo_client):
    answer = get(demo_client, "vocabularies", lang="nn")
    assert answer.json["@context"]["@language"] == "nn"
    again = demo_client.get("/rest/v1/vocabularies?lang=nn", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("search", 400),
        ("nothing/search?query=a", 404),
        ("label", 400),
        ("label?uri=nonsense", 400),
        ("label?uri=urn:nobody", 404),
        (f"{TAX}/lookup", 400),
        ("search?query=a&maxhits=many", 400),
        (f"{TAX}/sideways?uri=urn:x", 404),
    ],
)
def test_what_cannot_be_answered_is_said(demo_client, path, status):
    answer = demo_client.get(f"/rest/v1/{path}")
    assert answer.status_code == status
    assert answer.json["detail"]


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("barn", "barn", True),
        ("barn", "barnet", False),
        ("barn*", "barnet", True),
        ("*skatt", "eiendomsskatt", True),
        ("*skatt", "skattekort", False),
        ("s*t*", "skattekort", True),
        ("sk*att*k", "skatt", False),
        ("a*a", "a", False),
        ("*a" * 200, "a" * 199, False),
        ("*", "hva som helst", True),
    ],
)
def test_stars_stand_for_anything(pattern, text, fits):
    assert _has_shape(text, pattern.split("*")) is fits
