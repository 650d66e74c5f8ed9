"""How long lists, facets and pages of things take in a register of any size: the first answer, and again.

    python benchmarks/generated_datasets.py 20000 > datasets.ttl
    samsvar import datasets.ttl ...
    python benchmarks/lists.py --data DIR [--times 5]

`--data` is a register; nothing is written. "First" reads what the other pages then share; "again" is the median of the
answers after it, in processor seconds and by the clock, without the ETag.
"""

import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from flask.testing import FlaskClient
from pages import timed

from registry.app import create_app
from registry.settings import Settings

LISTS = (
    "/search",
    "/search?kind=dataset&access=PUBLIC&licence=open",
    "/search?theme=http%3A%2F%2Fpublications.europa.eu%2Fresource%2Fauthority%2Fdata-theme%2FTRAN&file_format=CSV",
    "/search?disagreement=yes&page=50",
    "/search?q=m%C3%A5linger&all=1",
    "/search?q=skatt&all=1&kind=concept",
    "/themes/transport",
    "/concepts",
    "/datasets",
    "/conflicts",
)


def main() -> None:
    """Prints a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    client = create_app(Settings(data=options.data)).test_client()
    print(f"{'page':<60} {'first':>7} {'again':>7} {'clock':>7}  seconds")
    for path in (*LISTS, *_things(client)):
        first, *others = (timed(client, path) for _ in range(options.times + 1))
        again, clock = (statistics.median(values) for values in zip(*others, strict=True))
        print(f"{path[:60]:<60} {first[0]:>7.3f} {again:>7.3f} {clock:>7.3f}", flush=True)


def _things(client: FlaskClient) -> list[str]:
    """The page of the first thing of each kind."""
    found = []
    for kind in ("concept", "law-concept", "dataset", "data-service", "information-model", "service", "event"):
        hits = (client.get(f"/search.json?kind={kind}&size=1").json or {})["hits"]
        found += [f"{path}&format=html" if "?" in path else f"{path}.html" for path in (hit["path"] for hit in hits)]
    return found


if __name__ == "__main__":
    main()
