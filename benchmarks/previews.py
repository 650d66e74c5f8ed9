"""Previews of large files over HTTP, accepting them, and the same file again: ``python benchmarks/previews.py [FILE]``.

A server with one web process is sent each file; the answer is waited for as a client would. Printed are seconds by the
clock, the most memory (MiB resident) of the web process and of each kind of process below it, and how long the front
page took meanwhile. Without FILE generated catalogues of 20,000, 60,000 and 186,000 concepts (10, 30 and 98 MiB).
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.generated_catalogue import turtle
from registry.services import build_services
from registry.settings import Settings

SIZES = (20_000, 60_000, 186_000)
_PATIENCE = 3_600
"""Seconds that one answer is waited for."""


class Watch:
    """Looks at a server while it works: memory by kind of process, and the seconds that its front page takes."""

    def __init__(self, server: int, address: str) -> None:
        self.most: dict[str, int] = {}
        self.pages: list[float] = []
        self._server, self._address = server, address
        self._over = threading.Event()
        self._threads = [threading.Thread(target=work) for work in (self._measure, self._ask)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _measure(self) -> None:
        while not self._over.wait(0.2):
            for pid in _below(self._server):
                kind, size = _kind(pid), _resident(pid)
                self.most[kind] = max(self.most.get(kind, 0), size)

    def _ask(self) -> None:
        while not self._over.wait(1):
            began = time.perf_counter()
            with urllib.request.urlopen(self._address, timeout=_PATIENCE) as answer:
                answer.read()
            self.pages.append(time.perf_counter() - began)

    def said(self) -> str:
        """What was seen."""
        memory = ", ".join(f"{kind} {size} MiB" for kind, size in sorted(self.most.items()))
        pages = sorted(self.pages) or [0.0]
        return f"{memory}; the front page {pages[len(pages) // 2]:.2f} s, at most {pages[-1]:.2f} s"


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(each) for each in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            yield child
            yield from _below(child)


def _kind(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return "gone"
    modules = [word for word in words if word.startswith(("importers.", "registry.", "sparql."))]
    return modules[0] if modules else "web process"


def _resident(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


@contextmanager
def _server(data: Path) -> Iterator[tuple[int, str]]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {**os.environ, "SAMSVAR_DATA": str(data), "SAMSVAR_MAX_UPLOAD": "200"}
    command = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"{address}/readyz").close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield process.pid, address
        finally:
            process.terminate()


def _asked(url: str, token: str, method: str = "GET", data: Any = None) -> tuple[str, int]:
    """The address and the bytes of an answer, when it has come."""
    headers = {"Authorization": f"Bearer {token}"}
    if data is not None:
        headers |= {"Content-Type": "text/turtle", "Content-Length": str(os.fstat(data.fileno()).st_size)}
    request = urllib.request.Request(url, data, headers, method=method)
    base = url.partition("/api/")[0]
    while True:
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
            size = sum(map(len, iter(lambda: answer.read(1 << 20), b"")))
            place = answer.headers.get("Location") or answer.url.removeprefix(base)
            if answer.status != 202:
                return place, size
            time.sleep(float(answer.headers.get("Retry-After", "1")))
        request = urllib.request.Request(f"{base}{place}", headers={"Authorization": f"Bearer {token}"})


def measure(file: Path) -> None:
    """Prints what each step takes, in one fresh register."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        token = build_services(Settings(data=data)).tokens.create("administrator")[1]
        print(f"{file.name}: {file.stat().st_size / 2**20:.0f} MiB", flush=True)
        with _server(data) as (pid, address):
            new = f"{address}/api/v1/imports?dryRun=true&name={file.name}"
            _step("preview", pid, address, lambda: _sent(new, token, file))
            place, _ = _step("the same again", pid, address, lambda: _sent(new, token, file))
            _step("accepting it", pid, address, lambda: _asked(f"{address}{place}", token, "POST"))
            _step("preview of what is held", pid, address, lambda: _sent(new, token, file))


def _sent(url: str, token: str, file: Path) -> tuple[str, int]:
    with file.open("rb") as content:
        return _asked(url, token, "POST", content)


def _step(name: str, pid: int, address: str, work: Any) -> tuple[str, int]:
    began = time.perf_counter()
    try:
        with Watch(pid, address) as watch:
            place, size = work()
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{name}: {error.code} {json.loads(error.read())['detail']}") from error
    seconds = time.perf_counter() - began
    print(f"  {name:24} {seconds:7.1f} s, an answer of {size / 2**20:.1f} MiB; {watch.said()}", flush=True)
    return place, size


def main() -> None:
    """One register for each file or size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--concepts", type=int, nargs="+", default=SIZES, help="sizes of generated catalogues")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for file in arguments.files or (_generated(Path(folder), number) for number in arguments.concepts):
            measure(file)


def _generated(folder: Path, concepts: int) -> Path:
    place = folder / f"{concepts}-concepts.ttl"
    place.write_text(turtle(concepts), encoding="utf-8")
    return place


if __name__ == "__main__":
    main()
