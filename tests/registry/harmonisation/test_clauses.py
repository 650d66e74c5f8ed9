import pytest

from registry.harmonisation.clauses import items
from registry.harmonisation.enumerations import lists
from registry.harmonisation.evidence import EVIDENCE
from registry.harmonisation.records import DefinitionRecord


@pytest.mark.parametrize(
    ("text", "language", "taken_out"),
    [
        ("båter, bortsett fra kanoer og kajakker", "no", ["kanoer", "kajakker"]),
        ("båtar, utanom kanoar", "no", ["kanoar"]),
        ("varer på lager. Brukte varer regnes ikke med", "no", ["Brukte varer"]),
        ("varer på lager. Som vare regnes ikke emballasje", "no", ["emballasje"]),
        ("varer, unntatt engros- og detaljhandel", "no", ["engros- og detaljhandel"]),
        ("arbeid, unntatt privat og frivillig innsats", "no", ["privat og frivillig innsats"]),
        ("boats, with the exception of canoes", "en", ["canoes"]),
        ("varer, herunder, men ikke begrenset til, mat", "no", []),
        ("varer på lager. Første ledd gjelder ikke for torghandel", "no", []),
        ("utgift som er unntatt ved beregningen", "no", []),
        ("en unntatt enhet i konsernet", "no", []),
        ("avtale inngått utenom faste forretningslokaler", "no", []),
        ("båt på fjorden. Kano: båt, unntatt kajakk", "no", []),
    ],
)
def test_what_is_taken_out(text: str, language: str, taken_out: list[str]) -> None:
    assert [item.text for item in items(text, language, "exclusion")] == taken_out


@pytest.mark.parametrize(
    ("text", "language", "listed"),
    [
        ("hund, katt og hest", "no", ["hund", "katt", "hest"]),
        ("dyr som hund, katt eller hest på gård", "no", ["hund", "katt", "hest"]),
        ("produksjon, lagring og annen bruk av garn", "no", ["produksjon", "lagring", "bruk"]),
        ("cattle, sheep and goats kept for milk", "en", ["cattle", "sheep", "goats"]),
        ("hund og katt", "no", []),
        ("den som lager et garn, eller får et garn laget, og som selger det", "no", []),
    ],
)
def test_the_members_of_a_list(text: str, language: str, listed: list[str]) -> None:
    found = [text[member.start : member.end] for each in lists(text, language) for member in each]
    assert found == listed


@pytest.mark.parametrize(
    "text",
    ["100 000 " * 1_500, "1 " * 6_000, "og " * 4_000, "a, " * 4_000, f"5{' ' * 12_000}kr", "herunder a, b og c " * 600],
    ids=["groups", "digits", "joiners", "commas", "blanks", "inclusions"],
)
def test_a_hostile_text_is_read_to_the_end(text: str) -> None:
    """Each of these once took the square of its length: minutes."""
    hostile, plain = DefinitionRecord("x", text), DefinitionRecord("x", "båt over 5 meter, unntatt a, b og c")
    for kind in EVIDENCE:
        assert all(item.kind == kind.code for item in kind.find(hostile, plain))
