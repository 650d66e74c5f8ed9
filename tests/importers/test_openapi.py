"""OpenAPI: the API, its operations, and the model that its schemas make."""

import json
from importlib.resources import files
from typing import Any

import pytest
from model_triples import codes, kinds, read_one, said

from importers import importer_for
from importers.base import Source, UnreadableSourceError

SERVICE = "https://register.example/data-services/prove"
SAMPLE = files("registry.demo").joinpath("eksempel-foretak-api.yaml").read_text(encoding="utf-8")


def api(**members: Any) -> str:
    return json.dumps({"openapi": "3.0.3", "info": {"title": "Båter", "version": "1"}, "paths": {}, **members})


def test_it_is_told_by_its_content_in_json_and_yaml() -> None:
    assert importer_for(Source("x", api().encode())).name == "openapi"
    assert importer_for(Source("x", SAMPLE.encode())).name == "openapi"


def test_the_api_has_address_licence_contact_and_model() -> None:
    batch = read_one("api.yaml", SAMPLE)
    assert said(batch, SERVICE) >= {
        ("", "rdf:type", "dcat:DataService"),
        ("", "dcat:endpointURL", "https://api.eksempel-foretak.example/v2"),
        ("", "dct:license", "https://data.norge.no/nlod/no/2.0"),
        ("", "owl:versionInfo", "2.1.0"),
        ("", "dct:conformsTo", "https://register.example/information-models/prove"),
        ("", "dcat:contactPoint", "/contact"),
        ("/contact", "vcard:hasEmail", "mailto:api@eksempel-foretak.example"),
    }
    assert {record.subject for record in batch.report.records} == {
        SERVICE,
        "https://register.example/information-models/prove",
    }


def test_operations_have_parameters_requests_and_responses() -> None:
    batch = read_one("api.yaml", SAMPLE)
    find, report = "/operations/finnForetak", "/operations/meldForetak"
    model = "https://register.example/information-models/prove"
    assert said(batch, SERVICE) >= {
        ("", "samsvar:hasOperation", find),
        (find, "samsvar:method", "GET"),
        (find, "samsvar:path", "/foretak"),
        (find, "samsvar:hasParameter", f"{find}/parameters/query-navn"),
        (f"{find}/parameters/query-navn", "samsvar:required", "true"),
        (f"{find}/parameters/query-organisasjonsform", "modelldcatno:hasType", f"{model}/Organisasjonsform"),
        (find, "samsvar:hasResponse", f"{find}/responses/200/application-json"),
        (f"{find}/responses/200/application-json", "modelldcatno:hasType", f"{model}/Foretak"),
        (f"{find}/responses/200/application-json", "modelldcatno:maxOccurs", "*"),
        (report, "samsvar:hasRequest", f"{report}/request/application-json"),
        (f"{report}/responses/202", "samsvar:statusCode", "202"),
        (
            "/operations/hentForetak",
            "samsvar:hasParameter",
            "/operations/hentForetak/parameters/path-organisasjonsnummer",
        ),
    }
    security = {value.split()[-1] for subject, key, value in said(batch, SERVICE) if key == "samsvar:securityScheme"}
    assert security == {"foretak.les", "foretak.skriv"}


def test_schemas_become_a_model_once_each() -> None:
    batch = read_one("api.yaml", SAMPLE)
    found_kinds = kinds(batch)
    assert (found_kinds["modelldcatno:ObjectType"], found_kinds["modelldcatno:CodeElement"]) == (4, 3)
    found = said(batch, "https://register.example/information-models/prove/")
    assert ("Foretak", "dct:subject", "https://eksempel-foretak.example/begrep/foretak") in found
    assert ("Foretak/adresser", "modelldcatno:maxOccurs", "*") in found
    assert ("Foretak/stiftet", "modelldcatno:minOccurs", "0") in found


def test_the_idioms_of_3_0_are_understood() -> None:
    text = api(
        components={
            "schemas": {
                "Havn": {"type": "object", "properties": {"navn": {"type": "string"}}},
                "Båt": {
                    "type": "object",
                    "required": ["havn", "flagg"],
                    "properties": {
                        "havn": {"allOf": [{"$ref": "#/components/schemas/Havn"}], "description": "Hjemmehavn"},
                        "flagg": {"type": "string", "nullable": True},
                        "lengde": {"type": "number", "minimum": 0, "exclusiveMinimum": True},
                    },
                },
            }
        }
    )
    found = said(read_one("api.json", text), "https://register.example/information-models/prove/")
    assert found >= {
        ("Bat/havn", "modelldcatno:hasObjectType", "Havn"),
        ("Bat/havn", "dct:description", "Hjemmehavn"),
        ("Bat/flagg", "modelldcatno:minOccurs", "0"),
        ("Bat/lengde/type", "xsd:minExclusive", "0"),
    }
    assert ("Bat/lengde/type", "xsd:minInclusive", "0") not in found


def test_an_operation_without_an_id_is_named_by_method_and_path() -> None:
    text = api(paths={"/båter/{id}": {"get": {"responses": {"default": {"description": "alt"}}, "deprecated": True}}})
    found = said(read_one("api.json", text), SERVICE)
    assert ("/operations/get-bater-id", "samsvar:path", "/båter/{id}") in found
    assert ("/operations/get-bater-id", "owl:deprecated", "true") in found
    assert ("/operations/get-bater-id/responses/default", "samsvar:statusCode", "default") in found


def test_the_first_server_is_the_endpoint_and_variables_are_filled_in() -> None:
    test = {"url": "https://test.bat.example/{versjon}", "variables": {"versjon": {"default": "v2"}}}
    batch = read_one("api.json", api(servers=[{"url": "https://bat.example/v2"}, test]))
    assert said(batch, SERVICE) >= {
        ("", "dcat:endpointURL", "https://bat.example/v2"),
        ("", "rdfs:seeAlso", "https://test.bat.example/v2"),
    }
    assert "several-servers" in codes(batch)
    assert "too-many-values" not in codes(batch)


def test_a_relative_server_is_told() -> None:
    batch = read_one("api.json", api(servers=[{"url": "/v1"}]))
    assert {"server-without-address", "property-missing"} <= codes(batch)


@pytest.mark.parametrize("mark", ['"swagger": "2.0"', '"openapi": "4.0.0"'])
def test_other_versions_are_refused(mark: str) -> None:
    with pytest.raises(UnreadableSourceError, match=r"3\.0 and 3\.1 can be read") as refused:
        read_one("api.json", f'{{{mark}, "info": {{"title": "x"}}, "paths": {{}}}}')
    assert "3.1" in refused.value.fix


def test_references_to_other_files_are_told_and_nothing_is_fetched() -> None:
    text = api(paths={"/a": {"get": {"parameters": [{"$ref": "felles.yaml#/p"}], "responses": {}}}})
    assert "reference-not-followed" in codes(read_one("api.json", text))
