"""Salvage: a file with errors or cut off gives up only what is broken, says what, and is one in part."""

import json

import pytest
from pyoxigraph import Literal

from importers import importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.child import IsolatedReader
from ontologies.namespaces import RDF, SKOS

OPTIONS = ImportOptions("http://localhost:8000")
HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix x: <https://vern.example/> .\n"
TE = '<https://vern.example/te> a skos:Concept ;\n    skos:prefLabel "te"@nb .\n'
XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    ' xmlns:skos="http://www.w3.org/2004/02/skos/core#">\n'
)


def node(name: str, inner: str = "") -> str:
    return (
        f'  <skos:Concept rdf:about="https://vern.example/{name}">\n'
        f'    <skos:prefLabel xml:lang="nb">{name}</skos:prefLabel>\n{inner}  </skos:Concept>\n'
    )


def read(text: str | bytes, name: str = "kilde") -> list[Batch]:
    source = Source(name, text.encode() if isinstance(text, str) else text)
    return importer_for(source).read(source, OPTIONS)


def terms(batches: list[Batch]) -> set[str]:
    found = (triple for batch in batches for triple in batch.triples if triple.predicate == SKOS.prefLabel)
    return {triple.object.value for triple in found if isinstance(triple.object, Literal)}


def losses(batches: list[Batch]) -> list[tuple[int | None, str]]:
    """Line and text of what was lost."""
    issues = [one for batch in batches for one in batch.report.issues]
    issues += [one for batch in batches for record in batch.report.records for one in record.issues]
    lost = {"statement-unreadable", "entry-unreadable"}
    return [(one.where.line if one.where else None, one.value) for one in issues if one.code in lost]


@pytest.mark.parametrize(
    ("rest", "labels", "lost"),
    [
        ('x:kaffe a skos:Concept ;\n  skos:prefLabel "kaffe"@nb ;\n  skos:altLabel "jav', {"te", "kaffe"}, (7, "jav")),
        (
            'x:kaffe a skos:Concept ;\n  skos:prefLabel "kaffe"@nb ;\n  skos:related x:te, x:va',
            {"te", "kaffe"},
            (7, "x:va"),
        ),
        (
            'x:kaffe a skos:Concept ;\n  skos:prefLabel "kaffe"@nb ;\n  skos:related <https://ve',
            {"te", "kaffe"},
            (7, "<https://ve"),
        ),
        ("x:kaffe a skos:Con", {"te"}, (5, "skos:Con")),
    ],
    ids=["text", "name", "iri", "class"],
)
def test_turtle_that_is_cut_off_loses_only_what_is_cut(rest: str, labels: set[str], lost: tuple[int, str]) -> None:
    batches = read(HEAD + TE + rest)
    assert terms(batches) == labels
    ((line, text),) = losses(batches)
    assert line == lost[0]
    assert lost[1] in text
    assert all(batch.report.partial for batch in batches)
    related = {t.object.value for batch in batches for t in batch.triples if t.predicate == SKOS.related}
    assert related <= {"https://vern.example/te"}


def test_turtle_cut_off_between_two_properties_is_read_in_part_although_nothing_is_unreadable() -> None:
    batches = read(HEAD + TE + 'x:kaffe a skos:Concept ;\n  skos:prefLabel "kaffe"@nb ;\n')
    assert terms(batches) == {"te", "kaffe"}
    assert [batch.report.partial for batch in batches] == [True]


@pytest.mark.parametrize(
    ("text", "labels", "line"),
    [
        (XML + node("te") + node("kaffe")[:-9], {"te", "kaffe"}, 7),
        (XML + node("te") + node("kaffe", "    <skos:note>bare\n")[:-20], {"te", "kaffe"}, 7),
        (XML + node("te", "    <skos:note>x</skos:merknad>\n") + node("vann") + "</rdf:RDF>", {"te", "vann"}, 4),
        (XML + '  <skos:Concept rdf:about="https://vern.example/\n' + node("te") + "</rdf:RDF>", {"te"}, 2),
    ],
    ids=["cut at the end", "cut in a text", "wrong closing tag", "broken start"],
)
def test_rdf_xml_that_is_not_well_formed_loses_only_the_broken_elements(text: str, labels: set[str], line: int) -> None:
    batches = read(text)
    assert terms(batches) == labels
    assert losses(batches)[0][0] == line
    assert batches[0].report.partial


def test_characters_by_their_html_names_and_loose_signs_in_xml_are_mended() -> None:
    inner = "    <skos:note xml:lang='nb'>l&oslash;se blad & poser, &lt; 5 g og < 2 kr</skos:note>\n"
    (batch,) = read(XML + node("te", inner) + "</rdf:RDF>")
    notes = {triple.object.value for triple in batch.triples if triple.predicate == SKOS.note}
    assert notes == {"løse blad & poser, < 5 g og < 2 kr"}
    assert {issue.code for issue in batch.report.issues} == {"statement-mended"}
    assert not batch.report.partial


def test_a_large_file_that_is_broken_everywhere_is_read_before_its_time_is_up() -> None:
    names = {f"te-{number}" for number in range(8000)}
    nodes = "".join(node(name, "    <skos:note><![CDATA[ uten ende </skos:note>\n") for name in names)
    with IsolatedReader() as reader:
        batches = reader.read(Source("te.rdf", f"{XML}{nodes}</rdf:RDF>".encode()), OPTIONS)
    assert terms(batches) == names
    assert len(losses(batches)) == len(names)


def test_a_well_known_prefix_need_not_be_declared_in_xml() -> None:
    text = XML + node("te", "    <dct:identifier>te</dct:identifier>\n") + "</rdf:RDF>"
    (batch,) = read(text)
    assert [(one.code, one.value) for one in batch.report.issues] == [("prefix-undeclared", "dct:")]
    assert len(batch.triples) == 3


def test_what_is_described_under_an_unknown_prefix_gets_a_namespace() -> None:
    text = HEAD + "".join(f'hav:{name} a skos:Concept ; skos:prefLabel "{name}"@nb .\n' for name in ("fisk", "tang"))
    (batch,) = read(text)
    assert [(one.code, one.value) for one in batch.report.issues] == [
        ("prefix-unknown", "hav: <urn:undeclared-prefix:hav:>")
    ]
    assert terms([batch]) == {"fisk", "tang"}
    (batch,) = read(
        HEAD
        + 'x:fisk a skos:Concept ; skos:prefLabel "fisk"@nb ; hav:dyp 3 .\nx:tang a skos:Concept ; skos:prefLabel "tang"@nb .\n'
    )
    assert losses([batch]) == [(3, "hav:dyp 3 .")]


CONCEPTS = [
    {"anbefaltTerm": {"navn": {"nb": name}}, "id": f"https://vern.example/{name}"} for name in ("te", "kaffe", "vann")
]


def test_several_json_documents_in_one_file_are_all_read() -> None:
    (batch,) = read("\n".join(map(json.dumps, CONCEPTS)))
    assert terms([batch]) == {"te", "kaffe", "vann"}
    context = {"skos": str(SKOS.iri)}
    nodes = [
        {"@context": context, "@id": f"https://vern.example/{name}", "@type": "skos:Concept", "skos:prefLabel": name}
        for name in ("te", "kaffe")
    ]
    for between in ("\n", "", " "):
        assert terms(read(between.join(map(json.dumps, nodes)))) == {"te", "kaffe"}


def test_what_stands_behind_the_end_of_json_is_told() -> None:
    (batch,) = read(json.dumps(CONCEPTS) + '\n, {"anbefaltTerm": 1}')
    assert losses([batch]) == [(2, ', {"anbefaltTerm": 1}')]
    assert batch.report.partial


@pytest.mark.parametrize(
    "statement",
    [
        '<https://vern.example/\nvann> skos:prefLabel "vann"@nb .',
        "x:kaffe skos:related <http://[::1> .",
        'x:kaffe <http://[::1> "vann" .',
    ],
    ids=["subject", "value", "property"],
)
def test_a_statement_with_an_iri_that_is_none_is_a_loss(statement: str) -> None:
    (batch,) = read(HEAD + TE + 'x:kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb .\n' + statement)
    assert terms([batch]) == {"te", "kaffe"}
    assert batch.report.partial
    everywhere = [*batch.report.issues, *(one for record in batch.report.records for one in record.issues)]
    [lost] = [one for one in everywhere if one.code == "iri-unreadable"]
    assert lost.where is not None
    assert lost.where.line == 6
    assert "vann" in lost.value or "related" in lost.value


@pytest.mark.parametrize(
    ("written", "language"), [("@nb_NO", "nb"), ("@en_GB", "en-gb"), ("@norsk-bokmål", "nb"), ("@", "nb")]
)
def test_tags_of_languages_that_are_none_cost_no_text(written: str, language: str) -> None:
    label = f'<{SKOS.prefLabel.value}> "te: \\"a@b_c\\""{written}'
    typed = f"<{RDF.type.value}> <{SKOS.Concept.value}>"
    te = "<https://vern.example/te>"
    for text in (f"{HEAD}{te} a skos:Concept ; {label} ; skos:related x:a .", f"{te} {typed} .\n{te} {label} .\n"):
        (batch,) = read(text)
        [term] = [triple.object for triple in batch.triples if triple.predicate == SKOS.prefLabel]
        assert (term.value, term.language) == ('te: "a@b_c"', language)
        mended = [one for one in batch.report.issues if one.code == "statement-mended"]
        assert len(mended) == 1
        assert mended[0].where is not None
        assert not batch.report.partial


def test_statements_with_and_without_a_graph_are_read_from_one_file() -> None:
    lines = [f'<https://vern.example/{name}> <{SKOS.prefLabel.value}> "{name}"@nb' for name in ("te", "kaffe")]
    for ends in ((" .", " <https://vern.example/g> ."), (" <https://vern.example/g> .", " .")):
        assert terms(read("\n".join(map("".join, zip(lines, ends, strict=True))))) == {"te", "kaffe"}


def test_a_byte_order_mark_between_files_that_were_put_together_is_left_out() -> None:
    (batch,) = read("\ufeff" + HEAD + TE + '\ufeffx:kaffe a skos:Concept ; skos:prefLabel "kaffe"@nb .')
    assert terms([batch]) == {"te", "kaffe"}
    places = [one.where.line for one in batch.report.issues if one.code == "byte-order-mark" and one.where]
    assert places == [1, 5]


@pytest.mark.parametrize("indent", [None, 2])
def test_json_that_is_cut_off_loses_the_last_entry(indent: int | None) -> None:
    whole = json.dumps(CONCEPTS, indent=indent)
    (batch,) = read(whole[: whole.rindex("vann") + 2])
    assert terms([batch]) == {"te", "kaffe"}
    assert [text.startswith(('{ "anbefaltTerm"', '{"anbefaltTerm"')) for _, text in losses([batch])] == [True]
    assert batch.report.partial


@pytest.mark.parametrize("indent", [None, 2])
def test_a_broken_entry_of_json_costs_no_other(indent: int | None) -> None:
    (batch,) = read(json.dumps(CONCEPTS, indent=indent).replace('"kaffe"', '"kaffe" "', 1))
    assert terms([batch]) >= {"te"}
    assert "kaffe" not in terms([batch])
    assert ("vann" in terms([batch])) == (indent is not None)
    assert losses([batch])


def test_json_ld_that_is_cut_off_keeps_its_context() -> None:
    graph = [
        {
            "@id": f"https://vern.example/{name}",
            "@type": "skos:Concept",
            "skos:prefLabel": {"@value": name, "@language": "nb"},
        }
        for name in ("te", "kaffe", "vann")
    ]
    whole = json.dumps({"@context": {"skos": SKOS.iri}, "@graph": graph}, indent=1)
    (batch,) = read(whole[: whole.rindex("vann") + 3])
    assert terms([batch]) == {"te", "kaffe"}
    assert batch.report.partial


def test_rdf_json_loses_only_the_subject_that_is_none() -> None:
    def about(name: str) -> dict[str, object]:
        return {SKOS.prefLabel.value: [{"type": "literal", "value": name, "lang": "nb"}]}

    document = {f"https://vern.example/{name}": about(name) for name in ("te", "kaffe")}
    document["https://vern.example/vann"] = {SKOS.prefLabel.value: [{"type": "uri", "value": 3}]}
    (batch,) = read(json.dumps(document, indent=1))
    assert terms([batch]) == {"te", "kaffe"}
    assert [line for line, _ in losses([batch])] == [20]


TABLE = "anbefalt_term:nb;definisjon:nb;merknad:nb\nte;blader i vann;varm\n"


@pytest.mark.parametrize(
    ("rest", "row"), [('kaffe;"drikk av\nbrente bø', 3), ("vann;H2O;\nkaffe;drikk av", 4)], ids=["in quotes", "plain"]
)
def test_a_table_that_is_cut_off_loses_its_last_row(rest: str, row: int) -> None:
    (batch,) = read(TABLE + rest)
    assert "kaffe" not in terms([batch])
    (rejected,) = [one for one in batch.report.records if one.status == "rejected"]
    assert rejected.where.row == row
    assert "drikk av" in rejected.issues[0].value
    assert batch.report.partial


def test_a_row_whose_quotes_swallow_the_next_lines_costs_only_itself() -> None:
    (batch,) = read(TABLE + 'kaffe;"drikk av\nbrente bønner\nvann;H2O;kald\nmelk;fra ku;kald\n')
    assert terms([batch]) == {"te", "vann", "melk"}
    assert losses([batch]) == [(3, "kaffe | drikk av\nbrente bønner")]


def test_what_is_read_whole_is_no_source_in_part() -> None:
    assert not any(batch.report.partial for text in (HEAD + TE, TABLE) for batch in read(text))


def test_a_file_of_which_next_to_nothing_can_be_read_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="cannot be read"):
        read(XML + "  <skos:Concept>\n    <skos:prefLabel>te")
