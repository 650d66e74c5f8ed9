"""Tables with columns of their own: mappings read and refused, columns guessed, and what is stored through them."""

import io
import os
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode

from importers import importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.child import read_isolated
from importers.mapped_table import MappedTable
from importers.table_guessing import guess_mapping, guess_table
from importers.table_mapping import MappingError, TableMapping, mapping_as_toml, mapping_from_toml
from ontologies.namespaces import DCT, RDF, SKOS

SHARED = Path(os.environ.get("SAMSVAR_SHARED", Path(__file__).parents[3] / "shared"))
OPTIONS = ImportOptions("https://register.example")
TABLE = (
    "Ordliste for havner;;;;;;\n"
    "Nr;Ord;Ord (engelsk);Hva det er;Andre ord;Hjemmel;Eier\n"
    '1;kai;quay;sted der et fartøy legger til;"brygge, pir";havneloven § 3;Kari\n'
    "2;molo;;byggverk som demper bølger ved en havn;;;Ola\n"
)
MAPPING = """publisher = "999 000 009"
title = "Havneord"
[columns]
"Nr" = { field = "id", prefix = "https://havn.example/" }
"ord" = "anbefalt_term"
"Ord (engelsk)" = "anbefalt_term:en"
"Hva det er" = "definisjon"
"Andre ord" = { field = "tillatt_term", separator = "," }
"Hjemmel" = "definisjon:kilde"
"Eier" = "-"
"""
QUAY = NamedNode("https://havn.example/1")


def read(table: str | bytes = TABLE, mapping: str = MAPPING, name: str = "havn.csv") -> Batch:
    data = table.encode() if isinstance(table, str) else table
    [batch] = MappedTable().read(Source(name, data), replace(OPTIONS, mapping=mapping_from_toml(mapping)))
    return batch


def values(batch: Batch, predicate: NamedNode, subject: NamedNode = QUAY) -> set[str]:
    return {str(t.object) for t in batch.triples if t.predicate == predicate and t.subject == subject}


def issues(batch: Batch) -> dict[str, str]:
    found = [*batch.report.issues, *(one for record in batch.report.records for one in record.issues)]
    return {one.code: one.message for one in found}


def test_a_table_is_read_as_the_mapping_says() -> None:
    batch = read()
    assert values(batch, SKOS.prefLabel) == {'"kai"@nb', '"quay"@en'}
    assert values(batch, SKOS.altLabel) == {'"brygge"@nb', '"pir"@nb'}
    assert Literal("sted der et fartøy legger til", language="nb") in {
        t.object for t in batch.triples if t.predicate == RDF.value
    }
    assert '"havneloven § 3"@nb' in {str(t.object) for t in batch.triples if t.predicate == DCT.source}
    assert (batch.title, batch.catalogue) == ("Havneord", "999000009")
    assert [record.where.row for record in batch.report.records] == [3, 4]
    assert set(issues(batch)) == {"unmapped-field"}


def test_a_column_that_the_mapping_does_not_name_is_told_with_its_values() -> None:
    batch = read(mapping=MAPPING.replace('"Eier" = "-"\n', ""))
    assert "Kari; Ola" in issues(batch)["unknown-column"]


def test_a_workbook_is_read_from_the_sheet_that_is_named() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Ord").append(["Ord"])
    book["Ord"].append(["kai"])
    data = io.BytesIO()
    book.save(data)
    mapping = 'sheet = "ord"\n[columns]\n"Ord" = "anbefalt_term:nn"\n'
    batch = read(data.getvalue(), mapping, "havn.xlsx")
    assert [str(t.object) for t in batch.triples if t.predicate == SKOS.prefLabel] == ['"kai"@nn']
    with pytest.raises(UnreadableSourceError, match="no sheet “annet”"):
        read(data.getvalue(), mapping.replace('"ord"', '"annet"'), "havn.xlsx")


def test_a_table_without_headers_has_columns_by_letters() -> None:
    batch = read("kai;legge til\nmolo;dempe\n", 'header_row = 0\n[columns]\nA = "anbefalt_term"\nB = "merknad"\n')
    assert [record.where.row for record in batch.report.records] == [1, 2]
    assert {str(t.object) for t in batch.triples if t.predicate == SKOS.scopeNote} == {'"legge til"@nb', '"dempe"@nb'}


def test_a_table_that_lacks_a_column_is_refused_with_what_it_has() -> None:
    with pytest.raises(UnreadableSourceError, match="no column “Tegn”") as refused:
        read(mapping=MAPPING + '"Tegn" = "merknad"\n')
    assert "Hva det er" in refused.value.fix
    assert refused.value.where.row == 2


def test_without_a_mapping_the_form_is_never_taken() -> None:
    source = Source("havn.csv", TABLE.encode())
    assert importer_for(source).name == "concept-table"
    with pytest.raises(UnreadableSourceError, match="No mapping"):
        MappedTable().read(source, OPTIONS)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="no table"):
        read(b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 30)


def test_the_mapping_goes_with_the_source_into_the_readers_process() -> None:
    options = replace(OPTIONS, mapping=mapping_from_toml(MAPPING))
    [batch] = read_isolated(Source("havn.csv", TABLE.encode()), options, MappedTable.name)
    assert values(batch, SKOS.prefLabel) == {'"kai"@nb', '"quay"@en'}


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("[columns", "no TOML"),
        ("", "no [columns]"),
        ('[columns]\nOrd = "anbefalt_trm"\n', "Do you mean “anbefalt_term”"),
        ('[columns]\nOrd = "definisjon"\n', "no column with the term"),
        ("[columns]\nOrd = 3\n", "“Ord” is 3"),
        ('[columns]\nOrd = { felt = "anbefalt_term" }\n', "“felt”, which means nothing"),
        ('colums = 1\n[columns]\nOrd = "anbefalt_term"\n', "“colums”, which means nothing"),
        ('[columns]\nOrd = { field = "anbefalt_term", separator = "" }\n', "separator of “Ord” is empty"),
        ('publisher = "12"\n[columns]\nOrd = "anbefalt_term"\n', "no organisation number"),
        ('publisher = 999000009\n[columns]\nOrd = "anbefalt_term"\n', "publisher is 999000009"),
        ('language = "norsk!"\n[columns]\nOrd = "anbefalt_term"\n', "“norsk!” is no language"),
        ('header_row = -1\n[columns]\nOrd = "anbefalt_term"\n', "header_row is -1"),
        ('header_row = true\n[columns]\nOrd = "anbefalt_term"\n', "header_row is True"),
    ],
)
def test_a_bad_mapping_says_what_is_wrong_and_how_to_mend_it(mapping: str, said: str) -> None:
    with pytest.raises(MappingError) as refused:
        mapping_from_toml(mapping)
    assert said in str(refused.value)
    assert refused.value.fix


def test_a_mapping_survives_being_written() -> None:
    mapping = mapping_from_toml(MAPPING.replace('"ord"', r'"or\"d \\ # [x]"'))
    assert mapping_from_toml(mapping_as_toml(mapping)) == mapping
    assert mapping_from_toml(mapping_as_toml(mapping, {"Nr": "by its name"})) == mapping


def fields(mapping: TableMapping) -> dict[str, str]:
    return {column.header: column.field for column in mapping.columns}


def test_columns_are_guessed_by_their_names() -> None:
    guess = guess_mapping(
        ["Kode", "Omgrep", "Begrep (engelsk)", "Forklaring", "Synonymer", "Hjemmel", "E-post", "Gyldig fra", "Farge"],
        [
            [
                "H1",
                "kai",
                "quay",
                "stad der eit fartøy legg til, og ikkje frå land",
                "bryggje, pir",
                "§ 3",
                "a@b.no",
                "",
                "rød",
            ]
        ],
    )
    assert fields(guess.mapping) == {
        "Kode": "originalt_begrep",
        "Omgrep": "anbefalt_term:nb",
        "Begrep (engelsk)": "anbefalt_term:en",
        "Forklaring": "definisjon:nn",
        "Synonymer": "tillatt_term:nb",
        "Hjemmel": "definisjon:kilde",
        "E-post": "kontaktpunkt:epost",
        "Gyldig fra": "gyldig_fom",
        "Farge": "-",
    }
    assert {one.header: one.separator for one in guess.mapping.columns}["Synonymer"] == ","
    assert guess.reasons["Farge"] == "not recognised"


def test_columns_are_guessed_by_what_stands_in_them() -> None:
    rows = [
        ["https://a.example/1", "kai", "12", "sted der et fartøy kan legge til"],
        ["https://a.example/2", "molo", "7", "byggverk som demper bølger ved en havn"],
    ]
    guess = guess_mapping(["K1", "K2", "K3", "K4"], rows)
    assert fields(guess.mapping) == {"K1": "id", "K2": "anbefalt_term:nb", "K3": "-", "K4": "definisjon:nb"}
    assert guess.reasons["K2"] == "by what stands in it"


def test_the_explanation_beside_a_definition_is_a_note() -> None:
    guess = guess_mapping(["Term", "Begrepsforklaring", "Definisjon"], [["kai", "til båter", "sted å legge til"]])
    assert fields(guess.mapping)["Begrepsforklaring"] == "merknad:nb"


def test_headers_of_the_national_table_are_known_in_both_generations() -> None:
    guess = guess_mapping(
        ["tillattTerm:nn", "Anbefalt term : nb", "seOgså", "forholdTilKilde"], [["a, b", "c", "", ""]]
    )
    assert fields(guess.mapping) == {
        "tillattTerm:nn": "tillatt_term:nn",
        "Anbefalt term : nb": "anbefalt_term:nb",
        "seOgså": "se_også",
        "forholdTilKilde": "definisjon:forhold_til_kilde",
    }
    assert guess.mapping.columns[0].separator == ","


def test_numbers_alone_are_no_terms() -> None:
    with pytest.raises(MappingError):
        guess_mapping(["A", "B"], [["1", "2"], ["3", "4"]])
    with pytest.raises(UnreadableSourceError, match="No column"):
        guess_table(Source("tall.csv", b"A;B\n1;2\n3;4\n"))


def test_what_is_guessed_can_be_imported_as_it_stands() -> None:
    guess = guess_table(Source("havn.csv", TABLE.split("\n", 1)[1].encode()))
    assert fields(guess.mapping)["Hva det er"] == "definisjon:nb"
    batch = read(TABLE, guess.as_toml())
    assert batch.report.counts()["stored"] == 2


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "concepts"),
    [
        ("nav_begreper_2019-09-01.csv", 551),
        ("fdk_registration_app/begrep-skos2-testdata-import-CSV-500.csv", 500),
        ("fdk_registration_app/concept_sample.xlsx", 3),
    ],
)
def test_real_tables_go_in_through_a_guess(file: str, concepts: int) -> None:
    path = SHARED / "data" / "catalogues" / file
    if not path.exists():
        pytest.skip("The shared data are not here: set SAMSVAR_SHARED.")
    source = Source(path.name, path.read_bytes())
    [batch] = MappedTable().read(source, replace(OPTIONS, mapping=guess_table(source).mapping))
    assert batch.report.counts()["stored"] == concepts
