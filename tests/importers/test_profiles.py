"""Models, datasets, services and organisations in RDF: today's terms, what their parts lack, and which catalogue."""

import os
from collections import Counter
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode
from rdflib.namespace import RDF as RDFLIB_RDF

from importers.base import Batch, ImportOptions, Source
from importers.reading import read_source
from ontologies.namespaces import DCT, MODELLDCATNO, RDF, RDFS, SKOS, XKOS

SHARED = Path(os.environ.get("SAMSVAR_SHARED", Path(__file__).parents[3] / "shared"))
OPTIONS = ImportOptions("https://register.example")
X = "https://bat.example/modell/"
HEAD = """@prefix m: <https://data.norge.no/vocabulary/modelldcatno#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rov: <http://www.w3.org/ns/regorg#> .
@prefix gammel: <https://rdf-vocabulary.ddialliance.org/xkos/> . @prefix x: <https://bat.example/modell/> .
"""
MODEL = """x:m a m:InformationModel ; dct:title "Båter"@nb ; m:containsModelelement x:Bat .
x:Bat a m:ObjectType ; dct:title "Båt"@nb ; m:subject x:begrep ; m:hasProperty x:type , x:eier .
x:type a m:Attribute ; dct:title "type"@nb ; m:hasValueFrom x:Typer ; xsd:minOccurs "0" ; xsd:maxOccurs "*" .
x:eier a m:Role ; dct:title "eier"@nb ; m:maxOccurs "" .
x:Typer a m:CodeList ; dct:title "Typer"@nb ; m:codeListReference x:liste .
x:seil a m:CodeElement ; skos:inScheme x:Typer ; skos:notation "S" ; gammel:next x:motor .
x:motor a m:CodeElement ; skos:inScheme x:Typer .
"""


def read(text: str, name: str = "bat.ttl") -> list[Batch]:
    return read_source(Source(name, (HEAD + text).encode()), OPTIONS)


def said(batch: Batch) -> set[tuple[str, NamedNode, str]]:
    return {
        (triple.subject.value.removeprefix(X), triple.predicate, getattr(triple.object, "value", "").removeprefix(X))
        for triple in batch.triples
        if isinstance(triple.subject, NamedNode)
    }


def test_terms_of_older_versions_become_todays() -> None:
    (batch,) = read(MODEL)
    assert said(batch) >= {
        ("m", MODELLDCATNO.containsModelElement, "Bat"),
        ("Bat", DCT.subject, "begrep"),
        ("type", MODELLDCATNO.minOccurs, "0"),
        ("type", MODELLDCATNO.maxOccurs, "*"),
        ("Typer", RDFS.seeAlso, "liste"),
        ("seil", XKOS.next, "motor"),
    }
    (noted,) = [one for one in batch.report.issues if one.code == "profile-normalised"]
    assert "xsd:maxOccurs" in noted.value


def test_a_limit_that_says_nothing_is_left_out() -> None:
    (batch,) = read(MODEL)
    assert ("eier", MODELLDCATNO.maxOccurs, "") not in said(batch)
    assert "empty-value" in {one.code for one in batch.report.issues}


def test_what_parts_lack_is_told_with_their_model() -> None:
    (batch,) = read(MODEL)
    (record,) = batch.report.records
    lacking = {one.value for one in record.issues if one.code == "part-property-missing"}
    assert lacking == {
        f"skos:notation: modelldcatno:CodeElement × 1, {X}motor",
        f"modelldcatno:hasObjectType: modelldcatno:Role × 1, {X}eier",
    }
    assert "property-missing" not in {one.code for one in record.issues}


def test_codes_and_everything_else_are_stored_with_the_model() -> None:
    (batch,) = read(MODEL)
    kinds = Counter(triple.object for triple in batch.triples if triple.predicate == RDF.type)
    assert kinds[MODELLDCATNO.CodeElement] == 2
    assert kinds[MODELLDCATNO.Attribute] == kinds[MODELLDCATNO.Role] == 1


def test_datasets_with_a_list_of_themes_are_no_vocabulary_and_go_to_their_catalogues() -> None:
    batches = read(
        """x:temaer a skos:ConceptScheme . x:sjo a skos:Concept ; skos:inScheme x:temaer ; skos:prefLabel "sjø"@nb .
        x:k1 a dcat:Catalog ; dct:title "Havn"@nb ; dcat:dataset x:d1 . x:d1 a dcat:Dataset ; dct:title "Kaier"@nb .
        x:k2 a dcat:Catalog ; dct:title "Fyr"@nb ; dcat:dataset x:d2 . x:d2 a dcat:DatasetSeries ; dct:title "Fyr"@nb ;
          dcat:theme x:sjo ."""
    )
    records = {batch.title: [record.subject.removeprefix(X) for record in batch.report.records] for batch in batches}
    assert records["Havn"] == ["d1"]
    assert records["Fyr"] == ["d2"]
    lacking = {one.value for batch in batches for record in batch.report.records for one in record.issues}
    assert {"dct:description", "dcat:contactPoint"} <= lacking


def test_organisations_are_records_where_a_file_has_nothing_else() -> None:
    (batch,) = read('x:havn a rov:RegisteredOrganization ; rov:legalName "HAVN" ; dct:identifier "999000009" .')
    assert [record.subject for record in batch.report.records] == [f"{X}havn"]
    with_model = read(MODEL + 'x:havn a rov:RegisteredOrganization ; rov:legalName "HAVN" .')
    assert [record.subject for record in with_model[0].report.records] == [f"{X}m"]


def test_a_pattern_is_a_text_whatever_its_type_says() -> None:
    (batch,) = read(MODEL + 'x:S a m:SimpleType ; dct:title "s"@nb ; xsd:pattern "[0-9]+"^^xsd:nonNegativeInteger .')
    patterns = [triple.object for triple in batch.triples if triple.predicate.value.endswith("#pattern")]
    assert patterns == [Literal("[0-9]+")]


FIRST = """@prefix i: <http://data.norge.no/informationmodel/> .
x:m a i:InformationModel ; i:name "Båter"@nb ; i:contains x:Bat .
x:Bat a i:ModelElement ; i:modelElementType "objekttype" ; i:name "Båt"@nb ; i:hasProperty x:type ; i:isSubtypeOf x:Fartoy .
x:Fartoy a i:ModelElement ; i:modelElementType "noe eget" ; i:name "Fartøy"@nb .
x:type a i:Property ; i:propertyType "assosiasjon" ; i:name "type"@nb ; i:type x:Typer ; xsd:maxOccurs "1" .
x:Typer a i:CodeList ; i:name "Typer"@nb ; i:containsCodename x:seil .
x:seil a i:Codename ; i:name "S"@nb ; i:description "Med vind"@nb .
"""


def test_the_vocabulary_before_the_profile_is_understood() -> None:
    (batch,) = read(FIRST)
    found = said(batch)
    assert found >= {
        ("m", MODELLDCATNO.containsModelElement, "Bat"),
        ("Bat", DCT.title, "Båt"),
        ("type", MODELLDCATNO.hasType, "Typer"),
        ("seil", SKOS.inScheme, "Typer"),
        ("seil", SKOS.notation, "S"),
        ("seil", SKOS.definition, "Med vind"),
    }
    assert [record.subject for record in batch.report.records] == [f"{X}m"]
    kinds = Counter(triple.object for triple in batch.triples if triple.predicate == RDF.type)
    assert kinds[MODELLDCATNO.Association] == kinds[MODELLDCATNO.Specialization] == 1
    (kept,) = [value for subject, predicate, value in found if predicate.value.endswith("modelElementType")]
    assert kept == "noe eget", "what is not understood stays as it is written"


REAL = (
    "models/SKDModellkatalog.ttl",
    "models/fdk_2022_information-models-60f1880d-2cc1-4b65-8aaa-dee4c8e3e247.ttl",
    "models/fdk_2022_model-catalogs-2a9f2a57-2936-4669-9601-5084b2b76c78.ttl",
    "datasets/fdk_fuseki_datasets.ttl",
    "services/fdk_2022_data-services-b846e448-ad5c-445f-b206-63eeb77f54dd.ttl",
    "services/fdk_2022_public-services-59a16896-2fba-46f0-802b-289a19ebac14.ttl",
    "services/fdk_2022_events-425a001e-ea59-4a98-ac95-dbee337426ce.ttl",
    "catalogues/los.rdf",
)
_OTHERWISE = {
    "modelldcatno:RootObjectType": "RootObjectType",
    "http://data.europa.eu/m8g/CriterionRequirement": "http://data.europa.eu/m8g/Criterion",
}
"""Classes that are stored under another name."""
_UNITED = {"http://xmlns.com/foaf/0.1/Agent", "http://schema.org/OpeningHoursSpecification"}
"""Of these two that are the same become one."""


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.parametrize("path", REAL)
def test_every_thing_of_a_real_file_is_stored(path: str) -> None:
    file = SHARED / "data" / path
    if not file.exists():
        pytest.skip(f"{file} is not here: set SAMSVAR_SHARED")
    graph = rdflib.Graph().parse(file)
    expected = Counter(str(kind) for _, kind in set(graph.subject_objects(RDFLIB_RDF.type)))
    for written, stored in _OTHERWISE.items():
        for kind in [kind for kind in expected if kind.endswith(written)]:
            expected[kind.removesuffix(written) + stored] += expected.pop(kind)
    batches = read_source(Source(file.name, file.read_bytes()), OPTIONS)
    typed = {(one.subject, one.object) for batch in batches for one in batch.triples if one.predicate == RDF.type}
    found = Counter(kind.value for _, kind in typed if isinstance(kind, NamedNode))
    differing = {kind for kind in expected | found if expected[kind] != found[kind]}
    assert differing <= _UNITED
