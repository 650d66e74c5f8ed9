import json

import pytest
from definition_samples import graph, triples, turtle

from registry.harmonisation import listing
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.recheck import recheck_all
from registry.urls import Urls
from sparql.embedded.generations import GenerationStore

CATALOGUES = {
    "havn": {
        "1": ("kai", "brygge på minst 10 meter"),
        "2": ("molo", "vern mot sjø, unntatt steinfylling"),
        "3": ("los", "den som er los"),
    },
    "kyst": {"1": ("Kaien", "brygge på minst 20 meter"), "2": ("moloer", "vern mot sjøen, herunder steinfylling")},
}


@pytest.fixture
def filled(store: GenerationStore, urls: Urls) -> GenerationStore:
    with store.session() as session:
        for name, concepts in CATALOGUES.items():
            text = "".join(
                turtle(f"http://{name}.example/{number}", *words, publisher=f"http://{name}.example/")
                for number, words in concepts.items()
            )
            session.replace_graph(graph(name), triples(text))
        recheck_all(session, urls)
    return store


def test_worst_first_with_filters_and_pages(filled: GenerationStore) -> None:
    reader = filled.reader()
    everything = listing.findings(reader)
    assert everything.total == len(everything.items) == 3
    assert [one.comparison.severity for one in everything.items] == ["major", "major", "minor"]
    assert listing.findings(reader, severity="minor").items == everything.items[2:]
    assert listing.findings(reader, kind="ThresholdDifference").total == 1
    assert listing.findings(reader, term="Moloen").total == 1
    assert listing.findings(reader, term="finnes ikke").total == 0
    assert listing.findings(reader, catalogue=graph("kyst").value).total == 2
    page = listing.findings(reader, offset=1, limit=1)
    assert (page.total, page.items) == (3, everything.items[1:2])


def test_one_finding_comes_back_as_it_was_found(filled: GenerationStore) -> None:
    reader = filled.reader()
    for one in listing.findings(reader).items:
        assert listing.finding(reader, one.id) == one
        for item in one.comparison.evidence:
            assert item.kind in KINDS
            assert set(item.explanation) == {"nb", "nn", "en"}
    assert listing.finding(reader, "0" * 16) is None


def test_counts_have_every_severity(filled: GenerationStore, store: GenerationStore) -> None:
    assert listing.counts(filled.reader()) == {"critical": 0, "major": 2, "minor": 1, "information": 0}


def test_an_empty_register_has_no_findings(store: GenerationStore) -> None:
    assert listing.findings(store.reader()).total == 0
    assert listing.counts(store.reader()) == {"critical": 0, "major": 0, "minor": 0, "information": 0}
    assert listing.most_telling(store.reader()) == []


def test_the_most_telling_are_about_different_terms(filled: GenerationStore) -> None:
    terms = [one.term for one in listing.most_telling(filled.reader(), 2)]
    assert len(terms) == len(set(terms)) == 2


def test_findings_of_a_concept(filled: GenerationStore) -> None:
    assert [one.term for one in listing.findings_of_concept(filled.reader(), "http://havn.example/1").items] == ["kai"]
    assert listing.findings_of_concept(filled.reader(), "http://ukjent.example/").total == 0


def test_json_has_the_promised_members(filled: GenerationStore) -> None:
    document = listing.as_json(listing.findings(filled.reader(), kind="ThresholdDifference").items[0], "en")
    json.dumps(document)
    assert {
        "id",
        "term",
        "state",
        "relation",
        "label",
        "same_score",
        "severity",
        "evidence",
        "a",
        "b",
    } <= document.keys()
    assert {"concept", "definition", "catalogue", "publisher", "legal_sources"} <= document["a"].keys()
    evidence = document["evidence"][0]
    assert (
        evidence["explanation"]
        == "The limit of length is at least 10 metres in one and at least 20 metres in the other."
    )
    assert evidence["a_span"] == [10, 24]


def test_findings_have_no_blank_nodes(filled: GenerationStore, urls: Urls) -> None:
    for quad in filled.reader().quads(graph=urls.findings):
        assert "_:" not in str(quad)


def test_word_difference_gives_both_texts_back() -> None:
    a, b = "Brygge på  minst 10 meter.", "brygge av tre på minst 20 meter"
    parts = listing.word_difference(a, b)
    assert "".join(mine for _, mine, _ in parts) == a
    assert "".join(theirs for _, _, theirs in parts) == b
    assert ("insert", "", "av tre ") in parts
    assert ("replace", "10 ", "20 ") in parts
    assert listing.word_difference("", "") == []


def test_highlight_marks_covered_parts_once() -> None:
    segments = listing.highlight("brygge på minst 10 meter", [(10, 24), None, (16, 18), (3, 3)])
    assert [(segment.text, segment.marked) for segment in segments] == [("brygge på ", False), ("minst 10 meter", True)]
    assert [segment.text for segment in listing.highlight("kai", [])] == ["kai"]
    assert listing.highlight("", []) == []
