"""Uploading on a page in a real browser: by mouse, by keyboard, by drag and drop, with and without JavaScript."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from harbour_catalogue import BEFORE, catalogue, iri
from playwright.sync_api import BrowserContext, Page, expect

from registry.access.tokens import TokenStore

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
DROP = """async (input, text) => {
  const data = new DataTransfer();
  data.items.add(new File([text], 'havn.ttl', { type: 'text/turtle' }));
  for (const name of ['dragenter', 'dragover', 'drop']) {
    input.closest('[data-drop]').dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture(scope="session")
def token(data: Path, server: str) -> str:
    return TokenStore(data / "state.db").create("editor", organisation="999000009")[1]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "havn.ttl"
    path.write_bytes(BEFORE)
    return path


def sign_in(page: Page, token: str) -> None:
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    page.goto("/imports?lang=nb")
    page.get_by_role("link", name="Importer filer").click()
    page.get_by_label("Adgangstegn").fill(token)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_text("Innlogget med adgangstegnet")).to_be_visible()


def violations(page: Page) -> list[str]:
    return [rule["id"] for rule in Axe().run(page, options=RULES).response["violations"]]


def test_a_file_is_dropped_previewed_and_imported(context: BrowserContext, token: str) -> None:
    page = context.new_page()
    sign_in(page, token)
    assert violations(page) == []
    page.get_by_label("Filer", exact=True).evaluate(DROP, BEFORE.decode())
    page.get_by_label("Katalogens id").fill("999000009-slipp")
    page.get_by_role("button", name="Vis hva som ville bli endret").click()
    expect(page.get_by_role("heading", name="Hva importen ville endre")).to_be_visible()
    assert violations(page) == []
    expect(page.get_by_role("checkbox")).not_to_have_count(0)
    page.get_by_role("button", name="Importer alt").click()
    page.wait_for_url("**/catalogues/999000009-slipp*")
    expect(page.get_by_role("heading", name="Havnebegreper")).to_be_visible()


def test_an_import_is_undone_from_its_page(context: BrowserContext, token: str, file: Path) -> None:
    page = context.new_page()
    sign_in(page, token)
    page.get_by_label("Filer", exact=True).set_input_files(file)
    page.get_by_label("Katalogens id").fill("999000009-angre")
    page.get_by_role("button", name="Vis hva som ville bli endret").click()
    page.get_by_role("button", name="Importer alt").click()
    page.wait_for_url("**/catalogues/999000009-angre*")
    page.locator("#report ~ dl a").first.click()
    expect(page.get_by_role("heading", name="Hva den endret")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Angre denne importen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dette ville bli stilt tilbake")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Angre importen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Angrer", exact=True)).to_be_visible()
    assert page.request.get("/catalogues/999000009-angre.json").status == 404


def test_a_part_is_chosen_by_keyboard(context: BrowserContext, token: str, file: Path) -> None:
    page = context.new_page()
    sign_in(page, token)
    page.get_by_label("Filer", exact=True).set_input_files(file)
    page.get_by_label("Katalogens id").fill("999000009-valg")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hva importen ville endre")).to_be_visible()
    box = page.get_by_role("checkbox", name="Velg taubåt")
    box.focus()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()
    page.get_by_role("button", name="Importer det som er krysset av").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalogues/999000009-valg*")
    listed = page.request.get("/concepts.json?catalogue=999000009-valg").json()["concepts"]
    assert {one["uri"] for one in listed} == {iri("kai"), iri("los")}


def test_what_is_wrong_is_said_beside_the_form(context: BrowserContext, token: str, tmp_path: Path) -> None:
    page = context.new_page()
    sign_in(page, token)
    wrong = tmp_path / "ingenting.html"
    wrong.write_text("<p>Ingen begreper</p>", encoding="utf-8")
    page.get_by_label("Filer", exact=True).set_input_files(wrong)
    page.get_by_role("button", name="Vis hva som ville bli endret").click()
    expect(page.get_by_role("alert")).to_contain_text("ingenting.html")
    expect(page.get_by_role("button", name="Vis hva som ville bli endret")).to_be_enabled()


def test_the_form_works_without_javascript(without_javascript: BrowserContext, token: str, tmp_path: Path) -> None:
    page = without_javascript.new_page()
    sign_in(page, token)
    file = tmp_path / "havn.ttl"
    file.write_bytes(catalogue(("boye", "bøye", "flytende sjømerke")))
    page.get_by_label("Filer", exact=True).set_input_files(file)
    page.get_by_label("Katalogens id").fill("999000009-uten")
    page.get_by_role("button", name="Vis hva som ville bli endret").click()
    page.get_by_role("button", name="Importer alt").click()
    expect(page.get_by_role("heading", name="Havnebegreper")).to_be_visible()


def test_previews_fit_a_small_screen(context: BrowserContext, token: str, file: Path) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, token)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_label("Filer", exact=True).set_input_files(file)
    page.get_by_label("Katalogens id").fill("999000009-smal")
    page.get_by_role("button", name="Vis hva som ville bli endret").click()
    expect(page.get_by_role("heading", name="Hva importen ville endre")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


TABLE = """Nr;Ord;Hva det er;Kalles også
1;fyrlykt;lys som viser vei til sjøs;fyr
2;lanterne;lys på et fartøy;
"""


def choose_table(page: Page, tmp_path: Path, catalogue: str, beside: str = "Kalles også") -> None:
    """Uploads a table whose columns nobody knows: what was said of one is remembered by its headers."""
    file = tmp_path / "ord.csv"
    file.write_text(TABLE.replace("Kalles også", beside), encoding="utf-8")
    page.get_by_label("Filer", exact=True).set_input_files(file)
    page.get_by_label("Katalogens id").fill(catalogue)
    page.get_by_role("button", name="Vis hva som ville bli endret").click()
    expect(page.get_by_role("heading", name="Hva kolonnene inneholder")).to_be_visible()


def test_the_columns_of_a_table_are_confirmed(context: BrowserContext, token: str, tmp_path: Path) -> None:
    page = context.new_page()
    sign_in(page, token)
    choose_table(page, tmp_path, "999000009-lys")
    assert violations(page) == []
    word = page.get_by_role("group", name="Ord", exact=True).get_by_label("Inneholder")
    expect(word).to_have_value("anbefalt_term")
    word.select_option("-")
    page.get_by_role("button", name="Vis hva som ville bli endret").click()
    expect(page.get_by_role("alert")).to_contain_text("Ingen kolonne inneholder anbefalt term")
    expect(page.get_by_role("alert")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("group", name="Ord", exact=True).get_by_label("Inneholder").select_option("anbefalt_term")
    page.get_by_role("group", name="Kalles også").get_by_label("Inneholder").select_option("tillatt_term")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Last ned tilordningen").click()
    assert '"Kalles også" = "tillatt_term:nb"' in downloading.value.path().read_text(encoding="utf-8")
    page.get_by_role("button", name="Vis hva som ville bli endret").click()
    page.get_by_role("button", name="Importer alt").click()
    page.wait_for_url("**/catalogues/999000009-lys*")
    listed = page.request.get("/concepts.json?catalogue=999000009-lys").json()["concepts"]
    assert {one["term"]["nb"] for one in listed} == {"fyrlykt", "lanterne"}


def test_the_columns_are_confirmed_without_javascript_on_a_small_screen(
    without_javascript: BrowserContext, token: str, tmp_path: Path
) -> None:
    page = without_javascript.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, token)
    choose_table(page, tmp_path, "999000009-uten-skript", "Andre navn")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Vis hva som ville bli endret").click()
    expect(page.get_by_role("button", name="Importer alt")).to_be_visible()


def test_files_are_dropped_one_after_the_other_and_listed(context: BrowserContext, token: str) -> None:
    page = context.new_page()
    sign_in(page, token)
    files = page.get_by_label("Filer", exact=True)
    files.evaluate(DROP, BEFORE.decode())
    files.evaluate(DROP.replace("havn.ttl", "kai.ttl"), catalogue(("kai", "kai", "sted ved sjøen")).decode())
    expect(page.locator("[data-files] li")).to_have_text(["havn.ttl (1 KiB)", "kai.ttl (1 KiB)"])
    assert files.evaluate("input => [...input.files].map((file) => file.name)") == ["havn.ttl", "kai.ttl"]
    assert violations(page) == []


def test_too_much_is_said_before_it_is_sent(context: BrowserContext, token: str) -> None:
    page = context.new_page()
    sign_in(page, token)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    files = page.get_by_label("Filer", exact=True)
    page.locator("form[data-upload]").evaluate("form => (form.dataset.limit = '1')")
    files.evaluate(DROP.replace("[text]", "[text.repeat(1000)]"), BEFORE.decode() * 3)
    assert "høyst 100 MiB" in files.evaluate("input => input.validationMessage")
    page.get_by_role("button", name="Vis hva som ville bli endret").click()
    assert "POST" not in sent


def test_sending_can_be_stopped_and_a_lost_connection_is_said(context: BrowserContext, token: str, file: Path) -> None:
    page = context.new_page()
    sign_in(page, token)
    page.route("**/imports/new", lambda route: None if route.request.method == "POST" else route.continue_())
    page.get_by_label("Filer", exact=True).set_input_files(file)
    page.get_by_label("Katalogens id").fill("999000009-stans")
    start = page.get_by_role("button", name="Vis hva som ville bli endret")
    start.click()
    page.get_by_role("button", name="Stans").click()
    expect(page.get_by_role("status").filter(has_text="Stanset. Ingenting er lagret.")).to_be_visible()
    page.unroute_all(behavior="ignoreErrors")
    page.route("**/imports/new", lambda route: route.abort("connectionreset"))
    start.click()
    expect(page.get_by_role("alert")).to_contain_text("Forbindelsen ble brutt")
    page.unroute_all(behavior="ignoreErrors")
    start.click()
    expect(page.get_by_role("heading", name="Hva importen ville endre")).to_be_visible()
