"""The page of promises names tests; here each is found, and each promise has one."""

import re

import pytest
from documentation import ROOT, text

_TEST = re.compile(r"`(tests/\S+\.py)::(\w+)`")
_ROWS = [line for line in text("docs/promises.md").splitlines() if line.startswith("| ") and "held by" not in line]
_NAMED = sorted(set(_TEST.findall(text("docs/promises.md"))))


@pytest.mark.parametrize(("file", "name"), _NAMED, ids=[name for _, name in _NAMED])
def test_the_tests_that_hold_a_promise_exist(file: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", ROOT.joinpath(file).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("row", _ROWS, ids=[row[2:40] for row in _ROWS])
def test_every_promise_is_held(row: str) -> None:
    assert _TEST.search(row.rpartition(" | ")[2])


def test_every_test_that_breaks_a_register_is_named() -> None:
    named = {name for file, name in _NAMED if file.startswith("tests/faults/")}
    there = [path.read_text(encoding="utf-8") for path in ROOT.glob("tests/faults/test_*.py")]
    assert {name for each in there for name in re.findall(r"^def (test_\w+)\(", each, re.MULTILINE)} == named
