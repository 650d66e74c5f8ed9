"""How long the pages about disagreement take in a register, in processor seconds and by the clock: first and again.

    python benchmarks/pages.py --data DIR [--word barn] [--times 5]

`--data` is a register; nothing is written. "First" is the first page of a kind in a generation that nobody has looked
at, which reads what the other pages then share; "again" is the median of the pages after it, without the ETag.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[1]))

from flask.testing import FlaskClient

from registry.app import create_app
from registry.settings import Settings

LISTS = (
    "/conflicts",
    "/conflicts?kind=ThresholdDifference",
    "/conflicts?view=terms",
    "/conflicts?view=figures",
    "/conflicts.csv?size=100",
    "/conflicts.ttl?size=100",
)


def main() -> None:
    """Prints a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--word", default="barn")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    client = create_app(Settings(data=options.data)).test_client()
    print(f"{'page':<44} {'first':>7} {'again':>7} {'clock':>7}  seconds")
    for path in (*LISTS, f"/terms/{quote(options.word)}"):
        first, *others = (timed(client, path) for _ in range(options.times + 1))
        again, clock = (statistics.median(values) for values in zip(*others, strict=True))
        print(f"{path:<44} {first[0]:>7.3f} {again:>7.3f} {clock:>7.3f}")


def timed(client: FlaskClient, path: str) -> tuple[float, float]:
    """Processor seconds and seconds by the clock of one answer."""
    began, clock = time.process_time(), time.perf_counter()
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} is answered with {answer.status}")
    return time.process_time() - began, time.perf_counter() - clock


if __name__ == "__main__":
    main()
