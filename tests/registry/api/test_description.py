"""The OpenAPI document has every route of the API and no other; the page shows all of it; the client is made of it."""

import re
import runpy
import subprocess
import sys

import pytest
from documentation import ROOT
from flask import Flask
from live_server import served

CLIENT = ROOT / "docs" / "client"


def _routes(app: Flask) -> set[tuple[str, str]]:
    """Method and path of every route of the API, and of the pages' data."""
    found = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^:>]*:)?([^>]*)>", r"{\1}", rule.rule)
        if path.startswith("/api/v1/") or path.endswith(".json"):
            found |= {(method.lower(), path) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    return found


def test_every_route_of_the_api_is_described(app, demo_client):
    paths = demo_client.get("/api/v1/openapi.json").json["paths"]
    assert {(method, path) for path, methods in paths.items() for method in methods} == _routes(app)


def test_the_document_is_openapi_3_1_with_names_of_its_own(demo_client):
    document = demo_client.get("/api/v1/openapi.json").json
    assert document["openapi"].startswith("3.1.")
    names = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))
    for path, methods in document["paths"].items():
        for operation in methods.values():
            filled = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
            assert filled == set(re.findall(r"{(\w+)}", path)), path


def test_what_takes_a_token_says_so(demo_client):
    document = demo_client.get("/api/v1/openapi.json").json
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if path.startswith("/api/v1/") and method != "get":
                answer = demo_client.open(re.sub(r"{\w+}", "x", path), method=method.upper())
                assert (answer.status_code == 401) == ("security" in operation), (method, path)


def test_the_page_shows_every_operation_and_asks_nobody_else(demo_client):
    page = demo_client.get("/api/reference", headers={"Accept": "text/html"}).text
    document = demo_client.get("/api/v1/openapi.json").json
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in page
            assert f'id="{operation["operationId"]}"' in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


def test_the_client_is_the_one_that_the_document_makes():
    made = runpy.run_path(str(CLIENT / "generate.py"))["client"]()
    assert made == CLIENT.joinpath("samsvar_client.py").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_client_reads_a_running_register(demo_services, tmp_path):
    with served(demo_services.settings.data, tmp_path) as (port, _):
        command = [sys.executable, str(CLIENT / "terms.py"), f"http://127.0.0.1:{port}", "eksempel-skatt"]
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert "barn https://eksempel-skatt.example/begrep/barn" in said.splitlines()
    assert "critical: barn" in said


@pytest.mark.slow
def test_the_client_is_typed():
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "samsvar_client.py", "terms.py"]
    checked = subprocess.run(command, cwd=CLIENT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
