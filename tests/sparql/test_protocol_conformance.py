"""W3C's tests on a live server: protocol, Graph Store HTTP Protocol and service descriptions; and the suites of queries.

Of the suites docs/sparql.md explains every failure; a new one shows, and so does one that is mended.
"""

import json
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from documentation import section
from live_server import served

from registry.access.tokens import TokenStore

EXPLAINED = frozenset(re.findall(r"`([a-z\d-]+#[\w-]+)`", section("docs/sparql.md", "The W3C test suites")))
SUITES = 495
_CAREFULLY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # since Python 3.11.4


@pytest.fixture
def conformance(shared: Path) -> Path:
    """The folder of W3C's tests and their runners."""
    folder = shared / "conformance"
    if not folder.is_dir():
        pytest.skip("the folder of real data has no conformance/")
    return folder


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of an empty register whose default graph is the plain one, patient on a slow machine."""
    settings = {"SAMSVAR_DEFAULT_GRAPH": "plain", "SAMSVAR_QUERY_TIMEOUT": "60"}
    with served(tmp_path / "data", tmp_path, own_base=True, **settings) as (port, _):
        yield f"http://127.0.0.1:{port}"


def run(runner: Path, server: str, data: Path, *options: str, seconds: int) -> tuple[object, str]:
    """What a runner found, as it wrote it in JSON, and what it said."""
    _, token = TokenStore(data / "state.db").create("administrator")
    addresses = ("--query-url", f"{server}/sparql", "--update-url", f"{server}/sparql", "--gsp-url", f"{server}/graphs")
    found = data.parent / "results.json"
    header = "--write-header" if "protocol" in runner.name else "--header"
    command = [sys.executable, str(runner), *addresses, *options, "--json", str(found)]
    command += [header, f"Authorization: Bearer {token}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    return json.loads(found.read_text()), done.stdout


@pytest.mark.slow
@pytest.mark.real_data
def test_the_w3c_protocol_tests_pass(conformance: Path, server: str, tmp_path: Path) -> None:
    options = ("--direct", "--extra", "--strict-extra", "-q")
    found, said = run(conformance / "protocol_runner.py", server, tmp_path / "data", *options, seconds=600)
    assert isinstance(found, dict)
    assert [each for each in found["results"] if not each["pass"]] == [], said
    assert len(found["results"]) == 97


@pytest.mark.slow
@pytest.mark.real_data
def test_every_failure_of_the_w3c_suites_is_explained(conformance: Path, server: str, tmp_path: Path) -> None:
    with tarfile.open(conformance / "rdf-tests-sparql.tar.xz") as archive:
        archive.extractall(tmp_path / "tests", **_CAREFULLY)  # noqa: S202 - an archive of ours
    runner, options = conformance / "sparql_suite_runner.py", ("--suite", "11", "--suite", "res", "--timeout", "120")
    suites = ("--rdf-tests", str(tmp_path / "tests"), *options)
    found, said = run(runner, server, tmp_path / "data", *suites, seconds=1800)
    assert isinstance(found, list)
    assert len(found) == SUITES
    failed = {short(each["id"]) for each in found if each["status"] != "pass"}
    assert failed == EXPLAINED, said


def short(test: str) -> str:
    """``property-path#pp01`` of the IRI of a test."""
    manifest, _, name = test.partition("/manifest#")
    return f"{manifest.rpartition('/')[2]}#{name}"
