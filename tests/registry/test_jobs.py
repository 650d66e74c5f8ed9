"""Uploads that take their time: done in a process of their own, asked for again, seen on a page; what breaks off is told."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from harbour_catalogue import AFTER, BEFORE, run, terms
from job_answers import answered

from registry import uploads
from registry.access.tokens import Token
from registry.jobs.keeping import Job, Step
from registry.services import Services

OWN = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
PREVIEW = "/api/v1/imports?catalogue=havn&dryRun=true"


@pytest.fixture
def token(services: Services) -> tuple[Token, str]:
    return services.tokens.create("administrator")


@pytest.fixture
def headers(token: tuple[Token, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {token[1]}"}


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is as a large one."""
    monkeypatch.setattr(uploads, "_IN_MEMORY", 16)


def put(services: Services, token: Token) -> Job:
    return services.jobs.put(token, lambda _: {"do": "take"})


@pytest.mark.usefixtures("large")
def test_a_large_preview_is_made_elsewhere_and_accepted(
    client: FlaskClient, services: Services, headers: dict[str, str]
) -> None:
    run(services, BEFORE)
    content = {"Content-Type": "text/turtle", **headers}
    sent = client.post(PREVIEW, data=AFTER, headers={**content, "Prefer": "respond-async"})
    assert sent.status_code == 202
    shown = answered(client, sent, headers)
    assert shown.status_code == 200
    document = shown.get_json()
    assert document["difference"]["graphs"][0]["counts"] == {"new": 1, "changed": 1, "gone": 1, "unchanged": 1}
    again = client.post(PREVIEW, data=AFTER, headers={**content, "Prefer": "respond-async"})
    assert again.status_code == 200, "the same upload to the same register is known"
    assert again.get_json() | {"preview": "", "created": "", "expires": ""} == document | {
        "preview": "",
        "created": "",
        "expires": "",
    }
    accepted = client.post(again.headers["Location"], headers=headers)
    assert accepted.get_json()["counts"]["stored"] == 2
    assert terms(services) == {"kai", "los", "bøye"}


@pytest.mark.usefixtures("large")
def test_what_cannot_be_read_elsewhere_is_told_as_ever(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post(PREVIEW, data=b"no turtle " * 9, headers={"Content-Type": "text/turtle", **headers})
    answer = answered(client, answer, headers)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.get_json()["type"] == "/problems/unreadable-source"


def test_a_page_shows_how_far_it_is(app: Flask, services: Services, token: tuple[Token, str]) -> None:
    browser = app.test_client()
    browser.post("/account/sign-in", data={"token": token[1]}, headers=OWN)
    job = put(services, token[0])
    with job.running():
        job.say(Step("reading", "havn.ttl", "2026-11-22T01:02:03+00:00"))
        page = browser.get(f"/imports/jobs/{job.id}?lang=en", headers=OWN)
        assert page.status_code == 200
        assert re.search(r"<strong>Reading</strong>\s*: havn.ttl", page.text)
    job.finish({"document": {}, "graphs": [{"kind": "catalogue", "catalogue": "havn"}]})
    done = browser.get(f"/imports/jobs/{job.id}", headers=OWN)
    assert (done.status_code, done.headers["Location"]) == (303, "/catalogues/havn#report")


def test_a_process_that_ends_is_told(
    client: FlaskClient, services: Services, token: tuple[Token, str], headers: dict[str, str]
) -> None:
    answer = client.get(f"/api/v1/jobs/{put(services, token[0]).id}", headers=headers)
    assert answer.status_code == 500
    assert answer.get_json()["type"] == "/problems/job-ended"


@pytest.mark.parametrize(("prefer", "status"), [("wait=0", 202), ("respond-async", 202), ("", 202)])
def test_a_job_at_work_is_answered_at_once(
    client: FlaskClient, services: Services, token: tuple[Token, str], headers: dict[str, str], prefer: str, status: int
) -> None:
    job = put(services, token[0])
    with job.running():
        answer = client.get(f"/api/v1/jobs/{job.id}", headers={**headers, "Prefer": prefer})
    assert answer.status_code == status
    assert answer.get_json() == {
        "job": job.id,
        "created": job.created,
        "step": "starting",
        "about": "",
        "since": job.created,
    }


def test_a_job_is_not_for_others(client: FlaskClient, services: Services, token: tuple[Token, str]) -> None:
    _, other = services.tokens.create("editor", organisation="999000010")
    answer = client.get(f"/api/v1/jobs/{put(services, token[0]).id}", headers={"Authorization": f"Bearer {other}"})
    assert answer.status_code == 403


def test_what_came_of_a_job_is_kept_and_its_files_are_not(services: Services, token: tuple[Token, str]) -> None:
    def fill(folder: Path) -> dict[str, Any]:
        (folder / "0").write_bytes(b"x")
        return {"do": "take", "files": ["a.ttl"]}

    job = services.jobs.put(token[0], fill)
    [(name, path)] = job.files()
    assert (name, path.read_bytes()) == ("a.ttl", b"x")
    job.finish({"preview": "p"})
    assert not path.exists()
    found = services.jobs.get(job.id)
    assert not found.is_working()
    assert found.outcome() == {"preview": "p"}
    assert json.loads((found.folder / "job.json").read_text())["id"] == job.id
