"""A large file in a real browser: dropped, watched while it is worked at, previewed, accepted, reported and undone."""

from hashlib import sha256
from pathlib import Path

import pytest
from harbour_catalogue import catalogue
from playwright.sync_api import BrowserContext, Page, expect

from registry.access.tokens import TokenStore

CONCEPTS = 4_000
"""So many that the upload, and accepting it, are done in a process of their own."""
PATIENCE = 300_000  # milliseconds: reading and comparing take their time on a slow machine
DROP = """(input, text) => {
  const data = new DataTransfer();
  data.items.add(new File([text], 'mange.ttl', { type: 'text/turtle' }));
  for (const name of ['dragenter', 'dragover', 'drop']) {
    input.closest('[data-drop]').dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture
def page(context: BrowserContext, data: Path, server: str) -> Page:
    """Signed in, at the form."""
    token = TokenStore(data / "state.db").create("editor", organisation="999000009")[1]
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto("/imports/new?lang=nb")
    page.get_by_label("Adgangstegn").fill(token)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_text("Innlogget med adgangstegnet")).to_be_visible()
    return page


def drop(page: Page, content: bytes, identifier: str) -> None:
    page.get_by_label("Filer", exact=True).evaluate(DROP, content.decode())
    page.get_by_label("Katalogens id").fill(identifier)
    page.get_by_role("button", name="Vis hva som ville bli endret").click()


def many(first: str) -> bytes:
    """A catalogue of terms that have hardly a word in common, so that few definitions are compared."""
    words = [sha256(str(each).encode()).hexdigest() for each in range(1, CONCEPTS)]
    others = ((f"m-{word[:12]}", word[:8], f"{word[8:20]} {word[20:40]}") for word in words)
    return catalogue(("m-0", "sjømerke", first), *others)


def test_a_large_file_from_the_drop_to_the_undo(page: Page) -> None:
    visited: list[str] = []
    page.on("framenavigated", lambda frame: visited.append(frame.url))
    drop(page, many("det første merket"), "999000009-mange")
    page.wait_for_url("**/imports/jobs/*")
    expect(page.get_by_role("heading", name="Det arbeides med filene")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Framdrift")).to_be_visible()
    expect(page.locator("[data-job] [role=status]")).not_to_be_empty()
    page.wait_for_url("**/imports/previews/*")
    expect(page.get_by_role("heading", name="Hva importen ville endre")).to_be_visible()
    page.get_by_role("button", name="Importer alt").click()
    page.wait_for_url("**/catalogues/999000009-mange*")
    assert sum("/imports/jobs/" in each for each in visited) >= 1

    page.goto("/imports/new?lang=nb")
    drop(page, many("det aller første merket"), "999000009-mange")
    page.wait_for_url("**/imports/previews/*")
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(1)
    boxes.check()
    page.get_by_role("button", name="Importer det som er krysset av på denne siden").click()
    page.wait_for_url("**/catalogues/999000009-mange*")

    page.locator("#report ~ dl a").first.click()
    expect(page.get_by_text("det aller første merket").first).to_be_visible()
    page.get_by_role("link", name="Angre denne importen").click()
    page.get_by_role("button", name="Angre importen").click()
    expect(page.get_by_text("Angrer", exact=True)).to_be_visible()
    said = page.request.get(
        "/resource?uri=https%3A%2F%2Fhavn.example%2Fbegrep%2Fm-0", headers={"Accept": "application/json"}
    ).text()
    assert "det første merket" in said
