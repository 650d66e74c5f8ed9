"""Saving a query from the editor with a token, and asking about a concept from its page."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from registry.access.tokens import TokenStore

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


@pytest.fixture(scope="session")
def token(data: Path, server: str) -> str:
    return TokenStore(data / "state.db").create("contributor", organisation="123456785")[1]


def save(page: Page, name: str, token: str) -> None:
    page.get_by_text("Lagre spørringen").click()
    page.get_by_label("Navn i adressen").fill(name)
    page.get_by_label("Tittel").fill("Ordet jeg leter etter")
    page.get_by_label("Adgangstegn").fill(token)
    page.get_by_role("button", name="Lagre", exact=True).click()


def test_a_query_is_saved_and_found_again(context: BrowserContext, token: str) -> None:
    page = context.new_page()
    page.goto("/sparql?example=findings-of-a-word&lang=nb")
    save(page, "my-findings", token)
    said = page.locator("[data-save-said]")
    expect(said).to_contain_text("/queries/my-findings")
    expect(page.get_by_label("Adgangstegn")).to_have_value("")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [rule["id"] for rule in found] == []
    said.locator("a").click()
    page.get_by_text("Lagret av brukere").click()
    expect(page.get_by_role("link", name="Ordet jeg leter etter")).to_be_visible()
    expect(page.locator("textarea[name=query]")).to_have_value(page.locator("textarea[name=query]").input_value())
    assert "$word" in page.locator("textarea[name=query]").input_value()


def test_a_refusal_is_said(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/sparql?lang=nb")
    save(page, "mine", "samsvar_none_none")
    expect(page.locator("[data-save-said]")).to_contain_text("not known here")
    expect(page.get_by_label("Adgangstegn")).to_have_value("")


def test_without_javascript_there_is_the_link_alone(without_javascript: BrowserContext) -> None:
    page = without_javascript.new_page()
    page.goto("/sparql?query=ASK {}&lang=nb")
    expect(page.locator("[data-save]")).to_be_hidden()
    expect(page.get_by_label("Spørring", exact=True)).to_have_value("ASK {}")


def test_a_concept_leads_to_a_query_about_it(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/resource?uri=https://eksempel-skatt.example/begrep/barn&lang=nb")
    page.get_by_role("link", name="Spør om det i SPARQL").click()
    expect(page.get_by_label("Begrep", exact=True)).to_have_value("https://eksempel-skatt.example/begrep/barn")
    page.locator("main form[action] button[type=submit]").click()
    expect(page.locator("[data-sparql-results] tbody tr").nth(3)).to_be_visible(timeout=20_000)
