import itertools
import random
from dataclasses import replace

import pytest
from definition_samples import SENTENCES, TERMS, make

from registry.harmonisation.comparison import compare
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.relations import mirrored


def assert_mirror(a: DefinitionRecord, b: DefinitionRecord) -> None:
    there, back = compare(a, b), compare(b, a)
    assert (there.label, there.severity, there.same_score) == (back.label, back.severity, back.same_score)
    assert there.relation == mirrored(back.relation)
    evidence = sorted(
        (item.kind, repr(item.a_span), repr(item.b_span), item.a_value, item.b_value) for item in there.evidence
    )
    mirror = sorted(
        (item.kind, repr(item.b_span), repr(item.a_span), item.b_value, item.a_value) for item in back.evidence
    )
    assert evidence == mirror


def test_compare_is_symmetric_for_every_pair_of_samples() -> None:
    for one, other in itertools.product(SENTENCES, repeat=2):
        assert_mirror(make("kai", one, 1), make("kai", other, 2, publisher="kyst"))


@pytest.mark.parametrize("seed", range(40))
def test_compare_is_symmetric_for_random_records(seed: int) -> None:
    chance = random.Random(seed)

    def record(number: int) -> DefinitionRecord:
        text = ". ".join(chance.sample(SENTENCES, chance.randint(1, 3)))
        return make(
            chance.choice(TERMS[:3]),
            text,
            number,
            publisher=chance.choice(("havn", "kyst")),
            language=chance.choice(("nb", "nn", "en")),
            act=chance.choice(("", "http://lov.example/1", "http://lov.example/2")),
            enabling=chance.choice(((), ("http://lov.example/1",))),
            subjects=chance.choice(((), ("havn",), ("fiske",))),
            scope=chance.choice(("", "i denne loven", "i dette kapittelet")),
            valid_from=chance.choice(("", "2001-01-01", "2030-01-01")),
            valid_to=chance.choice(("", "2020-12-31")),
        )

    assert_mirror(record(1), record(2))


@pytest.mark.parametrize(
    ("one", "other", "relation", "label"),
    [
        ("plass ved sjøen", "plass ved sjøen", "identical", "same"),
        ("plass ved sjøen", "En plass ved sjøen.", "editorialVariant", "same"),
        ("plass ved sjøen", "med kai menes i denne loven plass ved sjøen", "editorialVariant", "same"),
        ("kai som definert i havneloven § 4", "plass ved sjøen", "incorporatedByReference", "harmonisable"),
        ("båt med motor", "båt med motor bygd av tre", "broader", "harmonisable"),
        ("båt med motor", "båter med motor samt flåter", "narrower", "harmonisable"),
        ("leie av kai i minst 2 år", "leie av kai i minst 3 år", "broader", "conflict"),
        ("person under 18 år, unntatt gifte", "person under 16 år, herunder gifte", "overlapping", "conflict"),
        ("båt med mannskap", "båt uten mannskap", "overlapping", "conflict"),
        ("to uker fra anløpet", "14 dager fra anløpet", "editorialVariant", "same"),
        ("den som fører båten", "person som fører båten", "editorialVariant", "same"),
        ("brygge og flytekai", "brygge, flytekai og slipp", "narrower", "harmonisable"),
        ("sted som er bygd for fortøyning", "brygge, flytekai og slipp", "overlapping", "conflict"),
        ("den som fisker laks", "fysisk eller juridisk person som skriver bøker", "coordinate", "homonym"),
        ("den som fisker laks", "den som fisker i nord", "overlapping", "harmonisable"),
        ("slik begrepet er definert i havneloven § 5", "plass ved sjøen", "incorporatedByReference", "harmonisable"),
        ("plass ved sjøen der båter legger til", "avtale som en fisker inngår med staten", "homonym", "homonym"),
    ],
)
def test_relations(one: str, other: str, relation: str, label: str) -> None:
    found = compare(make("kai", one, 1), make("kai", other, 2, publisher="kyst"))
    assert (found.relation, found.label) == (relation, label)


def test_bokmaal_and_nynorsk_of_one_text_are_language_variants() -> None:
    nb = make("kai", "anlegg for fortøyning av fartøyer", 1, language="nb")
    nn = make("kai", "eit anlegg for fortøyning av fartøy", 2, language="nn", publisher="kyst")
    assert compare(nb, nn).relation == "languageVariant"
    assert compare(nb, nn).severity == "information"


def test_qualifiers_that_differ_make_homonyms() -> None:
    one = make("avskriving (regnskap)", "fordeling av kostnad over tid", 1)
    other = make("avskriving (arkiv)", "merknad i journalen om at brevet er besvart", 2)
    assert compare(one, other).label == "homonym"


STRICT = make("ungdomskort", "kort for person under 20 år", 1)
LOOSE = make("ungdomskort", "kort for person under 26 år", 2, publisher="kyst")


@pytest.mark.parametrize(
    ("a", "b", "severity"),
    [
        (STRICT, LOOSE, "major"),
        (STRICT, replace(LOOSE, publisher=STRICT.publisher), "critical"),
        (replace(STRICT, subjects=("Kollektivtrafikk",)), replace(LOOSE, subjects=("kollektivtrafikk",)), "critical"),
        (
            replace(STRICT, act="http://lov.example/1", statutory=True),
            replace(LOOSE, act="http://lov.example/2", enabling=("http://lov.example/1",), statutory=True),
            "critical",
        ),
        (replace(STRICT, valid_to="2019-12-31"), replace(LOOSE, valid_from="2020-01-01"), "information"),
        (
            replace(STRICT, scope="i dette kapittelet", act="http://lov.example/1"),
            replace(LOOSE, scope="i denne paragrafen", act="http://lov.example/2"),
            "minor",
        ),
        (STRICT, replace(LOOSE, text="kort for person under 20 år."), "information"),
        (STRICT, replace(LOOSE, text="kort for skoleelever"), "minor"),
    ],
)
def test_severity(a: DefinitionRecord, b: DefinitionRecord, severity: str) -> None:
    assert compare(a, b).severity == severity


def test_empty_texts_do_not_fail() -> None:
    assert compare(make("kai", "", 1), make("kai", "plass", 2)).evidence is not None


def test_a_long_compound_and_what_one_source_says_twice_are_no_homonyms() -> None:
    one, other = "plass ved sjøen der båter legger til", "avtale som en fisker inngår med staten"
    assert compare(make("kai", one, 1), make("kai", other, 2, publisher="kyst")).relation == "homonym"
    assert compare(make("kai", one, 1), make("kai", other, 2)).relation == "overlapping"
    apart = compare(make("helårsfiskebrygge", one, 1), make("helårsfiskebrygge", other, 2, publisher="kyst"))
    assert apart.relation == "overlapping"


def test_circles_are_evidence_only_where_the_register_lists_none() -> None:
    a, b = make("los", "den som er los", 1), make("los", "den som leder båter i havn", 2, publisher="kyst")
    assert "CircularDefinition" in {item.kind for item in compare(a, b).evidence}
    assert "CircularDefinition" not in {item.kind for item in compare(a, b, circles=False).evidence}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hest, sau, geit og ku", "ku, geit, sau og hest", True),
        ("båt som fraktar sauer og er verd 1000 kroner", "båt til en verdi av 1000 kroner som frakter sauer", True),
        ("båttur fra Bergen til Bodø", "båttur fra Bodø til Bergen", False),
        ("los som leies av rederiet", "los som leier rederiet", False),
        ("tur da alle losene er om bord", "tur da minst én los er om bord", False),
        ("båt for elever fra 13 til og med 17 år", "båt for elever over 13 og under 18 år", True),
    ],
)
def test_the_same_in_another_order_or_in_other_words(one: str, other: str, *, same: bool) -> None:
    found = compare(make("losbåt", one, 1), make("losbåt", other, 2, publisher="kyst"))
    assert (found.label == "same") == same
    assert (found.relation == "editorialVariant") == same


def test_what_only_says_more_of_the_same_is_no_conflict() -> None:
    listed = compare(
        make("fjøsdyr", "ku, sau og geit", 1), make("fjøsdyr", "sau, ku, geit og hest", 2, publisher="kyst")
    )
    assert (listed.relation, listed.label) == ("narrower", "harmonisable")


@pytest.mark.parametrize("term", ["bosatt", "vernet område"])
def test_alike_texts_that_leave_it_to_different_provisions_conflict(term: str) -> None:
    one = DefinitionRecord(term, f"{term} etter folketrygdloven § 2-1")
    other = DefinitionRecord(term, f"{term} etter folkeregisterloven § 4-1")
    assert compare(one, other).label == "conflict"
    same = DefinitionRecord(term, f"{term} etter lov 28. februar 1997 nr. 19 § 2-1")
    assert compare(one, same).label != "conflict"
