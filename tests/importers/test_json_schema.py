"""JSON Schema: what each keyword becomes in a model, what is not followed, and what is refused."""

import json
from typing import Any

import pytest
from model_triples import OPTIONS, codes, kinds, read_one, said

from importers import importer_for
from importers.base import ImportOptions, Source, UnreadableSourceError

MODEL = "https://register.example/information-models/prove/"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(**members: Any) -> str:
    return json.dumps({"$schema": DIALECT, "title": "Båt", "type": "object", **members})


def properties(**named: Any) -> set[tuple[str, str, str]]:
    return said(read_one("bat.json", schema(properties=named)), MODEL)


@pytest.mark.parametrize(
    "text",
    [
        schema(),
        json.dumps({"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {}}),
        json.dumps({"type": "object", "properties": {"navn": {"type": "string"}}}),
        '$schema: "https://json-schema.org/draft/2020-12/schema"\ntype: object\n',
    ],
    ids=["2020-12", "draft-07", "no dialect", "yaml"],
)
def test_schemas_are_told_by_their_content(text: str) -> None:
    assert importer_for(Source("noe.txt", text.encode())).name == "json-schema"


def test_concepts_in_json_are_no_schema() -> None:
    source = Source("x.json", b'[{"anbefaltTerm": {"navn": {"nb": "b\xc3\xa5t"}}}]')
    assert importer_for(source).name == "concept-json"


def test_a_schema_with_a_uri_keeps_it_and_names_its_parts_by_pointers() -> None:
    text = schema(**{"$id": "https://bat.example/skjema/bat.json", "$defs": {"Fører": {"type": "object"}}})
    batch = read_one("bat.json", text, ImportOptions("https://register.example"))
    assert batch.catalogue == "bat-example-skjema-bat-json"
    assert [record.subject for record in batch.report.records] == ["https://bat.example/skjema/bat.json"]
    assert ("#/$defs/F%C3%B8rer", "dct:title", "Fører") in said(batch, "https://bat.example/skjema/bat.json")


def test_required_arrays_and_null_say_how_often() -> None:
    batch = read_one(
        "bat.json",
        schema(
            required=["navn", "eiere", "flagg"],
            properties={
                "navn": {"type": "string"},
                "eiere": {"type": "array", "minItems": 2, "maxItems": 9, "items": {"type": "string"}},
                "flagg": {"type": ["string", "null"]},
                "havner": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
            },
        ),
    )
    limits = {
        (name, key.removeprefix("modelldcatno:")): value
        for name, key, value in said(batch, MODEL)
        if key.endswith("Occurs")
    }
    assert limits == {
        ("navn", "minOccurs"): "1",
        ("navn", "maxOccurs"): "1",
        ("eiere", "minOccurs"): "2",
        ("eiere", "maxOccurs"): "9",
        ("flagg", "minOccurs"): "0",
        ("flagg", "maxOccurs"): "1",
        ("havner", "minOccurs"): "0",
        ("havner", "maxOccurs"): "*",
    }


def test_objects_are_composed_or_referred_to() -> None:
    text = schema(
        properties={"mål": {"type": "object", "properties": {}}, "eier": {"$ref": "#/$defs/Person"}},
        **{"$defs": {"Person": {"type": "object", "properties": {"far": {"$ref": "#/$defs/Person"}}}}},
    )
    found = said(read_one("bat.json", text), MODEL)
    assert found >= {
        ("mal", "rdf:type", "modelldcatno:Composition"),
        ("mal", "modelldcatno:contains", "mal/type"),
        ("eier", "rdf:type", "modelldcatno:Role"),
        ("eier", "modelldcatno:hasObjectType", "Person"),
        ("Person/far", "modelldcatno:hasObjectType", "Person"),
    }


def test_enumerations_become_code_lists() -> None:
    found = properties(drift={"enum": ["seil", "motor", None]}, klasse={"const": 1})
    assert found >= {
        ("drift", "modelldcatno:hasValueFrom", "drift/type"),
        ("drift/type", "rdf:type", "modelldcatno:CodeList"),
        ("drift/type/enum/seil", "skos:inScheme", "drift/type"),
        ("drift/type/enum/seil", "skos:notation", "seil"),
        ("klasse/type/enum/1", "skos:notation", "1"),
    }
    assert not [one for one in found if one[2] == "none"]


def test_restrictions_are_kept_as_xsd_has_them() -> None:
    found = properties(
        lengde={"type": "number", "minimum": 0, "exclusiveMaximum": 1.50},
        kjenning={"type": "string", "pattern": "^[A-Z]{2}$", "maxLength": 8},
        bygd={"type": "string", "format": "date"},
    )
    assert found >= {
        ("lengde/type", "xsd:minInclusive", "0"),
        ("lengde/type", "xsd:maxExclusive", "1.5"),
        ("kjenning/type", "xsd:pattern", "^[A-Z]{2}$"),
        ("kjenning/type", "xsd:maxLength", "8"),
        ("bygd", "modelldcatno:hasSimpleType", "types/date"),
        ("types/date", "modelldcatno:typeDefinitionReference", "xsd:date"),
    }


def test_all_of_specialises_and_one_of_is_a_choice() -> None:
    text = schema(
        **{
            "$defs": {
                "Fartøy": {"type": "object", "properties": {"navn": {"type": "string"}}},
                "Ferge": {"allOf": [{"$ref": "#/$defs/Fartøy"}, {"properties": {"rute": {"type": "string"}}}]},
                "Noe": {"oneOf": [{"$ref": "#/$defs/Fartøy"}, {"$ref": "#/$defs/Ferge"}]},
            }
        }
    )
    found = said(read_one("bat.json", text), MODEL)
    assert found >= {
        ("Ferge/allOf/0", "modelldcatno:hasGeneralConcept", "Fartoy"),
        ("Ferge", "modelldcatno:hasProperty", "Ferge/allOf/1/rute"),
        ("Noe/oneOf", "rdf:type", "modelldcatno:Choice"),
        ("Noe/oneOf", "modelldcatno:hasSome", "Fartoy"),
        ("Noe/oneOf", "modelldcatno:hasSome", "Ferge"),
    }


def test_a_schema_says_which_concept_it_means() -> None:
    found = properties(navn={"type": "string", "x-concept": "https://bat.example/begrep/navn"})
    assert ("navn", "dct:subject", "https://bat.example/begrep/navn") in found


def test_what_is_not_followed_or_has_no_place_is_told() -> None:
    text = schema(
        properties={"a": {"$ref": "https://annen.example/x.json"}, "b": {"$ref": "#/$defs/ingen"}}, dependentSchemas={}
    )
    batch = read_one("bat.json", text)
    (record,) = batch.report.records
    told = {(one.code, one.value) for one in record.issues}
    assert told >= {
        ("reference-not-followed", "https://annen.example/x.json"),
        ("reference-not-followed", "#/$defs/ingen"),
        ("unmapped-field", "dependentSchemas"),
    }
    assert ("a", "modelldcatno:hasType", "https://annen.example/x.json") in said(batch, MODEL)


def test_references_that_go_in_a_circle_are_told() -> None:
    text = schema(
        properties={"a": {"$ref": "#/$defs/x"}}, **{"$defs": {"x": {"$ref": "#/$defs/y"}, "y": {"$ref": "#/$defs/x"}}}
    )
    batch = read_one("bat.json", text)
    assert "reference-not-followed" in codes(batch)
    assert kinds(batch)["modelldcatno:Attribute"] == 1


def test_anchors_and_embedded_schemas_are_found() -> None:
    text = schema(
        **{
            "$id": "https://bat.example/skjema/bat",
            "properties": {"eier": {"$ref": "#person"}, "havn": {"$ref": "havn"}},
            "$defs": {
                "P": {"$anchor": "person", "type": "object"},
                "H": {"$id": "https://bat.example/skjema/havn", "type": "object"},
            },
        }
    )
    found = said(read_one("bat.json", text), "https://bat.example/skjema/bat")
    assert ("#/properties/eier", "modelldcatno:hasObjectType", "#/$defs/P") in found
    assert ("#/properties/havn", "modelldcatno:hasObjectType", "#/$defs/H") in found


def test_names_that_would_read_the_same_are_told_apart() -> None:
    named = {"nås": {"type": "object"}, "nas": {"type": "object"}}
    first = said(read_one("bat.json", schema(properties=named)), MODEL)
    assert len({subject for subject, key, _ in first if key == "modelldcatno:sequenceNumber"}) == 2


def test_the_same_schema_in_another_order_names_the_same_things() -> None:
    named = {"navn": {"type": "string"}, "eier": {"type": "object", "properties": {}}}
    first = read_one("bat.json", schema(properties=named))
    again = read_one("bat.json", schema(properties=dict(reversed(named.items()))))
    assert {one.subject for one in first.triples} == {one.subject for one in again.triples}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"$schema": "' + DIALECT + '", "type": }', "cannot be parsed"),
        ('{"$schema": "' + DIALECT + '", "type": "object", "type": "array"}', "“type” twice"),
        ('{"$schema": "' + DIALECT + '", "items": ' + '{"items": ' * 400 + "1" + "}" * 401, "nested more than"),
        ('$schema: "' + DIALECT + '"\na: &a [*a]\n', "within what it stands for"),
        ('$schema: "' + DIALECT + '"\na: !!python/object/apply:os.getcwd []\n', "YAML cannot be read"),
        ('$schema: "' + DIALECT + '"\na: [\n', "YAML cannot be read"),
        (
            '$schema: "' + DIALECT + '"\na0: &a0 [x]\n'
            + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)),
            "aliases written out",
        ),
        (
            schema(**{"$defs": {f"d{n}": {"type": "array", "items": {"$ref": f"#/$defs/d{n + 1}"}} for n in range(3000)}}),
            "more often than any real ones do",
        ),
    ],
    ids=["syntax", "twice", "deep json", "alias circle", "python tag", "yaml syntax", "alias bomb", "reference chain"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message) as refused:
        read_one("bat.json", text)
    assert refused.value.fix


def test_no_and_dates_and_leading_zeros_are_texts_in_yaml() -> None:
    text = f"$schema: {DIALECT}\ntype: object\nproperties:\n  land:\n    enum: [no, 2026-01-31, 0301]\n"
    notations = {value for _, key, value in said(read_one("bat.yaml", text), MODEL) if key == "skos:notation"}
    assert notations == {"no", "2026-01-31", "0301"}


def test_importing_says_whose_it_is() -> None:
    batch = read_one("bat.json", schema(), OPTIONS)
    assert batch.publisher.endswith("/999000009")
    assert "publisher-missing" not in codes(batch)
    assert "publisher-missing" in codes(read_one("bat.json", schema(), ImportOptions("https://register.example")))
