"""The link for feedback: to the owner, else the publisher, else the register; prefilled, and never what is no address."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from pages_register import BASE, PUBLISHER, arrival
from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import SAMSVAR
from registry import storing
from registry.app import create_app
from registry.chain.feedback import recipient_of, recipients_of
from registry.errors import ConfigurationError
from registry.services import Services, build_services
from registry.settings import Settings
from registry.views.feedback import about_thing

THINGS = f"""
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
org:999100009 foaf:name "Prøvetaubanene"@nb ; vcard:hasEmail <mailto:utgiver@taubane.example> .
<https://t.example/a> a dcat:Dataset ; dct:title "Taubaner & stolheiser?"@nb ; dct:publisher org:999100009 ;
  dcat:contactPoint <{BASE}/nodes/post> .
<{BASE}/nodes/post> a vcard:Kind ; vcard:fn "Taubanekontoret"@nb ; vcard:hasEmail <mailto:kontor@taubane.example> ;
  vcard:hasTelephone <tel:+4712345678> .
<https://t.example/b> a dcat:Dataset ; dct:title "Heiser"@nb ; dct:publisher org:999100009 .
<https://t.example/c> a dcat:Dataset ; dct:title "Trapper"@nb ; dct:publisher <{PUBLISHER}999100008> .
<https://t.example/d> a dcat:Dataset ; dct:title "Skjema"@nb ; dcat:contactPoint <{BASE}/nodes/form> .
<{BASE}/nodes/form> vcard:hasURL <https://taubane.example/skjema> .
<https://t.example/e> a dcat:Dataset ; dct:title "Telefon"@nb ; dcat:contactPoint <{BASE}/nodes/phone> .
<{BASE}/nodes/phone> vcard:hasTelephone "+47 12 34 56 78" ; vcard:hasEmail "ikke en adresse" .
<https://t.example/f> a dcat:Dataset ; dct:title "Felle"@nb ; dcat:contactPoint <{BASE}/nodes/trap> .
<{BASE}/nodes/trap> vcard:hasURL <javascript:alert(1)> ; vcard:hasEmail "a@b.example?bcc=c@d.example" .
"""
CONTACT = "registeret@samsvar.example"


def made(path: Path, contact: str = CONTACT) -> Services:
    services = build_services(Settings(data=path / "data", uri_base=BASE, contact=contact))
    storing.store(services, [arrival("taubaner", "catalogue", "Taubaner", "", THINGS, [])], lambda _: None)
    return services


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    return made(tmp_path_factory.mktemp("feedback"))


@pytest.fixture(scope="module")
def client(services: Services) -> FlaskClient:
    client = create_app(services.settings).test_client()
    client._cookies = None
    return client


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        ("a", ("owner", "mail", "kontor@taubane.example")),
        ("b", ("publisher", "mail", "utgiver@taubane.example")),
        ("c", ("register", "mail", CONTACT)),
        ("d", ("owner", "web", "https://taubane.example/skjema")),
        ("e", ("owner", "phone", "+4712345678")),
        ("f", ("register", "mail", CONTACT)),
    ],
)
def test_the_nearest_who_can_be_reached_is_told(services: Services, thing: str, expected: tuple[str, str, str]) -> None:
    found = recipient_of(services.store.reader(), f"https://t.example/{thing}", CONTACT)
    assert found is not None
    assert (found.who, found.way, found.address) == expected


def test_without_anybody_there_is_no_link(tmp_path: Path) -> None:
    services = made(tmp_path, "")
    assert recipient_of(services.store.reader(), "https://t.example/c", "") is None
    client = create_app(services.settings).test_client()
    assert "sv-feedback" not in client.get("/datasets").text
    assert "sv-feedback" not in client.get("/resource?uri=https://t.example/c&format=html").text


def link(client: FlaskClient, path: str) -> str:
    found = re.search(
        r'sv-feedback[^>]*><a class="ds-link" href="([^"]+)"', client.get(path, headers={"Accept": "text/html"}).text
    )
    assert found is not None, path
    return html.unescape(found.group(1))


def test_the_mail_has_the_title_and_the_uri(client: FlaskClient) -> None:
    address = urlsplit(link(client, "/resource?uri=https://t.example/a&format=html&lang=nb"))
    assert (address.scheme, address.path) == ("mailto", "kontor@taubane.example")
    fields = parse_qs(address.query)
    assert fields["subject"] == ["Om «Taubaner & stolheiser?» i Samsvar"]
    assert fields["body"][0].strip() == "https://t.example/a"


@pytest.mark.parametrize("path", ["/", "/datasets", "/search?q=heis&all=1", "/conflicts", "/about", "/nowhere"])
def test_every_other_page_leads_to_those_who_run_the_register(client: FlaskClient, path: str) -> None:
    assert link(client, path).startswith(f"mailto:{CONTACT}?subject=")


def test_the_words_follow_the_reader(client: FlaskClient) -> None:
    words = {
        "nb": "Gi tilbakemelding til Taubanekontoret",
        "nn": "Gje tilbakemelding til Taubanekontoret",
        "en": "Give feedback to Taubanekontoret",
    }
    for language, said in words.items():
        assert said in client.get(f"/resource?uri=https://t.example/a&format=html&lang={language}").text


FINDING = f"{BASE}/conflicts/0123456789abcdef"


@pytest.mark.parametrize(
    ("first", "second", "addresses"),
    [
        ("a", "b", ["kontor@taubane.example", "utgiver@taubane.example"]),
        ("a", "a", ["kontor@taubane.example"]),
        ("a", "c", ["kontor@taubane.example"]),
        ("d", "b", ["https://taubane.example/skjema", "utgiver@taubane.example"]),
        ("c", "f", [CONTACT]),
    ],
    ids=["both", "one owner", "one can be reached", "by different ways", "neither"],
)
def test_a_finding_goes_to_both_owners(tmp_path: Path, first: str, second: str, addresses: list[str]) -> None:
    services = made(tmp_path)
    concepts = zip((SAMSVAR.firstConcept, SAMSVAR.secondConcept), (first, second), strict=True)
    with services.store.session() as session:
        finding = NamedNode(FINDING)
        said = [Triple(finding, each, NamedNode(f"https://t.example/{name}")) for each, name in concepts]
        session.insert(services.urls.findings, said)
    with create_app(services.settings).test_request_context():
        links = about_thing(FINDING)
    told = recipients_of(services.store.reader(), FINDING, CONTACT)
    assert [each.address for each in told] == addresses
    by_mail = [each for each in addresses if "@" in each]
    assert urlsplit(links[0].href).path == ",".join(by_mail)
    assert len(links) == 1 + len(addresses) - len(by_mail)


@pytest.mark.parametrize("wrong", ["nobody", "ftp://x.example", "a b@c.example", "javascript:alert(1)"])
def test_a_contact_that_is_no_address_is_refused(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ConfigurationError, match="SAMSVAR_CONTACT"):
        Settings(data=tmp_path, contact=wrong)
