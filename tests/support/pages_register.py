"""A small register of invented harbours and fisheries, with one of everything that a page shows."""

from pyoxigraph import RdfFormat, Triple, parse

from importers.base import Batch, Kind
from importers.report import ImportReport, Issue, RecordReport, Where
from registry import storing
from registry.arrivals import Arrival
from registry.services import Services

BASE = "http://localhost:8000"
PUBLISHER = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations/"
VESSEL = "https://havn.example/begrep/fartoy"
FISHING_VESSEL = "https://fisk.example/begrep/fartoy"
OLD_SHIP = "https://havn.example/begrep/skip"
QUAY = f"{BASE}/concepts/0b7a6c1e-1111-5222-8333-944455566677"
ACT = f"{BASE}/legislation/lov/2098/02/03/4"
MODEL = "https://havn.example/modell/anlop"
DATASET = "https://havn.example/datasett/anlop"
SERVICE = "https://havn.example/api/anlop"

PREFIXES = f"""
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix modelldcatno: <https://data.norge.no/vocabulary/modelldcatno#> .
@prefix org: <{PUBLISHER}> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rel: <https://data.norge.no/vocabulary/relationship-with-source-type#> .
@prefix samsvar: <https://w3id.org/samsvar/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosno: <https://data.norge.no/vocabulary/skosno#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

HARBOUR = f"""
org:999100001 foaf:name "Prøvehavnene"@nb .
<https://havn.example/samling> a skos:Collection ; dct:title "Havnebegreper"@nb, "Hamneomgrep"@nn, "Harbour concepts"@en ;
  dct:description "Begreper om havner."@nb ; dct:publisher org:999100001 ; skos:member <{VESSEL}>, <{OLD_SHIP}>, <{QUAY}> .
<{VESSEL}> a skos:Concept ; skos:prefLabel "fartøy"@nb, "farty"@nn, "vessel"@en ; skos:altLabel "båt"@nb ;
  skos:hiddenLabel "skute"@nb ; euvoc:xlDefinition <{BASE}/definitions/d1> ; skos:scopeNote "Gjelder også lektere."@nb ;
  skos:example "ferge"@nb ; dct:subject "havn"@nb, "hamn"@nn, "harbour"@en ; skosno:valueRange "15 til 400 meter"@nb ;
  dct:identifier "{VESSEL}" ; dct:publisher org:999100001 ; euvoc:startDate "2026-01-01"^^xsd:date ;
  dct:created "2025-03-04"^^xsd:date ; dct:modified "2026-05-06"^^xsd:date ;
  dcat:contactPoint <{BASE}/nodes/contact1> ; skosno:hasGenericConceptRelation <{BASE}/nodes/relation1> ;
  skos:closeMatch <{FISHING_VESSEL}> ; rdfs:seeAlso <{QUAY}> .
<{BASE}/definitions/d1> a euvoc:XlNote ; rdf:value "flytende innretning på minst 15 meter"@nb,
  "flytande innretning på minst 15 meter"@nn, "floating structure of at least 15 metres"@en ;
  skosno:relationshipWithSource rel:derived-from-source ; dct:source <{BASE}/sources/s1>, <{ACT}/2>, "Prøvehåndboka"@nb .
<{BASE}/sources/s1> rdfs:label "havneveilederen" ; rdfs:seeAlso <https://havn.example/veileder> .
<{BASE}/nodes/contact1> a vcard:Organization ; vcard:fn "Havnekontoret"@nb ; vcard:hasEmail <mailto:post@havn.example> ;
  vcard:hasTelephone <tel:+4799999999> .
<{BASE}/nodes/relation1> a skosno:GenericConceptRelation ; skosno:hasSpecificConcept <{QUAY}> ; dct:description "etter bruk"@nb .
<{OLD_SHIP}> a skos:Concept ; skos:prefLabel "skip"@nb ; dct:isReplacedBy <{VESSEL}> ; dct:publisher org:999100001 ;
  dct:creator "Skipskontoret"@nb .
<{QUAY}> a skos:Concept ; skos:prefLabel "åpen kai"@nb, "open kai"@nn ; dct:publisher org:999100001 ;
  dct:creator org:999100009 ; dct:subject <https://elsewhere.example/subject/7> ;
  euvoc:xlDefinition <{BASE}/definitions/d2> .
<{BASE}/definitions/d2> a euvoc:XlNote ; rdf:value "<script>alert(1)</script> sted der et fartøy legger til"@nb ;
  dct:source <javascript:alert(1)> .
<{MODEL}> a modelldcatno:InformationModel ; dct:title "Anløp"@nb, "Port call"@en ; dct:publisher org:999100001 ;
  modelldcatno:containsModelElement <{MODEL}/fartoy>, <{MODEL}/typer> .
<{MODEL}/fartoy> a modelldcatno:ObjectType ; dct:title "Fartøyet"@nb ; dct:subject <{VESSEL}> ;
  modelldcatno:hasProperty <{MODEL}/lengde> .
<{MODEL}/lengde> a modelldcatno:Attribute ; dct:title "lengde"@nb ; xsd:minOccurs 0 ; xsd:maxOccurs 1 ;
  dct:subject <{VESSEL}> ; modelldcatno:hasSimpleType <{MODEL}/tall> .
<{MODEL}/tall> a modelldcatno:SimpleType ; dct:title "Meter"@nb .
<{MODEL}/typer> a modelldcatno:CodeList ; dct:title "Fartøystyper"@nb .
<{MODEL}/ferge> a modelldcatno:CodeElement ; skos:inScheme <{MODEL}/typer> ; skos:notation "F" ; skos:prefLabel "ferge"@nb .
<{DATASET}> a dcat:Dataset ; dct:title "Anløp i havnene"@nb ; dct:description "Alle anløp."@nb ; dct:publisher org:999100001 ;
  dct:subject <{VESSEL}> ; dct:conformsTo <{MODEL}> ; dcat:distribution <{DATASET}/csv> ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> .
<{DATASET}/csv> a dcat:Distribution ; dct:title "Som CSV"@nb ; dcat:accessURL <https://havn.example/anlop.csv> .
<{SERVICE}> a dcat:DataService ; dct:title "Anløps-API"@nb ; dct:publisher org:999100001 ;
  dcat:endpointURL <https://havn.example/api> ; dcat:servesDataset <{DATASET}> .
"""

FISHERY = f"""
org:999100002 foaf:name "Prøvefiskeriet"@nb .
<https://fisk.example/samling> a skos:Collection ; dct:title "Fiskeribegreper"@nb ; dct:publisher org:999100002 ;
  skos:member <{FISHING_VESSEL}> .
<{FISHING_VESSEL}> a skos:Concept ; skos:prefLabel "fartøy"@nb ; dct:publisher org:999100002 ;
  euvoc:xlDefinition <{BASE}/definitions/d3> .
<{BASE}/definitions/d3> a euvoc:XlNote ; rdf:value "flytende innretning på minst 24 meter"@nb ;
  skosno:relationshipWithSource rel:self-composed .
"""

LAW = f"""
<{ACT}> a eli:LegalResource ; dct:title "Lov om prøvehavner"@nb ; eli:title_short "Prøvehavneloven"@nb ;
  dct:identifier "LOV-2098-02-03-4" ; dct:type <https://data.norge.no/vocabulary/legal-resource-type#act> ;
  eli:responsibility_of "Prøvedepartementet" ;
  eli:based_on <{BASE}/legislation/lov/2097/05/06/12/7-1>, <{ACT}/2> ; eli:date_document "2098-02-03"^^xsd:date ; eli:has_part <{ACT}/2>, <{ACT}/10> .
<{ACT}/2> a eli:LegalResourceSubdivision ; eli:is_part_of <{ACT}> ; eli:number "§ 2" ; dct:title "Definisjoner"@nb ;
  rdf:value "I denne loven menes med fartøy: flytende innretning."@nb .
<{ACT}/10> a eli:LegalResourceSubdivision ; eli:is_part_of <{ACT}> ; eli:number "§ 10" ; dct:title "Ikrafttredelse"@nb .
<{BASE}/concepts/law-vessel> a samsvar:StatutoryConcept ; skos:prefLabel "fartøy"@nb ; dct:isPartOf <{ACT}/2> ;
  samsvar:act <{ACT}> ; samsvar:scope "i denne loven" ; euvoc:xlDefinition <{BASE}/definitions/d4> .
<{BASE}/definitions/d4> a euvoc:XlNote ; rdf:value "flytende innretning"@nb ; dct:source <{ACT}/2> ;
  skosno:relationshipWithSource rel:direct-from-source .
"""


TOPICS = """
<https://emner.example/sjo> a skos:Concept ; skos:prefLabel "sjø"@nb .
"""


def fill(services: Services) -> None:
    """Stores the two catalogues and the act as an import would."""
    harbour = [
        RecordReport(
            VESSEL, repaired=True, issues=[Issue("label-trimmed", "warning", "spaces were removed", " fartøy ")]
        ),
        RecordReport(QUAY),
        RecordReport(
            "row 7",
            "rejected",
            Where("havn.csv", row=7),
            [Issue("no-term", "error", "there is no term", fix="add one")],
        ),
    ]
    arrivals = [
        arrival("prove-havn", "catalogue", "Havnebegreper", "999100001", HARBOUR, harbour),
        arrival("prove-fisk", "catalogue", "Fiskeribegreper", "999100002", FISHERY, [RecordReport(FISHING_VESSEL)]),
        arrival("emner", "vocabulary", "Emner", "", TOPICS, [RecordReport("https://emner.example/sjo")]),
        arrival("lov-2098-02-03-4", "law", "Prøvehavneloven", "", LAW, [RecordReport(ACT)]),
    ]
    storing.store(services, arrivals, lambda _: None)


def arrival(name: str, kind: Kind, title: str, publisher: str, turtle: str, records: list[RecordReport]) -> Arrival:
    """A graph as an importer hands it over."""
    quads = parse((PREFIXES + turtle).encode(), format=RdfFormat.TURTLE)
    triples = tuple(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    report = ImportReport(name, f"{name}.ttl", "skos-ap-no", records)
    return Arrival(Batch(name, kind, title, publisher, triples, report), f"{name}.ttl")
