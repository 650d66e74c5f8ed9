"""Documents with long lists: kept on disk, read by pages, written in pieces."""

import json
from pathlib import Path

import pytest

from registry.documents import KeptRows, Rows, as_json, kept, page_of_all, restored
from registry.errors import NotFoundError

CHANGES = ["new"] * 3 + ["gone"] * 2 + ["new"] * 2


def rows(name: str) -> Rows:
    return Rows(lambda: ({"name": f"{name}{number} ø\n", "change": each} for number, each in enumerate(CHANGES)))


@pytest.fixture
def lists(tmp_path: Path) -> tuple[KeptRows, KeptRows]:
    marked = json.loads(json.dumps(kept(tmp_path, {"a": rows("a"), "none": Rows(list), "deep": [{"b": rows("b")}]})))
    found = restored(tmp_path, marked)
    assert list(found["none"]) == []
    return found["a"], found["deep"][0]["b"]


def numbers(page: object) -> list[str]:
    return [row["name"].split()[0] for _, row in page.items]  # type: ignore[attr-defined] # a page, as all here


def test_what_is_kept_comes_back(lists: tuple[KeptRows, KeptRows]) -> None:
    for name, found in zip("ab", lists, strict=True):
        assert list(found) == list(rows(name))
        assert len(found) == len(CHANGES)


def test_pages_go_through_several_lists(lists: tuple[KeptRows, KeptRows]) -> None:
    pages = [page_of_all(lists, number, 5) for number in (1, 2, 3)]
    assert [numbers(page) for page in pages] == [
        ["a0", "a1", "a2", "a3", "a4"],
        ["a5", "a6", "b0", "b1", "b2"],
        ["b3", "b4", "b5", "b6"],
    ]
    assert [which for which, _ in pages[1].items] == [0, 0, 1, 1, 1]
    assert page_of_all(lists, 99, 5) == pages[2]
    gone = page_of_all(lists, 2, 3, "gone")
    assert (numbers(gone), gone.total, gone.pages) == (["b4"], 4, 2)
    assert page_of_all(lists, 1, 5, "changed").total == 0


def test_a_document_is_written_in_pieces_as_it_is_whole(lists: tuple[KeptRows, KeptRows]) -> None:
    document = {"a": lists[0], "made": rows("m"), "none": Rows(list), "plain": [1, None, "ø", [True]]}
    whole = {"a": list(rows("a")), "made": list(rows("m")), "none": [], "plain": [1, None, "ø", [True]]}
    assert json.loads("".join(as_json(document))) == whole


def test_rows_that_were_removed_are_not_found(lists: tuple[KeptRows, KeptRows]) -> None:
    lists[0].path.unlink()
    with pytest.raises(NotFoundError, match="Upload the file again"):
        list(lists[0])
