"""Damaged files: reading goes on where it can, the error and the doctor name the command that mends, and it mends."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from fault_server import Answer, administrator, catalogue, samsvar, serving

_INSERT = "INSERT DATA { GRAPH <https://e.example/skrevet> { <https://e.example/b> <https://e.example/p> 1 } }"
_ASK = "ASK { <https://e.example/feil/1> a skos:Concept }"
_PAGE = "/catalogues"

pytestmark = [pytest.mark.slow, pytest.mark.faults]


@dataclass(frozen=True, slots=True)
class Whole:
    """A register with a backup, and a token that both know."""

    data: Path
    backup: Path
    token: str


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    place = tmp_path_factory.mktemp("whole")
    token = administrator(place / "data")
    for word in ("hus", "båt"):
        (place / "a.ttl").write_bytes(catalogue(300, word))
        assert samsvar(place / "data", "import", place / "a.ttl", "--catalogue", "feil").returncode == 0
    assert samsvar(place / "data", "backup", place / "backup").returncode == 0
    return Whole(place / "data", place / "backup", token)


@pytest.fixture
def data(whole: Whole, tmp_path: Path) -> Path:
    shutil.copytree(whole.data, tmp_path / "data", ignore=shutil.ignore_patterns("query-*", "*-shm", "*-wal"))
    return tmp_path / "data"


def newest(data: Path) -> Path:
    return data / "generations" / (data / "current").read_text().split()[0]


def rewritten(path: Path, content: bytes) -> None:
    """Another file of that name: what links to the old one keeps it."""
    path.unlink()
    path.write_bytes(content)


def flipped(content: bytes) -> bytes:
    """A bit flipped in every block of the file."""
    changed = bytearray(content)
    for place in range(20, len(changed), 4_000):
        changed[place] ^= 4
    return bytes(changed)


def truncate_record(data: Path) -> None:
    record = newest(data) / "generation.json"
    rewritten(record, record.read_bytes()[:-20])


def truncate_manifest(data: Path) -> None:
    manifest = next((newest(data) / "store").glob("MANIFEST-*"))
    rewritten(manifest, b"")


def flip_tables(data: Path) -> None:
    for table in (newest(data) / "store").glob("*.sst"):
        rewritten(table, flipped(table.read_bytes()))


def lose_a_table(data: Path) -> None:
    max((newest(data) / "store").glob("*.sst"), key=lambda path: path.stat().st_size).unlink()


def lose_store_pointer(data: Path) -> None:
    (newest(data) / "store" / "CURRENT").unlink()


def lose_pointer(data: Path) -> None:
    (data / "current").unlink()


def lose_generation(data: Path) -> None:
    shutil.rmtree(newest(data))


STORE: tuple[Callable[[Path], None], ...] = (
    truncate_record,
    truncate_manifest,
    flip_tables,
    lose_a_table,
    lose_store_pointer,
    lose_pointer,
    lose_generation,
)


def detail(answer: Answer) -> str:
    assert "Traceback" not in answer.text
    return str(json.loads(answer.body)["detail"])


@pytest.mark.parametrize("damage", STORE)
def test_a_damaged_store_is_refused_by_name_and_mended_by_restoring(
    whole: Whole, data: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(data)
    with serving(data, tmp_path, token=whole.token) as server:
        for refused in (
            server.get("/api/v1/concepts?catalogue=feil"),
            server.query("SELECT * { ?s ?p ?o }"),
            server.update(_INSERT),
        ):
            assert refused.status == 500, refused.text
            assert "samsvar restore" in detail(refused)
        page = server.get(_PAGE, Accept="text/html")
        assert page.status == 500
        assert "samsvar restore" in page.text
        assert server.get("/readyz").status == 500
        assert server.get("/healthz").status == 200
    doctor = samsvar(data, "doctor")
    assert doctor.returncode == 1
    assert "samsvar restore" in doctor.stdout
    mended = samsvar(data, "restore", whole.backup, "--force")
    assert mended.returncode == 0, mended.stderr
    assert samsvar(data, "doctor").returncode == 0
    with serving(data, tmp_path, token=whole.token) as server:
        assert json.loads(server.query(_ASK).body)["boolean"] is True
        assert server.get(_PAGE, Accept="text/html").status == 200
        assert server.update(_INSERT).status == 204


@pytest.mark.parametrize("damage", [truncate_record, truncate_manifest, lose_pointer, lose_generation])
def test_who_has_opened_a_generation_goes_on_reading_it(
    whole: Whole, data: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    with serving(data, tmp_path, token=whole.token) as server:
        for _ in range(20):
            assert server.get(_PAGE, Accept="text/html").status == 200
        assert json.loads(server.query(_ASK).body)["boolean"] is True
        damage(data)
        refused = server.update(_INSERT)
        assert refused.status == 500
        assert "samsvar restore" in detail(refused)
        if damage is not lose_pointer:
            assert {server.get(_PAGE, Accept="text/html").status for _ in range(10)} == {200}


def broken(content: bytes) -> bytes:
    """The head of a database, and then nothing of one."""
    return content[:100] + b"\xff" * (len(content) - 100)


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def another(content: bytes) -> bytes:
    return b"no database at all" * (len(content) // 18)


@pytest.mark.parametrize("change", [broken, half, another])
def test_a_damaged_search_index_hinders_searching_only_and_is_made_anew(
    whole: Whole, data: Path, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    rewritten(data / "index.db", change((data / "index.db").read_bytes()))
    with serving(data, tmp_path, token=whole.token) as server:
        assert json.loads(server.query(_ASK).body)["boolean"] is True
        assert server.get("/resource?uri=https%3A%2F%2Fe.example%2Ffeil%2F1&format=ttl").status == 200
        refused = server.get("/api/v1/search?q=ting")
        assert refused.status == 500
        assert "samsvar reindex" in detail(refused)
        assert "samsvar reindex" in detail(server.update(_INSERT))
    doctor = samsvar(data, "doctor")
    assert doctor.returncode == 1
    assert "samsvar reindex" in doctor.stdout
    mended = samsvar(data, "reindex")
    assert mended.returncode == 0, mended.stderr
    assert samsvar(data, "doctor").returncode == 0
    with serving(data, tmp_path, token=whole.token) as server:
        assert json.loads(server.get("/api/v1/search?q=ting&kind=concept").body)["total"] == 300
        assert server.update(_INSERT).status == 204


@pytest.mark.parametrize("change", [broken, half, another])
def test_damaged_published_uris_hinder_no_reader_and_are_made_anew(
    whole: Whole, data: Path, tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    rewritten(data / "published.db", change((data / "published.db").read_bytes()))
    with serving(data, tmp_path, token=whole.token) as server:
        assert json.loads(server.query(_ASK).body)["boolean"] is True
        assert server.get(_PAGE, Accept="text/html").status == 200
        refused = server.upload("b.ttl", catalogue(3, "kai"))
        assert refused.status == 500, refused.text
        assert "samsvar reindex" in detail(refused)
    doctor = samsvar(data, "doctor")
    assert doctor.returncode == 1
    assert "samsvar reindex" in doctor.stdout
    mended = samsvar(data, "reindex")
    assert mended.returncode == 0, mended.stderr
    assert samsvar(data, "doctor").returncode == 0
    with serving(data, tmp_path, token=whole.token) as server:
        assert server.upload("b.ttl", catalogue(3, "kai")).status == 200


def test_a_damaged_state_database_hinders_no_reader_and_is_restored(whole: Whole, data: Path, tmp_path: Path) -> None:
    rewritten(data / "state.db", broken((data / "state.db").read_bytes()))
    with serving(data, tmp_path, token=whole.token) as server:
        assert json.loads(server.query(_ASK).body)["boolean"] is True
        for path in (_PAGE, "/", "/terms/ting", "/search?q=ting"):
            assert server.get(path, Accept="text/html").status == 200, path
        refused = server.update(_INSERT)
        assert refused.status == 500
        assert "restore" in detail(refused)
    doctor = samsvar(data, "doctor")
    assert doctor.returncode == 1
    assert "samsvar restore" in doctor.stdout
    assert samsvar(data, "restore", whole.backup, "--force").returncode == 0
    with serving(data, tmp_path, token=whole.token) as server:
        assert server.update(_INSERT).status == 204


def test_a_lost_blob_is_named_by_who_asks_for_it_and_by_nobody_else(whole: Whole, data: Path, tmp_path: Path) -> None:
    for blob in (data / "blobs").glob("??/*.gz"):
        blob.write_bytes(b"torn")
    with serving(data, tmp_path, token=whole.token) as server:
        assert server.get(_PAGE, Accept="text/html").status == 200
        assert json.loads(server.query(_ASK).body)["boolean"] is True
    doctor = samsvar(data, "doctor")
    assert "FAULT blobs" in doctor.stdout
    assert samsvar(data, "restore", whole.backup, "--force").returncode == 0
    assert samsvar(data, "doctor").returncode == 0
