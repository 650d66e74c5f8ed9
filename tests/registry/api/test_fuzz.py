"""The API against schemathesis: thousands of requests, right and wrong, to a running register, made of its own OpenAPI."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from live_server import served
from register_support import settings_at

from registry.access.tokens import TokenStore

_OF_API = ("--include-path-regex", "^/api/v1/")
CONFIG = Path(__file__).with_name("schemathesis.toml")
NOT_CHECKED = ("allow_header_conformance",)
"""What OPTIONS allows is asked of every route that fits, and one fits every path: any may be the URI of a thing."""
NOT_OF_PAGES = (*NOT_CHECKED, "negative_data_rejection")
"""Pages pass over parameters that they do not know, and empty ones, as their forms send them."""


@pytest.fixture(scope="module")
def register(demo_services, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """The port of a copy of the sample register, and a token of an administrator."""
    place = tmp_path_factory.mktemp("fuzzed")
    shutil.copytree(demo_services.settings.data, place / "data", ignore=shutil.ignore_patterns("*.sock", "*.lock"))
    _, token = TokenStore(settings_at(place / "data").data / "state.db").create("administrator", owner="fuzzing")
    with served(place / "data", place) as (port, _):
        yield port, token


def _fuzzed(port: int, place: Path, examples: int, not_checked: tuple[str, ...], *options: str) -> None:
    """Fails with what schemathesis found."""
    address = f"http://127.0.0.1:{port}"
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(CONFIG), "run", "--no-color"]
    command += [f"{address}/api/v1/openapi.json", "--url", address, "--phases", "examples,coverage,fuzzing"]
    command += ["--max-examples", str(examples), "--seed", "1", "--generation-deterministic"]
    command += ["--workers", "2", "--exclude-checks", ",".join(not_checked), *options]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=900)
    told = done.stdout[max(done.stdout.find("= FAILURES ="), 0) :]
    assert done.returncode == 0, told[:8_000] + done.stderr[-2_000:]
    assert "No issues found" in done.stdout or "passed" in done.stdout


@pytest.mark.slow
def test_reading_answers_as_it_says(register, tmp_path):
    _fuzzed(register[0], tmp_path, 8, NOT_CHECKED, *_OF_API, "--exclude-method-regex", "^(POST|PUT|PATCH|DELETE)$")


@pytest.mark.slow
def test_the_data_of_pages_answers_as_it_says(register, tmp_path):
    _fuzzed(register[0], tmp_path, 5, NOT_OF_PAGES, "--exclude-path-regex", "^/api/v1/")


@pytest.mark.slow
def test_writing_answers_as_it_says(register, tmp_path):
    port, token = register
    header = ("-H", f"Authorization: Bearer {token}")
    _fuzzed(port, tmp_path, 4, NOT_CHECKED, *_OF_API, "--exclude-method", "GET", *header)
