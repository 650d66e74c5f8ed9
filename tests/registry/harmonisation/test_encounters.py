from dataclasses import replace

import pytest
from definition_samples import make

from registry.harmonisation.comparison import compare
from registry.harmonisation.encounters import Encounters, encounter_key, other_keys, way
from registry.harmonisation.findings import find, is_circle
from registry.harmonisation.records import DefinitionRecord, SourceReference

LANDING = "innretning der fartøyer legger til for lasting og lossing"
AS_LAW = SourceReference("havneloven § 4", "http://register.example/legislation/lov/2001/02/03/4/4")


def told(*records: DefinitionRecord) -> list[tuple[str, str, str]]:
    return [(one.met, one.comparison.relation, one.comparison.severity) for one in find(records)]


def test_one_text_under_two_terms_is_a_synonym() -> None:
    kai = make("kai", LANDING, 1)
    assert told(
        kai, make("brygge", "Innretning der fartøyer legger til, for lasting og lossing.", 2, publisher="by")
    ) == [("text", "synonym", "information")]
    [finding] = find([kai, make("brygge", LANDING, 2, publisher="by")])
    assert not is_circle(finding)
    assert finding.comparison.label == "same"


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("innretning der fartøyer på under 15 meter legger til for lasting og lossing", "by"),
        ("innretning der fartøyer ikke legger til for lasting og lossing", "by"),
        ("innretning der fartøyer legger til for lossing og lasting", "havn"),
        ("båt som frakter passasjerer", "by"),
    ],
)
def test_other_texts_under_two_terms_are_none(text: str, publisher: str) -> None:
    assert told(make("kai", LANDING, 1), make("brygge", text, 2, publisher=publisher)) == []


def test_what_only_points_elsewhere_or_says_little_has_no_key() -> None:
    for text in (
        "havn slik artikkel 3 nr. 2 i forordning (EU) 2099/17 bestemmer ordet",
        "stor båt",
        "avgift etter § 5",
    ):
        assert other_keys(make("kai", text, 1)) == ()


def test_concepts_that_a_publisher_links_are_compared_whatever_they_say() -> None:
    linked = replace(make("kai", "brygge på minst 10 meter", 1), links=("http://kyst.example/2",))
    other = make("landgang", "brygge på minst 20 meter", 2, publisher="kyst", concept="http://kyst.example/2")
    assert told(linked, other) == [("link", "broader", "major")]
    assert told(replace(linked, links=()), other) == []


def test_what_rests_on_one_provision_and_contradicts_it_is_told() -> None:
    text = "fartøy med største lengde over 15 meter som brukes til ervervsmessig fiske"
    ours = replace(make("fiskefartøy", text, 1), sources=(AS_LAW,))
    theirs = replace(make("yrkesbåt", text.replace("15", "12"), 2, publisher="kyst"), sources=(AS_LAW,))
    [(met, _, severity)] = told(ours, theirs)
    assert (met, severity) == ("provision", "major")
    assert told(replace(ours, sources=()), theirs) == []


def test_one_pair_meets_once() -> None:
    ours = replace(make("kai", LANDING, 1), sources=(AS_LAW,), links=("http://by.example/2",))
    theirs = replace(make("brygge", LANDING, 2, publisher="by", concept="http://by.example/2"), sources=(AS_LAW,))
    assert [way(met.key) for met in Encounters([ours, theirs]).pairs()] == ["link"]
    assert encounter_key(ours, theirs) == encounter_key(theirs, ours)


def test_many_with_one_text_meet_in_a_star() -> None:
    many = [make(f"kai{'abcdefghijklmnopqrstuvwxyzæøå'[n]}", LANDING, n, publisher=f"p{n}") for n in range(29)]
    assert len(list(Encounters(many).pairs())) < 2 * len(many)


def test_two_texts_by_themselves_are_synonyms_as_well() -> None:
    assert compare(DefinitionRecord("kai", LANDING), DefinitionRecord("brygge", LANDING)).relation == "synonym"
    assert compare(DefinitionRecord("kai", LANDING), DefinitionRecord("Kaien", LANDING)).relation == "identical"
