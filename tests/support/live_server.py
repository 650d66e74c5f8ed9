"""`samsvar serve` as an operator starts it: gunicorn with two workers on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, **settings: str) -> dict[str, str]:
    return os.environ | settings | {"SAMSVAR_DATA": str(data), "PYTHONPATH": str(ROOT)}


def get(port: int, path: str, accept: str = "*/*") -> tuple[int, bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.status, answer.read()


def wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the server can read its register."""
    for _ in range(600):
        try:
            get(port, "/readyz")
            break
        except OSError:
            assert process.poll() is None
            time.sleep(0.1)


@contextmanager
def served(
    data: Path, directory: Path, *, own_base: bool = False, **settings: str
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Its port and process; with `own_base` the URIs that it mints begin with its own address."""
    port = free_port()
    if own_base:
        settings["SAMSVAR_URI_BASE"] = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    process = subprocess.Popen(command, env=environment(data, **settings), cwd=directory, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(port, process)
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
