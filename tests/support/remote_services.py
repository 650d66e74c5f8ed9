"""SPARQL services that tests start: the engine's own server and Virtuoso, each on a free port, in a new directory."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import requests
from live_server import free_port

from sparql.remote.service import RemoteService

VIRTUOSO = """[Database]
DatabaseFile = {place}/virtuoso.db
ErrorLogFile = {place}/virtuoso.log
LockFile = {place}/virtuoso.lck
TransactionFile = {place}/virtuoso.trx
xa_persistent_file = {place}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {place}/virtuoso-temp.db
TransactionFile = {place}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {place}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {place}
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 600
"""


def program(name: str) -> str | None:
    """Where a program lies: beside this Python, or on the PATH."""
    return shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")


@contextmanager
def native_server(place: Path, port: int = 0) -> Iterator[RemoteService]:
    """PyPI's `oxigraph`, on disk; skips the test where it is not installed."""
    command, port = program("oxigraph"), port or free_port()
    if command is None:
        pytest.skip("the native server is not installed: pip install oxigraph")
    address = f"http://127.0.0.1:{port}"
    with _running([command, "serve", "--location", str(place), "--bind", f"127.0.0.1:{port}"], f"{address}/query"):
        yield RemoteService.at(address, "oxigraph")


@contextmanager
def virtuoso_server(place: Path, rows: int = 1_000_000) -> Iterator[RemoteService]:
    """Debian's Virtuoso, answering with at most so many rows; skips the test where it is not installed."""
    command = program("virtuoso-t")
    if command is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource")
    place.mkdir(parents=True, exist_ok=True)
    port, settings = free_port(), place / "virtuoso.ini"
    settings.write_text(VIRTUOSO.format(place=place, port=port, sql=free_port(), rows=rows))
    address = f"http://127.0.0.1:{port}"
    with _running([command, "+foreground", "+configfile", str(settings)], f"{address}/sparql"):
        yield RemoteService.at(address, "virtuoso", user="dba", password="dba")


@contextmanager
def _running(command: list[str], address: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with suppress(requests.RequestException):
                if requests.get(address, params={"query": "ASK {}"}, timeout=5).ok:
                    break
            assert process.poll() is None, f"{command[0]} ended"
            time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait(30)
