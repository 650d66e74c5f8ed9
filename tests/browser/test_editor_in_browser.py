"""The SPARQL editor: views of an answer, parameters, completion, error marks, memory; by keyboard and for screen readers."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


def run(page: Page, example: str) -> None:
    page.goto(f"/sparql?example={example}&lang=nb")
    page.locator("main form[action] button[type=submit]").click()
    expect(page.locator("[data-sparql-results] h2")).to_be_visible(timeout=20_000)


@pytest.fixture
def write(context: BrowserContext) -> Callable[[str], Page]:
    def writing(query: str) -> Page:
        page = context.new_page()
        page.goto("/sparql?lang=nb")
        page.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(query)
        return page

    return writing


@pytest.mark.parametrize(
    ("example", "picture"),
    [("publishers", "svg rect"), ("concepts-by-month", "svg polyline"), ("chain-as-graph", "canvas")],
)
def test_a_query_of_the_library_opens_in_its_view(context: BrowserContext, example: str, picture: str) -> None:
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    run(page, example)
    expect(page.locator(f"[data-sparql-results] {picture}").first).to_be_visible()
    assert page.locator("[data-sparql-results] tbody tr").count() > 1, "the same as a table"
    assert violations(page) == []
    assert complaints == []
    opened = context.new_page()
    opened.goto(page.url)
    expect(opened.locator(f"[data-sparql-results] {picture}").first).to_be_visible()


@pytest.mark.parametrize(
    ("language", "told"), [("nb", r"\d,\d+ sekund"), ("nn", r"\d,\d+ sekund"), ("en", r"\d\.\d+ second")]
)
def test_numbers_are_written_as_in_the_language_of_the_page(context: BrowserContext, language: str, told: str) -> None:
    page = context.new_page()
    page.goto(f"/sparql?example=publishers&lang={language}")
    page.locator("main form[action] button[type=submit]").click()
    expect(page.get_by_text(re.compile(told))).to_be_visible(timeout=20_000)


def test_views_are_chosen_by_keyboard(context: BrowserContext) -> None:
    page = context.new_page()
    run(page, "publishers")
    chosen = page.locator("[data-sparql-results] [role=group] button[aria-pressed=true]")
    expect(chosen).to_have_attribute("data-view", "bar")
    page.locator("button[data-view=table]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-sparql-results] svg")).to_have_count(0)
    expect(chosen).to_have_attribute("data-view", "table")
    page.locator("button[data-view=text]").press("Enter")
    expect(page.locator("[data-sparql-results] pre")).to_contain_text('"bindings"')


def test_tables_sort_in_norwegian_order(write: Callable[[str], Page]) -> None:
    page = write('SELECT ?w ?n { VALUES (?w ?n) { ("åre" 10) ("ærlig" 9) ("zoo" 100) ("øre" 1) } }')
    page.keyboard.press("Control+Enter")
    words = page.locator("[data-sparql-results] tbody tr td:first-child")
    expect(words).to_have_text(["åre", "ærlig", "zoo", "øre"], timeout=20_000)
    page.get_by_role("button", name="w", exact=True).click()
    expect(words).to_have_text(["zoo", "ærlig", "øre", "åre"])
    page.get_by_role("button", name="n", exact=True).click()
    page.get_by_role("button", name="n", exact=True).click()
    expect(words).to_have_text(["zoo", "åre", "ærlig", "øre"])
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")


def test_what_is_not_there_stands_last_both_ways(write: Callable[[str], Page]) -> None:
    page = write('SELECT ?i ?w { VALUES (?i ?w) { (1 "b") (2 UNDEF) (3 "aa") (4 "a") } }')
    page.keyboard.press("Control+Enter")
    rows = page.locator("[data-sparql-results] tbody tr td:first-child")
    expect(rows).to_have_text(["1", "2", "3", "4"], timeout=20_000)
    page.get_by_role("button", name="w", exact=True).click()
    expect(rows).to_have_text(["4", "1", "3", "2"])
    page.get_by_role("button", name="w", exact=True).click()
    expect(rows).to_have_text(["3", "1", "4", "2"])


def test_tables_sort_without_javascript(without_javascript: BrowserContext) -> None:
    page = without_javascript.new_page()
    page.goto("/sparql?query=SELECT ?w { VALUES ?w { 'åre' 'ærlig' 'zoo' 'øre' } }")
    words = page.locator("main tbody td")
    page.locator("main th a").click()
    expect(words).to_have_text(["zoo", "ærlig", "øre", "åre"])
    page.locator("main th a").click()
    expect(words).to_have_text(["åre", "øre", "ærlig", "zoo"])


def test_parameters_are_fields(context: BrowserContext, without_javascript: BrowserContext) -> None:
    for opened in (context, without_javascript):
        page = opened.new_page()
        page.goto("/sparql?example=findings-of-a-word&lang=nb")
        page.get_by_label("Ord", exact=True).fill("samboer")
        page.locator("main form[action] button[type=submit]").click()
        expect(page.locator("main tbody tr").first).to_contain_text("partner")
        assert "samboer" in page.url


def test_fields_follow_what_is_written(write: Callable[[str], Page]) -> None:
    page = write('# param: kind a|b b Kind | Slag | Slag\nSELECT ($kind AS ?k) ($more AS ?m) { } # $not "$this"')
    expect(page.get_by_label("Slag")).to_have_value("b")
    expect(page.locator("[data-parameter]")).to_have_count(2)
    page.get_by_label("more").fill('"; DROP')
    page.locator(".cm-content").press("Control+Enter")
    expect(page.locator("[data-sparql-results] tbody td")).to_have_text(["b", '"; DROP'], timeout=20_000)


@pytest.mark.parametrize(
    ("query", "marked", "said"),
    [
        (
            "SELECT * WHERE {\n  ?c a skos:Concept ;\n     foo:bar ?x .\n}",
            "foo:bar",
            "Line 3, column 6: the prefix foo:",
        ),
        ("SELECT * WHERE {\n  ?c a skos:Concept\n  ?x ?y ?z }", "?x", "Line 3, column 3: ?x does not fit"),
        (f"SELECT * {{ FILTER({'(' * 120}1{')' * 120}) }}", "(", "nested deeper than 100 levels"),
        ("SELECT * {\n SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE", "SERVICE (line 2, column 2)"),
        ("SELECT * {\n ?x samsvar:search ?y }", "samsvar:search", "Line 2, column 5"),
        ("INSERT DATA { <a:a> <a:b> 1 }", "INSERT", "At line 1, column 1 begins an update"),
    ],
    ids=["prefix", "dot", "nesting", "service", "search", "update"],
)
def test_the_place_of_an_error_is_marked(write: Callable[[str], Page], query: str, marked: str, said: str) -> None:
    page = write(query)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1, timeout=20_000)
    assert "".join(page.locator(".cm-lintRange-error").all_inner_texts()).startswith(marked)
    expect(page.get_by_role("alert")).to_contain_text(said)
    assert violations(page) == []


def test_words_are_completed_from_the_register(write: Callable[[str], Page]) -> None:
    page = write("SELECT ?c { ?c a ")
    page.keyboard.type("skos:Conc", delay=30)
    expect(page.locator(".cm-tooltip-autocomplete [aria-selected=true]")).to_contain_text("skos:Concept")
    page.wait_for_timeout(150)  # the editor takes no answer to a list that has just come up
    page.keyboard.press("Enter")
    expect(page.locator("textarea[name=query]")).to_have_value("SELECT ?c { ?c a skos:Concept")


def test_what_was_run_is_remembered_here_alone(context: BrowserContext) -> None:
    page = context.new_page()
    run(page, "publishers")
    page.goto("/sparql")
    page.locator("[data-sparql-recent] summary").click()
    page.locator("[data-sparql-recent] button.sv-recent").click()
    expect(page.locator("textarea[name=query]")).to_have_value(page.locator("textarea[name=query]").input_value())
    assert "foaf:name" in page.locator("textarea[name=query]").input_value()
    page.locator("[data-sparql-recent] button.ds-button").click()
    expect(page.locator("[data-sparql-recent]")).to_be_hidden()


def test_the_beginning_of_a_large_answer_is_shown(
    write: Callable[[str], Page], without_javascript: BrowserContext
) -> None:
    query = "SELECT * { ?a ?b ?c . ?d a skos:Concept . ?e a samsvar:Finding } LIMIT 100000"
    page = write(query)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-sparql-results] tbody tr")).to_have_count(1000, timeout=60_000)
    said = page.locator("[data-sparql-said]")
    expect(said).to_contain_text("De første 1\xa0000 vises")
    expect(said).to_contain_text("Svaret er lengre enn en side rommer")
    plain = without_javascript.new_page()
    plain.goto(f"/sparql?lang=nb&query={query}")
    expect(plain.locator("main tbody tr")).to_have_count(1000)
    expect(plain.locator("main")).to_contain_text("Svaret er lengre enn en side rommer")


def test_a_running_query_is_stopped_by_keyboard(write: Callable[[str], Page]) -> None:
    page = write("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.keyboard.press("Control+Enter")
    button = page.locator("[data-stop]")
    expect(button).to_be_visible()
    button.press("Enter")
    expect(page.locator("[data-sparql-said]")).to_have_text("Stanset.")
    expect(button).to_be_hidden()
    assert page.evaluate("document.activeElement.classList.contains('cm-content')")


def test_what_is_said_of_an_answer_is_announced_alone(context: BrowserContext) -> None:
    page = context.new_page()
    run(page, "publishers")
    expect(page.get_by_role("status").filter(has_text=re.compile(r"Rader: [1-9]"))).to_have_count(1)
    assert page.locator("[aria-live] table, [role=status] table").count() == 0


def test_downloads_of_a_long_query_are_sent_as_a_form(write: Callable[[str], Page]) -> None:
    page = write(f"SELECT ?x {{ VALUES ?x {{ 1 2 }} }} # {'long ' * 2000}")
    page.keyboard.press("Control+Enter")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click(timeout=20_000)
    assert download.value.path().read_text(encoding="utf-8").split() == ["x", "1", "2"]
    assert page.url.endswith("/sparql")


def test_a_link_keeps_its_dataset(context: BrowserContext, without_javascript: BrowserContext, server: str) -> None:
    graph = f"{server}/graph/provenance"
    address = f"/sparql?query=SELECT (COUNT(*) AS ?n) {{ ?c a skos:Concept }}&default-graph-uri={graph}"
    for opened in (context, without_javascript):
        page = opened.new_page()
        page.goto(address)
        expect(page.locator("main tbody td")).to_have_text("0", timeout=20_000)
        page.locator("main form[action] button[type=submit]").click()
        expect(page.locator("main tbody td")).to_have_text("0", timeout=20_000)
        page.wait_for_url("**default-graph-uri=**")


def test_queries_are_found_in_the_library(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/sparql?lang=nb")
    page.get_by_label("Finn en spørring").fill("lengde grense")
    expect(page.locator(".sv-examples a:visible")).to_have_count(0)
    page.get_by_label("Finn en spørring").fill("for lange")
    expect(page.locator(".sv-examples a:visible")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="Spørringer funnet: 1")).to_be_visible()
    page.locator(".sv-examples a:visible").click()
    page.wait_for_url("**example=long-definitions")
    expect(page.locator("[data-chosen] strong")).to_have_text("Definisjoner som er for lange")
    expect(page.locator(".sv-examples [aria-current]")).to_have_text("Definisjoner som er for lange")


def test_another_query_is_not_called_by_the_name_of_the_example(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/sparql?example=publishers&lang=nb")
    expect(page.locator("[data-chosen] strong")).to_have_text("Hvem som utgir hvor mange begreper")
    page.locator(".cm-content").press("End")
    page.keyboard.insert_text(" ")
    expect(page.locator("[data-chosen]")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("ASK { }")
    expect(page.locator("[data-chosen]")).to_be_hidden()
    expect(page.locator(".sv-examples [aria-current]")).to_have_count(0)


def test_tab_leaves_the_editor(write: Callable[[str], Page]) -> None:
    page = write("SELECT ?x { VALUES ?x { 1 } }")
    page.keyboard.press("Tab")
    expect(page.locator("main form[action] button[type=submit]")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.classList.contains('cm-content')")
