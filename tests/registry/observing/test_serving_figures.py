"""A real server: its processes count together, and every line that it writes is a JSON object where that is set."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from live_server import environment, free_port, get, wait_until_ready

from registry.services import Services


def _is_counted(port: int) -> bool:
    """Whether all forty are; the last may have its answer a moment before."""
    return 'samsvar_requests_total{area="healthz",method="GET",status="200"} 40.0' in get(port, "/metrics")[1].decode()


@pytest.mark.slow
def test_processes_count_together_and_write_json(demo_services: Services, tmp_path: Path) -> None:
    port = free_port()
    told = tmp_path / "log"
    settings = {"SAMSVAR_LOG_FORMAT": "json", "SAMSVAR_ACCESS_LOG": "true"}
    command = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    with told.open("wb") as log:
        process = subprocess.Popen(
            command,
            env=environment(demo_services.settings.data, **settings),
            stdout=log,
            stderr=log,
            cwd=tmp_path,
        )
        try:
            wait_until_ready(port, process)
            for _ in range(40):
                assert get(port, "/healthz")[0] == 200
            counted = any(_is_counted(port) or time.sleep(0.1) for _ in range(100))
        finally:
            process.terminate()
            process.wait(30)
    assert counted
    lines = [json.loads(line) for line in told.read_text().splitlines()]
    assert len([each for each in lines if each.get("path") == "/healthz"]) == 40
    assert all(each["time"] and each["level"] for each in lines)
    assert len({each["request_id"] for each in lines if each["event"] == "request"}) >= 42
    assert any("Booting worker" in each["event"] for each in lines)
