"""Addresses of static files, with a hash of their content, so that browsers may keep them for a year.

Reads: ``registry/static/build/manifest.json`` (written by ``frontend/hatch_build.py``) and the drawings in
``registry/static``.
"""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from flask import Flask, has_request_context, request


class AssetsMissingError(RuntimeError):
    """The front end has not been built, or has no such file. An installation fault, never the reader's."""


@dataclass(slots=True)
class Assets:
    """The static files of one installation. `root` is the folder ``registry/static``."""

    root: Traversable
    _known: dict[str, str] = field(default_factory=dict)

    def url(self, name: str) -> str:
        """The address of a built file (``site.css``) or of a drawing (``logo.svg``), with the app's mount point.

        Raises:
            AssetsMissingError: the front end is not built, or the file does not exist.
        """
        path = self._known.get(name)
        if path is None:
            path = self._known[name] = self._built().get(name) or self._drawn(name)
        prefix = request.script_root if has_request_context() else ""
        return f"{prefix}/static/{path}"

    def _built(self) -> dict[str, str]:
        manifest = self.root.joinpath("build", "manifest.json")
        if not manifest.is_file():
            raise AssetsMissingError(
                "The front end is not built: registry/static/build/manifest.json is missing. Install the project again "
                "(pip install -e .), which builds it, or run: python frontend/hatch_build.py"
            )
        built: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))
        return {name: f"build/{path}" for name, path in built.items()}

    def _drawn(self, name: str) -> str:
        drawing = self.root.joinpath(name)
        if not drawing.is_file():
            raise AssetsMissingError(f"There is no static file {name}: it is neither built nor in registry/static.")
        return f"{name}?v={sha256(drawing.read_bytes()).hexdigest()[:12]}"


def init_assets(app: Flask) -> None:
    """Gives templates ``asset('site.css')``."""
    app.jinja_env.globals["asset"] = Assets(files("registry").joinpath("static")).url
