"""An import end to end against a bare `Store.bulk_load` of the same triples: ``python benchmarks/import.py``.

End to end is parse, repair, normalise, validate, store, check, index, publish. Without FILE on generated catalogues of
10,000 and 100,000 concepts (a hundred thousand and a million triples), each in a process of its own, so that the
memory is its own. Seconds are those of the clock and those of all processors together, with the ratio of each to those
of `bulk_load`; a busy machine stretches the former.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.generated_catalogue import turtle
from importers.base import FileOnDisk, ImportOptions, Source
from importers.child import IsolatedReader
from registry import pipeline
from registry.services import Services, build_services
from registry.settings import Settings

SIZES = (10_000, 100_000)
_STAGES = {
    "storing": "store, index, derive",
    "comparing": "compare, follow citations",
    "keeping": "keep source, publish, remember",
}
_BULK_LOAD = """
import json, sys, time, pyoxigraph
began = time.perf_counter(), time.process_time()
pyoxigraph.Store(sys.argv[2]).bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES)
print(json.dumps((time.perf_counter() - began[0], time.process_time() - began[1])))
"""
"""In a process of its own, so that its memory is not taken for that of the import."""


class Times(NamedTuple):
    """Seconds by the clock, and of processors, children that have ended included."""

    clock: float
    processor: float

    def since(self, other: "Times") -> "Times":
        """What has gone by."""
        return Times(self.clock - other.clock, self.processor - other.processor)


def now() -> Times:
    """The times of this process so far."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Times(time.perf_counter(), sum(usage.ru_utime + usage.ru_stime for usage in usages))


def timed(work: Callable[[], object]) -> Times:
    """What some work takes."""
    began = now()
    work()
    return now().since(began)


class Stages:
    """The stages of an import, as its progress tells when each begins; the last one publishes."""

    def __init__(self) -> None:
        self._began = [("read and pass on", now())]

    def __call__(self, said: str) -> None:
        """What the import tells of its progress."""
        for word, name in _STAGES.items():
            if said.startswith(word) and self._began[-1][0] != name:
                self._began.append((name, now()))

    def taken(self) -> dict[str, Times]:
        """What each has taken, when the import has ended."""
        ends = [*(began for _, began in self._began[1:]), now()]
        return {f"- {name}": end.since(began) for (name, began), end in zip(self._began, ends, strict=True)}


def _read(source: Source, place: Path) -> int:
    """Puts the source's triples into a file, after reading and normalising; returns how many there are."""
    triples = 0
    with IsolatedReader() as reader, place.open("wb") as file:
        for each in reader.written(source, ImportOptions("http://localhost:8000")):
            with closing(each.body):
                for piece in each.pieces():
                    triples += piece.count(b"\n")
                    file.write(piece)
    return triples


def _in_stages(services: Services, request: pipeline.Request) -> dict[str, Times]:
    stages = Stages()
    whole = timed(lambda: pipeline.run(services, request, stages))
    return {"import end to end": whole, **stages.taken()}


def _with_line(source: Source, place: Path) -> Path:
    with place.open("wb") as file:
        file.writelines((*source.pieces(), b"\n"))
    return place


def measure(source: Source) -> None:
    """Prints each stage, for one fresh register."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder, "read.nt")
        triples = _read(source, lines)
        reader = _most_memory(resource.RUSAGE_CHILDREN)  # as long as this process is smaller: it counts what it forks
        command = [sys.executable, "-c", _BULK_LOAD, str(lines), str(Path(folder, "bare"))]
        bare = Times(*json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
        services = build_services(Settings(data=Path(folder, "data")))
        request = pipeline.Request([source])
        otherwise = pipeline.Request(
            [Source(source.name, FileOnDisk.at(_with_line(source, Path(folder, "otherwise"))))]
        )
        taken = {
            "bulk_load of the triples": bare,
            "read and normalise": timed(lambda: _read(source, lines)),
            **_in_stages(services, request),
            "again, byte for byte": timed(lambda: pipeline.run(services, request)),
            "again, written otherwise": timed(lambda: pipeline.run(services, otherwise)),
        }
    print(f"{source.name}: {triples} triples in {source.size / 2**20:.0f} MiB")
    print(f"  {'':32} {'clock':>10} {'ratio':>8} {'processors':>12} {'ratio':>8}")
    for stage, each in taken.items():
        clock, processor = each.clock / bare.clock, each.processor / bare.processor
        print(f"  {stage:32} {each.clock:8.2f} s {clock:6.1f} x {each.processor:10.2f} s {processor:6.1f} x")
    print(f"  at most {_most_memory(resource.RUSAGE_SELF)} MiB here, {reader} MiB in the reader")


def _most_memory(who: int) -> int:
    """MiB that this process, or one of its children, had at most."""
    return resource.getrusage(who).ru_maxrss // 1024


def main() -> None:
    """A process for each file or size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--concepts", type=int, nargs="+", default=SIZES, help="sizes of generated catalogues")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        place = Path(arguments.one)
        measure(Source(place.name, FileOnDisk.at(place)))
        return
    with tempfile.TemporaryDirectory() as folder:
        for place in arguments.files or (_generated(Path(folder), number) for number in arguments.concepts):
            subprocess.run([sys.executable, __file__, "--one", str(place)], check=True)


def _generated(folder: Path, concepts: int) -> Path:
    place = folder / f"{concepts}-concepts.ttl"
    place.write_text(turtle(concepts), encoding="utf-8")
    return place


if __name__ == "__main__":
    main()
