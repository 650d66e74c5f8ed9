"""Schemas and APIs through the whole pipeline: again changes nothing, and a change makes one version."""

import json
from importlib.resources import files

import pytest

from importers.base import Source
from registry import pipeline
from registry.history.versions import versions
from registry.services import Services

MODEL = "https://bat.example/skjema/bat.json"
OPENAPI = files("registry.demo").joinpath("eksempel-foretak-api.yaml").read_bytes()


def schema(**properties: object) -> bytes:
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps({"$schema": dialect, "$id": MODEL, "title": "Båt", "properties": properties}).encode()


BEFORE = schema(navn={"type": "string", "maxLength": 50}, flagg={"type": "string"})
AFTER = schema(navn={"type": "string", "maxLength": 80})


def run(services: Services, data: bytes, name: str = "bat.json") -> pipeline.Outcome:
    return pipeline.run(services, pipeline.Request([Source(name, data)], publisher="999000009"))


@pytest.mark.parametrize(("name", "data"), [("bat.json", BEFORE), ("api.yaml", OPENAPI)])
def test_importing_again_changes_nothing(services: Services, name: str, data: bytes) -> None:
    first = run(services, data, name)
    generation = first.reports[0].generation
    again = run(services, data + b"\n", name)
    assert again.counts["stored"] == 0
    assert again.counts["unchanged"] == first.counts["stored"] > 0
    assert services.store.reader().generation == generation


def test_a_changed_model_makes_one_version(services: Services) -> None:
    run(services, BEFORE)
    assert versions(services.store.reader(), services.blobs, MODEL) == ()
    run(services, AFTER)
    assert len(versions(services.store.reader(), services.blobs, MODEL)) == 1


def test_a_changed_api_makes_one_version(services: Services) -> None:
    run(services, OPENAPI, "api.yaml")
    other = OPENAPI.replace(b"Foretaksoppslag (eksempeldata)", b"Rolleoppslag")
    request = pipeline.Request([Source("api.yaml", other)], "foretaksoppslag-eksempeldata", "999000009")
    outcome = pipeline.run(services, request)
    assert outcome.counts["stored"] == 2
    service = "http://localhost:8000/data-services/foretaksoppslag-eksempeldata"
    assert len(versions(services.store.reader(), services.blobs, service)) == 1
