"""Feeds and the list of changes: what an import did, who is concerned, and reading on from where one stopped."""

from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, RdfFormat, parse

from importers.base import Source
from ontologies.namespaces import PROV
from registry import pipeline
from registry.services import Services

ATOM = "{http://www.w3.org/2005/Atom}"
HEAD = "id;anbefalt_term:nb;definisjon:nb\n"
KAI = "https://havn.example/kai"
MOLO = "https://havn.example/molo"
PUBLISHER = "999100001"


def load(services: Services, rows: str, catalogue: str = "havn") -> None:
    source = Source("havn.csv", (HEAD + rows).encode())
    outcome = pipeline.run(services, pipeline.Request([source], catalogue, publisher=PUBLISHER))
    assert not outcome.unreadable


@pytest.fixture
def followed(services: Services, client: FlaskClient) -> FlaskClient:
    load(services, f"{KAI};kai;sted der et fartøy legger til\n{MOLO};molo;byggverk som demper bølger\n")
    load(services, "https://fjell.example/topp;topp;høyeste sted\n", "fjell")
    load(services, f"{KAI};kai;anlegg der et fartøy legger til\n")
    return client


def entries(client: FlaskClient, **parameters: str) -> list[ET.Element]:
    answer = client.get("/feed.atom", query_string=parameters)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.data).findall(f"{ATOM}entry")


def text(entry: ET.Element) -> str:
    return " ".join("".join(entry.itertext()).split())


def test_the_newest_import_comes_first_with_what_it_changed(followed: FlaskClient) -> None:
    newest, *_ = found = entries(followed)
    assert len(found) == 3
    assert "sted der et fartøy legger til" in text(newest)
    assert "anlegg der et fartøy legger til" in text(newest)
    assert "molo" in text(newest)
    assert "topp" not in text(newest)


def test_a_follower_is_told_what_concerns_him(followed: FlaskClient) -> None:
    assert len(entries(followed, catalogue="fjell")) == 1
    assert len(entries(followed, organisation=PUBLISHER)) == 3
    kai = entries(followed, term="kaien")
    assert len(kai) == 2
    assert not any("topp" in text(each) or "molo" in text(each) for each in kai)
    ids = [each.findtext(f"{ATOM}id") for each in entries(followed)]
    assert set(ids) > {each.findtext(f"{ATOM}id") for each in kai}
    assert len(set(ids)) == 3


@pytest.mark.parametrize("unknown", [{"catalogue": "nei"}, {"organisation": "111111111"}, {"term": "finnesikke"}])
def test_what_nobody_knows_is_404(followed: FlaskClient, unknown: dict[str, str]) -> None:
    assert followed.get("/feed.atom", query_string=unknown).status_code == 404
    assert followed.get("/api/v1/changes", query_string=unknown).status_code == 404


def test_a_system_reads_on_from_where_it_stopped(followed: FlaskClient, services: Services) -> None:
    read: list[tuple[str, str]] = []
    address = "/api/v1/changes?size=2"
    while address:
        answer = followed.get(address).json
        read += [(each["uri"], each["change"]) for each in answer["changes"]]
        place, address = answer["after"], answer["next"]
    assert sorted(read[:2]) == [(KAI, "new"), (MOLO, "new")]
    assert read[3:] == [(KAI, "changed"), (MOLO, "gone")]
    load(services, f"{KAI};kai;bygd anlegg der et fartøy legger til\n")
    later = followed.get("/api/v1/changes", query_string={"after": place}).json
    assert [(each["uri"], each["change"]) for each in later["changes"]] == [(KAI, "changed")]
    assert later["next"] == ""
    assert later["changes"][0]["properties"]


def test_since_a_day(followed: FlaskClient) -> None:
    assert len(followed.get("/api/v1/changes?since=2026-01-01").json["changes"]) == 5
    assert followed.get("/api/v1/changes?since=2999-01-01T00:00:00%2B01:00").json["changes"] == []
    assert followed.get("/api/v1/changes?since=yesterday").status_code == 400
    assert followed.get("/api/v1/changes?after=1").status_code == 400


def test_changes_as_provenance(followed: FlaskClient) -> None:
    answer = followed.get("/api/v1/changes", headers={"Accept": "text/turtle"})
    triples = list(parse(answer.data, RdfFormat.TURTLE))
    assert {each.object for each in triples if each.predicate == PROV.invalidated} == {NamedNode(MOLO)}
    assert NamedNode(KAI) in {each.object for each in triples if each.predicate == PROV.generated}


def test_a_reader_asks_again_in_vain(followed: FlaskClient) -> None:
    tag = followed.get("/feed.atom").headers["ETag"]
    assert followed.get("/feed.atom", headers={"If-None-Match": tag}).status_code == 304
