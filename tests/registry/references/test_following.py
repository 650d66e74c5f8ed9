"""What concepts cite, and findings about their sources, follow every change of catalogues and law."""

import pytest
from canal_register import ACT, LAW, bring, concept, law, terms
from pyoxigraph import NamedNode

from importers.base import Source
from ontologies.namespaces import RDF, SAMSVAR
from registry import storing
from registry.app import create_app
from registry.catalogue.graphs import graphs
from registry.harmonisation import listing
from registry.harmonisation.evidence import SOURCE_EVIDENCE
from registry.harmonisation.recheck import recheck_all
from registry.harmonisation.source_findings import is_about_sources
from registry.references.following import follow_all
from registry.references.resolving import resolve_text

EXAMPLES = [(kind, example) for kind in SOURCE_EVIDENCE for example in kind.examples]


def cited(services, term):
    found = services.store.reader().quads(NamedNode(concept(term)), SAMSVAR.cites)
    return {quad.object.value for quad in found}


def kinds(services, term):
    found = listing.findings_of_concept(services.store.reader(), concept(term)).items
    return [item.kind for each in found for item in each.comparison.evidence]


@pytest.mark.parametrize(
    ("kind", "example"), EXAMPLES, ids=[f"{kind.code}-{n}" for n, (kind, _) in enumerate(EXAMPLES)]
)
def test_examples_trip_and_look_alikes_do_not(services, kind, example):
    bring(services, law())
    references = resolve_text(services.store.reader(), example.b)
    found = [item for each in references for item in kind.find(each, complete=False)]
    assert bool(found) is example.trips
    for item in found:
        assert item.kind == kind.code
        assert set(item.explanation) == {"nb", "nn", "en"}
        assert all(sentence.endswith(".") for sentence in item.explanation.values())


def test_sources_that_do_not_hold_become_findings_that_the_pages_show(services):
    bring(
        services,
        law(),
        terms({"sluse": "kanalloven § 3 og § 14", "båt": "kanalloven § 2", "demning": "ligningsloven § 1"}),
    )
    assert sorted(kinds(services, "sluse")) == ["StaleSource", "UnresolvedReference"]
    assert kinds(services, "demning") == ["StaleSource"]
    assert "StaleSource" not in kinds(services, "båt")
    [finding] = listing.findings_of_concept(services.store.reader(), concept("sluse")).items
    assert is_about_sources(finding)
    assert finding.a == finding.b
    client = create_app(services.settings).test_client()
    listed = client.get("/conflicts.json?kind=StaleSource").json
    assert {each["term"] for each in listed["findings"]} == {"sluse", "demning"}
    page = client.get(f"/conflicts/{finding.id}.html?lang=nb").get_data(as_text=True)
    assert "Kilden til definisjonen av sluse" in page
    assert "Kanalloven har ingen § 14." in page


def test_a_mended_source_ends_the_finding_and_moves_the_citation(services):
    bring(services, law(), terms({"sluse": "kanalloven § 14"}))
    assert (cited(services, "sluse"), kinds(services, "sluse")) == ({ACT}, ["UnresolvedReference"])
    bring(services, terms({"sluse": "kanalloven § 4"}))
    assert (cited(services, "sluse"), kinds(services, "sluse")) == ({f"{ACT}/4"}, [])


def test_a_citation_waits_for_its_act_and_follows_it(services):
    bring(services, terms({"sluse": "kanalloven § 4"}))
    assert cited(services, "sluse") == set()
    bring(services, law())
    assert cited(services, "sluse") == {f"{ACT}/4"}
    bring(services, law(LAW.partition("#### § 4")[0]))
    assert (cited(services, "sluse"), kinds(services, "sluse")) == ({ACT}, ["UnresolvedReference"])
    assert storing.remove(services, "law", "lov-2098-05-06-7")
    assert (cited(services, "sluse"), kinds(services, "sluse")) == (set(), [])


def test_what_is_gone_leaves_nothing_behind(services):
    bring(services, law(), terms({"sluse": "kanalloven § 14"}))
    [catalogue] = (each.identifier for each in graphs(services.store.reader()).values() if each.kind == "catalogue")
    assert storing.remove(services, "catalogue", catalogue)
    reader = services.store.reader()
    assert not list(reader.quads(predicate=SAMSVAR.citesAct))
    assert not list(reader.quads(predicate=RDF.type, object=SAMSVAR.SourceFinding))


def test_computing_everything_anew_gives_the_same(services):
    bring(services, law(), terms({"sluse": "kanalloven § 14", "båt": "kanalloven §§ 1 til 4"}))
    computed = (services.urls.findings, services.urls.derived)
    before = [{quad.triple for quad in services.store.reader().quads(graph=graph)} for graph in computed]
    with services.store.session() as session:
        recheck_all(session, services.urls)
        follow_all(session, services.urls)
        after = [{quad.triple for quad in session.quads(graph=graph)} for graph in computed]
    assert after == before


def test_sources_of_a_table_are_read_too(services):
    bring(services, law())
    table = "anbefalt term;definisjon;kilde\nsluse;port i kanal;kanalloven § 4\n"
    bring(services, Source("kanal.csv", table.encode()))
    assert [quad.object.value for quad in services.store.reader().quads(predicate=SAMSVAR.cites)] == [f"{ACT}/4"]
