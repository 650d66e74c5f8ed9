"""Every repair on an example as real files have it: a file, and what of it is stored (``!`` before what is not)."""

import io

import openpyxl

HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix skosno: <https://data.norge.no/vocabulary/skosno#> . @prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix x: <https://sko.example/begrep/> .
"""
SOLE = 'x:sal a skos:Concept ; skos:prefLabel "såle"@nb '


def turtle(about: str, head: str = HEAD) -> tuple[str, bytes]:
    return "sko.ttl", f"{head}{SOLE}; {about} .\n".encode()


def table(header: str, cell: str) -> tuple[str, bytes]:
    return "sko.csv", f"anbefalt_term:nb;definisjon:nb;{header}\nsåle;underside av sko;{cell}\n".encode()


XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">'
    '<skos:Concept rdf:about="https://sko.example/begrep/sal"><skos:prefLabel {}>såle</skos:prefLabel></skos:Concept></rdf:RDF>'
)
NAV = "ID;Term;Begrepsforklaring;Definisjon\nBEGREP-7;såle;;del av [sko|BEGREP-8]{}\n"


def merged_workbook() -> bytes:
    """Two concepts with one note between them."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["id", "anbefalt_term:nb", "merknad:nb"])
    sheet.append(["https://sko.example/begrep/sal", "såle", "under hælen"])
    sheet.append(["https://sko.example/begrep/hael", "hæl"])
    sheet.merge_cells("C2:C3")
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


MODEL = """@prefix m: <https://data.norge.no/vocabulary/modelldcatno#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix x: <https://sko.example/modell/> .
x:m a m:InformationModel ; dct:title "Sko"@nb ; m:containsModelElement x:Sko .
x:Sko a m:ObjectType ; dct:title "Sko"@nb ; m:hasProperty x:farge .
x:farge a m:Attribute ; dct:title "farge"@nb ; """


EXAMPLES: dict[str, tuple[tuple[str, bytes], str]] = {
    "byte-order-mark": (("sko.ttl", b"\xef\xbb\xbf" + turtle('skos:altLabel "sole"@nb')[1]), '"sole"@nb'),
    "dialect-normalised": (turtle('skosno:definisjon [ rdfs:label "underside"@nb ]'), '"underside"@nb'),
    "profile-normalised": (
        ("modell.ttl", (MODEL + 'xsd:maxOccurs "1" .').encode()),
        '<https://data.norge.no/vocabulary/modelldcatno#maxOccurs> "1"',
    ),
    "multiplicity-mended": (
        ("modell.ttl", (MODEL + 'm:maxOccurs "unbounded" .').encode()),
        '<https://data.norge.no/vocabulary/modelldcatno#maxOccurs> "*"',
    ),
    "prefix-undeclared": (turtle("foaf:page <https://sko.example/sal>"), "<http://xmlns.com/foaf/0.1/page>"),
    "statement-mended": (("sko.ttl", (HEAD + SOLE + 'skos:altLabel "sole"@nb .').encode()), '"sole"@nb'),
    "iri-repaired": (turtle("skos:related <tel:+47 22 00 00 00>"), "<tel:+47%2022%2000%2000%2000>"),
    "empty-iri": (turtle("rdfs:seeAlso <>"), "!seeAlso"),
    "relative-iri": (turtle("skos:related <hael>"), "<http://localhost:8000/files/sko/hael>"),
    "wrong-namespace": (turtle('skos:valueRange "tall"@nb'), "<https://data.norge.no/vocabulary/skosno#valueRange>"),
    "merged-cells": (("sko.xlsx", merged_workbook()), 'hael> <http://www.w3.org/2004/02/skos/core#scopeNote> "under hælen"@nb'),
    "hijacked-prefix": (
        turtle('dct:title "såle"@nb', HEAD.replace("purl.org/dc/terms/", "purl.org/dc/")),
        "<http://purl.org/dc/terms/title>",
    ),
    "control-character": (turtle('skos:altLabel "so\\u0008le"@nb'), '"sole"@nb'),
    "edge-blanks": (turtle('skos:altLabel " sole "@nb'), '"sole"@nb'),
    "empty-value": (turtle('dct:modified ""^^xsd:date'), "!modified"),
    "missing-language": (turtle('skos:altLabel "sole"'), '"sole"@nb'),
    "language-normalised": (turtle('skos:altLabel "sole"@no'), '"sole"@nb'),
    "language-empty": (("sko.rdf", XML.format('xml:lang=""').encode()), '"såle"@nb'),
    "type-added": (
        ("sko.ttl", (HEAD + 'x:sal skos:prefLabel "såle"@nb ; euvoc:xlDefinition [ rdf:value "underside"@nb ] .').encode()),
        "<http://www.w3.org/2004/02/skos/core#Concept>",
    ),
    "source-is-code": (
        turtle('skosno:definisjon [ rdfs:label "underside"@nb ; dct:source [ rdfs:label "Egendefinert" ] ]'),
        "#self-composed>",
    ),
    "publisher-normalised": (
        turtle("dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/999000009>"),
        "<http://www.w3.org/2002/07/owl#sameAs> <https://data.brreg.no/enhetsregisteret/api/enheter/999000009>",
    ),
    "bad-identifier": (table("id", "S-17"), "<http://localhost:8000/concepts/"),
    "language-no": (table("merknad:no", "under hælen"), '"under hælen"@nb'),
    "broken-quotes": (table("merknad:nb", '"under hælen'), '"under hælen"@nb'),
    "wiki-link": (("nav.csv", NAV.format("").encode()), "<https://nav.no/begrep/BEGREP-8>"),
    "several-preferred-terms": (table("anbefalt_term:nb", "sole"), 'altLabel> "sole"@nb'),
    "several-definitions": (table("definisjon:nb", "det en går på"), '"det en går på"@nb'),
    "subject-code": (
        (
            "sko.json",
            '[{"anbefaltTerm": {"navn": {"nb": "såle"}}, "fagområdeKoder": ["3c1f0b5e-0000-4000-8000-00000000000a"]}]'.encode(),
        ),
        "<urn:uuid:3c1f0b5e-0000-4000-8000-00000000000a>",
    ),
    "wrong-suffix": (("sko.rdf", turtle('skos:altLabel "sole"@nb')[1]), '"sole"@nb'),
    "encoding-assumed": (("sko.ttl", (HEAD + SOLE + ".").encode("cp1252")), '"såle"@nb'),
    "encoding-mixed": (
        ("sko.ttl", (HEAD + SOLE + ";\n").encode() + 'skos:altLabel "sóle"@nb .'.encode("cp1252")),
        '"sóle"@nb',
    ),
    "wrong-letters": (turtle('skos:scopeNote "nÃ¸dvendig pÃ¥ glatt fÃ¸re"@nb'), '"nødvendig på glatt føre"@nb'),
    "line-ends": (turtle('skos:scopeNote "ytre\\r\\nog indre"@nb'), '"ytre\\nog indre"@nb'),
    "odd-blanks": (turtle('skos:scopeNote "ytre\\u00A0og indre"@nb'), '"ytre og indre"@nb'),
    "html-markup": (
        turtle('skos:scopeNote "<p>Se <a href=\\"https://sko.example/om\\">sidene</a> &amp; <b>mer</b></p>"@nb'),
        '"Se sidene (https://sko.example/om) & mer"@nb',
    ),
    "wiki-markup": (
        turtle('skos:scopeNote "under en sko|http://jira.sko.example/browse/SKO-3]"@nb'),
        '"under en sko"@nb',
    ),
    "wiki-emphasis": (turtle('skos:scopeNote "bare den _ytre_ delen"@nb'), '"bare den ytre delen"@nb'),
    "terms-unpacked": (turtle('skos:altLabel "sole, skosåle"@nb'), 'altLabel> "skosåle"@nb'),
    "uri-as-text": (turtle('rdfs:seeAlso "https://sko.example/om"^^xsd:anyURI'), "<https://sko.example/om>"),
    "local-file-iri": (turtle("rdfs:seeAlso <file:///C:/min/katalog.ttl>"), "!file:"),
    "section-sign-encoded": (
        turtle("dct:source <https://lovdata.no/lov/2005-05-20-28/§12>"),
        "<https://lovdata.no/lov/2005-05-20-28/%C2%A712>",
    ),
    "lexical-form-kept": (turtle('skos:notation "0301"^^xsd:integer'), 'notation> "0301" .'),
    "date-mended": (turtle('dct:modified "24.12.2019"^^xsd:date'), '"2019-12-24"^^'),
    "code-mended": (
        turtle("dct:accessRights <http://publications.europa.eu/resource/authority/access-right/NON-PUBLIC>"),
        "access-right/NON_PUBLIC>",
    ),
}  # fmt: skip

OF_TURTLE_ALONE = frozenset(
    {
        "byte-order-mark",
        "prefix-undeclared",
        "statement-mended",
        "wrong-suffix",
        "encoding-assumed",
        "encoding-mixed",
    }
)
"""Repairs of Turtle's own signs, and of files as a whole: their examples say nothing in another syntax."""
