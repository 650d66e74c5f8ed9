"""Which catalogues a file holds, and what their ids are."""

from importers.base import Batch, ImportOptions, Source
from importers.skos_ap_no import RdfImporter
from ontologies.namespaces import DCT, ORGANISATION, SKOS

HEAD = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <https://organization-catalog.fellesdatakatalog.digdir.no/organizations/> .
@prefix : <https://example.no/> .
"""
TWO = """
:a a skos:Collection ; dct:title "A"@nb, "A-en"@en ; dct:publisher org:974760673 ; skos:member :kaffe .
:b a skos:Collection ; dct:title "B"@nb ; dct:publisher org:971526920 ; skos:member :te .
:kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb ; dct:publisher org:974760673 ; dcat:contactPoint :felles .
:te a skos:Concept ; skos:prefLabel "te"@nb ; dct:publisher org:971526920 ; dcat:contactPoint :felles .
:kakao a skos:Concept ; skos:prefLabel "kakao"@nb ; dct:publisher org:971526920 .
:saft a skos:Concept ; skos:prefLabel "saft"@nb ; dct:publisher org:991825827 .
:vann a skos:Concept ; skos:prefLabel "vann"@nb .
:felles foaf:name "Felles kontakt" .
:loest foaf:primaryTopic :te .
"""


def read(body: str, name: str = "min fil.ttl", **options: str) -> dict[str, Batch]:
    source = Source(name, (HEAD + body).encode())
    return {batch.catalogue: batch for batch in RdfImporter().read(source, ImportOptions("http://h", **options))}


def records(batch: Batch) -> set[str]:
    return {record.subject.rsplit("/", 1)[-1] for record in batch.report.records}


def test_concepts_go_with_the_collection_then_the_publisher_then_the_file() -> None:
    batches = read(TWO)
    assert {name: records(batch) for name, batch in batches.items()} == {
        "example-no-a": {"kaffe"},
        "example-no-b": {"te", "kakao"},
        "991825827": {"saft"},
        "min-fil": {"vann"},
    }
    assert (batches["example-no-a"].title, batches["example-no-a"].publisher) == ("A", ORGANISATION["974760673"].value)
    assert batches["991825827"].publisher == ORGANISATION["991825827"].value


def test_what_is_shared_goes_wherever_it_is_needed_and_nothing_is_lost() -> None:
    batches = read(TWO)
    united = {triple for batch in batches.values() for triple in batch.triples}
    assert len(united) == len(set(read(TWO, catalogue="alt")["alt"].triples))
    for name in ("example-no-a", "example-no-b"):
        assert any(triple.subject.value.endswith("/felles") for triple in batches[name].triples)
    assert any(triple.subject.value.endswith("/loest") for triple in batches["example-no-b"].triples)


def test_a_catalogue_that_the_caller_names_holds_everything() -> None:
    (batch,) = read(TWO, catalogue="alt").values()
    assert len(batch.report.records) == 5


def test_one_collection_holds_everything() -> None:
    (batch,) = read(
        ':a a skos:Collection ; dct:title "A"@nb ; dct:publisher org:974760673 ; skos:member :kaffe .'
        ":kaffe a skos:Concept . :utenfor a skos:Concept ; dct:publisher org:971526920 ."
    ).values()
    assert records(batch) == {"kaffe", "utenfor"}


def test_the_publisher_that_the_caller_names_stands_where_none_does() -> None:
    (batch,) = read(":kaffe a skos:Concept .", publisher="974760673").values()
    assert batch.catalogue == "974760673"
    assert [triple.object for triple in batch.triples if triple.predicate == DCT.publisher] == [
        ORGANISATION["974760673"]
    ]


def test_an_organisations_services_do_not_take_the_place_of_its_concepts() -> None:
    concepts = read(":kaffe a skos:Concept ; dct:publisher org:974760673 .")
    datasets = read(":sett a dcat:Dataset ; dct:publisher org:974760673 .")
    assert set(concepts) == {"974760673"}
    assert set(datasets) == {"974760673-datasets"}


def test_a_long_iri_gives_a_short_id_that_is_its_own() -> None:
    ids = {
        next(
            iter(read(f"<https://example.no/{'mappe/' * 20}{last}> a skos:Collection ; dct:publisher org:974760673 ."))
        )
        for last in ("a", "b")
    }
    assert len(ids) == 2
    assert all(len(one) <= 80 for one in ids)


def test_members_that_are_not_described_are_reported_with_the_collection() -> None:
    (batch,) = read(
        ':a a skos:Collection ; dct:title "A"@nb ; dct:publisher org:974760673 ; skos:member :kaffe, :borte .'
        ":kaffe a skos:Concept ."
    ).values()
    (issue,) = [issue for issue in batch.report.issues if issue.code == "member-without-description"]
    assert issue.value == "https://example.no/borte"
    assert len([triple for triple in batch.triples if triple.predicate == SKOS.member]) == 2
