"""Two invented acts, a regulation and a catalogue that define the same words, with services and an event behind them."""

from pages_register import PUBLISHER, arrival

from registry import storing
from registry.services import Services

BASE = "http://localhost:8000"
QUAY_ACT = "legislation/lov/2098/01/02/3"
LOCK_ACT = "legislation/lov/2097/04/05/6"
QUAY_RULE = "legislation/forskrift/2098/07/08/9"
SERVICE = "https://havn.example/tjeneste/kailei"
EVENT = "https://havn.example/hendelse/flytte-baat"

SOURCE_ACT = "http://data.europa.eu/eli/reg/2019/1009/oj"
"""The act of the EU that the regulation makes law."""

Definition = tuple[str, str]


def fill(services: Services) -> None:
    """Stores everything as an import would."""
    quay = _act(
        QUAY_ACT,
        "Lov om kaier (kailova)",
        "Kaidepartementet",
        "Sjørett > Havner",
        [("kai", "plass for båt på minst 10 meter"), ("kaileier", "den som leier kai i minst ett år")],
    )
    lock = _act(
        LOCK_ACT, "Lov om sluser", "Slusedepartementet", "Sjørett", [("kai", "plass for båt på minst 20 meter")]
    )
    rule = _act(
        QUAY_RULE,
        "Forskrift om kaier",
        "Kaidepartementet",
        "",
        [("kai", "plass for båt på minst 12 meter"), ("kaileier", "den som leier kai i minst to år")],
        based_on=QUAY_ACT,
    )
    arrivals = [
        arrival("lov-2098-01-02-3", "law", "Lov om kaier", "", quay, []),
        arrival("lov-2097-04-05-6", "law", "Lov om sluser", "", lock, []),
        arrival("for-2098-07-08-9", "law", "Forskrift om kaier", "", rule, []),
        arrival("havn", "catalogue", "Havneord", "999100001", _CATALOGUE, []),
    ]
    storing.store(services, arrivals, lambda _: None)


def concept(act: str, term: str) -> str:
    """The IRI of the concept that an act defines."""
    return f"{BASE}/concepts/{act.rpartition('/')[2]}-{term}"


def _act(act: str, title: str, ministry: str, area: str, defined: list[Definition], based_on: str = "") -> str:
    iri, kind = f"{BASE}/{act}", "act" if "/lov/" in act else "regulation"
    date = "-".join(act.split("/")[2:5])
    short = title.partition(" (")[0]
    said = [
        f'<{iri}> a eli:LegalResource ; dct:title "{title}"@nb ; eli:title_short "{short}"@nb .',
        f"<{iri}> dct:type <https://data.norge.no/vocabulary/legal-resource-type#{kind}> .",
        f'<{iri}> dct:identifier "{_number(act)}" ; eli:date_document "{date}"^^xsd:date .',
        f'<{iri}> eli:responsibility_of "{ministry}" ; eli:has_part <{iri}/2> .',
        f'<{iri}/2> a eli:LegalResourceSubdivision ; eli:is_part_of <{iri}> ; eli:number "§ 2" .',
    ]
    if area:
        said.append(f'<{iri}> dct:subject "{area}"@nb .')
    if based_on:
        said.append(f"<{iri}> eli:based_on <{BASE}/{based_on}> ; eli:transposes <{SOURCE_ACT}> .")
    for term, text in defined:
        named = concept(act, term)
        note = named.replace("/concepts/", "/definitions/")
        said.append(
            f'<{named}> a samsvar:StatutoryConcept ; skos:prefLabel "{term}"@nb ; dct:isPartOf <{iri}/2> ;'
            f" samsvar:act <{iri}> ; euvoc:xlDefinition <{note}> ."
            f' <{note}> a euvoc:XlNote ; rdf:value "{text}"@nb ; dct:source <{iri}/2> .'
        )
    return "\n".join(said)


_CATALOGUE = f"""
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cv: <http://data.europa.eu/m8g/> .
org:999100001 foaf:name "Prøvehavnene"@nb .
<https://havn.example/ord> a skos:Collection ; dct:title "Havneord"@nb ; dct:publisher <{PUBLISHER}999100001> .
<https://havn.example/ord/kai> a skos:Concept ; skos:prefLabel "kai"@nb ; dct:publisher <{PUBLISHER}999100001> ;
  euvoc:xlDefinition <{BASE}/definitions/havn-kai> .
<{BASE}/definitions/havn-kai> a euvoc:XlNote ; rdf:value "plass for båt på minst 10 meter"@nb .
<https://havn.example/ord/molo> a skos:Concept ; skos:prefLabel "molo"@nb ; dct:publisher <{PUBLISHER}999100001> ;
  euvoc:xlDefinition <{BASE}/definitions/havn-molo> .
<{BASE}/definitions/havn-molo> a euvoc:XlNote ; rdf:value "byggverk som tar av for sjøen"@nb .
<{SERVICE}> a cpsv:PublicService ; dct:title "Leie av kaiplass"@nb ; cv:isGroupedBy <{EVENT}> ;
  cv:hasLegalResource <https://havn.example/lov/sluser> .
<https://havn.example/lov/sluser> rdfs:seeAlso <https://lovdata.no/eli/lov/2097/04/05/6/nor/html> .
<{EVENT}> a cv:LifeEvent ; dct:title "Flytte båt"@nb .
"""


def _number(act: str) -> str:
    """ "LOV-2098-01-02-3" """
    kind, *numbers = act.split("/")[1:]
    return "-".join(({"lov": "LOV", "forskrift": "FOR"}[kind], *numbers))
