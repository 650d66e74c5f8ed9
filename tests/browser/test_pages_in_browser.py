"""Every kind of page in every language: accessible, quiet, from this host only, and whole without JavaScript."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_pages import LANGUAGES, PAGES, Address
from playwright.sync_api import Browser, BrowserContext, Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
NARROWEST = 320

every_page = pytest.mark.parametrize("address", PAGES, ids=lambda address: address.name)


class Listener:
    """What a page complains of, and which hosts it asks."""

    def __init__(self, page: Page, expected_status: int) -> None:
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        self._expected_status = expected_status
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and f"status of {self._expected_status}" not in text:
            self.complaints.append(text)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "data":
            self.hosts.add(parts.netloc)


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary'][:300]}" for rule in found for node in rule["nodes"]
    ]


@every_page
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_accessible_quiet_and_self_contained(
    context: BrowserContext, server: str, address: Address, language: str
) -> None:
    page = context.new_page()
    expected = 404 if address.name == "not found" else 200
    listener = Listener(page, expected)
    answer = address.open(page, language)
    if language == LANGUAGES[0]:
        page.wait_for_load_state("networkidle")  # what a page does late is heard, too
    assert answer.status == expected
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    assert page.title().replace("– Samsvar", "").strip()
    assert violations(page) == []
    assert listener.complaints == []
    assert listener.hosts == {urlsplit(server).netloc}
    policy = answer.header_value("content-security-policy") or ""
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@every_page
def test_page_has_enough_contrast_in_the_dark(browser: Browser, server: str, address: Address) -> None:
    context = browser.new_context(base_url=server, color_scheme="dark")
    page = context.new_page()
    address.open(page)
    assert violations(page) == []
    context.close()


@every_page
def test_page_fits_a_small_screen(browser: Browser, server: str, address: Address) -> None:
    context = browser.new_context(base_url=server, viewport={"width": NARROWEST, "height": 640})
    page = context.new_page()
    address.open(page)
    widest = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1"
        " && !e.closest('.sv-scroll, .sv-pre, .cm-scroller, .ds-sr-only')).map(e => e.outerHTML.slice(0, 120)).slice(0, 3)"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST, widest
    context.close()


@every_page
def test_page_says_the_same_without_javascript(
    context: BrowserContext, without_javascript: BrowserContext, address: Address
) -> None:
    with_it, without = context.new_page(), without_javascript.new_page()
    address.open(with_it)
    address.open(without)
    assert without.locator("h1").inner_text() == with_it.locator("h1").inner_text()
    for selector in ("main h2", "main h3", "main article", "main table", "main li a", "nav a", "footer a"):
        assert without.locator(selector).count() == with_it.locator(selector).count(), selector
    assert without.locator("main").is_visible()
