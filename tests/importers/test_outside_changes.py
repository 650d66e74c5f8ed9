"""Amendments of what stands outside the sections: the title of an act, headings of chapters, chapters and annexes."""

from datetime import date

import pytest
from lxml import etree
from pyoxigraph import Literal, NamedNode, Triple

from importers.law.amendment_triples import HeldAmendment, amendment_triples, amendments_among
from importers.law.consolidation import Consolidated, consolidate
from importers.law.document import Amendment, Chapter, LegalDocument, Section
from importers.law.held_text import HeldText
from importers.law.identifiers import Refid
from importers.law.instructions import read_instructions
from importers.law.lovdata_amendments import read_amendments
from importers.law.section_text import read_text
from importers.law.triples import LegalTriples
from ontologies.namespaces import DCT, ELI, RDF, SAMSVAR

BASE = "https://register.example"
REFID = Refid("forskrift", date(2001, 2, 3), 4)
ACT = NamedNode(f"{BASE}/legislation/{REFID.path}")
DITCHES = Chapter("kapittel-2", "Kapittel 2", "Grøfter")
TODAY = date(2026, 1, 1)


def act(*more: Section) -> list[Triple]:
    sections = (
        Section("1", "§ 1", "Formål", read_text("Hager skal stelles."), Chapter("kapittel-1", "Kapittel 1", "Hager")),
        Section("2", "§ 2", "Bredde", read_text("Grøften er én meter bred."), DITCHES),
        Section("3", "§ 3", "Dybde", read_text("Grøften er to meter dyp."), DITCHES),
        Section("vedlegg-1", "Vedlegg 1", "Planter", read_text("Rose\n\nTulipan")),
        *more,
    )
    document = LegalDocument(REFID, "Forskrift om hager (hageforskriften)", short_title="Hageforskriften")
    return list(
        LegalTriples(
            BASE,
            LegalDocument(document.refid, document.title, short_title=document.short_title, sections=sections),
        ).resource()
    )


def held(*changes: Amendment, in_force: str = "2020-06-01", number: int = 1) -> list[HeldAmendment]:
    document = LegalDocument(
        Refid("forskrift", date(2020, 1, 1), number), "Forskrift om endring", all_in_force=in_force, amendments=changes
    )
    node = NamedNode(f"{BASE}/legislation/{document.refid.path}")
    return amendments_among(amendment_triples(BASE, node, document))


def change(instruction: str, new: str = "") -> Amendment:
    [asked] = read_instructions(instruction)
    number = "".join(asked.numbers)
    return Amendment(instruction, asked.operation, REFID, number, asked.parts, "", read_text(new))


def after(triples: list[Triple] | tuple[Triple, ...], *amendments: HeldAmendment) -> Consolidated:
    made = consolidate(BASE, ACT, triples, amendments, TODAY)
    again = consolidate(BASE, ACT, made.triples, amendments, TODAY)
    assert set(again.triples) == set(made.triples), "doing it again changes nothing"
    assert set(consolidate(BASE, ACT, made.triples, [], TODAY).triples) == set(triples), "it leaves no trace"
    return made


def values(made: Consolidated, name: str, predicate: NamedNode) -> list[str]:
    node = NamedNode(f"{ACT.value}/{name}") if name else ACT
    return [one.object.value for one in made.triples if one.subject == node and one.predicate == predicate]


def reads(made: Consolidated) -> dict[str, str]:
    current = HeldText(ACT, made.triples).current()
    return {name: f"{one.title}: {one.full_text()}" for name, one in current.items()}


def chapters(made: Consolidated) -> dict[str, str]:
    text = HeldText(ACT, made.triples)
    return {text.name(section): text.name(chapter) for section, chapter in text.chapters().items()}


def test_a_title_with_its_short_title_and_what_it_was():
    made = after(act(), *held(change("Forskriftens tittel skal lyde:", "Forskrift om parker (parkforskriften).")))
    assert [one.status for one in made.outcomes] == ["applied"]
    assert values(made, "", DCT.title) == ["Forskrift om parker (parkforskriften)"]
    assert values(made, "", ELI.title_short) == ["Parkforskriften"]
    [version] = values(made, "", DCT.hasVersion)
    said = {one.predicate: one.object for one in made.triples if one.subject == NamedNode(version)}
    assert said[DCT.title] == Literal("Forskrift om hager (hageforskriften)", language="nb")
    assert said[ELI.title_short].value == "Hageforskriften"
    assert said[ELI.date_no_longer_in_force].value == "2020-06-01"


def test_a_title_without_brackets_takes_the_short_title_that_the_old_one_gave():
    made = after(act(), *held(change("Tittelen skal lyde:", "Forskrift om parker")))
    assert values(made, "", ELI.title_short) == []


@pytest.mark.parametrize("new", ["Kapittel 2. Kanaler", "Kanaler", "►M19\n\nKapittel 2 Kanaler\n\n◄M19"])
def test_the_heading_of_a_chapter(new):
    made = after(act(), *held(change("Overskriften til kapittel 2 skal lyde:", new)))
    assert [one.status for one in made.outcomes] == ["applied"]
    assert values(made, "kapittel-2", DCT.title) == ["Kanaler"]
    assert values(made, "kapittel-2", ELI.repealed_by) == []
    assert chapters(made) == {"1": "kapittel-1", "2": "kapittel-2", "3": "kapittel-2"}


def test_a_repealed_chapter_takes_its_sections_with_it():
    made = after(act(), *held(change("Kapittel 2 oppheves.")))
    assert [reads(made)[name] for name in ("1", "2", "3")] == ["Formål: Hager skal stelles.", "Bredde: ", "Dybde: "]
    assert values(made, "kapittel-2", ELI.repealed_by) == values(made, "3", ELI.repealed_by) != []
    assert len(values(made, "2", DCT.hasVersion)) == 1


DOCUMENT = """<main><section class="section"><h2>I</h2><article class="defaultP">{instruction}</article>
<article class="futuretitle">{heading}</article>{sections}</section></main>"""
SECTION = """<article class="futureLegalArticle"><span class="legalArticleValue">§ {number}</span>
<span class="legalArticleTitle">{title}</span><article class="legalP">{text}</article></article>"""


def written(instruction: str, heading: str, **sections: str) -> tuple[Amendment, ...]:
    """The amendments of a document that words a chapter; sections by number, with underscores around it."""
    texts = "".join(SECTION.format(number=one.strip("_"), title="Ny", text=text) for one, text in sections.items())
    body = etree.fromstring(DOCUMENT.format(instruction=instruction, heading=heading, sections=texts))
    return read_amendments(body, ("forskrift/2001-02-03-4",))


def test_a_chapter_worded_anew_loses_the_sections_that_it_does_not_name():
    changes = written("Kapittel 2 skal lyde:", "Kapittel 2 Kanaler", _2_="Kanalen er bred.", _2a_="Kanalen er lang.")
    made = after(act(), *held(*changes))
    assert {one.status for one in made.outcomes} == {"applied"}
    assert values(made, "kapittel-2", DCT.title) == ["Kanaler"]
    assert reads(made)["2"] == "Ny: Kanalen er bred."
    assert reads(made)["3"] == "Dybde: "
    assert chapters(made)["2a"] == "kapittel-2"
    [version] = values(made, "2", DCT.hasVersion)
    assert [one.object.value for one in made.triples if one.subject == NamedNode(version)].count("Bredde") == 1


def test_a_new_chapter_has_its_sections():
    changes = written("Nytt kapittel 2 A skal lyde:", "Kapittel 2 A. Broer", _4_="Broen er av stein.")
    made = after(act(), *held(*changes))
    assert {one.status for one in made.outcomes} == {"applied"}
    assert values(made, "kapittel-2a", DCT.title) == ["Broer"]
    assert chapters(made)["4"] == "kapittel-2a"


def test_a_section_that_could_not_be_read_leaves_the_chapter_as_it_is():
    changes = written("Kapittel 2 skal lyde:", "Kapittel 2 Kanaler", _2_="")
    made = after(act(), *held(*changes))
    assert {one.status for one in made.outcomes} == {"unsure"}
    assert set(made.triples) == set(act())


def test_an_annex_worded_anew_a_new_one_and_one_that_is_gone():
    made = after(
        act(),
        *held(
            change("Vedlegg 1 skal lyde:", "Vedlegg 1. Vekster\n\nBregne"),
            change("Nytt vedlegg 2 skal lyde:", "Vedlegg 2 – Trær\n\nBjørk"),
        ),
    )
    assert reads(made)["vedlegg-1"] == "Vekster: Bregne"
    assert reads(made)["vedlegg-2"] == "Trær: Bjørk"
    gone = after(act(), *held(change("Vedlegg 1 oppheves.")))
    assert reads(gone)["vedlegg-1"] == "Planter: "
    assert values(gone, "vedlegg-1", ELI.repealed_by)


@pytest.mark.parametrize(
    ("instruction", "new", "why"),
    [
        ("Vedlegg 9 skal lyde:", "Vedlegg 9\n\nBregne", "no such annex"),
        ("Vedlegg 1 skal lyde:", "Bregne", "could not be read"),
        ("Vedlegg 1 punkt 3 skal lyde:", "Bregne", "part of the annex"),
        ("Nytt vedlegg 1 skal lyde:", "Vedlegg 1\n\nBregne", "already"),
        ("Kapittel 9 oppheves.", "", "no such chapter"),
        ("Kapittel 2 skal lyde:", "Grøfter er brede.", "told apart"),
        ("Tittelen skal lyde:", "Forskrift om parker\n\nog mer", "new title"),
        ("Mellomoverskriften før § 2 skal lyde:", "Om bredde", "part by part"),
    ],
)
def test_what_is_not_sure_is_left(instruction, new, why):
    made = after(act(), *held(change(instruction, new)))
    [outcome] = made.outcomes
    assert outcome.status == "unsure"
    assert why in outcome.reason
    assert set(made.triples) == set(act())


def test_headings_that_may_belong_to_an_annex_leave_it_as_it_is():
    more = Section("del-a", "Del A", "Busker", read_text("Hassel"))
    made = after(act(more), *held(change("Vedlegg 1 skal lyde:", "Vedlegg 1. Vekster\n\nBregne")))
    assert "may belong to the annex" in made.outcomes[0].reason


def test_two_changes_on_one_day_by_one_document_leave_one_earlier_version():
    asked = (change("§ 2 skal lyde:", "Tre meter."), change("§ 2 overskriften skal lyde:", "Vidde"))
    made = after(act(), *held(*asked))
    assert reads(made)["2"] == "Vidde: Tre meter."
    assert len(values(made, "2", DCT.hasVersion)) == 1
    assert len(values(made, "2", SAMSVAR.appliedAmendment)) == 2
    assert values(made, "2", RDF.value) == ["Tre meter."]
