"""Documents and point queries a second with two web processes, against the native server on the same triples.

Usage: python benchmarks/serving.py [--data DIR] [--seconds 5] [--clients 8]. Without a data directory the bundled
samples are loaded into a temporary one. The native server is PyPI's `oxigraph`; it is left out where not installed.
"""

import argparse
import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph

from registry.cli_import import load_samples
from registry.services import Services, build_services
from registry.settings import Settings

POINT = "SELECT ?p ?o WHERE { <%s> ?p ?o }"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(command: list[str], port: int, path: str, environment: dict[str, str]) -> Iterator[tuple[int, float]]:
    """A server process that answers at `path`; yields its pid and the seconds until its first answer."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not answers(port, path):
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended with {process.returncode}")
            time.sleep(0.02)
        yield process.pid, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(20)


def answers(port: int, path: str) -> bool:
    """Whether a server answers with success."""
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            return fetch(connection, path, "*/*") < http.client.BAD_REQUEST
    except OSError:
        return False


def fetch(connection: http.client.HTTPConnection, path: str, accept: str) -> int:
    """One request, its body read; the status."""
    connection.request("GET", path, headers={"Accept": accept})
    response = connection.getresponse()
    response.read()
    return response.status


def rate(port: int, paths: list[str], accept: str, seconds: float, clients: int) -> tuple[float, float, float]:
    """Requests a second over all clients; median and 99th percentile of their times in milliseconds."""
    times: list[float] = []
    end = time.perf_counter() + seconds

    def client(offset: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        turn = offset
        while time.perf_counter() < end:
            began = time.perf_counter()
            status = fetch(connection, paths[turn % len(paths)], accept)
            assert status < http.client.BAD_REQUEST, status
            times.append(time.perf_counter() - began)
            turn += clients

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(times)
    return len(times) / seconds, statistics.median(ordered) * 1e3, ordered[int(len(ordered) * 0.99)] * 1e3


def memory(pid: int) -> float:
    """Proportional set size of a process and its children, in MiB."""
    total = 0.0
    for child in (pid, *children(pid)):
        rollup = Path(f"/proc/{child}/smaps_rollup")
        if rollup.exists():
            total += next(int(line.split()[1]) for line in rollup.read_text().splitlines() if line.startswith("Pss:"))
    return total / 1024


def children(pid: int) -> list[int]:
    """All descendants of a process."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *children(child)]
    return found


def say(name: str, figures: tuple[float, float, float]) -> None:
    """One line of the table."""
    print(f"  {name:44} {figures[0]:8.0f} /s   median {figures[1]:6.2f} ms   p99 {figures[2]:7.2f} ms")


def main() -> None:
    """Loads, starts both servers in turn, prints rates and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--clients", type=int, default=8)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        services = build_services(Settings(data=arguments.data or Path(folder, "data")))
        if arguments.data is None:
            list(load_samples(services))
        measure(services, Path(folder), arguments.seconds, arguments.clients)


def measure(services: Services, folder: Path, seconds: float, clients: int) -> None:
    """Both servers, one after the other."""
    reader = services.store.reader()
    rows = reader.select("SELECT ?c WHERE { ?c a <http://www.w3.org/2004/02/skos/core#Concept> } LIMIT 500")
    concepts = [row["c"].value for row in rows if isinstance(row["c"], pyoxigraph.NamedNode)]
    points = [urlencode({"query": POINT % concept}) for concept in concepts]
    environment = os.environ | {"SAMSVAR_DATA": str(services.settings.data.absolute())}
    port = free_port()
    command = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    json = "application/sparql-results+json"
    with started(command, port, "/readyz", environment) as (pid, start):
        first = time.perf_counter()
        fetch(http.client.HTTPConnection("127.0.0.1", port, timeout=60), f"/sparql?{points[0]}", json)
        print(
            f"samsvar, two web processes: answers after {start:.2f} s, first query {time.perf_counter() - first:.2f} s"
        )
        documents = [f"/resource?uri={quote(concept, safe='')}&format=ttl" for concept in concepts]
        say("document of a concept, Turtle", rate(port, documents, "text/turtle", seconds, clients))
        ours = rate(port, [f"/sparql?{point}" for point in points], json, seconds, clients)
        say("point query at /sparql, JSON", ours)
        print(f"  memory of all its processes {memory(pid):.0f} MiB (proportional)")
    if not (native := shutil.which("oxigraph", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")):
        print("the native server is not installed: pip install oxigraph")
        return
    dump = folder / "dump.nq"
    dump.write_bytes(pyoxigraph.serialize(reader.quads(), format=pyoxigraph.RdfFormat.N_QUADS) or b"")
    place, port = str(folder / "native"), free_port()
    subprocess.run([native, "load", "--location", place, "--file", str(dump)], check=True, capture_output=True)
    command = [native, "serve-read-only", "--location", place, "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with started(command, port, f"/query?{points[0]}", environment) as (_, start):
        print(f"native server: answers after {start:.2f} s")
        theirs = rate(port, [f"/query?{point}" for point in points], json, seconds, clients)
        say("point query, JSON", theirs)
    print(f"  ratio of point queries, samsvar / native: {ours[0] / theirs[0]:.2f}")


if __name__ == "__main__":
    main()
