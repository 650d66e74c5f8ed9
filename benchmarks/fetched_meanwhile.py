"""Documents in all formats, fetched while imports publish new generations: none may fail, none may mix two of them.

Every import gives every concept another term and another note, with one number in both.
"""

import http.client
import json
import re
import threading
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import quote

from benchmarks import sparql_peers as peers
from importers.base import Source
from registry import pipeline
from registry.services import Services, build_services
from registry.settings import Settings

FORMATS = ("ttl", "jsonld", "rdf", "nt", "trig", "nq", "json", "html")
_FEWEST, _PATIENCE = 3, 50
"""Generations that must have been seen; how many times as much is fetched for that at most."""
_NUMBER = re.compile(r"utgave (\d+) av")
_PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <https://utgaver.example/> .\n"


@dataclass(slots=True)
class Told:
    """What came of it: the numbers of the imports that documents were of, and what went wrong."""

    fetches: int
    seen: set[int] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)


def fetch_meanwhile(data: Path, fetches: int, clients: int, concepts: int = 50) -> Told:
    """Serves a register with two workers, and fetches while another process than theirs imports."""
    told = Told(fetches)
    services = build_services(Settings(data=data))
    publish(services, 0, concepts)
    finished = threading.Event()
    turns = count()

    def publishing() -> None:
        for number in count(1):
            if finished.is_set():
                return
            publish(services, number, concepts)

    with peers.ours(data, services.urls.base, {}) as server:
        writer = threading.Thread(target=publishing)
        readers = [threading.Thread(target=fetch, args=(server.port, turns, concepts, told)) for _ in range(clients)]
        for thread in (writer, *readers):
            thread.start()
        for thread in readers:
            thread.join()
        finished.set()
        writer.join()
    return told


def publish(services: Services, number: int, concepts: int) -> None:
    """Imports the catalogue once more, with this number in all its words."""
    described = "".join(
        f':c{each} a skos:Concept ; skos:prefLabel "utgave {number} av {each}"@nb ;'
        f' skos:scopeNote "utgave {number} av {each}"@nb .\n'
        for each in range(concepts)
    )
    content = f"{_PREFIX}{described}".encode()
    pipeline.run(services, pipeline.Request([Source("utgaver.ttl", content)], "utgaver"))


def fetch(port: int, turns: "count[int]", concepts: int, told: Told) -> None:
    """One client, until enough has been fetched by all of them."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while (turn := next(turns)) < told.fetches or (len(told.seen) < _FEWEST and turn < told.fetches * _PATIENCE):
        suffix = FORMATS[turn // concepts % len(FORMATS)]
        uri = quote(f"https://utgaver.example/c{turn % concepts}", safe="")
        path = f"/resource?uri={uri}&format={suffix}"
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        if answer.status != http.client.OK:
            told.failed.append(f"{answer.status} {path}")
            continue
        numbers = {int(each) for each in _NUMBER.findall(_now(body, suffix))}
        told.seen |= numbers
        if len(numbers) != 1:
            told.mixed.append(f"{path}: {sorted(numbers)}")
    connection.close()


def _now(body: str, suffix: str) -> str:
    """The document without the list of earlier versions, which tells of other generations."""
    if suffix == "json":
        return json.dumps({name: value for name, value in json.loads(body).items() if name != "versions"})
    return body.partition('id="versions"')[0] if suffix == "html" else body
