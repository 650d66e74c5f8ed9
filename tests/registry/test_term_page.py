"""The page of a word: wordings with footnotes, differences, the matrix, limits; as JSON, CSV and RDF."""

import csv
import html
import io
import re
from itertools import combinations
from pathlib import Path

import pytest
import workbench_register
from flask.testing import FlaskClient
from pages_register import arrival
from pyoxigraph import NamedNode, RdfFormat, parse
from workbench_register import BASE, LOCK_ACT, QUAY_ACT, QUAY_RULE, concept

from registry import storing
from registry.app import create_app
from registry.arrivals import Arrival
from registry.services import build_services
from registry.settings import Settings

QUAY = "https://havn.example/ord/kai"


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(data=tmp_path_factory.mktemp("words") / "data", uri_base=BASE)
    workbench_register.fill(build_services(settings))
    app = create_app(settings)
    app.testing = True
    client = app.test_client()
    client._cookies = None
    return client


def page(client: FlaskClient, word: str = "kai", language: str = "nb") -> str:
    answer = client.get(f"/terms/{word}?lang={language}")
    assert answer.status_code == 200
    return answer.text


def test_equal_texts_are_one_wording_acts_before_regulations_before_catalogues(words: FlaskClient) -> None:
    found = words.get("/terms/kai.json").json
    assert found is not None
    held = [[one["concept"] for one in reading["definitions"]] for reading in found["readings"]]
    assert held == [[concept(QUAY_ACT, "kai"), QUAY], [concept(LOCK_ACT, "kai")], [concept(QUAY_RULE, "kai")]]
    assert [reading["number"] for reading in found["readings"]] == [1, 2, 3]
    text = page(words)
    assert "4 definisjoner i registeret" in text
    assert "De har 3 ulike ordlyder." in text
    assert "1 til med de samme ordene" in text


@pytest.mark.parametrize(
    "footnote",
    [
        "Lov 2. januar 2098 nr. 3 om kaier (kailova) § 2.",
        "Lov 5. april 2097 nr. 6 om sluser § 2.",
        "Forskrift 8. juli 2098 nr. 9 om kaier § 2.",
        f"«kai», Prøvehavnene, Havneord, {QUAY}.",
    ],
)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_definition_has_a_footnote_to_paste(words: FlaskClient, footnote: str, language: str) -> None:
    text = page(words, language=language)
    assert f'data-copy="{footnote}"' in text
    assert text.count(footnote) == 2, "to read and to copy"


def test_the_matrix_has_a_verdict_for_every_pair_both_ways(words: FlaskClient) -> None:
    found = words.get("/terms/kai.json").json
    assert found is not None
    pairs = {tuple(cell["readings"]): cell for cell in found["verdicts"]}
    assert set(pairs) == {(1, 2), (1, 3), (2, 3)}
    assert pairs[1, 3]["severity"] == "critical", "a regulation against its act"
    matrix = page(words).partition('id="matrix"')[2].partition("</section>")[0]
    for cell in pairs.values():
        address = cell["uri"].removeprefix(BASE)
        assert matrix.count(f'href="{address}"') == 2
        assert words.get(f"{address}.html").status_code == 200


def test_each_difference_stands_once_with_its_pairs(words: FlaskClient) -> None:
    table = page(words).partition('id="different"')[2].partition("</section>")[0]
    said = re.findall(r"Lengdegrensen er [^<]*\.", table)
    assert len(said) == len(set(said)) >= 3
    assert "Lengdegrensen er minst 10 meter i den ene og minst 12 meter i den andre." in said
    assert "Forskrift om kaier" in table


def test_a_difference_that_one_finding_tells_the_other_way_round_stands_once(tmp_path: Path) -> None:
    services = build_services(Settings(data=tmp_path / "data", uri_base=BASE))
    texts = {"a": "person over 18 år på kai", "b": "person over 16 år på kai", "c": "person på kai, over 18 år"}
    turtle = "".join(
        f'<https://{name}.example/vakt> a skos:Concept ; skos:prefLabel "kaivakt"@nb ;'
        f" dct:publisher <https://{name}.example/> ; euvoc:xlDefinition <{BASE}/definitions/{name}> ."
        f'<{BASE}/definitions/{name}> a euvoc:XlNote ; rdf:value "{text}"@nb .\n'
        for name, text in texts.items()
    )
    storing.store(services, [arrival("vakter", "catalogue", "Vakter", "", turtle, [])], lambda _: None)
    text = create_app(services.settings).test_client().get("/terms/kaivakt?lang=nb").text
    table = text.partition('id="different"')[2].partition("</section>")[0]
    assert re.findall(r"Aldersgrensen er [^<]*\.", table) == [
        "Aldersgrensen er over 18 år i den ene og over 16 år i den andre."
    ]
    [row] = (row for row in table.split("<tr>") if "Aldersgrensen" in row)
    assert re.findall(r">Nr\. (\d)\s+og (\d)", row) == [("1", "2"), ("3", "2")], "the one, then the other"


def test_limits_are_drawn_on_one_scale_the_oldest_first(words: FlaskClient) -> None:
    found = words.get("/terms/kai.json?lang=en").json
    assert found is not None
    [chart] = found["limits"]
    assert [(one["since"], one["limit"]) for one in chart["limits"]] == [
        ("2097-04-05", "at least 20 metres"),
        ("2098-01-02", "at least 10 metres"),
        ("2098-07-08", "at least 12 metres"),
    ]
    drawn = page(words).partition('id="limits"')[2].partition("</section>")[0]
    starts = [float(x) for x in re.findall(r'sv-bar__value" x="([\d.]+)"', drawn)]
    assert starts[0] > starts[2] > starts[1] > 0
    assert "style=" not in drawn


def test_words_that_most_wordings_share_are_marked(words: FlaskClient) -> None:
    assert set(re.findall(r'sv-common">([^<]*)<', page(words))) == {"plass", "båt", "minst", "meter"}
    assert "sv-common" not in page(words, "kaileier"), "two wordings are too few to say what is common"


def test_the_table_has_a_line_for_each_definition(words: FlaskClient) -> None:
    answer = words.get("/terms/kai.csv")
    assert answer.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["number"] for row in rows] == ["1", "1", "2", "3"]
    assert rows[0]["footnote"] == "Lov 2. januar 2098 nr. 3 om kaier (kailova) § 2."
    assert {row["concept"] for row in rows} >= {QUAY, concept(LOCK_ACT, "kai")}


def test_the_rdf_has_the_concepts_and_the_findings(words: FlaskClient) -> None:
    answer = words.get("/terms/kai", headers={"Accept": "text/turtle"})
    subjects = {quad.subject for quad in parse(answer.data, format=RdfFormat.TURTLE)}
    assert {NamedNode(QUAY), NamedNode(concept(QUAY_RULE, "kai"))} <= subjects
    found = words.get("/terms/kai.json").json
    assert found is not None
    assert {NamedNode(one["uri"]) for one in found["findings"]} <= subjects
    assert 'rel="alternate"; type="text/turtle"' in words.get("/terms/kai").headers["Link"]


def test_a_word_that_one_body_defines_has_neither_matrix_nor_limits(words: FlaskClient) -> None:
    text = page(words, "molo")
    for part in ("different", "matrix", "limits"):
        assert f'id="{part}"' not in text
    assert "«molo», Prøvehavnene" in text


def test_wordings_that_no_import_compared_are_compared_for_the_page(tmp_path: Path) -> None:
    services = build_services(Settings(data=tmp_path / "data", uri_base=BASE))
    storing.store(services, [_many_words(14)], lambda _: None)
    client = create_app(services.settings).test_client()
    found = client.get("/terms/kai.json").json
    assert found is not None
    pairs = {tuple(cell["readings"]): cell for cell in found["verdicts"]}
    assert set(pairs) >= set(combinations(range(1, 13), 2)), "the first twelve, each with each"
    made_now = [cell for cell in pairs.values() if not cell["uri"]]
    assert made_now
    matrix = client.get("/terms/kai?lang=nb").text.partition('id="matrix"')[2].partition("</section>")[0]
    address = html.unescape(re.findall(r'href="(/compare[^"]*)"', matrix)[0])
    assert "Lengdegrensen er" in client.get(f"{address}&lang=nb").text


def _many_words(count: int) -> Arrival:
    """A catalogue of so many publishers who each set another limit."""
    turtle = "".join(
        f'<https://havn{number}.example/kai> a skos:Concept ; skos:prefLabel "kai"@nb ;'
        f" dct:publisher <https://havn{number}.example/> ; euvoc:xlDefinition <{BASE}/definitions/k{number}> ."
        f'<{BASE}/definitions/k{number}> a euvoc:XlNote ; rdf:value "plass for båt på minst {number + 1} meter"@nb .\n'
        for number in range(1, count + 1)
    )
    return arrival("mange", "catalogue", "Mange", "", turtle, [])


def test_compounds_that_are_defined_as_a_kind_of_the_word_are_listed(tmp_path: Path) -> None:
    services = build_services(Settings(data=tmp_path / "data", uri_base=BASE))
    texts = {
        "skatt": "beløp som borgere betaler til det offentlige",
        "båtskatt": "skatt på båter i havn",
        "kaiskatt": "avgift på eiendom ved kai",
        "småbåtskatt": "båtskatt for båter under 8 meter",
        "skattlegging": "å kreve inn skatt",
    }
    turtle = "".join(
        f'<https://havn.example/{number}> a skos:Concept ; skos:prefLabel "{term}"@nb ;'
        f" dct:publisher <https://havn.example/> ; euvoc:xlDefinition <{BASE}/definitions/s{number}> ."
        f'<{BASE}/definitions/s{number}> a euvoc:XlNote ; rdf:value "{text}"@nb .\n'
        for number, (term, text) in enumerate(texts.items())
    )
    storing.store(services, [arrival("skatter", "catalogue", "Skatter", "", turtle, [])], lambda _: None)
    client = create_app(services.settings).test_client()
    found = {word: client.get(f"/terms/{word}.json").json for word in ("skatter", "båtskatt", "skattlegging")}
    assert {word: (page or {}).get("compounds") for word, page in found.items()} == {
        "skatter": [{"term": "båtskatt", "concepts": ["https://havn.example/1"]}],
        "båtskatt": [{"term": "småbåtskatt", "concepts": ["https://havn.example/3"]}],
        "skattlegging": [],
    }
    text = client.get("/terms/skatt?lang=nb").text
    assert 'href="/terms/b%C3%A5tskatt"' in text.partition('id="compounds"')[2]
    assert 'id="compounds"' not in client.get("/terms/skattlegging").text
