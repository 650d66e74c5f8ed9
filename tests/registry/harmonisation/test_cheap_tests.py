"""What spares dear comparisons says the same as they do: marks of phrases, forms of words, counted n-grams."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.harmonisation.leftovers import _said, alike
from registry.harmonisation.packs import is_phrase, marks, may_say, pattern, words
from registry.harmonisation.similarity import _dice, _grams

LISTS = (
    ("exclusion", "after"),
    ("exclusion", "before"),
    ("inclusion", "after"),
    ("inclusion", "before"),
    ("clauses", "relative"),
    ("before", "at_least"),
    ("quantifiers", "several"),
)
PIECES = [
    *sorted({phrase for path in LISTS for phrase in words("no", *path)}),
    "båt",
    "Er",
    "-",
    ",",
    "\n",
    "ikke",
    "≥",
]
WORDS = (
    *(
        "utøving",
        "utøvelse",
        "tidvatn",
        "tidevann",
        "båt",
        "fritidsbåt",
        "forvalte",
        "forvaltning",
        "forvaltningsorgan",
    ),
    *("avgift", "avgiftspliktig", "pliktig", "lov", "loven", "bygning", "byggverk", "e", "et", "eier", "registereier"),
)


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", "  ", ", "])), max_size=8))
def test_where_a_phrase_stands_its_list_may_say_it(pieces: list[tuple[str, str]]) -> None:
    text = "".join(f"{piece}{gap}" for piece, gap in pieces)
    for path in LISTS:
        if pattern("no", *path).search(text):
            assert may_say(text, "no", *path), (text, path)


@pytest.mark.parametrize("text", ["BORTSETT  FRA båter", "båter, også ferger", "mål ≥ 5"])
def test_case_blanks_and_signs_do_not_hide_a_phrase(text: str) -> None:
    assert any(may_say(text, "no", *path) for path in LISTS)


def test_a_phrase_needs_all_its_words() -> None:
    found = marks(["med unntak av", "≥"])
    assert found.may_stand_in("båt, med unntak av ferge")
    assert not found.may_stand_in("båt med motor")
    assert found.may_stand_in("båt ≥ 5")


def test_one_word_is_a_phrase_where_the_pattern_matches_all_of_it() -> None:
    for word in ("Som", "som", "somme", "der", "hvorledes"):
        assert is_phrase(word, "no", "clauses", "relative") == bool(
            pattern("no", "clauses", "relative").fullmatch(word)
        )


@pytest.mark.parametrize(("one", "other"), list(product(WORDS, WORDS)))
def test_a_word_is_in_a_text_in_some_form_where_it_is_alike_one_of_its_words(one: str, other: str) -> None:
    said = _said(other, "none")  # a language without a pack, so that the word is its own lemma
    assert said.in_some_form(one) == alike(one, other)


@given(st.text("abå ", max_size=30), st.text("abå ", max_size=30))
def test_n_grams_that_stand_often_count_as_often(a: str, b: str) -> None:
    first, second = _counted(a), _counted(b)
    shared = sum((first & second).values())
    assert len(_grams(a)) == first.total()
    assert _dice(a, b) == (2 * shared / total if (total := first.total() + second.total()) else 0.0)


def _counted(text: str) -> Counter[str]:
    padded = f" {text} "
    return Counter(padded[start : start + size] for size in (3, 4, 5) for start in range(len(padded) - size + 1))
