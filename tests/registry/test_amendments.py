"""Amending documents change the acts that the register holds, with dates, in whatever order they come in."""

from datetime import date

import pytest
from canal_register import ACT, BASE, BOAT, CHANGE, LAW, LOCK, UNSURE, amending, bring, concept, law, terms
from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import DCT, ELI, EUVOC, RDF, SAMSVAR, SKOS
from registry import amendments, pipeline, storing
from registry.amendments import CurrentLaw
from registry.app import create_app
from registry.errors import CannotUndoError
from registry.services import build_services
from registry.undoing.undo import undo

NEWER = LAW.replace('ikrafttredelse: "2020', 'sist-endret-ikrafttredelse: "2100-01-01"\nikrafttredelse: "2020').replace(
    "båt som brukes på kanal", "flytende hus"
)


@pytest.fixture(autouse=True)
def _in_times_to_come(monkeypatch):
    """The invented acts are of times to come, so that none of them can be taken for a real one."""
    monkeypatch.setattr(amendments, "today", lambda: date(2099, 12, 1))


def held(services, refid="lov-2098-05-06-7"):
    return {quad.triple for quad in services.store.reader().quads(graph=services.urls.graph("law", refid))}


def defined(services) -> dict[str, str]:
    """Terms that the act defines, with the words of the definition."""
    found = held(services)
    texts = {triple.subject: triple.object.value for triple in found if triple.predicate == RDF.value}
    names = {triple.subject: triple.object.value for triple in found if triple.predicate == SKOS.prefLabel}
    return {names[one.subject]: texts[one.object] for one in found if one.predicate == EUVOC.xlDefinition}


def codes(outcome: pipeline.Outcome) -> list[str]:
    return [each.code for report in outcome.reports for record in report.records for each in record.issues]


def test_an_act_and_its_amendment_give_the_same_in_any_order(services, settings, tmp_path):
    bring(services, law())
    bring(services, amending(BOAT, LOCK))
    wanted = held(services)
    assert defined(services) == {"kanalbåt": "båt på inntil 20 meter.", "pram": "flat båt.", "sluse": "kammer."}
    for number, orders in enumerate([[(amending(BOAT, LOCK),), (law(),)], [(law(), amending(BOAT, LOCK))]]):
        other = build_services(settings.model_copy(update={"data": tmp_path / str(number)}))
        for sources in orders:
            bring(other, *sources)
        assert held(other) == wanted


def test_importing_either_again_changes_nothing(services):
    bring(services, law(), amending(BOAT, LOCK))
    generation = services.store.reader().generation
    bring(services, amending(BOAT, LOCK))
    bring(services, law())
    assert services.store.reader().generation == generation


def test_the_definitions_of_the_amending_act_are_not_its_own(services):
    bring(services, law(), amending(BOAT))
    graph = services.urls.graph("law", "lov-2099-01-01-1")
    assert not list(services.store.reader().quads(predicate=EUVOC.xlDefinition, graph=graph))


def test_what_it_read_before_stays_dated(services):
    bring(services, law(), amending(BOAT))
    reader = services.store.reader()
    [link] = reader.quads(NamedNode(f"{ACT}/2"), DCT.hasVersion)
    said = {quad.predicate: quad.object.value for quad in reader.quads(link.object)}
    assert said[RDF.value] == "Med kanalbåt menes båt som brukes på kanal."
    assert said[ELI.date_no_longer_in_force] == "2099-06-01"
    [by] = reader.quads(NamedNode(f"{ACT}/2"), ELI.amended_by)
    assert by.object == NamedNode(f"{BASE}/legislation/lov/2099/01/01/1")


def test_a_text_that_includes_the_change_wins_over_applying_it(services):
    bring(services, amending(BOAT), law(NEWER))
    assert defined(services) == {"kanalbåt": "flytende hus."}


@pytest.mark.parametrize("together", [True, False])
def test_an_older_text_does_not_replace_a_newer_one(services, together):
    if together:
        bring(services, law(NEWER), law())
    else:
        bring(services, law(NEWER))
        generation = services.store.reader().generation
        bring(services, law())
        assert services.store.reader().generation == generation
    assert defined(services) == {"kanalbåt": "flytende hus."}


def test_the_report_says_what_became_of_each_amendment(services):
    later = amending(BOAT, refid="2099-02-02-2", in_force="2100-01-01")
    undated = amending(LOCK, refid="2099-03-03-3", in_force="Kongen bestemmer")
    outcome = pipeline.run(services, pipeline.Request([law(), amending(BOAT, UNSURE), later, undated]))
    assert codes(outcome) == [
        "amending-act", "amendment-applied", "amendment-unsure",
        "amending-act", "amendment-waiting", "amending-act", "amendment-undated",
    ]  # fmt: skip


def test_a_definition_that_an_amendment_took_out_is_not_said_to_be_stored(services):
    renamed = CHANGE.format(instruction="§ 2 skal lyde:", number="§ 2", title="Pram", text="Med pram menes flat båt.")
    outcome = pipeline.run(services, pipeline.Request([law(), amending(renamed)]))
    [gone] = (record for report in outcome.reports for record in report.records if record.status == "skipped")
    assert [each.code for each in gone.issues] == ["definition-amended"]


def test_a_preview_shows_the_acts_that_would_be_amended(services):
    bring(services, law())
    outcome = pipeline.run(services, pipeline.Request([amending(BOAT)], dry_run=True))
    assert [report.catalogue for report in outcome.reports] == ["lov-2099-01-01-1", "lov-2098-05-06-7"]
    assert defined(services) == {"kanalbåt": "båt som brukes på kanal."}
    again = pipeline.run(services, pipeline.Request([amending(BOAT)]))
    assert [report.counts() for report in again.reports] == [report.counts() for report in outcome.reports]


def test_an_act_reads_as_before_when_the_amending_one_is_removed(services):
    bring(services, law())
    before = held(services)
    bring(services, amending(BOAT, LOCK))
    assert held(services) != before
    assert storing.remove(services, "law", "lov-2099-01-01-1")
    assert held(services) == before


def test_an_amendment_is_applied_when_its_day_has_come(services, monkeypatch):
    bring(services, law(), amending(BOAT, in_force="2100-01-01"))
    assert storing.amend(services) == 0
    monkeypatch.setattr(amendments, "today", lambda: date(2100, 1, 1))
    assert storing.amend(services) == 1
    assert defined(services)["pram"] == "flat båt."


def test_what_follows_from_a_definition_follows_its_amendment(services):
    bring(services, law(), terms({"kanalbåt": "kanalloven § 2"}))
    bring(services, amending(BOAT))
    reader = services.store.reader()
    words = {quad.object for quad in reader.quads(predicate=SKOS.definition, graph=services.urls.derived)}
    assert Literal("båt på inntil 20 meter.", language="nb") in words
    assert Literal("båt som brukes på kanal.", language="nb") not in words
    cited = {quad.object.value for quad in reader.quads(NamedNode(concept("kanalbåt")), SAMSVAR.cites)}
    assert cited == {f"{ACT}/2"}
    assert CurrentLaw(reader, services.urls).amended() == [NamedNode(ACT)]


def test_pages_show_what_a_section_read_and_what_a_document_changes(services):
    bring(services, law(), amending(BOAT, LOCK))
    client = create_app(services.settings).test_client()
    sections = client.get(f"{ACT}.json").json["sections"]
    [section] = (one for one in sections if one["uri"] == f"{ACT}/2")
    [earlier] = section["earlier"]
    assert (earlier["until"], earlier["text"]) == ("2099-06-01", {"nb": "Med kanalbåt menes båt som brukes på kanal."})
    assert earlier["changedBy"]["uri"] == f"{BASE}/legislation/lov/2099/01/01/1"
    for address in (f"{ACT}.html", f"{ACT}/2.html"):
        page = client.get(f"{address}?lang=nb").get_data(as_text=True)
        assert "båt som brukes på kanal" in page
        assert "Lov om endringer i kanalloven" in page
    made = client.get(earlier["changedBy"]["uri"] + ".json").json["changes"]
    assert made == [
        {"act": {"uri": ACT, "label": {"nb": "Kanalloven"}}, "instructions": ["§ 2 skal lyde:", "Ny § 5 skal lyde:"]}
    ]
    assert "Ny § 5 skal lyde:" in client.get(earlier["changedBy"]["uri"] + ".html").get_data(as_text=True)


def test_undoing_an_amending_document_gives_the_acts_back_as_they_read_before(services):
    bring(services, law())
    before = held(services)
    bring(services, amending(BOAT, LOCK))
    after = held(services)
    undo(services, f"{BASE}/imports/2-law-lov-2099-01-01-1")
    assert held(services) == before
    assert not held(services, "lov-2099-01-01-1")
    undo(services, f"{BASE}/imports/3-law-lov-2099-01-01-1")
    assert held(services) == after


def test_an_act_is_put_back_whole_or_not_at_all(services):
    bring(services, law())
    bring(services, law(LAW.replace("båt som brukes på kanal", "flytende hus")))
    bring(services, amending(LOCK))
    after = held(services)
    with pytest.raises(CannotUndoError, match="changed again since") as refused:
        undo(services, f"{BASE}/imports/2-law-lov-2098-05-06-7")
    assert refused.value.conflicts
    assert held(services) == after


INCLUDING = LAW.replace(
    'ikrafttredelse: "2020', 'sist-endret-ikrafttredelse: "2099-06-01"\nikrafttredelse: "2020'
).replace(
    "Med kanalbåt menes båt som brukes på kanal.", "Med kanalbåt menes båt på inntil 20 meter. Med pram menes flat båt."
)


def earlier(services, section: str = "2") -> list[tuple[str, str]]:
    """What a section read earlier: until when, and its text."""
    reader = services.store.reader()
    links = [quad.object for quad in reader.quads(NamedNode(f"{ACT}/{section}"), DCT.hasVersion)]
    said = [{quad.predicate: quad.object.value for quad in reader.quads(each)} for each in links]
    return sorted((each[ELI.date_no_longer_in_force], each[RDF.value]) for each in said)


def test_earlier_versions_stay_when_a_text_comes_that_includes_the_change(services):
    bring(services, law(), amending(BOAT))
    was = earlier(services)
    assert was == [("2099-06-01", "Med kanalbåt menes båt som brukes på kanal.")]
    bring(services, law(INCLUDING))
    assert earlier(services) == was
    [included] = services.store.reader().quads(NamedNode(f"{ACT}/2"), SAMSVAR.includedAmendment)
    assert included.object == NamedNode(f"{BASE}/legislation/lov/2099/01/01/1/amendment-1")
    generation = services.store.reader().generation
    bring(services, law(INCLUDING))
    bring(services, amending(BOAT))
    bring(services, law())
    assert services.store.reader().generation == generation


def test_what_is_applied_to_the_newer_text_comes_behind_what_is_carried_over(services):
    bring(services, law(), amending(BOAT))
    bring(services, law(INCLUDING))
    again = BOAT.replace("20 meter", "30 meter")
    bring(services, amending(again, refid="2099-07-07-7", in_force="2099-08-01"))
    texts = [
        "Med kanalbåt menes båt som brukes på kanal.",
        "Med kanalbåt menes båt på inntil 20 meter. Med pram menes flat båt.",
    ]
    assert earlier(services) == [("2099-06-01", texts[0]), ("2099-08-01", texts[1])]
    assert storing.remove(services, "law", "lov-2099-07-07-7")
    assert earlier(services) == [("2099-06-01", texts[0])]


def test_a_change_that_was_unsure_is_told_by_the_text_that_includes_it(services):
    bring(services, law(), amending(UNSURE))
    assert earlier(services, "4") == []
    bring(services, law(INCLUDING.replace("Slusene er åpne om dagen.", "Slusene er stengt.")))
    assert earlier(services, "4") == [("2099-06-01", "Slusene er åpne om dagen.")]


def test_a_section_that_the_newer_text_lacks_keeps_what_it_read(services):
    bring(services, law(), amending(BOAT))
    bring(services, law(INCLUDING.replace("#### § 2. Kanalbåt", "#### § 9. Kanalbåt")))
    assert earlier(services) == [("2099-06-01", "Med kanalbåt menes båt som brukes på kanal.")]
    client = create_app(services.settings).test_client()
    assert "båt som brukes på kanal" in client.get(f"{ACT}/2.html").get_data(as_text=True)


TITLE = '<article class="change"><article class="defaultP">Lovens tittel skal lyde:</article><article class="defaultP">Lov om vannveier (vannveiloven)</article></article>'


def test_a_title_changes_with_an_amendment_and_the_page_says_what_it_was(services):
    bring(services, law(), amending(TITLE))
    client = create_app(services.settings).test_client()
    answer = client.get(f"{ACT}.json").json
    assert answer["title"] == {"nb": "Lov om vannveier (vannveiloven)"}
    assert answer["shortTitle"] == {"nb": "Vannveiloven"}
    assert [each["title"] for each in answer["earlier"]] == [{"nb": "Lov om kanaler (kanalloven)"}]
    assert "Lov om kanaler (kanalloven)" in client.get(f"{ACT}.html?lang=nb").get_data(as_text=True)
