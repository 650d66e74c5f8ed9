"""Information models given out as JSON Schema and as SHACL, and what comes home of them."""

import json
from urllib.parse import quote

import pytest
from model_triples import read_one, said
from pyoxigraph import RdfFormat, parse

MODEL = "https://eksempel-foretak.example/skjema/rollemelding.json"
SHACL = "http://www.w3.org/ns/shacl#"


def fetched(client, form: str, uri: str = MODEL):
    return client.get(f"/api/v1/models/{form}?uri={quote(uri, safe='')}")


def limits(text: str) -> set[tuple[str, str, str]]:
    batch = read_one("rolle.json", text)
    named = {subject: value for subject, key, value in said(batch, MODEL) if key == "dct:identifier"}
    return {
        (named[subject], key, value)
        for subject, key, value in said(batch, MODEL)
        if key in {"modelldcatno:minOccurs", "modelldcatno:maxOccurs"} and subject in named
    }


def test_a_model_comes_out_as_json_schema_with_its_names_and_limits(demo_client) -> None:
    answer = fetched(demo_client, "json-schema")
    assert answer.content_type.startswith("application/schema+json")
    schema = answer.get_json(force=True)
    assert schema["$ref"].startswith("#/$defs/")
    role = schema["$defs"]["Rolle"]
    assert role["required"] == ["type", "innehaver"]
    assert schema["$defs"]["Foretak"]["x-concept"] == "https://eksempel-foretak.example/begrep/foretak"
    assert ["daglig-leder", "styreleder", "varamedlem"] in [one.get("enum") for one in schema["$defs"].values()]
    roles = schema["$defs"][schema["$ref"].rpartition("/")[2]]["properties"]["roller"]
    assert (roles["type"], roles["minItems"]) == ("array", 1)


def test_what_goes_out_and_comes_in_again_has_the_same_limits(demo_client) -> None:
    once = json.dumps(fetched(demo_client, "json-schema").get_json(force=True))
    assert ("roller", "modelldcatno:maxOccurs", "*") in limits(once)
    assert {("foretak", "modelldcatno:minOccurs", "1"), ("gjelderFra", "modelldcatno:minOccurs", "0")} <= limits(once)


def test_a_model_comes_out_as_shapes(demo_client) -> None:
    answer = fetched(demo_client, "shapes")
    assert answer.content_type.startswith("text/turtle")
    quads = list(parse(answer.data, RdfFormat.TURTLE))
    kinds = [quad.object.value for quad in quads if quad.predicate.value.endswith("#type")]
    assert kinds.count(f"{SHACL}NodeShape") == 5
    said_by = {quad.predicate.value.removeprefix(SHACL) for quad in quads}
    assert {"path", "minCount", "maxCount", "datatype", "class", "in", "pattern", "maxLength"} <= said_by
    paths = {quad.object.value for quad in quads if quad.predicate.value == f"{SHACL}path"}
    assert f"{MODEL}#/$defs/Rolle/properties/innehaver" in paths


@pytest.mark.parametrize("form", ["shapes", "json-schema"])
def test_models_in_rdf_come_out_too_and_others_do_not(demo_client, form: str) -> None:
    assert fetched(demo_client, form, "https://eksempel-foretak.example/modell/foretak").status_code == 200
    assert fetched(demo_client, form, "https://eksempel-foretak.example/begrep/foretak").status_code == 404
    assert demo_client.get(f"/api/v1/models/{form}").status_code == 400
