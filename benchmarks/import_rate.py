"""An import end to end, stage by stage, against a bare `Store.bulk_load` of the same triples.

Usage: python benchmarks/import_rate.py [FILE] [--runs 5]
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph

from importers import importer_for
from importers.base import ImportOptions, Source
from importers.child import read_isolated
from registry import pipeline
from registry.demo import sample_sources
from registry.services import build_services
from registry.settings import Settings


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def one_run(source: Source) -> dict[str, float]:
    """Seconds of each stage for one fresh register."""
    options = ImportOptions("http://localhost:8000")
    batches = importer_for(source).read(source, options)
    triples = [triple for batch in batches for triple in batch.triples]
    lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    with tempfile.TemporaryDirectory() as folder:
        store = pyoxigraph.Store(str(Path(folder, "bare")))
        services = build_services(Settings(data=Path(folder, "data")))
        seconds = {
            "bulk_load of the triples": timed(lambda: store.bulk_load(lines, pyoxigraph.RdfFormat.N_TRIPLES)),
            "read and normalise": timed(lambda: importer_for(source).read(source, options)),
            "the same, in its own process": timed(lambda: read_isolated(source, options)),
            "import end to end": timed(lambda: pipeline.run(services, pipeline.Request([source]))),
            "import again, unchanged": timed(lambda: pipeline.run(services, pipeline.Request([source]))),
        }
    return seconds | {"triples": float(len(triples))}


def main() -> None:
    """Prints medians over the runs and each stage's ratio to the bare load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    if arguments.file:
        source = Source(arguments.file.name, arguments.file.read_bytes())
    else:
        name, data, _ = sample_sources()[0]
        source = Source(name, data)
    runs = [one_run(source) for _ in range(arguments.runs)]
    triples = int(runs[0]["triples"])
    bare = statistics.median(run["bulk_load of the triples"] for run in runs)
    print(f"{source.name}: {triples} triples, {arguments.runs} runs, medians")
    for stage in (name for name in runs[0] if name != "triples"):
        seconds = statistics.median(run[stage] for run in runs)
        print(f"  {stage:30} {seconds:8.3f} s {triples / seconds:10.0f} triples/s  {seconds / bare:6.1f} x bulk_load")


if __name__ == "__main__":
    main()
