"""Chapters of acts: what headings call them, which sections are theirs, and that every form says the same."""

import pytest
from pyoxigraph import NamedNode

from importers import importer_for
from importers.base import Batch, ImportOptions, Source
from importers.law.chapters import read_chapter
from ontologies.namespaces import DCT, ELI, RDF

BASE = "https://register.example"
ACT = f"{BASE}/legislation/lov/2031/05/06/7"
MARKDOWN = """---
tittel: "Lov om hager"
refid: "lov/2031-05-06-7"
---

# Lov om hager

{text}
"""
CHAPTERS = """## Kapittel 1. Innledning

#### § 1. Formål

Hager skal være grønne.

## Kapittel 2 A. Vanning

Kapittelet gjelder bare om sommeren.

### I. Plikter

#### § 2. Slange

Slangen skal være tett.

#### § 3. Kanne

Kannen skal være full.
"""
LOVDATA = """<!DOCTYPE html><html lang="nb"><head><title>t</title></head><body><header class="documentHeader"><dl
class="data-document-key-info"><dd class="title">Lov om hager</dd><dd class="refid">lov/2031-05-06-7</dd></dl></header>
<main class="documentBody" id="dokument"><h1>Lov om hager</h1>
<section class="section"><h2>Kapittel 1. Innledning</h2><article class="legalArticle"><h3><span
class="legalArticleValue">§ 1</span>. <span class="legalArticleTitle">Formål</span></h3><article class="legalP">Hager
skal være grønne.</article></article></section>
<section class="section"><h2>Kapittel 2 A. Vanning</h2><section class="section"><h3>I. Plikter</h3>
<article class="legalArticle"><h4><span class="legalArticleValue">§ 2</span></h4><article class="legalP">Slangen skal være
tett.</article></article></section><article class="legalArticle"><h4><span class="legalArticleValue">§ 3</span></h4>
<article class="legalP">Kannen skal være full.</article></article></section></main></body></html>"""
AKOMA = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="lov"><meta><identification
source="#a"><FRBRWork><FRBRthis value="/akn/no/act/lov/2031-05-06/7/!main"/><FRBRuri value="/akn/no/act/lov/2031-05-06/7"/>
<FRBRdate date="2031-05-06" name="given"/><FRBRnumber value="7"/><FRBRcountry value="no"/></FRBRWork></identification></meta>
<body><chapter eId="c1"><num>Kapittel 1.</num><heading>Innledning</heading><section eId="s1"><num>§ 1.</num><content><p>Hager
skal være grønne.</p></content></section></chapter><chapter eId="c2"><num>Kapittel 2 A.</num><heading>Vanning</heading>
<subchapter eId="c2i"><num>I.</num><heading>Plikter</heading><section eId="s2"><num>§ 2.</num><content><p>Slangen skal være
tett.</p></content></section></subchapter><section eId="s3"><num>§ 3.</num><content><p>Kannen skal være full.</p></content>
</section></chapter></body></act></akomaNtoso>"""


def read(text: str, name: str = "lov.md") -> Batch:
    source = Source(name, text.encode())
    importer = importer_for(source)
    assert importer is not None
    [batch] = importer.read(source, ImportOptions(BASE))
    return batch


def markdown(text: str) -> Batch:
    return read(MARKDOWN.format(text=text))


def outline(batch: Batch) -> dict[str, list[str]]:
    """The names of chapters, with those of their sections."""
    found: dict[str, list[str]] = {}
    for triple in batch.triples:
        if triple.predicate == ELI.has_part and triple.subject.value != ACT:
            chapter, section = (each.value.removeprefix(f"{ACT}/") for each in (triple.subject, triple.object))
            found.setdefault(chapter, []).append(section)
    return found


def said(batch: Batch, name: str, predicate: NamedNode) -> list[str]:
    node = NamedNode(f"{ACT}/{name}")
    return [each.object.value for each in batch.triples if (each.subject, each.predicate) == (node, predicate)]


@pytest.mark.parametrize(
    ("heading", "name", "number", "title"),
    [
        ("Kapittel 5. Vederlag", "kapittel-5", "Kapittel 5", "Vederlag"),
        ("Kapittel 5 Vederlag", "kapittel-5", "Kapittel 5", "Vederlag"),
        ("Kapittel 12 – Krav til båter", "kapittel-12", "Kapittel 12", "Krav til båter"),
        ("Kapittel 4 A. Lån", "kapittel-4a", "Kapittel 4 A", "Lån"),
        ("Kapittel 6a – Tilsyn", "kapittel-6a", "Kapittel 6a", "Tilsyn"),
        ("Kap. 3-15. Avgift", "kapittel-3-15", "Kap. 3-15", "Avgift"),
        ("Kap. IV. Fører", "kapittel-iv", "Kap. IV", "Fører"),
        ("Kapitel II", "kapittel-ii", "Kapitel II", ""),
        ("KAPITTEL IIVilkår", "kapittel-ii", "KAPITTEL II", "Vilkår"),
        ("KAPITTEL IInnledning", "kapittel-i", "KAPITTEL I", "Innledning"),
        ("KAPITTELIVTILSYN", "kapittel-iv", "KAPITTELIV", "TILSYN"),
        ("KAPITTEL 16Frukt", "kapittel-16", "KAPITTEL 16", "Frukt"),
        ("Kapittel 9.(Opphevet)", "kapittel-9", "Kapittel 9", "(Opphevet)"),
        ("9. kapitel. Slutning", "kapittel-9", "9. kapitel", "Slutning"),
        ("4de kapitel. Om hekker", "kapittel-4", "4de kapitel", "Om hekker"),
        ("1. kapitlet. – Verkeområde", "kapittel-1", "1. kapitlet", "Verkeområde"),
        ("KAPITALDEKNING", "kapitaldekning", "", "KAPITALDEKNING"),
        ("II. Vilkår", "ii", "II", "Vilkår"),
        ("7. Rettigheter", "avsnitt-7", "7", "Rettigheter"),
        ("Felles regler", "felles-regler", "", "Felles regler"),
        ("Del I. Frukt", "del-i", "Del I", "Frukt"),
        ("DEL 2 Bær", "del-2", "DEL 2", "Bær"),
        ("Annen del – Bær", "annen-del", "Annen del", "Bær"),
        ("Delegering av myndighet", "delegering-av-myndighet", "", "Delegering av myndighet"),
    ],
)
def test_headings_as_people_write_them(heading: str, name: str, number: str, title: str):
    chapter = read_chapter(heading)
    assert (chapter.name, chapter.number, chapter.title) == (name, number, title)


@pytest.mark.parametrize(
    ("text", "name"), [(MARKDOWN.format(text=CHAPTERS), "a.md"), (LOVDATA, "a.xml"), (AKOMA, "a.xml")]
)
def test_every_form_gives_the_same_chapters(text: str, name: str):
    batch = read(text, name)
    assert outline(batch) == {"kapittel-1": ["1"], "kapittel-2a": ["2", "3"]}
    assert said(batch, "kapittel-2a", ELI.number) == ["Kapittel 2 A"]
    assert said(batch, "kapittel-2a", DCT.title) == ["Vanning"]
    assert said(batch, "kapittel-2a", ELI.is_part_of) == said(batch, "3", ELI.is_part_of) == [ACT]


def test_text_of_a_chapter_is_the_chapters():
    batch = markdown(CHAPTERS)
    assert said(batch, "kapittel-2a", RDF.value) == ["Kapittelet gjelder bare om sommeren."]
    assert not said(batch, "kapittel-1", RDF.value)


def test_without_chapters_the_innermost_heading_counts():
    text = "## Del 1\n\n### 1. Frukt\n\n#### § 1. Epler\n\nEplet er rundt.\n\n### 2. Bær\n\n#### § 2. Bringebær\n\nBæret er rødt."
    found = outline(markdown(text))
    assert found == {"avsnitt-1": ["1"], "avsnitt-2": ["2"], "del-1": ["avsnitt-1", "avsnitt-2"]}


PARTS = """## Første del – Vann

### Kapittel 1. Slanger

#### § 1

Slangen skal være tett.

### Kapittel 2. Kanner

#### § 2

Kannen skal være full.

## Annen del. Jord

#### § 3

Jorden skal være løs.

## Kapittel 3. Slutt

#### § 4

Loven gjelder straks.
"""


def test_parts_have_chapters_and_sections():
    batch = markdown(PARTS)
    assert outline(batch) == {
        "forste-del": ["kapittel-1", "kapittel-2"],
        "kapittel-1": ["1"],
        "kapittel-2": ["2"],
        "annen-del": ["3"],
        "kapittel-3": ["4"],
    }
    assert said(batch, "forste-del", ELI.number) == ["Første del"]
    assert said(batch, "forste-del", DCT.title) == ["Vann"]
    assert said(batch, "forste-del", ELI.is_part_of) == [ACT]


def test_chapters_of_an_annex_are_not_those_of_the_act():
    annexed = "## Vedlegg 1\n\n### Kapittel 1. Frukt\n\n#### Artikkel 1\n\nEplet er rundt."
    found = outline(markdown(f"{CHAPTERS}\n{annexed}"))
    assert found["kapittel-1"] == ["1"]
    assert found["kapittel-1--2"] == ["artikkel-1"]


def test_sections_of_an_annex_are_not_those_of_the_chapter_around_it():
    text = f"{CHAPTERS}\n### Vedlegg 1. Frukt\n\n#### Artikkel 1\n\nEplet er rundt."
    assert outline(markdown(text)) == {"kapittel-1": ["1"], "kapittel-2a": ["2", "3"], "vedlegg-1": ["artikkel-1"]}


def test_a_title_that_begins_with_one_letter_is_no_part_of_the_number():
    assert outline(markdown("## Kapittel 1. Frukt\n\n#### § 5-1. I hvilke hager\n\nI alle.")) == {"kapittel-1": ["5-1"]}


def test_an_act_without_headings_has_no_chapters():
    assert outline(markdown("#### § 1. Epler\n\nEplet er rundt.")) == {}
