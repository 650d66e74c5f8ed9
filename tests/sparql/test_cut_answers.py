"""What a page shows of an answer that is too long for it: whole rows, whatever the text was cut in."""

import json

import pytest

from sparql import cut_answers
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


def test_a_text_full_of_row_ends_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at what might be whole reads all of it: a text of two megabytes has room for half a million."""
    looks: list[bytes] = []
    monkeypatch.setattr(cut_answers.json, "loads", lambda content: looks.append(content) or {})
    row = b'{"a":{"type":"literal","value":"' + b"}},{" * 1_000 + b'"},"b":{"type":"literal","value":"x}},{"}}'
    content = b'{"head":{"vars":["a","b"]},"results":{"bindings":[' + row + b"," + row
    for length in range(len(content) - len(row) - 50, len(content)):
        first_rows(content[:length])
    assert {len(each) for each in looks} == {len(content) - len(row) - 1 + len(b"]}}")}
    assert len(looks) <= len(row) + 50
