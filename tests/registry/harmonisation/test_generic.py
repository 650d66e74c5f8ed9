"""Narrower and broader where one definition only adds something to what both say."""

import pytest

from registry.harmonisation.comparison import compare
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.relations import mirrored
from registry.harmonisation.scoring.paraphrase import unmatched


def relation(term: str, a: str, b: str) -> str:
    first, second = DefinitionRecord(term, a, "nb"), DefinitionRecord(term, b, "nb")
    found = compare(first, second).relation
    assert compare(second, first).relation == mirrored(found)
    return found


@pytest.mark.parametrize(
    ("term", "a", "b", "expected"),
    [
        ("torgvare", "vare fra torget, unntatt fisk", "vare fra torget", "narrower"),
        ("torgvare", "vare fra torget, herunder fisk", "vare fra torget. Fisk er ikke torgvare", "broader"),
        ("torgvare", "vare fra torget, unntatt fisk", "vare fra torget, unntatt bær", "overlapping"),
        ("kaibåt", "båt over 8 meter som ligger ved kai", "båt som ligger ved kai", "narrower"),
        ("kaivakt", "person som har båt og kart", "person som har båt eller kart", "narrower"),
        ("torgdag", "dag der minst én båt er ledig", "dag der alle båter er ledig", "broader"),
        ("kaivakt", "alle eiere av en bod", "noen eiere av en bod", "overlapping"),
        ("kaivakt", "person som skal ha båt", "person som kan ha båt", "overlapping"),
        ("foresatt", "mor, far eller stemor", "mor eller far", "broader"),
    ],
)
def test_the_one_that_adds_something_is_narrower(term: str, a: str, b: str, expected: str) -> None:
    assert relation(term, a, b) == expected


@pytest.mark.parametrize(
    ("a", "b", "left"),
    [
        ("den som driver salg av fisk", "den som selger fisk", 0),
        ("plass i en havn for småbåter", "plass i småbåthavn", 0),
        ("den som selger fisk på torget", "den som selger fisk", 1),
    ],
)
def test_words_without_a_partner_in_another_construction(a: str, b: str, left: int) -> None:
    first, second = DefinitionRecord("fiskehandler", a, "nb"), DefinitionRecord("fiskehandler", b, "nb")
    assert unmatched(first, second) == left
