"""A data directory of an older version is refused until it is upgraded, and then is what it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pages_register import BASE, VESSEL, fill

from registry import upgrading
from registry.cli import main
from registry.search.query import is_exact_term
from registry.services import Services, build_services
from registry.settings import Settings
from registry.starting import check_directory
from sparql.embedded.doctor import doctor
from sparql.embedded.layout import LAYOUT, layout_of
from sparql.errors import LayoutError, StoreDamagedError


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register as a version left it that recorded no layout: without published URIs, with an older search index."""
    place = tmp_path / "data"
    fill(services_at(place))
    (place / "layout").unlink()
    (place / "published.db").unlink()
    with closing(sqlite3.connect(place / "index.db")) as index:
        index.execute("PRAGMA user_version = 3")
    monkeypatch.setenv("SAMSVAR_DATA", str(place))
    monkeypatch.setenv("SAMSVAR_URI_BASE", BASE)
    return place


def services_at(place: Path) -> Services:
    return build_services(Settings(data=place, uri_base=BASE))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_a_new_register_has_the_layout_of_this_version(tmp_path: Path) -> None:
    services = services_at(tmp_path / "data")
    fill(services)
    assert (tmp_path / "data" / "layout").read_text() == f"{LAYOUT}\n"
    assert check_directory(tmp_path / "data") == ""
    assert list(upgrading.upgrade(services)) == []


def test_an_older_layout_is_refused_with_what_to_run(data: Path) -> None:
    assert layout_of(data) == 0
    for start in (lambda: services_at(data), lambda: check_directory(data)):
        with pytest.raises(LayoutError, match=r"layout 0 and this version needs 1.*samsvar upgrade"):
            start()
    refused = run("conflicts")
    assert refused.exit_code == 3
    assert "samsvar upgrade" in refused.stderr
    (check,) = (check for check in doctor(data) if check.name == "layout")
    assert (check.ok, check.remedy) == (False, "Run `samsvar upgrade`.")


def test_an_upgrade_keeps_everything_and_is_done_once(data: Path) -> None:
    before = set(build_services(Settings(data=data, uri_base=BASE), any_layout=True).store.reader().quads())
    upgraded = run("upgrade")
    assert upgraded.exit_code == 0, upgraded.output
    assert upgraded.output.splitlines()[0].startswith("layout 1: published URIs are noted")
    services = services_at(data)
    reader = services.store.reader()
    assert set(reader.quads()) == before
    assert services.index.is_of_this_version()
    assert is_exact_term(services.index, "fartøy", reader.generation)
    assert services.published.kinds([VESSEL], reader.generation) == {VESSEL: frozenset({"concept"})}
    assert run("upgrade").output == f"{data} has layout {LAYOUT}, that of this version\n"
    assert [check for check in doctor(data) if not check.ok] == []


def test_an_index_of_an_older_form_is_read_and_made_anew(data: Path) -> None:
    with closing(sqlite3.connect(data / "index.db")) as index, index:
        index.execute("DROP TABLE thing")
        index.execute("PRAGMA user_version = 1")
    upgraded = run("upgrade")
    assert upgraded.exit_code == 0, upgraded.output
    services = services_at(data)
    generation = services.store.reader().generation
    assert services.index.is_of_this_version()
    assert services.published.kinds([VESSEL], generation) == {VESSEL: frozenset({"concept"})}


def test_an_upgrade_that_was_cut_short_is_done_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: Services) -> int:
        raise KeyboardInterrupt

    services = build_services(Settings(data=data, uri_base=BASE), any_layout=True)
    with monkeypatch.context() as patched:
        patched.setattr(upgrading, "reindex", stop)
        with pytest.raises(KeyboardInterrupt):
            list(upgrading.upgrade(services))
    assert layout_of(data) == 0
    assert run("upgrade").exit_code == 0
    assert services_at(data).index.is_of_this_version()


def test_a_layout_of_a_newer_version_is_refused(data: Path) -> None:
    (data / "layout").write_text(f"{LAYOUT + 1}\n")
    for command in ("upgrade", "conflicts"):
        refused = run(command)
        assert refused.exit_code == 3
        assert "newer version" in refused.stderr


def test_a_layout_that_is_no_number_is_damage(data: Path) -> None:
    (data / "layout").write_text("one")
    with pytest.raises(StoreDamagedError, match="samsvar restore"):
        services_at(data)


def test_a_backup_of_an_older_version_is_upgraded_after_it_is_restored(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("backup", str(tmp_path / "backup")).exit_code == 0
    monkeypatch.setenv("SAMSVAR_DATA", str(tmp_path / "elsewhere"))
    assert run("restore", str(tmp_path / "backup")).exit_code == 0
    assert "samsvar upgrade" in run("conflicts").stderr
    assert run("upgrade").exit_code == 0
    assert run("conflicts").exit_code == 0


def test_migrations_lead_to_this_version_one_by_one() -> None:
    assert [each.layout for each in upgrading.MIGRATIONS] == list(range(1, LAYOUT + 1))
