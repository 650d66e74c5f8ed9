"""A server that tests break: started as operators do, asked without exceptions, killed with all that belongs to it."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from live_server import ROOT, environment, free_port

JSON = "application/sparql-results+json"
PATIENCE = 60.0
"""Seconds for which a test waits for what must come, on a machine that does other things too."""
CATALOGUE = "http://localhost:8000/graph/catalogue/feil"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status 0 is no answer, or one that broke off."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def ask(port: int, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """One request; names of headers have _ for -."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        try:
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()})
        except (OSError, http.client.HTTPException):
            return Answer(0)


def until(condition: Callable[[], object], what: str = "") -> None:
    """Waits for a condition."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what or condition}"
        time.sleep(0.05)


@dataclass(slots=True)
class Server:
    """A register that is served, by two workers, and a token of an administrator."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    token: str = ""

    def get(self, path: str, **headers: str) -> Answer:
        return ask(self.port, path, **headers)

    def query(self, text: str) -> Answer:
        return self.get(f"/sparql?query={quote(text)}", Accept=JSON)

    def update(self, text: str) -> Answer:
        return ask(
            self.port,
            "/sparql",
            method="POST",
            body=text.encode(),
            Content_Type="application/sparql-update",
            Authorization=f"Bearer {self.token}",
        )

    def upload(self, name: str, content: bytes) -> Answer:
        return ask(
            self.port,
            f"/api/v1/imports?catalogue=feil&name={name}",
            method="POST",
            body=content,
            Content_Type="text/turtle",
            Authorization=f"Bearer {self.token}",
        )

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def kill(self) -> None:
        """kill -9 for every process of the service."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(
    data: Path,
    directory: Path,
    *,
    command: Sequence[str] = (),
    options: Sequence[str] = (),
    token: str = "",
    **settings: str,
) -> Iterator[Server]:
    """A server on the data directory, stopped at the end. `command` stands before it, `options` are gunicorn's own."""
    port = free_port()
    serve = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    if options:
        serve = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py"), "-b", f"127.0.0.1:{port}"]
        serve += [*options, "wsgi:app"]
    log = directory / f"server-{port}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*command, *serve],
            env=environment(data, **settings),
            cwd=directory,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    server = Server(data, port, process, log, token)
    try:
        until(lambda: server.get("/healthz").status == 200 or process.poll() is not None, "the server starts")
        assert process.poll() is None, server.said()
        yield server
    finally:
        if process.poll() is None:
            server.stop()


def samsvar(data: Path, *arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command line on a data directory."""
    return subprocess.run(
        [sys.executable, "-m", "registry", *map(str, arguments)],
        env=environment(data, **settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=10 * PATIENCE,
    )


def administrator(data: Path) -> str:
    """A token that may write everything."""
    done = samsvar(data, "token", "create", "--role", "administrator", "--owner", "test")
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


def catalogue(count: int, word: str) -> bytes:
    """Turtle of so many concepts, each with a definition."""
    rows = (
        f'<https://e.example/feil/{n}> a skos:Concept ; skos:prefLabel "{word} {n}"@nb ;'
        f' skos:definition "ting nummer {n} som kalles {word}"@nb .\n'
        for n in range(count)
    )
    return f"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n{''.join(rows)}".encode()
