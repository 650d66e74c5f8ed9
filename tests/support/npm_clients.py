"""SPARQL clients from npm, installed once into the user's cache: those of tests/browser/npm_clients/package.json."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest

_ROOT = Path(__file__).parents[2]
_WANTED = _ROOT / "tests" / "browser" / "npm_clients"
_FILES = ("package.json", "package-lock.json")


def installed() -> Path:
    """The folder with ``node_modules`` in it; the test is skipped where npm cannot bring them."""
    lock = sha256(b"".join((_WANTED / name).read_bytes() for name in _FILES)).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "samsvar"
    folder = cache / f"npm-clients-{lock}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            _install(Path(scratch))
            with suppress(OSError):
                Path(scratch, "whole").rename(folder)
    return folder


def node(*arguments: str, folder: Path, timeout: float = 120) -> "subprocess.CompletedProcess[str]":
    """Runs Node from PyPI in the folder."""
    program, _ = _build()._node()
    return subprocess.run(
        [str(program), *arguments], cwd=folder, capture_output=True, text=True, timeout=timeout, check=False
    )


def _install(scratch: Path) -> None:
    whole = scratch / "whole"
    whole.mkdir()
    for name in _FILES:
        shutil.copy(_WANTED / name, whole)
    build = _build()
    try:
        build._install_packages(whole)
    except build.FrontendBuildError as error:
        pytest.skip(f"Comunica and YASGUI cannot be had from npm: {error}")


def _build() -> ModuleType:
    """What builds the front end knows Node and npm from PyPI."""
    spec = importlib.util.spec_from_file_location("hatch_build", _ROOT / "frontend" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
