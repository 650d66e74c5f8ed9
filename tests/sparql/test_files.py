"""Files that survive a power cut: what is done at the same time is done when it says so."""

import threading
from concurrent.futures import Future

import pytest

from sparql.embedded import files
from sparql.embedded.files import at_once
from sparql.embedded.integrity import GrowingFile, file_hash


def test_calls_made_at_once_are_done_when_it_returns():
    barrier = threading.Barrier(3)
    done: list[int] = []

    def call(number: int) -> None:
        barrier.wait(30)
        done.append(number)

    at_once([lambda number=number: call(number) for number in range(3)])
    assert sorted(done) == [0, 1, 2]


@pytest.mark.parametrize("guilty", [0, 1, 2])
def test_the_others_are_done_when_it_raises(guilty):
    done: list[int] = []

    def call(number: int) -> None:
        if number == guilty:
            raise OSError(number)
        done.append(number)

    with pytest.raises(OSError, match=str(guilty)):
        at_once([lambda number=number: call(number) for number in range(3)])
    assert sorted(done) == sorted({0, 1, 2} - {guilty})


def test_calls_may_make_calls_at_once_however_many():
    done: list[int] = []

    def below(depth: int) -> None:
        if depth:
            at_once([lambda: below(depth - 1)] * 3)
        done.append(depth)

    below(4)
    assert len(done) == 1 + 3 + 9 + 27 + 81


def test_without_threads_the_calls_are_made_one_after_the_other(monkeypatch):
    def no_thread(_: int) -> Future[object]:
        raise RuntimeError("cannot schedule new futures after interpreter shutdown")

    monkeypatch.setattr(files, "_threads", no_thread)
    done: list[int] = []
    at_once([lambda: done.append(1), lambda: done.append(2)])
    assert done == [1, 2]


def test_the_record_of_a_file_that_grows_is_that_of_the_whole(tmp_path):
    path, growing = tmp_path / "log", GrowingFile()
    path.write_bytes(b"")
    for piece in (b"", b"one", b"two" * 1000):
        with path.open("ab") as stream:
            stream.write(piece)
        record = growing.up_to_now(path)
        assert (record.size, record.sha256) == (path.stat().st_size, file_hash(path))
