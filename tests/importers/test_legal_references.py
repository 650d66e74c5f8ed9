"""References to the law as people write them."""

import csv
import tarfile
from dataclasses import replace

import pytest

from importers.law.identifiers import Refid, parse_refid, provision_path, section_name
from importers.law.markdown_document import read_document
from importers.legal_references import act_path, resolve
from importers.references.acts import ActIndex, KnownAct
from importers.references.details import Details
from importers.references.well_known import by_names, index_of, repealed


def _act(refid: str, *names: str, begins: str = "2031-07-01") -> KnownAct:
    parsed = parse_refid(refid)
    assert parsed is not None
    return KnownAct(parsed, names, begins=begins)


_DOGS = ActIndex(
    [
        _act("LOV-1988-04-29-21", "Lov om ferie (ferieloven)"),
        _act("LOV-2005-06-17-62", "Lov om arbeidsmiljø, arbeidstid og stillingsvern mv. (arbeidsmiljøloven)"),
        _act("LOV-2031-05-06-7", "Lov om hundehald (hundehaldsloven)", "Lov om hunder og andre kjæledyr"),
        _act("LOV-2031-06-05-7"),
        _act("LOV-2031-08-20-9"),
        _act("FOR-2032-01-02-3", "Forskrift om hunder"),
    ]
)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.refid, one.provision) for one in resolve(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LOV-1997-06-13-44", [("LOV-1997-06-13-44", "")]),
        ("se FOR-2017-12-19-2286 § 7-1.", [("FOR-2017-12-19-2286", "§ 7-1")]),
        ("LOV 1967-02-10 nr 00: Lov om saksbehandling (forvaltningsloven) § 2 d.", [("LOV-1967-02-10", "§ 2 d")]),
        ("lov 8. februar 1980 nr. 2 om pant § 1-1", [("LOV-1980-02-08-2", "§ 1-1")]),
        ("Lov av 13. juni 1997 nr 44 om aksjeselskaper", [("LOV-1997-06-13-44", "")]),
        ("forskrift 22.11.1999 nr 1160 til skatteloven § 6-13-2", [("FOR-1999-11-22-1160", "§ 6-13-2")]),
        ("lov 8. febr. 1980 nr. 2. Skatteloven § 5-1", [("LOV-1980-02-08-2", ""), ("LOV-1999-03-26-14", "§ 5-1")]),
        ("skattelovens § 2-3 (4)", [("LOV-1999-03-26-14", "§ 2-3")]),
        ("Skattelova § 2-3", [("LOV-1999-03-26-14", "§ 2-3")]),
        ("SKTL 4-15", [("LOV-1999-03-26-14", "§ 4-15")]),
        ("Ftrl. § 12-1 annet ledd bokstav b", [("LOV-1997-02-28-19", "§ 12-1")]),
        ("aksjeloven $ 1-3", [("LOV-1997-06-13-44", "§ 1-3")]),
        ("etter § 3-5 annet ledd i aksjeloven", [("LOV-1997-06-13-44", "§ 3-5")]),
        ("§ 2 i panteloven", [("LOV-1980-02-08-2", "§ 2")]),
        ("barnelova", [("LOV-1981-04-08-7", "")]),
        ("plan- og bygningsloven § 12-4", [("LOV-2008-06-27-71", "§ 12-4")]),
        ("skatteforvaltningsloven § 8-3", [("LOV-2016-05-27-14", "§ 8-3")]),
        ("Grunnloven § 100", [("LOV-1814-05-17", "§ 100")]),
        ("lov av 8/2-1980 nr. 2 om pant, § 2", [("LOV-1980-02-08-2", "§ 2")]),
        ("pantelov av 8. februar 1980 nr. 2 § 2", [("LOV-1980-02-08-2", "§ 2")]),
        ("panteloven, 8. februar 1980 nr. 2, § 2", [("LOV-1980-02-08-2", "§ 2")]),
        ("panteloven av 1895 § 2", [("", "§ 2")]),
        ("panteloven av 7. juni 1895 nr. 4 § 2", [("LOV-1895-06-07-4", "§ 2")]),
        ("straffeloven av 2005 §§ 5–12", [("LOV-2005-05-20-28", "§ 5"), ("LOV-2005-05-20-28", "§ 12")]),
        ("straffeloven 1902 § 5", [("LOV-1902-05-22-10", "§ 5")]),
        ("panteloven 2024 § 2", [("LOV-1980-02-08-2", "")]),
        ("skattelova sin § 2-3", [("LOV-1999-03-26-14", "§ 2-3")]),
        ("utlendingsl. § 5, utl. § 28", [("LOV-2008-05-15-35", "§ 5"), ("LOV-2008-05-15-35", "§ 28")]),
        ("pbl. 2008 § 1-6", [("LOV-2008-06-27-71", "§ 1-6")]),
        ("rådsforordning 2201/2003", [("32003R2201", "")]),
        ("ferieloven 5 §, aml. 14-9 §", [("LOV-1988-04-29-21", "§ 5"), ("LOV-2005-06-17-62", "§ 14-9")]),
        ("etter 3-5 § annet ledd i aksjeloven", [("LOV-1997-06-13-44", "§ 3-5")]),
        ("aksjeloven kapittel 5 § 3", [("LOV-1997-06-13-44", "§ 3")]),
        ("lov nr. 44/1997", [("LOV-1997-06-13-44", "")]),
        ("lov nr. 44/1997, ferieloven 5 §", [("LOV-1997-06-13-44", ""), ("LOV-1988-04-29-21", "§ 5")]),
        ("lov 44/1997 § 1-3", [("LOV-1997-06-13-44", "§ 1-3")]),
        ("lov 1997 nr. 44 om aksjeselskaper (aksjeloven) § 1-3", [("LOV-1997-06-13-44", "§ 1-3")]),
        ("lov nr 44 av 1997", [("LOV-1997-06-13-44", "")]),
        ("lov 1997/44", [("LOV-1997-06-13-44", "")]),
        ("lov nr. 44/97", [("LOV-1997-06-13-44", "")]),
        ("lov nr. 999/1997 § 3", [("", "§ 3")]),
    ],
)
def test_one_text(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("Skatteloven §§ 6-1 og 6-11", ["§ 6-1", "§ 6-11"]),
        ("Skatteloven § 2-10 - § 2-16", ["§ 2-10", "§ 2-16"]),
        ("skatteloven § 5-1 første ledd, § 5-10 bokstav a og § 5-15", ["§ 5-1", "§ 5-10", "§ 5-15"]),
        ("skatteloven § 24-2 jf. § 23-2 (12)", ["§ 24-2", "§ 23-2"]),
    ],
)
def test_several_sections_of_one_act(text, sections):
    assert [one.provision for one in resolve(text)] == sections
    assert {one.refid for one in resolve(text)} == {"LOV-1999-03-26-14"}


@pytest.mark.parametrize(
    ("address", "refid", "section"),
    [
        ("https://lovdata.no/dokument/NL/lov/1997-06-13-44/KAPITTEL_1-2#§1-3", "LOV-1997-06-13-44", "§ 1-3"),
        ("http://lovdata.no/lov/1999-03-26-14/%C2%A74-15", "LOV-1999-03-26-14", "§ 4-15"),
        ("https://lovdata.no/pro/NL/lov/2005-06-17-62", "LOV-2005-06-17-62", ""),
        ("lovdata.no/SF/forskrift/2004-06-25-988/§2", "FOR-2004-06-25-988", "§ 2"),
        ("https://lovdata.no/eli/lov/1997/06/13/44/nor/html", "LOV-1997-06-13-44", ""),
        ("http://www.lovdata.no/all/hl-19751212-059.html", "LOV-1975-12-12-59", ""),
        ("http://www.lovdata.no/cgi-wift/ldles?doc=/sf/sf/sf-19751216-0001.html", "FOR-1975-12-16-1", ""),
        ("https://lovdata.no/lov/1967-02-10", "LOV-1967-02-10", ""),
    ],
)
def test_addresses_of_lovdata(address, refid, section):
    text = f"se [{address}] og ellers"
    [one] = resolve(text)
    assert (one.refid, one.provision, one.kind) == (refid, section, "url")
    assert text[slice(*one.span)] == address == one.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Store norske leksikon",
        "selen er et dyr, el 4",
        "§ 4",
        "lovforslaget og endringsloven, en naturlov",
        "TOGAF v. 9.1 § 3.4",
        "lovdata.no/artikkel/1",
    ],
)
def test_what_refers_to_nothing(text):
    assert resolve(text) == []


@pytest.mark.parametrize(
    ("text", "standing", "refid", "successor"),
    [
        ("lov 31. februar 1980 nr. 2", "impossible", "", ""),
        ("FOR-2001-13-40-7", "impossible", "", ""),
        ("LOV-2000-04-14-31 § 2", "ended", "LOV-2000-04-14-31", "LOV-2018-06-15-38"),
        ("ligningsloven § 3-1", "ended", "LOV-1980-06-13-24", "LOV-2016-05-27-14"),
        ("lov om gratis iskrem til alle § 1", "unknown", "", ""),
        ("iskremloven § 1", "unknown", "", ""),
        ("forordning (EU) nr. 910/2014", "eu", "32014R0910", ""),
        ("direktiv 2006/123/EF", "eu", "32006L0123", ""),
    ],
)
def test_references_to_what_is_not_in_force(text, standing, refid, successor):
    [one] = resolve(text)
    assert (one.standing, one.refid, one.successor) == (standing, refid, successor)


@pytest.mark.parametrize(
    ("text", "refid", "guess"),
    [
        ("ferielloven § 5", "LOV-1988-04-29-21", "spelling"),
        ("arbiedsmiljøloven § 3-1", "LOV-2005-06-17-62", "spelling"),
        ("Lov om hunder § 3", "LOV-2031-05-06-7", "title"),
        ("hundeforskriften § 3", "FOR-2032-01-02-3", "spelling"),
        ("LOV-2031-06-05-7", "LOV-2031-06-05-7", ""),
        ("LOV-2031-05-07-7 (hundehaldsloven) § 3", "LOV-2031-05-06-7", "misprint"),
        ("LOV-2031-20-08-9", "LOV-2031-08-20-9", "misprint"),
        ("lov 6. mai 2031 om hundehald", "LOV-2031-05-06-7", "day"),
        ("hundehaldslovens § 3", "LOV-2031-05-06-7", ""),
    ],
)
def test_guesses_are_marked(text, refid, guess):
    [one] = resolve(text, _DOGS)
    assert (one.refid, one.guess) == (refid, guess)
    assert (one.confidence < 0.85) == bool(guess)


def test_an_earlier_act_of_the_name_is_no_misprint():
    [one] = resolve("LOV-1994-02-03-18 Lov om hundehald (hundehaldsloven) § 4", _DOGS)
    assert (one.refid, one.standing, one.successor) == ("LOV-1994-02-03-18", "ended", "LOV-2031-05-06-7")


def test_a_number_out_of_the_order_of_days_was_never_given():
    assert [one.standing for one in resolve("LOV-2031-01-02-30, LOV-2031-01-02-3", _DOGS)] == ["impossible", "absent"]


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("ferieloven § 5 første ledd tredje punktum", Details(subsection=("1",), sentence=("3",))),
        ("ferieloven § 5 annet og fjerde ledd", Details(subsection=("2", "4"))),
        ("ferieloven § 5 (2) bokstav b nr. 3", Details(subsection=("2",), letter=("b",), number=("3",))),
        ("ferieloven § 5 (2) b", Details(subsection=("2",), letter=("b",))),
        ("ferieloven § 5, 2. ledd, litra a og c", Details(subsection=("2",), letter=("a", "c"))),
        ("GDPR art. 6 (1) (e)", Details(subsection=("1",), letter=("e",))),
        ("ferieloven § 5 siste ledd", Details(subsection=("last",))),
        ("ferieloven § 5 bosktav d", Details(letter=("d",))),
    ],
)
def test_what_is_named_below_a_section(text, below):
    [one] = resolve(text)
    assert replace(one.below, end=0) == below
    assert one.text == text


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ferieloven §§ 5 til 7", ["§ 5", "§ 7"]),
        ("§§ 5 og 7 i ferieloven", ["§ 5", "§ 7"]),
        ("ferieloven § 5, 7 og 9", ["§ 5", "§ 7", "§ 9"]),
        ("FSFIN § 6-44-12 og -14", ["§ 6-44-12", "§ 6-44-14"]),
        ("skatteloven §§ 6-44-12 og -14", ["§ 6-44-12", "§ 6-44-14"]),
        ("forvaltningsloven §§ 18 a og b", ["§ 18 a", "§ 18 b"]),
        ("ftrl § 25-10, jfr. 21-4", ["§ 25-10", "§ 21-4"]),
        ("folketrygdloven kap. 4, § 4-3", ["§ 4-3"]),
        ("lov om folketrygd m.v. § 4-3", ["§ 4-3"]),
        ("aksjeloven kapittel 3", [""]),
        ("GDPR artikkel 5 og artikkel 6", ["Artikkel 5", "Artikkel 6"]),
        ("https://lovdata.no/lov/1988-04-29-21/§5 og § 7", ["§ 5", "§ 7"]),
        ("lov/1988-04-29-21/§5", ["§ 5"]),
    ],
)
def test_places_in_one_act(text, places):
    assert [one.provision for one in resolve(text)] == places


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("asl./asal. § 1-3", ["asl.", "asal. § 1-3"]),
        ("aksjeloven / allmennaksjeloven § 1-3", ["aksjeloven", "allmennaksjeloven § 1-3"]),
        ("§ 1-3 i aksjeloven/allmennaksjeloven", ["§ 1-3 i aksjeloven", "allmennaksjeloven"]),
    ],
)
def test_acts_with_a_slash_between_them_share_their_places(text, spans):
    assert found(text) == [("LOV-1997-06-13-44", "§ 1-3"), ("LOV-1997-06-13-45", "§ 1-3")]
    assert [one.text for one in resolve(text)] == spans


def test_the_end_of_a_range_is_marked():
    assert [one.closes_range for one in resolve("ferieloven §§ 5 til 7 og § 9")] == [False, True, False]


def test_spans_are_places_in_the_text_and_in_order():
    text = "Æ: aksjeloven § 1-3; lov 8. februar 1980 nr. 2 om pant § 1-1, https://lovdata.no/lov/2009-06-19-58."
    references = resolve(text)
    assert [text[slice(*one.span)] for one in references] == [one.text for one in references]
    assert [one.kind for one in references] == ["name", "date", "url"]
    assert [one.span for one in references] == sorted(one.span for one in references)


def test_the_short_title_inside_a_dated_reference_is_no_second_one():
    assert found("LOV-2000-04-14-31 Lov om personopplysninger (personopplysningsloven) § 2") == [
        ("LOV-2000-04-14-31", "§ 2")
    ]


def test_other_names_can_be_given():
    refid = parse_refid("lov/2031-05-06-7")
    assert refid is not None
    acts = ActIndex([KnownAct(refid, ("Lov om hager (hageloven)",), ("hgl",))])
    assert [(one.refid, one.provision) for one in resolve("hagelovens § 3 og hgl. § 4", acts)] == [
        ("LOV-2031-05-06-7", "§ 3"),
        ("LOV-2031-05-06-7", "§ 4"),
    ]


def test_long_text_is_quick():
    assert resolve("om " * 20_000 + "§ " * 20_000 + "lov " * 20_000) == []


def test_paths():
    assert act_path("LOV-1980-02-08-2") == "lov/1980/02/08/2"
    assert act_path("forskrift/2017-12-19-2286") == "forskrift/2017/12/19/2286"
    assert act_path("LOV-1814-05-17") == "lov/1814/05/17"
    with pytest.raises(ValueError, match="no identifier"):
        act_path("aksjeloven")
    assert provision_path("lov/1990-06-29-50/§4-11/ledd/1") == "lov/1990/06/29/50/4-11"
    assert provision_path("null") is None
    assert [section_name(text) for text in ("§ 1-2", "§ 7 b", "§7b.", "Artikkel 3")] == [
        "1-2",
        "7b",
        "7b",
        "artikkel-3",
    ]
    assert isinstance(parse_refid("LTI/lov/2025-06-20-69"), Refid)


def test_the_tables_of_acts_are_sound():
    assert len({act.refid for act in by_names()}) == len(by_names()) > 100
    assert len({act.refid for act in repealed()}) == len(repealed()) > 40
    assert all(act.ended[:4].isdecimal() and act.ended[:4] >= str(act.refid.day.year) for act in repealed())


@pytest.mark.real_data
def test_most_real_source_strings_lead_to_an_act(shared):
    with (shared / "data/pairs/legal_source_strings_dev.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["looks_legal"] == "1"]
    texts = [row["raw_text"].replace("\\n", "\n") + " " + row["raw_uri"] for row in rows]
    resolved = [text for text in texts if any(one.refid or one.standing == "impossible" for one in resolve(text))]
    assert len(resolved) / len(rows) > 0.85


@pytest.mark.parametrize("text", ["TEK17 § 12-1", "TEK 17 § 12-1"])
def test_letters_and_a_number_in_brackets_may_be_written_apart(text):
    acts = ActIndex([_act("FOR-2017-06-19-840", "Forskrift om tekniske krav til byggverk (TEK17)")])
    assert [(one.refid, one.provision) for one in resolve(text, acts)] == [("FOR-2017-06-19-840", "§ 12-1")]


@pytest.mark.real_data
@pytest.mark.slow
def test_with_the_law_in_force_all_but_a_few_real_source_strings_lead_to_an_act(shared):
    acts = []
    with tarfile.open(shared / "data/law/norwegian-laws_2026-07-02_markdown.tar.xz") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.name.endswith(".md") else None
            document = read_document(content.read().decode().split("\n#", 1)[0]) if content is not None else None
            if document is not None:
                names = tuple(filter(None, (document.short_title, document.title)))
                acts.append(KnownAct(document.refid, names, tuple(filter(None, (document.abbreviation,)))))
    index = index_of(acts, "2026-07-02")
    with (shared / "data/pairs/legal_source_strings_dev.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["looks_legal"] == "1"]
    texts = [row["raw_text"].replace("\\n", "\n") + " " + row["raw_uri"] for row in rows]
    found = [text for text in texts if any(one.refid or one.standing == "impossible" for one in resolve(text, index))]
    assert len(found) / len(rows) >= 0.95
