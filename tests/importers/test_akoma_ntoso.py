"""Acts in Akoma Ntoso: metadata, hierarchy, marked definitions, references, and the variants that are met."""

import pytest
from pyoxigraph import Literal, NamedNode

from importers import importer_for
from importers.akoma_ntoso import AkomaNtoso
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.law.akoma_references import reference
from ontologies.namespaces import DCT, ELI, EUVOC, RDF, SAMSVAR, SKOS, XSD

BASE = "https://register.example"
ACT = NamedNode(f"{BASE}/legislation/lov/2031/05/06/7")
OASIS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
HEAD = """<meta><identification source="#dep"><FRBRWork>
<FRBRthis value="/akn/no/act/lov/2031-05-06/7/!main"/><FRBRuri value="/akn/no/act/lov/2031-05-06/7"/>
<FRBRdate date="2031-05-06" name="Generation"/><FRBRauthor href="#dep"/><FRBRcountry value="no"/><FRBRnumber value="7"/>
<FRBRname value="Hageloven"/></FRBRWork><FRBRExpression><FRBRdate date="2033-01-01" name="Consolidation"/>
<FRBRlanguage language="nno"/></FRBRExpression></identification>
<lifecycle source="#dep"><eventRef date="2031-07-01" type="generation" refersTo="#entryIntoForce"/>
<eventRef date="2032-02-02" type="amendment" source="#x"/></lifecycle>
<references source="#dep"><TLCOrganization eId="dep" href="/ontology/dep" showAs="Hagedepartementet"/>
<TLCTerm eId="term-hage" href="/ontology/term/hage" showAs="Dyrka hage"/><TLCConcept eId="term-bed" href="/o/bed" showAs="bed"/>
</references></meta>
<preface><longTitle><p>Lov om <docTitle>hagar</docTitle></p></longTitle></preface>
<preamble><citations><citation><p>Heimel: <ref href="https://lovdata.no/lov/1999-04-10-17/§2-1">lov</ref></p></citation></citations></preamble>"""
BODY = """<body><chapter eId="chp_1"><num>Kapittel 1</num><heading>Innleiing</heading>
<section eId="chp_1__sec_1"><num>§ 1.</num><heading>Definisjonar</heading><subsection eId="s1"><num>(1)</num><intro>
<p>I denne lova meiner ein med:</p></intro><list><point refersTo="#term-hage"><num>a)</num><content><p><def refersTo="#term-hage">hage</def>
(<def refersTo="#term-hage">tun</def>): dyrka jord,</p></content></point><point><num>b)</num><content><p>«<def refersTo="#term-bed">bed</def>»
avgrensa <term refersTo="#term-hage">hage</term>.</p></content></point></list></subsection></section>
<section eId="chp_1__sec_2a"><num>§ 2 a.</num><content><p>Med park meiner ein stor hage, jf.
<ref href="/akn/no/act/lov/2001-02-03/4/nno@/!main#chp_2__sec_3-1">anna lov</ref>.</p></content></section></chapter>
<section eId="sec_9"><num>§ 9.</num><heading>Endringar</heading><content><p>§ 3 skal lyde:
<mod><quotedStructure><section><num>§ 3.</num><content><p>Med skog meines tre.</p></content></section></quotedStructure></mod></p></content></section>
</body><attachments><attachment><heading>Vedlegg 1</heading><doc name="annex"><mainBody><p>Med hekk meiner ein gjerde av planter.</p>
</mainBody></doc></attachment></attachments>"""


def document(body: str = BODY, head: str = HEAD, namespace: str = OASIS, prefix: str = "") -> bytes:
    text = f'<akomaNtoso xmlns="{namespace}"><act name="lov">{head}{body}</act></akomaNtoso>'
    if prefix:
        text = text.replace("</", "\0").replace("<", f"<{prefix}:").replace("\0", f"</{prefix}:")
        text = text.replace('xmlns="', f'xmlns:{prefix}="')
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def read(data: bytes) -> Batch:
    source = Source("lov.xml", data)
    importer = importer_for(source)
    assert isinstance(importer, AkomaNtoso)
    [batch] = importer.read(source, ImportOptions(BASE))
    return batch


def values(batch: Batch, subject: object, predicate: NamedNode) -> list[object]:
    return [t.object for t in batch.triples if t.subject == subject and t.predicate == predicate]


def definitions(batch: Batch) -> dict[str, str]:
    texts = {t.subject: t.object.value for t in batch.triples if t.predicate == RDF.value}
    names = {t.subject: t.object.value for t in batch.triples if t.predicate == SKOS.prefLabel}
    return {names[t.subject]: texts[t.object] for t in batch.triples if t.predicate == EUVOC.xlDefinition}


def test_the_metadata_become_the_act():
    made = read(document())
    assert (made.catalogue, made.kind, made.title) == ("lov-2031-05-06-7", "law", "Hageloven")
    assert values(made, ACT, DCT.title) == [Literal("Lov om hagar", language="nn")]
    assert values(made, ACT, ELI.first_date_entry_in_force) == [Literal("2031-07-01", datatype=XSD.date)]
    assert values(made, ACT, DCT.modified) == [Literal("2032-02-02", datatype=XSD.date)]
    assert values(made, ACT, ELI.responsibility_of) == [Literal("Hagedepartementet")]
    assert values(made, ACT, ELI.based_on) == [NamedNode(f"{BASE}/legislation/lov/1999/04/10/17/2-1")]


def test_sections_and_annexes_are_subdivisions_and_what_is_quoted_is_none():
    made = read(document())
    sections = [each.value.removeprefix(f"{ACT.value}/") for each in values(made, ACT, ELI.has_part)]
    assert sections == ["kapittel-1", "1", "2a", "9", "vedlegg-1"]
    text = values(made, NamedNode(f"{ACT.value}/1"), RDF.value)[0].value
    assert text == ("(1) I denne lova meiner ein med:\n  a) hage (tun): dyrka jord,\n  b) «bed» avgrensa hage.")
    cited = values(made, NamedNode(f"{ACT.value}/2a"), ELI.cites)
    assert cited == [NamedNode(f"{BASE}/legislation/lov/2001/02/03/4/3-1")]


def test_of_annexes_within_annexes_the_innermost_is_a_subdivision():
    depth = 60
    body = (
        "<body/>" + "<attachment>" * depth + "<doc><p>Med hekk meiner ein gjerde.</p></doc>" + "</attachment>" * depth
    )
    batch = read(document(body.replace("<attachment><doc>", '<attachment eId="inst"><doc>')))
    assert values(batch, ACT, ELI.has_part) == [NamedNode(f"{ACT.value}/inst")]


def test_marked_definitions_are_taken_as_they_are_and_others_are_read():
    made = read(document())
    assert definitions(made) == {
        "hage": "dyrka jord",
        "bed": "avgrensa hage.",
        "park": "stor hage, jf. anna lov.",
        "hekk": "gjerde av planter.",
    }
    [garden] = [t.subject for t in made.triples if t.object == Literal("hage", language="nn")]
    assert {each.value for each in values(made, garden, SKOS.altLabel)} == {"tun", "Dyrka hage"}
    assert values(made, garden, SAMSVAR.scope) == [Literal("i denne lova", language="nn")]


def test_a_term_is_a_definition_only_where_its_provision_refers_to_it():
    body = """<body><section><num>§ 1</num><paragraph refersTo="#term-hage"><content><p><term refersTo="#term-hage">hage</term>
    er dyrka jord</p></content></paragraph><paragraph><content><p>Eit <term refersTo="#term-bed">bed</term> skal vatnast.</p>
    </content></paragraph></section></body>"""
    assert definitions(read(document(body))) == {"hage": "dyrka jord"}


@pytest.mark.parametrize(
    "namespace", [OASIS, f"{OASIS}/CSD13", "http://www.akomantoso.org/2.0", "http://www.akomantoso.org/1.0"]
)
@pytest.mark.parametrize("prefix", ["", "akn"])
def test_namespaces_and_prefixes_make_no_difference(namespace, prefix):
    assert set(read(document(namespace=namespace, prefix=prefix)).triples) == set(read(document()).triples)


def test_articles_of_a_regulation_and_ids_of_older_documents():
    head = HEAD.replace("act/lov", "act/forskrift").replace("eId=", "id=")
    body = """<body><part id="p1"><num>Del I</num><article id="a3"><num>Artikkel 3</num><paragraph><num>1.</num><content>
    <p>«Hage»: jord</p></content></paragraph></article></part></body>"""
    made = read(document(body, head))
    assert made.catalogue == "for-2031-05-06-7"
    assert [
        each.value.rpartition("/")[2]
        for each in values(made, NamedNode(f"{BASE}/legislation/forskrift/2031/05/06/7"), ELI.has_part)
    ] == ["del-i", "artikkel-3"]


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/akn/no/act/lov/1999-04-10/17", "lov/1999-04-10-17"),
        ("/akn/no/act/1999-04-10/17/nob@2020-01-01/!main#sec_2-1", "lov/1999-04-10-17/§2-1"),
        ("/akn/no/act/forskrift/2017-12-19/2286#chp_3__sec_8-4__subsec_1", "forskrift/2017-12-19-2286/§8-4"),
        ("http://lovdata.no/akn/no/act/lov/1999-04-10-17", "lov/1999-04-10-17"),
        ("https://lovdata.no/dokument/NL/lov/1999-04-10-17", "lov/1999-04-10-17"),
        ("#sec_3", ""),
        ("/akn/se/act/1999-04-10/17", ""),
    ],
)
def test_references(href, found):
    assert reference(href) == found


def test_an_act_that_only_changes_others_defines_nothing():
    made = read(document(head=HEAD.replace("<docTitle>hagar</docTitle>", "<docTitle>endringar i hagelova</docTitle>")))
    assert definitions(made) == {}
    assert [each.code for each in made.report.records[0].issues] == ["amending-act"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (document(head=HEAD.replace('value="no"', 'value="se"')), "another country"),
        (document(head="<meta/>"), "does not say which act"),
        (document()[:900], "cannot be parsed"),
    ],
)
def test_what_cannot_be_read_is_said(data, said):
    with pytest.raises(UnreadableSourceError, match=said):
        read(data)


@pytest.mark.parametrize(
    ("declared", "read_as", "lost"),
    [
        ('"busker og tre"', "busker og tre i rad.", []),
        ('"&other;&other;"', None, ["hekk"]),
        ('SYSTEM "file:///etc/hostname"', None, ["hekk"]),
        (f'"{"x" * 300}"', None, ["hekk"]),
    ],
)
def test_short_plain_entities_are_read_and_all_others_reported(declared, read_as, lost):
    body = "<body><section><num>§ 1.</num><content><p>Med hekk meiner ein &hekk; i rad.</p></content></section></body>"
    doctype = f'<!DOCTYPE akomaNtoso [<!ENTITY other "x"><!ENTITY hekk {declared}>]>\n<akomaNtoso'
    made = read(document(body).replace(b"<akomaNtoso", doctype.encode(), 1))
    assert [each.value for each in made.report.issues if each.code == "entity-not-read"] == lost
    assert read_as is None or definitions(made) == {"hekk": read_as}
    assert "localhost" not in str(definitions(made))
