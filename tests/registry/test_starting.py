"""What is said of settings and data directories that cannot be used, before anything is done with them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from live_server import environment, free_port, get

from registry.cli import main
from registry.errors import ConfigurationError
from registry.settings import Settings
from registry.starting import check_directory


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("SAMSVAR_QUERY_TIMEOUT", "ten", "SAMSVAR_QUERY_TIMEOUT is 'ten': input should be a valid number"),
        ("SAMSVAR_QUERY_WORKERS", "0", "SAMSVAR_QUERY_WORKERS is '0': input should be greater than 0"),
        ("SAMSVAR_LANGUAGE", "se", "SAMSVAR_LANGUAGE is 'se'"),
        ("SAMSVAR_URI_BASE", "begrep.example", "SAMSVAR_URI_BASE is 'begrep.example': it is http:// or https://"),
        ("SAMSVAR_URI_BASE", "https://begrep.example/?a=b", "it is http:// or https://"),
        ("SAMSVAR_URI_BASE", "", "minted URIs begin with it"),
        ("SAMSVAR_BASE_URL", "https://begrep example/", "SAMSVAR_BASE_URL is"),
        ("SAMSVAR_SERVICE_ALLOW", "https://query.wikidata.org/sparql", "service_allow"),
        ("SAMSVAR_CONFIG", "/no/such/file.toml", "/no/such/file.toml, and there is no such file"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    refused = CliRunner().invoke(main, ["config"])
    assert refused.exit_code == 3
    assert refused.stderr.startswith("samsvar: ")
    assert said in refused.stderr


def test_every_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSVAR_QUERY_TIMEOUT", "ten")
    monkeypatch.setenv("SAMSVAR_LANGUAGE", "se")
    with pytest.raises(ConfigurationError, match=r"SAMSVAR_QUERY_TIMEOUT.*SAMSVAR_LANGUAGE"):
        Settings()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("query_timeoot = 5", "sets what is no setting: query_timeoot"),
        ("query_timeout = = 5", "cannot be read as TOML"),
        ('query_timeout = "five"', "SAMSVAR_QUERY_TIMEOUT is 'five'"),
    ],
)
def test_nothing_in_the_file_of_settings_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "samsvar.toml"
    file.write_text(content)
    monkeypatch.setenv("SAMSVAR_CONFIG", str(file))
    with pytest.raises(ConfigurationError, match=said):
        Settings()


def test_a_directory_that_can_be_used_needs_no_words(tmp_path: Path) -> None:
    (tmp_path / "blobs").mkdir()
    assert check_directory(tmp_path) == ""


def test_a_directory_that_is_not_there_is_an_empty_register(tmp_path: Path) -> None:
    assert "does not exist: the register is empty" in check_directory(tmp_path / "new" / "data")
    assert not list(tmp_path.iterdir())


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for data in (tmp_path / "file", tmp_path / "file" / "data"):
        with pytest.raises(ConfigurationError, match="file is no directory"):
            check_directory(data)


@pytest.mark.parametrize("closed", ["data", "state.db"])
def test_what_belongs_to_another_user_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, closed: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "state.db").touch()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != closed)
    with pytest.raises(ConfigurationError, match=f"{closed} cannot be read and written"):
        check_directory(data)


def test_a_new_directory_must_be_possible(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ConfigurationError, match=str(tmp_path)):
        check_directory(tmp_path / "data")


def test_a_read_only_file_system_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Mounted:
        f_flag = os.ST_RDONLY

    monkeypatch.setattr(os, "statvfs", lambda _: Mounted())
    assert "nothing is written" in check_directory(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "value"), [("SAMSVAR_DATA", "file"), ("SAMSVAR_QUERY_TIMEOUT", "ten")])
def test_a_server_that_cannot_serve_ends_with_one_line(tmp_path: Path, name: str, value: str) -> None:
    (tmp_path / "file").touch()
    port = free_port()
    command = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{port}"]
    variables = environment(tmp_path / "data") | {name: value}
    done = subprocess.run(command, env=variables, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    lines = [line for line in done.stderr.splitlines() if "[INFO]" not in line]
    assert done.returncode != 0
    assert len(lines) == 1
    assert lines[0].startswith("samsvar: ")
    with pytest.raises(OSError):
        get(port, "/healthz")
