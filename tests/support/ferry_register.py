"""Invented ferries: two agencies of one ministry with datasets, an API, concepts, a service and a life event."""

from pages_register import PUBLISHER, arrival

from registry import storing
from registry.services import Services

BASE = "http://localhost:8000"
MINISTRY, FERRIES, QUAYS = "999300001", "999300002", "999300003"
LOS = "https://psi.norge.no/los/tema/ferjer"
EVENT = "https://ferje.example/hendelse/flytte-til-oy"
ROUTES, STOPS, CREWS = (f"https://ferje.example/datasett/{name}" for name in ("ruter", "stopp", "mannskap"))
CONCEPT = "https://ferje.example/begrep/ferjeleie"
_EU = "publications.europa.eu/resource/authority"

FERRY_THINGS = f"""
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix orgs: <http://www.w3.org/ns/org#> .
org:{FERRIES} foaf:name "Prøveferjene"@nb ; orgs:subOrganizationOf org:{MINISTRY} .
org:{MINISTRY} foaf:name "Ferjedepartementet"@nb .
<{ROUTES}> a dcat:Dataset ; dct:title "Ferjeruter"@nb ; dct:publisher org:{FERRIES} ; dct:modified "2026-03-01"^^xsd:date ;
  dcat:theme <https://{_EU}/data-theme/TRAN>, <{LOS}> ; dct:accessRights <http://{_EU}/access-right/PUBLIC> ;
  dct:subject <{CONCEPT}> ; dcat:distribution <{ROUTES}/csv> .
<{ROUTES}/csv> a dcat:Distribution ; dct:format "text/csv" ; dct:license <https://data.norge.no/nlod/no/2.0> .
<{STOPS}> a dcat:Dataset ; dct:title "Ferjestopp"@nb ; dct:publisher org:{FERRIES} ; dct:modified "2026-04-01"^^xsd:date ;
  dcat:theme <http://{_EU}/data-theme/TRAN> ; dct:accessRights <http://{_EU}/access-right/RESTRICTED> ;
  dcat:distribution <{STOPS}/fil> .
<{STOPS}/fil> a dcat:Distribution ; dct:format "Esri Shape" ; dct:license <https://ferje.example/egen-lisens> .
<{CREWS}> a dcat:Dataset ; dct:title "Ferjemannskap"@nb ; dct:publisher org:{FERRIES} ; adms:status <http://{_EU}/x/Completed> .
<https://ferje.example/tjeneste/kort> a cpsv:PublicService ; dct:title "Ferjekort"@nb ; cv:hasCompetentAuthority org:{FERRIES} ;
  cv:isGroupedBy <{EVENT}> ; dct:subject <{CONCEPT}> .
<{EVENT}> a cv:LifeEvent ; dct:title "Flytte til en øy"@nb, "Flytte til ei øy"@nn, "Moving to an island"@en .
"""
FERRY_WORDS = f"""
<{CONCEPT}> a skos:Concept ; skos:prefLabel "ferjeleie"@nb ; dct:publisher org:{FERRIES} ; dct:subject "ferjer"@nb, "ferries"@en ;
  euvoc:xlDefinition <{BASE}/definitions/ferje1> .
<{BASE}/definitions/ferje1> a euvoc:XlNote ; rdf:value "kai der ferje på minst 20 meter kan legge til"@nb .
"""
QUAY_WORDS = f"""
<https://kai.example/begrep/ferjeleie> a skos:Concept ; skos:prefLabel "ferjeleie"@nb ;
  euvoc:xlDefinition <{BASE}/definitions/ferje2> .
<{BASE}/definitions/ferje2> a euvoc:XlNote ; rdf:value "kai der ferje på minst 40 meter kan legge til"@nb .
<https://kai.example/begrep/rekkverk> a skos:Concept ; skos:prefLabel "rekkverk"@nb ; dct:publisher org:{QUAYS} .
"""


def fill(services: Services) -> None:
    """Stores everything as an import would. What the quays' first concept lacks, its catalogue says: who owns it."""
    arrivals = [
        arrival("ferjer", "catalogue", "Ferjer", FERRIES, FERRY_THINGS, []),
        arrival("ferjeord", "catalogue", "Ferjeord", FERRIES, FERRY_WORDS, []),
        arrival("kaiord", "catalogue", "Kaiord", f"{PUBLISHER}{QUAYS}", QUAY_WORDS, []),
    ]
    storing.store(services, arrivals, lambda _: None)
