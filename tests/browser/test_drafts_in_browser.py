"""The drafter's check and the editor of concepts in a real browser: pasted, answered, taken along, printed, read aloud."""

import csv
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from playwright.sync_api import BrowserContext, Page, expect

from registry.access.tokens import TokenStore

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
DRAFT = """§ 1 Definisjoner
I denne loven menes med:
a) barn: person under 12 år
b) torgbod: når det selges noe, f.eks. fisk

§ 2 Billett
Barn reiser gratis i rimelig tid.
"""


def violations(page: Page) -> list[str]:
    return [rule["id"] for rule in Axe().run(page, options=RULES).response["violations"]]


@pytest.fixture
def page(context: BrowserContext) -> Page:
    expect.set_options(timeout=60_000)
    shown = context.new_page()
    shown.set_default_timeout(60_000)
    return shown


@pytest.fixture
def answered(page: Page) -> Page:
    page.goto("/draft-check?lang=nb")
    page.get_by_label("Teksten til utkastet").fill(DRAFT)
    page.get_by_role("button", name="Kontroller utkastet").click()
    expect(page.get_by_role("heading", name="torgbod")).to_be_visible()
    return page


def test_a_pasted_draft_is_answered_for_everybody_and_on_paper(answered: Page) -> None:
    expect(answered.get_by_text("Overbegrep mangler")).to_be_visible()
    expect(answered.get_by_text("Aldri brukt")).to_be_visible()
    expect(answered.get_by_label("Teksten til utkastet")).to_have_value(DRAFT)
    assert violations(answered) == []
    answered.emulate_media(media="print")
    expect(answered.get_by_text("Overbegrep mangler")).to_be_visible()
    expect(answered.get_by_role("button", name="Last ned som Word")).to_be_hidden()
    assert answered.pdf().startswith(b"%PDF")


def test_the_answer_is_taken_along_as_word_and_as_a_table(answered: Page) -> None:
    with answered.expect_download() as told:
        answered.get_by_role("button", name="Last ned som Word").click()
    document = Document(BytesIO(Path(told.value.path()).read_bytes()))
    assert any("torgbod" in each.text for each in document.paragraphs)
    with answered.expect_download() as told:
        answered.get_by_role("button", name="Last ned som CSV").click()
    lines = list(csv.DictReader(Path(told.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert {line["term"] for line in lines if line["kind"] == "definition"} == {"barn", "torgbod"}


def test_the_editor_judges_as_one_types_and_takes_a_proposal(page: Page, data: Path) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    token = TokenStore(data / "state.db").create("coordinator", organisation="999000021", owner="Kari")[1]
    page.goto("/account?lang=nb")
    page.get_by_label("Adgangstegn").fill(token)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("button", name="Logg ut")).to_be_visible()
    page.goto("/drafts?lang=nb")
    page.locator("form[action='/drafts'] button[type=submit]").first.click()
    page.locator("[id='f-term:nb']").fill("torgbod")
    field = page.locator("[id='f-definition:nb']")
    field.fill("En bod på torget")
    rules = page.locator("[data-rules]")
    expect(rules.get_by_text("Artikkel først")).to_be_visible()
    assert violations(page) == []
    rules.get_by_role("button", name="Bruk forslaget").first.click()
    expect(field).to_have_value("Bod på torget")
    expect(rules.get_by_text("Stor forbokstav")).to_be_visible()
    rules.get_by_role("button", name="Bruk forslaget").click()
    expect(field).to_have_value("bod på torget")
    expect(rules.get_by_text("bryter ingen av reglene")).to_be_visible()
    assert complaints == []
