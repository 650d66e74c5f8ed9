"""The small parts that pages are made of: order of words, pages of lists, marks in texts, languages, documents."""

import json

import pytest
from pages_register import BASE, QUAY, VESSEL

from importers.report import ImportReport, Issue, RecordReport, Where
from registry.catalogue.collation import ALPHABET, OTHER, collation_key, initial
from registry.catalogue.concepts import concept
from registry.catalogue.documents import described
from registry.catalogue.import_reports import read_report
from registry.catalogue.neighbourhood import neighbourhood
from registry.catalogue.paging import page_of
from registry.catalogue.per_generation import per_generation
from registry.catalogue.texts import Reference, Text, pick, same_language, texts_as_json
from registry.harmonisation.records import Comparison, DefinitionRecord, Evidence, Finding
from registry.services import Services
from registry.views.marking import pieces, sides

TEXTS = (Text("ship", "en"), Text("skip", "nb"), Text("skip", "nn"))


def test_norwegian_order() -> None:
    words = ["Åre", "ørret", "ærlig", "Zoo", "öl", "eiendom", "Eide", "éclair", "aal", "ånd"]
    expected = ["éclair", "Eide", "eiendom", "Zoo", "ærlig", "öl", "ørret", "aal", "ånd", "Åre"]
    assert sorted(words, key=collation_key) == expected


@pytest.mark.parametrize(
    ("word", "letter"),
    [
        ("Åre", "å"),
        ("Aalesund", "å"),
        ("Adal", "a"),
        ("«ær»", "æ"),
        ("éclair", "e"),
        ("Öl", "ø"),
        ("3D", OTHER),
        ("", OTHER),
        ("ŧ", OTHER),
    ],
)
def test_initials(word: str, letter: str) -> None:
    assert initial(word) == letter
    assert letter in (*ALPHABET, OTHER)


@pytest.mark.parametrize(("language", "shown"), [("nb", "nb"), ("nn", "nn"), ("en", "en")])
def test_a_reader_gets_their_own_language(language: str, shown: str) -> None:
    best = pick(TEXTS, language)
    assert best is not None
    assert best.language == shown


def test_fallback_follows_the_languages_nearest() -> None:
    assert pick((Text("a", "en"), Text("b", "nn"), Text("c", "se")), "nb") == Text("b", "nn")
    assert pick((Text("a", "en"), Text("b", "nb")), "nn") == Text("b", "nb")
    assert pick((Text("a", "se"), Text("b")), "en") == Text("b")
    assert pick((Text("b", "nn"), Text("a", "no")), "nb") == Text("a", "no")
    assert pick((), "nb") is None
    assert same_language((Text("a", "en"), Text("b", "nb"), Text("c", "nb")), "nn") == (
        Text("b", "nb"),
        Text("c", "nb"),
    )
    assert texts_as_json((Text("a"), Text("b", "nb"))) == {"und": "a", "nb": "b"}


def test_a_thing_without_a_label_goes_by_the_end_of_its_iri() -> None:
    assert Reference("https://example.org/a/b#c").name("nb") == "c"
    assert Reference("https://example.org/a/").name("nb") == "a"


def test_pages_of_a_list() -> None:
    page = page_of(range(101), 3, 50)
    assert (page.items, page.first, page.last, page.pages) == ((100,), 101, 101, 3)
    assert page_of(range(101), 99, 50).number == 3
    empty = page_of((), 1, 50)
    assert (empty.first, empty.last, empty.pages) == (0, 0, 1)


def test_marks_cut_the_text_and_lose_nothing() -> None:
    text = "person under 18 år"
    found = pieces(text, [(13, 15)], [(7, 18), None, (0, 18)])
    assert "".join(piece.text for piece in found) == text
    assert [(p.text, p.differs, p.evidence, p.ends) for p in found] == [
        ("person ", False, (), ()),
        ("under ", False, (1,), ()),
        ("18", True, (1,), ()),
        (" år", False, (1,), (1,)),
    ]


def test_both_sides_are_marked_where_they_differ() -> None:
    a, b = DefinitionRecord("barn", "person under 18 år"), DefinitionRecord("barn", "person under 20 år som studerer")
    evidence = (Evidence("ThresholdDifference", {"nb": "x"}, (7, 18), (7, 18)),)
    first, second = sides(Finding("1", "barn", a, b, Comparison("overlapping", "conflict", 0.5, "major", evidence)))
    assert [piece.text for piece in first if piece.differs] == ["18"]
    assert [piece.text for piece in second if piece.differs] == ["20", "som studerer"]


def test_answers_are_remembered_for_one_reader_only() -> None:
    class Seen:
        pass

    asked = []

    @per_generation
    def length(reader: Seen, word: str) -> int:
        asked.append(word)
        return len(word)

    one, other = Seen(), Seen()
    assert [length(one, "ord"), length(one, "ord"), length(other, "ord"), length(one, "setning")] == [3, 3, 3, 7]
    assert asked == ["ord", "ord", "setning"]


def test_neighbourhood_draws_from_the_narrower_to_the_wider(pages_services: Services) -> None:
    found = concept(pages_services.store.reader(), VESSEL)
    assert found is not None
    edges = {(edge.source, edge.target, edge.kind) for edge in neighbourhood(found).edges}
    assert (QUAY, VESSEL, "generalizes") in edges
    other = concept(pages_services.store.reader(), QUAY)
    assert other is not None
    assert {relation.kind for relation in other.relations} == {"specializes", "referredToBy"}


def test_a_document_ends_at_other_things(pages_services: Services) -> None:
    reader, urls = pages_services.store.reader(), pages_services.urls
    subjects = {triple.subject.value for triple in described(reader, urls, QUAY)}
    assert subjects == {QUAY, f"{BASE}/definitions/d2"}
    assert described(reader, urls, "https://example.org/none") == []


def test_a_report_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        read_report(b"<html>")


def test_a_report_is_decoded_record_by_record() -> None:
    report = ImportReport("havn", "havn.csv", "concept-table", issues=[Issue("read-in-part", "warning", "m", "v", "f")])
    rejected = Issue("row-unreadable", "error", "m", 'med "]}" i', "f", Where("havn.csv", row=7))
    report.records = [
        RecordReport("https://havn.example/1", where=Where("havn.csv", row=2)),
        RecordReport("https://havn.example/2", issues=[Issue("odd-blanks", "information", "m")]),
        RecordReport("https://havn.example/3", "rejected", Where("havn.csv", row=7), [rejected]),
    ]
    for written in (json.dumps(report.as_json()), json.dumps(report.as_json(), indent=1)):
        found = read_report(written.encode())
        assert found.counts == report.counts()
        assert found.codes == (
            ("row-unreadable", "error", 1), ("read-in-part", "warning", 1), ("odd-blanks", "information", 1)
        )  # fmt: skip
        assert [each.subject for each in found.with_issues()] == [
            "https://havn.example/3", "havn.csv", "https://havn.example/2"
        ]  # fmt: skip
        [one] = found.with_issues(status="rejected")
        assert (one.where.row, one.issues[0].value, one.issues[0].where) == (7, 'med "]}" i', Where("havn.csv", row=7))
        assert [each.status for each in found.with_issues(code="read-in-part")] == [""]
        assert list(found.document["records"]) == report.as_json()["records"]
    report.records = []
    assert read_report(json.dumps(report.as_json()).encode()).with_issues()[0].issues[0].code == "read-in-part"
