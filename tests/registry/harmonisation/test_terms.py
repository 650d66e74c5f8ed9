import pytest

from registry.harmonisation.terms import split_qualifier, term_key


@pytest.mark.parametrize(
    "labels",
    [
        ("Begrep", "begreper", "omgrep", "begrepene"),
        ("virksomhet", "verksemd", "virksomheter", "verksemder"),
        ("barn", "born", "barna"),
        ("arbeidsgiver", "arbeidsgjevar", "arbeidsgivere", "Arbeidsgiver (i henhold til havnevesenet)"),
        ("ansatt", "ansatte", "tilsett"),
        ("eiendom", "eigedom", "eiendommer"),
        ("skole", "skular", "skoler"),
        ("tillatelse til landing", "tillatelser til landing"),
        ("heltidsstudent", "heiltidsstudent", "heltidsstudenter"),
    ],
)
def test_forms_of_one_word_have_one_key(labels: tuple[str, ...]) -> None:
    assert len({term_key(label, "nb") for label in labels}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("utleie", "utleier"), ("AS", "ASA"), ("kai", "kaiplass"), ("fiskebåt", "fiskebåtlag"), ("årsverk", "arbeidsår")],
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert term_key(one, "nb") != term_key(other, "nb")


def test_bokmaal_and_nynorsk_share_a_space_and_english_has_its_own() -> None:
    assert term_key("løyve", "nn") == term_key("tillatelse", "nb")
    assert term_key("children", "en") == term_key("the child", "en") == "en:child"
    assert term_key("hotell", "nb") != term_key("hotell", "en")


def test_a_qualifier_stands_apart() -> None:
    assert split_qualifier("avskrivning (regnskap)") == ("avskrivning", "regnskap")
    assert split_qualifier("(bare) parentes") == ("parentes", "bare")
    assert split_qualifier("uten") == ("uten", "")


@pytest.mark.parametrize("label", ["", "   ", "—", "()"])
def test_a_label_without_words_has_no_key(label: str) -> None:
    assert term_key(label, "nb") == ""
