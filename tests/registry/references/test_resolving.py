"""References resolved against the acts of a register: what is held, what is below a section, what an act lacks."""

import json

import pytest
from canal_register import ACT, BASE, LAW, bring, law, terms
from click.testing import CliRunner

from registry.app import create_app
from registry.cli import main
from registry.references.held_acts import held_acts
from registry.references.resolving import cited_sections, resolve_text
from registry.services import build_services
from registry.settings import Settings


@pytest.fixture(scope="module")
def canals(tmp_path_factory):
    services = build_services(Settings(data=tmp_path_factory.mktemp("canals") / "data", uri_base=BASE))
    bring(services, law(), terms({"sluse": "kanalloven §§ 1 til 4", "båt": "Store norske leksikon"}))
    return services


@pytest.fixture(scope="module")
def client(canals):
    return create_app(canals.settings).test_client()


def one(services, text):
    [found] = resolve_text(services.store.reader(), text)
    return found


@pytest.mark.parametrize(
    ("text", "uri", "status", "provision", "provision_status"),
    [
        ("kanallovens § 2", f"{ACT}/2", "in_force", "§ 2", "held"),
        ("kanl. § 2", f"{ACT}/2", "in_force", "§ 2", "held"),
        ("lov 6. mai 2098 nr. 7 om kanaler", ACT, "in_force", "", ""),
        ("kanaloven § 2", f"{ACT}/2", "in_force", "§ 2", "held"),
        ("kanalloven § 3", f"{ACT}/3", "in_force", "§ 3", "repealed"),
        ("kanalloven § 14", ACT, "in_force", "§ 14", "missing"),
        ("kanalloven § 2 b", f"{ACT}/2", "in_force", "§ 2", "held"),
        ("kanalloven § 2.3", f"{ACT}/2", "in_force", "§ 2", "held"),
        ("ligningsloven § 2-1", "", "not_in_corpus", "§ 2-1", ""),
        ("LOV-2098-01-01-1", "", "not_in_corpus", "", ""),
        ("slusevannloven § 1", "", "unresolved", "§ 1", ""),
        ("lov 31. februar 2098 nr. 3", "", "unresolved", "", ""),
    ],
)
def test_a_reference_leads_to_what_is_held(canals, text, uri, status, provision, provision_status):
    found = one(canals, text)
    assert (found.uri, found.status, found.provision, found.provision_status) == (
        uri,
        status,
        provision,
        provision_status,
    )


def test_a_letter_or_number_behind_a_section_goes_below_it_where_the_act_has_no_such_section(canals):
    assert one(canals, "kanalloven § 2 b").letter == ("b",)
    assert one(canals, "kanalloven § 2.3").number == ("3",)


def test_a_range_cites_what_lies_between(canals):
    reader = canals.store.reader()
    assert cited_sections(reader, resolve_text(reader, "kanalloven §§ 1 til 4")) == {f"{ACT}/{n}" for n in (1, 2, 3, 4)}
    assert cited_sections(reader, resolve_text(reader, "kanalloven §§ 1 og 4")) == {f"{ACT}/1", f"{ACT}/4"}


def test_an_act_that_is_not_in_force_yet_gives_way_to_the_one_that_is(services):
    later = LAW.replace("lov/2098-05-06-7", "lov/2099-05-06-8").replace("2020-01-01", "Kongen bestemmer")
    bring(services, law(), law(later))
    assert one(services, "kanalloven § 2").uri == f"{ACT}/2"


def test_the_index_follows_the_law_and_nothing_else(services):
    bring(services, law())
    before = held_acts(services.store.reader())
    bring(services, terms({"båt": "leksikon"}))
    assert held_acts(services.store.reader()) is before
    bring(services, law(LAW.replace("kanaler", "kanaler og sluser")))
    assert one(services, "lov om kanaler og sluser § 4").uri == f"{ACT}/4"


def test_the_address_answers_one_text_or_several(client):
    found = client.get("/api/v1/legal-references", query_string={"text": "se kanalloven § 2 første ledd"}).json
    [reference] = found["references"]
    assert reference["uri"] == f"{ACT}/2"
    assert reference["span"] == [3, 29]
    assert (reference["refid"], reference["eli"]) == ("LOV-2098-05-06-7", "/eli/lov/2098/05/06/7")
    assert (reference["title"], reference["subsection"]) == ("Kanalloven", ["1"])
    posted = client.post("/api/v1/legal-references", json={"texts": ["kanalloven § 1", "ingenting"]}).json
    assert [len(each["references"]) for each in posted["texts"]] == [1, 0]
    for sent in (
        {"json": {"text": "kanl § 1"}},
        {"data": {"text": "kanl § 1"}},
        {"data": "kanl § 1".encode(), "content_type": "text/plain"},
    ):
        [reference] = client.post("/api/v1/legal-references", **sent).json["references"]
        assert reference["uri"] == f"{ACT}/1"


@pytest.mark.parametrize("sent", [{}, {"json": {}}, {"json": {"texts": [1]}}, {"json": {"texts": ["x" * 200_001]}}])
def test_a_request_without_text_or_with_too_much_is_told_so(client, sent):
    answer = client.post("/api/v1/legal-references", **sent)
    assert answer.status_code == 400
    assert answer.json["detail"].endswith((".", "}."))


def test_the_command_prints_a_table_or_json(canals):
    environment = {"SAMSVAR_DATA": str(canals.settings.data), "SAMSVAR_URI_BASE": BASE}
    run = CliRunner(env=environment)
    printed = run.invoke(main, ["resolve", "kanalloven § 3; ligningsloven § 1"]).output
    assert f"{ACT}/3" in printed
    assert "section repealed" in printed
    assert "now LOV-2016-05-27-14" in printed
    document = json.loads(run.invoke(main, ["resolve", "-", "--json"], input="kanalloven § 2").output)
    assert [each["uri"] for each in document["references"]] == [f"{ACT}/2"]
    lines = run.invoke(main, ["resolve", "-", "--lines"], input="kanalloven § 2\nleksikon\n").output.splitlines()
    assert [len(json.loads(line)["references"]) for line in lines] == [1, 0]
    assert "No reference" in run.invoke(main, ["resolve", "leksikon"]).output


def test_an_act_lists_the_concepts_that_cite_it_by_section(client):
    page = client.get("/legislation/lov/2098/05/06/7.html").get_data(as_text=True)
    outline, _, chain = page.partition('id="chain"')
    assert outline.count("https%3A%2F%2Fkanal.example%2Fbegrep%2Fsluse") == 4
    assert "https%3A%2F%2Fkanal.example%2Fbegrep%2Fsluse" in chain
    sections = client.get("/legislation/lov/2098/05/06/7.json").json["sections"]
    assert [[each["uri"] for each in section["citedBy"]] for section in sections] == [
        ["https://kanal.example/begrep/sluse"]
    ] * 4
    assert "sluse" in client.get("/legislation/lov/2098/05/06/7/2.html").get_data(as_text=True)


def test_a_source_that_is_text_links_to_the_law(client):
    page = client.get("/resource", query_string={"uri": "https://kanal.example/begrep/sluse", "format": "html"})
    assert 'href="/legislation/lov/2098/05/06/7/1"' in page.get_data(as_text=True)
