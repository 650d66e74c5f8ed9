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
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from registry.harmonisation.findings import find
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


def definitions(size: int) -> list[DefinitionRecord]:
    """That many definitions by fifty publishers; the same for the same size."""
    chance = random.Random(size)  # noqa: S311 - no secret
    terms = [f"{chance.choice(FIRST)}{chance.choice(SECOND)} {number:x}" for number in range(size // 2)]
    common = [f"{one}{other}" for one in FIRST for other in SECOND]
    texts = [_text(chance) for _ in range(size // 3)]
    made = []
    for number in range(size):
        term = chance.choice(common) if number % 40 == 0 else chance.choice(terms)
        text = chance.choice(texts) if number % 10 == 0 else _text(chance)
        publisher = f"https://example.org/{chance.randrange(50)}"
        concept = f"{publisher}/{number}"
        made.append(
            DefinitionRecord(
                term, text, concept=concept, definition=f"{concept}/d", catalogue=f"{publisher}/g", publisher=publisher
            )
        )
    return made


def _text(chance: random.Random) -> str:
    text = f"{chance.choice(GENUS)} som {chance.choice(VERB)} {chance.choice(PLACE)}"
    if chance.random() < 0.25:
        text += " på " + chance.choice(LIMIT).format(chance.randrange(1, 100))
    if chance.random() < 0.3:
        text += chance.choice(EXTRA).format(chance.choice(FIRST) + chance.choice(SECOND))
    return text


def measure(size: int) -> None:
    """Prints seconds by the clock and of processors, the highest memory of this process and of others, and findings."""
    records = definitions(size)
    started = time.perf_counter()
    found = find(records)
    seconds = time.perf_counter() - started
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    processor = sum(each.ru_utime + each.ru_stime for each in (own, others))
    memory = f"{own.ru_maxrss // 1024} {others.ru_maxrss // 1024}"
    severities = " ".join(str(sum(one.comparison.severity == severity for one in found)) for severity in SEVERITIES)
    print(f"{size} {seconds:.2f} {processor:.2f} {memory} {len(found)} {severities}")


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
