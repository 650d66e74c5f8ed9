"""An import end to end against a bare `Store.bulk_load` of the same triples: ``python benchmarks/import.py``.

End to end is parse, repair, normalise, validate, store, check, index, publish. Without FILE on generated catalogues of
10,000 and 100,000 concepts (a hundred thousand and a million triples), each in a process of its own, so that the
memory is its own. Seconds are those of the clock and those of all processors together; the ratio is of the latter,
since a busy machine stretches the former.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyoxigraph

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.generated_catalogue import turtle
from importers.base import FileOnDisk, ImportOptions, Source
from importers.child import IsolatedReader
from registry import pipeline
from registry.services import build_services
from registry.settings import Settings

SIZES = (10_000, 100_000)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of processors, children that have ended included."""
    before, began = _cpu(), time.perf_counter()
    work()
    return time.perf_counter() - began, _cpu() - before


def _cpu() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


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
        store = pyoxigraph.Store(str(Path(folder, "bare")))
        bare = timed(lambda: store.bulk_load(path=str(lines), format=pyoxigraph.RdfFormat.N_TRIPLES))
        services = build_services(Settings(data=Path(folder, "data")))
        request = pipeline.Request([source])
        otherwise = pipeline.Request(
            [Source(source.name, FileOnDisk.at(_with_line(source, Path(folder, "otherwise"))))]
        )
        stages = {
            "bulk_load of the triples": bare,
            "read and normalise": timed(lambda: _read(source, lines)),
            "import end to end": timed(lambda: pipeline.run(services, request)),
            "again, byte for byte": timed(lambda: pipeline.run(services, request)),
            "again, written otherwise": timed(lambda: pipeline.run(services, otherwise)),
        }
    print(f"{source.name}: {triples} triples in {source.size / 2**20:.0f} MiB")
    for stage, (seconds, processor) in stages.items():
        ratio = processor / bare[1]
        print(f"  {stage:26} {seconds:8.2f} s {processor:8.2f} s {triples / processor:9.0f} triples/s {ratio:6.1f} x")
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
