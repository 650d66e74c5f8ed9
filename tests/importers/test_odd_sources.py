"""Sources as they come: odd, broken or unusual ones of every form, each with what goes in and what is said of the rest."""

import io
import json
from collections import Counter
from datetime import datetime

import openpyxl
import pytest
from pyoxigraph import Literal

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.reading import read_source
from ontologies.namespaces import SKOS

PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix e: <https://havn.example/> .
"""
OPTIONS = ImportOptions("https://register.example", publisher="987654325")
_EXPECTED_OF_MOST = {"property-missing", "concept-without-definition"}


def read(name: str, data: bytes | str) -> Batch:
    [batch] = read_source(Source(name, data if isinstance(data, bytes) else data.encode()), OPTIONS)
    return batch


def terms(batch: Batch) -> set[str]:
    said = (each.object for each in batch.triples if each.predicate == SKOS.prefLabel)
    return {each.value for each in said if isinstance(each, Literal)}


def codes(batch: Batch) -> Counter[str]:
    report = batch.report
    found = [*report.issues, *(each for record in report.records for each in record.issues)]
    return Counter(each.code for each in found if each.code not in _EXPECTED_OF_MOST)


def concept(number: int, term: str) -> str:
    return f'e:{number} a skos:Concept ; skos:prefLabel "{term}"@nb .\n'


def quad(number: int, term: str) -> str:
    thing, graph = f"<https://havn.example/{number}>", f"<https://havn.example/graf/{number}>"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept>"
    return f'{thing} {kind} {graph} .\n{thing} <http://www.w3.org/2004/02/skos/core#prefLabel> "{term}"@nb {graph} .\n'


TABLE = "anbefalt_term:nb;definisjon:nb\n"
BY_KEY = {
    "@context": {
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
        "altLabel": {"@id": "skos:altLabel", "@container": ["@language", "@set"]},
        "member": {"@id": "skos:member", "@container": "@id"},
    },
    "@graph": [
        {
            "@id": "https://havn.example/liste",
            "@type": "skos:Collection",
            "member": {
                "https://havn.example/1": {
                    "@type": "skos:Concept",
                    "prefLabel": {"nb": "kai", "en": "quay"},
                    "altLabel": {"nb": ["brygge", "kaikant"]},
                },
                "https://havn.example/2": {"@type": "skos:Concept", "prefLabel": {"nb": "bøye"}},
            },
        }
    ],
}
GRAPH_IN_GRAPH = {
    "@context": {"skos": "http://www.w3.org/2004/02/skos/core#"},
    "@graph": [
        {
            "@id": "https://havn.example/g",
            "@graph": [
                {
                    "@id": "https://havn.example/1",
                    "@type": "skos:Concept",
                    "skos:prefLabel": {"@value": "kai", "@language": "nb"},
                }
            ],
        },
        {
            "@id": "https://havn.example/2",
            "@type": ["skos:Concept"],
            "skos:prefLabel": {"@value": "bøye", "@language": "nb"},
        },
    ],
}
TBX = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:basic="http://www.tbxinfo.net/ns/basic"
 xmlns:min="http://www.tbxinfo.net/ns/min" style="{style}" type="TBX-Basic" xml:lang="nb"><tbxHeader><fileDesc><sourceDesc>
<p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>{entries}</body></text></tbx>"""
DCT = """<conceptEntry id="1"><min:subjectField>havn</min:subjectField><langSec xml:lang="nb">
<basic:definition>sted</basic:definition><termSec><term>kai</term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec></conceptEntry>
<conceptEntry id="2"><langSec xml:lang="nb"><termSec><term>bøye</term></termSec></langSec></conceptEntry>"""
DCA = """<conceptEntry id="1"><descrip type="subjectField">havn</descrip><langSec xml:lang="nb"><descripGrp>
<descrip type="definition">sted</descrip><admin type="source">NS 1</admin></descripGrp><termSec><term>kai</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec></langSec></conceptEntry>
<conceptEntry id="2"><langSec xml:lang="no"><termSec><term>bøye</term></termSec></langSec></conceptEntry>"""
XL = """e:1 a skos:Concept ; skosxl:prefLabel [ a skosxl:Label ; skosxl:literalForm "kai"@nb ] ;
 skosxl:altLabel [ skosxl:literalForm "brygge"@nb ] .
e:2 a skos:Concept ; skosxl:prefLabel e:l2 . e:l2 skosxl:literalForm "bøye"@nb .
"""
RDF_XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#"
 xml:base="https://havn.example/"><skos:Concept rdf:ID="1"><skos:prefLabel xml:lang="nb">kai</skos:prefLabel>
<skos:definition rdf:parseType="Literal"><b>sted</b> for skip</skos:definition></skos:Concept>
<rdf:Description rdf:about="#2"><rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/>
<skos:prefLabel xml:lang="nb">bøye</skos:prefLabel></rdf:Description></rdf:RDF>"""


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "a.ttl",
            (PREFIXES + concept(1, "kai") + "# språk\n").encode() + concept(2, "bøye").encode("latin-1"),
            {"encoding-mixed": 1},
        ),
        ("b.ttl", (PREFIXES + concept(1, "kai") + concept(2, "bøye")).encode("utf-16"), {"encoding-assumed": 1}),
        ("c.nq", quad(1, "kai") + quad(2, "bøye"), {"named-graphs-merged": 1}),
        ("d.trig", f"{PREFIXES} e:g {{ {concept(1, 'kai')} }} {concept(2, 'bøye')}", {"named-graphs-merged": 1}),
        ("e.ttl", PREFIXES + XL, {}),
        ("f.jsonld", json.dumps(BY_KEY), {}),
        ("g.jsonld", json.dumps(GRAPH_IN_GRAPH), {"named-graphs-merged": 1}),
        ("h.rdf", RDF_XML, {"statement-mended": 1, "term-and-definition-in-different-languages": 1}),
        ("i.csv", '\ufeffanbefalt_term:nb;definisjon:nb\r\nkai;"sted; der\r\n""skip"""\r\nbøye;merke\r\n', {}),
        ("j.tsv", 'anbefalt_term:nb\tdefinisjon:nb\nkai\t"sted" der\nbøye\tmerke\n', {"broken-quotes": 1}),
        ("k.csv", TABLE + "kai;sted\nbøye;merke;ekstra\n", {"surplus-cells": 1}),
        ("l.csv", f"sep=;\n{TABLE}kai;sted\nbøye;merke\n", {}),
        ("m.csv", (TABLE + "kai;sted\nbøye;«merke» – på sjø\n").encode("cp1252"), {}),
        ("n.csv", (TABLE + "kai;sted\nbøye;merke\n").replace("\n", "\r"), {}),
        ("o.csv", TABLE + "kai;st\0ed\nbøye;merke\n", {"control-character": 1}),
        ("p.tbx", TBX.format(style="dct", entries=DCT), {}),
        ("q.tbx", TBX.format(style="dca", entries=DCA), {"language-no": 1}),
    ],
)
def test_what_is_odd_goes_in_whole(name, data, said):
    batch = read(name, data)
    assert {"kai", "bøye"} <= terms(batch)
    assert [record.status for record in batch.report.records] == ["stored", "stored"]
    assert {code: count for code, count in codes(batch).items() if not code.startswith("publisher")} == said


@pytest.mark.parametrize(
    ("name", "data", "code", "lost"),
    [
        ("a.nq", quad(1, "kai") + "her er det brudd\n" + quad(2, "bøye"), "statement-unreadable", "her er det brudd"),
        ("b.tbx", TBX.format(style="dct", entries=DCT)[:-60], "entry-unreadable", "<conceptEntry"),
        ("c.csv", TABLE + "kai;sted\n;uten term\nbøye;merke\n", "concept-without-name", ""),
    ],
)
def test_what_is_lost_is_told_with_its_place(name, data, code, lost):
    batch = read(name, data)
    [rejected] = (record for record in batch.report.records if record.status == "rejected")
    [told] = (each for each in rejected.issues if each.code == code)
    assert lost in told.value
    assert rejected.where.line
    assert "kai" in terms(batch)


def test_rdf_json_loses_only_the_value_that_is_none() -> None:
    skos = "http://www.w3.org/2004/02/skos/core#"
    about = {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"type": "uri", "value": f"{skos}Concept"}],
        f"{skos}prefLabel": [{"type": "literal", "value": "kai", "lang": "nb"}, {"type": "underlig", "value": "kaien"}],
        f"{skos}note": "løs tekst",
    }
    batch = read("a.json", json.dumps({"https://havn.example/1": about}, indent=1))
    assert terms(batch) == {"kai"}
    lost = [each for record in batch.report.records for each in record.issues if each.code == "statement-unreadable"]
    assert sorted("kaien" in each.value for each in lost) == [False, True]


def test_a_workbook_with_a_cover_merged_cells_dates_and_formulas() -> None:
    workbook = openpyxl.Workbook()
    cover = workbook.active
    cover["A1"] = "Begreper i havnen"
    cover.merge_cells("A1:C1")
    sheet = workbook.create_sheet("Begreper")
    sheet.append(["anbefalt_term:nb", "definisjon:nb", "gyldig_fom"])
    sheet.append(["kai", "sted", datetime(2024, 1, 2)])  # noqa: DTZ001 - workbooks know no zones
    sheet.append(["bøye", '="mer"&"ke"', "2024-13-45"])
    sheet.merge_cells("B3:B4")
    content = io.BytesIO()
    workbook.save(content)
    batch = read("a.xlsx", content.getvalue())
    assert terms(batch) == {"kai", "bøye"}
    assert any("2024-01-02" in str(triple.object) for triple in batch.triples)
    told = {each.value for record in batch.report.records for each in record.issues} | {
        each.value for each in batch.report.issues
    }
    assert any("2024-13-45" in each for each in told), "a date that is none is told"
    assert any("mer" in each for each in told), "a formula without a result is told"


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.ttl", "<!DOCTYPE html><html><head><title>404</title></head><body>Ikke her</body></html>", "HTML"),
        ("b.ttl", "", "empty"),
        (
            "c.jsonld",
            '{"@context": "https://havn.example/c.jsonld", "@id": "e:1", "@type": "Concept"}',
            "never fetched",
        ),
        ("d.csv", "anbefalt_term:nb|definisjon:nb\nkai|sted\n", "form of the file"),
    ],
)
def test_what_cannot_be_read_says_why(name, data, why):
    with pytest.raises(UnreadableSourceError) as refused:
        read(name, data)
    assert why.casefold() in str(refused.value).casefold()
    assert refused.value.fix


def test_what_is_read_node_by_node_keeps_the_base_and_the_language_of_the_whole() -> None:
    head = RDF_XML.replace("<rdf:RDF ", '<rdf:RDF xml:lang="nn" ').replace(' xml:lang="nb">bøye', ">bøye")
    batch = read("a.rdf", head)
    assert {record.subject for record in batch.report.records} == {"https://havn.example/#1", "https://havn.example/#2"}
    assert Literal("bøye", language="nn") in {triple.object for triple in batch.triples}
    texts = {each.object.value for each in batch.triples if isinstance(each.object, Literal)}
    assert any("sted" in text and "for skip" in text for text in texts), "a text with markup is no broken element"
