"""Small graphs and small file systems for the tests of the store."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from sparql.embedded.generations import GenerationStore

BASE = "https://register.example"
ROOT = Path(__file__).parents[2]
TERM = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
FIRST = NamedNode(f"{BASE}/graph/catalogue/first")
SECOND = NamedNode(f"{BASE}/graph/catalogue/second")


def terms(count: int, word: str = "begrep") -> list[Triple]:
    """`count` concepts with a term each."""
    return [
        Triple(NamedNode(f"{BASE}/concepts/{number}"), TERM, Literal(f"{word} {number}", language="nb"))
        for number in range(count)
    ]


def store_in(directory: Path) -> GenerationStore:
    return GenerationStore(directory, uri_base=BASE)


def publish(store: GenerationStore, count: int, graph: NamedNode = FIRST, word: str = "begrep") -> None:
    with store.session() as session:
        session.replace_graph(graph, terms(count, word))


def content(store: GenerationStore, graph: NamedNode = FIRST) -> set[Triple]:
    return {quad.triple for quad in store.reader().quads(graph=graph)}


def python(code: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """A process of its own that runs `code`, with the packages and this module at hand."""
    head = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]\n"
    return subprocess.Popen(
        [sys.executable, "-c", head + code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own; skips the test where this process may not mount one."""
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.skip(f"mounting a small disk needs root: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)
