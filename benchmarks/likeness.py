"""How like real catalogues the generated one is: ``python benchmarks/likeness.py FILE``.

What an import costs depends on how many definitions meet, how long they are and how many different words they have.
Prints that for each FILE, and for a generated catalogue with as many concepts as the first one has.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.generated_catalogue import turtle
from importers.base import FileOnDisk, Source
from registry import pipeline
from registry.harmonisation.candidates import Candidates
from registry.harmonisation.comparison import compare
from registry.harmonisation.encounters import Encounters
from registry.harmonisation.reader import definition_records
from registry.services import build_services
from registry.settings import Settings

_WORD = re.compile(r"\w+")


def measured(file: Path) -> dict[str, float]:
    """The figures of one file, imported into a register of its own."""
    with tempfile.TemporaryDirectory() as folder:
        services = build_services(Settings(data=Path(folder)))
        pipeline.run(services, pipeline.Request([Source(file.name, FileOnDisk.at(file))]))
        reader = services.store.reader()
        graphs = {name: size for name, size in reader.graphs().items() if "/graph/catalogue/" in name}
        records = definition_records(reader)
    concepts = len({record.concept for record in records})
    words = [word.lower() for record in records for word in _WORD.findall(record.text)]
    found = [compare(pair.a, pair.b, circles=False) for pair in Candidates(records).pairs()]
    return {
        "concepts": concepts,
        "triples a concept": sum(graphs.values()) / concepts,
        "characters a definition": sum(len(record.text) for record in records) / len(records),
        "words a definition": len(words) / len(records),
        "different words": len(set(words)),
        "admitted terms a concept": sum(len(record.admitted) for record in records) / concepts,
        "sources a concept": sum(len(record.sources) for record in records) / concepts,
        "pairs of one term a concept": len(found) / concepts,
        "pieces of evidence a pair": sum(len(each.evidence) for each in found) / max(1, len(found)),
        "pairs of other terms a concept": sum(1 for _ in Encounters(records).pairs()) / concepts,
    }


def main() -> None:
    """A column for each file, and one for the generated catalogue."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    columns = {file.name: measured(file) for file in parser.parse_args().files}
    with tempfile.TemporaryDirectory() as folder:
        generated = Path(folder, "generated.ttl")
        generated.write_text(turtle(int(next(iter(columns.values()))["concepts"])), encoding="utf-8")
        columns[generated.name] = measured(generated)
    print(" " * 31, *(f"{name[-24:]:>25}" for name in columns))
    for figure in next(iter(columns.values())):
        print(f"{figure:31}", *(f"{column[figure]:>25.4g}" for column in columns.values()))


if __name__ == "__main__":
    main()
