"""Amending documents: what an instruction tells to do, the section after it, and what is left because it is unsure."""

import json
import os
import tarfile
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from pyoxigraph import Literal, NamedNode, Triple

from importers.base import Source
from importers.law.amended_section import amend
from importers.law.amended_sentence import UnsureError
from importers.law.amendment_triples import HeldAmendment, amendment_triples, read_amendment
from importers.law.consolidation import Consolidated, consolidate
from importers.law.document import Amendment, LegalDocument, Paragraph, Section
from importers.law.identifiers import Refid, parse_refid
from importers.law.instructions import parts_from, read_instructions
from importers.law.lovdata_amendments import read_amendments
from importers.law.lovdata_document import read_document
from importers.law.section_text import read_text, write_text
from importers.law.statute_definitions import find_definitions
from importers.law.triples import LegalTriples
from importers.lovdata import parse_markup
from ontologies.namespaces import DCT, ELI, RDF, SAMSVAR, SKOS, XSD

BASE = "https://register.example"
SHARED = Path(os.environ.get("SAMSVAR_SHARED", Path(__file__).parents[3] / "shared"))
GAZETTE = SHARED / "data" / "law" / "lovtidend-avd1-2025.tar.bz2"
VERDICTS = Path(__file__).with_name("amendment_verdicts.json")


@pytest.mark.parametrize(
    ("text", "operation", "numbers", "parts"),
    [
        ("§ 3 nr. 2 skal lyde:", "replace", "§ 3", "item 2"),
        ("§ 1-2 ny bokstav f skal lyde", "insert", "§ 1-2", "item f"),
        ("Ny § 5 a skal lyde:", "insert", "§ 5 a", ""),
        ("Ny §§ 9-4a til 9-4c skal lyde:", "insert", "§ 9-4a § 9-4c", ""),
        ("§ 7 oppheves.", "repeal", "§ 7", ""),
        ("§§ 5 til 7 blir oppheva.", "repeal", "§ 5 § 6 § 7", ""),
        ("13. § 66 første ledd bokstav a skal lyde:", "replace", "§ 66", "ledd 1/item a"),
        ("§ 2-8 (1), bokstav g skal lyda:", "replace", "§ 2-8", "ledd 1/item g"),
        ("§ 4 andre ledd nytt tredje punktum skal lyde:", "insert", "§ 4", "ledd 2/punktum 3"),
        ("§ 4 siste ledd (endret) skal lyde:", "replace", "§ 4", "ledd siste"),
        ("§ 4 nytt tredje til femte ledd skal lyde:", "insert", "§ 4", "ledd 3,4,5"),
        ("§ 8 overskriften skal lyde:", "replace", "§ 8", "heading"),
        ("Artikkel 10 skal lyde:", "replace", "Artikkel 10", ""),
        ("Nåværende tredje ledd blir andre ledd.", "renumber", "", "ledd 3"),
        ("Etter § 2 skal ny § 2a lyde:", "insert", "§ 2a", ""),
        ("§ 3-4 a til § 3-4 d oppheves.", "other", "", ""),
        ("§ 6 tjuende ledd skal lyde som følger:", "replace", "§ 6", "ledd 20"),
        ("§ 9 (ny) skal lyde:", "insert", "§ 9", ""),
        ("Ny § 4-2 med overskrift skal lyde:", "insert", "§ 4-2", ""),
        ("Ny § 4-3 om vern av gamle hekker skal lyde:", "insert", "§ 4-3", ""),
        ("§ 4 Definisjoner skal lyde:", "replace", "§ 4", ""),
        ("§ 4 Stell av hekk, første og tredje ledd skal lyde:", "other", "§ 4", ""),
        ("§ 4 Tabell skal lyde:", "other", "§ 4", ""),
        ("§ 2a, § 3, §§ 7 til 9 og § 12 oppheves.", "repeal", "§ 2a § 3 § 7 § 8 § 9 § 12", ""),
        ("§ 5 andre ledd innledningen skal lyde:", "replace", "§ 5", "ledd 2/introduction"),
        ("I § 5 skal henvisningen til forordning (EU) 2031/17 lyde:", "replace", "§ 5", "reference"),
        ("Femte ledd blir nytt fjerde ledd.", "renumber", "", "ledd 5"),
        ("Gjeldende § 3 og § 4 blir § 4 og ny § 5.", "renumber", "§ 3 § 4", ""),
        ("Vedlegg II punkt 9.1 skal lyde:", "replace", "", "annex II/place punkt-9.1"),
        ("Nytt vedlegg B skal lyde:", "insert", "", "annex B"),
        ("Forskriftens tittel skal lyde:", "replace", "", "title"),
        (
            "I EØS-henvisningsfeltet skal henvisningen til forordning (EU) 2031/17 lyde:",
            "replace",
            "",
            "eea-references",
        ),
        ("Hjemmelsfeltet skal lyde:", "replace", "", "legal-basis"),
        ("Andre avsnitt av innledningsteksten skal lyde:", "replace", "", "introductory-text"),
        ("Kapittel 3 a oppheves.", "repeal", "", "chapter 3-a"),
        ("Overskriften til kapittel 4 skal lyde:", "replace", "", "chapter 4/heading"),
        ("Mellomoverskriften før § 14-2 skal lyde:", "replace", "", "subheading"),
        ("Vedlegg 3 rad 5 skal lyde:", "other", "", ""),
    ],
)
def test_instructions(text, operation, numbers, parts):
    [found] = read_instructions(text)
    assert (found.operation, " ".join(found.numbers)) == (operation, numbers)
    assert found.parts == parts_from(parts)


def test_two_instructions_in_one_paragraph_and_none_in_others():
    found = read_instructions("§ 6 andre ledd oppheves. Nåværende tredje ledd blir andre ledd.")
    assert [one.operation for one in found] == ["repeal", "renumber"]
    assert read_instructions("Biskopen kan oppheve et vedtak i rådet.") == []
    assert read_instructions("Biskopen blir valgt av rådet.") == []


@pytest.mark.parametrize(
    ("text", "operations"),
    [
        ("§ 2 oppheves. Nåværende § 3 blir § 2.", "repeal § 2, renumber § 3"),
        ("Nåværende § 7 blir ny § 9 og skal lyde:", "renumber § 7, insert § 9"),
        ("§ 4 femte ledd blir sjette ledd og skal lyde:", "renumber § 4 ledd 5, replace § 4 ledd 6"),
        ("§ 6 blir § 8, og første ledd skal lyde:", "other"),
    ],
)
def test_what_gets_another_number_and_a_new_text(text, operations):
    found = (
        f"{one.operation} {' '.join(one.numbers)} {'/'.join(map(str, one.parts))}" for one in read_instructions(text)
    )
    assert ", ".join(" ".join(each.split()) for each in found) == operations


def amendments_of(*paragraphs: str) -> list[str]:
    """What the paragraphs of a regulation tell to do, each with its text."""
    written = "".join(
        f'<article class="{"defaultP" if one.endswith((":", ".")) else "legalP"}">{one}</article>' for one in paragraphs
    )
    found = read_amendments(etree.fromstring(f"<main>{written}</main>"), ("forskrift/2001-05-03-4",))
    parts = ("/".join(map(str, one.parts)) for one in found)
    return [
        f"{one.operation} {one.number} {part}: {write_text(one.paragraphs)}"
        for one, part in zip(found, parts, strict=True)
    ]


def test_one_text_for_what_is_there_and_for_what_is_new():
    assert amendments_of("§ 3 andre og nytt tredje ledd skal lyde:", "To", "Tre") == [
        "replace § 3 ledd 2: To",
        "insert § 3 ledd 3: Tre",
    ]
    assert amendments_of("§ 3 andre og nytt tredje ledd skal lyde:", "Bare ett") == ["other § 3 : Bare ett"]


def test_what_moves_on_was_not_replaced():
    assert amendments_of("§ 3 andre ledd skal lyde:", "Nytt", "Nåværende andre ledd blir tredje ledd.") == [
        "insert § 3 ledd 2: Nytt",
        "renumber § 3 ledd 2: ",
    ]
    assert amendments_of(
        "§ 3 første og andre ledd skal lyde:", "Ett", "To", "§ 3 nåværende andre ledd blir nytt tredje ledd."
    ) == [
        "replace § 3 ledd 1: Ett",
        "insert § 3 ledd 2: To",
        "renumber § 3 ledd 2: ",
    ]
    assert (
        amendments_of("§ 3 andre ledd skal lyde:", "Nytt", "§ 4 nåværende andre ledd blir tredje ledd.")[0]
        == "replace § 3 ledd 2: Nytt"
    )


def test_an_annex_belongs_to_no_section():
    found = amendments_of("§ 3 oppheves.", "Vedlegg 2 skal lyde:", "Liste", "Nr. 4 skal lyde:", "Fire")
    assert found == ["repeal § 3 : ", "replace  annex 2: Liste", "other  item 4: Fire"]


REGULATION = """<main><h1>Forskrift om endring</h1><section class="section"><h2>I</h2>
<article class="defaultP">I forskrift 3. mai 2001 nr. 4 om hager gjøres følgende endringer:</article>
<article class="defaultP">§ 2 bokstav b skal lyde:<ul><li data-li-identifier="b."><article class="listArticle">
<article class="legalP">rive</article></article></li></ul></article>
<article class="defaultP">§ 3 skal lyde:</article><article class="legalP">§ 3. Bed</article><article class="legalP">Bed er jord.</article>
<article class="defaultP">§ 4 første ledd oppheves. Nåværende andre ledd blir første ledd.</article>
<article class="defaultP">I lov 6. mai 2031 nr. 7 om hager skal § 9 lyde:</article>
<article class="futureLegalArticle"><span class="futureLegalArticleHeader"><span class="legalArticleValue">§ 9</span>.
<span class="legalArticleTitle">Straff</span></span><article class="legalP">Bøter.<table><tr><td>hekk</td><td>100</td></tr></table></article></article>
</section><section class="section"><h2>II</h2><article class="legalP">Forskriften trer i kraft straks.</article></section></main>"""


def test_a_document_changes_several_acts():
    found = read_amendments(etree.fromstring(REGULATION), ("forskrift/2001-05-03-4", "lov/2031-05-06-7"))
    assert [(str(one.act), one.operation, one.number, "/".join(map(str, one.parts))) for one in found] == [
        ("FOR-2001-05-03-4", "replace", "§ 2", "item b"),
        ("FOR-2001-05-03-4", "replace", "§ 3", ""),
        ("FOR-2001-05-03-4", "repeal", "§ 4", "ledd 1"),
        ("FOR-2001-05-03-4", "renumber", "§ 4", "ledd 2"),
        ("LOV-2031-05-06-7", "replace", "§ 9", ""),
    ]
    assert found[0].paragraphs[0].items == (Paragraph("rive", "b."),)
    assert (found[1].title, write_text(found[1].paragraphs)) == ("Bed", "Bed er jord.")
    assert (found[4].title, write_text(found[4].paragraphs)) == ("Straff", "Bøter.\n hekk | 100")


LISTED = "(1) Med hage menes:\n  a. jord\n  b. stein. Også grus.\n(2) går videre\n\n(2) Hage er dyr. Den skal stelles.\n\n(3) Ingen."


def changed(text: str, instruction: str, new: str = "", title: str = "") -> str:
    [asked] = read_instructions(instruction)
    amendment = Amendment(
        instruction, asked.operation, None, "".join(asked.numbers) or "§ 1", asked.parts, title, read_text(new)
    )
    after = amend(Section("1", "§ 1", "Hager", read_text(text)), amendment)
    return f"{after.title}: {write_text(after.paragraphs)}"


@pytest.mark.parametrize(
    ("text", "instruction", "new", "expected"),
    [
        ("Ett.\n\nTo.", "§ 1 skal lyde:", "Alt nytt.", "Alt nytt."),
        ("Ett.\n\nTo.", "§ 1 andre ledd skal lyde:", "Nytt.", "Ett.\n\nNytt."),
        ("Ett.\n\nog mer.\n\nTo.", "§ 1 andre ledd skal lyde:", "Nytt.", "Ett.\n\nog mer.\n\nNytt."),
        ("(1) Ett.\n\n(2) To.", "§ 1 andre ledd skal lyde:", "Nytt.", "(1) Ett.\n\n(2) Nytt."),
        ("(1) Ett.\n\n(2) To.", "§ 1 nytt andre ledd skal lyde:", "Nytt.", "(1) Ett.\n\n(2) Nytt.\n\n(3) To."),
        ("Ett.\n\nTo.", "§ 1 nytt tredje ledd skal lyde:", "Tre.", "Ett.\n\nTo.\n\nTre."),
        ("Ett.\n\nTo.", "§ 1 første ledd oppheves.", "", "To."),
        ("(1) Ett.\n\n(2) To.", "§ 1 første ledd oppheves.", "", "(1) (Opphevet)\n\n(2) To."),
        ("(1) (Opphevet)\n\n(2) To.", "Nåværende andre ledd blir første ledd.", "", "(1) To."),
        ("Ett. To. Tre.", "§ 1 andre punktum skal lyde:", "Nytt.", "Ett. Nytt. Tre."),
        ("Ett. To.", "§ 1 nytt andre punktum skal lyde:", "Nytt.", "Ett. Nytt. To."),
        ("Ett. To.", "§ 1 første punktum oppheves.", "", "To."),
        ("Om:\n  a. x\n  b. y", "§ 1 bokstav b skal lyde:", "  b. z\n    1. q", "Om:\n  a. x\n  b. z\n    1. q"),
        ("Om:\n  1. x\n  2. y", "§ 1 ny nr. 3 skal lyde:", "  3. z", "Om:\n  1. x\n  2. y\n  3. z"),
        ("Om:\n  1. x\n  2. y", "§ 1 nr. 1 oppheves.", "", "Om:\n  1. (Opphevet)\n  2. y"),
        ("1. x\n\n2. y", "§ 1 nr. 2 skal lyde:", "z", "1. x\n\n2. z"),
        ("Om:\n  - gul hage\n  - rød hage", "§ 1 bokstav b skal lyde:", "rød og blå hage", "Om:\n  - gul hage\n  - rød og blå hage"),
        ("Om:\n  a. Ett. To.", "§ 1 bokstav a andre punktum skal lyde:", "Nytt.", "Om:\n  a. Ett. Nytt."),
        ("Ett.", "§ 1 oppheves.", "", ""),
        ("(1) Om:\n  a. x", "§ 1 første ledd innledningen skal lyde:", "Blant annet:", "(1) Blant annet:\n  a. x"),
    ],
)  # fmt: skip
def test_a_section_after_an_amendment(text, instruction, new, expected):
    assert changed(text, instruction, new) == f"Hager: {expected}"
    if not instruction.endswith("oppheves."):
        assert changed(expected, instruction, new) == f"Hager: {expected}", "doing it again changes nothing"


def test_a_heading():
    assert changed("Ett.", "§ 1 overskriften skal lyde:", "", "Parker") == "Parker: Ett."
    assert changed("Ett.", "§ 1 overskriften skal lyde:", "§ 1. Parker") == "Parker: Ett."


@pytest.mark.parametrize(
    ("text", "instruction", "new", "why"),
    [
        ("Ett.", "§ 1 tredje ledd skal lyde:", "Nytt.", "1 paragraphs"),
        ("Ett.", "§ 1 nytt fjerde ledd skal lyde:", "Nytt.", "1 paragraphs"),
        ("Ett.\n\nTo.", "§ 1 første og andre ledd skal lyde:", "Nytt.", "instead of 2"),
        ("Ett.", "§ 1 tredje punktum skal lyde:", "Nytt.", "1 sentences"),
        ("Ett:\n  a. x", "§ 1 første punktum skal lyde:", "Nytt.", "goes on in a list"),
        ("Om:\n  a. x", "§ 1 bokstav c skal lyde:", "  c. z", "no such item"),
        ("Om:\n  a. x", "§ 1 ny bokstav c skal lyde:", "  c. z", "no place"),
        ("Om:\n  - gul hage", "§ 1 bokstav a skal lyde:", "noe helt annet", "lost its labels"),
        ("Om:\n  a. x\n\nOg:\n  a. y", "§ 1 bokstav a skal lyde:", "  a. z", "not one list"),
        ("Ett.", "Ny § 1 skal lyde:", "Nytt.", "such a section already"),
        ("Ett.", "Nåværende § 1 blir § 2.", "", "another number"),
        ("Ett.", "§ 1 skal lyde:", "", "could not be read"),
        ("Ett.", "§ 1 innledningen skal lyde:", "Nytt:", "whose introduction"),
        ("Ett.", "I § 1 skal henvisningen til forordning (EU) 2031/17 lyde:", "Nytt.", "not understood"),
    ],
)
def test_what_is_not_sure_is_not_done(text, instruction, new, why):
    with pytest.raises(UnsureError, match=why):
        changed(text, instruction, new)


def test_what_stands_outside_the_sections_is_kept_and_left():
    [asked] = read_instructions("Vedlegg 1 skal lyde:")
    with pytest.raises(UnsureError, match="outside the sections"):
        amend(None, Amendment("Vedlegg 1 skal lyde:", asked.operation, None, "", asked.parts, "", read_text("Nytt.")))


def test_text_is_read_back_as_it_was_written():
    inner = Paragraph("b", "1.", (Paragraph("c", ""),), "og mer")
    paragraphs = (Paragraph("Et", items=(Paragraph("a", "(a)", (inner,)), Paragraph("d", "- -")), continuation="x\ny"),)
    assert read_text(write_text(paragraphs)) == (
        Paragraph(
            "Et", items=(Paragraph("a", "(a)", (inner,)), Paragraph("d", "-\N{NO-BREAK SPACE}-")), continuation="x\ny"
        ),
    )
    assert read_text("") == ()


REFID = Refid("lov", date(2001, 2, 3), 4)
ACT = NamedNode(f"{BASE}/legislation/lov/2001/02/03/4")


def act(modified: str = "") -> list[Triple]:
    sections = (
        Section("1", "§ 1", "Definisjoner", read_text("Med hage menes jord.")),
        Section("2", "§ 2", "Plikter", read_text("Med vann menes dam. Hagen skal vannes.")),
    )
    document = LegalDocument(REFID, "Lov om hager", modified=modified, sections=sections)
    made = LegalTriples(BASE, document)
    triples = list(made.resource())
    for section in sections:
        for one in find_definitions(section):
            triples += made.concept(one)[1]
    return triples


def held(refid: str, in_force: str, *changes: tuple[str, str]) -> list[HeldAmendment]:
    """Amendments as the register holds them: written as triples and read back."""
    amendments = []
    for instruction, new in changes:
        [asked] = read_instructions(instruction)
        number = "".join(asked.numbers)
        amendments.append(Amendment(instruction, asked.operation, REFID, number, asked.parts, "", read_text(new)))
    number = parse_refid(refid)
    assert number is not None
    document = LegalDocument(number, "Lov om endringer", all_in_force=in_force, amendments=tuple(amendments))
    node = NamedNode(f"{BASE}/legislation/{number.path}")
    triples = list(amendment_triples(BASE, node, document))
    nodes = [one.subject for one in triples if one.object == SAMSVAR.Amendment]
    return [read_amendment(each, [one for one in triples if one.subject == each]) for each in nodes]


TODAY = date(2026, 1, 1)


def after(triples: list[Triple] | tuple[Triple, ...], amendments: list[HeldAmendment]) -> Consolidated:
    return consolidate(BASE, ACT, triples, amendments, TODAY)


def values(made: Consolidated, name: str, predicate: NamedNode) -> list[str]:
    node = NamedNode(f"{ACT.value}/{name}")
    return [one.object.value for one in made.triples if one.subject == node and one.predicate == predicate]


def terms(made: Consolidated) -> dict[str, str]:
    named = {one.subject: one.object.value for one in made.triples if one.predicate == SKOS.prefLabel}
    return {term: node.value for node, term in named.items()}


FIRST = held("lov/2020-01-01-1", "2020-06-01", ("§ 1 skal lyde:", "Med hage menes jord og stein. Med bed menes rad."))
SECOND = held(
    "lov/2021-01-01-1",
    "2021-06-01",
    ("§ 2 andre punktum skal lyde:", "Hagen skal vannes daglig."),
    ("Ny § 3 skal lyde:", "Med park menes stor hage."),
)


def test_an_amended_act_reads_as_it_is_now_and_keeps_what_it_read():
    made = after(act(), [*FIRST, *SECOND])
    assert [one.status for one in made.outcomes] == ["applied"] * 3
    assert values(made, "1", RDF.value) == ["Med hage menes jord og stein. Med bed menes rad."]
    assert values(made, "2", RDF.value) == ["Med vann menes dam. Hagen skal vannes daglig."]
    assert values(made, "1", ELI.amended_by) == [f"{BASE}/legislation/lov/2020/01/01/1"]
    assert values(made, "1", ELI.version_date) == ["2020-06-01"]
    [version] = values(made, "1", DCT.hasVersion)
    said = {one.predicate: one.object for one in made.triples if one.subject == NamedNode(version)}
    assert said[RDF.value] == Literal("Med hage menes jord.", language="nb")
    assert said[ELI.date_no_longer_in_force] == Literal("2020-06-01", datatype=XSD.date)
    assert terms(made).keys() == {"hage", "bed", "vann", "park"}
    assert terms(made)["hage"] == terms(after(act(), []))["hage"], "the concept stays the same concept"
    assert terms(made)["vann"] == terms(after(act(), []))["vann"]


def test_the_order_does_not_matter_and_doing_it_again_changes_nothing():
    whole = after(act(), [*FIRST, *SECOND])
    later = after(after(act(), SECOND).triples, [*SECOND, *FIRST])
    assert set(whole.triples) == set(later.triples)
    assert set(after(whole.triples, [*FIRST, *SECOND]).triples) == set(whole.triples)
    assert set(after(whole.triples, []).triples) == set(act()), "an amendment that is gone leaves no trace"


def test_a_text_that_includes_the_change_already_wins():
    made = after(act(modified="2020-06-01"), [*FIRST, *SECOND])
    assert [one.status for one in made.outcomes] == ["included", "applied", "applied"]
    assert values(made, "1", RDF.value) == ["Med hage menes jord."]


def test_what_is_not_in_force_waits():
    coming = held("lov/2025-01-01-1", "2027-01-01", ("§ 1 oppheves.", ""))
    undated = held("lov/2025-01-01-2", "", ("§ 1 oppheves.", ""))
    made = after(act(), [*coming, *undated])
    assert {one.status for one in made.outcomes} == {"waiting", "undated"}
    assert set(made.triples) == set(act())


def test_a_repealed_section_defines_nothing_but_keeps_its_text():
    made = after(act(), held("lov/2022-01-01-1", "2022-06-01", ("§ 1 oppheves.", "")))
    assert "hage" not in terms(made)
    assert values(made, "1", RDF.value) == []
    assert values(made, "1", ELI.repealed_by) == [f"{BASE}/legislation/lov/2022/01/01/1"]
    assert len(values(made, "1", DCT.hasVersion)) == 1


def test_after_a_change_that_is_not_sure_parts_of_the_section_are_not_sure_either():
    unsure = held("lov/2020-01-01-1", "2020-06-01", ("§ 2 femte ledd skal lyde:", "Nytt."))
    made = after(act(), [*unsure, *SECOND])
    assert [one.status for one in made.outcomes] == ["unsure", "unsure", "applied"]
    assert "earlier amendment" in made.outcomes[1].reason
    whole = held("lov/2023-01-01-1", "2023-06-01", ("§ 2 skal lyde:", "Alt nytt."))
    assert values(after(act(), [*unsure, *SECOND, *whole]), "2", RDF.value) == ["Alt nytt."]


def test_the_last_change_that_a_text_names_is_in_it_whatever_its_day():
    changed_by = Triple(ACT, ELI.changed_by, FIRST[0].document)
    assert [one.status for one in after([*act(), changed_by], FIRST).outcomes] == ["included"]


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.skipif(not GAZETTE.is_file(), reason="the gazette of 2025 is not here; SAMSVAR_SHARED names its folder")
def test_what_was_drawn_and_judged_is_still_read_so():
    """What is understood of all amendments of a year, and how many of those that were drawn and read are right."""
    judged = json.loads(VERDICTS.read_text(encoding="utf-8"))["judged"]
    found = _amendments_of_the_year()
    understood = [one for one in found if one[2] != "other"]
    print(f"{len(understood)} of {len(found)} amendments of the gazette are understood")
    assert len(understood) / len(found) >= 0.85
    read = set(found)
    right = [one for *one, verdict in judged if verdict == "right" and tuple(one) in read]
    assert len(right) / len(judged) >= 0.97


def _amendments_of_the_year() -> list[tuple[str, ...]]:
    """Document, act, operation, section and part of each amendment."""
    with tarfile.open(GAZETTE) as archive:
        contents = [content.read() for member in archive if (content := archive.extractfile(member)) is not None]
    found: list[tuple[str, ...]] = []
    for content in contents:
        root = parse_markup(Source("a.xml", content))
        document = read_document(root)
        changes = read_amendments(next(root.iter("main")), document.changes) if document else ()
        found += [(str(document.refid), *_read_as(one)) for one in changes if document]
    return found


def _read_as(one: Amendment) -> tuple[str, ...]:
    return str(one.act), one.operation, one.number, "/".join(map(str, one.parts))
