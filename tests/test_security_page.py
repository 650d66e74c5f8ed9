"""The page about security names the tests that hold what it says; here each is found."""

import re

import pytest
from documentation import ROOT, text

_NAMED = sorted(set(re.findall(r"`(tests/\S+\.py)`", text("docs/security.md"))))
_ROWS = re.findall(
    r"^\|(?! harm| who|---)(.*)\|$", text("docs/security.md").partition("## What stands")[2], re.MULTILINE
)


@pytest.mark.parametrize("file", _NAMED)
def test_the_tests_that_hold_it_exist(file: str) -> None:
    assert "def test_" in ROOT.joinpath(file).read_text(encoding="utf-8")


@pytest.mark.parametrize("row", _ROWS, ids=[row[:40] for row in _ROWS])
def test_everything_that_stands_against_harm_is_held(row: str) -> None:
    assert "`tests/" in row.rpartition(" | ")[2]
