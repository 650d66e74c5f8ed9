"""References to the law as people write them."""

import csv

import pytest

from importers.law.identifiers import Refid, parse_refid, provision_path, section_name
from importers.law.names import table, well_known
from importers.legal_references import act_path, resolve


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
        "lov 31. februar 1980 nr. 2",
        "LOV-1997-28-02-19",
        "§ 4",
        "lovdata.no/artikkel/1",
    ],
)
def test_what_refers_to_nothing(text):
    assert resolve(text) == []


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
    names = table({"Hageloven": refid}, {"hgl": refid})
    assert [(one.refid, one.provision) for one in resolve("hagelovens § 3 og hgl. § 4", names)] == [
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


def test_the_table_of_well_known_acts_is_sound():
    names = well_known()
    assert len(set(names.names.values())) > 60
    assert names.names["aksjeloven"] == parse_refid("LOV-1997-06-13-44")


@pytest.mark.real_data
def test_most_real_source_strings_lead_to_an_act(shared):
    with (shared / "data/pairs/legal_source_strings_dev.tsv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream, delimiter="\t") if row["looks_legal"] == "1"]
    resolved = [row for row in rows if resolve(row["raw_text"].replace("\\n", "\n") + " " + row["raw_uri"])]
    assert len(resolved) / len(rows) > 0.85
