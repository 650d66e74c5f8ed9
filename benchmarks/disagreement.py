"""Comparing definitions is near-linear: ``python benchmarks/disagreement.py [SIZE ...]`` (default 10 000 and 100 000).

Made-up definitions of made-up compounds: most terms are defined once, some by two or three, a few by dozens (as the
standard words of European law are); every fourth definition sets a limit, some make exceptions, many are copies. Each
size runs in a process of its own, so that the memory is its own. Seconds are by the clock and of processors, MiB of the
process and of the biggest that it started to share the work; the exponent is that of processor time over the first size
(1.0 is linear).
"""

import math
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from registry.harmonisation.findings import find_everywhere
from registry.harmonisation.meetings import Meetings
from registry.harmonisation.records import SEVERITIES, DefinitionRecord

FIRST = (
    "fiske",
    "skog",
    "havne",
    "skole",
    "bolig",
    "reise",
    "arbeids",
    "kraft",
    "vann",
    "jord",
    "helse",
    "bygge",
    "tolk",
    "film",
    "sjø",
)
SECOND = (
    "avgift",
    "anlegg",
    "tiltak",
    "område",
    "person",
    "avtale",
    "tjeneste",
    "register",
    "kontroll",
    "plan",
    "lager",
    "utstyr",
    "kurs",
)
GENUS = ("person", "avtale", "område", "tiltak", "beløp", "anlegg", "dokument", "tjeneste", "vare", "periode")
VERB = ("brukes", "leies", "eies", "måles", "meldes", "selges", "bygges", "føres", "godkjennes", "fastsettes")
PLACE = (
    "i en kommune",
    "ved kysten",
    "på en gård",
    "i et foretak",
    "hos en myndighet",
    "i et fylke",
    "på et skip",
    "av staten",
)
LIMIT = ("minst {} meter", "høyst {} dager", "over {} prosent", "under {} år", "inntil {} kroner", "mer enn {} kg")
EXTRA = (", unntatt {}", ", herunder {}", ". {} regnes ikke med", " sammen med {}", "")


def definitions(size: int) -> Iterator[DefinitionRecord]:
    """That many definitions by fifty publishers; the same for the same size. None is held."""
    chance = random.Random(size)  # noqa: S311 - no secret
    common = [f"{one}{other}" for one in FIRST for other in SECOND]
    for number in range(size):
        term = chance.choice(common) if number % 40 == 0 else _term(chance.randrange(size // 2))
        own = chance if number % 10 else random.Random(chance.randrange(size // 3))  # noqa: S311 - no secret
        publisher = f"https://example.org/{chance.randrange(50)}"
        concept = f"{publisher}/{number}"
        yield DefinitionRecord(
            term,
            _text(own),
            concept=concept,
            definition=f"{concept}/d",
            catalogue=f"{publisher}/g",
            publisher=publisher,
        )


def _term(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]}{SECOND[number // len(FIRST) % len(SECOND)]} {number:x}"


def _text(chance: random.Random) -> str:
    text = f"{chance.choice(GENUS)} som {chance.choice(VERB)} {chance.choice(PLACE)}"
    if chance.random() < 0.25:
        text += " på " + chance.choice(LIMIT).format(chance.randrange(1, 100))
    if chance.random() < 0.3:
        text += chance.choice(EXTRA).format(chance.choice(FIRST) + chance.choice(SECOND))
    return text


def measure(size: int) -> None:
    """Prints seconds by the clock and of processors, the highest memory of this process and of others, and findings."""
    severities: Counter[str] = Counter()
    started = time.perf_counter()
    with Meetings() as meetings:
        meetings.add([record] for record in definitions(size))
        severities.update(finding.comparison.severity for finding in find_everywhere(meetings))
    seconds = time.perf_counter() - started
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    processor = sum(each.ru_utime + each.ru_stime for each in (own, others))
    memory = f"{own.ru_maxrss // 1024} {others.ru_maxrss // 1024}"
    numbers = " ".join(str(severities[severity]) for severity in SEVERITIES)
    print(f"{size} {seconds:.2f} {processor:.2f} {memory} {severities.total()} {numbers}")


def main() -> None:
    """The curve, one process a size."""
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
        return
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    heads = ("definitions", "clock", "processor", "MiB", "others", "findings", "exponent")
    print(" ".join(f"{head:>11}" for head in heads), "", " ".join(SEVERITIES))
    first: tuple[int, float] | None = None
    for size in sizes:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], capture_output=True, text=True, check=True
        )
        _, clock, processor, own, others, findings, *severities = done.stdout.split()
        exponent = "" if first is None else f"{math.log(float(processor) / first[1]) / math.log(size / first[0]):.2f}"
        figures = (size, clock, processor, own, others, findings, exponent)
        print(" ".join(f"{figure:>11}" for figure in figures), "", " ".join(severities), flush=True)
        first = first or (size, float(processor))


if __name__ == "__main__":
    main()
