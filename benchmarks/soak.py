"""Sixteen readers and one writer for an hour: nothing half is seen, nothing fails, nothing grows.

    python benchmarks/soak.py [--data DIR] [--minutes 60] [--readers 16] [--pause 0.25]

A real server with two web processes. Readers ask for pages, URIs in several formats, JSON and SPARQL in turn, and pause
after each answer; for a tenth of the time they read alone, then with the writer. It moves an amount between two
accounts with each update, so that their sum is always the same, and now and then replaces a graph whose hundred things
all carry one number. One reader in eight looks at both. `--data` is a register that is copied; without it the sample
register is made. Printed each minute, and at the end: answers by status, faults, p95 alone and with the writer, and the
memory of the server with all that it started.
"""

import argparse
import http.client
import itertools
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.serving import free_port, started
from registry.access.tokens import TokenStore

ACCOUNTS, STAMPED = "https://prove.example/graph/konti", "https://prove.example/graph/stempel"
VALUE = "https://prove.example/verdi"
SUM, THINGS = 1_000, 100
_JSON = "application/sparql-results+json"
_QUERIES = (
    "SELECT ?k (COUNT(?s) AS ?n) WHERE { ?s a ?k } GROUP BY ?k ORDER BY DESC(?n) LIMIT 20",
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?c ?l WHERE { ?c skos:prefLabel ?l } LIMIT 200",
)
_SUMMED = """
    SELECT (SUM(?v) AS ?sum) (COUNT(?v) AS ?n) FROM <https://prove.example/graph/konti>
    { ?a <https://prove.example/verdi> ?v } HAVING (COUNT(?v) > 0)
"""
_STAMPS = """
    SELECT ?v (COUNT(*) AS ?n) FROM <https://prove.example/graph/stempel>
    { ?a <https://prove.example/verdi> ?v } GROUP BY ?v
"""
_PAGES = ("/", "/concepts", "/conflicts", "/terms/barn", "/search?q=barn", "/catalogues", "/legislation", "/quality")
_ACCEPTED = ("text/turtle", "application/ld+json", "text/html", "application/rdf+xml", "application/n-triples")


@dataclass
class Seen:
    """What readers and the writer met; a lock guards it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    seconds: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    writes: int = 0
    writing: bool = False
    over: bool = False

    def answered(self, status: int, seconds: float) -> None:
        """One answer."""
        with self.lock:
            self.statuses[status] += 1
            self.seconds[self.writing].append(seconds)

    def fault(self, said: str) -> None:
        """Something that may not be."""
        with self.lock:
            self.faults.append(said)


class Client:
    """One connection, kept."""

    def __init__(self, port: int, seen: Seen) -> None:
        self._seen = seen
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._led_to = ""

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, bytes]:
        """Status and body, counted; a connection that the server closed between requests is opened again."""
        for attempt in range(2):
            began = time.perf_counter()
            try:
                self._connection.request(
                    method, path, body and body.encode(), {n.replace("_", "-"): v for n, v in headers.items()}
                )
                answer = self._connection.getresponse()
                content = answer.read()
                self._led_to = answer.headers["Location"] or ""
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                if attempt:
                    self._seen.fault(f"{method} {path}: {error!r}")
                continue
            self._seen.answered(answer.status, time.perf_counter() - began)
            if answer.status >= http.HTTPStatus.BAD_REQUEST:
                self._seen.fault(f"{method} {path}: {answer.status} {content[:200]!r}")
            return answer.status, content
        return 0, b""

    def follow(self, path: str, accept: str) -> None:
        """A thing, and the document that it leads to."""
        self.ask("GET", path, Accept=accept)
        if self._led_to:
            self.ask("GET", self._led_to, Accept=accept)

    def select(self, query: str) -> list[dict[str, dict[str, str]]]:
        """Rows of a query."""
        status, content = self.ask("GET", f"/sparql?query={quote(query, safe='')}", Accept=_JSON)
        return json.loads(content)["results"]["bindings"] if status == http.HTTPStatus.OK else []


def read(client: Client, seen: Seen, uris: list[str], pause: float, number: int) -> None:
    """What one reader does until it is over."""
    chance = random.Random(number)  # noqa: S311 - any choice will do
    while not seen.over:
        kind = chance.randrange(4)
        if number % 8 == 0 and seen.writing:
            look(client, seen)
        elif kind == 0:
            client.ask("GET", chance.choice(_PAGES), Accept="text/html")
        elif kind == 1:
            path = f"/resource?uri={quote(chance.choice(uris), safe='')}"
            client.follow(path, chance.choice(_ACCEPTED))
        elif kind == 2:
            client.ask("GET", "/api/v1/concepts?size=20", Accept="application/json")
        else:
            client.select(chance.choice(_QUERIES))
        time.sleep(pause)


def look(client: Client, seen: Seen) -> None:
    """Whether the sum is what it always is, and the numbers are one."""
    rows = client.select(_SUMMED)
    if rows and (int(rows[0]["n"]["value"]), int(rows[0]["sum"]["value"])) != (2, SUM):
        seen.fault(f"two accounts have {rows[0]}")
    rows = client.select(_STAMPS)
    if rows and (len(rows) != 1 or int(rows[0]["n"]["value"]) != THINGS):
        seen.fault(f"the stamped graph has {rows}")


def write(client: Client, seen: Seen, token: str, pause: float) -> None:
    """The writer: an update each time, and each tenth time a graph."""
    rights = {"Authorization": f"Bearer {token}"}
    for number in itertools.count():
        if seen.over:
            return
        moved = number % SUM
        one, other = "<https://prove.example/a>", "<https://prove.example/b>"
        update = (
            f"DELETE WHERE {{ GRAPH <{ACCOUNTS}> {{ ?a <{VALUE}> ?v }} }} ; INSERT DATA {{ GRAPH <{ACCOUNTS}> {{"
            f" {one} <{VALUE}> {moved} . {other} <{VALUE}> {SUM - moved} }} }}"
        )
        client.ask("POST", "/sparql", update, Content_Type="application/sparql-update", **rights)
        if number % 10 == 0:
            body = "".join(f"<https://prove.example/t/{each}> <{VALUE}> {number} .\n" for each in range(THINGS))
            path = f"/graphs?graph={quote(STAMPED, safe='')}"
            client.ask("PUT", path, body, Content_Type="text/turtle", **rights)
        seen.writes += 1
        time.sleep(pause)


def resident(process: int) -> float:
    """MiB of a process and all below it."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    ours = {process}
    while more := {pid for pid, parent, _ in rows if parent in ours} - ours:
        ours |= more
    return sum(kib for pid, _, kib in rows if pid in ours) / 1024


def p95(seconds: list[float]) -> float:
    """In milliseconds; 0 of too few."""
    return statistics.quantiles(seconds, n=20)[-1] * 1000 if len(seconds) > 1 else 0.0


def soak(options: argparse.Namespace, data: Path) -> bool:
    """Runs it; whether all was as it must be."""
    port = free_port()
    environment = os.environ | {"SAMSVAR_DATA": str(data), "PYTHONPATH": str(Path(__file__).parents[1])}
    if not data.joinpath("uri-base").is_file():
        subprocess.run([sys.executable, "-m", "registry", "demo", "--no-serve"], env=environment, check=True)
    environment["SAMSVAR_URI_BASE"] = data.joinpath("uri-base").read_text(encoding="utf-8").strip()
    _, token = TokenStore(data / "state.db").create("administrator", days=1)
    command = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    with started(command, port, "/readyz", environment) as (server, _):
        return _run(options, port, Seen(), token, server)


def _run(options: argparse.Namespace, port: int, seen: Seen, token: str, server: int) -> bool:
    first = Client(port, Seen())
    concepts = "SELECT ?c { ?c a <http://www.w3.org/2004/02/skos/core#Concept> } LIMIT 500"
    uris = [row["c"]["value"] for row in first.select(concepts)]
    threads = [
        threading.Thread(target=read, args=(Client(port, seen), seen, uris, options.pause, number), daemon=True)
        for number in range(options.readers)
    ]
    for each in threads:
        each.start()
    alone = options.minutes * 6
    time.sleep(alone)
    seen.writing = True
    threading.Thread(target=write, args=(Client(port, seen), seen, token, options.pause), daemon=True).start()
    settled, ends = 0.0, time.monotonic() + options.minutes * 60 - alone
    while (left := ends - time.monotonic()) > 0:
        time.sleep(min(60, left))
        now = resident(server)
        settled = settled or now
        with seen.lock:
            print(
                f"{sum(seen.statuses.values())} answers {dict(seen.statuses)}, {seen.writes} writes,",
                f"{len(seen.faults)} faults, p95 {p95(seen.seconds[False]):.0f} ms alone and",
                f"{p95(seen.seconds[True]):.0f} ms with the writer, {now:.0f} MiB",
                flush=True,
            )
    ratio = p95(seen.seconds[True]) / max(p95(seen.seconds[False]), 0.001)
    print(
        f"p95 with the writer {ratio:.2f} times that alone; memory {now / settled:.2f} times that of the first minute"
    )
    print(*seen.faults[:20], sep="\n")
    seen.over = True
    return not seen.faults


def main() -> None:
    """Exit code 1 where something was not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--readers", type=int, default=16)
    parser.add_argument("--pause", type=float, default=0.25)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.data and options.data.parent) as folder:
        data = Path(folder, "data")
        if options.data:
            shutil.copytree(options.data, data)
        sys.exit(not soak(options, data))


if __name__ == "__main__":
    main()
