"""What one process reads of a generation, the next finds noted down; a note that is no good is made again."""

import gc
import json
from pathlib import Path

import pytest
import workbench_register
from pages_register import arrival
from pyoxigraph import Literal, NamedNode, Triple
from workbench_register import BASE, LOCK_ACT

from ontologies.namespaces import ELI
from registry import notes, storing
from registry.catalogue import facets_of_things, finding_facets, key_figures
from registry.catalogue.finding_facets import facets
from registry.catalogue.texts import LANGUAGES
from registry.first_pages import MANY, prepare
from registry.harmonisation import finding_table
from registry.services import Services, build_services
from registry.settings import Settings

FACETS = ("ministry", "area", "service", "event", "severity", "catalogue")


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    made = another(tmp_path, monkeypatch)
    workbench_register.fill(made)
    return made


def another(data: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    """The register as a process has it that has read nothing yet."""
    monkeypatch.setattr(finding_table, "_latest", [])
    monkeypatch.setattr(notes, "_latest", {})
    gc.collect()
    return build_services(Settings(data=data / "data", uri_base=BASE))


def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing may be read whole."""
    monkeypatch.setattr(finding_table, "_read_whole", lambda _: pytest.fail("the findings are read whole"))
    monkeypatch.setattr(facets_of_things, "_Acts", lambda _: pytest.fail("the acts are read"))


def noted(services: Services) -> set[str]:
    return {file.name for file in (services.settings.data / "notes").glob("*")}


def test_the_next_process_finds_what_the_first_has_read(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = facets(services.store.reader())
    figures = key_figures.key_figures(services.store.reader())
    assert first.sets["service"], "a service rests on an act"
    assert first.sets["ministry"]
    later = another(tmp_path, monkeypatch)
    no_reading(monkeypatch)
    monkeypatch.setattr(key_figures, "ask", lambda *_: pytest.fail("the figures are counted"))
    assert facets(later.store.reader()) == first
    assert key_figures.key_figures(later.store.reader()) == figures


def test_a_note_is_followed_over_small_changes(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = facets(services.store.reader())
    turtle = (
        '<https://elv.example/kai> a skos:Concept ; skos:prefLabel "kai"@nb ; dct:publisher <https://elv.example/> ;'
        f" euvoc:xlDefinition <{BASE}/definitions/elv> . <{BASE}/definitions/elv> a euvoc:XlNote ;"
        ' rdf:value "plass for båt på minst 33 meter"@nb .'
    )
    storing.store(services, [arrival("elv", "catalogue", "Elveord", "", turtle, [])], lambda _: None)
    later = another(tmp_path, monkeypatch)
    no_reading(monkeypatch)
    found = facets(later.store.reader())
    assert len(found.rows) > len(before.rows)
    assert set(found.sets["catalogue"]) == {*before.sets["catalogue"], "elv"}
    assert found.sets["ministry"].keys() == before.sets["ministry"].keys()


def test_a_changed_act_is_read_again(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facets(services.store.reader())
    moved = Triple(NamedNode(f"{BASE}/{LOCK_ACT}"), ELI.responsibility_of, Literal("Elvedepartementet"))
    with services.store.session() as session:
        session.insert(services.urls.graph("law", "lov-2097-04-05-6"), [moved])
    later = another(tmp_path, monkeypatch)
    assert "Elvedepartementet" in facets(later.store.reader()).sets["ministry"]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"program": "0"}', "null", '{"generation": 1, "content": [[1]]}'])
def test_a_note_that_cannot_be_read_is_made_again(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    first = facets(services.store.reader())
    for file in (services.settings.data / "notes").iterdir():
        whole = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(damage.replace("0", whole["program"]), encoding="utf-8")
    later = another(tmp_path, monkeypatch)
    assert facets(later.store.reader()) == first
    no_reading(monkeypatch)
    facets(another(tmp_path, monkeypatch).store.reader())


def test_of_another_shape_is_not_believed(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = facets(services.store.reader())
    for file in (services.settings.data / "notes").iterdir():
        whole = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**whole, "content": [[1, 2]]}), encoding="utf-8")
    assert facets(another(tmp_path, monkeypatch).store.reader()) == first


def test_what_cannot_be_noted_is_read_all_the_same(services: Services) -> None:
    (services.settings.data / "notes").write_text("no folder", encoding="utf-8")
    assert facets(services.store.reader()).rows
    assert key_figures.key_figures(services.store.reader()).definitions


def test_who_writes_much_prepares_the_first_pages(services: Services) -> None:
    prepare(services, MANY - 1)
    assert not noted(services)
    prepare(services, MANY)
    assert noted(services) >= {
        *("findings.json", "facets-of-things.json", "compounds.json", "key-figures.json", "most-telling.json"),
        *(f"most-defined-{language}.json" for language in LANGUAGES),
    }


def test_every_facet_is_there(services: Services) -> None:
    found = facets(services.store.reader())
    assert all(found.sets[facet] for facet in FACETS)
    assert set(FACETS) < set(finding_facets.FACETS)
