import random

import pytest
from definition_samples import SENTENCES, TERMS, graph, triples, turtle

from registry.harmonisation import listing
from registry.harmonisation.reader import definition_records
from registry.harmonisation.recheck import counts_of, recheck, recheck_all
from registry.urls import Urls
from sparql.embedded.generations import GenerationStore


def derived(store: GenerationStore, urls: Urls) -> set[str]:
    reader = store.reader()
    return {str(quad) for place in (urls.findings, urls.derived) for quad in reader.quads(graph=place)}


def replace_catalogue(
    store: GenerationStore, urls: Urls, name: str, concepts: dict[str, tuple[str, str]]
) -> dict[str, int]:
    text = "".join(turtle(iri, *words, publisher=f"http://{name}.example/") for iri, words in concepts.items())
    with store.session() as session:
        before = {quad.subject.value for quad in session.quads(graph=graph(name)) if "/d" not in quad.subject.value}
        session.replace_graph(graph(name), triples(text))
        recheck(session, urls, before, set(concepts))
        return counts_of(session, urls, graph(name))


def test_counts_are_those_of_the_catalogue(store: GenerationStore, urls: Urls) -> None:
    replace_catalogue(store, urls, "havn", {"http://havn.example/1": ("kai", "brygge på minst 10 meter")})
    counts = replace_catalogue(store, urls, "kyst", {"http://kyst.example/1": ("kai", "brygge på minst 20 meter")})
    assert counts == {"critical": 0, "major": 1, "minor": 0, "information": 0}
    counts = replace_catalogue(store, urls, "by", {"http://by.example/1": ("gate", "vei i en by")})
    assert counts == {"critical": 0, "major": 0, "minor": 0, "information": 0}


def test_a_finding_goes_when_the_definition_is_mended_or_gone(store: GenerationStore, urls: Urls) -> None:
    replace_catalogue(store, urls, "havn", {"http://havn.example/1": ("kai", "brygge på minst 10 meter")})
    replace_catalogue(store, urls, "kyst", {"http://kyst.example/1": ("kai", "brygge på minst 20 meter")})
    replace_catalogue(store, urls, "kyst", {"http://kyst.example/1": ("kai", "brygge på minst 10 meter")})
    assert [one.comparison.relation for one in listing.findings(store.reader()).items] == ["identical"]
    replace_catalogue(store, urls, "kyst", {})
    assert listing.findings(store.reader()).total == 0
    assert not any("kyst" in line for line in derived(store, urls))


def test_a_renamed_term_leaves_its_old_block(store: GenerationStore, urls: Urls) -> None:
    replace_catalogue(store, urls, "havn", {"http://havn.example/1": ("kai", "brygge på minst 10 meter")})
    replace_catalogue(store, urls, "kyst", {"http://kyst.example/1": ("kai", "brygge på minst 20 meter")})
    replace_catalogue(store, urls, "kyst", {"http://kyst.example/1": ("molo", "brygge på minst 20 meter")})
    assert listing.findings(store.reader()).total == 0


@pytest.mark.parametrize("seed", range(3))
def test_any_history_of_imports_equals_one_full_run(store: GenerationStore, urls: Urls, seed: int) -> None:
    chance = random.Random(seed)
    texts = [text for text in SENTENCES if text]
    seen = 0
    for _ in range(8):
        name = chance.choice(("havn", "kyst", "by"))
        concepts = {
            f"http://{name}.example/{number}": (chance.choice(TERMS[:4]), chance.choice(texts))
            for number in chance.sample(range(12), chance.randint(0, 9))
        }
        seen += sum(replace_catalogue(store, urls, name, concepts).values())
    incremental = derived(store, urls)
    with store.session() as session:
        counts = recheck_all(session, urls)
    assert derived(store, urls) == incremental
    assert counts == listing.counts(store.reader())
    assert seen > 0


def test_what_was_thrown_away_is_made_again(store: GenerationStore, urls: Urls) -> None:
    for name, metres in (("havn", 10), ("kyst", 20), ("by", 20)):
        replace_catalogue(store, urls, name, {f"http://{name}.example/1": ("kai", f"brygge på minst {metres} meter")})
    replace_catalogue(store, urls, "øy", {"http://øy.example/1": ("godkjenner", "person som er godkjenner")})
    made = derived(store, urls)
    assert listing.findings(store.reader()).total > 1
    with store.session() as session:
        session.replace_graph(urls.findings, [])
        session.replace_graph(urls.derived, [])
    assert not derived(store, urls)
    with store.session() as session:
        recheck_all(session, urls)
    assert derived(store, urls) == made


def test_doing_it_again_changes_nothing(store: GenerationStore, urls: Urls) -> None:
    concepts = {"http://havn.example/1": ("kai", "kai på minst 10 meter"), "http://havn.example/2": ("kai", "plass")}
    replace_catalogue(store, urls, "havn", concepts)
    first = derived(store, urls)
    replace_catalogue(store, urls, "havn", concepts)
    assert derived(store, urls) == first


LAW = """
<http://register.example/legislation/lov/2001/02/03/4> a eli:LegalResource ; dct:title "Lov om havner"@nb ;
  eli:responsibility_of "Havnedepartementet" .
<http://register.example/legislation/lov/2001/02/03/4/1> eli:is_part_of <http://register.example/legislation/lov/2001/02/03/4> ; eli:number "§ 1" .
<http://lov.example/1> a samsvar:StatutoryConcept ; skos:prefLabel "kai"@nb ; samsvar:scope "i denne loven"@nb ;
  samsvar:act <http://register.example/legislation/lov/2001/02/03/4> ; euvoc:xlDefinition <http://lov.example/1/d> .
<http://lov.example/1/d> rdf:value "brygge på minst 10 meter"@nb ; dct:source <http://register.example/legislation/lov/2001/02/03/4/1> .
"""
REGULATION = """
<http://register.example/legislation/forskrift/2005/02/03/4> a eli:LegalResource ;
  eli:based_on <http://register.example/legislation/lov/2001/02/03/4/7> .
<http://forskrift.example/1> a samsvar:StatutoryConcept ; skos:prefLabel "kai"@nb ;
  samsvar:act <http://register.example/legislation/forskrift/2005/02/03/4> ; euvoc:xlDefinition <http://forskrift.example/1/d> .
<http://forskrift.example/1/d> rdf:value "brygge på minst 20 meter"@nb .
"""


def test_a_regulation_is_weighed_against_its_enabling_act(store: GenerationStore, urls: Urls) -> None:
    for name, text, iri in (
        ("lov-1", LAW, "http://lov.example/1"),
        ("forskrift-1", REGULATION, "http://forskrift.example/1"),
    ):
        with store.session() as session:
            session.replace_graph(graph(name, "law"), triples(text))
            recheck(session, urls, set(), {iri})
    found = listing.findings(store.reader(), kind="HierarchyDivergence").items
    assert [one.comparison.severity for one in found] == ["critical"]
    act = found[0].a
    assert (act.publisher_name, act.scope, act.statutory) == ("Havnedepartementet", "i denne loven", True)
    assert act.sources[0].text.endswith("§ 1")
    assert found[0].b.enabling == ("http://register.example/legislation/lov/2001/02/03/4",)


CATALOGUE = """
<http://havn.example/samling> a skos:Collection ; dct:title "Havneord"@nb ; dct:publisher <http://havn.example/etat> .
<http://havn.example/etat> foaf:name "Havneetaten"@nb .
<http://havn.example/1> a skos:Concept ; skos:prefLabel "kai"@nb, "quay"@en ; skos:altLabel "brygge"@nb ;
  dct:subject "havn"@nb ; euvoc:startDate "2010-01-01" ; euvoc:xlDefinition <http://havn.example/1/d> .
<http://havn.example/1/d> rdf:value "plass ved sjø"@nb, "place by the sea"@en ; dct:source "Havneboka"@nb, <http://havn.example/kilde> ;
  skosno:relationshipWithSource <https://data.norge.no/vocabulary/relationship-with-source-type#derived-from-source> .
<http://havn.example/kilde> rdfs:label "Kystboka" ; rdfs:seeAlso <http://kyst.example/bok> .
"""


def test_records_hold_what_the_store_says(store: GenerationStore) -> None:
    with store.session() as session:
        session.replace_graph(graph("havn"), triples(CATALOGUE))
    nb, en = definition_records(store.reader())
    assert (nb.term, nb.text, nb.language, nb.admitted) == ("kai", "plass ved sjø", "nb", ("brygge",))
    assert (en.term, en.text, en.admitted) == ("quay", "place by the sea", ())
    assert (nb.publisher, nb.publisher_name) == ("http://havn.example/etat", "Havneetaten")
    assert (nb.subjects, nb.valid_from, nb.relationship) == (("havn",), "2010-01-01", "derived-from-source")
    assert [(source.text, source.uri) for source in nb.sources] == [
        ("Havneboka", ""),
        ("Kystboka", "http://kyst.example/bok"),
    ]
    assert definition_records(store.reader(), {"http://havn.example/ukjent"}) == []
