"""Signing in with OpenID Connect, against a real local provider."""

import contextlib
import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from click.testing import CliRunner
from flask.testing import FlaskClient
from pages_register import VESSEL, fill

from registry.access.people import People, Person
from registry.access.sessions import COOKIE
from registry.app import create_app
from registry.cli import main
from registry.services import build_services
from registry.settings import Settings

OWN = {"Sec-Fetch-Site": "same-origin"}
PEOPLE = (
    {"sub": "kari", "email": "kari@havn.example", "email_verified": True},
    {"sub": "ola", "email": "kari@havn.example", "email_verified": False},
)
PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    claims = [part for each in PEOPLE for part in ("--user-claims", json.dumps(each))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--host", "127.0.0.1", "--port", str(port), *claims]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(f"{address}/.well-known/openid-configuration")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _wait(address: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(address, timeout=5).ok:
                return
        time.sleep(0.1)
    pytest.fail("the provider did not start")


@pytest.fixture
def settings(tmp_path: Path, provider: str) -> Settings:
    found = Settings(
        data=tmp_path / "data",
        uri_base="http://localhost:8000",
        oidc_issuer=provider,
        oidc_client_id="samsvar",
        oidc_client_secret="hemmelig",
    )
    fill(build_services(found))
    return found


def people(settings: Settings) -> People:
    return People(settings.data / "state.db")


def come_back(client: FlaskClient, sub: str, onward: str = "/comments"):
    """Goes to the provider, says who one is, and comes back."""
    begun = client.get(f"/account/openid?next={onward}")
    assert begun.status_code == 303
    form = requests.post(begun.headers["Location"], data={"sub": sub}, allow_redirects=False, timeout=30)
    assert form.status_code == 302, form.text
    back = urlsplit(form.headers["Location"])
    assert back.netloc == "localhost:8000"
    return client.get(f"{back.path}?{back.query}")


def test_somebody_known_signs_in_and_writes(settings: Settings) -> None:
    people(settings).add(Person("kari", "Kari Nordmann", "contributor", "999100001"))
    client = create_app(settings).test_client()
    assert "Logg inn med 127.0.0.1" in client.get("/account?lang=nb").text
    answer = come_back(client, "kari", "/comments")
    assert answer.status_code == 200
    assert 'content="0; url=/comments"' in answer.text
    assert "Kari Nordmann (kari)" in client.get("/account").text
    assert client.post("/comments", data={"about": VESSEL, "text": "hei"}, headers=OWN).status_code == 303
    [token] = build_services(settings).tokens.list()
    assert (token.owner, token.role, token.organisation) == ("Kari Nordmann (kari)", "contributor", "999100001")
    assert token.expires
    assert "HttpOnly" in " ".join(answer.headers.getlist("Set-Cookie"))


def test_an_address_counts_only_when_it_is_verified(settings: Settings) -> None:
    people(settings).add(Person("kari@havn.example", "Kari", "contributor", "999100001"))
    assert come_back(create_app(settings).test_client(), "kari").status_code == 200
    refused = come_back(create_app(settings).test_client(), "ola")
    assert refused.status_code == 403
    assert COOKIE not in " ".join(refused.headers.getlist("Set-Cookie"))


def test_a_stranger_is_told_whom_to_ask(settings: Settings) -> None:
    refused = come_back(create_app(settings).test_client(), "fremmed")
    assert refused.status_code == 403
    assert "fremmed" in refused.text


def test_an_answer_is_taken_once_and_in_the_browser_that_asked(settings: Settings) -> None:
    people(settings).add(Person("kari", "Kari", "contributor", "999100001"))
    client = create_app(settings).test_client()
    begun = client.get("/account/openid")
    form = requests.post(begun.headers["Location"], data={"sub": "kari"}, allow_redirects=False, timeout=30)
    back = urlsplit(form.headers["Location"])
    assert create_app(settings).test_client().get(f"{back.path}?{back.query}").status_code == 401
    other = create_app(settings).test_client()
    other.get("/account/openid")
    assert other.get(f"{back.path}?{back.query}").status_code == 401
    assert client.get(f"{back.path}?state=made-up&code=x").status_code == 401
    assert client.get(back.path).status_code == 401
    client.set_cookie("samsvar-sign-in", "x", path="/account/callback")
    assert client.get(f"{back.path}?state=%C3%A6&code=x").status_code == 401


def test_a_code_that_the_provider_does_not_know_signs_nobody_in(settings: Settings) -> None:
    client = create_app(settings).test_client()
    begun = client.get("/account/openid")
    state = re.search(r"state=([\w-]+)", begun.headers["Location"])
    assert state is not None
    assert client.get(f"/account/callback?code=guessed&state={state.group(1)}").status_code == 401
    assert build_services(settings).tokens.list() == []


def test_a_token_for_another_register_is_refused(settings: Settings) -> None:
    people(settings).add(Person("kari", "Kari", "contributor", "999100001"))
    client = create_app(settings).test_client()
    begun = client.get("/account/openid")
    form = requests.post(begun.headers["Location"], data={"sub": "kari"}, allow_redirects=False, timeout=30)
    back = urlsplit(form.headers["Location"])
    changed = settings.model_copy(update={"oidc_client_id": "another"})
    other = create_app(changed).test_client()
    other.set_cookie("samsvar-sign-in", re.search(r"state=([\w-]+)", back.query).group(1), path="/account/callback")
    assert other.get(f"{back.path}?{back.query}").status_code == 401


def test_without_a_provider_there_is_only_the_token(tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path / "data", uri_base="http://localhost:8000")).test_client()
    assert client.get("/account/openid").status_code == 404
    assert "/account/openid" not in client.get("/account").text


def test_a_provider_that_does_not_answer_is_said(settings: Settings) -> None:
    gone = settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    answer = create_app(gone).test_client().get("/account/openid")
    assert answer.status_code == 500
    assert "does not answer" in answer.text


def test_users_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSVAR_DATA", str(tmp_path / "data"))
    run = CliRunner().invoke
    made = run(main, ["user", "add", "kari", "--role", "editor", "--organisation", "999100001", "--name", "Kari"])
    assert made.exit_code == 0, made.output
    assert run(main, ["user", "list"]).output == "kari editor 999100001 Kari\n"
    assert run(main, ["user", "add", "ola", "--role", "editor"]).exit_code != 0
    assert run(main, ["user", "remove", "kari"]).exit_code == 0
    assert run(main, ["user", "remove", "kari"]).exit_code != 0
    assert run(main, ["user", "list", "--json"]).output.split() == ["{", '"users":', "[]", "}"]


def test_who_comes_back_from_nowhere_again_and_again_is_told_to_wait_and_others_are_not(settings: Settings) -> None:
    people(settings).add(Person("kari", "Kari", "contributor", "999100001"))
    app = create_app(settings)
    statuses = [app.test_client().get("/account/callback?state=made-up&code=x").status_code for _ in range(51)]
    assert statuses == [401] * 50 + [429]
    assert come_back(app.test_client(), "kari").status_code == 200, "a sign-in that was begun is taken"
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert app.test_client().get("/account/callback?state=x", environ_overrides=elsewhere).status_code == 401


def test_who_begins_sign_in_after_sign_in_is_told_to_wait(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.views.openid.MOST_BEGUN", 2)
    app = create_app(settings)
    assert [app.test_client().get("/account/openid").status_code for _ in range(3)] == [303, 303, 429]
    refused = app.test_client().get("/account/openid", headers={"Accept": "application/json"})
    assert refused.headers["Retry-After"] == "60"
    assert refused.json["type"].endswith("too-many-sign-ins")
