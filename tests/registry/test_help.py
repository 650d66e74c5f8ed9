"""Help for people, each field's help on its form, and the page about accessibility."""

import re

import pytest
from flask.testing import FlaskClient
from pages_register import FISHING_VESSEL, VESSEL, fill

from registry.app import create_app
from registry.cases.keeping import open_case
from registry.editing.drafts import COMMON, begin
from registry.help.reading import TOPICS, topics
from registry.ledger.ledger import Put
from registry.services import Services

OWN = {"Sec-Fetch-Site": "same-origin"}
FIELD = re.compile(r"<(?:input|select|textarea)\b[^>]*>")
SILENT = re.compile(r'type="(?:hidden|checkbox|radio|search)"')


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_there_in_every_language(pages: FlaskClient, topic: str, language: str) -> None:
    answer = pages.get(f"/help/{topic}?lang={language}")
    assert answer.status_code == 200
    [found] = [each for each in topics() if each.name == topic]
    for section in found.sections:
        assert f'id="{section.id}"' in answer.text
    document = pages.get(f"/help/{topic}.json?lang={language}").json
    assert document["title"] == found.title[language]
    assert all(each["heading"] and each["text"] for each in document["sections"])


def test_the_languages_are_three_texts_and_not_one_thrice() -> None:
    for topic in topics():
        for section in topic.sections:
            texts = [(*each.text, *each.points) for each in section.said.values()]
            assert len({len(each) for each in texts}) == 1, section.id
            assert len(set(texts)) == 3, section.id


def test_help_leads_to_pages_that_there_are(pages: FlaskClient) -> None:
    for address in {link for topic in topics() for section in topic.sections for link in section.links}:
        assert pages.get(address, follow_redirects=True).status_code == 200, address


def test_help_is_found_from_every_page_and_from_where_it_is_needed(pages: FlaskClient) -> None:
    listed = pages.get("/help?lang=en").text
    assert all(f'href="/help/{each}"' in listed for each in TOPICS)
    assert 'href="/help"' in pages.get("/concepts").text
    assert 'href="/help/coordination"' in pages.get("/cases").text
    wrong = pages.get("/help/cooking", headers={"Accept": "application/json"})
    assert wrong.status_code == 404
    assert "coordination" in wrong.json["detail"]


@pytest.fixture
def signed_in(services: Services) -> FlaskClient:
    fill(services)
    client = create_app(services.settings).test_client()
    text = services.tokens.create("administrator")[1]
    client.post("/account/sign-in", data={"token": text}, headers=OWN)
    return client


def test_each_field_of_a_form_says_what_goes_in_it(signed_in: FlaskClient, services: Services) -> None:
    who = services.tokens.create("administrator")[0]
    about = [Put(f"concept:{each}", "yes") for each in (VESSEL, FISHING_VESSEL)]
    outcomes = [Put(f"outcome:{VESSEL}", "harmonise"), Put(f"outcome:{FISHING_VESSEL}", "differentiate")]
    case = open_case(services, who, [Put("title", "fartøy"), *about, *outcomes]).id
    draft = begin(services.ledger, who, COMMON, {"term:nb": "lekter"}).id
    finding = signed_in.get("/conflicts.json").json["findings"][0]["uri"]
    steps = ("line-up", "choose", "harmonise", "differentiate", "manage")
    addresses = [*(f"/cases/{case}/{each}" for each in steps), f"/cases/{case}.html", f"/drafts/{draft}"]
    for address in (*addresses, "/cases/new", f"/decisions/new?finding={finding}"):
        main = signed_in.get(address).text.partition("<main")[2].partition("</main>")[0]
        fields = [each for each in FIELD.findall(main) if not SILENT.search(each)]
        assert fields, address
        for each in fields:
            named = re.search(r'aria-describedby="([^"]+)"', each)
            assert named, (address, each)
            assert f'id="{named.group(1)}"' in main, (address, each)


def test_the_page_about_accessibility_says_what_the_operator_says(services: Services) -> None:
    bare = create_app(services.settings).test_client().get("/accessibility?lang=en").text
    assert "has not published a statement" in bare
    assert "has named nobody to tell" in bare
    told = services.settings.model_copy(
        update={
            "accessibility_statement": "https://uustatus.example/erklaering/1",
            "accessibility_status": "partial",
            "accessibility_contact": "uu@etat.example",
            "accessibility_gaps": ("Tegningene har ingen tastaturstyring.",),
        }
    )
    page = create_app(told).test_client().get("/accessibility?lang=en").text
    for each in (
        "https://uustatus.example/erklaering/1",
        "with exceptions",
        "mailto:uu@etat.example",
        "tastaturstyring",
    ):
        assert each in page
    document = create_app(told).test_client().get("/accessibility.json").json
    assert (document["status"], document["gaps"]) == ("partial", ["Tegningene har ingen tastaturstyring."])


def test_who_chooses_northern_sami_reads_its_main_terms_and_is_told_that_the_rest_is_in_bokmaal(
    services: Services,
) -> None:
    fill(services)
    client = create_app(services.settings).test_client()
    bokmaal = client.get("/concepts?lang=nb")
    page = client.get("/concepts?lang=se")
    for word in ("Doahpagat", "Oza", "Veahkki", "Lágat ja láhkaásahusat"):
        assert f'<span lang="se">{word}</span>' in page.text, word
        assert word not in bokmaal.text
    assert '<html lang="nb"' in page.text
    assert "Resten av sidene er på bokmål" in page.text
    assert 'lang="se" hreflang="se" aria-current="true"' in page.text
    later = client.get("/concepts")
    assert "Doahpagat" in later.text, "it is remembered"
    again = client.get("/concepts", headers={"If-None-Match": bokmaal.headers["ETag"]})
    assert again.status_code == 200, "the page in bokmål is another"
    assert "Doahpagat" not in client.get("/concepts?lang=nn").text
