"""Repaired NAV tables, mapped tables, ODS, RDF/JSON, TBX and the national JSON: they say the same, with marks."""

import io
import json
import zipfile

import pytest
from open_documents import cell, open_document, row, sheet
from pyoxigraph import Triple
from repair_examples import EXAMPLES

from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.reading import read_source
from importers.repaired.repaired import Repaired, repaired
from importers.table_mapping import MappedColumn, TableMapping

OPTIONS = ImportOptions("http://localhost:8000", catalogue="sko")
SKOS = "http://www.w3.org/2004/02/skos/core#"
SAL = "https://sko.example/sal"


def said(name: str, data: bytes, options: ImportOptions = OPTIONS) -> set[Triple]:
    form = "mapped-table" if options.mapping else None
    return {triple for batch in read_source(Source(name, data), options, form) for triple in batch.triples}


def mended(name: str, data: bytes, options: ImportOptions = OPTIONS) -> Repaired:
    made = repaired(Source(name, data), options)
    assert said(made.name, made.data, options) == said(name, data, options)
    assert repaired(Source(made.name, made.data), options).data == made.data or made.left
    return made


def test_a_nav_table_keeps_its_links() -> None:
    table = (
        "ID;Term;Begrepsforklaring;Definisjon;Alternative termer\r\n"
        'BEGREP-7;såle;under\xa0en [sko|BEGREP-8];del av [sko|BEGREP-8];"skosåle\nsole, trinn"\r\n'
        "BEGREP-8;sko;;[fot|BEGREP-9];\r\n"
    )
    made = mended("nav.csv", table.encode("cp1252"))
    assert (set(made.codes), made.left) == ({"odd-blanks", "terms-unpacked"}, ())
    lines = made.data.decode().splitlines()
    assert lines[0].endswith(";samsvar:repair")
    assert lines[1].startswith('BEGREP-7;såle;under en [sko|BEGREP-8];del av [sko|BEGREP-8];"skosåle')
    assert lines[-1] == "BEGREP-8;sko;;[fot|BEGREP-9];"
    name, only_links = EXAMPLES["wiki-link"][0]
    assert mended(name, only_links).data == only_links


@pytest.mark.parametrize("header_row", [1, 0])
def test_a_mapped_table_is_repaired_in_its_own_columns(header_row: int) -> None:
    headers = ("Ord", "Andre ord", "Nr") if header_row else ("A", "B", "C")
    fields = ("anbefalt_term", "tillatt_term", "id")
    columns = tuple(MappedColumn(*each) for each in zip(headers, fields, strict=True))
    mapping = TableMapping(columns, header_row=header_row)
    table = ("Ord;Andre ord;Nr\n" if header_row else "") + f"såle;sole, trinn;{SAL}\nhæl;;{SAL}2\n"
    made = mended("liste.csv", table.encode(), ImportOptions("http://localhost:8000", "sko", mapping=mapping))
    assert (made.codes, made.left) == (("terms-unpacked",), ())
    lines = made.data.decode().splitlines()
    assert lines[-1] == f"hæl;;{SAL}2"
    assert lines[header_row].startswith(f"såle;sole|trinn;{SAL};terms-unpacked")
    assert lines[0].startswith("Ord;Andre ord;Nr;samsvar:repair" if header_row else "såle")


def test_an_open_document_gets_notes_on_its_cells() -> None:
    headers = row("id", "anbefalt_term:nb", "tillatt_term:nb", "merknad:no")
    again = row(f"{SAL}", "såle", "sole, trinn", "under  hælen", attributes='table:number-rows-repeated="1"')
    noted = '<table:table-cell table:style-name="ce1" office:value-type="string"><office:annotation><text:p>se boka</text:p></office:annotation><text:p>tå, framdel</text:p></table:table-cell>'
    data = open_document(
        sheet(
            row("Begreper om sko"),
            row("", attributes='table:number-rows-repeated="2"'),
            headers,
            again,
            row(f"{SAL}2", "hæl", "", ""),
            row(f"{SAL}3", "tupp", noted, '<table:table-cell table:number-columns-repeated="1021"/>'),
            '<table:table-row table:number-rows-repeated="1048569"><table:table-cell/></table:table-row>',
        ),
        sheet(row("om")),
    )
    made = mended("sko.ods", data)
    assert (set(made.codes), made.left) == ({"terms-unpacked", "language-no"}, ())
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert archive.namelist() == ["mimetype", "content.xml", "settings.xml"]
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        content = archive.read("content.xml").decode()
    assert "samsvar: terms-unpacked (tillatt_term:nb)" in content
    assert "as it came: tå, framdel" in content
    assert "se boka" in content
    assert 'table:style-name="ce1"' in content
    assert "as it came: merknad:no" in content
    assert row(f"{SAL}2", "hæl", "", "").replace(" ><", "><").split("<text:p>")[1] in content
    assert cell("om").removesuffix(" >").split("<text:p>")[1] in content


RDF_JSON = {
    SAL: {
        f"{SKOS}prefLabel": [{"type": "literal", "value": "såle", "lang": "nb"}],
        f"{SKOS}altLabel": [{"type": "literal", "value": "sole", "lang": "no"}],
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"type": "uri", "value": f"{SKOS}Concept"}],
        "https://data.norge.no/vocabulary/skosno#definisjon": [{"type": "bnode", "value": "_:d"}],
        "http://purl.org/dc/terms/publisher": [
            {"type": "uri", "value": "https://data.brreg.no/enhetsregisteret/api/enheter/999000009"}
        ],
    },
    "_:d": {"http://www.w3.org/2000/01/rdf-schema#label": [{"type": "literal", "value": "<b>under</b>", "lang": "nb"}]},
    f"{SAL}2": {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"type": "uri", "value": f"{SKOS}Concept"}],
        f"{SKOS}prefLabel": [{"type": "literal", "value": "hæl", "lang": "nb"}],
    },
}


def test_rdf_json_has_marks_as_statements_that_are_passed_over() -> None:
    made = mended("sko.rj", json.dumps(RDF_JSON, indent=2).encode())
    assert {"language-normalised", "html-markup", "publisher-normalised"} <= set(made.codes)
    assert made.left == ()
    document = json.loads(made.data)
    assert document[SAL][f"{SKOS}altLabel"] == [{"type": "literal", "value": "sole", "lang": "nb"}]
    marks = [each["value"] for each in document[SAL]["urn:samsvar:repair"]]
    assert any("language-normalised; as it came: {" in mark and '"lang": "no"' in mark for mark in marks)
    assert document[f"{SAL}2"] == RDF_JSON[f"{SAL}2"]
    assert "_:d" not in document
    assert "<b>under</b>" in document["urn:samsvar:repair"]["urn:samsvar:repair"][-1]["value"]


def test_the_national_json_has_a_member_with_what_was_done() -> None:
    concepts = [
        {
            "id": SAL,
            "anbefaltTerm": {"navn": {"nb": "såle"}},
            "tillattTerm": {"no": ["sole, trinn", "skosåle"]},
            "definisjon": {
                "tekst": {"nb": "<b>under</b> skoen"},
                "kildebeskrivelse": {"kilde": [{"tekst": "<b>Boka"}]},
            },
            "fagområdeKoder": ["3c1f0b5e-0000-4000-8000-00000000000A"],
        },
        {"id": f"{SAL}2", "anbefaltTerm": {"navn": {"nb": "hæl"}}},
    ]
    made = mended("sko.json", json.dumps(concepts).encode())
    assert made.left == ()
    first, second = json.loads(made.data)
    assert first["tillattTerm"] == {"nb": ["sole", "trinn", "skosåle"]}
    assert first["definisjon"]["tekst"] == {"nb": "under skoen"}
    assert first["fagområdeKoder"] == ["urn:uuid:3c1f0b5e-0000-4000-8000-00000000000a"]
    assert first["samsvar-repair"]["asItCame"]["tillattTerm"] == {"no": ["sole, trinn", "skosåle"]}
    assert {"terms-unpacked", "html-markup", "subject-code", "language-no"} <= set(first["samsvar-repair"]["codes"])
    assert second == concepts[1]


def test_an_object_that_cannot_say_it_in_another_way_is_only_marked() -> None:
    data = json.dumps(
        {
            "uri": "sål 7",
            "id": "",
            "anbefaltTerm": {"navn": {"nb": "såle"}},
            "merknad": {"nb": "se [sko|https://sko.example/sko]"},
        }
    )
    made = mended("sko.json", data.encode())
    assert made.left == ("wiki-markup",)
    assert json.loads(made.data)["samsvar-repair"]["fix"] == ["Write plain text."]
    assert json.loads(made.data)["merknad"] == json.loads(data)["merknad"]


V2 = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="nb"><text><body>
<!-- <termEntry id="x"> -->
<termEntry id="sal">
  <langSet xml:lang="no"><descrip type="definition">under&#xA0;skoen &amp; hælen</descrip>
    <tig><term>såle</term></tig>
    <tig><term>sole, trinn</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
  </langSet>
</termEntry>
<termEntry id="hael"><langSet xml:lang="nb"><tig><term>hæl</term></tig></langSet></termEntry>
</body></text></martif>
"""
V3 = (
    V2.replace('<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n', "")
    .replace("martif", "tbx")
    .replace("termEntry", "conceptEntry")
    .replace("langSet", "langSec")
    .replace("tig>", "termSec>")
    .replace('type="TBX"', 'type="TBX-Basic" style="dca" xmlns="urn:iso:std:iso:30042:ed-2"')
)


@pytest.mark.parametrize("text", [V2, V3])
def test_a_termbase_has_comments_before_what_was_changed(text: str) -> None:
    made = mended("sko.tbx", text.encode())
    assert (set(made.codes), made.left) == ({"terms-unpacked", "odd-blanks", "language-no"}, ())
    again = made.data.decode()
    assert 'xml:lang="nb"><!-- samsvar: odd-blanks; as it came: <descrip type="definition">under&#xA0;skoen' in again
    assert "<term>sole</term>" in again
    assert "<term>trinn</term>" in again
    assert again.split("hael")[1] == text.split("hael")[1]


def test_a_broken_termbase_is_to_be_mended_by_hand_first() -> None:
    with pytest.raises(UnreadableSourceError, match=r"line 6.*The XML cannot be read"):
        repaired(Source("sko.tbx", V2.replace("&amp;", "&").replace("&#xA0;", "\xa0").encode()), OPTIONS)


def test_a_repaired_file_that_would_say_something_else_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "importers.repaired.repaired.RepairedTurtle.text", lambda _: "@prefix a: <urn:a#> . a:b a:c a:d .\n"
    )
    with pytest.raises(UnreadableSourceError, match="without a change of what it says"):
        repaired(Source(*EXAMPLES["edge-blanks"][0]), OPTIONS)


def test_a_sheet_without_a_name_is_repaired_as_well() -> None:
    data = open_document(
        sheet(row("anbefalt_term:nb", "tillatt_term:nb"), row("hæl", "a, b")).replace('table:name="Ark1"', "")
    )
    assert mended("sko.ods", data).left == ()
