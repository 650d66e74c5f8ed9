"""Drafts read from text, Word and markup."""

import zipfile
from io import BytesIO

import pytest
from docx import Document

from importers.base import Source, UnreadableSourceError
from importers.child import draft_isolated
from importers.law.drafts.draft import Draft
from importers.law.drafts.reading import read_draft


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
