"""TBX in both versions and styles: what each data category becomes, and what a broken file gives up."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from importers import importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.reading import read_source
from importers.tbx import Tbx
from importers.termbases.identifiers import uri_of, xml_id
from ontologies.namespaces import (
    AUDIENCE,
    CONCEPT_STATUS,
    DCAT,
    DCT,
    EUVOC,
    ORGANISATION,
    OWL,
    RDF,
    RDFS,
    RELATIONSHIP_WITH_SOURCE,
    SKOS,
    SKOSNO,
    VCARD,
    XKOS,
)

SHARED = Path(os.environ.get("SAMSVAR_SHARED", Path(__file__).parents[3] / "shared"))
OPTIONS = ImportOptions("https://register.example", catalogue="hage")
SPADE = "https://hage.example/begrep/spade"
RAKE = "https://hage.example/begrep/rive"


def v3(entries: str, dialect: str = "TBX-Basic", style: str = "dca") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<tbx type="{dialect}" style="{style}" xml:lang="nb" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"
  xmlns:dct="http://purl.org/dc/terms/" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:owl="http://www.w3.org/2002/07/owl#"
  xmlns:vcard="http://www.w3.org/2006/vcard/ns#" xmlns:skosno="https://data.norge.no/vocabulary/skosno#"
  xmlns:euvoc="http://publications.europa.eu/ontology/euvoc#" xmlns:adms="http://www.w3.org/ns/adms#"
  xmlns:xkos="http://rdf-vocabulary.ddialliance.org/xkos#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
 <tbxHeader><fileDesc><titleStmt><title>Hageord</title></titleStmt><sourceDesc><p>Skrevet for hånd</p></sourceDesc></fileDesc>
 </tbxHeader>
 <text><body>
{entries}
 </body></text>
</tbx>
"""


BASIC_DCA = """<conceptEntry id="c1">
 <descrip type="subjectField">hagebruk</descrip>
 <ref type="crossReference" target="c2">rive</ref>
 <xref type="externalCrossReference" target="https://hage.example/om">om</xref>
 <transacGrp><transac type="transactionType">origination</transac><date>2024-03-01</date></transacGrp>
 <note>gjelder ikke leker</note>
 <langSec xml:lang="nb">
  <descripGrp>
   <descrip type="definition">redskap til
      å grave med</descrip>
   <admin type="source">Hageboka</admin>
  </descripGrp>
  <termSec><term>spade</term>
   <termNote type="partOfSpeech">noun</termNote><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
   <descripGrp><descrip type="context">Han tok spaden.</descrip></descripGrp></termSec>
  <termSec><term>spate</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
  <termSec><term>stikkspade</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
 </langSec>
 <langSec xml:lang="en">
  <descripGrp><descrip type="definition">tool for digging</descrip><admin type="source">Hageboka</admin></descripGrp>
  <termSec><term>spade</term></termSec><termSec><term>shovel</term></termSec>
 </langSec>
</conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="nb"><termSec><term>rive</term></termSec></langSec></conceptEntry>"""

BASIC_DCT = """<conceptEntry id="c1">
 <min:subjectField>hagebruk</min:subjectField>
 <basic:crossReference target="c2">rive</basic:crossReference>
 <basic:externalCrossReference target="https://hage.example/om">om</basic:externalCrossReference>
 <transacGrp><basic:transactionType>origination</basic:transactionType><date>2024-03-01</date></transacGrp>
 <note>gjelder ikke leker</note>
 <langSec xml:lang="nb">
  <descripGrp><basic:definition>redskap til å grave med</basic:definition><basic:source>Hageboka</basic:source></descripGrp>
  <termSec><term>spade</term>
   <min:partOfSpeech>noun</min:partOfSpeech><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
   <descripGrp><basic:context>Han tok spaden.</basic:context></descripGrp></termSec>
  <termSec><term>spate</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
  <termSec><term>stikkspade</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
 </langSec>
 <langSec xml:lang="en">
  <descripGrp><basic:definition>tool for digging</basic:definition><basic:source>Hageboka</basic:source></descripGrp>
  <termSec><term>spade</term></termSec><termSec><term>shovel</term></termSec>
 </langSec>
</conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="nb"><termSec><term>rive</term></termSec></langSec></conceptEntry>"""

MARTIF = """<?xml version='1.0'?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="nb"><martifHeader><fileDesc><titleStmt><title>Hageord</title></titleStmt>
<sourceDesc><p>Skrevet for hånd</p></sourceDesc></fileDesc></martifHeader><text><body>
<termEntry id="c1">
 <descrip type="subjectField">hagebruk</descrip>
 <ref type="crossReference" target="c2">rive</ref>
 <xref type="externalCrossReference" target="https://hage.example/om">om</xref>
 <transacGrp><transac type="transactionType">origination</transac><date>2024-03-01</date></transacGrp>
 <note>gjelder ikke leker</note>
 <langSet xml:lang="nb">
  <descripGrp><descrip type="definition">redskap til å grave med</descrip><admin type="source">Hageboka</admin></descripGrp>
  <tig><term>spade</term><termNote type="partOfSpeech">noun</termNote>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
   <descripGrp><descrip type="context">Han tok spaden.</descrip></descripGrp></tig>
  <ntig><termGrp><term>spate</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig>
  <tig><term>stikkspade</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
 </langSet>
 <langSet xml:lang="en">
  <descripGrp><descrip type="definition">tool for digging</descrip><admin type="source">Hageboka</admin></descripGrp>
  <tig><term>spade</term></tig><tig><term>shovel</term></tig>
 </langSet>
</termEntry>
<termEntry id="c2"><langSet xml:lang="nb"><tig><term>rive</term></tig></langSet></termEntry>
</body></text></martif>
"""

AP_NO_1 = f"""<conceptEntry id="c1">
 <admin type="identifikator">{SPADE}</admin>
 <transacGrp><transac type="ansvarligVirksomhet">999000009</transac>
  <transacNote type="kontaktpunkt">hage@hage.example</transacNote></transacGrp>
 <transacGrp><transac type="typeDato">gyldigFraOgMed</transac><date>2020-01-31</date></transacGrp>
 <xref type="erstatter" target="https://hage.example/begrep/pinne">pinne</xref>
 <langSec xml:lang="nb">
  <descrip type="fagområde">hagebruk</descrip>
  <descripGrp><descrip type="definisjon">redskap til å grave med</descrip>
   <descripNote type="målgruppe">allmennheten</descripNote>
   <descripNote type="merknad">gjelder ikke leker</descripNote>
   <adminGrp><admin type="forholdTilKilde">basertPåKilde</admin><adminNote type="kilde">Hageboka</adminNote>
    <xref type="kilde" target="https://hage.example/bok"></xref></adminGrp></descripGrp>
  <descripGrp><descrip type="typeRelasjon">generiskRelasjon</descrip>
   <xref type="overordnetBegrep" target="https://hage.example/begrep/redskap">redskap</xref>
   <descripNote type="inndelingskriterium">bruk</descripNote></descripGrp>
  <termSec><term>spade</term><termNote type="typeTerm">anbefaltTerm</termNote></termSec>
  <termSec><term>SPADE_KODE</term><termNote type="typeTerm">datastrukturterm</termNote></termSec>
 </langSec>
</conceptEntry>"""

AP_NO_2 = f"""<conceptEntry id="c1">
 <adminGrp>
  <dct:publisher>https://organization-catalog.fellesdatakatalog.digdir.no/organizations/999000009</dct:publisher>
  <dcat:contactPoint><vcard:Organization><vcard:hasEmail>mailto:hage@hage.example</vcard:hasEmail></vcard:Organization>
  </dcat:contactPoint></adminGrp>
 <dct:identifier>{SPADE}</dct:identifier>
 <euvoc:startDate>2020-01-31</euvoc:startDate><owl:versionInfo>1.0.1</owl:versionInfo>
 <transacGrp><basic:transactionType>basic:modification</basic:transactionType><date>2022-06-30</date></transacGrp>
 <xkos:isPartOf>{RAKE}</xkos:isPartOf>
 <langSec xml:lang="nb">
  <adms:status>http://publications.europa.eu/resource/authority/concept-status/CURRENT</adms:status>
  <descripGrp><basic:definition>redskap til å grave med</basic:definition>
   <dct:audience>https://data.norge.no/vocabulary/audience-type#public</dct:audience>
   <adminGrp>
    <skosno:relationshipWithSource>https://data.norge.no/vocabulary/relationship-with-source-type#derived-from-source</skosno:relationshipWithSource>
    <basic:source>https://hage.example/bok</basic:source></adminGrp></descripGrp>
  <skos:example>stikkspade</skos:example><basic:note>gjelder ikke leker</basic:note>
  <basic:subjectField>hagebruk</basic:subjectField>
  <skosno:valueRange>tall</skosno:valueRange><skosno:valueRange>https://hage.example/verdier</skosno:valueRange>
  <descripGrp><skos:related>{RAKE}</skos:related><skosno:relationRole>brukes med</skosno:relationRole></descripGrp>
  <termSec><term>spade</term><basic:administrativeStatus>basic:preferredTermAdmnSts</basic:administrativeStatus></termSec>
  <termSec><term>spate</term><basic:administrativeStatus>basic:deprecatedTermAdmnSts</basic:administrativeStatus></termSec>
  <termSec><term>SPADE</term><basic:administrativeStatus>skosno:dataStructureTerm</basic:administrativeStatus></termSec>
 </langSec>
</conceptEntry>"""  # fmt: skip


def read(text: str | bytes, options: ImportOptions = OPTIONS) -> Batch:
    source = Source("hage.tbx", text.encode() if isinstance(text, str) else text)
    importer = importer_for(source)
    assert isinstance(importer, Tbx)
    [batch] = importer.read(source, options)
    return batch


def values(batch: Batch, subject: NamedNode, predicate: NamedNode) -> set[str]:
    return {str(t.object) for t in batch.triples if t.subject == subject and t.predicate == predicate}


def node(batch: Batch, subject: NamedNode, predicate: NamedNode) -> NamedNode:
    [found] = [t.object for t in batch.triples if t.subject == subject and t.predicate == predicate]
    assert isinstance(found, NamedNode)
    return found


def concept(batch: Batch, term: str) -> NamedNode:
    label = Literal(term, language="nb")
    [found] = [t.subject for t in batch.triples if t.predicate == SKOS.prefLabel and t.object == label]
    assert isinstance(found, NamedNode)
    return found


def issues(batch: Batch) -> dict[str, str]:
    found = [*batch.report.issues, *(one for record in batch.report.records for one in record.issues)]
    return {one.code: one.message for one in found}


@pytest.mark.parametrize(
    "text", [v3(BASIC_DCA), v3(BASIC_DCT, style="dct"), MARTIF], ids=["version 3 DCA", "version 3 DCT", "version 2"]
)
def test_both_versions_and_styles_of_tbx_basic_say_the_same(text: str) -> None:
    batch = read(text)
    spade, rake = concept(batch, "spade"), concept(batch, "rive")
    assert batch.title == "Hageord"
    assert values(batch, spade, SKOS.prefLabel) == {'"spade"@nb', '"spade"@en'}
    assert values(batch, spade, SKOS.altLabel) == {'"stikkspade"@nb', '"shovel"@en'}
    assert values(batch, spade, SKOS.hiddenLabel) == {'"spate"@nb'}
    definition = node(batch, spade, EUVOC.xlDefinition)
    assert values(batch, definition, RDF.value) == {'"redskap til å grave med"@nb', '"tool for digging"@en'}
    assert values(batch, definition, DCT.source) == {'"Hageboka"@nb'}
    assert values(batch, spade, DCT.subject) == {'"hagebruk"@nb'}
    assert values(batch, spade, SKOS.scopeNote) == {'"gjelder ikke leker"@nb'}
    assert values(batch, spade, SKOS.example) == {'"Han tok spaden."@nb'}
    assert values(batch, spade, RDFS.seeAlso) == {str(rake), "<https://hage.example/om>"}
    assert values(batch, spade, DCT.created) == {'"2024-03-01"^^<http://www.w3.org/2001/XMLSchema#date>'}
    assert "noun" in issues(batch)["unmapped-field"]


def test_tbx_ap_no_1_is_read_whole() -> None:
    batch = read(v3(AP_NO_1, "TBX-AP-NO"))
    spade = NamedNode(SPADE)
    definition = node(batch, spade, EUVOC.xlDefinition)
    assert batch.publisher == ORGANISATION["999000009"].value
    assert values(batch, definition, DCT.audience) == {str(AUDIENCE["public"])}
    assert values(batch, definition, SKOSNO.relationshipWithSource) == {
        str(RELATIONSHIP_WITH_SOURCE["derived-from-source"])
    }
    source = node(batch, definition, DCT.source)
    assert values(batch, source, RDFS.label) == {'"Hageboka"'}
    assert values(batch, source, RDFS.seeAlso) == {"<https://hage.example/bok>"}
    assert values(batch, spade, SKOS.scopeNote) == {'"gjelder ikke leker"@nb'}
    assert values(batch, spade, SKOSNO.dataStructureLabel) == {'"SPADE_KODE"@nb'}
    assert values(batch, spade, DCT.replaces) == {"<https://hage.example/begrep/pinne>"}
    assert len(values(batch, spade, EUVOC.startDate)) == 1
    assert values(batch, node(batch, spade, DCAT.contactPoint), VCARD.hasEmail) == {"<mailto:hage@hage.example>"}
    relation = node(batch, spade, SKOSNO.hasGenericConceptRelation)
    assert values(batch, relation, SKOSNO.hasGenericConcept) == {"<https://hage.example/begrep/redskap>"}
    assert values(batch, relation, DCT.description) == {'"bruk"@nb'}
    assert issues(batch) == {}


def test_tbx_ap_no_2_is_read_whole() -> None:
    batch = read(v3(AP_NO_2, "TBX-AP-NO-v2", "dct"))
    spade = NamedNode(SPADE)
    definition = node(batch, spade, EUVOC.xlDefinition)
    assert values(batch, definition, DCT.audience) == {str(AUDIENCE["public"])}
    assert values(batch, definition, DCT.source) == {"<https://hage.example/bok>"}
    assert values(batch, spade, EUVOC.status) == {str(CONCEPT_STATUS["CURRENT"])}
    assert values(batch, spade, OWL.versionInfo) == {'"1.0.1"'}
    assert values(batch, spade, SKOSNO.valueRange) == {'"tall"@nb', "<https://hage.example/verdier>"}
    assert values(batch, spade, SKOSNO.dataStructureLabel) == {'"SPADE"@nb'}
    assert values(batch, spade, SKOS.hiddenLabel) == {'"spate"@nb'}
    assert values(batch, spade, XKOS.isPartOf) == {f"<{RAKE}>"}
    relation = node(batch, spade, SKOSNO.isFromConceptIn)
    assert values(batch, relation, SKOSNO.relationRole) == {'"brukes med"@nb'}
    assert values(batch, node(batch, spade, DCAT.contactPoint), VCARD.hasEmail) == {"<mailto:hage@hage.example>"}
    assert issues(batch) == {}


def test_text_keeps_what_is_marked_up_in_it_and_second_values_are_told() -> None:
    entry = """<conceptEntry id="c1">
     <admin type="hasEmail">en@hage.example</admin><admin type="hasEmail">to@hage.example</admin>
     <langSec xml:lang="nb"><descrip type="definition">vann, H<sub>2</sub>O, i <it>store</it> mengder</descrip>
      <termSec><term>hav</term></termSec></langSec></conceptEntry>"""
    batch = read(v3(entry))
    hav = concept(batch, "hav")
    assert values(batch, node(batch, hav, EUVOC.xlDefinition), RDF.value) == {'"vann, H2O, i store mengder"@nb'}
    assert values(batch, node(batch, hav, DCAT.contactPoint), VCARD.hasEmail) == {"<mailto:en@hage.example>"}
    assert "to@hage.example" in issues(batch)["unmapped-field"]


def test_a_broken_entry_costs_that_entry_only() -> None:
    broken = v3(BASIC_DCA.replace("<term>rive</term>", "<term>rive</trem>"))
    batch = read(broken)
    assert batch.report.counts()["stored"] == 1
    [lost] = [record for record in batch.report.records if record.status == "rejected"]
    assert lost.where.line == broken[: broken.index('<conceptEntry id="c2"')].count("\n") + 1
    assert "rive" in lost.issues[0].value
    assert batch.report.partial
    assert batch.title == "Hageord"


def test_a_broken_term_costs_that_term_only() -> None:
    broken = v3(BASIC_DCA.replace("<term>spate</term>", "<term>spate</trem>"))
    batch = read(broken)
    spade = concept(batch, "spade")
    assert values(batch, spade, SKOS.altLabel) == {'"stikkspade"@nb', '"shovel"@en'}
    assert values(batch, spade, SKOS.hiddenLabel) == set()
    assert len(values(batch, node(batch, spade, EUVOC.xlDefinition), RDF.value)) == 2
    record = next(one for one in batch.report.records if one.subject == spade.value)
    assert record.repaired
    [lost] = [one for one in record.issues if one.code == "statement-unreadable"]
    assert lost.where is not None
    assert lost.where.line == broken[: broken.index("spate")].count("\n") + 1
    assert "spate" in lost.value
    assert batch.report.partial


def test_a_file_cut_off_keeps_the_entries_before() -> None:
    text = v3(BASIC_DCA)
    batch = read(text[: text.index("rive</term>")])
    assert concept(batch, "spade")
    assert batch.report.partial
    assert "ends in the middle" in issues(batch)["entry-unreadable"]


def test_loose_signs_are_mended_and_told() -> None:
    batch = read(v3(BASIC_DCA.replace("gjelder ikke leker", "leker & små < store, &aring;pne")))
    assert values(batch, concept(batch, "spade"), SKOS.scopeNote) == {'"leker & små < store, åpne"@nb'}
    assert "statement-mended" in issues(batch)
    assert not batch.report.partial


def test_characters_that_xml_cannot_carry_are_left_out_and_told() -> None:
    batch = read(v3(BASIC_DCA.replace("ikke leker", "ik\0ke leker")))
    assert values(batch, concept(batch, "spade"), SKOS.scopeNote) == {'"gjelder ikke leker"@nb'}
    assert "control-character" in issues(batch)
    with pytest.raises(UnreadableSourceError, match="not in order"):
        read_source(Source("hage.tbx", v3(BASIC_DCA.replace("ikke", "\0ikke")).encode()), replace(OPTIONS, strict=True))


@pytest.mark.parametrize("text", [v3(""), v3("<conceptEntry id='c1'><langSec"), "<martif>"])
def test_a_file_without_an_entry_that_can_be_read_is_refused(text: str) -> None:
    with pytest.raises(UnreadableSourceError) as refused:
        Tbx().read(Source("hage.tbx", text.encode()), OPTIONS)
    assert refused.value.fix


def test_an_identifier_that_is_no_uri_is_told_and_the_entry_keeps_its_id() -> None:
    batch = read(v3(AP_NO_1.replace(SPADE, "B-7"), "TBX-AP-NO"))
    assert "B-7" in issues(batch)["bad-identifier"]
    assert batch.report.counts()["stored"] == 1


def test_a_relation_to_nothing_is_told() -> None:
    text = BASIC_DCA.replace('<ref type="crossReference" target="c2">', '<descrip type="relatedConcept" target="c9">')
    batch = read(v3(text.replace("rive</ref>", "rive</descrip>")))
    assert "c9" in issues(batch)["bad-relation"]


@pytest.mark.parametrize("language", ["", "ein to", "x", "nb-"])
def test_a_file_that_names_no_language_keeps_its_title(language: str) -> None:
    batch = read(v3(BASIC_DCA).replace('style="dca" xml:lang="nb"', f'style="dca" xml:lang="{language}"'))
    assert [t.object for t in batch.triples if t.predicate == DCT.title] == [Literal("Hageord")]
    assert values(batch, concept(batch, "spade"), DCT.subject) == {'"hagebruk"@nb'}


def test_the_same_file_gives_the_same_graph() -> None:
    assert read(v3(BASIC_DCA)).triples == read(v3(BASIC_DCA)).triples


@pytest.mark.parametrize(
    "uri", ["https://a.example/b_c/å?d=1&e#f", "urn:uuid:0b9c", "https://register.example/concepts/0-9"]
)
def test_a_uri_survives_as_an_xml_id(uri: str) -> None:
    identifier = xml_id(uri)
    assert uri_of(identifier) == uri
    assert identifier.replace("_", "a").replace("-", "a").replace(".", "a").isalnum()


@pytest.mark.parametrize("identifier", ["c1", "uri_", "uri_abc", "uri_https_3a_2F_2Fa.example", "uri_a_3Ab_FF"])
def test_other_ids_carry_no_uri(identifier: str) -> None:
    assert uri_of(identifier) == ""


@pytest.mark.real_data
def test_a_real_termbase_is_read_whole() -> None:
    file = SHARED / "data" / "catalogues" / "standardnorge_tbx.xml"
    if not file.exists():
        pytest.skip("The shared data are not here: set SAMSVAR_SHARED.")
    [batch] = Tbx().read(Source(file.name, file.read_bytes()), ImportOptions("https://register.example"))
    assert batch.catalogue == "985942897"
    assert batch.report.counts()["stored"] == 12
    assert sum(t.predicate == SKOS.prefLabel for t in batch.triples) == 24
    assert sum(t.predicate == RDF.value for t in batch.triples) == 24
    assert issues(batch) == {}
