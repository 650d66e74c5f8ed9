"""The shipped script for nightly backups: a good one more, and no more than so many."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from registry.services import Services

SCRIPT = Path(__file__).parents[2] / "deploy" / "systemd" / "backup"


@pytest.mark.slow
def test_older_backups_go_when_there_is_a_good_one(demo_services: Services, tmp_path: Path) -> None:
    command = tmp_path / "samsvar"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m registry "$@"\n')
    command.chmod(0o755)
    kept = tmp_path / "backups"
    for name in ("2026-11-01T021700Z", "2026-11-02T021700Z", "notes"):
        (kept / name).mkdir(parents=True)
    data = {"SAMSVAR_DATA": str(demo_services.settings.data), "SAMSVAR_URI_BASE": demo_services.settings.uri_base}
    environment = os.environ | data | {"SAMSVAR_COMMAND": str(command), "PYTHONPATH": str(SCRIPT.parents[2])}
    done = subprocess.run([SCRIPT, kept, "2"], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    left = sorted(each.name for each in kept.iterdir())
    assert left[0] == "2026-11-02T021700Z"
    assert left[-1] == "notes"
    assert len(left) == 3
    assert (kept / left[1] / "backup.json").is_file()


def test_nothing_goes_when_the_backup_fails(tmp_path: Path) -> None:
    (tmp_path / "2026-11-01T021700Z").mkdir()
    environment = os.environ | {"SAMSVAR_COMMAND": "/bin/false"}
    done = subprocess.run([SCRIPT, tmp_path, "0"], env=environment, check=False)
    assert done.returncode != 0
    assert (tmp_path / "2026-11-01T021700Z").is_dir()
