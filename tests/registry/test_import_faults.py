"""Faults of the machine in the middle of an import: no space, no right to write, killed at any moment."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from register_support import concepts_of, settings_at
from store_support import small_disk

from registry.cli import main
from registry.demo import sample_sources
from registry.services import build_services

ROOT = Path(__file__).parents[2]
HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"


def catalogue(count: int, word: str) -> str:
    rows = (
        f'<https://e.example/begrep/{n}> a skos:Concept ; skos:prefLabel "{word} {n}"@nb ;'
        f' skos:definition "ting nummer {n} som kalles {word}"@nb .\n'
        for n in range(count)
    )
    return HEAD + "".join(rows)


def test_a_full_disk_keeps_the_old_generation_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        data = disk / "data"
        monkeypatch.setenv("SAMSVAR_DATA", str(data))
        small, large = tmp_path / "small.ttl", tmp_path / "large.ttl"
        small.write_text(catalogue(5, "hus"))
        large.write_text(catalogue(1500, "båt"))
        run = CliRunner()
        assert run.invoke(main, ["import", str(small), "--catalogue", "k"]).exit_code == 0
        with (disk / "ballast").open("wb") as ballast:
            ballast.write(bytes(max(0, os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 600_000)))
        refused = run.invoke(main, ["import", str(large), "--catalogue", "k"])
        assert refused.exit_code == 3, refused.output
        assert "space" in refused.output
        assert "Traceback" not in refused.output
        assert concepts_of(data) == 5
        (disk / "ballast").unlink()
        assert run.invoke(main, ["import", str(large), "--catalogue", "k"]).exit_code == 0
        assert concepts_of(data) == 1500


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment_an_import_is_all_or_nothing(tmp_path: Path, seed: int) -> None:
    data = tmp_path / "data"
    environment = os.environ | {"SAMSVAR_DATA": str(data), "PYTHONPATH": str(ROOT)}
    small, large = tmp_path / "small.ttl", tmp_path / "large.ttl"
    small.write_text(catalogue(5, "hus"))
    large.write_text(catalogue(400, "båt"))
    command = [sys.executable, "-m", "registry", "import", "--catalogue", "k"]
    began = time.monotonic()
    subprocess.run([*command, str(small)], env=environment, check=True, capture_output=True)
    usual = time.monotonic() - began
    child = subprocess.Popen(
        [*command, str(large)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(usual * random.Random(seed).uniform(0.3, 1.6))
    child.send_signal(signal.SIGKILL)
    child.wait()
    services = build_services(settings_at(data))
    reader = services.store.reader()
    assert (reader.generation, concepts_of(data)) in {(1, 5), (2, 400)}
    subprocess.run([*command, str(large)], env=environment, check=True, capture_output=True)
    assert concepts_of(data) == 400
    doctor = subprocess.run(
        [sys.executable, "-m", "registry", "doctor"], env=environment, capture_output=True, check=False
    )
    assert doctor.returncode == 0, doctor.stdout


def test_backup_and_restore_bring_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, elsewhere, copy = tmp_path / "data", tmp_path / "elsewhere", tmp_path / "copy"
    name, content, _ = sample_sources()[0]
    (tmp_path / name).write_bytes(content)
    run = CliRunner()
    monkeypatch.setenv("SAMSVAR_DATA", str(data))
    assert run.invoke(main, ["import", str(tmp_path / name)]).exit_code == 0
    done = run.invoke(main, ["backup", str(copy)])
    assert done.exit_code == 0, done.output
    assert run.invoke(main, ["doctor"]).exit_code == 0
    refused = run.invoke(main, ["restore", str(copy)])
    assert refused.exit_code == 3
    assert "--force" in refused.output
    monkeypatch.setenv("SAMSVAR_DATA", str(elsewhere))
    assert run.invoke(main, ["restore", str(copy)]).exit_code == 0
    before, after = (build_services(settings_at(place)) for place in (data, elsewhere))
    assert set(before.store.reader().quads()) == set(after.store.reader().quads())
    assert run.invoke(main, ["import", str(tmp_path / name)]).exit_code == 0
    assert after.store.reader().generation == before.store.reader().generation


def test_another_uri_base_is_refused_after_the_first_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSVAR_DATA", str(tmp_path / "data"))
    (tmp_path / "a.ttl").write_text(catalogue(1, "hus"))
    run = CliRunner()
    assert run.invoke(main, ["import", str(tmp_path / "a.ttl")]).exit_code == 0
    monkeypatch.setenv("SAMSVAR_URI_BASE", "https://begrep.example")
    refused = run.invoke(main, ["import", str(tmp_path / "a.ttl")])
    assert refused.exit_code == 3
    assert "SAMSVAR_URI_BASE" in refused.output
