"""The line of packages, one home for each library, and the sizes that keep files readable."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("ontologies", "sparql", "importers", "registry")
MAY_IMPORT = {
    "ontologies": set(),
    "sparql": {"ontologies"},
    "importers": {"ontologies"},
    "registry": {"ontologies", "sparql", "importers"},
}
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LINES, FUNCTION_LINES = 300, 40


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_line_of_packages(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    used = {name.split(".")[0] for name in imports(path)}
    assert used & (set(PACKAGES) - {package}) <= MAY_IMPORT[package]
    assert "wsgi" not in used


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_library_has_one_home(path: Path) -> None:
    place = str(path.relative_to(ROOT))
    used = imports(path)
    roots = {name.split(".")[0] for name in used}
    if not place.startswith("registry/") and place != "sparql/endpoint.py":
        assert "flask" not in roots
    if place not in {"ontologies/reasoning.py", "ontologies/owl_reading.py"}:
        assert "owlready2" not in roots
    if not place.startswith("sparql/"):
        assert "pyoxigraph.Store" not in used


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= FUNCTION_LINES, f"{node.name} has {length} lines"


def test_the_wsgi_module_is_small() -> None:
    assert len((ROOT / "wsgi.py").read_text(encoding="utf-8").splitlines()) <= 5
