"""Definitions put on disk by their keys and compared part by part: the same findings as all of them at once."""

from dataclasses import replace
from itertools import groupby

import pytest
from definition_samples import corpus, make

from registry.harmonisation import candidates, meetings
from registry.harmonisation.candidates import LeftOut, identity
from registry.harmonisation.findings import find, find_everywhere
from registry.harmonisation.meetings import Meetings
from registry.harmonisation.records import DefinitionRecord, Finding


def everywhere(records: list[DefinitionRecord]) -> tuple[list[Finding], list[LeftOut]]:
    """The findings, worst first, and what is not compared."""
    ordered = sorted(records, key=identity)
    with Meetings() as held:
        held.add([list(some) for _, some in groupby(ordered, key=identity)])
        found = sorted(find_everywhere(held), key=lambda finding: (finding.rank, finding.id))
        return found, held.left_out


def linked_and_in_two_languages() -> list[DefinitionRecord]:
    """What meets by term, across languages, by link, by text, in a circle; and definitions that meet nobody."""
    kai = make("kai", "brygge på minst 10 meter", 1)
    return [
        kai,
        replace(kai, text="bryggje på minst 10 meter", language="nn"),
        make("kai", "brygge på minst 20 meter", 2, publisher="kyst"),
        make("fortøyningsplass", "brygge på minst 30 meter", 3, publisher="by", links=(kai.concept,)),
        make("utleieplass", "sted i havn der småbåter fortøyes mot vederlag", 4, publisher="by"),
        make("båtplass", "sted i havn der småbåter fortøyes mot vederlag", 5, publisher="fisk"),
        make("los", "person med losbevis", 6),
        make("losbevis", "bevis som en los har", 7),
        make("havnekontor", "kontor med åpningstid", 8),
    ]


@pytest.mark.parametrize("part", [1, 7, 2_000])
def test_parts_of_any_size_make_the_findings_of_all_at_once(monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    monkeypatch.setattr(meetings, "_PART", part)
    records = [*corpus(60), *linked_and_in_two_languages()]
    found, left_out = everywhere(records)
    assert found == find(records)
    assert {finding.met for finding in found} >= {"term", "link", "text"}
    assert left_out == []


def test_what_is_left_out_is_told_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetings, "_PART", 1)
    monkeypatch.setattr(candidates, "MOST_TEXTS", 4)
    records = [make(term, f"brygge på minst {n} meter", n) for n in range(6) for term in ("kai",)]
    assert everywhere(records)[1] == [LeftOut(records[0].catalogue, "kai", 6, 2)]


def test_every_concept_has_its_keys_and_none_of_those_that_link_to_it() -> None:
    with Meetings() as held:
        held.add([[record] for record in linked_and_in_two_languages()[2:5]])
        found = set(held.keys_of_concepts())
    assert ("http://kyst.example/c2", "kai") in found
    assert {concept for concept, key in found if key.startswith("@link:")} == {"http://by.example/c3"}


def test_nothing_to_compare_is_no_finding() -> None:
    assert everywhere([]) == ([], [])


def test_a_finding_is_new_once() -> None:
    with Meetings() as held:
        numbers = ("0" * 16, "f" * 16, "0" * 15 + "1", "f" * 16)
        assert [held.is_new(number) for number in numbers] == [True, True, True, False]
