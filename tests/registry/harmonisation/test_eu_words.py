"""Standard words of the EU meet within one source act, and across source acts through one definition only."""

from itertools import combinations

import pytest

from registry.harmonisation import queue
from registry.harmonisation.candidates import SMALL_BLOCK, Candidates
from registry.harmonisation.eu_words import MANY, across, is_standard_word
from registry.harmonisation.findings import find
from registry.harmonisation.records import DefinitionRecord

FIELDS = ("leker", "heiser", "kjeler", "båter", "målere", "sprengstoff", "radioer", "sko", "hansker", "lamper")


def maker(field: str, *transposes: str, act: str = "", text: str = "") -> DefinitionRecord:
    """A regulation of a field that says who is a maker of its products."""
    act = act or f"https://example.no/legislation/forskrift/{field}"
    return DefinitionRecord(
        "produsent",
        text or f"enhver som lager {field} og selger dem",
        concept=f"{act}/produsent",
        definition=f"{act}/produsent/d",
        catalogue=f"{act}/graph/law/1",
        publisher_name=f"Departementet for {field}",
        statutory=True,
        act=act,
        enabling=("https://example.no/legislation/lov/1",),
        transposes=tuple(f"http://data.europa.eu/eli/{each}/oj" for each in transposes),
    )


def pairs(records: list[DefinitionRecord]) -> set[frozenset[str]]:
    return {frozenset((found.a.concept, found.b.concept)) for found in Candidates(records).pairs()}


@pytest.mark.parametrize("count", [MANY, len(FIELDS), 40])
def test_many_source_acts_make_one_pair_each(count: int) -> None:
    records = [maker(f"{FIELDS[number % 10]}{number}", f"reg/2019/{number}") for number in range(count)]
    found = pairs(records)
    assert len(found) == count - 1
    assert len(frozenset.intersection(*found)) == 1, "all meet the same one"


def test_few_source_acts_meet_as_others_do() -> None:
    records = [maker(field, f"reg/2019/{field}") for field in FIELDS[: MANY - 1]]
    assert pairs(records) == {frozenset((a.concept, b.concept)) for a, b in combinations(records, 2)}


def test_those_of_one_source_act_and_those_of_none_meet_all() -> None:
    european = [maker(field, f"reg/2019/{field}") for field in FIELDS[:MANY]]
    twin = maker("lekebiler", "reg/2019/heiser")
    national = maker("melk")
    found = pairs([*european, twin, national])
    assert frozenset((twin.concept, european[1].concept)) in found, "one source act"
    assert {frozenset((national.concept, each.concept)) for each in (*european, twin)} <= found
    assert len(found) < len(list(combinations(range(SMALL_BLOCK), 2)))


def test_it_takes_different_source_acts() -> None:
    alike = [maker(field, "reg/2019/1", "reg/2019/2") for field in FIELDS]
    assert not is_standard_word([[each] for each in alike])
    assert not across(alike[0], alike[1])
    assert not across(maker("leker", "reg/2019/1"), maker("sko"))
    one = maker("leker", "reg/2019/1")
    assert not across(one, maker("sko", "reg/2019/2", act=one.act)), "one act answers for both"


def test_a_formula_that_many_acts_fill_in_makes_one_pair_each() -> None:
    formula = "den som lager {} og selger dem under eget navn eller varemerke i landet"
    using = [maker(field, text=formula.format(field)) for field in FIELDS]
    own = maker("melk", text="bonde med kyr på beite, som selger melk til meieriet i bygda")
    found = pairs([*using, own])
    assert len([pair for pair in found if own.concept not in pair]) == len(using) - 1
    assert any(own.concept in pair for pair in found)
    few = pairs(using[: MANY - 1])
    assert len(few) == len(list(combinations(range(MANY - 1), 2)))


def test_every_limit_of_a_formula_is_held_against_the_first() -> None:
    formula = "person som arbeider mindre enn {} prosent av arbeidstiden i uken for heltidsansatte av samme art"
    found = find([maker(field, text=formula.format(40 + number)) for number, field in enumerate(FIELDS)])
    limits = {
        frozenset((item.a_value, item.b_value))
        for finding in found
        for item in finding.comparison.evidence
        if item.kind == "ThresholdDifference"
    }
    assert len(limits) == len(FIELDS) - 1
    assert len(frozenset.intersection(*limits)) == 1


def test_what_the_eu_says_in_two_acts_stands_behind_what_norway_says() -> None:
    a, b = maker("leker", "reg/2019/1"), maker("heiser", "reg/2019/2")
    [european] = find([a, b])
    [national] = find([maker("leker"), maker("heiser")])
    assert european.comparison.severity == national.comparison.severity
    assert queue.worth(european) < queue.worth(national)


def test_days_of_transitional_rules_stand_behind_other_limits() -> None:
    def boats(text: str, number: int) -> DefinitionRecord:
        act = f"https://example.no/legislation/lov/{number}"
        named = f"Departement {number}"
        return DefinitionRecord(
            "ny båt", text, concept=act, definition=f"{act}/d", statutory=True, act=act, publisher_name=named
        )

    [days] = find([boats("båt som er bygd etter 1. juli 2014", 1), boats("båt som er bygd etter 1. mars 2019", 2)])
    [limits] = find([boats("båt som er lengre enn 15 meter", 1), boats("båt som er lengre enn 24 meter", 2)])
    assert {item.kind for item in days.comparison.evidence} >= {"ThresholdDifference"}
    assert days.comparison.severity == limits.comparison.severity == "major"
    assert queue.worth(days) < queue.worth(limits)
