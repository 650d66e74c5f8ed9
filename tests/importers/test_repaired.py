"""Repaired files: read again they say the same and need no repair; what was not repaired stays byte for byte."""

import json

import pytest
from pyoxigraph import RdfFormat, Triple, parse, serialize
from repair_examples import EXAMPLES, HEAD, SOLE, turtle

from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.child import repair_isolated
from importers.reading import read_source
from importers.repair import REPAIRS
from importers.repaired.repaired import Repaired, repaired

OPTIONS = ImportOptions("http://localhost:8000")
WITHOUT_COMMENT = {"wiki-link", "subject-code"}
"""Repairs that only forms have whose marks are no comments, or that need none."""
ONLY_MARKED = {"bad-identifier", "several-definitions"}
"""Repairs of tables that no table can say in another way."""
RELATIVE = "http://relative.invalid/"
HEEL = 'x:hael   a skos:Concept ;  # hælen\n\tskos:prefLabel "hæl"@nb .\n'


def said(source: Source) -> set[Triple]:
    return {triple for batch in read_source(source, OPTIONS) for triple in batch.triples}


def mended(name: str, data: bytes) -> Repaired:
    """The repaired file, which says what the file said and needs none of its repairs."""
    made = repaired(Source(name, data), OPTIONS)
    assert said(Source(made.name, made.data)) == said(Source(name, data))
    assert made.left == ()
    return made


@pytest.mark.parametrize(
    "code", sorted(REPAIRS.keys() - WITHOUT_COMMENT - ONLY_MARKED - {"merged-cells", "language-empty"})
)
def test_a_repaired_file_says_the_same_and_needs_no_repair(code: str) -> None:
    (name, data), _ = EXAMPLES[code]
    made = mended(name, data)
    assert code in made.codes
    assert "samsvar:" in made.data.decode()
    assert code in made.data.decode() or code == "dialect-normalised"


def test_other_forms_are_refused_with_a_sentence() -> None:
    hit = {"id": "a", "identifier": "https://sko.example/a", "prefLabel": {"nb": "såle"}}
    hits = [hit | {"definition": {"text": {"nb": "<b>under</b>"}}}]
    with pytest.raises(UnreadableSourceError, match="no repaired one"):
        repaired(Source("sko.json", json.dumps(hits).encode()), OPTIONS)


@pytest.mark.parametrize("suffix", ["nt", "nq"])
@pytest.mark.parametrize(
    "code", ["dialect-normalised", "language-normalised", "type-added", "publisher-normalised", "terms-unpacked"]
)
def test_lines_are_repaired_one_by_one(code: str, suffix: str) -> None:
    quads = parse(EXAMPLES[code][0][1], RdfFormat.TURTLE, lenient=True, base_iri=RELATIVE)
    lines = serialize(quads, format=RdfFormat.N_QUADS)
    assert lines is not None
    graph = b" <https://sko.example/graf> .\n" if suffix == "nq" else b" .\n"
    made = mended(f"sko.{suffix}", lines.replace(b" .\n", graph))
    assert code in made.codes
    untouched = [line for line in made.data.splitlines() if not line.startswith(b"#")]
    assert any(b"prefLabel" in line and graph.strip() in line for line in untouched)


def test_what_needs_no_repair_stays_byte_for_byte() -> None:
    data = (HEAD + SOLE + ';\n  skos:altLabel \'sole\'@nb , """så\nle"""@nb .\n' + HEEL).encode()
    assert mended("sko.ttl", data).data == data
    flawed = data.replace(b"'sole'@nb", b"'sole'@no")
    made = mended("sko.ttl", flawed)
    assert made.codes == ("language-normalised",)
    assert HEEL in made.data.decode()
    assert made.data.startswith((HEAD + SOLE).encode())


def test_the_original_stands_beside_the_repair() -> None:
    made = mended(*turtle('skos:altLabel "sole"@no ; skos:scopeNote "til å gå på"@nb'))
    assert made.data.decode().endswith(
        """;
    # samsvar: language-normalised
    # samsvar: as it came: skos:altLabel "sole"@no
    skos:altLabel "sole"@nb; skos:scopeNote "til å gå på"@nb .
"""
    )


def test_what_cannot_be_read_is_kept_as_a_comment() -> None:
    data = (HEAD + SOLE + '; skos:altLabel %% "sole" ; skos:scopeNote "under"@nb .\n' + HEEL).encode()
    text = mended("sko.ttl", data).data.decode()
    assert '# samsvar: as it came: skos:altLabel %% "sole"' in text
    assert "# samsvar: statement-unreadable" in text
    assert HEEL in text
    lines = b'<https://a.example/x> <http://www.w3.org/2004/02/skos/core#prefLabel> "x"@nb .\n<a> oops\n'
    lines += b"<https://a.example/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .\n"
    assert "# samsvar: as it came: <a> oops" in mended("a.nt", lines).data.decode()


def test_the_older_dialects_become_the_newest_in_place() -> None:
    about = """skosno:definisjon [ a skosno:Definisjon ; rdfs:label "underside"@nb ; skosno:forholdTilKilde skosno:egendefinert ] ;
    skosno:datastrukturterm "sal"@nb"""
    text = mended(*turtle(about)).data.decode()
    assert "euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value" in text
    assert "skosno:dataStructureLabel" in text
    assert "# samsvar: as it came: skosno:definisjon [" in text


def test_a_subject_that_is_renamed_is_written_anew() -> None:
    text = mended("sko.ttl", (HEAD + '<hæl> a skos:Concept ; skos:prefLabel "hæl"@nb .\n').encode()).data.decode()
    assert "# samsvar: as it came: <hæl> a skos:Concept" in text
    assert "<http://localhost:8000/files/sko/" in text


def test_an_organisation_keeps_its_description_under_its_usual_iri() -> None:
    written = "<https://data.brreg.no/enhetsregisteret/api/enheter/999000009>"
    name, data = turtle(f"dct:publisher {written}")
    mended(name, data + f'{written} dct:title "Skoetaten"@nb .\n'.encode())


@pytest.mark.parametrize("namespace", ["http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/"])
def test_prefixes_are_those_of_the_file(namespace: str) -> None:
    """A prefix that is needed and not declared is added; one that means something else here is not used."""
    head = HEAD.replace("@prefix dct: <http://purl.org/dc/terms/>", f"@prefix dcterms: <{namespace}>")
    for one in (head, head.replace("@prefix dcterms:", "@prefix dct:")):
        about = '; skosno:bruksområde "sko"@nb ; skosno:definisjon [ rdfs:label "under"@nb ] .'
        mended("sko.ttl", f"{one}{SOLE}{about}\n".encode())


def test_repairing_again_changes_nothing() -> None:
    made = mended(*EXAMPLES["dialect-normalised"][0])
    assert repaired(Source(made.name, made.data), OPTIONS).data == made.data


@pytest.mark.parametrize("code", sorted(ONLY_MARKED))
def test_what_no_table_can_say_in_another_way_is_only_marked(code: str) -> None:
    source = Source(*EXAMPLES[code][0])
    made = repaired(source, OPTIONS)
    assert made.left == (code,)
    assert said(Source(made.name, made.data)) == said(source)
    assert REPAIRS[code].kind.fix in made.data.decode()


def test_a_table_is_repaired_cell_by_cell() -> None:
    table = (
        "id;anbefalt_term:nb;tillatt_term:nb;merknad:no\r\n"
        'https://sko.example/sal;såle;sole, skosåle;"<b>under</b> hælen"\r\n'
        'https://sko.example/hael ;"hæl";;\r\n'
        "https://sko.example/tunge;tunge;;over risten\r\n"
    )
    made = mended("sko.csv", table.encode("cp1252"))
    assert made.data.decode() == (
        "id;anbefalt_term:nb;tillatt_term:nb;merknad:nb;samsvar:repair\r\n"
        "https://sko.example/sal;såle;sole|skosåle;under hælen;"
        "terms-unpacked (tillatt_term:nb), html-markup (merknad:no), language-no (merknad:no)"
        " | tillatt_term:nb as it came: sole, skosåle | merknad:no as it came: <b>under</b> hælen\r\n"
        'https://sko.example/hael ;"hæl";;\r\n'
        "https://sko.example/tunge;tunge;;over risten;language-no (merknad:no)\r\n"
    )


def test_a_row_that_would_say_something_else_is_only_marked() -> None:
    """The link in the note is a relation, which no cell of this table can hold."""
    row = "https://sko.example/sal;såle;under en [sko|https://sko.example/sko]"
    source = Source("sko.csv", f"id;anbefalt_term:nb;merknad:nb\n{row}\n".encode())
    made = repaired(source, OPTIONS)
    assert said(Source(made.name, made.data)) == said(source)
    assert row in made.data.decode()
    assert made.left == ("wiki-markup",)


def test_a_child_does_it_as_well() -> None:
    name, data = EXAMPLES["edge-blanks"][0]
    assert repair_isolated(Source(name, data), OPTIONS) == repaired(Source(name, data), OPTIONS)
