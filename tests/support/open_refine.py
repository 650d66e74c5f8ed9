"""OpenRefine as Debian packages it, started without a window and spoken to by its own HTTP commands."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from live_server import free_port


@contextmanager
def open_refine(directory: Path) -> Iterator["OpenRefine"]:
    """A running OpenRefine; the test is skipped where it is not installed."""
    program = shutil.which("openrefine")
    if program is None:
        pytest.skip("OpenRefine is not installed (Debian's package openrefine)")
    port = free_port()
    command = [program, "-p", str(port), "-d", str(directory / "refine"), "-x", "refine.headless=true"]
    log = (directory / "openrefine.log").open("wb")
    process = subprocess.Popen(
        command, stdout=log, stderr=log, start_new_session=True, env=os.environ | {"HOME": str(directory)}
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/command/core", timeout=120) as http:
            _wait(http, process)
            yield OpenRefine(http)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)
        log.close()


def _wait(http: httpx.Client, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert process.poll() is None, "OpenRefine ended"
        try:
            if http.get("/get-csrf-token").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("OpenRefine did not start")


class OpenRefine:
    """What its own pages do, as commands."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def project(self, name: str, table: str) -> str:
        """A new project of a table in CSV; its id."""
        answer = self._http.post(
            "/create-project-from-upload",
            params={"csrf_token": self._token(), "format": "text/line-based/*sv"},
            files={"project-file": (f"{name}.csv", table.encode(), "text/csv")},
            data={"project-name": name, "options": '{"separator": ",", "encoding": "UTF-8"}'},
        )
        return parse_qs(urlsplit(answer.headers["Location"]).query)["project"][0]

    def reconcile(self, project: str, column: str, service: str, type_id: str) -> None:
        """Matches a column against a service as its dialog does, and waits until that is done."""
        config = {
            "mode": "standard-service",
            "service": service,
            "identifierSpace": "http://www.w3.org/2004/02/skos/core#Concept",
            "schemaSpace": "http://www.w3.org/2004/02/skos/core#",
            "type": {"id": type_id, "name": "type"},
            "autoMatch": True,
            "columnDetails": [],
            "limit": 0,
        }
        self._command(project, "reconcile", columnName=column, config=json.dumps(config))

    def extend(self, project: str, column: str, service: str, prop: str) -> None:
        """Adds a column with the values of a property of what was matched."""
        self._command(
            project,
            "extend-data",
            baseColumnName=column,
            endpoint=service,
            identifierSpace="http://www.w3.org/2004/02/skos/core#Concept",
            schemaSpace="http://www.w3.org/2004/02/skos/core#",
            extension=json.dumps({"properties": [{"id": prop, "name": prop}]}),
            columnInsertIndex="1",
        )

    def rows(self, project: str) -> list[dict[str, Any]]:
        """The rows with their cells: ``v`` is the value, ``r`` how it was matched."""
        answer = self._http.post(
            "/get-rows", params={"project": project, "start": 0, "limit": 1000}, data={"engine": _ALL}
        ).json()
        found: list[dict[str, Any]] = answer["rows"]
        matches = answer["pool"]["recons"]
        for cell in (cell for row in found for cell in row["cells"] if cell and "r" in cell):
            cell["r"] = matches[cell["r"]]
        return found

    def _command(self, project: str, name: str, **parameters: str) -> None:
        answer = self._http.post(
            f"/{name}",
            params={"project": project},
            data={"engine": _ALL, "csrf_token": self._token(), **parameters},
        ).json()
        assert answer["code"] in ("ok", "pending"), answer
        for _ in range(900):
            if not self._http.get("/get-processes", params={"project": project}).json()["processes"]:
                return
            time.sleep(0.2)
        raise AssertionError(f"OpenRefine was not done with {name}")

    def _token(self) -> str:
        return str(self._http.get("/get-csrf-token").json()["token"])


_ALL = json.dumps({"facets": [], "mode": "row-based"})
