"""A full disk and one that is mounted read-only: what cannot be written is refused in words, and reading goes on."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fault_server import Answer, Server, administrator, catalogue, samsvar, serving
from store_support import small_disk

_INSERT = "INSERT DATA {{ GRAPH <https://e.example/skrevet> {{ <https://e.example/{}> <https://e.example/p> '{}' }} }}"
_PAGES = (
    "/",
    "/terms/hus",
    "/search?q=hus",
    "/catalogues",
    "/resource?uri=https%3A%2F%2Fe.example%2Ffeil%2F1&format=html",
)
_ASK = "ASK { <https://e.example/feil/1> a skos:Concept }"

pytestmark = [pytest.mark.slow, pytest.mark.faults]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 48) as place:
        yield place


@pytest.fixture
def data(disk: Path, tmp_path: Path) -> Path:
    (tmp_path / "hus.ttl").write_bytes(catalogue(5, "hus"))
    done = samsvar(disk / "data", "import", tmp_path / "hus.ttl", "--catalogue", "feil")
    assert done.returncode == 0, done.stderr
    return disk / "data"


def fill_up(disk: Path) -> None:
    """Takes what is left, to the last block."""
    with (disk / "ballast").open("ab", buffering=0) as ballast:
        for size in (1 << 20, 4096, 1):
            try:
                while ballast.write(bytes(size)):
                    pass
            except OSError:
                continue


def reads(server: Server) -> dict[str, int]:
    return {path: server.get(path, Accept="text/html").status for path in _PAGES}


def problem(answer: Answer) -> tuple[int, str]:
    assert "Traceback" not in answer.text
    return answer.status, json.loads(answer.body)["type"].rpartition("/")[2]


def test_on_a_full_disk_writes_are_refused_reads_go_on_and_freed_space_is_enough(
    disk: Path, data: Path, tmp_path: Path
) -> None:
    token = administrator(data)
    with serving(data, tmp_path, token=token) as server:
        assert server.update(_INSERT.format("a", "før")).status == 204
        fill_up(disk)
        for refused in (
            server.update(_INSERT.format("b", "full" * 2_000)),
            server.upload("b.ttl", catalogue(2_000, "båt")),
        ):
            assert problem(refused) == (507, "store-full"), refused.text
            assert "space" in refused.text
        done = samsvar(data, "import", tmp_path / "hus.ttl", "--catalogue", "annen")
        assert done.returncode == 3, done.stderr
        assert "space" in done.stderr
        assert "Traceback" not in done.stderr
        assert set(reads(server).values()) == {200}
        assert json.loads(server.query(_ASK).body)["boolean"] is True
        assert samsvar(data, "doctor").stdout.count("FAULT") == 1
        (disk / "ballast").unlink()
        assert server.update(_INSERT.format("c", "etter")).status == 204
        assert server.upload("b.ttl", catalogue(200, "båt")).status == 200
        for name, is_there in (("a", True), ("b", False), ("c", True)):
            found = server.query(f"ASK {{ GRAPH ?g {{ <https://e.example/{name}> ?p ?o }} }}")
            assert json.loads(found.body)["boolean"] is is_there, name
    assert "FAULT generation" not in samsvar(data, "doctor").stdout


def test_a_server_that_starts_on_a_full_disk_reads(disk: Path, data: Path, tmp_path: Path) -> None:
    fill_up(disk)
    with serving(data, tmp_path) as server:
        assert set(reads(server).values()) == {200}
        assert json.loads(server.query(_ASK).body)["boolean"] is True


def test_on_a_read_only_disk_reads_go_on(disk: Path, data: Path, tmp_path: Path) -> None:
    token = administrator(data)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        with serving(data, tmp_path, token=token) as server:
            assert "read-only file system" in server.said()
            assert set(reads(server).values()) == {200}
            for refused in (server.update(_INSERT.format("b", "x")), server.upload("b.ttl", catalogue(3, "båt"))):
                assert problem(refused) == (503, "store-read-only"), refused.text
            done = samsvar(data, "import", tmp_path / "hus.ttl")
            assert done.returncode == 3
            assert "cannot be written" in done.stderr
            asked = server.query(_ASK)
            assert asked.status == 200, asked.text
        said = samsvar(data, "doctor").stdout
        assert [line.split(":")[0] for line in said.splitlines() if "FAULT" in line] == ["FAULT disk"], said
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    with serving(data, tmp_path, token=token) as server:
        assert server.update(_INSERT.format("c", "etter")).status == 204
