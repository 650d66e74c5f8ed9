"""Documents in all formats, fetched over HTTP while imports publish new generations (10,000 of them in benchmarks/)."""

from pathlib import Path

import pytest

from benchmarks.fetched_meanwhile import fetch_meanwhile


@pytest.mark.slow
def test_none_fails_and_none_mixes_two_generations(tmp_path: Path) -> None:
    told = fetch_meanwhile(tmp_path / "data", fetches=320, clients=4, concepts=20)
    assert told.failed == []
    assert told.mixed == []
    assert len(told.seen) > 1, "something was published meanwhile"
