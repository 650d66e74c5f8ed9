"""Every kind of page that the register has, in one tuple: a new page is named here and is then tested like the others."""

from dataclasses import dataclass

from playwright.sync_api import Page, Response


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is: a path, or the first link that matches `link` on the page at `path`."""

    name: str
    path: str
    link: str = ""

    def open(self, page: Page, language: str = "nb") -> Response:
        """Opens the page in a language, as a reader comes to it."""
        path = self._found(page)
        answer = page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert answer is not None
        return answer

    def _found(self, page: Page) -> str:
        if not self.link:
            return self.path
        if self not in _FOUND:
            page.goto(self.path)
            href = page.locator(f"main :is({self.link})").first.get_attribute("href")
            assert href, f"no link {self.link} on {self.path}"
            _FOUND[self] = href
        return _FOUND[self]


_FOUND: dict[Address, str] = {}
"""Addresses found by following a link; they hold for one server, which is one test run."""

LANGUAGES = ("nb", "nn", "en")
CONCEPT = "https://eksempel-skatt.example/begrep/inntekt"
INCOME = "https://eksempel-skatt.example/modell/inntekt/Inntektsopplysning"
DATA = "https://eksempel-data.example/datasett"
PAGES = (
    Address("home", "/"),
    Address("search", "/search?q=virks"),
    Address("search without hits", "/search?q=qqqqqq"),
    Address("term", "/terms/barn"),
    Address("concepts", "/concepts"),
    Address("concept", "/concepts", "a[href*='/concepts/'], a[href*='/resource?uri=']"),
    Address("statutory concept", "/terms/barn", "article[data-statutory] h2 a, article[data-statutory] h3 a"),
    Address("disagreements", "/conflicts"),
    Address("disagreements by term", "/conflicts?view=terms"),
    Address("disagreements as figures", "/conflicts?view=figures"),
    Address("disagreement", "/conflicts", "a[href*='/conflicts/']"),
    Address("comparing", "/compare?a_term=kai&a_definition=brygge+under+10+meter&b_definition=brygge+under+20+meter"),
    Address("comparing, empty", "/compare"),
    Address("draft check", "/draft-check"),
    Address("catalogues", "/catalogues"),
    Address("sources", "/sources"),
    Address("catalogue", "/catalogues", "a[href*='/catalogues/']"),
    Address("legislation", "/legislation"),
    Address("act", "/legislation", "a[href*='/legislation/']"),
    Address("information models", "/information-models"),
    Address("information model", "/information-models", "th a, td a, li a, article a"),
    Address("datasets", "/datasets"),
    Address("dataset", "/datasets", "th a"),
    Address("data services", "/data-services"),
    Address("data service", "/data-services", "th a"),
    Address("services", "/services"),
    Address("events", "/events"),
    Address("part of a model", f"/resource?uri={INCOME}&format=html"),
    Address("chain", f"/chain?uri={CONCEPT}"),
    Address("one kind of the chain", f"/chain?uri={CONCEPT}&side=dependants&kind=dataset"),
    Address("impact", f"/impact?uri={CONCEPT}"),
    Address("same meaning", f"/same-meaning?first={DATA}/skattemeldinger&second={DATA}/husholdningsinntekt"),
    Address("same meaning, choosing", f"/same-meaning?first={DATA}/skattemeldinger&q=inntekt"),
    Address("organisations", "/organisations"),
    Address("quality", "/quality"),
    Address("quality of concepts", "/quality?kind=concept"),
    Address("quality of a catalogue", "/quality/catalogues/eksempel-skatt"),
    Address("proposed links", "/link-proposals"),
    Address("proposed link", "/link-proposals", "th a"),
    Address("proposed links, coverage", "/link-proposals?state=coverage"),
    Address("proposed links, decisions", "/link-proposals?state=accepted"),
    Address("key figures over time", "/reports"),
    Address("imports", "/imports"),
    Address("import files", "/imports/new"),
    Address("sparql", "/sparql"),
    Address("about", "/about"),
    Address("not found", "/concepts/there-is-no-such-concept"),
)
