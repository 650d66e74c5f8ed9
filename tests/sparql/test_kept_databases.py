"""Kept SQLite connections: one user each, never that of another file or of a parent process."""

import os
import sqlite3
from pathlib import Path

import pytest

from sparql.embedded.databases import KeptConnections


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "a.db", "first")


def filled(path: Path, value: str) -> Path:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE said (what TEXT)")
        connection.execute("INSERT INTO said VALUES (?)", (value,))
    connection.close()
    return path


def kept_for(path: Path) -> tuple[KeptConnections, list[sqlite3.Connection]]:
    opened: list[sqlite3.Connection] = []

    def another() -> sqlite3.Connection:
        opened.append(sqlite3.connect(path, check_same_thread=False))
        return opened[-1]

    return KeptConnections(path, another), opened


def said(kept: KeptConnections) -> str:
    with kept.use() as connection:
        (row,) = connection.execute("SELECT what FROM said").fetchall()
        return str(row[0])


def test_a_connection_is_used_again_and_by_one_at_a_time(path: Path) -> None:
    kept, opened = kept_for(path)
    assert [said(kept), said(kept)] == ["first", "first"]
    assert len(opened) == 1
    with kept.use() as one, kept.use() as other:
        assert one is not other
    assert len(opened) == 2


def test_another_file_of_that_name_is_opened_anew(path: Path, tmp_path: Path) -> None:
    kept, opened = kept_for(path)
    assert said(kept) == "first"
    filled(tmp_path / "b.db", "second").replace(path)
    assert said(kept) == "second"
    path.unlink()
    filled(path, "third")
    assert said(kept) == "third"
    assert len(opened) == 3


def test_an_error_ends_the_connection_and_what_it_had_not_committed(path: Path) -> None:
    kept, opened = kept_for(path)

    def failing() -> None:
        with kept.use() as connection:
            connection.execute("DELETE FROM said")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        failing()
    with pytest.raises(sqlite3.ProgrammingError):
        opened[0].execute("SELECT 1")
    assert said(kept) == "first"


def test_a_forked_process_opens_its_own(path: Path) -> None:
    kept, opened = kept_for(path)
    said(kept)
    child = os.fork()
    if child == 0:
        right = said(kept) == "first" and len(opened) == 2
        os._exit(0 if right else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert said(kept) == "first"
    assert len(opened) == 1
