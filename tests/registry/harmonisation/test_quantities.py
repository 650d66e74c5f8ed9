import pytest

from registry.harmonisation.quantities import Quantity, quantities
from registry.harmonisation.quantities.phrasing import words


def only(text: str, language: str = "no") -> Quantity:
    found = quantities(text, language)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "family", "comparator", "amount"),
    [
        ("gutt under 14 år", "age", "<", 14),
        ("person under 14 år", "age", "<", 14),
        ("person som ikke har fylt 14 år", "age", "<", 14),
        ("den som har fylt femten år", "age", ">=", 15),
        ("elev i alderen 6–16 år", "age", "range", 6),
        ("elev fra og med 6 til og med 16 år", "age", "range", 6),
        ("seilbåt fra og med 8 til og med 12 meter", "length", "range", 8),
        ("gutt som har fylt 12, men ikke 15 år", "age", "range", 12),
        ("gut som har fylt 12 år, men ikkje 15 år", "age", "range", 12),
        ("person over 12 og under 15 år", "age", "range", 12),
        ("gutt over 12, men enda ikke 15 år", "age", "range", 12),
        ("tur på minst 2 timer, men ikke mer enn 4 timer", "duration", "range", 2),
        ("lag med minst 5 og høyst 11 spillere", "count spiller", "range", 5),
        ("bot på to og en halv ganger grunnbeløpet", "basic amount", "=", 2.5),
        ("leie i mer enn to og et halvt år", "duration", ">", 2.5),
        ("leie i over tre år", "duration", ">", 3),
        ("kurs på minst 45 minutter", "duration", ">=", 45),
        ("kjøp for kr 12 500 eller mer", "money", ">=", 12500),
        ("kjøp for høyst 2 millioner kroner", "money", "<=", 2),
        ("lønn over 6 G", "basic amount", ">", 6),
        ("lønn på minst to ganger grunnbeløpet", "basic amount", ">=", 2),
        ("lønn under halvparten av grunnbeløpet", "basic amount", "<", 0.5),
        ("eie av mer enn halvparten", "share", ">", 50),
        ("frafall som ikke overstiger 10 prosent", "share", "<=", 10),
        ("frafall som er ikke mindre enn 10 pst", "share", ">=", 10),
        ("andel som ikkje overstig 10 prosent", "share", "<=", 10),
        ("båt med lengde inntil 10,67 meter", "length", "<=", 10.67),
        ("bil med vekt over 3.500 kg", "mass", ">", 3500),
        ("motor på mindre enn 50 cm3", "volume", "<", 50),
        ("fart på 25 km/t eller mindre", "speed", "<=", 25),
        ("skip bygd på eller etter 1. juli 2004", "date", ">=", 731763),
        ("buss for flere enn 16 passasjerer", "count passasjer", ">", 16),
        ("lag med fem eller flere spillere", "count spiller", ">=", 5),
        ("meir enn eit år i utlandet", "duration", ">", 1),
        ("kurs som ikke varer lenger enn 3 timer", "duration", "<=", 3),
        ("den som enno ikkje har fylt atten år", "age", "<", 18),
        ("gutt eller jente fra 6 år", "age", ">=", 6),
        ("tur med 16-åringer", "age", "=", 16),
        ("bot på hundre og femti kroner eller mer", "money", ">=", 150),
        ("lån på over 1,5 mill. kr", "money", ">", 1.5),
        ("arbeid i minst 20 timer i uken", "duration per duration", ">=", 20),
        ("utslipp over 5 mg per liter", "mass per volume", ">", 5),
        ("lagring ved under -18 °C", "temperature", "<", -18),
        ("lag med mer enn et dusin spillere", "count spiller", ">", 12),
        ("foretak med mellom fem og ti årsverk", "count ansatt", "range", 5),
        ("søknad sendt innen 31. mars", "day of year", "<=", 91),
        ("arbeid mellom kl. 21.00 og kl. 06.30", "time of day", "range", 1260),
        ("arbeid mellom klokken 21.00 og 06.00 på hverdager", "time of day", "range", 1260),
        ("arbeid etter kl. 21 og 10 timer hvile", "time of day", ">", 1260),
        ("innen utløpet av 15. mars", "day of year", "<=", 75),
        ("15. mars hvert år", "day of year", "=", 75),
        ("eierandel på eller større enn 10 prosent", "share", ">=", 10),
        ("10 prosent av aksjene eller mer", "share", ">=", 10),
        ("hus bygd før 1900 og vernet", "date", "<", 693596),
        ("spor eldre enn 1537", "date", "<", 561013),
        ("opphold i 6 sammenhengende måneder eller mer", "duration", ">=", 6),
    ],
)
def test_limits_are_read(text: str, family: str, comparator: str, amount: float) -> None:
    found = only(text)
    assert (found.family, found.comparator, found.amount) == (family, comparator, amount)


@pytest.mark.parametrize(
    "text",
    [
        "vedtak etter lov 3. mars 2001 nr. 5 § 14 annet ledd",
        "område som nevnt i artikkel 12 nr. 3 bokstav b",
        "en av partene",
        "tredje person",
        "elev som er tatt opp til et fag",
        "kurs under en rekke navn",
        "drift for eller imot etter § 2-7 åttende ledd",
        "forurensning før eller etter 6. mars 2014",
        "forordning (EU) 2016/999",
        "retten etter to år",
    ],
)
def test_references_and_bare_numbers_are_no_limits(text: str) -> None:
    assert quantities(text, "no") == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("leie i minst ett år", "leie i minst 12 måneder", True),
        ("leie i minst 4 uker", "leie i minst 28 dager", True),
        ("person over 18 år", "person som har fylt 18 år", True),
        ("person på 17 år eller yngre", "person under 18 år", True),
        ("minst 50 prosent", "minst halvparten", True),
        ("minst 1 000 meter", "minst 1 km", True),
        ("over 10 prosent", "minst 10 prosent", False),
        ("leie i minst én måned", "leie i minst 4 uker", False),
        ("under 7 prosent", "under 8 prosent", False),
    ],
)
def test_limits_are_compared_in_one_unit(one: str, other: str, same: bool) -> None:
    assert only(one).same_limit(only(other)) is same


def test_the_span_covers_comparator_number_and_unit() -> None:
    text = "person som ikke har fylt 14 år, bosatt her"
    found = only(text)
    assert text[found.start : found.end] == "ikke har fylt 14 år"


def test_limits_in_words() -> None:
    found = only("kjøp for over kr 12 500")
    assert [words(found, language) for language in ("nb", "nn", "en")] == [
        "over 12\u00a0500 kroner",
        "over 12\u00a0500 kroner",
        "over 12,500 kroner",
    ]
    assert words(only("kurs på minst én time"), "nn") == "minst 1 time"
    assert words(only("skip bygd etter 1. juli 2004"), "en") == "after 2004-07-01"


def test_english_ages() -> None:
    assert only("a person who has not reached the age of 16", "en").family == "age"
    assert only("a child under 16 years of age", "en").comparator == "<"


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("person på høyst 16 år som bor på øya", "age"),
        ("elever på minst 16 år", "age"),
        ("barn på 12 år", "age"),
        ("opphold for student på høyst 3 år", "duration"),
        ("kurs for personer på høyst tre år", "duration"),
        ("plikt til å søke innen fem år etter flytting", "duration"),
    ],
)
def test_years_of_a_person_are_an_age_unless_something_lasts(text: str, family: str) -> None:
    assert only(text).family == family


@pytest.mark.parametrize(
    "text",
    [
        "kontroll etter forskrift 2. mai 2003 nr. 7 om fartøy under 15 meter",
        "godkjent etter forskrift om båter fra 9 til 12 meter lengde",
        "leie etter lov om leie over 5 år",
        "tillatelse etter husleieforskriften for leie over fem år",
    ],
)
def test_numbers_in_the_title_of_what_is_cited_are_no_limits(text: str) -> None:
    assert quantities(text, "no") == ()


def test_a_title_ends_where_the_sentence_goes_on() -> None:
    assert only("godkjent etter forskrift om fartøy og som er under 15 meter").amount == 15


def test_the_time_in_which_something_is_counted_is_a_window() -> None:
    found = quantities("opphold mer enn 183 dager i løpet av tolv måneder", "no")
    assert [(one.family, one.amount) for one in found] == [("duration", 183), ("window", 12)]
    assert only("opphold i en periode på 6 måneder").family == "window"
    assert only("leie i tre år").family == "duration"
    assert only("leie i en periode på minst 6 måneder").family == "duration"
