import random
from dataclasses import replace

import pytest
from definition_samples import corpus, make

from registry.harmonisation import candidates
from registry.harmonisation.candidates import SMALL_BLOCK, Candidates, LeftOut, keys, meeting_key
from registry.harmonisation.findings import find, finding_id, is_circle
from registry.harmonisation.records import Finding


def described(found: list[Finding]) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(one.id, one.comparison.severity, tuple(item.kind for item in one.comparison.evidence)) for one in found}


def test_two_publishers_that_disagree_make_one_finding() -> None:
    found = find(
        [make("kai", "brygge på minst 10 meter", 1), make("Kaien", "brygge på minst 20 meter", 2, publisher="kyst")]
    )
    assert [(one.comparison.severity, one.comparison.label) for one in found] == [("major", "conflict")]


def test_admitted_terms_meet_recommended_ones() -> None:
    one = make("kai", "brygge på minst 10 meter", 1, admitted=("landingsplass",))
    other = make("landingsplasser", "brygge på minst 20 meter", 2, publisher="kyst")
    assert keys(one) == ("kai", "landingsplass")
    assert meeting_key(one, other) == "landingsplass"
    assert len(find([one, other])) == 1


def test_copies_are_information_and_are_collapsed() -> None:
    copies = [make("kai", "brygge på minst 10 meter", number, publisher=f"p{number}") for number in range(30)]
    odd = make("kai", "brygge på minst 20 meter", 99, publisher="odd")
    found = find([*copies, odd])
    assert [one.comparison.severity for one in found] == ["major"] + ["information"] * 29


def test_a_big_block_is_compared_in_stars() -> None:
    many = [
        make("kai", f"brygge nummer {number} av tre på øy{number}", number, publisher=f"p{number}")
        for number in range(200)
    ]
    pairs = list(Candidates(many).pairs())
    assert len(many) > SMALL_BLOCK
    assert len(pairs) < 5 * len(many)
    assert {record.concept for pair in pairs for record in (pair.a, pair.b)} == {record.concept for record in many}


def test_the_same_publisher_meets_itself_in_a_big_block() -> None:
    many = [make("kai", f"brygge nummer {number} av tre", number, publisher=f"p{number}") for number in range(30)]
    own = [make("kai", "brygge på minst 10 meter", 100), make("kai", "brygge på minst 20 meter", 101)]
    assert any({one.a, one.b} == set(own) for one in find([*many, *own]))


def test_two_languages_of_two_concepts_make_one_finding_in_bokmaal() -> None:
    texts = {
        "nb": "brygge på minst {} meter",
        "nn": "brygge på minst {} meter av tre",
        "en": "pier of at least {} metres",
    }
    terms = {"nb": "kai", "nn": "kai", "en": "quay"}
    records = [
        make(terms[language], text.format(length), number, publisher=publisher, language=language)
        for number, publisher, length in ((1, "havn", 10), (2, "kyst", 20))
        for language, text in texts.items()
    ]
    found = find(records)
    assert [(one.a.language, one.b.language) for one in found] == [("nb", "nb")]


def test_bokmaal_and_nynorsk_of_one_definition_must_have_the_same_limits() -> None:
    nb = make("kai", "brygge på minst 10 meter", 1)
    wrong = make("kai", "brygge på minst 12 meter", 1, language="nn")
    right = replace(wrong, text="ei brygge på minst 10 meter")
    assert [one.comparison.label for one in find([nb, wrong])] == ["conflict"]
    assert find([nb, right]) == []


def test_circles_inside_and_between_concepts() -> None:
    inner = make("kaileie", "leie av kai", 1)
    first, second = make("losbåt", "båt som bringer losen", 2), make("losen", "den som kommer med losbåt", 3)
    found = find([inner, first, second])
    assert {(one.a.term, one.b.term) for one in found} == {("kaileie", "kaileie"), ("losbåt", "losen")}
    assert all(is_circle(one) for one in found)
    elsewhere = replace(second, catalogue="http://register.example/graph/catalogue/annen")
    assert {(one.a.term, one.b.term) for one in find([inner, first, elsewhere])} == {("kaileie", "kaileie")}


def test_the_id_depends_on_the_unordered_pair_and_the_texts() -> None:
    a, b = make("kai", "brygge", 1), make("kai", "molo", 2)
    assert finding_id(a, b) == finding_id(b, a)
    assert finding_id(a, b) != finding_id(a, replace(b, text="moloer"))
    assert len(finding_id(a, b)) == 16
    assert finding_id(replace(a, publisher_name="annet navn"), b) == finding_id(a, b)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_input_does_not_matter(seed: int) -> None:
    records = corpus(120)
    expected = find(records)
    random.Random(seed).shuffle(records)
    assert find(records) == expected


def test_worst_first_and_most_telling_first() -> None:
    found = find(corpus(80))
    assert [one.rank for one in found] == sorted(one.rank for one in found)
    severities = [one.comparison.severity for one in found]
    assert severities == sorted(severities, key=("critical", "major", "minor", "information").index)


def test_touched_keys_give_the_part_of_a_full_run() -> None:
    records = corpus(100)
    full = find(records)
    part = find(records, touched_keys={"kai", "havn"}, touched_concepts=set())
    wanted = [one for one in full if not is_circle(one) and meeting_key(one.a, one.b) in {"kai", "havn"}]
    assert described(part) == described(wanted)
    assert part


@pytest.mark.parametrize(
    ("term", "text", "severity"),
    [
        ("godkjenner", "person som er godkjenner i et firma", "minor"),
        ("feriehus", "hus som brukes i ferie", "information"),
        ("kurs", "kurs som varer minst 95 dager", None),
        ("kandidat", "Ph.d.-kandidat som er tatt opp", None),
        ("annet forbruk", "alt annet forbruk enn forbruk i hus", None),
        ("takst for hytte", "takst av en hytte der eieren bor", None),
        ("vekttall", "mål på omfanget av et kurs. 60 vekttall tilsvarer ett år", None),
        ("vekttall", "mål der et fullt år er satt til 60 vekttall", None),
        ("vilt", "dyr og fugler, uavhengig av om viltet lever fritt", None),
        ("arkiv (sted)", "sted for arkiv (samling)", None),
        ("helårsregelen", "regel 2. mai om hele året (helårsregelen)", None),
        ("integritet", "i arkiv er integritet et uttrykk for at ingen har endret noe", None),
    ],
)
def test_a_circle_is_a_definition_that_needs_its_own_term(term: str, text: str, severity: str | None) -> None:
    found = find([make(term, text, 1)])
    assert [one.comparison.severity for one in found] == ([severity] if severity else [])


def test_a_circle_is_one_finding_a_concept_and_no_evidence_of_pairs() -> None:
    nb = make("godkjenner", "person som er godkjenner i et firma", 1)
    nn = replace(nb, language="nn", text="person som er godkjenner i eit firma")
    other = make("godkjenner", "person som heter godkjenner i firmaet", 2, publisher="kyst")
    found = find([nb, nn, other])
    circles = [one for one in found if is_circle(one)]
    assert sorted(one.a.concept for one in circles) == sorted({nb.concept, other.concept})
    assert all(
        item.kind != "CircularDefinition" for one in found if one not in circles for item in one.comparison.evidence
    )


def test_each_term_comes_once_before_any_comes_twice() -> None:
    many = [
        make("kai", f"brygge på minst {length} meter", length, publisher=f"p{length}") for length in (10, 20, 30, 40)
    ]
    one = [make("molo", "vern på minst 10 meter", 50), make("molo", "vern på minst 20 meter", 51, publisher="kyst")]
    found = [each for each in find([*many, *one]) if each.comparison.severity == "major"]
    assert len(found) == 7
    assert {each.term for each in found[:2]} == {"kai", "molo"}
    assert {each.term for each in found[2:]} == {"kai"}


def test_limits_come_before_other_publishers_before_one_publisher() -> None:
    records = [
        make("kai", "brygge av tre ved sjøen", 1),
        make("kai", "brygge av stein ved sjøen", 2),
        make("molo", "vern av tre mot sjø", 3),
        make("molo", "vern av stein mot sjø", 4, publisher="kyst"),
        make("dokk", "basseng på minst 10 meter, unntatt kar", 5),
        make("dokk", "basseng med port, også kalt kum", 6, publisher="kyst"),
        make("rampe", "plan på minst 10 meter", 7),
        make("rampe", "plan på minst 20 meter", 8, publisher="kyst"),
    ]
    assert [each.term for each in find(records)] == ["rampe", "dokk", "molo", "kai"]


def test_ranks_of_a_block_do_not_depend_on_other_blocks() -> None:
    records = corpus(100)
    ranks = {one.id: one.rank for one in find(records)}
    part = find(records, touched_keys={"kai", "havn"}, touched_concepts=set())
    assert part
    assert all(one.rank == ranks[one.id] for one in part)


def test_a_word_with_too_many_texts_is_compared_in_part_and_the_rest_is_counted(monkeypatch) -> None:
    monkeypatch.setattr(candidates, "MOST_TEXTS", 20)
    records = [make("kai", f"brygge på minst {number} meter", number) for number in range(30)]
    copies = [make("kai", "brygge på minst 0 meter", 100 + number) for number in range(25)]
    found = Candidates([*records, *copies])
    compared = {side.concept for pair in found.pairs() for side in (pair.a, pair.b)}
    assert len(compared) == 20 + 19
    catalogue = records[0].catalogue
    assert list(found.left_out()) == [LeftOut(catalogue, "kai", 30, 55 - len(compared))]
    assert list(found.left_out({"havn"})) == []
    assert list(Candidates(records[:20]).left_out()) == []
