"""`POST /api/v1/imports` and previews as programs use them: rights, forms, limits, formats, errors."""

import gzip
import io
import json
import tracemalloc
import zipfile

import pytest
from flask.testing import FlaskClient
from harbour_catalogue import AFTER, BEFORE, BUOY, QUAY, catalogue, iri, run, terms
from job_answers import answered
from werkzeug.test import TestResponse

from registry import uploads
from registry.app import create_app
from registry.services import Services
from registry.settings import Settings

OWN = "999000009"
IMPORTS = f"/api/v1/imports?catalogue={OWN}-havn"


@pytest.fixture
def headers(services: Services) -> dict[str, str]:
    """Of an editor of the publisher."""
    return {"Authorization": f"Bearer {services.tokens.create('editor', organisation=OWN)[1]}"}


def send(
    client: FlaskClient, headers: dict[str, str], content: bytes, address: str = IMPORTS, **more: str
) -> TestResponse:
    return client.post(address, data=content, headers={"Content-Type": "text/turtle", **headers, **more})


def problem(answer: TestResponse) -> str:
    assert answer.mimetype == "application/problem+json"
    assert answer.get_json()["detail"]
    return str(answer.get_json()["type"]).removeprefix("/problems/")


def test_a_body_is_imported(client: FlaskClient, services: Services, headers: dict[str, str]) -> None:
    answer = send(client, headers, BEFORE)
    assert answer.status_code == 200
    [report] = answer.get_json()["reports"]
    assert (report["source"], report["catalogue"], report["generation"]) == ("upload.ttl", f"{OWN}-havn", 1)
    assert "difference" not in answer.get_json()
    assert services.store.reader().generation == 1


def test_files_of_a_form_are_imported_together(
    client: FlaskClient, services: Services, headers: dict[str, str]
) -> None:
    form = {
        "catalogue": f"{OWN}-havn",
        "file": [(io.BytesIO(catalogue(QUAY)), "mine/kai.ttl"), (io.BytesIO(catalogue(BUOY)), "../../boye.ttl")],
    }
    answer = client.post("/api/v1/imports", data=form, headers=headers)
    assert answer.status_code == 200
    assert answer.get_json()["reports"][0]["source"] == "kai.ttl, boye.ttl"
    assert answer.get_json()["counts"]["stored"] == 2


def test_an_archive_is_opened(client: FlaskClient, headers: dict[str, str]) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("havn.ttl", BEFORE)
    answer = send(client, headers, packed.getvalue(), f"{IMPORTS}&name=havn.zip", **{"Content-Type": "application/zip"})
    assert answer.get_json()["reports"][0]["source"] == "havn.zip/havn.ttl"


def test_a_dry_run_is_kept_and_accepted(client: FlaskClient, services: Services, headers: dict[str, str]) -> None:
    send(client, headers, BEFORE)
    answer = send(client, headers, AFTER, f"{IMPORTS}&dryRun=true")
    shown = answer.get_json()
    assert answer.headers["Location"] == f"/api/v1/previews/{shown['preview']}"
    assert shown["difference"]["graphs"][0]["counts"] == {"new": 1, "changed": 1, "gone": 1, "unchanged": 1}
    assert services.store.reader().generation == 1
    assert client.get(answer.headers["Location"], headers=headers).get_json() == shown
    chosen = client.post(answer.headers["Location"], json={"things": [iri("boye")]}, headers=headers)
    assert chosen.status_code == 200
    assert chosen.get_json()["counts"]["stored"] == 1
    assert client.get(answer.headers["Location"], headers=headers).status_code == 404


def test_a_preview_of_an_administrator_is_not_that_of_an_organisation(
    client: FlaskClient, services: Services, headers: dict[str, str]
) -> None:
    _, text = services.tokens.create("administrator", organisation=OWN)
    administrator = {"Authorization": f"Bearer {text}"}
    other = "/api/v1/imports?catalogue=888000008-havn&dryRun=true"
    address = send(client, administrator, BEFORE, other).headers["Location"]
    assert problem(client.get(address, headers=headers)) == "forbidden"
    assert problem(client.post(address, headers=headers)) == "forbidden"
    assert client.post(address, headers=administrator).status_code == 200


def test_a_preview_can_be_discarded(client: FlaskClient, headers: dict[str, str]) -> None:
    address = send(client, headers, AFTER, f"{IMPORTS}&dryRun=true").headers["Location"]
    assert client.delete(address, headers=headers).status_code == 204
    assert problem(client.post(address, headers=headers)) == "not-found"


def test_what_has_changed_since_is_said(client: FlaskClient, headers: dict[str, str]) -> None:
    address = send(client, headers, AFTER, f"{IMPORTS}&dryRun=true").headers["Location"]
    send(client, headers, BEFORE)
    assert problem(client.post(address, headers=headers)) == "precondition-failed"


def test_the_report_comes_as_csv(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = send(client, headers, AFTER, f"{IMPORTS}&dryRun=true", Accept="text/csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert f"{OWN}-havn,new,{iri('kai')},kai," in answer.text
    assert problem(send(client, headers, AFTER, Accept="image/png")) == "not-acceptable"


@pytest.mark.parametrize("role", ["reader", "contributor", "coordinator"])
def test_other_roles_import_nothing(client: FlaskClient, services: Services, role: str) -> None:
    _, text = services.tokens.create(role, organisation=OWN)
    assert problem(send(client, {"Authorization": f"Bearer {text}"}, BEFORE)) == "forbidden"


def test_without_a_token_nothing_is_read(client: FlaskClient) -> None:
    assert problem(send(client, {}, BEFORE)) == "unauthorized"


def test_an_editor_imports_its_own_alone(client: FlaskClient, services: Services, headers: dict[str, str]) -> None:
    assert problem(send(client, headers, BEFORE, "/api/v1/imports?catalogue=someone")) == "forbidden"
    of_another = BEFORE.replace(b"999000009", b"999000010")
    answer = send(client, headers, of_another)
    assert problem(answer) == "forbidden"
    assert "999000010" in answer.get_json()["detail"]
    assert services.store.reader().generation == 0


def test_a_preview_is_for_its_own_organisation(
    client: FlaskClient, services: Services, headers: dict[str, str]
) -> None:
    address = send(client, headers, AFTER, f"{IMPORTS}&dryRun=true").headers["Location"]
    stranger = {"Authorization": f"Bearer {services.tokens.create('editor', organisation='999000010')[1]}"}
    for answer in (
        client.get(address, headers=stranger),
        client.post(address, headers=stranger),
        client.delete(address, headers=stranger),
    ):
        assert problem(answer) == "forbidden"
    colleague = {"Authorization": f"Bearer {services.tokens.create('editor', organisation=OWN)[1]}"}
    assert client.get(address, headers=colleague).status_code == 200


def test_wishes_that_make_no_sense_are_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    for address in (f"{IMPORTS}&dryRun=perhaps", f"{IMPORTS}&publisher=12"):
        assert problem(send(client, headers, BEFORE, address)) == "bad-request"
    assert problem(send(client, headers, b"")) == "bad-request"
    assert (
        problem(client.post(IMPORTS, data={"file": "words"}, headers=headers | {"Content-Type": "multipart/form-data"}))
        == "bad-request"
    )
    assert problem(send(client, headers, BEFORE, f"{IMPORTS}&format=papyrus")) == "unreadable-source"


def test_what_cannot_be_read_says_where(client: FlaskClient, services: Services, headers: dict[str, str]) -> None:
    answer = send(client, headers, b"<script>alert(1)</script>", **{"Content-Type": "text/html"})
    assert answer.status_code == 422
    assert problem(answer) == "unreadable-source"
    assert answer.get_json()["where"]["file"] == "upload.html"
    assert services.store.reader().generation == 0


def test_strictly_nothing_is_mended(client: FlaskClient, headers: dict[str, str]) -> None:
    latin = BEFORE.decode().encode("latin-1")
    assert problem(send(client, headers, latin, f"{IMPORTS}&strict=true")) == "unreadable-source"
    assert send(client, headers, latin).status_code == 200


def test_limits_hold_while_reading(services: Services) -> None:
    small = create_app(Settings(data=services.settings.data, uri_base=services.settings.uri_base, max_upload=1))
    client = small.test_client()
    headers = {"Authorization": f"Bearer {services.tokens.create('administrator')[1]}"}
    large = BEFORE + b"#" * 2**20
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="havn.ttl"\r\n\r\n'
    form = b"".join((part, large, b"\r\n--x--\r\n"))
    assert send(client, headers, large).status_code == 413
    assert send(client, headers, gzip.compress(large), **{"Content-Encoding": "gzip"}).status_code == 413
    assert "at most 1 MiB" in send(client, headers, large).get_json()["detail"]
    assert send(client, headers, form, **{"Content-Type": "multipart/form-data; boundary=x"}).status_code == 413
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("havn.ttl", large)
    answer = send(client, headers, bomb.getvalue(), f"{IMPORTS}&name=havn.zip")
    assert problem(answer) == "unreadable-source"
    assert services.store.reader().generation == 0


@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_body_that_ends_at_the_limit_is_taken(services: Services, coding: str) -> None:
    small = create_app(Settings(data=services.settings.data, uri_base=services.settings.uri_base, max_upload=1))
    headers = {"Authorization": f"Bearer {services.tokens.create('administrator')[1]}"}
    full = BEFORE + b"#" * (2**20 - len(BEFORE))
    body, more = (gzip.compress(full), {"Content-Encoding": coding}) if coding else (full, {})
    client = small.test_client()
    assert answered(client, send(client, headers, body, **more), headers).status_code == 200


def test_a_body_waits_for_its_turn_on_disk(client: FlaskClient, headers: dict[str, str]) -> None:
    large = 24 * 2**20
    body = io.BytesIO(BEFORE.ljust(large, b"#"))
    with uploads.taking_turns(), uploads.taking_turns():
        tracemalloc.start()
        try:
            answer = client.post(IMPORTS, input_stream=body, content_length=large, headers=headers)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert (answer.status_code, body.tell()) == (503, large)
    assert peak < large / 4


def test_a_body_is_not_read_when_its_length_says_that_it_is_too_long(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    untouched = io.BytesIO(BEFORE)
    length = {"CONTENT_LENGTH": str(2**40), "CONTENT_TYPE": "text/turtle", "wsgi.input_terminated": True}
    answer = client.post(IMPORTS, input_stream=untouched, headers=headers, environ_overrides=length)
    assert answer.status_code == 413
    assert untouched.tell() == 0


def test_uploads_take_turns(client: FlaskClient, headers: dict[str, str]) -> None:
    with uploads.taking_turns(), uploads.taking_turns():
        answer = send(client, headers, BEFORE)
    assert (answer.status_code, problem(answer)) == (503, "store-busy")
    assert answer.headers["Retry-After"]
    assert send(client, headers, BEFORE).status_code == 200


def test_a_preview_survives_what_is_not_json(client: FlaskClient, headers: dict[str, str]) -> None:
    address = send(client, headers, AFTER, f"{IMPORTS}&dryRun=true").headers["Location"]
    for body in (b"[]", b"{", json.dumps({"things": "all"}).encode(), json.dumps({"things": [1]}).encode()):
        answer = client.post(address, data=body, headers=headers | {"Content-Type": "application/json"})
        assert problem(answer) == "bad-request"
    assert client.post(address, headers=headers).status_code == 200


def test_an_editor_imports_what_is_its_own_already(
    client: FlaskClient, services: Services, headers: dict[str, str]
) -> None:
    run(services, BEFORE)
    assert send(client, headers, AFTER, "/api/v1/imports?catalogue=havn").status_code == 200
    assert terms(services) == {"kai", "los", "bøye"}


def test_what_nobody_has_accepted_is_seen_nowhere(client: FlaskClient, headers: dict[str, str]) -> None:
    """Not even in that an answer differs from the one about a word or a URI that never was."""
    send(client, headers, BEFORE)
    secret = catalogue(("hemmelig", "hemmelig", "sak som ikke er hemmelig lenger"))
    assert send(client, headers, secret, f"{IMPORTS}&partial=true&dryRun=true").status_code == 200
    for address in (
        "/search.json?q={word}",
        "/search?q={word}",
        "/search/suggestions?q={word}",
        "/terms/{word}.json",
        "/resource?uri=https%3A%2F%2Fhavn.example%2Fbegrep%2F{word}",
        "/api/v1/queries/find-by-word?word={word}&format=csv",
    ):
        there, nowhere = (client.get(address.format(word=word)) for word in ("hemmelig", "ukjentord"))
        assert there.status_code == nowhere.status_code
        assert there.text.replace("hemmelig", "ukjentord") == nowhere.text
    for address in ("/", "/concepts.json", "/catalogues.json", "/api/v1/imports", "/sitemap.xml", "/.well-known/void"):
        assert "hemmelig" not in client.get(address).text
    every = "SELECT ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    assert "hemmelig" not in client.get("/sparql", query_string={"query": every, "format": "csv"}).text
