"""SQLite files after a writer that was killed, and where nobody may write."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sparql.embedded.databases import reading
from sparql.embedded.verify import verify_database

KILLED = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute(f"PRAGMA journal_mode = {sys.argv[2]}")
connection.execute("UPDATE row SET text = text || 'changed'")
connection.execute("PRAGMA cache_spill = 1")
connection.executemany("INSERT INTO row VALUES (?)", [("x" * 1000,)] * 5000)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE row (text)")
        connection.executemany("INSERT INTO row VALUES (?)", [("as it was",)] * 100)
    return path


def rows(path: Path) -> list[str]:
    with closing(reading(path)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM row")]


@pytest.mark.parametrize("journal", ["DELETE", "TRUNCATE", "WAL"])
def test_what_a_killed_writer_left_is_undone(path: Path, journal: str) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path), journal], check=False)
    assert killed.returncode == -9
    left = path.with_name(f"{path.name}-{'wal' if journal == 'WAL' else 'journal'}")
    assert left.stat().st_size > 0
    assert rows(path) == ["as it was"] * 100
    verify_database(path)


def test_reading_writes_nothing(path: Path) -> None:
    with closing(reading(path)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM row")


def test_a_file_with_a_log_is_read_where_nobody_may_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connect, asked = sqlite3.connect, []

    def refuse(target: str, **options: object) -> sqlite3.Connection:
        asked.append(target)
        return connect(target if "immutable" in target else f"{path.as_uri()}x?mode=ro", **options)  # type: ignore[arg-type, call-overload] # passed on

    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(sqlite3, "connect", refuse)
    assert rows(path) == ["as it was"] * 100
    assert [target.rpartition("?")[2] for target in asked] == ["mode=ro", "immutable=1"]


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        reading(tmp_path / "none.db")
