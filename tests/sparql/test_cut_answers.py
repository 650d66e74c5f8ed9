"""What a page shows of an answer that is too long for it: whole rows, whatever the text was cut in."""

import json

import pytest

from sparql.cut_answers import first_lines, first_rows

ROWS = [{"a": {"type": "literal", "value": value}} for value in ("one", 'two }},{"a":{ three', "four\\")]
WHOLE = json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": ROWS}}, separators=(",", ":")).encode()


@pytest.mark.parametrize("length", range(1, len(WHOLE)))
def test_rows_are_whole_wherever_the_text_is_cut(length: int) -> None:
    rows = first_rows(WHOLE[:length])["results"]["bindings"]
    assert rows == ROWS[: len(rows)]


def test_most_of_the_rows_are_kept() -> None:
    assert first_rows(WHOLE[:-4])["results"]["bindings"] == ROWS[:2]


def test_lines_are_whole() -> None:
    assert first_lines("<a> <b> 1 .\n<a> <b> «2» .\n<a> <b> «".encode()[:-1]) == "<a> <b> 1 .\n<a> <b> «2» .\n"
