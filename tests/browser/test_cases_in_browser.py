"""Coordination cases in a real browser: from an import to harmonised and differentiated concepts, as SPARQL sees them."""

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from registry.access.tokens import TokenStore

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
PARTY = "999000021"
MAPPED = """
PREFIX samsvar: <https://w3id.org/samsvar/ontology#>
PREFIX sssom: <https://w3id.org/sssom/>
SELECT ?outcome ?first ?second WHERE {
  ?case a samsvar:Case ; samsvar:caseState "closed" ; <http://purl.org/dc/terms/title> "%s" .
  ?decision samsvar:case ?case ; samsvar:outcome ?outcome ; sssom:subject_id ?first ; sssom:object_id ?second .
}"""
COMMON = """
PREFIX samsvar: <https://w3id.org/samsvar/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?common ?term ?definition WHERE {
  ?case a samsvar:Case ; <http://purl.org/dc/terms/title> "%s" ; samsvar:commonConcept ?common .
  ?common skos:prefLabel ?term ; skos:definition ?definition .
}"""


@dataclass(frozen=True)
class Line:
    """A concept of an example: who says it, its terms, its definition; and the outcome that the parties choose."""

    uri: str
    number: str
    terms: tuple[str, ...]
    definition: str
    source: str
    outcome: str


@pytest.fixture(scope="session")
def administrator(data: Path, server: str) -> str:
    return TokenStore(data / "state.db").create("administrator")[1]


@pytest.fixture
def page(context: BrowserContext, data: Path) -> Page:
    """Signed in as a coordinator."""
    expect.set_options(timeout=60_000)
    shown = context.new_page()
    shown.set_default_timeout(60_000)
    token = TokenStore(data / "state.db").create("coordinator", organisation=PARTY, owner="Kari")[1]
    shown.goto("/account?lang=nb")
    shown.get_by_label("Adgangstegn").fill(token)
    shown.get_by_role("button", name="Logg inn").click()
    expect(shown.get_by_role("button", name="Logg ut")).to_be_visible()
    return shown


def catalogue(lines: Iterable[Line]) -> str:
    """The concepts of one publisher in Turtle."""
    head = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix org: <https://organization-catalog.fellesdatakatalog.digdir.no/organizations/> .
"""
    return head + "".join(
        f"<{each.uri}> a skos:Concept ; skos:prefLabel {json.dumps(each.terms[0], ensure_ascii=False)}@nb ; "
        + "".join(f"skos:altLabel {json.dumps(term, ensure_ascii=False)}@nb ; " for term in each.terms[1:])
        + f"dct:publisher org:{each.number} ; euvoc:xlDefinition [ a euvoc:XlNote ; "
        f"rdf:value {json.dumps(each.definition, ensure_ascii=False)}@nb ; "
        f"dct:source {json.dumps(each.source or 'egendefinert', ensure_ascii=False)}@nb ] .\n"
        for each in lines
    )


def import_all(server: str, token: str, lines: list[Line]) -> None:
    """Imports each publisher's catalogue through the API."""
    for number in dict.fromkeys(each.number for each in lines):
        own = [each for each in lines if each.number == number]
        name = re.sub(r"[^a-z0-9]+", "-", urllib.parse.urlsplit(own[0].uri).path.strip("/").lower())
        asked = urllib.request.Request(
            f"{server}/api/v1/imports?catalogue={number}-{name}&name=begreper.ttl",
            data=catalogue(own).encode(),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "text/turtle"},
        )
        with urllib.request.urlopen(asked, timeout=120) as answer:
            assert answer.status == 200


def answers(server: str, query: str) -> list[dict[str, str]]:
    """What the SPARQL endpoint says."""
    address = f"{server}/sparql?{urllib.parse.urlencode({'query': query})}"
    asked = urllib.request.Request(address, headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        rows = json.load(answer)["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in rows]


def violations(page: Page) -> list[str]:
    return [rule["id"] for rule in Axe().run(page, options=RULES).response["violations"]]


def open_case(page: Page, title: str, lines: list[Line]) -> str:
    """Opens a case about the concepts; returns its address."""
    page.goto(f"/cases/new?{urllib.parse.urlencode([('concept', each.uri) for each in lines])}")
    expect(page.get_by_role("checkbox")).to_have_count(len(lines))
    page.get_by_label("Tittel").fill(title)
    assert violations(page) == []
    page.get_by_role("button", name="Opprett saken").click()
    page.wait_for_url(re.compile(r"/cases/\d{4}-\d{4}\.html"))
    return page.url.removesuffix(".html")


def save(page: Page) -> None:
    page.get_by_role("button", name="Lagre", exact=True).click()
    page.wait_for_load_state()


def line_up_and_choose(page: Page, case: str, lines: list[Line]) -> None:
    """The first two steps."""
    page.goto(f"{case}/line-up")
    assert violations(page) == []
    page.locator('[name="f:overlap:characteristics"][value="some"]').check()
    save(page)
    page.goto(f"{case}/choose")
    assert violations(page) == []
    page.locator('[name="f:question:terms"][value="great"]').check()
    for each in lines:
        page.locator(f'[name="f:outcome:{each.uri}"][value="{each.outcome}"]').check()
        page.locator(f'[name="f:outcome-reason:{each.uri}"]').fill(f"avtalt: {each.outcome}")
    save(page)
    for each in lines:
        expect(page.locator(f'[name="f:outcome:{each.uri}"][value="{each.outcome}"]')).to_be_checked()


def harmonise(page: Page, case: str, preferred: Line) -> None:
    """The third step: the common concept is begun with one of the concepts, and goes its way to publication."""
    page.goto(f"{case}/harmonise")
    assert violations(page) == []
    form = page.locator("form", has=page.locator(f'input[name="concept"][value="{preferred.uri}"]'))
    form.get_by_role("button").click()
    page.wait_for_url("**/drafts/*")
    assert violations(page) == []
    expect(page.locator('[name="f:definition:nb"]')).to_have_value(preferred.definition)
    for step in ("Send til vurdering", "Godkjenn", "Publiser"):
        page.get_by_role("button", name=step).click()
        page.wait_for_load_state()
    expect(page.get_by_role("link", name="Slik det er publisert")).to_be_visible()


def differentiate(page: Page, case: str, measures: dict[str, dict[str, str]]) -> None:
    """The fourth step."""
    page.goto(f"{case}/differentiate")
    assert violations(page) == []
    for uri, fields in measures.items():
        for field, value in fields.items():
            page.locator(f'[name="f:{field}:{uri}"]').fill(value)
    save(page)


def manage_and_close(page: Page, case: str) -> None:
    """The last step, and the end."""
    page.goto(f"{case}/manage")
    assert violations(page) == []
    page.get_by_label("Hvordan planlagte endringer av det harmoniserte").fill("ved e-post tre måneder før")
    save(page)
    page.goto(f"{case}.html")
    assert violations(page) == []
    page.get_by_role("button", name="Avslutt saken").click()
    expect(page.get_by_role("button", name="Åpne den igjen")).to_be_visible()


def lines_of(example: dict[str, Any], outcomes: Iterable[str]) -> list[Line]:
    """The records of an example of the standard, each with a URI and a publisher of its own."""
    numbers: dict[str, str] = {}
    return [
        Line(
            f"https://eksempel.example/{example['id']}/{number}",
            numbers.setdefault(who, str(999000021 + len(numbers))),
            tuple(reversed(terms.split("|"))),
            definition,
            source,
            outcome,
        )
        for number, ((who, terms, definition, source), outcome) in enumerate(
            zip(example["records"], outcomes, strict=True), 1
        )
    ]


def example(shared: Path, name: str) -> dict[str, Any]:
    held = json.loads((shared / "data/pairs/begrepskoordinering_examples.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = next(each for each in held["examples"] if each["id"] == name)
    return found


def test_two_own_concepts_are_harmonised(page: Page, server: str, administrator: str) -> None:
    own = {"id": "brygge", "records": [["A", "brygge", "anlegg der småbåter legger til", ""]]}
    own["records"].append(["B", "brygge", "anlegg av tre eller betong der småbåter legger til", "NS 9415:2021"])
    lines = lines_of(own, ("harmonise", "harmonise"))
    import_all(server, administrator, lines)
    case = open_case(page, "Brygge i browseren", lines)
    line_up_and_choose(page, case, lines)
    harmonise(page, case, lines[1])
    manage_and_close(page, case)
    [common] = answers(server, COMMON % "Brygge i browseren")
    assert (common["term"], common["definition"]) == ("brygge", lines[1].definition)
    page.goto("/harmonised")
    expect(page.get_by_role("link", name="brygge")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{case}/proposals")
    assert violations(page) == []
    page.goto(f"{case}/letters")
    assert violations(page) == []
    page.goto("/boards")
    assert violations(page) == []
    page.goto("/decisions")
    assert violations(page) == []


@pytest.mark.real_data
def test_kulturminne_is_harmonised_with_the_statutory_definition(
    page: Page, server: str, administrator: str, shared: Path
) -> None:
    lines = lines_of(example(shared, "kulturminne"), ("harmonise", "harmonise", "neither"))
    import_all(server, administrator, lines)
    case = open_case(page, "Kulturminne", lines)
    line_up_and_choose(page, case, lines)
    harmonise(page, case, lines[1])
    manage_and_close(page, case)
    [common] = answers(server, COMMON % "Kulturminne")
    assert common["definition"] == lines[1].definition
    found = answers(server, MAPPED % "Kulturminne")
    tied = {(row["first"], row["outcome"]) for row in found if row["second"] == common["common"]}
    assert tied == {(lines[0].uri, "isReplacedBy"), (lines[1].uri, "isReplacedBy")}
    page.goto(f"{case}/proposals")
    expect(page.get_by_role("row")).to_have_count(3)


@pytest.mark.real_data
def test_the_set_about_avlopsvann_ends_in_a_mix(page: Page, server: str, administrator: str, shared: Path) -> None:
    records = example(shared, "avlopsvann")
    outcomes = ["differentiate"] * len(records["records"])
    outcomes[0] = outcomes[3] = "harmonise"
    lines = lines_of(records, outcomes)
    import_all(server, administrator, lines)
    case = open_case(page, "Avløpsvann", lines)
    line_up_and_choose(page, case, lines)
    page.goto(f"{case}/harmonise")
    page.locator(f'[name="f:tie:{lines[0].uri}"]').select_option("broadMatch")
    save(page)
    harmonise(page, case, lines[3])
    measures = {
        each.uri: {"new-note": f"Brukes slik av {each.number}."} for each in lines if each.outcome != "harmonise"
    }
    differentiate(page, case, measures)
    manage_and_close(page, case)
    [common] = answers(server, COMMON % "Avløpsvann")
    assert common["term"] == "avløpsvann"
    found = {(row["first"], row["outcome"]) for row in answers(server, MAPPED % "Avløpsvann")}
    assert (lines[0].uri, "broadMatch") in found
    assert (lines[3].uri, "isReplacedBy") in found
    assert {outcome for _, outcome in found} >= {"differentiated"}


@pytest.mark.real_data
def test_gjennomforingsgrad_is_differentiated_by_a_qualified_term(
    page: Page, server: str, administrator: str, shared: Path
) -> None:
    lines = lines_of(example(shared, "gjennomforingsgrad"), ("differentiate", "differentiate"))
    import_all(server, administrator, lines)
    case = open_case(page, "Gjennomføringsgrad", lines)
    line_up_and_choose(page, case, lines)
    first, second = (each.uri for each in lines)
    measures = {
        first: {"see-also": second},
        second: {"new-term": "gjennomføringsgrad per startkull", "see-also": first},
    }
    differentiate(page, case, measures)
    manage_and_close(page, case)
    [decision] = answers(server, MAPPED % "Gjennomføringsgrad")
    assert (decision["outcome"], {decision["first"], decision["second"]}) == ("differentiated", {first, second})
    page.goto(f"{case}/proposals")
    expect(page.get_by_text("gjennomføringsgrad per startkull")).to_be_visible()


@pytest.mark.real_data
def test_heltidsstudent_is_differentiated_and_its_owners_follow(
    page: Page, server: str, administrator: str, shared: Path
) -> None:
    records = example(shared, "heltidsstudent")
    lines = lines_of(records, ("differentiate", "differentiate", "neither", "differentiate", "differentiate"))
    import_all(server, administrator, lines)
    case = open_case(page, "Heltidsstudent", lines)
    line_up_and_choose(page, case, lines)
    note = "Begrepet blir definert ulikt i en annen virksomhet."
    pairs = {0: 1, 1: 0, 3: 4, 4: 3}
    measures = {lines[a].uri: {"new-note": note, "see-also": lines[b].uri} for a, b in pairs.items()}
    differentiate(page, case, measures)
    manage_and_close(page, case)
    found = {frozenset((row["first"], row["second"])) for row in answers(server, MAPPED % "Heltidsstudent")}
    assert frozenset((lines[0].uri, lines[1].uri)) in found
    asked = urllib.request.Request(f"{case}/proposals.json")
    with urllib.request.urlopen(asked, timeout=60) as answer:
        proposed = json.load(answer)["changes"]
    assert len(proposed) == 8
    assert not any(each["adopted"] for each in proposed)
