"""RDF in every syntax by its content; repairs and salvage; what is said of files that cannot be read."""

import json

import pytest
from pyoxigraph import Literal, NamedNode

from importers import importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.rdf.syntaxes import JSON_LD, N_QUADS, N_TRIPLES, RDF_JSON, RDF_XML, TURTLE, detect
from importers.skos_ap_no import RdfImporter
from ontologies.namespaces import DCT, RDFS, SKOS

HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
KAFFE = NamedNode("https://example.no/kaffe")
TE = NamedNode("https://example.no/te")
RDF_HEAD = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"'
    ' xmlns:skos="http://www.w3.org/2004/02/skos/core#">'
)


def read(data: str | bytes, name: str = "fil.ttl") -> Batch:
    raw = data.encode() if isinstance(data, str) else data
    (batch,) = RdfImporter().read(Source(name, raw), ImportOptions("http://localhost:8000"))
    return batch


def terms(batch: Batch) -> set[tuple[str, str | None]]:
    return {
        (triple.object.value, triple.object.language)
        for triple in batch.triples
        if triple.predicate == SKOS.prefLabel and isinstance(triple.object, Literal)
    }


def codes(batch: Batch) -> set[str]:
    of_records = {issue.code for record in batch.report.records for issue in record.issues}
    return of_records | {issue.code for issue in batch.report.issues}


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("# en merknad\n@prefix a: <http://a/> . a:b a a:c .", TURTLE),
        ("PREFIX a: <http://a/>\na:b a a:c .", TURTLE),
        ("<http://a> a <http://b> .", TURTLE),
        ("[] a <http://b> .", TURTLE),
        ("@prefix a: <http://a/> . <http://g> { a:b a a:c }", TURTLE),
        ('<http://a> <http://b> "c"@nb .\n', N_TRIPLES),
        ('<http://a> <http://b> "c"@nb <http://g> .\n', N_QUADS),
        (RDF_HEAD + "</rdf:RDF>", RDF_XML),
        ('<?xml version="1.0"?><!-- x -->' + RDF_HEAD + "</rdf:RDF>", RDF_XML),
        ('{"@id": "http://a"}', JSON_LD),
        ('[{"@id": "http://a", "http://b": []}]', JSON_LD),
        ('{"http://a": {"http://b": [{"type": "uri", "value": "http://c"}]}}', RDF_JSON),
        ('<foo> <http://www.w3.org/2004/02/skos/core#prefLabel> "relativ"@nb .', TURTLE),
        ("<foo>\n  a skos:Concept .", TURTLE),
        ("<html><body>nei</body></html>", None),
        ("<script>alert(1)</script>", None),
        ('{"navn": "ikke RDF"}', None),
        ("id;term;definisjon\n1;kaffe;drikk", None),
    ],
)
def test_the_syntax_is_told_by_content(text: str, syntax: object) -> None:
    assert detect(text) is syntax


def test_a_byte_order_mark_is_left_out() -> None:
    batch = read(
        b"\xef\xbb\xbf" + (HEAD + '<https://example.no/kaffe> a skos:Concept ; skos:prefLabel "kaffe"@nb .').encode()
    )
    assert terms(batch) == {("kaffe", "nb")}
    assert "byte-order-mark" in codes(batch)


@pytest.mark.parametrize(
    ("other", "code", "shown"),
    [
        ('<https://example.no/te> a skos:Concept ; skos:prefLabel "te"@nb .\n', "encoding-assumed", "line 4"),
        ('<https://example.no/ø> a skos:Concept ; skos:prefLabel "øl"@nb .\n', "encoding-mixed", "line 4"),
    ],
)
def test_lines_that_are_not_utf_8_are_read_as_windows_1252(other: str, code: str, shown: str) -> None:
    line = ' skos:prefLabel "løsøre – x"@nb .'
    batch = read((HEAD + other + "<https://example.no/l> a skos:Concept ;\n").encode() + line.encode("cp1252"))
    assert ("løsøre – x", "nb") in terms(batch)
    (issue,) = [issue for issue in batch.report.issues if issue.code.startswith("encoding-")]
    assert (issue.code, issue.value, issue.where and issue.where.line) == (code, shown, 4)


def test_what_is_no_text_is_refused() -> None:
    source = Source("bilde.ttl", HEAD.encode() + bytes(range(32)) * 4 + b"\xff")
    with pytest.raises(UnreadableSourceError, match="not UTF-8"):
        RdfImporter().read(source, ImportOptions("http://localhost:8000"))


def test_the_encoding_that_xml_declares_is_taken() -> None:
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?>{RDF_HEAD}<skos:Concept rdf:about="https://example.no/kaffe"><skos:prefLabel xml:lang="nb">løsøre</skos:prefLabel></skos:Concept></rdf:RDF>'
    assert terms(read(text.encode("latin-1"))) == {("løsøre", "nb")}


def test_an_empty_language_and_blanks_in_iris_in_xml() -> None:
    batch = read(
        RDF_HEAD + '<skos:Concept rdf:about="https://example.no/Friluft - nasjonal">'
        '<skos:prefLabel xml:lang="">hei</skos:prefLabel></skos:Concept></rdf:RDF>'
    )
    assert batch.triples[0].subject == NamedNode("https://example.no/Friluft%20-%20nasjonal")
    assert terms(batch) == {("hei", "nb")}
    assert codes(batch) >= {"iri-repaired", "language-empty", "missing-language"}


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("<tel:+47 08700>", "tel:+47%2008700"),
        ("<http://x.no/{a}|b^c`>", "http://x.no/%7Ba%7D%7Cb%5Ec%60"),
        ("<http://x.no/100%>", "http://x.no/100%25"),
        ("<www.snl.no/kaffe>", "https://www.snl.no/kaffe"),
        ("<https://lovdata.org/lov/§ 1>", "https://lovdata.org/lov/§%201"),
    ],
)
def test_forbidden_characters_in_iris_are_encoded(written: str, stored: str) -> None:
    batch = read(HEAD + f"<https://example.no/kaffe> a skos:Concept ; skos:related {written} .")
    assert [triple.object for triple in batch.triples if triple.predicate == SKOS.related] == [NamedNode(stored)]
    assert "iri-repaired" in codes(batch)


def test_an_iri_that_swallowed_a_line_is_left_out() -> None:
    batch = read(
        HEAD
        + "<https://example.no/kaffe> a skos:Concept ; skos:related <http://a.no/x\n y> ; skos:related <http://b.no> ."
    )
    assert [triple.object.value for triple in batch.triples if triple.predicate == SKOS.related] == ["http://b.no"]
    assert "iri-unreadable" in codes(batch)


def test_an_empty_iri_is_left_out_and_reported() -> None:
    batch = read(HEAD + "<https://example.no/kaffe> a skos:Concept ; skos:related <> .")
    assert not any(triple.predicate == SKOS.related for triple in batch.triples)
    assert "empty-iri" in codes(batch)


def test_a_file_that_speaks_of_itself_keeps_the_link() -> None:
    batch = read(
        HEAD + "<> a skos:ConceptScheme . <https://example.no/kaffe> a skos:Concept ; skos:inScheme <> .", "min fil.ttl"
    )
    itself = NamedNode("http://localhost:8000/files/min-fil")
    assert {triple.object for triple in batch.triples if triple.predicate == SKOS.inScheme} == {itself}


def test_a_relative_iri_is_a_name_within_the_file() -> None:
    batch = read(HEAD + "<kaffe> a skos:Concept .")
    assert batch.triples[0].subject == NamedNode("http://localhost:8000/files/fil/kaffe")
    assert "relative-iri" in codes(batch)


def test_a_hijacked_prefix_and_see_also_in_the_wrong_namespace() -> None:
    batch = read(
        "@prefix dct: <http://purl.org/dc/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        '<https://example.no/a> dct:title "A"@nb ; xsd:seeAlso <https://lovdata.no/lov/1> .'
    )
    assert {triple.predicate for triple in batch.triples} == {DCT.title, RDFS.seeAlso}
    assert codes(batch) >= {"hijacked-prefix", "wrong-namespace"}


def test_a_well_known_prefix_need_not_be_declared() -> None:
    batch = read('<https://example.no/kaffe> a skos:Concept ;\n  skos:prefLabel "kaffe"@nb .')
    assert terms(batch) == {("kaffe", "nb")}
    (issue,) = [issue for issue in batch.report.issues if issue.code == "prefix-undeclared"]
    assert (issue.value, issue.where and issue.where.line, issue.where and issue.where.column) == ("skos:", 1, 30)


GOOD = '<https://example.no/te> a skos:Concept ; skos:prefLabel "te"@nb .\n'


def test_one_bad_statement_does_not_reject_a_file() -> None:
    batch = read(
        HEAD
        + GOOD
        + '"nei" a skos:Concept .\n'
        + '<https://example.no/kaffe> a skos:Concept ; skos:prefLabel "kaffe"@nb .'
    )
    assert terms(batch) == {("te", "nb"), ("kaffe", "nb")}
    (rejected,) = [record for record in batch.report.records if record.status == "rejected"]
    (issue,) = rejected.issues
    assert (issue.code, rejected.where.line, rejected.where.column) == ("statement-unreadable", 3, 1)
    assert "not a valid subject" in issue.message


def test_one_bad_property_does_not_reject_a_concept() -> None:
    batch = read(
        HEAD + '<https://example.no/kaffe> a skos:Concept ;\n  br:sti "/STAT" ;\n  skos:prefLabel "kaffe"@nb .\n' + GOOD
    )
    assert terms(batch) == {("te", "nb"), ("kaffe", "nb")}
    (record,) = [record for record in batch.report.records if record.subject == KAFFE.value]
    (issue,) = [issue for issue in record.issues if issue.code == "statement-unreadable"]
    assert record.status == "stored"
    assert record.repaired
    assert issue.where is not None
    assert (issue.where.line, issue.value) == (3, 'br:sti "/STAT"')
    assert "br:" in issue.message


@pytest.mark.parametrize(
    "body",
    [
        '<https://example.no/kaffe> a skos:Concept ; skos:prefLabel "kaffe"@nb\n',
        '<https://example.no/kaffe> a skos:Concept ; skos:prefLabel "kaffe"@nb ; skos:note [ skos:example "x"@nb\n',
        '<https://example.no/kaffe> a skos:Concept\n  skos:prefLabel "kaffe"@nb .\n',
        '<https://example.no/kaffe> a skos:Concept .\n  skos:prefLabel "kaffe"@nb ; skos:altLabel "java"@nb .\n',
        '<https://example.no/kaffe> skos:prefLabel "kaffe"@nb ; a skos:Concept ; skos:note [ skos:example "x"@nb\n\n'
        + GOOD,
    ],
    ids=["dot", "bracket", "semicolon", "early dot", "bracket before the next"],
)
def test_missing_signs_are_put_in(body: str) -> None:
    batch = read(HEAD + body)
    assert ("kaffe", "nb") in terms(batch)
    assert "statement-mended" in codes(batch)
    assert "statement-unreadable" not in codes(batch)


@pytest.mark.parametrize(
    ("slip", "unread"),
    [
        ('x:kaffe a skos:Concept ;\n  skos:prefLabel "kaffe"@nb\n', False),
        ('x:kaffe a skos:Concept ;\n  skos:prefLabel "kaffe"@nb ; skos:related x:vann\n', False),
        ('x:kaffe a skos:Concept ;\n  skos:prefLabel "kaffe"@nb ; skos:note [ skos:example "x"@nb\n', False),
        ('x:kaffe\na skos:Concept ;\nskos:prefLabel "kaffe"@nb ;\nskos:definition "drikk"@nb\n', False),
        ("dette er ikke Turtle\n", True),
    ],
    ids=["literal", "name", "bracket", "predicates at the line's start", "no Turtle"],
)
def test_what_follows_a_statement_without_its_dot_stays_apart(slip: str, unread: bool) -> None:
    after = 'x:te a skos:Concept ;\n  skos:prefLabel "te"@nb ;\n  skos:definition "varm drikk"@nb .\n'
    batch = read(HEAD + "@prefix x: <https://example.no/> .\n" + slip + after)
    labels = {(one.subject, one.object.value) for one in batch.triples if one.predicate == SKOS.prefLabel}
    assert labels == {(TE, "te")} | (set() if unread else {(KAFFE, "kaffe")})
    assert ("statement-unreadable" in codes(batch)) == unread
    assert unread or "statement-mended" in codes(batch)


def test_a_directive_without_its_dot() -> None:
    batch = read("@prefix x: <http://x/>\n" + HEAD + GOOD)
    assert terms(batch) == {("te", "nb")}


def test_a_bad_line_of_n_triples_is_left_out() -> None:
    line = '<https://example.no/te> <http://www.w3.org/2004/02/skos/core#prefLabel> "te"@nb .\n'
    batch = read(line + '<https://example.no/kaffe> <http://x/p> "åpen .\n' + line.replace('"te"', '"tea"'))
    assert terms(batch) >= {("te", "nb"), ("tea", "nb")}
    (rejected,) = [record for record in batch.report.records if record.status == "rejected"]
    assert (rejected.subject, rejected.where.line) == (KAFFE.value, 2)


def test_a_bad_node_of_rdf_xml_is_left_out_with_its_line() -> None:
    batch = read(
        RDF_HEAD
        + '\n<skos:Concept rdf:about="https://example.no/te"><skos:prefLabel xml:lang="nb">te</skos:prefLabel></skos:Concept>\n'
        '<skos:Concept rdf:about="https://example.no/kaffe">\n<skos:prefLabel xml:lang="nb">kaffe</skos:prefLabel>\n'
        "<skos:note>tekst <b>her</b></skos:note></skos:Concept></rdf:RDF>"
    )
    assert terms(batch) == {("te", "nb"), ("kaffe", "nb")}
    (record,) = [record for record in batch.report.records if record.subject == KAFFE.value]
    (issue,) = [issue for issue in record.issues if issue.code == "statement-unreadable"]
    assert issue.where is not None
    assert issue.where.line == 5


def test_a_bad_node_of_json_ld_is_left_out() -> None:
    good = {"@id": TE.value, "@type": SKOS.Concept.value, SKOS.prefLabel.value: [{"@value": "te", "@language": "nb"}]}
    bad = {"@id": KAFFE.value, SKOS.prefLabel.value: {"@value": "x", "@language": "nb", "@type": "http://x"}}
    batch = read(json.dumps([good, bad], indent=1))
    assert terms(batch) == {("te", "nb")}
    (rejected,) = [record for record in batch.report.records if record.status == "rejected"]
    assert rejected.subject == KAFFE.value


def test_named_graphs_are_merged() -> None:
    batch = read(HEAD + f"<http://g> {{ {GOOD} }}")
    assert terms(batch) == {("te", "nb")}
    assert "named-graphs-merged" in codes(batch)


def test_rdf_json_is_read() -> None:
    document = {
        TE.value: {
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"type": "uri", "value": SKOS.Concept.value}],
            SKOS.prefLabel.value: [{"type": "literal", "value": "te", "lang": "nb"}],
            SKOS.note.value: [{"type": "bnode", "value": "_:b-1"}],
            DCT.modified.value: [
                {"type": "literal", "value": "2020-01-01", "datatype": "http://www.w3.org/2001/XMLSchema#date"}
            ],
            SKOS.related.value: [{"type": "uri", "value": "http://x.no/a b"}],
        },
        "_:b-1": {RDFS.label.value: [{"type": "literal", "value": "note"}]},
    }
    batch = read(json.dumps(document))
    assert terms(batch) == {("te", "nb")}
    assert len(batch.triples) == 6
    assert "iri-repaired" in codes(batch)


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        ("", None, "The file is empty."),
        (" \n\t\n", None, "The file is empty."),
        ("<!DOCTYPE html>\n<html><head><title>Logg inn</title></head></html>", 1, "web page (HTML)"),
        ("dette er ikke RDF\nheller ikke dette", 1, "begins with “dette er ikke RDF”"),
        ('{"noe": [1, 2]}', 1, "neither JSON-LD"),
        (HEAD, 1, "has no statement"),
        (HEAD + "<http://e/\\u003E\\u0020\\u003Chttp://e/p\\u003E> a skos:Concept .", 1, "has no statement"),
        ("<xliff><x/></xliff>", 1, "root element <xliff>"),
        ("\x00\x01\x02PNG", 1, "not text"),
        (HEAD + "<http://a> <http://b> ;;; nei nei nei", 2, "The Turtle cannot be read"),
        (RDF_HEAD + "\n<skos:Concept></skos:Koncept></rdf:RDF>", 2, "The XML cannot be read"),
        ('[{"@id": "http://a",\n "http://b": }]', 2, "The JSON cannot be read"),
        ('{"@context": "https://x.no/kontekst",\n "@id": "http://a", "p": 1}', 1, "never fetched"),
        ('{"http://a":\n {"http://b": [{"type": "uri", "value": 3}]}}', None, "not RDF/JSON at http://a"),
        ('{"@id": "http://a", "http://b": ' * 300 + "1" + "}" * 300, 1, "nested more than 200 levels"),
        (
            HEAD + "<http://a> <http://b> " + "[<http://b> " * 300 + "1" + "]" * 300 + " .",
            2,
            "Turtle is nested more than",
        ),
        (HEAD + "<http://a> <http://b> " + "(" * 300 + ")" * 300 + " .", 2, "Turtle is nested more than"),
        (
            RDF_HEAD + "<rdf:Description><dct:a>" * 300 + "</dct:a></rdf:Description>" * 300 + "</rdf:RDF>",
            1,
            "nested more than 256",
        ),
    ],
)
def test_what_cannot_be_read_says_why_and_where(data: str, line: int | None, said: str) -> None:
    source = Source("fil.x", data.encode())
    with pytest.raises(UnreadableSourceError) as raised:
        importer_for(source).read(source, ImportOptions("http://localhost:8000"))
    assert said in raised.value.message
    assert raised.value.where.file == "fil.x"
    assert raised.value.where.line == line
    assert raised.value.fix


def test_brackets_in_texts_and_brackets_left_open_are_no_nesting() -> None:
    text = HEAD + '<http://a/0> skos:note "' + "[" * 300 + '" .\n'
    text += "".join(f'<http://a/{n}> a skos:Concept ; skos:prefLabel "nr {n}"@nb ; skos:note [ .\n' for n in range(300))
    assert len(terms(read(text))) == 300


def test_entities_without_end_are_refused_before_the_rdf_parser() -> None:
    entities = '<!ENTITY a0 "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    text = f"<?xml version='1.0'?><!DOCTYPE x [{entities}]>{RDF_HEAD}<rdf:Description><dct:title>&a10;</dct:title></rdf:Description></rdf:RDF>"
    with pytest.raises(UnreadableSourceError, match="entities expand without end"):
        read(text)


def test_an_unknown_format_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnreadableSourceError, match="rdf"):
        importer_for(Source("a", b"x"), "excel")


def test_rdf_is_not_taken_for_another_format() -> None:
    document = json.dumps({TE.value: {SKOS.prefLabel.value: [{"type": "literal", "value": "te"}]}})
    assert importer_for(Source("a.json", document.encode())).name == "rdf"
    assert importer_for(Source("a.json", b'[{"@id": "http://a", "http://b": [{"@id": "http://c"}]}]')).name == "rdf"


def test_a_file_that_lacks_only_its_last_dot_is_read() -> None:
    batch = read(HEAD + GOOD + '<https://example.no/kaffe> a skos:Concept ; skos:prefLabel "kaffe"@nb')
    assert terms(batch) == {("te", "nb"), ("kaffe", "nb")}


def test_a_file_whose_prefix_nobody_knows_is_read_with_a_namespace_made_up_for_it() -> None:
    text = "hval:spekk a hval:Del ; hval:av hval:hval .\nhval:hval a hval:Dyr ; hval:har hval:spekk .\n"
    [batch] = RdfImporter().read(Source("hval.ttl", text.encode()), ImportOptions("http://localhost:8000"))
    assert {triple.subject.value for triple in batch.triples} == {
        "urn:undeclared-prefix:hval:spekk",
        "urn:undeclared-prefix:hval:hval",
    }
    assert "prefix-unknown" in {issue.code for issue in batch.report.issues}


def test_records_whose_iri_was_mended_have_their_line() -> None:
    concept = 'a skos:Concept ; skos:prefLabel "{}"@nb .\n'
    names = ["https://x.example/a b", "https://x.example/b", "https://lovdata.no/lov/§1", "rel", "/rot"]
    head = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    text = head + "".join(f"<{name}> {concept.format(number)}" for number, name in enumerate(names))
    [batch] = RdfImporter().read(Source("a.ttl", text.encode()), ImportOptions("http://localhost:8000"))
    found = {record.subject: record.where.line for record in batch.report.records}
    assert sorted(line or 0 for line in found.values()) == [2, 3, 4, 5, 6]
    assert found["https://x.example/a%20b"] == 2
