"""W3C's tests of the SPARQL 1.1 Protocol, the Graph Store HTTP Protocol and service descriptions, on a live server."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.access.tokens import TokenStore

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of an empty register whose default graph is the plain one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    environment = os.environ | {
        "SAMSVAR_DATA": str(tmp_path / "data"),
        "SAMSVAR_DEFAULT_GRAPH": "plain",
        "SAMSVAR_URI_BASE": f"http://{address}",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "registry", "serve", "--bind", address, "--workers", "2"]
    process = subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://{address}/readyz", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None
                time.sleep(0.1)
        yield f"http://{address}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


@pytest.mark.slow
@pytest.mark.real_data
def test_the_w3c_protocol_tests_pass(shared: Path, server: str, tmp_path: Path) -> None:
    runner = shared / "conformance" / "protocol_runner.py"
    if not runner.exists():
        pytest.skip("the folder of real data has no conformance/protocol_runner.py")
    _, token = TokenStore(tmp_path / "data" / "state.db").create("administrator")
    addresses = ("--query-url", f"{server}/sparql", "--update-url", f"{server}/sparql", "--gsp-url", f"{server}/graphs")
    options = ("--direct", "--extra", "--strict-extra", "-q", "--json", str(tmp_path / "results.json"))
    command = [sys.executable, str(runner), *addresses, *options, "--write-header", f"Authorization: Bearer {token}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    results = json.loads((tmp_path / "results.json").read_text())["results"]
    assert [each for each in results if not each["pass"]] == [], done.stdout
    assert len(results) == 97
