"""Acts and regulations in Lovdata's form: the resource, its sections, what it defines, and what is not its own."""

import json
import tarfile
from collections import Counter

import pytest
from pyoxigraph import Literal, NamedNode

from importers import IMPORTERS, importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.lovdata import Lovdata
from ontologies.namespaces import DCT, ELI, EUVOC, RDF, SAMSVAR, SKOS, XSD

BASE = "https://register.example"
OPTIONS = ImportOptions(BASE)
HEAD = """<!DOCTYPE html><html lang="{lang}"><head><title>t</title></head><body><header class="documentHeader"><dl
class="data-document-key-info"><dd class="legacyID">LOV-2031-05-06-7</dd><dd class="ministry"><ul><li>Hagedepartementet</li></ul></dd>
<dd class="dateInForce">2031-07-01, 2032-01-01</dd>{extra}<dd class="titleShort">Hageloven</dd><dd class="title">{title}</dd>
<dd class="refid">{refid}</dd></dl></header><main class="documentBody" id="dokument"><h1>{title}</h1>{body}</main></body></html>"""
DEFINITIONS = """<section class="section"><h2>Kapittel 1. Innledning</h2>
<article class="legalArticle" data-name="§1-2"><h3 class="legalArticleHeader"><span class="legalArticleValue">§ 1-2</span>.
<span class="legalArticleTitle">Definisjoner</span></h3><article class="legalP">I denne loven menes med<ul class="defaultList">
<li data-li-identifier="a."><article class="listArticle"><article class="legalP"><i>hage:</i> dyrket jord<sup
class="footnotereference">1</sup>, og</article></article></li><li data-li-identifier="b."><article class="listArticle">
<article class="legalP">redskap:<ul><li data-li-identifier="1."><article class="listArticle"><article class="legalP">spade</article>
</article></li></ul></article></article></li></ul><p class="leddfortsettelse">Dette gjelder alltid.</p></article>
<article class="numberedLegalP">(2) Med bed menes avgrenset&#160;jord.</article></article></section>
<article class="legalArticle"><h3><span class="legalArticleValue">§ 7 b</span></h3><article class="legalP">Ikraft.</article></article>"""
CHANGE = """<section class="section"><h2>Endringer</h2><article class="document-change"><article class="change">
<article class="defaultP">§ 3 skal lyde:</article><article class="futureLegalArticle" data-name="§3"><article class="legalP">
Med park menes stor hage.</article></article></article></article></section>"""


def document(body=DEFINITIONS, *, lang="nb", title="Lov om hager", refid="lov/2031-05-06-7", extra="") -> bytes:
    return HEAD.format(body=body, lang=lang, title=title, refid=refid, extra=extra).encode()


def read(data: bytes) -> Batch:
    [batch] = Lovdata().read(Source("lov.xml", data), OPTIONS)
    return batch


def values(batch: Batch, subject: object, predicate: NamedNode) -> list[object]:
    return [t.object for t in batch.triples if t.subject == subject and t.predicate == predicate]


def concepts(batch: Batch) -> list[NamedNode]:
    return [t.subject for t in batch.triples if t.object == SAMSVAR.StatutoryConcept]


ACT = NamedNode(f"{BASE}/legislation/lov/2031/05/06/7")


def nb(text: str) -> Literal:
    return Literal(text, language="nb")


def test_the_act_and_its_sections():
    batch = read(document(extra='<dd class="basedOn"><ul><li>lov/1990-06-29-50/§4-11</li><li>null</li></ul></dd>'))
    assert (batch.kind, batch.catalogue, batch.title) == ("law", "lov-2031-05-06-7", "Hageloven")
    assert values(batch, ACT, DCT.identifier) == [Literal("LOV-2031-05-06-7")]
    assert values(batch, ACT, DCT.title) == [nb("Lov om hager")]
    assert values(batch, ACT, ELI.title_short) == [nb("Hageloven")]
    assert values(batch, ACT, ELI.date_document) == [Literal("2031-05-06", datatype=XSD.date)]
    assert values(batch, ACT, ELI.first_date_entry_in_force) == [Literal("2031-07-01", datatype=XSD.date)]
    assert values(batch, ACT, ELI.responsibility_of) == [Literal("Hagedepartementet")]
    assert values(batch, ACT, ELI.based_on) == [NamedNode(f"{BASE}/legislation/lov/1990/06/29/50/4-11")]
    chapter, first, second = values(batch, ACT, ELI.has_part)
    assert chapter == NamedNode(f"{ACT.value}/kapittel-1")
    assert (first, second) == (NamedNode(f"{ACT.value}/1-2"), NamedNode(f"{ACT.value}/7b"))
    assert values(batch, first, ELI.number) == [Literal("§ 1-2")]
    assert values(batch, first, DCT.title) == [nb("Definisjoner")]
    assert values(batch, first, RDF.value) == [
        nb(
            "I denne loven menes med\n  a. hage: dyrket jord, og\n  b. redskap:\n    1. spade\n Dette gjelder alltid."
            "\n\n(2) Med bed menes avgrenset jord."
        )
    ]


def test_the_definitions():
    batch = read(document())
    found = {
        (
            values(batch, one, SKOS.prefLabel)[0].value,
            values(batch, values(batch, one, EUVOC.xlDefinition)[0], RDF.value)[0],
        )
        for one in concepts(batch)
    }
    assert found == {("hage", nb("dyrket jord")), ("redskap", nb("1. spade")), ("bed", nb("avgrenset jord."))}
    hage = next(one for one in concepts(batch) if nb("hage") in values(batch, one, SKOS.prefLabel))
    assert values(batch, hage, SAMSVAR.scope) == [nb("i denne loven")]
    assert values(batch, hage, SAMSVAR.act) == [ACT]
    assert values(batch, hage, DCT.isPartOf) == [NamedNode(f"{ACT.value}/1-2")]
    [definition] = values(batch, hage, EUVOC.xlDefinition)
    assert values(batch, definition, DCT.source) == [NamedNode(f"{ACT.value}/1-2")]
    assert not [t for t in batch.triples if t.object == SKOS.Concept or t.predicate == SKOS.definition]


def test_reading_twice_gives_the_same_and_records_say_where():
    assert read(document()).triples == read(document()).triples
    report = read(document()).report
    assert report.counts()["stored"] == 4
    assert [record.where.column for record in report.records] == [None, "§ 1-2", "§ 1-2", "§ 1-2"]


def test_nynorsk_is_tagged_as_such():
    batch = read(document(lang="nn"))
    assert values(batch, ACT, DCT.title) == [Literal("Lov om hager", language="nn")]


def test_what_an_act_changes_in_others_is_not_its_own():
    batch = read(document(DEFINITIONS + CHANGE))
    assert "park" not in {t.object.value for t in batch.triples if t.predicate == SKOS.prefLabel}
    assert len(concepts(batch)) == 3
    assert [issue.code for record in batch.report.records for issue in record.issues] == ["amendment-unsure"]


@pytest.mark.parametrize(
    "data",
    [
        document(CHANGE),
        document(title="Lov om endringer i hageloven mv."),
        document(title="Forskrift om endring i forskrift om hager", refid="forskrift/2031-05-06-7"),
        document(
            "<article class='defaultP'>§ 3 skal lyde: Med park menes stor hage.</article>", title="Forskrift om hager"
        ),
    ],
)
def test_an_amending_document_defines_nothing(data):
    batch = read(data)
    assert concepts(batch) == []
    codes = [issue.code for record in batch.report.records for issue in record.issues]
    assert codes in (["amending-act"], ["amending-act", "amendment-unsure"])


def test_a_regulation_is_a_regulation():
    batch = read(document(refid="forskrift/2031-05-06-7", title="Forskrift om hager"))
    act = NamedNode(f"{BASE}/legislation/forskrift/2031/05/06/7")
    assert batch.catalogue == "for-2031-05-06-7"
    assert values(batch, act, DCT.type) == [
        NamedNode("https://data.norge.no/vocabulary/legal-resource-type#regulation")
    ]


def test_sections_of_one_number_have_names_of_their_own():
    twice = (
        '<article class="legalArticle"><span class="legalArticleValue">§ 1</span><article class="legalP">x</article></article>'
        * 2
    )
    batch = read(document(twice))
    assert [part.value.rsplit("/", 1)[1] for part in values(batch, ACT, ELI.has_part)] == ["1", "1--2"]


def test_markup_that_is_no_xml_is_read_as_html():
    assert concepts(read(document().replace(b"</i>", b"</i><br>"))) == concepts(read(document()))


@pytest.mark.parametrize(
    "data",
    [
        document().replace(b"lov/2031-05-06-7", b"?").replace(b"LOV-2031-05-06-7", b"?"),
        b'<html class="data-document-key-info"><p>unclosed',
        b"<a" * 5000,
        b"",
    ],
)
def test_what_names_no_act_is_refused(data):
    with pytest.raises(UnreadableSourceError) as caught:
        read(data)
    assert caught.value.where.file == "lov.xml"


def test_entities_are_not_resolved():
    bomb = (
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    )
    data = document().replace(b"<!DOCTYPE html>", bomb).replace(b"Ikraft.", b"Ikraft &b;&c;.")
    [text] = values(read(data), NamedNode(f"{ACT.value}/7b"), RDF.value)
    assert text == nb("Ikraft .")


def test_is_recognised_before_anything_else_that_reads_xml():
    source = Source("lov.xml", document())
    assert Lovdata().recognises(source)
    assert isinstance(importer_for(source), Lovdata)
    assert not Lovdata().recognises(Source("x.html", b"<html><body>data-document</body></html>"))
    assert any(isinstance(importer, Lovdata) for importer in IMPORTERS)


@pytest.mark.real_data
@pytest.mark.slow
def test_the_whole_gazette_of_a_year_is_read(shared):
    kinds: Counter[str] = Counter()
    with tarfile.open(shared / "data/law/lovtidend-avd1-2025.tar.bz2") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.name.endswith(".xml") else None
            if stream is None:
                continue
            batch = read(stream.read())
            kinds[batch.catalogue[:3]] += 1
            kinds["definitions"] += len(concepts(batch))
            kinds["amending"] += "amending-act" in json.dumps(batch.report.as_json())
            kinds["based on"] += any(t.predicate == ELI.based_on for t in batch.triples)
            assert len(set(batch.triples)) == len(batch.triples)
    assert (kinds["lov"], kinds["for"]) == (111, 1161)
    assert kinds["definitions"] >= 540
    assert kinds["amending"] >= 836
    assert kinds["based on"] >= 1130
