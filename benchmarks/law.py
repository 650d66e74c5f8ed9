"""A corpus of acts imported into an empty register: wall clock, CPU seconds of the parent and of the readers, memory.

Usage: python benchmarks/law.py ARCHIVE [AMENDING_ARCHIVE ...]   (the archives are imported one after the other)
"""

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from importers.base import Source
from registry import pipeline
from registry.services import Services, build_services
from registry.settings import Settings

_MIB = 1024
_LARGEST = 2_048


def imported(services: Services, archive: Path) -> None:
    """Imports an archive and prints what it cost, and where the wall clock went."""
    source = Source(archive.name, archive.read_bytes())
    began, own, children = time.perf_counter(), *_cpu()
    reached: dict[str, float] = {}

    def stage(message: str) -> None:
        reached[message.partition(" ")[0]] = time.perf_counter() - began

    outcome = pipeline.run(services, pipeline.Request([source]), stage)
    wall = time.perf_counter() - began
    own_after, children_after = _cpu()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB
    print(f"{archive.name}: {len(outcome.reports)} acts and regulations, {outcome.counts['stored']} records stored")
    print(f"  wall clock {wall:7.1f} s   CPU {own_after - own:6.1f} s, readers {children_after - children:6.1f} s")
    print(f"  peak of memory {peak:6.0f} MiB; {len(outcome.unreadable)} sources could not be read")
    for name, seconds in reached.items():
        print(f"  {name:10} done after {seconds:7.1f} s")


def _cpu() -> tuple[float, float]:
    """CPU seconds of this process, and of those that it started and that have ended."""
    found = []
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        found.append(used.ru_utime + used.ru_stime)
    return found[0], found[1]


def main() -> None:
    """Imports the archives into a register that is thrown away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archives", nargs="+", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        services = build_services(Settings(data=Path(folder, "data"), max_upload=_LARGEST))
        for archive in arguments.archives:
            imported(services, archive)


if __name__ == "__main__":
    main()
