"""All data at once: what is streamed and what was made is what the register holds, and described as DCAT-AP-NO."""

import hashlib
import shutil
import subprocess
from base64 import b64encode
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner
from fdk_rdf_parser import parse_data_services, parse_datasets
from harbour_catalogue import AFTER, BEFORE, run
from pyoxigraph import NamedNode, RdfFormat, parse
from register_support import settings_at

from ontologies.namespaces import DCAT, DCT, FOAF, RDF, VOID
from ontologies.own_terms import own_terms
from registry.app import create_app
from registry.cli import main
from registry.dumping.contents import SYNTAXES, dumps
from registry.dumping.files import current, make
from registry.quality.conformance import faults
from registry.quality.facts import Picture
from registry.services import build_services

SUFFIXES = list(SYNTAXES)
_RECORD = f"""
<https://x.example/record/{{number}}> a <{DCAT.CatalogRecord.value}> ;
  <{DCT.identifier.value}> "{{number}}" ; <{FOAF.primaryTopic.value}> <{{uri}}> .
"""


def _triples(content: bytes, suffix: str) -> set:
    return {quad.triple for quad in parse(content, format=SYNTAXES[suffix].engine)}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_dump_is_what_the_graph_holds_in_every_format(suffix, demo_services, demo_client):
    reader = demo_services.store.reader()
    for dump in (dumps(reader, demo_services.urls)[name] for name in ("eksempel-skatt", "register")):
        held = {quad.triple for graph in dump.graphs for quad in reader.quads(graph=NamedNode(graph))}
        answer = demo_client.get(f"/dumps/{dump.name}.{suffix}")
        assert answer.mimetype == SYNTAXES[suffix].media_type
        assert _triples(answer.data, suffix) == held
        again = demo_client.get(f"/dumps/{dump.name}.{suffix}", headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert answer.last_modified == dump.modified


def test_a_format_of_datasets_says_in_which_graph(demo_services, demo_client):
    reader = demo_services.store.reader()
    whole = dumps(reader, demo_services.urls)["register"]
    for suffix in ("nq", "trig"):
        named = {
            (quad.graph_name.value, str(quad.triple))
            for quad in parse(demo_client.get(f"/dumps/register.{suffix}").data, format=SYNTAXES[suffix].engine)
        }
        assert len(named) == whole.triples
        assert {graph for graph, _ in named} == set(whole.graphs)


def test_files_are_given_with_their_checksums_until_the_content_changes(tmp_path):
    services = build_services(settings_at(tmp_path / "data"))
    run(services, BEFORE)
    client = create_app(services.settings).test_client()
    directory = services.dumps
    assert [form["sha256"] for dump in client.get("/dumps.json").json["dumps"] for form in dump["formats"]] == [
        None
    ] * 12
    reader = services.store.reader()
    made = {each.file: each for each in make(reader, directory, dumps(reader, services.urls).values(), SUFFIXES)}
    assert set(made) == {f"{name}.{suffix}" for name in ("register", "havn") for suffix in SUFFIXES}
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=directory, check=True)
    answer = client.get("/dumps/havn.ttl", buffered=True)
    file = made["havn.ttl"]
    assert answer.headers["Repr-Digest"] == f"sha-256=:{b64encode(hashlib.sha256(answer.data).digest()).decode()}:"
    assert (answer.content_length, answer.get_etag()) == (file.size, (file.sha256, False))
    part = client.get("/dumps/havn.ttl", headers={"Range": "bytes=10-19"}, buffered=True)
    assert (part.status_code, part.data) == (206, answer.data[10:20])
    listed = {form["address"]: form for dump in client.get("/dumps.json").json["dumps"] for form in dump["formats"]}
    assert listed["http://localhost:8000/dumps/havn.ttl"]["sha256"] == file.sha256
    run(services, AFTER)
    client = create_app(services.settings).test_client()
    fresh = client.get("/dumps/havn.ttl")
    assert "Repr-Digest" not in fresh.headers
    assert "bøye".encode() in fresh.data
    assert current(directory, dumps(services.store.reader(), services.urls)["havn"]) == {}


def test_the_command_makes_what_is_asked_for(tmp_path, monkeypatch, demo_services):
    shutil.copytree(demo_services.settings.data, tmp_path / "data", ignore=shutil.ignore_patterns("*.sock", "*.lock"))
    monkeypatch.setenv("SAMSVAR_DATA", str(tmp_path / "data"))
    place = tmp_path / "ut"
    done = CliRunner().invoke(
        main, ["dump", "eksempel-skatt", "--format", "nt", "--format", "nq", "--output", str(place)]
    )
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in place.iterdir()) == [
        *("SHA256SUMS", "dumps.json"),
        *("eksempel-skatt.nq", "eksempel-skatt.nt"),
    ]
    digest = hashlib.sha256(place.joinpath("eksempel-skatt.nt").read_bytes()).hexdigest()
    assert digest in done.stdout
    unknown = CliRunner().invoke(main, ["dump", "nowhere"])
    assert unknown.exit_code == 3
    assert "eksempel-skatt" in unknown.output


def test_what_is_not_there_is_not_found(demo_client):
    assert demo_client.get("/dumps/nowhere.ttl").status_code == 404
    assert demo_client.get("/dumps/register.xlsx").status_code == 404


@pytest.fixture
def described(demo_services, tmp_path: Path) -> bytes:
    """The description of the sample register whose operator is set and whose dumps are made."""
    shutil.copytree(demo_services.settings.data, tmp_path / "data", ignore=shutil.ignore_patterns("*.sock", "*.lock"))
    told = {"operator": "999000009", "contact": "samsvar@eksempel.example"}
    services = build_services(settings_at(tmp_path / "data").model_copy(update=told))
    reader = services.store.reader()
    list(make(reader, services.dumps, dumps(reader, services.urls).values(), ["ttl"]))
    return create_app(services.settings).test_client().get("/dumps.ttl").data


class _Graph:
    """The description, where a check asks a store."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def quads(self, graph: NamedNode) -> list:
        return list(parse(self.content, format=RdfFormat.TURTLE))


def test_the_description_passes_the_shapes_of_dcat_ap_no(described):
    picture = Picture(_Graph(described), NamedNode("http://localhost:8000/graph/catalogue/x"))
    things = [thing for thing in picture.said if isinstance(thing, NamedNode)]
    assert len(things) > 50
    assert [(fault.thing.value, fault.constraint.messages["en"]) for fault in faults(picture, things)] == []


def test_the_national_parser_reads_every_dataset_and_the_service(described, demo_services):
    known = dumps(demo_services.store.reader(), demo_services.urls)
    uris = {
        kind: [quad.subject.value for quad in parse(described, format=RdfFormat.TURTLE) if _is(quad, kind)]
        for kind in (DCAT.Dataset, DCAT.DataService)
    }
    records = [_RECORD.format(number=number, uri=uri) for number, uri in enumerate(chain(*uris.values()))]
    harvested = described.decode() + "".join(records)
    read = parse_datasets(harvested)
    assert {f"http://localhost:8000/dumps#dataset-{name}" for name in known} == set(read)
    for name in known:
        dataset = read[f"http://localhost:8000/dumps#dataset-{name}"]
        assert dataset.title
        assert dataset.description
        assert dataset.publisher
        assert dataset.accessRights.uri.endswith("/PUBLIC")
        addresses = {url for form in dataset.distribution for url in form.downloadURL}
        assert addresses == {f"http://localhost:8000/dumps/{name}.{suffix}" for suffix in SUFFIXES}
    [service] = parse_data_services(harvested).values()
    assert set(service.endpointURL) == {"http://localhost:8000/sparql"}
    assert next(iter(service.contactPoint)).email == "samsvar@eksempel.example"


def test_void_says_where_the_whole_is(demo_client):
    said = parse(demo_client.get("/.well-known/void").data, format=RdfFormat.TURTLE)
    dumped = {quad.object.value for quad in said if quad.predicate == VOID.dataDump}
    assert dumped == {f"http://localhost:8000/dumps/register.{suffix}" for suffix in SUFFIXES}


def test_every_word_of_the_ontology_has_a_place_on_its_page(demo_client):
    page = demo_client.get("/ontology", headers={"Accept": "text/html"}).text
    triples = list(parse(demo_client.get("/ontology.ttl").data, format=RdfFormat.TURTLE))
    prefix = "https://w3id.org/samsvar/ontology#"
    named = {quad.subject.value.removeprefix(prefix) for quad in triples if quad.subject.value.startswith(prefix)} - {
        ""
    }
    assert named == {term.name for term in own_terms()}
    assert len(named) > 100
    for term in own_terms():
        assert f'id="{term.name}"' in page
        assert {"nb", "nn", "en"} <= term.labels.keys(), term.name


def _is(quad, kind: NamedNode) -> bool:
    return quad.predicate == RDF.type and quad.object == kind
