"""The wheel holds everything: installed alone in an empty directory it loads the samples and answers."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NEEDED = (
    "ontologies/samsvar.ttl",
    "registry/templates/layout/base.html",
    "registry/search/schema.sql",
    "registry/static/build/manifest.json",
    "registry/translations/nb/LC_MESSAGES/messages.mo",
    "registry/translations/nn/LC_MESSAGES/messages.mo",
    "registry/catalogue/concepts.rq",
    "registry/demo/eksempel-skatt.ttl",
    "wsgi.py",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    [built] = target.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_carries_templates_queries_styles_and_words(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert set(NEEDED) <= names
    assert not [name for name in names if name.startswith(("tests/", "frontend/", "docs/"))]


@pytest.mark.slow
def test_the_wheel_runs_from_an_empty_directory(wheel: Path, tmp_path: Path) -> None:
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAMSVAR_")}
    environment |= {"PYTHONPATH": str(site), "PYTHONSAFEPATH": "1", "SAMSVAR_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "registry", "demo", "--no-serve"]
    done = subprocess.run(command, env=environment, cwd=empty, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "concepts" in done.stdout
    assert not list(empty.iterdir())
    asked = "import registry, sys; sys.exit(not registry.__file__.startswith(sys.argv[1]))"
    assert (
        subprocess.run([sys.executable, "-c", asked, str(site)], env=environment, cwd=empty, check=False).returncode
        == 0
    )
