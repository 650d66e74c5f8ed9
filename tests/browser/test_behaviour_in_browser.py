"""What one does on a page: by keyboard, by mouse, on paper, with and without JavaScript."""

import re

from browser_pages import CONCEPT
from playwright.sync_api import Browser, BrowserContext, expect

QUERY = "SELECT ?concept WHERE { ?concept a <http://www.w3.org/2004/02/skos/core#Concept> } LIMIT 3"


def test_the_first_tab_stop_skips_to_the_content(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/concepts")
    page.keyboard.press("Tab")
    skip = page.locator("a.ds-skip-link")
    expect(skip).to_be_focused()
    assert (skip.bounding_box() or {"height": 0})["height"] > 20
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_focus_is_visible_on_every_stop_of_the_header(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/concepts")
    stops = page.locator("header a, header button, header input").count()
    for _ in range(stops + 1):
        page.keyboard.press("Tab")
        outline = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth) || 0")
        shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
        skip = page.evaluate("document.activeElement.matches('.ds-skip-link')")
        assert outline >= 2 or shadow != "none" or skip, page.evaluate("document.activeElement.outerHTML")


def test_languages_are_switched_on_the_same_page(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/search?q=barn+i&lang=nb")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "q=barn" in page.url
    page.goto("/concepts")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_every_link_of_the_frame_leads_somewhere(context: BrowserContext, server: str) -> None:
    page = context.new_page()
    page.goto("/concepts")
    paths = page.eval_on_selector_all(
        "header a, footer a, nav a", "links => [...new Set(links.map(a => a.href.split('#')[0]))]"
    )
    own = [path for path in paths if path.startswith(server)]
    assert len(own) > 8
    assert {path: status for path in own if (status := page.request.get(path).status) != 200} == {}


def test_a_small_screen_has_a_menu_that_opens(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto("/concepts")
    button = page.locator(".sv-menu-button")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#main-menu")).to_be_hidden()
    button.click()
    expect(page.locator("#main-menu")).to_be_visible()
    context.close()


def test_a_small_screen_shows_the_whole_menu_without_javascript(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, viewport={"width": 360, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    page.goto("/concepts")
    expect(page.locator("#main-menu")).to_be_visible()
    context.close()


def test_the_search_of_the_header_works_by_keyboard(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/concepts")
    field = page.locator("header input[type=search]")
    field.fill("barn")
    field.press("Enter")
    page.wait_for_url(re.compile("barn"))
    expect(page.locator("h1")).to_contain_text("barn")


def test_the_address_of_a_concept_is_copied(context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/terms/barn")
    page.locator("main article h2 a, main article h3 a").first.click()
    button = page.locator("button[data-copy]").first
    words = button.inner_text()
    button.click()
    expect(button).not_to_have_text(words)
    assert page.evaluate("navigator.clipboard.readText()") == button.get_attribute("data-copy")


def test_the_picture_of_the_neighbours_is_only_a_picture(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/concepts")
    concepts = page.eval_on_selector_all("main li h2 a", "links => links.map(link => link.href)")
    related = next(address for address in concepts if 'id="relations"' in page.request.get(address).text())
    page.goto(related)
    relations = page.locator("section[aria-labelledby=relations]")
    expect(relations.locator(".sv-graph__picture canvas").first).to_be_visible()
    expect(relations.locator(".sv-graph__picture")).to_have_attribute("aria-hidden", "true")
    neighbours = relations.locator("[data-concept-graph] li a").evaluate_all("links => links.map(link => link.href)")
    assert neighbours
    assert len(neighbours) == relations.locator("[data-concept-graph] li").count()
    assert relations.locator("[data-concept-graph] ul").count() == relations.locator("[data-concept-graph] dt").count()


def test_the_chain_is_drawn_from_its_table(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"/chain?uri={CONCEPT}")
    expect(page.locator(".sv-graph__picture canvas").first).to_be_visible()
    page.locator("details summary").click()
    assert page.locator("details tbody tr").count() == page.locator("[data-node][data-source]").count() > 0


def test_the_class_diagram_says_what_the_tables_say_and_zooms(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/information-models")
    page.locator("main th a").first.click()
    drawing = page.locator(".sv-diagram__picture svg")
    expect(drawing).to_be_visible()
    words = set(drawing.locator("text").all_inner_texts()) | set(drawing.locator("text").all_text_contents())
    classes = page.locator("[data-element]:not([data-kind=SimpleType])")
    assert {classes.nth(n).get_attribute("data-title") for n in range(classes.count())} <= words
    hrefs = drawing.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert hrefs
    assert all(page.request.get(href).ok for href in set(hrefs[:5]))
    wide = drawing.bounding_box()
    page.locator(".sv-diagram__tools button").first.click()
    wider = drawing.bounding_box()
    assert wide is not None
    assert wider is not None
    assert wider["width"] > wide["width"]


def test_the_editor_runs_a_query_and_shows_the_answer(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/sparql")
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(QUERY)
    page.keyboard.press("Control+Enter")
    rows = page.locator("[data-sparql-results] tbody tr")
    expect(rows).to_have_count(3, timeout=20_000)
    expect(page.locator("textarea[name=query]")).to_have_value(QUERY)


def test_the_editor_says_what_is_wrong_with_a_query(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/sparql")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT nonsense {")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-sparql-results] .ds-alert")).to_be_visible(timeout=20_000)


def test_an_example_fills_the_editor(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/sparql")
    example = page.locator("a[data-sparql-example]").nth(1)
    example.click()
    query = example.get_attribute("data-sparql-example") or ""
    assert query.strip()
    expect(page.locator("textarea[name=query]")).to_have_value(query.rstrip())


def test_the_query_form_works_without_javascript(without_javascript: BrowserContext) -> None:
    page = without_javascript.new_page()
    page.goto("/sparql")
    field = page.locator("textarea[name=query]")
    expect(field).to_be_visible()
    field.fill(QUERY)
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main tbody tr")).to_have_count(3)


def test_a_long_query_works_without_javascript(without_javascript: BrowserContext) -> None:
    page = without_javascript.new_page()
    page.goto("/sparql")
    page.locator("textarea[name=query]").fill(f"# {'å' * 9000}\n{QUERY}")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main tbody tr")).to_have_count(3)


def test_paper_gets_the_words_and_no_menus(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/terms/barn")
    page.emulate_media(media="print")
    expect(page.locator(".sv-navigation")).to_be_hidden()
    expect(page.locator("header form")).to_be_hidden()
    expect(page.locator("main article").first).to_be_visible()


def test_example_data_is_marked_on_every_kind_of_page(context: BrowserContext) -> None:
    page = context.new_page()
    for path in ("/", "/concepts", "/conflicts", "/sparql"):
        page.goto(path)
        expect(page.locator(".sv-banner")).to_contain_text("ksempeldata")
