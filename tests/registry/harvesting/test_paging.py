"""Catalogues in pages: all of them or nothing, within the limits of one source and the rules of each address."""

import json
from ipaddress import ip_network

import pytest
from source_server import SourceServer, gives, says, with_etag

from importers.base import Source
from importers.child import next_page_isolated
from importers.rdf.paging import next_page
from ontologies.namespaces import SKOS
from registry import paging
from registry.fetching import FetchError, Limits, Wanted
from registry.harvesting.running import harvest
from registry.harvesting.sources import HarvestSource
from registry.paging import Collected, collect, fetch_all
from registry.services import Services

HERE = (ip_network("127.0.0.1/32"),)
URL = "https://havn.example/katalog.ttl?side=1"
HEAD = """@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix e: <https://havn.example/begrep/> .
"""


def page(term: str, *hydra: str) -> bytes:
    """One page of a collection, with one concept."""
    described = f'e:samling a skos:Collection ; dct:title "Havn"@nb ; skos:member e:{term} .\n'
    described += f'e:{term} a skos:Concept ; skos:prefLabel "{term}"@nb ; skos:definition "det som heter {term}"@nb .\n'
    return (HEAD + described + "\n".join(hydra)).encode()


def following(target: str, name: str = "next") -> str:
    return f"<> a hydra:PartialCollectionView ; hydra:{name} {target} ."


@pytest.mark.parametrize(
    ("hydra", "expected"),
    [
        ((following("<https://havn.example/katalog.ttl?side=2>"),), "https://havn.example/katalog.ttl?side=2"),
        ((following("<?side=2>"),), "https://havn.example/katalog.ttl?side=2"),
        ((following("<katalog.ttl?side=2>"),), URL.replace("1", "2")),
        ((following("</annet/side>"),), "https://havn.example/annet/side"),
        ((following('"https://havn.example/side/2"'),), "https://havn.example/side/2"),
        ((following('"/side/2"', "nextPage"),), "https://havn.example/side/2"),
        ((), ""),
        (("<> hydra:first <katalog.ttl> ; hydra:last <katalog.ttl?side=9> .",), ""),
        ((following("[]"),), ""),
        ((following("<javascript:alert(1)>"),), ""),
        ((following("<file:///etc/passwd>"),), ""),
        (
            (following("<a>"), "<https://annet.example/> hydra:next <https://annet.example/2> ."),
            "https://havn.example/a",
        ),
        (("<b> hydra:next <c> .", "<https://annet.example/> hydra:next <https://annet.example/2> ."), ""),
        (
            (f"<{URL}> hydra:next <b> .", "<https://annet.example/> hydra:next <https://annet.example/2> ."),
            "https://havn.example/b",
        ),
    ],
)
def test_the_next_page_is_found(hydra: tuple[str, ...], expected: str) -> None:
    assert next_page(Source("katalog.ttl", page("kai", *hydra)), URL) == expected


def test_it_is_found_in_every_syntax_and_in_the_readers_process() -> None:
    linked = json.dumps({"@id": "", "http://www.w3.org/ns/hydra/core#next": {"@id": "/side/2"}}).encode()
    assert next_page_isolated(Source("k.jsonld", linked), URL) == "https://havn.example/side/2"
    xml = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:h="http://www.w3.org/ns/hydra/core#">'
        b'<h:PagedCollection rdf:about=""><h:nextPage>https://havn.example/2</h:nextPage></h:PagedCollection></rdf:RDF>'
    )
    assert next_page_isolated(Source("k.rdf", xml), URL) == "https://havn.example/2"
    for other in (b"", b"\x00\x01 /ns/hydra/", b"<p>http://www.w3.org/ns/hydra/core#next</p>"):
        assert next_page_isolated(Source("k", other), URL) == ""


def test_pages_become_one_catalogue_and_the_same_pages_are_not_read_again(
    register: Services, server: SourceServer
) -> None:
    server("/2", gives(page("molo", following("</3>"))))
    server("/3", gives(page("los", following("</1>")), ETag='"c"'))
    register.harvests.add(HarvestSource("a", server("/1", with_etag(page("kai", following("</2>")), '"a"'))))
    first = harvest(register, register.harvests.find("a"), pause=lambda _: None)
    assert (first.outcome, first.counts["stored"], first.attempts) == ("changed", 3, 1)
    assert first.bytes > 3 * len(HEAD)
    labels = {quad.object.value for quad in register.store.reader().quads(None, SKOS.prefLabel, None)}
    assert {"kai", "molo", "los"} <= labels
    second = harvest(register, register.harvests.find("a"), pause=lambda _: None)
    assert (second.outcome, second.message) == ("unchanged", "The same bytes as before.")
    assert "if-none-match" not in server.headers("/1")[1]
    server("/3", gives(page("fyr")))
    third = harvest(register, register.harvests.find("a"), pause=lambda _: None)
    assert third.outcome == "changed"


def test_a_catalogue_of_which_a_page_fails_stays_as_it_was(register: Services, server: SourceServer) -> None:
    server("/2", gives(page("molo")), says(404))
    register.harvests.add(HarvestSource("a", server("/1", gives(page("kai", following("</2>"))))))
    assert harvest(register, register.harvests.find("a")).outcome == "changed"
    before = register.store.reader().generation
    failed = harvest(register, register.harvests.find("a"), force=True)
    assert (failed.outcome, "/2: It answered 404" in failed.message) == ("failed", True)
    assert register.store.reader().generation == before


def got(url: str, limit: int = 100_000, **more: object) -> Collected:
    return collect(Wanted(url, HERE, **more), Limits(limit, 30))


def test_pages_that_turn_back_end(server: SourceServer) -> None:
    server("/2", gives(page("molo", following("</1>"))))
    assert len(got(server("/1", gives(page("kai", following("</2>"))))).sources) == 2


def test_there_is_a_most_of_pages_and_of_bytes(server: SourceServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(2, 5):
        server(f"/{number}", gives(page("molo", following(f"</{number + 1}>"))))
    first = server("/1", gives(page("kai", following("</2>"))))
    with pytest.raises(FetchError, match="Larger than"):
        got(first, len(page("kai", following("</2>"))) + 100)
    monkeypatch.setattr(paging, "MOST_PAGES", 3)
    with pytest.raises(FetchError, match="more than 3 pages"):
        got(first)


@pytest.mark.parametrize("target", ["http://127.0.0.2:9/2", "http://[::1]:9/2", "http://169.254.169.254/latest"])
def test_a_page_where_nothing_may_lie_is_not_fetched(server: SourceServer, target: str) -> None:
    first = server("/1", gives(page("kai", following(f"<{target}>"))))
    with pytest.raises(FetchError, match="not allowed"):
        got(first)
    with pytest.raises(FetchError, match="not allowed"):
        fetch_all(first, 100_000)


def test_credentials_stay_with_the_named_host(server: SourceServer) -> None:
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    server("/2", gives(page("molo", following(f"<{elsewhere}/3>"))))
    server("/3", gives(page("los", following(f"<{server.url}/4>"))))
    server("/4", gives(page("fyr")))
    first = server("/1", gives(page("kai", following("</2>"))))
    found = collect(Wanted(first, (*HERE, ip_network("::1/128")), authorization="Bearer hemmelig"), Limits(10**6, 30))
    assert len(found.sources) == 4
    sent = [headers.get("authorization") for _, headers in server.asked]
    assert sent == ["Bearer hemmelig", "Bearer hemmelig", None, "Bearer hemmelig"]


def test_what_was_encrypted_stays_so() -> None:
    wanted = Wanted("https://havn.example/1", authorization="Bearer x")
    further = paging._further(wanted, "https://havn.example/1", "http://havn.example:80/2?a=b")
    assert (further.url, further.authorization) == ("https://havn.example/2?a=b", "Bearer x")
