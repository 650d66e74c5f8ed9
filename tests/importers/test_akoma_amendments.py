"""What acts in Akoma Ntoso change in others: marked changes, by metadata, reference or words."""

import pytest
from lxml import etree

from importers.law.akoma_document import read_document
from importers.law.document import Amendment
from importers.law.instructions import Part

_DEED = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="lov"><meta><identification>
<FRBRWork><FRBRuri value="/akn/no/act/lov/2031-05-06/7"/><FRBRcountry value="no"/></FRBRWork></identification>
<lifecycle><eventRef date="2031-07-01" type="generation" refersTo="#entryIntoForce"/>{events}</lifecycle>
<analysis><activeModifications>{changes}</activeModifications></analysis></meta>
<body><section eId="sec_9"><num>§ 9.</num><heading>Endringer</heading>{text}</section></body></act></akomaNtoso>"""
_GARDENS = "LOV-2001-02-03-4"
_NEW = (
    "<quotedStructure><section><num>§ 3.</num><heading>Skog</heading>"
    "<subsection><content><p>Med skog menes trær.</p></content></subsection>"
    "<subsection><content><p>Busker er ikke trær.</p></content></subsection></section></quotedStructure>"
)


def changes(text: str, metadata: str = "", events: str = "") -> tuple[Amendment, ...]:
    read = read_document(etree.fromstring(_DEED.format(text=text, changes=metadata, events=events)))
    assert read is not None
    return read.amendments


def _destination(source: str, act: str) -> str:
    return f'<textualMod type="substitution"><source href="#{source}"/><destination href="{act}"/></textualMod>'


@pytest.mark.parametrize(
    ("text", "metadata"),
    [
        (
            f'<content><p><mod eId="m1">§ 3 skal lyde: {_NEW}</mod></p></content>',
            _destination("m1", "/akn/no/act/lov/2001-02-03/4/nob@/!main#sec_3"),
        ),
        (
            f'<content><p>§ 3 skal lyde: <mod eId="m1">{_NEW}</mod></p></content>',
            _destination("m2", "/akn/no/act/lov/2001-02-03/4"),
        ),
        (
            (
                f'<content><p><mod>I <ref href="/akn/no/act/lov/2001-02-03/4">lov om hager</ref> skal § 3 lyde: {_NEW}</mod>'
                "</p></content>"
            ),
            "",
        ),
        (
            (
                "<content><p>I lov 3. februar 2001 nr. 4 om hager gjøres følgende endringer:</p>"
                f"<p><mod>§ 3 skal lyde: {_NEW}</mod></p></content>"
            ),
            _destination("m7", "/akn/no/act/lov/1999-04-10/17") + _destination("m8", "/akn/no/act/lov/2001-02-03/4"),
        ),
    ],
)
def test_a_new_section_is_a_change_of_the_act_that_metadata_references_or_words_name(text, metadata):
    [made] = changes(text, metadata)
    assert (str(made.act), made.operation, made.number, made.title) == (_GARDENS, "replace", "§ 3", "Skog")
    assert [each.text for each in made.paragraphs] == ["Med skog menes trær.", "Busker er ikke trær."]


def test_a_quoted_sentence_is_the_new_text_of_its_part():
    act = _destination("m1", "/akn/no/act/lov/2001-02-03/4")
    text = '<p><mod eId="m1">§ 3 annet ledd skal lyde: <quotedText>Busker er trær.</quotedText></mod></p>'
    [made] = changes(f"<content>{text}</content>", act)
    assert (made.operation, made.number, made.parts) == ("replace", "§ 3", (Part("ledd", ("2",)),))
    assert [each.text for each in made.paragraphs] == ["Busker er trær."]


def test_a_repeal_has_no_text_and_each_change_its_own_act():
    metadata = _destination("m1", "/akn/no/act/lov/2001-02-03/4") + _destination("m2", "/akn/no/act/lov/1999-04-10/17")
    text = '<p><mod eId="m1">§ 5 oppheves.</mod></p><p><mod eId="m2">§ 7 oppheves.</mod></p>'
    made = changes(f"<content>{text}</content>", metadata)
    assert [(str(each.act), each.operation, each.number, each.paragraphs) for each in made] == [
        (_GARDENS, "repeal", "§ 5", ()),
        ("LOV-1999-04-10-17", "repeal", "§ 7", ()),
    ]


def test_what_is_not_understood_is_kept_as_such():
    text = "<p><mod>Ordet <quotedText>tre</quotedText> byttes med <quotedText>busk</quotedText> overalt.</mod></p>"
    [made] = changes(f"<content>{text}</content>")
    assert (made.operation, made.act, made.instruction) == ("other", None, "Ordet byttes med overalt.")
    assert [each.text for each in made.paragraphs] == ["tre", "busk"]


@pytest.mark.parametrize(
    ("events", "day"), [("", "2031-07-01"), ('<eventRef date="2032-01-01" refersTo="#entryIntoForce"/>', "")]
)
def test_all_of_it_is_in_force_only_where_one_day_is_said(events, day):
    read = read_document(etree.fromstring(_DEED.format(text="<content/>", changes="", events=events)))
    assert read is not None
    assert (read.in_force, read.all_in_force) == ("2031-07-01", day)
