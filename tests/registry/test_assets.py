"""Addresses of static files."""

import json
from pathlib import Path

import pytest
from flask import Flask

from registry.assets import Assets, AssetsMissingError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "manifest.json").write_text(json.dumps({"site.css": "site-AB12.css"}), encoding="utf-8")
    (tmp_path / "logo.svg").write_text("<svg/>", encoding="utf-8")
    return tmp_path


def test_a_built_file_has_the_hash_in_its_name(root: Path) -> None:
    assert Assets(root).url("site.css") == "/static/build/site-AB12.css"


def test_a_drawing_has_a_hash_that_changes_with_it(root: Path) -> None:
    before = Assets(root).url("logo.svg")
    assert before.startswith("/static/logo.svg?v=")
    (root / "logo.svg").write_text("<svg></svg>", encoding="utf-8")
    assert Assets(root).url("logo.svg") != before


def test_an_app_under_a_prefix_keeps_it(root: Path) -> None:
    with Flask("x").test_request_context("/", environ_overrides={"SCRIPT_NAME": "/samsvar"}):
        assert Assets(root).url("site.css") == "/samsvar/static/build/site-AB12.css"


def test_what_is_not_built_is_said_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissingError, match="The front end is not built"):
        Assets(tmp_path).url("site.css")


def test_an_unknown_file_is_named(root: Path) -> None:
    with pytest.raises(AssetsMissingError, match=r"no static file nothing\.js"):
        Assets(root).url("nothing.js")
