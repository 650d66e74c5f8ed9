"""The acts of a register are read once: noted for other processes, and kept while no law changes."""

import json
from pathlib import Path

import workbench_register
from pages_register import arrival

from registry import storing
from registry.references import held_acts as module
from registry.references.held_acts import held_acts, read_acts
from registry.services import Services, build_services
from registry.settings import Settings

WORDS = "<https://havn.example/ord/x> a skos:Concept ; skos:prefLabel 'nytt'@nb ."
ACT = f"""<{workbench_register.BASE}/legislation/lov/2096/01/02/3> a eli:LegalResource ; dct:title "Lov om moloer"@nb ;
  dct:identifier "LOV-2096-01-02-3" ."""


def filled(path: Path) -> Services:
    services = build_services(Settings(data=path / "data", uri_base=workbench_register.BASE))
    workbench_register.fill(services)
    return services


def forget() -> None:
    """As a process is that begins."""
    module._latest.clear()


def test_what_is_noted_is_what_is_read(tmp_path: Path) -> None:
    services = filled(tmp_path)
    forget()
    first = held_acts(services.store.reader())
    assert {str(refid) for refid in first.held} == {"LOV-2098-01-02-3", "LOV-2097-04-05-6", "FOR-2098-07-08-9"}
    note = json.loads((tmp_path / "data" / "notes" / "acts.json").read_text(encoding="utf-8"))
    assert len(note["content"]) == 3
    forget()
    again = held_acts(services.store.reader())
    assert again is not first
    assert again.held == first.held == read_acts(services.store.reader()).held
    assert again.index.acts == first.index.acts


def test_a_change_elsewhere_keeps_the_acts_and_a_new_act_is_there(tmp_path: Path) -> None:
    services = filled(tmp_path)
    first = held_acts(services.store.reader())
    storing.store(services, [arrival("nye", "catalogue", "Nye ord", "", WORDS, [])], lambda _: None)
    assert held_acts(services.store.reader()) is first
    storing.store(services, [arrival("lov-2096-01-02-3", "law", "Lov om moloer", "", ACT, [])], lambda _: None)
    assert held_acts(services.store.reader()).of("LOV-2096-01-02-3") is not None


def test_a_note_of_another_shape_is_passed_over(tmp_path: Path) -> None:
    services = filled(tmp_path)
    forget()
    held_acts(services.store.reader())
    place = tmp_path / "data" / "notes" / "acts.json"
    note = json.loads(place.read_text(encoding="utf-8"))
    place.write_text(json.dumps({**note, "content": [["only", "two"]]}), encoding="utf-8")
    forget()
    assert len(held_acts(services.store.reader()).held) == 3
