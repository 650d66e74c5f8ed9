"""What each page says, in the reader's language, and that an empty register answers everywhere."""

import json
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pages_register import ACT, BASE, DATASET, FISHING_VESSEL, MODEL, OLD_SHIP, QUAY, SERVICE, VESSEL

from registry.app import create_app
from registry.catalogue.labels import labelled
from registry.services import Services
from registry.settings import Settings
from registry.views.sparql_editor import FOLDER_LABELS
from sparql.queries import examples

LISTS = (
    "/concepts",
    "/conflicts",
    "/catalogues",
    "/information-models",
    "/datasets",
    "/data-services",
    "/legislation",
    "/organisations",
)
THINGS = (VESSEL, FISHING_VESSEL, OLD_SHIP, QUAY, ACT, f"{ACT}/2", MODEL, DATASET, SERVICE, f"{BASE}/definitions/d1")


def html(client: FlaskClient, path: str, language: str = "nb") -> str:
    answer = client.get(path, headers={"Accept": "text/html", "Accept-Language": language}, follow_redirects=True)
    assert answer.status_code == 200, path
    assert answer.mimetype == "text/html"
    assert answer.headers["Content-Language"] == language
    body = answer.get_data(as_text=True)
    assert f'<html lang="{language}"' in body
    return body


def text(body: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", body.partition("<main")[2]).split())


def resource(uri: str) -> str:
    return f"/resource?uri={quote(uri, safe='')}"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    "path", ["/", *LISTS, "/about", "/sparql", "/terms/fartøy", *(resource(uri) for uri in THINGS)]
)
def test_every_page_is_one_document_with_headings_in_order(pages: FlaskClient, path: str, language: str) -> None:
    body = html(pages, path, language)
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", body)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert "<caption" in body or "<table" not in body
    assert not re.search(r"<[^>]+ (style|onclick|onload)=", body)


@pytest.mark.parametrize("path", ["/", *LISTS, "/about", "/sparql", "/terms/fartøy"])
def test_an_empty_register_answers_and_teaches(empty_pages: FlaskClient, path: str) -> None:
    body = html(empty_pages, path)
    assert "sv-empty" in body or path in {"/about", "/sparql"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", ("fartøy", "Anbefalt term", "Tillatt term", "Frarådet term", "Merknad", "Gyldighet", "Fagområde havn")),
        ("nn", ("farty", "Tilrådd term", "Tillaten term", "Frårådd term", "Merknad", "Gyldigheit", "Fagområde hamn")),
        ("en", ("vessel", "Recommended term", "Admitted term", "Note", "Validity", "Subject field harbour")),
    ],
)
def test_concept_page_in_three_languages(pages: FlaskClient, language: str, said: tuple[str, ...]) -> None:
    words = text(html(pages, resource(VESSEL), language))
    for phrase in said:
        assert phrase in words


def test_concept_page_shows_everything_in_the_known_order(pages: FlaskClient) -> None:
    words = text(html(pages, resource(VESSEL)))
    order = (
        *("Opprettet", "flytende innretning på minst 15 meter", "Prøvehåndboka", "havneveilederen", "Gyldighet"),
        *("Gjelder også lektere.", "båt", "skute", "Eksempel", "havn", "15 til 400 meter", "Identifikator"),
        *("Relaterte begreper", "Underbegrep", "åpen kai", "(etter bruk)", "Hvor begrepet er brukt", "Fartøyet"),
        *("Prøvehavneloven § 2", "Kontaktinformasjon", "Havnekontoret", "post@havn.example"),
    )
    place = 0
    for phrase in order:
        place = words.index(phrase, place)
    assert "Basert på kilde" in words
    assert "flytande innretning på minst 15 meter" in words


def test_terms_in_other_languages_are_marked_as_such(pages: FlaskClient) -> None:
    body = html(pages, resource(VESSEL))
    assert re.search(r'<span lang="en">\s*vessel', body)
    assert re.search(r'lang="nn"[^>]*>\s*flytande innretning', body)


def test_hostile_text_and_links_are_harmless(pages: FlaskClient) -> None:
    body = html(pages, resource(QUAY))
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt; sted" in body
    assert 'href="javascript' not in body


def test_definition_page_leads_to_its_concept(pages: FlaskClient) -> None:
    body = html(pages, "/definitions/d1")
    assert "Definisjon av fartøy" in text(body)
    assert "Basert på kilde" in text(body)
    assert f'href="{resource(VESSEL)}"' in body


def test_replaced_concept_names_its_replacement(pages: FlaskClient) -> None:
    words = text(html(pages, resource(OLD_SHIP)))
    assert "Dette begrepet er erstattet" in words
    assert "Bruk i stedet: fartøy" in words


def test_term_page_has_every_definition_law_first(pages: FlaskClient) -> None:
    body = html(pages, "/terms/Fartøyer")
    words = text(body)
    law, harbour, fishery = (words.index(w) for w in ("Prøvehavneloven § 2", "minst 15 meter", "minst 24 meter"))
    assert law < min(harbour, fishery)
    assert "3 definisjoner i registeret" in words
    assert "Hvor de er ulike" in words


@pytest.mark.parametrize("word", ["fartøy", "farty", "vessel", "FARTØYENE"])
def test_a_word_in_any_language_leads_to_every_definition(pages: FlaskClient, word: str) -> None:
    document = pages.get(f"/terms/{word}.json").json
    assert len(document["concepts"]) == 3
    assert {VESSEL, FISHING_VESSEL} <= {one["uri"] for one in document["concepts"]}
    assert document["findings"][0]["severity"] == "major"


def test_unknown_term_teaches(pages: FlaskClient) -> None:
    assert "Ingen i registeret definerer «kråkebolle»" in text(html(pages, "/terms/kråkebolle"))


def test_conflicts_worst_first_with_filters(pages: FlaskClient) -> None:
    found = pages.get("/conflicts.json").json
    assert found["total"] == len(found["findings"]) >= 1
    threshold = next(f for f in found["findings"] if any(e["kind"] == "ThresholdDifference" for e in f["evidence"]))
    assert {threshold["a"]["concept"], threshold["b"]["concept"]} == {VESSEL, FISHING_VESSEL}
    assert pages.get("/conflicts.json?kind=ThresholdDifference").json["total"] == 1
    assert pages.get("/conflicts.json?term=kai").json["total"] == 0
    assert pages.get("/conflicts.json?catalogue=prove-fisk&severity=major").json["total"] >= 1
    assert "Nothing matches" in text(html(pages, "/conflicts?term=kai", "en"))
    for bad in ("severity=worst", "kind=None", "catalogue=nowhere", "page=0", "page=x"):
        assert pages.get(f"/conflicts?{bad}").status_code == 400


def test_conflict_page_marks_differences_and_explains(pages: FlaskClient) -> None:
    finding = pages.get("/conflicts.json?kind=ThresholdDifference").json["findings"][0]
    body = html(pages, finding["uri"].removeprefix(BASE))
    words = text(body)
    assert "Definisjonene side om side" in words
    assert "Ulike grenser" in words
    assert "15" in re.findall(r"<del[^>]*>(?:<span[^>]*>[^<]*</span>)?([^<]*)</del>", body) + re.findall(
        r"<ins[^>]*>(?:<span[^>]*>[^<]*</span>)?([^<]*)</ins>", body
    )
    assert '<mark class="sv-evidence" data-kind="ThresholdDifference">' in body
    assert "Prøvehavnene" in words
    assert "Prøvefiskeriet" in words


def test_concept_list_sorts_filters_and_pages(pages: FlaskClient) -> None:
    terms = [c["term"]["nb"] for c in pages.get("/concepts.json").json["concepts"]]
    assert terms == ["fartøy", "fartøy", "skip", "åpen kai"]
    assert pages.get("/concepts.json?letter=å").json["total"] == 1
    assert pages.get("/concepts.json?catalogue=prove-fisk").json["total"] == 1
    assert [c["uri"] for c in pages.get("/concepts.json?language=en").json["concepts"]] == [VESSEL]
    assert pages.get("/concepts.json?page=99").json["page"] == 1
    assert "No concepts here" in text(html(pages, "/concepts?letter=q", "en"))


def test_catalogue_page_has_its_import_report(pages: FlaskClient) -> None:
    words = text(html(pages, "/catalogues/prove-havn"))
    assert "Prøvehavnene" in words
    for phrase in ("Importrapport", "label-trimmed", "no-term", "rad 7", "avvist", "add one"):
        assert phrase in words
    only = text(html(pages, "/catalogues/prove-havn.html?code=no-term"))
    assert "rad 7" in only
    assert "spaces were removed" not in only
    report = pages.get("/catalogues/prove-havn.json").json["report"]
    assert report["counts"]["rejected"] == 1


def test_model_page_links_attributes_to_concepts(pages: FlaskClient) -> None:
    body = html(pages, resource(MODEL))
    words = text(body)
    for phrase in ("Fartøyet", "Objekttype", "lengde", "Attributt", "0..1", "Meter", "Kodeliste", "ferge"):
        assert phrase in words
    assert f'href="{resource(VESSEL)}"' in body


def test_dataset_and_service_pages(pages: FlaskClient) -> None:
    words = text(html(pages, resource(DATASET)))
    for phrase in (
        "Anløp i havnene",
        "allmenn tilgang",
        "fartøy",
        "Anløps-API",
        "Som CSV",
        "https://havn.example/anlop.csv",
    ):
        assert phrase in words
    assert "Anløp i havnene" in text(html(pages, resource(SERVICE)))


def test_legislation_pages(pages: FlaskClient) -> None:
    words = text(html(pages, ACT.removeprefix(BASE)))
    assert words.index("§ 2") < words.index("§ 10")
    for phrase in ("Prøvehavneloven", "Lov om prøvehavner", "LOV-2098-02-03-4", "i denne loven", "Prøvedepartementet"):
        assert phrase in words
    assert "Prøvehavneloven § 2" in text(html(pages, f"{ACT.removeprefix(BASE)}/2"))
    assert pages.get("/legislation.json").json["legislation"][0]["definitions"] == 1


@pytest.mark.parametrize(
    ("language", "cited"),
    [
        ("nb", "Lov 6. mai 2097 nr. 12 § 7-1"),
        ("nn", "Lov 6. mai 2097 nr. 12 § 7-1"),
        ("en", "Act of 6 May 2097 No. 12 § 7-1"),
    ],
)
def test_provisions_that_are_not_held_are_cited_and_lead_to_lovdata(
    pages: FlaskClient, language: str, cited: str
) -> None:
    body = html(pages, ACT.removeprefix(BASE), language)
    assert f'<a class="ds-link" href="https://lovdata.no/lov/2097-05-06-12/§7-1">{cited}</a>' in body
    assert f'href="{ACT.removeprefix(BASE)}/2"' in body.partition("<dl")[2].partition("</dl>")[0]
    assert "Prøvehavneloven § 2" in text(body), "one that is held goes by its act and number"


def test_an_organisation_that_is_only_a_name_is_no_link(pages: FlaskClient) -> None:
    body = html(pages, resource(OLD_SHIP))
    assert "Skipskontoret" in text(body)
    assert 'uri="' not in body


def test_a_well_known_publisher_goes_by_name(pages_services: Services) -> None:
    reader = pages_services.store.reader()
    nav = labelled(reader, "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/889640782")
    assert nav.name("en") == "Norwegian Labour and Welfare Administration"
    assert labelled(reader, "https://elsewhere.example/889640782").label == ()


def test_neighbours_from_elsewhere_name_who_says_so(pages: FlaskClient) -> None:
    words = text(html(pages, resource(VESSEL)))
    related = words.partition("Relaterte begreper")[2]
    assert "Nært samsvar fartøy Prøvefiskeriet" in related
    assert "åpen kai (etter bruk)" in related, "one's own publisher is not repeated"


def test_only_what_has_findings_can_be_chosen_among_them(pages: FlaskClient) -> None:
    choices = re.findall(r'<option value="([^"]*)"', html(pages, "/conflicts").partition('id="catalogue"')[2])
    assert set(choices) == {"", "prove-havn", "prove-fisk", "lov-2098-02-03-4"}


def test_organisations(pages: FlaskClient) -> None:
    found = {o["organisationNumber"]: o for o in pages.get("/organisations.json").json["organisations"]}
    assert found["999100001"]["counts"] == {"concepts": 3, "informationModels": 1, "datasets": 1, "dataServices": 1}
    assert "Havnebegreper" in text(html(pages, "/organisations/999100001"))
    assert pages.get("/organisations/999100009").status_code == 200, "named, but publishes nothing"
    assert pages.get("/organisations/999999999").status_code == 404


def test_things_that_are_only_named_are_linked_where_they_live(pages: FlaskClient) -> None:
    body = html(pages, resource(QUAY))
    assert 'href="https://elsewhere.example/subject/7"' in body
    assert 'href="/organisations/999100009"' in body


def test_home_has_figures_and_the_most_defined_word(pages: FlaskClient) -> None:
    document = pages.get("/", headers={"Accept": "application/json"}).json
    assert document["figures"]["concepts"] == 4
    assert document["figures"]["catalogues"] == 2
    assert document["figures"]["acts"] == 1
    assert document["terms"][0] == {"term": {"nb": "fartøy"}, "definitions": 3}
    assert "fartøy (3 definisjoner)" in " ".join(re.sub(r"<[^>]+>", "", html(pages, "/")).split())


@pytest.mark.parametrize(
    ("language", "word", "other"), [("nb", "fartøy", "farty"), ("nn", "farty", "fartøy"), ("en", "vessel", "fartøy")]
)
def test_the_most_defined_words_are_said_in_the_readers_language(
    pages: FlaskClient, language: str, word: str, other: str
) -> None:
    numbered = re.compile(r'href="/terms/([^"]+)"[^>]*><span>[^<]+</span> \((\d+)')
    shown = dict(numbered.findall(html(pages, "/", language)))
    assert quote(word) in shown
    assert quote(other) not in shown
    for term, number in shown.items():
        page = pages.get(f"/terms/{term}", headers={"Accept": "application/json"}).json
        assert int(number) == sum(len(concept["definitions"]) for concept in page["concepts"])


def test_a_vocabularys_topics_are_not_counted_among_the_concepts(pages: FlaskClient) -> None:
    listed = pages.get("/concepts.json").json
    figures = pages.get("/?format=json").json["figures"]
    assert figures["concepts"] == listed["total"] == 4
    assert "sjø" not in text(html(pages, "/concepts"))
    assert "sjø" in text(html(pages, resource("https://emner.example/sjo"))), "a topic has its own page"


def test_the_footer_links_to_the_operators_accessibility_statement(tmp_path: Path) -> None:
    address = "https://uustatus.example/1"
    client = create_app(Settings(data=tmp_path, uri_base=BASE, accessibility_statement=address)).test_client()
    assert f'href="{address}"' in html(client, "/about")
    assert "Tilgjengelighetserklæring" in html(client, "/about")


@pytest.mark.parametrize("path", LISTS)
def test_each_list_has_its_data_at_the_same_path(pages: FlaskClient, path: str) -> None:
    by_accept = pages.get(path, headers={"Accept": "application/json"})
    by_suffix = pages.get(f"{path}.json")
    assert by_accept.mimetype == by_suffix.mimetype == "application/json"
    assert json.loads(by_accept.data) == json.loads(by_suffix.data)
    refused = pages.get(path, headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert [one["type"] for one in refused.json["alternatives"]][:2] == ["text/html", "application/json"]
    for one in refused.json["alternatives"]:
        assert pages.get(one["url"]).mimetype == one["type"]


def test_the_editor_works_as_a_form(pages: FlaskClient) -> None:
    body = html(pages, "/sparql")
    assert re.search(r'<form[^>]* action="/sparql#answer" method="get"', body)
    first = re.search(r'href="(/sparql\?example=[^"]+)"', body)
    assert first is not None
    assert "SELECT" in html(pages, first.group(1))
    answered = pages.get("/sparql?query=ASK%20%7B%7D&format=html", headers={"Accept": "text/html"})
    shown = text(answered.get_data(as_text=True))
    assert "Ja" in shown
    assert re.search(r"0,\d+ sekunder\. (Spurt på nytt|Hentet fra lagrede svar)", shown)
    wrong = pages.get("/sparql?query=SELEKT", headers={"Accept": "text/html"})
    assert wrong.status_code == 400
    assert "SELEKT" in wrong.get_data(as_text=True)


def test_the_form_of_the_editor_takes_queries_that_no_address_holds(pages: FlaskClient) -> None:
    assert 'formaction="/sparql/ask" formmethod="post"' in html(pages, "/sparql")
    short = pages.post("/sparql/ask", data={"query": "ASK {}", "$x": "å"})
    assert (short.status_code, short.headers["Location"]) == (303, "/sparql?query=ASK+%7B%7D&%24x=%C3%A5#answer")
    query = f"# {'x' * 9000}\nSELECT ?s {{ VALUES ?s {{ 1 2 }} }}"
    posted = pages.post("/sparql/ask", data={"query": query})
    assert (posted.status_code, posted.headers["Location"]) == (307, "/sparql#answer")
    shown = pages.post("/sparql", data={"query": query}, headers={"Accept": "text/html"})
    assert shown.status_code == 200
    body = shown.get_data(as_text=True)
    assert "<td>" in body
    assert "for lang for en egen adresse" in body
    assert "sort=s" not in body
    assert "format=csv" not in body


def test_every_folder_of_the_query_library_has_a_heading() -> None:
    assert set(FOLDER_LABELS) == {example.folder for example in examples()}


def test_a_model_shows_what_its_elements_lead_to(pages: FlaskClient) -> None:
    document = pages.get(f"{resource(MODEL)}&format=json").json
    elements = {element["uri"]: element for element in document["elements"]}
    assert elements[f"{MODEL}/fartoy"]["listed"]
    assert not elements[f"{MODEL}/tall"]["listed"]
    assert [part["uri"] for part in elements[f"{MODEL}/typer"]["parts"]] == [f"{MODEL}/ferge"]
    (length,) = elements[f"{MODEL}/fartoy"]["parts"]
    assert (length["minOccurs"], length["maxOccurs"], length["kind"]) == ("0", "1", "Attribute")
    body = html(pages, resource(MODEL))
    assert "Modellen lister den ikke opp; elementene fører til den." in body
    assert f'data-part="lengde" data-kind="Attribute" data-many="0..1" data-href="{resource(VESSEL)}"' in body
