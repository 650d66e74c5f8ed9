"""The file beside the store: its errors are those of the store, and say what to do."""

import sqlite3
from pathlib import Path

import pytest

from registry.access.state import State
from sparql.embedded import databases
from sparql.errors import StoreBusyError, StoreDamagedError, StoreError, StoreFullError

SCHEMA = "CREATE TABLE IF NOT EXISTS held (name TEXT PRIMARY KEY)"


@pytest.fixture
def held(tmp_path: Path) -> State:
    found = State(tmp_path / "state.db", SCHEMA)
    with found.connect(write=True) as database:
        database.execute("INSERT INTO held VALUES ('a')")
    return found


def test_what_is_no_database_is_damaged(held: State) -> None:
    held.path.write_bytes(b"x" * 5000)
    with (
        pytest.raises(StoreDamagedError, match=r"state\.db is no database.*restore a backup"),
        held.connect() as database,
    ):
        database.execute("SELECT 1 FROM held").fetchall()


def test_a_broken_database_is_damaged(held: State) -> None:
    data = bytearray(held.path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    held.path.write_bytes(bytes(data))
    with pytest.raises(StoreDamagedError), held.connect() as database:
        database.execute("SELECT * FROM held").fetchall()


def test_who_holds_it_too_long_makes_others_busy(held: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "WAIT", 0.05)
    with (
        held.connect(write=True),
        pytest.raises(StoreBusyError, match="written by somebody else"),
        held.connect(write=True),
    ):
        pass


def test_a_full_disk_is_told_and_nothing_is_written(held: State) -> None:
    def write() -> None:
        with held.connect(write=True) as database:
            database.execute("PRAGMA max_page_count = 3")
            database.executemany("INSERT INTO held VALUES (?)", ((f"{number:0500}",) for number in range(1000)))

    with pytest.raises(StoreFullError):
        write()
    with held.connect() as database:
        assert [row["name"] for row in database.execute("SELECT name FROM held")] == ["a"]


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be used"), State(tmp_path / "gone.db", SCHEMA).connect():
        pass


def test_what_breaks_a_rule_of_the_table_stays_what_it_is(held: State) -> None:
    with pytest.raises(sqlite3.IntegrityError), held.connect(write=True) as database:
        database.execute("INSERT INTO held VALUES ('a')")
