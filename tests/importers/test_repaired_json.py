"""Repaired JSON-LD: read again it says the same and needs no repair; what was done stands in a member without meaning."""

import json
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse, serialize
from repair_examples import EXAMPLES, OF_TURTLE_ALONE

from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.reading import read_source
from importers.repair import REPAIRS
from importers.repaired.repaired import Repaired, repaired

OPTIONS = ImportOptions("http://localhost:8000")
RELATIVE = "http://relative.invalid/"
TURTLE_CODES = sorted(code for code in REPAIRS.keys() - OF_TURTLE_ALONE if EXAMPLES[code][0][0].endswith(".ttl"))
CONTEXT = {
    "@vocab": "http://www.w3.org/2004/02/skos/core#",
    "id": "@id",
    "type": "@type",
    "dct": "http://purl.org/dc/terms/",
}
SOLE = {"id": "https://sko.example/sal", "type": "Concept", "prefLabel": {"@value": "såle", "@language": "nb"}}
HEEL = {"id": "https://sko.example/hael", "type": "Concept", "prefLabel": {"@value": "hæl", "@language": "nb"}}
TONGUE_NO = {"@value": "sole", "@language": "no"}


def mended(document: Any, name: str = "sko.jsonld") -> tuple[Repaired, Any]:
    data = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False, indent=2).encode()
    made = repaired(Source(name, data), OPTIONS)
    said, again = (
        {triple for batch in read_source(one, OPTIONS) for triple in batch.triples}
        for one in (Source(name, data), Source(made.name, made.data))
    )
    assert again == said
    assert made.left == ()
    return made, json.loads(made.data)


@pytest.mark.parametrize("code", TURTLE_CODES)
def test_every_repair_as_flat_json_ld(code: str) -> None:
    quads = parse(EXAMPLES[code][0][1], RdfFormat.TURTLE, lenient=True, base_iri=RELATIVE + "document/")
    data = serialize(quads, format=RdfFormat.JSON_LD)
    assert data is not None
    made, _ = mended(data)
    assert code in made.codes
    assert f'"{code}"' in made.data.decode() or code == "dialect-normalised"


def test_a_member_keeps_its_name_and_the_mark_says_how_it_came() -> None:
    _, document = mended({"@context": CONTEXT, "@graph": [SOLE | {"altLabel": TONGUE_NO}, HEEL]})
    assert document["@context"] == CONTEXT | {"samsvar-repair": None}
    mark = {"codes": ["language-normalised"], "asItCame": {"altLabel": TONGUE_NO}}
    again = SOLE | {"altLabel": [{"@value": "sole", "@language": "nb"}], "samsvar-repair": mark}
    assert document["@graph"] == [again, HEEL]


@pytest.mark.parametrize("as_list", [True, False])
def test_documents_without_a_graph(as_list: bool) -> None:
    node = {"@context": CONTEXT} | SOLE | {"altLabel": TONGUE_NO}
    _, document = mended([node, {"@context": CONTEXT} | HEEL] if as_list else node)
    [first, *_] = document if as_list else [document]
    assert first["altLabel"] == [{"@value": "sole", "@language": "nb"}]
    assert first["samsvar-repair"]["codes"] == ["language-normalised"]


def test_an_embedded_thing_is_not_lost_with_the_property_that_holds_it() -> None:
    inner = HEEL | {"altLabel": TONGUE_NO}
    _, document = mended({"@context": CONTEXT} | SOLE | {"related": inner})
    assert {node["@id"] if "@id" in node else node["id"] for node in document["@graph"]} == {SOLE["id"], HEEL["id"]}


def test_named_blank_nodes_go_with_the_property_that_points_at_them() -> None:
    note = {"id": "_:b1", "rdf:value": {"@value": " under foten ", "@language": "nb"}}
    context = CONTEXT | {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "euvoc": "http://publications.europa.eu/ontology/euvoc#",
    }
    _, document = mended({"@context": context, "@graph": [SOLE | {"euvoc:xlDefinition": {"id": "_:b1"}}, note]})
    assert document["@graph"][1] == {"samsvar-repair": {"asItCame": note}}


def test_a_file_in_another_encoding_is_told_at_the_top() -> None:
    data = json.dumps({"@context": CONTEXT} | SOLE, ensure_ascii=False).encode("cp1252")
    made, document = mended(data, "sko.ttl")
    assert made.name == "sko.jsonld"
    assert document["samsvar-repair"] == {"codes": list(made.codes)}


def test_what_cannot_be_read_is_kept_in_the_mark() -> None:
    lost = SOLE | {"altLabel": {"@value": "x", "@language": 7}}
    _, document = mended({"@context": CONTEXT, "@graph": [lost, HEEL]})
    assert document["@graph"] == [{"samsvar-repair": {"codes": ["statement-unreadable"], "asItCame": lost}}, HEEL]


def test_half_a_character_is_marked_as_one_that_is_unknown() -> None:
    lost = SOLE | {"altLabel": "s\ud800le"}
    _, document = mended(json.dumps({"@context": CONTEXT, "@graph": [lost, HEEL]}).encode())
    assert document["@graph"][0]["samsvar-repair"]["asItCame"]["altLabel"] == "s\ufffdle"


def test_broken_json_is_refused_with_its_place() -> None:
    text = json.dumps({"@context": CONTEXT, "@graph": [SOLE, HEEL]}, indent=1).replace('"Concept"', '"Concept', 1)
    with pytest.raises(UnreadableSourceError, match="JSON is broken"):
        repaired(Source("sko.jsonld", text.encode()), OPTIONS)


def test_repairing_again_changes_nothing() -> None:
    made, _ = mended({"@context": CONTEXT, "@graph": [SOLE | {"altLabel": TONGUE_NO}, HEEL]})
    assert mended(made.data)[0].data == made.data
