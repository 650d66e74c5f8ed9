"""Drafts read from text, Word and markup."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from importers.base import Source, UnreadableSourceError
from importers.child import draft_isolated
from importers.law.drafts.draft import Draft
from importers.law.drafts.reading import read_draft
from importers.law.statute_definitions import find_definitions


def read(text: str, name: str = "draft.txt") -> Draft:
    return read_draft(Source(name, text.encode()))


def test_sections_titles_and_nested_items() -> None:
    draft = read(
        "Forskrift om kaier\n\nKapittel 1 Innledning\n§ 1-1. Definisjoner\n\nI denne forskriften menes med:\n"
        "a) kai: anlegg\nder båter legger til\n1. av tre\n2. av stein\nb) molo: vern\n§ 1-2 Formålet er orden.\n"
    )
    assert draft.title == "Forskrift om kaier"
    first, second = draft.sections
    assert (first.number, first.name, first.title) == ("§ 1-1", "1-1", "Definisjoner")
    [paragraph] = first.paragraphs
    assert [item.text for item in paragraph.items] == ["kai: anlegg der båter legger til", "molo: vern"]
    assert [item.text for item in paragraph.items[0].items] == ["av tre", "av stein"]
    assert (second.title, second.paragraphs[0].text) == ("", "Formålet er orden.")


def test_enabling_provisions_are_read_above_the_first_section() -> None:
    draft = read("Forskrift om kaier\nHjemmel: Fastsatt med hjemmel i lov 4. mars 2097 nr. 5 § 3.\n§ 1 Kai\nTekst.")
    assert draft.based_on == ("lov/2097-03-04-5/§3",)


def test_changes_of_acts_are_no_sections_of_the_draft() -> None:
    draft = read(
        "I\nI lov 4. mars 2097 nr. 5 om kaier gjøres følgende endringer:\n§ 2 skal lyde:\n§ 2 Kai\nMed kai menes anlegg.\n"
        "§ 5 andre ledd oppheves.\nII\nLoven trer i kraft straks."
    )
    assert not draft.sections
    second, fifth = draft.amendments
    assert (str(second.act), second.operation, second.number, second.title) == (
        "LOV-2097-03-04-5",
        "replace",
        "§ 2",
        "Kai",
    )
    assert second.paragraphs[0].text == "Med kai menes anlegg."
    assert (fifth.operation, fifth.number, [str(part) for part in fifth.parts]) == ("repeal", "§ 5", ["ledd 2"])


def test_the_child_hands_over_what_was_read() -> None:
    source = Source(
        "draft.txt", "Lov om kai\n§ 1 Kai\nMed kai menes:\na) anlegg\n§ 2 skal lyde:\n§ 2 Ny\nTekst.".encode()
    )
    assert draft_isolated(source) == read_draft(source)


def test_lists_of_word_are_lists() -> None:
    document = Document()
    document.add_paragraph("§ 1 Definisjoner")
    document.add_paragraph("I denne loven menes med:")
    document.add_paragraph("kai: anlegg", "List Bullet")
    content = BytesIO()
    document.save(content)
    [section] = read_draft(Source("draft.docx", content.getvalue())).sections
    assert [item.text for item in section.paragraphs[0].items] == ["kai: anlegg"]


def test_markup_that_names_no_act_is_read_as_text() -> None:
    [section] = read(
        "<html><body><h1>Forskrift om kai</h1><p>§ 1 Kai</p><p>En <b>kai</b> er fin.</p></body></html>"
    ).sections
    assert (section.number, section.paragraphs[0].text) == ("§ 1", "En kai er fin.")


def packed(name: str, content: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "No section"),
        (b"bare prat", "No section"),
        (b"\x00\x01\x02\x03\x04\x05\xff\xfe\xfd", "no text"),
        (packed("word/document.xml", b"<a/>"), "broken"),
        (packed("word/document.xml", bytes(101 * 2**20)), "more than 100 MiB"),
        (b"<html><main", "cannot be parsed"),
    ],
)
def test_what_is_no_draft_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableSourceError, match=message):
        read_draft(Source("draft", data))


_FORMS = {
    "I denne forskriften menes med:\na) barn: person under 12 år\nb) voksen: person over 18 år",
    "I denne forskriften menes med\n1. barn: person under 12 år,\n2. voksen: person over 18 år.",
    "I forskriften her menes med:\n- barn: person under 12 år\n- voksen: person over 18 år",
    "I denne loven menes med:\ni) barn: person under 12 år\nii) voksen: person over 18 år",
    "I denne loven betyr\na) «barn» person under 12 år,\nb) «voksen» person over 18 år.",
    "I denne forskrifta tyder:\na) barn: person under 12 år\nb) voksen: person over 18 år",
    "I forskriften gjelder følgende definisjoner:\na) Med barn menes person under 12 år.\nb) voksen – person over 18 år",
    "Med barn menes person under 12 år. Med voksen menes i denne loven person over 18 år.",
    "Med barn er meint person under 12 år.\nMed voksen er meint person over 18 år.",
    "(1) Med barn forstås person under 12 år.\n(2) Som voksen regnes person over 18 år.",
    "I denne forskriften menes med barn: person under 12 år.\nI denne lova er det med voksen meint person over 18 år.",
    "Barn: person under 12 år.\nVoksen: person over 18 år.",
    "Barn – person under 12 år\nVoksen er person over 18 år",
}
_MEANT = [("barn", "person under 12 år"), ("voksen", "person over 18 år")]


@pytest.mark.parametrize("form", sorted(_FORMS))
def test_definitions_are_read_in_every_usual_form(form: str) -> None:
    draft = read_draft(Source("utkast.txt", f"§ 2 Definisjoner\n{form}".encode()))
    assert _defined(draft) == _MEANT


def test_a_table_of_word_defines_terms() -> None:
    document = Document()
    document.add_paragraph("§ 2 Definisjoner")
    table = document.add_table(rows=0, cols=2)
    for term, text in _MEANT:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = term, text
    assert _defined(_of_word(document)) == _MEANT


def test_numbers_that_word_gives_are_read() -> None:
    document = Document()
    _numbered(document, "§ %1.", "decimal", ["Formål"], "901")
    document.add_paragraph("Orden på torget.")
    _numbered(document, "", "", ["Definisjoner"], "901")
    document.add_paragraph("I denne forskriften menes med:")
    _numbered(document, "%1)", "lowerLetter", [f"{term}: {text}" for term, text in _MEANT], "902")
    draft = _of_word(document)
    assert [(each.number, each.title) for each in draft.sections] == [("§ 1", "Formål"), ("§ 2", "Definisjoner")]
    assert [item.label for item in draft.sections[1].paragraphs[0].items] == ["a)", "b)"]
    assert _defined(draft) == _MEANT


def _defined(draft: Draft) -> list[tuple[str, str]]:
    found = [each for section in draft.sections for each in find_definitions(section)]
    return [(each.term.lower(), each.text.rstrip(".,")) for each in found]


def _of_word(document: Any) -> Draft:
    content = BytesIO()
    document.save(content)
    return read_draft(Source("utkast.docx", content.getvalue()))


def _numbered(document: Any, text: str, form: str, lines: list[str], number: str) -> None:
    """Paragraphs that Word numbers; the list is made where `form` says how."""
    root = document.part.numbering_part.element
    if form:
        kind, level, named = (OxmlElement(name) for name in ("w:abstractNum", "w:lvl", "w:num"))
        kind.set(qn("w:abstractNumId"), number)
        level.set(qn("w:ilvl"), "0")
        for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            said = OxmlElement(name)
            said.set(qn("w:val"), value)
            level.append(said)
        kind.append(level)
        root.insert(0, kind)
        named.set(qn("w:numId"), number)
        of = OxmlElement("w:abstractNumId")
        of.set(qn("w:val"), number)
        named.append(of)
        root.append(named)
    for line in lines:
        properties = document.add_paragraph(line)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = int(number)
        properties.get_or_add_ilvl().val = 0
