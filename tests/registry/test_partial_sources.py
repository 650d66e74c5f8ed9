"""A file that is cut off must not look like the removal of what stood behind the cut."""

from collections.abc import Sequence

import pytest
from pyoxigraph import NamedNode

from importers.base import Source, UnreadableSourceError
from importers.report import Where
from ontologies.namespaces import RDF, SKOS
from registry import pipeline
from registry.services import Services

HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix : <https://sokker.example/begrep/> .
:samling a skos:Collection ; dct:title "Sokker"@nb ; skos:member :tupp , :spiss , :skaft .
"""
HEEL = ':tupp a skos:Concept ; skos:prefLabel "tupp"@nb ; skos:definition "del under ankelen"@nb .\n'
TOE = ':spiss a skos:Concept ; skos:prefLabel "spiss"@nb ; skos:definition "foran på sokken"@nb .\n'
SHAFT = ':skaft a skos:Concept ; skos:prefLabel "skaft"@nb ; skos:definition "del over ankelen"@nb .\n'
CUTS = (len(':spiss a skos:Concept ; skos:prefLabel "spiss"@nb ;'), 62)


def load(services: Services, text: str) -> pipeline.Outcome:
    return pipeline.run(services, pipeline.Request([Source("sokker.ttl", text.encode())], catalogue="sokker"))


def triples(services: Services) -> set[str]:
    graph = NamedNode(f"{services.urls.base}/graph/catalogue/sokker")
    return {str(quad.triple) for quad in services.store.reader().quads(graph=graph)}


def concepts(services: Services) -> set[str]:
    found = services.store.reader().quads(predicate=RDF.type, object=SKOS.Concept)
    return {quad.subject.value.rsplit("/", 1)[-1] for quad in found if isinstance(quad.subject, NamedNode)}


@pytest.mark.parametrize("cut", CUTS, ids=["between properties", "in a name"])
def test_what_is_cut_and_what_stood_behind_stays_with_all_its_parts(services: Services, cut: int) -> None:
    load(services, HEAD + HEEL + TOE + SHAFT)
    before = triples(services)
    outcome = load(services, HEAD + HEEL.replace("under", "bak") + TOE[:cut])
    assert outcome.exit_code == 1
    assert concepts(services) == {"tupp", "spiss", "skaft"}
    after = triples(services)
    assert any("del bak ankelen" in one for one in after)
    assert not any("del under ankelen" in one for one in after)
    assert len(before - after) == len(after - before) == 3, "the definition and the link to it"
    statuses = {record.subject.rsplit("/", 1)[-1]: record.status for record in outcome.reports[0].records}
    assert statuses == {"tupp": "stored", "spiss": "unchanged"}


def test_a_term_that_cannot_be_read_stays_as_it_was(services: Services) -> None:
    load(services, HEAD + HEEL + TOE)
    outcome = load(services, HEAD + HEEL.replace('"tupp"@nb', "“tupp”@nb").replace("under", "bak") + TOE)
    assert outcome.reports[0].partial
    after = triples(services)
    assert any('"tupp"@nb' in one for one in after)
    assert any("del bak ankelen" in one for one in after)
    assert not any("del under ankelen" in one for one in after)


def test_a_concept_whose_class_cannot_be_read_stays_as_it_was(services: Services) -> None:
    load(services, HEAD + HEEL + TOE)
    before = triples(services)
    outcome = load(services, HEAD + HEEL.replace("skos:Concept ;", "skos:Concept , ;").replace("under", "bak") + TOE)
    assert outcome.reports[0].partial
    assert triples(services) == before


def test_a_catalogue_goes_on_listing_what_stood_behind_the_cut(services: Services) -> None:
    load(services, HEAD + HEEL + TOE + SHAFT)
    load(services, HEAD.replace(" , :spiss , :skaft", "") + HEEL + TOE[:62])
    assert len(list(services.store.reader().quads(predicate=SKOS.member))) == 3


def test_concepts_stay_whatever_their_addresses_look_like(services: Services) -> None:
    named = "https://sokker.example/definitions/"
    whole, less = (text.replace("https://sokker.example/begrep/", named) for text in (HEAD + HEEL + TOE, HEAD + HEEL))
    load(services, whole)
    load(services, less + SHAFT[:60])
    assert concepts(services) == {"tupp", "spiss", "skaft"}


def test_a_file_that_cannot_be_read_takes_nothing_away(services: Services) -> None:
    def of_files(second: bytes) -> pipeline.Outcome:
        sources = [Source("a.ttl", (HEAD + HEEL).encode()), Source("b.ttl", second)]
        return pipeline.run(services, pipeline.Request(sources, catalogue="sokker"))

    of_files((HEAD + TOE).encode())
    outcome = of_files(b"\xff\x00")
    assert [each.where.file for each in outcome.unreadable] == ["b.ttl"]
    assert "read-in-part" in {each.code for each in outcome.reports[0].issues}
    assert concepts(services) == {"tupp", "spiss"}
    of_files((HEAD + SHAFT).encode())
    assert concepts(services) == {"tupp", "skaft"}


def test_without_a_catalogues_name_too_a_file_that_cannot_be_read_takes_nothing_away(services: Services) -> None:
    def of_files(*contents: bytes, missing: Sequence[UnreadableSourceError] = ()) -> pipeline.Outcome:
        sources = [Source(f"{name}.ttl", content) for name, content in zip("ab", contents, strict=False)]
        return pipeline.run(services, pipeline.Request(sources, missing=missing))

    toe = (HEAD + TOE).replace(":samling a", "<https://sokker.example/begrep/samling> a")
    of_files((HEAD + HEEL).encode(), toe.encode())
    assert concepts(services) == {"tupp", "spiss"}
    of_files((HEAD + HEEL).encode(), b"\xff\x00")
    assert concepts(services) == {"tupp", "spiss"}
    of_files((HEAD + HEEL).encode(), missing=[UnreadableSourceError("There is no such file.", Where("b.ttl"), "")])
    assert concepts(services) == {"tupp", "spiss"}
    of_files((HEAD + HEEL).encode())
    assert concepts(services) == {"tupp"}


def test_a_rejected_record_retires_nothing(services: Services) -> None:
    def of_table(*rows: str) -> pipeline.Outcome:
        text = "\n".join(("anbefalt_term;definisjon", *rows, ""))
        return pipeline.run(services, pipeline.Request([Source("t.csv", text.encode())], catalogue="sokker"))

    def labels() -> set[str]:
        return {quad.object.value for quad in services.store.reader().quads(predicate=SKOS.prefLabel)}

    of_table("tupp;del under ankelen", "spiss;foran på sokken")
    outcome = of_table("tupp;del under foten", ";foran på sokken")
    assert labels() == {"tupp", "spiss"}
    [in_part] = [issue for issue in outcome.reports[0].issues if issue.code == "read-in-part"]
    assert (in_part.value, in_part.where) == ("1 rejected", Where("t.csv", line=3, row=3))
    of_table("tupp;del under foten")
    assert labels() == {"tupp"}


def test_a_repeated_id_does_not_make_the_source_one_in_part(services: Services) -> None:
    text = "id;anbefalt_term\nhttps://s.example/1;tupp\nhttps://s.example/1;spiss\n"
    outcome = pipeline.run(services, pipeline.Request([Source("t.csv", text.encode())], catalogue="sokker"))
    assert [record.status for record in outcome.reports[0].records] == ["stored", "rejected"]
    assert not outcome.reports[0].partial


def test_a_source_of_which_every_record_is_rejected_empties_nothing(services: Services) -> None:
    def of_table(*rows: str) -> pipeline.Outcome:
        text = "\n".join(("anbefalt_term;definisjon", *rows, ""))
        return pipeline.run(services, pipeline.Request([Source("t.csv", text.encode())], catalogue="sokker"))

    of_table("tupp;del under ankelen", "spiss;foran på sokken")
    before = triples(services)
    outcome = of_table(";del under ankelen", ";foran på sokken")
    assert outcome.exit_code == pipeline.NOTHING
    codes = [issue.code for record in outcome.reports[0].records for issue in record.issues]
    assert codes == ["concept-without-name", "concept-without-name"]
    assert outcome.reports[0].issues[-1].value == "2 rejected"
    assert triples(services) == before


def test_the_same_cut_file_again_changes_nothing(services: Services) -> None:
    load(services, HEAD + HEEL + TOE)
    load(services, HEAD + HEEL + SHAFT[:60])
    generation = services.store.reader().generation
    load(services, HEAD + HEEL + SHAFT[:60])
    assert services.store.reader().generation == generation
    assert concepts(services) == {"tupp", "spiss", "skaft"}


def test_a_file_that_is_whole_removes_what_it_lacks(services: Services) -> None:
    load(services, HEAD + HEEL + TOE + SHAFT)
    load(services, HEAD + HEEL)
    assert concepts(services) == {"tupp"}
