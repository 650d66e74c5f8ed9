"""The four dialects of SKOS-AP-NO, plain SKOS, and what the report says of them."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from importers.base import Batch, ImportOptions, Source
from importers.skos_ap_no import RdfImporter
from ontologies.namespaces import (
    AUDIENCE,
    CONCEPT_STATUS,
    DCT,
    EUVOC,
    ORGANISATION,
    RDF,
    RDFS,
    RELATIONSHIP_WITH_SOURCE,
    SKOS,
    SKOSNO,
    SKOSXL,
    XKOS,
)

BASE = "http://localhost:8000"
PREFIXES = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <http://schema.org/> .
@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> .
@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix old: <http://difi.no/skosno#> .
@prefix skosno: <https://data.norge.no/vocabulary/skosno#> .
@prefix : <https://example.no/begrep/> .
"""
KAFFE = NamedNode("https://example.no/begrep/kaffe")


def read(body: str, name: str = "katalog.ttl", **options: str) -> list[Batch]:
    return RdfImporter().read(Source(name, (PREFIXES + body).encode()), ImportOptions(BASE, **options))


def one(body: str, **options: str) -> Batch:
    batches = read(body, **options)
    assert len(batches) == 1
    return batches[0]


def objects(batch: Batch, subject: NamedNode, predicate: NamedNode) -> list[object]:
    return [triple.object for triple in batch.triples if triple.subject == subject and triple.predicate == predicate]


def definitions(batch: Batch, concept: NamedNode = KAFFE) -> list[NamedNode]:
    return [node for node in objects(batch, concept, EUVOC.xlDefinition) if isinstance(node, NamedNode)]


def codes(batch: Batch) -> list[str]:
    return [issue.code for record in batch.report.records for issue in record.issues]


V0 = """
:kaffe a skos:Concept ;
    old:betydningsbeskrivelse [ a old:Definisjon ;
        rdfs:label "drikk av brente bønner"@nb ;
        old:forholdTilKilde old:basertPåKilde ;
        dct:source [ rdfs:label "Kokebok"@nb ; rdfs:seeAlso <https://example.no/kokebok> ] ;
        dct:audience old:fagspesialist ;
        skos:scopeNote "varm eller kald"@nb ;
        skos:example "espresso"@nb ;
        old:omfang [ rdfs:label "1-10"@nb ; rdfs:seeAlso <https://example.no/omfang> ] ;
        dct:modified "2020-01-02"^^xsd:date ] ;
    old:alternativFormulering [ a old:AlternativFormulering ; rdfs:label "en drikk"@nb ; dct:audience old:allmennheten ] ;
    old:datastrukturterm "kaffeKode"@nb ;
    old:bruksområde "kjøkken"@nb ;
    dct:temporal [ a dct:PeriodOfTime ; schema:startDate "2020-01-01"^^xsd:date ; schema:endDate "2021-01-01"^^xsd:date ] ;
    dct:identifier "kaffe" ;
    dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/974760673> ;
    skosxl:prefLabel [ a skosxl:Label ; skosxl:literalForm "kaffe"@nb ] ;
    skosxl:altLabel [ a skosxl:Label ; skosxl:literalForm "kaffi"@nn ] ;
    skosxl:hiddenLabel [ a skosxl:Label ; skosxl:literalForm "svart gull"@nb ; dct:modified "2019-05-05"^^xsd:date ] ;
    dcat:contactPoint [ a vcard:Organization ; vcard:hasEmail <mailto:kaffe@example.no> ] .
"""


def test_the_oldest_dialect_becomes_version_2() -> None:
    batch = one(V0)
    assert objects(batch, KAFFE, SKOS.prefLabel) == [Literal("kaffe", language="nb")]
    assert objects(batch, KAFFE, SKOS.altLabel) == [Literal("kaffi", language="nn")]
    assert objects(batch, KAFFE, SKOS.hiddenLabel) == [Literal("svart gull", language="nb")]
    special, public = sorted(definitions(batch), key=lambda node: len(objects(batch, node, DCT.source)), reverse=True)
    assert objects(batch, special, RDF.type) == [EUVOC.XlNote]
    assert objects(batch, special, RDF.value) == [Literal("drikk av brente bønner", language="nb")]
    assert objects(batch, special, SKOSNO.relationshipWithSource) == [RELATIONSHIP_WITH_SOURCE["derived-from-source"]]
    assert objects(batch, special, DCT.audience) == [AUDIENCE.specialist]
    assert objects(batch, special, DCT.modified) == [
        Literal("2020-01-02", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    ]
    (source,) = objects(batch, special, DCT.source)
    assert source.value.startswith(f"{BASE}/sources/")
    assert objects(batch, source, RDFS.label) == [Literal("Kokebok", language="nb")]
    assert objects(batch, source, RDFS.seeAlso) == [NamedNode("https://example.no/kokebok")]
    assert objects(batch, public, DCT.audience) == [AUDIENCE.public]
    assert special.value.startswith(f"{BASE}/definitions/")


def test_what_stood_on_the_definition_moves_to_the_concept() -> None:
    batch = one(V0)
    assert objects(batch, KAFFE, SKOS.scopeNote) == [Literal("varm eller kald", language="nb")]
    assert objects(batch, KAFFE, SKOS.example) == [Literal("espresso", language="nb")]
    assert set(objects(batch, KAFFE, SKOSNO.valueRange)) == {
        Literal("1-10", language="nb"),
        NamedNode("https://example.no/omfang"),
    }


def test_details_of_the_oldest_dialect() -> None:
    batch = one(V0)
    assert objects(batch, KAFFE, SKOSNO.dataStructureLabel) == [Literal("kaffeKode", language="nb")]
    assert objects(batch, KAFFE, DCT.subject) == [Literal("kjøkken", language="nb")]
    assert [date.value for date in objects(batch, KAFFE, EUVOC.startDate)] == ["2020-01-01"]
    assert [date.value for date in objects(batch, KAFFE, EUVOC.endDate)] == ["2021-01-01"]
    assert objects(batch, KAFFE, DCT.temporal) == []
    assert objects(batch, KAFFE, DCT.publisher) == [ORGANISATION["974760673"]]
    assert objects(batch, KAFFE, DCT.creator) == [ORGANISATION["974760673"]]
    assert batch.catalogue == "974760673"
    assert "publisher-normalised" in codes(batch)
    assert [issue.code for issue in batch.report.issues] == ["dialect-normalised"]


def test_a_label_that_says_more_is_kept_beside_the_plain_one() -> None:
    batch = one(V0)
    (label,) = objects(batch, KAFFE, SKOSXL.hiddenLabel)
    assert [date.value for date in objects(batch, label, DCT.modified)] == ["2019-05-05"]
    assert objects(batch, KAFFE, SKOSXL.prefLabel) == []


def test_version_1_says_the_same_as_the_oldest() -> None:
    v1 = V0.replace("old:betydningsbeskrivelse", "skosno:definisjon").replace("old:", "skosno:")
    assert set(one(v1).triples) == set(one(V0).triples)


def test_nothing_nameless_is_left_and_a_second_import_is_the_same() -> None:
    first, second = one(V0), one(V0)
    assert set(first.triples) == set(second.triples)
    assert not any(isinstance(part, BlankNode) for triple in first.triples for part in triple)


@pytest.mark.parametrize("syntax", [RdfFormat.RDF_XML, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES, RdfFormat.TRIG])
def test_every_syntax_says_the_same(syntax: RdfFormat) -> None:
    triples = [quad.triple for quad in parse((PREFIXES + V0).encode(), RdfFormat.TURTLE)]
    data = serialize(triples, format=syntax)
    assert data is not None
    batches = RdfImporter().read(Source("katalog.txt", data), ImportOptions(BASE))
    assert set(batches[0].triples) == set(one(V0).triples)


def test_version_2_is_kept_as_it_is() -> None:
    body = """
    :samling a skos:Collection ; dct:title "Drikker"@nb ; skos:member :kaffe ; dct:identifier "samling" ;
        dct:publisher <https://organization-catalog.fellesdatakatalog.digdir.no/organizations/974760673> ;
        dcat:contactPoint :kontakt .
    :kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb, "kaffi"@nn ; dct:identifier "https://example.no/begrep/kaffe" ;
        euvoc:xlDefinition :definisjon ; dcat:contactPoint :kontakt ;
        dct:publisher <https://organization-catalog.fellesdatakatalog.digdir.no/organizations/974760673> .
    :definisjon a euvoc:XlNote ; rdf:value "drikk"@nb ; dct:source <https://lovdata.no/lov/1> .
    :kontakt a vcard:Organization ; vcard:hasEmail <mailto:a@example.no> .
    """
    batch = one(body)
    assert set(batch.triples) == {quad.triple for quad in parse((PREFIXES + body).encode(), RdfFormat.TURTLE)}
    assert (batch.catalogue, batch.title, batch.publisher) == (
        "example-no-begrep-samling",
        "Drikker",
        ORGANISATION["974760673"].value,
    )
    assert [(record.subject, record.status, record.issues) for record in batch.report.records] == [
        (KAFFE.value, "stored", [])
    ]


def test_a_direct_definition_becomes_one_definition_in_its_languages() -> None:
    batch = one(':kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb ; skos:definition "drikk"@nb, "drykk"@nn .')
    (definition,) = definitions(batch)
    assert set(objects(batch, definition, RDF.value)) == {
        Literal("drikk", language="nb"),
        Literal("drykk", language="nn"),
    }
    assert objects(batch, KAFFE, SKOS.definition) == []


def test_two_definitions_in_one_language_are_two_and_reported() -> None:
    batch = one(':kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb ; skos:definition "drikk"@nb, "plante"@nb .')
    texts = [objects(batch, node, RDF.value) for node in definitions(batch)]
    assert sorted(text.value for (text,) in texts) == ["drikk", "plante"]
    assert "two-definitions-one-language" in codes(batch)


def test_two_texts_on_one_old_definition_are_two_definitions_with_its_source() -> None:
    batch = one(
        ':kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb ; skosno:definisjon '
        '[ rdfs:label "drikk"@nb, "plante"@nb ; dct:source [ rdfs:label "Bok"@nb ] ] .'
    )
    assert len(definitions(batch)) == 2
    for node in definitions(batch):
        assert objects(batch, node, DCT.source) == [Literal("Bok", language="nb")]


def test_a_definition_said_twice_is_kept_once() -> None:
    batch = one(
        ':kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb ; skos:definition "drikk"@nb ;'
        ' euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "drikk"@nb ] .'
    )
    assert len(definitions(batch)) == 1
    assert "definition-repeated" in codes(batch)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("<basertPåKilde>", "derived-from-source"),
        ("skosno:sitatFraKilde", "direct-from-source"),
        ("old:egendefinert", "self-composed"),
        ('"Basert på kilde"', "derived-from-source"),
        ("<https://data.norge.no/vocabulary/relationship-with-source-type#self-composed>", "self-composed"),
    ],
)
def test_the_relation_to_the_source_becomes_a_code(written: str, stored: str) -> None:
    batch = one(
        f':kaffe a skos:Concept ; skosno:definisjon [ rdfs:label "drikk"@nb ; skosno:forholdTilKilde {written} ] .'
    )
    (definition,) = definitions(batch)
    assert objects(batch, definition, SKOSNO.relationshipWithSource) == [RELATIONSHIP_WITH_SOURCE[stored]]


def test_a_source_that_only_names_the_relation_becomes_its_code() -> None:
    batch = one(
        ':kaffe a skos:Concept ; old:definisjon [ rdfs:label "drikk"@nb ; dct:source [ rdfs:label "Egendefinert"@nb ] ] .'
    )
    (definition,) = definitions(batch)
    assert objects(batch, definition, DCT.source) == []
    assert objects(batch, definition, SKOSNO.relationshipWithSource) == [RELATIONSHIP_WITH_SOURCE["self-composed"]]
    assert "source-is-code" in codes(batch)


def test_a_list_of_sources_loses_its_order_and_nothing_else() -> None:
    batch = one(
        ':kaffe a skos:Concept ; euvoc:xlDefinition [ rdf:value "drikk"@nb ; dct:source ( <https://a.no> "Bok"@nb ) ] .'
    )
    (definition,) = definitions(batch)
    assert set(objects(batch, definition, DCT.source)) == {NamedNode("https://a.no"), Literal("Bok", language="nb")}
    assert "source-order-lost" in codes(batch)
    assert not any(triple.predicate == RDF.first for triple in batch.triples)


def test_relations_with_a_criterion_become_relation_objects() -> None:
    batch = one(
        ":kaffe a skos:Concept ; old:generiskRelasjon [ a old:GeneriskRelasjon ; xkos:generalizes :espresso ;"
        ' old:inndelingskriterium "styrke"@nb ] ;'
        ' old:partitivRelasjon [ a old:PartitivRelasjon ; dct:hasPart :vann ; dct:description "innhold"@nb ] ;'
        ' old:assosiativRelasjon [ a old:AssosiativRelasjon ; skos:related :kopp ; dct:description "drikkes av"@nb ] .'
    )
    (generic,) = objects(batch, KAFFE, SKOSNO.hasGenericConceptRelation)
    assert objects(batch, generic, RDF.type) == [SKOSNO.GenericConceptRelation]
    assert objects(batch, generic, SKOSNO.hasSpecificConcept) == [NamedNode("https://example.no/begrep/espresso")]
    assert objects(batch, generic, DCT.description) == [Literal("styrke", language="nb")]
    (partitive,) = objects(batch, KAFFE, SKOSNO.hasPartitiveConceptRelation)
    assert objects(batch, partitive, SKOSNO.hasPartitiveConcept) == [NamedNode("https://example.no/begrep/vann")]
    (associative,) = objects(batch, KAFFE, SKOSNO.isFromConceptIn)
    assert objects(batch, associative, SKOSNO.relationRole) == [Literal("drikkes av", language="nb")]
    assert objects(batch, associative, SKOSNO.hasToConcept) == [NamedNode("https://example.no/begrep/kopp")]


def test_relations_without_a_criterion_become_direct() -> None:
    batch = one(
        ":kaffe a skos:Concept ; skosno:generiskRelasjon [ a skosno:GeneriskRelasjon ; xkos:specializes :drikk ] ;"
        " skosno:assisiativRelasjon [ skos:related :kopp ] ; skosno:partitivRelasjon [ dct:isPartOf :frokost ] ."
    )
    assert objects(batch, KAFFE, XKOS.specializes) == [NamedNode("https://example.no/begrep/drikk")]
    assert objects(batch, KAFFE, SKOS.related) == [NamedNode("https://example.no/begrep/kopp")]
    assert objects(batch, KAFFE, XKOS.isPartOf) == [NamedNode("https://example.no/begrep/frokost")]
    assert not any(triple.object == SKOSNO.GeneriskRelasjon for triple in batch.triples)


def test_a_relation_that_leads_nowhere_is_kept_and_reported() -> None:
    batch = one(':kaffe a skos:Concept ; skosno:generiskRelasjon [ skosno:inndelingskriterium "styrke"@nb ] .')
    (relation,) = objects(batch, KAFFE, SKOSNO.generiskRelasjon)
    assert objects(batch, relation, SKOSNO.inndelingskriterium) == [Literal("styrke", language="nb")]
    assert "relation-incomplete" in codes(batch)


def test_terms_in_a_wrong_namespace_are_put_right() -> None:
    batch = one(
        ":kaffe a skos:Concept ; skosno:valueRange <https://example.no/liste> ;"
        " skos:hasGenericConceptRelation [ a skosno:GenericConceptRelation ; skosno:hasGenericConcept :drikk ] ."
    )
    assert len(objects(batch, KAFFE, SKOSNO.hasGenericConceptRelation)) == 1
    assert "wrong-namespace" in codes(batch)


def test_status_of_early_version_2() -> None:
    batch = one(
        f':kaffe a skos:Concept ; adms:status <{CONCEPT_STATUS.CURRENT.value}> ; euvoc:xlDefinition [ rdf:value "x"@nb ] .'
    )
    assert objects(batch, KAFFE, EUVOC.status) == [CONCEPT_STATUS.CURRENT]


def test_plain_skos_is_kept_as_it_is() -> None:
    body = """
    :skjema a skos:ConceptScheme ; skos:prefLabel "Tesaurus" .
    :kaffe a skos:Concept ; skos:inScheme :skjema ; skos:prefLabel "coffee"@en, "Kaffee"@de, "uten språk" ;
        skos:hiddenLabel "cofee"@en ; skos:broader :drikk ; adms:status :gyldig ; skos:related :te .
    """
    batch = one(body)
    assert set(batch.triples) == {quad.triple for quad in parse((PREFIXES + body).encode(), RdfFormat.TURTLE)}
    assert batch.catalogue == "example-no-begrep-skjema"
    assert batch.kind == "catalogue"
    assert not any(triple.predicate in {XKOS.specializes, EUVOC.status} for triple in batch.triples)


def test_reference_vocabularies_are_vocabularies() -> None:
    body = (
        "<https://psi.norge.no/los/tema> a skos:ConceptScheme ."
        '<https://psi.norge.no/los/tema/skatt> a skos:Concept ; skos:prefLabel "Skatt"@nb ; skos:definition "om skatt"@nb .'
    )
    batch = one(body)
    assert batch.kind == "vocabulary"
    assert objects(batch, NamedNode("https://psi.norge.no/los/tema/skatt"), SKOS.definition) == [
        Literal("om skatt", language="nb")
    ]


def test_a_concept_without_term_or_definition_is_stored_and_reported() -> None:
    batch = one(":kaffe a skos:Concept .")
    (record,) = batch.report.records
    assert record.status == "stored"
    assert {issue.code: issue.severity for issue in record.issues}["concept-without-term"] == "warning"
    assert {issue.code for issue in record.issues} >= {"concept-without-definition", "publisher-missing"}


def test_a_concept_with_neither_iri_nor_term_is_rejected_with_what_points_at_it() -> None:
    batch = one(
        ':kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb ; skos:related '
        '[ a skos:Concept ; euvoc:xlDefinition [ rdf:value "varm drikk"@nb ; dct:source "boka"@nb ] ] .'
    )
    kept, rejected = batch.report.records
    assert (kept.status, kept.subject) == ("stored", KAFFE.value)
    assert (rejected.status, rejected.issues[0].code) == ("rejected", "concept-without-name")
    assert "varm drikk" in rejected.issues[0].message
    assert {triple.subject for triple in batch.triples} == {KAFFE}
    assert not objects(batch, KAFFE, SKOS.related)


def test_texts_are_tidied_and_languages_settled() -> None:
    batch = one(
        ':kaffe a skos:Concept ; skos:prefLabel " kaffe\u00a0"@no ; skos:altLabel "", "java" ;'
        ' skos:definition "drikk"@no-nb ; skos:scopeNote "a\u0001b"@nn .'
    )
    assert objects(batch, KAFFE, SKOS.prefLabel) == [Literal("kaffe", language="nb")]
    assert objects(batch, KAFFE, SKOS.altLabel) == [Literal("java", language="nb")]
    assert objects(batch, KAFFE, SKOS.scopeNote) == [Literal("ab", language="nn")]
    assert set(codes(batch)) >= {
        "edge-blanks",
        "empty-value",
        "language-normalised",
        "missing-language",
        "control-character",
    }
    assert batch.report.records[0].repaired


def test_two_preferred_terms_and_languages_that_do_not_meet() -> None:
    batch = one(':kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb, "java"@nb ; skos:definition "drykk"@nn .')
    assert set(codes(batch)) >= {"two-preferred-terms-one-language", "term-and-definition-in-different-languages"}


@pytest.mark.parametrize(
    "written",
    [
        "<http://data.brreg.no/enhetsregisteret/enhet/974760673>",
        "<http://data.brreg.no/enhetsregisteret/enhet/974760673.json>",
        "<https://data.brreg.no/enhetsregisteret/oppslag/enheter/974760673>",
        "<https://organization-catalogue.staging.fellesdatakatalog.brreg.no/organizations/974760673>",
        '[ a <http://xmlns.com/foaf/0.1/Agent> ; dct:identifier "974760673" ]',
        '"974760673"',
    ],
)
def test_every_spelling_of_an_organisation_becomes_one(written: str) -> None:
    batch = one(f':kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb ; dct:publisher {written} .')
    assert objects(batch, KAFFE, DCT.publisher) == [ORGANISATION["974760673"]]
    assert "publisher-normalised" in codes(batch)


def test_a_publisher_without_a_number_is_kept() -> None:
    written = NamedNode("http://data.brreg.no/enhetsregisteret/enhet/Oslo+Kommune")
    batch = one(f':kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb ; dct:publisher <{written.value}> .')
    assert objects(batch, KAFFE, DCT.publisher) == [written]
    assert "publisher-unknown" in codes(batch)


def test_concepts_without_an_iri_get_one_from_their_term() -> None:
    body = '[] a skos:Concept ; skos:prefLabel "kaffe"@nb ; skos:definition "{}"@nb . [] a skos:Concept ; skos:prefLabel "kaffe"@nb .'
    first, second = one(body.format("drikk")), one(body.format("en annen drikk"))
    subjects = {record.subject for record in first.report.records}
    assert len(subjects) == 2
    assert all(subject.startswith(f"{BASE}/concepts/") for subject in subjects)
    assert subjects == {record.subject for record in second.report.records}


def test_a_resource_defined_as_a_concept_is_one() -> None:
    batch = one(':kaffe old:betydningsbeskrivelse [ rdfs:label "drikk"@nb ] .')
    assert objects(batch, KAFFE, RDF.type) == [SKOS.Concept]
    assert "type-added" in codes(batch)


def test_impossible_dates_are_kept_and_reported() -> None:
    batch = one(
        ':kaffe a skos:Concept ; euvoc:startDate "366.12.2016"^^xsd:dateTime ; dct:modified "2015-02-30"^^xsd:date .'
    )
    assert codes(batch).count("invalid-date") == 2
    assert len(objects(batch, KAFFE, EUVOC.startDate)) == 1


def test_records_know_their_line_and_repairs_their_record() -> None:
    body = ':kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb .\n\n:te a skos:Concept ;\n  rdfs:seeAlso <http://x.no/a b> .'
    records = {record.subject[-2:]: record for record in one(body).report.records}
    assert records["te"].where.line == (records["fe"].where.line or 0) + 2
    assert "iri-repaired" in [issue.code for issue in records["te"].issues]
    assert "iri-repaired" not in [issue.code for issue in records["fe"].issues]


def test_other_resources_are_kept() -> None:
    body = """
    :katalog a dcat:Catalog ; dct:title "Data"@nb ; dcat:dataset :sett .
    :sett a dcat:Dataset ; dct:title " Sett "@nb ; dct:subject :kaffe ; dcat:distribution [ dct:title "CSV"@nb ] .
    """
    batch = one(body)
    sett = NamedNode("https://example.no/begrep/sett")
    assert objects(batch, sett, DCT.title) == [Literal(" Sett ", language="nb")]
    assert [record.subject for record in batch.report.records] == [sett.value]
    assert "property-missing" in codes(batch)
    assert len(batch.triples) == len(list(parse((PREFIXES + body).encode(), RdfFormat.TURTLE)))


def test_alike_blank_nodes_of_two_owners_stay_two_and_circles_are_named() -> None:
    body = (
        ':kaffe a skos:Concept ; dcat:contactPoint [ vcard:fn "Kari" ] . :te a skos:Concept ; dcat:contactPoint [ vcard:fn "Kari" ] .'
        ":kaffe rdfs:seeAlso _:a . _:a rdfs:seeAlso _:b . _:b rdfs:seeAlso _:a ."
    )
    batch = one(body)
    assert len({triple.subject for triple in batch.triples if triple.object == Literal("Kari")}) == 2
    assert set(batch.triples) == set(one(body).triples)
    assert len(batch.triples) == len(list(parse((PREFIXES + body).encode(), RdfFormat.TURTLE)))


def test_all_triples_are_plain() -> None:
    assert all(isinstance(triple, Triple) for triple in one(V0).triples)
