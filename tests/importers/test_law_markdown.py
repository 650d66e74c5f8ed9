"""Acts as Markdown: the same triples as Lovdata's own form, and definitions as they are written there."""

import json
import os
import re
import tarfile
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from importers import importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.law.markdown_document import read_document
from importers.law.statute_definitions import find_definitions
from importers.law_markdown import LawMarkdown
from importers.lovdata import Lovdata
from ontologies.namespaces import DCT, ELI, RDF, SAMSVAR, SKOS, XSD

SHARED = Path(os.environ.get("SAMSVAR_SHARED", Path(__file__).parents[3] / "shared"))
CORPUS = SHARED / "data" / "law" / "norwegian-laws_2026-07-02_markdown.tar.xz"
GAZETTE = SHARED / "data" / "law" / "lovtidend-avd1-2025.tar.bz2"
VERDICTS = Path(__file__).with_name("law_verdicts.json")
OPTIONS = ImportOptions("https://register.example")
HEAD = """---
tittel: "Lov om båter (båtloven)"
korttittel: "Båtloven – btl"
refid: "lov/2001-02-03-4"
departement: "Sjødepartementet\\nHavnedepartementet"
ikrafttredelse: "2002-01-01, 2003-01-01"
---

# Lov om båter (båtloven)

"""
TEXT = """Hjemmel: Fastsatt med hjemmel i lov 10. april 1999 nr. 17 om havner § 2-1.

## Kapittel 1. Innledning

Kapitlet endret ved lov 1 jan 2005 nr. 2.

#### § 1-1. Definisjoner

I denne loven menes med:

- båt: innretning som flyter, herunder:
- kano
- kajakk
- «flåte» stokker som er bundet sammen ► M4 ◄
- G; grunnbeløpet

(2) Som båtfører regnes i denne loven den som styrer.

*Endret ved lov 1 jan 2005 nr. 2.*

#### § 1-2 a. Havn

Med havn menes også brygge. Som havn regnes ikke strand.

## Vedlegg 1

Skjema.
"""


def batch(text: str = HEAD + TEXT) -> Batch:
    source = Source("lov.md", text.encode())
    importer = importer_for(source)
    assert isinstance(importer, LawMarkdown)
    return importer.read(source, OPTIONS)[0]


def values(made: Batch, predicate: NamedNode) -> list[object]:
    return [triple.object for triple in made.triples if triple.predicate == predicate]


def defined(section: str, title: str = "Definisjoner") -> list[tuple[str, str, str]]:
    document = read_document(f"{HEAD}#### § 1. {title}\n\n{section}\n")
    assert document is not None
    return [(one.term, one.text, one.kind) for each in document.sections for one in find_definitions(each)]


def test_the_head_becomes_the_act():
    made = batch()
    assert (made.catalogue, made.kind, made.title) == ("lov-2001-02-03-4", "law", "Båtloven")
    assert values(made, DCT.alternative) == [Literal("btl", language="nb")]
    assert values(made, ELI.first_date_entry_in_force) == [Literal("2002-01-01", datatype=XSD.date)]
    assert {each.value for each in values(made, ELI.responsibility_of)} == {"Sjødepartementet", "Havnedepartementet"}


def test_ministries_whose_line_breaks_are_lost_are_told_apart():
    made = batch(HEAD.replace("\\n", ""))
    assert {each.value for each in values(made, ELI.responsibility_of)} == {"Sjødepartementet", "Havnedepartementet"}


def test_sections_have_the_same_names_as_in_lovdatas_form():
    made = batch()
    act = "https://register.example/legislation/lov/2001/02/03/4"
    parts = [each.object.value for each in made.triples if each.predicate == ELI.has_part and each.subject.value == act]
    assert parts == [f"{act}/{name}" for name in ("innledning", "kapittel-1", "1-1", "1-2a", "vedlegg-1")]
    text = next(t.object.value for t in made.triples if t.subject.value == f"{act}/1-1" and t.predicate == RDF.value)
    assert "Endret ved" not in text
    assert "►" not in text


def test_definitions_keep_their_kind_and_additions_are_no_concepts():
    made = batch()
    kinds = {t.subject: t.object.value for t in made.triples if t.predicate == SAMSVAR.definitionKind}
    terms = {t.subject: t.object.value for t in made.triples if t.predicate == SKOS.prefLabel}
    classes = {t.subject: t.object for t in made.triples if t.predicate == RDF.type and t.subject in kinds}
    assert {(terms[node], kind) for node, kind in kinds.items()} == {
        ("båt", "defines"), ("flåte", "defines"), ("G", "defines"), ("båtfører", "deems"),
        ("havn", "extends"), ("havn", "excludes"),
    }  # fmt: skip
    additions = {node for node, one in classes.items() if one == SAMSVAR.StatutoryAddition}
    assert {kinds[node] for node in additions} == {"extends", "excludes"}


def test_a_flat_list_is_nested_where_an_item_ends_in_a_colon():
    assert defined("I denne loven menes med:\n\n- båt: noe som flyter:\n- kano\n- kajakk\n- havn: sted") == [
        ("båt", "noe som flyter:\n- kano\n- kajakk", "defines"),
        ("havn", "sted", "defines"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Begrepet båt benyttes om noe som flyter.", ("båt", "noe som flyter.", "defines")),
        ("Båt betyr noe som flyter.", ("Båt", "noe som flyter.", "defines")),
        ("En båt er en ting som flyter.", ("båt", "en ting som flyter.", "defines")),
        ("Som båter kan regnes flåter.", ("båter", "flåter.", "deems")),
        ("I denne loven menes med;\n\n- båt; noe som flyter", ("båt", "noe som flyter", "defines")),
        ("I denne loven menes med:\n\n- Båt som definert i havneloven § 2.",
         ("Båt", "som definert i havneloven § 2.", "refers")),
        ("Med «fører» av en ferge menes den som styrer.", ("fører av en ferge", "den som styrer.", "defines")),
        ("Med båt likestilles flåte.", ("båt", "flåte.", "extends")),
        ("Likt med båt regnes flåte.", ("båt", "flåte.", "extends")),
        ("I dette kapittelet menes med uttrykket «båt» noe som flyter.", ("båt", "noe som flyter.", "defines")),
        ("Når «båt» nevnes i dette vedlegg, betyr det noe som flyter.", ("båt", "noe som flyter.", "defines")),
        ("Båt defineres som noe som flyter.", ("Båt", "noe som flyter.", "defines")),
        ("Båt er en betegnelse på noe som flyter.", ("Båt", "noe som flyter.", "defines")),
        ("Båtleie etter denne lova er det når ein båt blir leigd.", ("Båtleie", "det når ein båt blir leigd.", "defines")),
        ("Forbudet gjelder et fartøy på inntil ti meter, heretter kalt småbåt.",
         ("småbåt", "et fartøy på inntil ti meter", "defines")),
        ("Avgiften er slik: Med «dekk» menes gulv.", ("dekk", "gulv.", "defines")),
        ("Som båt regnes likevel ikke flåte.", ("båt", "likevel ikke flåte.", "excludes")),
    ],
)  # fmt: skip
def test_ways_of_defining(text: str, expected: tuple[str, str, str]):
    assert defined(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Det er en plikt å ro.",
        "Som følge av dette regnes ro som vrak.",
        "I havn er det en plikt å ro.",
        "Saken går til Det nordiske sjørådet (heretter kalt «rådet»).",
        "Henvisning til havnen defineres som henvisning til bryggen.",
    ],
)
def test_what_does_not_define(text: str):
    assert defined(text) == []


def test_words_in_a_heading_and_lists_in_the_line():
    document = read_document(
        f"{HEAD}#### § 1. Båt\n\nEn båt er en ting som flyter.\n\n#### § 2. Definisjon av havn\n\n"
        "I denne lov betyr havn et vern mot bølger.\n\n## Vedlegg 1\n\n"
        "I dette vedlegg menes med: «ro» å drive fram med årer, «åre» stang med blad.\n"
    )
    assert document is not None
    found = [(one.term, one.text, one.alternatives) for each in document for one in find_definitions(each)]
    assert found == [
        ("båt", "en ting som flyter.", ()),
        ("havn", "et vern mot bølger.", ()),
        ("ro", "å drive fram med årer", ()),
        ("åre", "stang med blad.", ()),
    ]


def test_text_in_italics_is_text_and_remarks_in_italics_are_none():
    assert defined("*Båt: Noe som flyter. Havn: Vern mot bølger.*") == [
        ("Båt", "Noe som flyter.", "defines"),
        ("Havn", "Vern mot bølger.", "defines"),
    ]
    for remark in (
        "Endret ved lov 1 jan 2005 nr. 2.",
        "1 Fra 1 juli 2002.",
        "Føyd til ved lov 1 jan 2005 nr. 2.",
        "► M1",
    ):
        document = read_document(f"{HEAD}#### § 1. Båt\n\n*{remark}*\n")
        assert document is not None
        assert document.sections[0].paragraphs == ()


def test_recitals_define_nothing():
    recitals = "ut fra følgende betraktninger:\n\n- Med båt menes noe annet.\n- Det som flyter, heretter kalt «båt»."
    assert defined(recitals) == []


def test_official_remarks_define_nothing():
    document = read_document(f"{HEAD}### Til § 1 Definisjoner\n\nMed båt menes noe annet.\n")
    assert document is not None
    assert [find_definitions(section) for section in document.sections] == [[]]


def test_enabling_provisions_and_nynorsk():
    regulation = HEAD.replace("lov/2001", "forskrift/2001") + "## Innleiing\n\n" + TEXT.split("\n", maxsplit=1)[0]
    assert [each.value for each in values(batch(regulation), ELI.based_on)] == [
        "https://register.example/legislation/lov/1999/04/10/17/2-1"
    ]
    document = read_document(HEAD + "#### § 1. Verkeområde\n\nLova gjeld ikkje for ein båt frå dei andre.\n")
    assert document is not None
    assert document.language == "nn"


def test_an_amending_act_defines_nothing_of_its_own():
    made = batch((HEAD + TEXT).replace('"Lov om båter (båtloven)"', '"Lov om endringer i båtloven"'))
    assert not values(made, SAMSVAR.definitionKind)


def test_what_cannot_be_read_is_said():
    with pytest.raises(UnreadableSourceError, match="not UTF-8"):
        LawMarkdown().read(Source("a.md", b"---\nrefid: lov/2001-02-03-4\n---\n\xff"), OPTIONS)
    with pytest.raises(UnreadableSourceError, match="does not say which act"):
        batch("---\nrefid: ukjent\n---\ntekst")
    with pytest.raises(UnreadableSourceError, match="does not say which act"):
        LawMarkdown().read(Source("a.md", b"tekst"), OPTIONS)


@pytest.mark.real_data
@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus of acts is not here; SAMSVAR_SHARED names its folder")
def test_precision_and_recall_on_what_was_drawn_and_read():
    """What was drawn at random and read: definitions, documents, sections; law_verdicts.json says how, and what was right."""
    verdicts = json.loads(VERDICTS.read_text(encoding="utf-8"))
    judged = verdicts["definitions"]
    read = [verdicts["documents"], verdicts["sections"]]
    found = _found_in({one["act"] for one in judged.values()}.union(*read))
    drawn = judged.keys() & found
    precision = sum(judged[name]["right"] for name in drawn) / len(drawn)
    assert len(drawn) >= 0.97 * len(judged), "definitions that were read are gone"
    assert precision >= 0.97
    expected = {name for acts in read for names in acts.values() for name in names}
    assert len(expected) > 800
    assert len(expected & found) / (len(expected) + verdicts["drawn"]["missed"]) >= 0.95, "recall"


def _found_in(acts: set[str]) -> set[str]:
    """The ids of the concepts that these acts and regulations define in the corpus and in the gazette."""
    found: set[str] = set()
    for archive_of, importer in ((CORPUS, LawMarkdown()), (GAZETTE, Lovdata())):
        with tarfile.open(archive_of) as archive:
            for member in archive:
                content = archive.extractfile(member) if _act_of(Path(member.name).stem) in acts else None
                if content is not None:
                    made = importer.read(Source(member.name, content.read()), OPTIONS)[0]
                    found |= {record.subject.rsplit("/", 1)[-1] for record in made.report.records}
    return found


def _act_of(name: str) -> str:
    """The act in a file of the corpus ("forskrift-2004-06-01-931") or of the gazette ("sf-20250908-1792")."""
    gazette = re.fullmatch(r"(?P<kind>nl|sf)-(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)-0*(?P<number>\d+)", name)
    if gazette is None:
        return name.replace("forskrift-", "for-")
    kind = "lov" if gazette["kind"] == "nl" else "for"
    return "-".join((kind, *(gazette[part] for part in ("year", "month", "day", "number"))))
