import pytest

from registry.harmonisation.genus import genus


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("en fysisk eller juridisk person som søker", "person"),
        ("private eller offentlige foretak med ansatte", "foretak"),
        ("formell og ikke formell kompetanse som teller", "kompetanse"),
        ("statlige, fylkeskommunale eller kommunale kontorer", "kontor"),
        ("den som driver et anlegg", "person"),
        ("Den/de som har ansvar", "person"),
        ("enhver som tar imot fisk", "person"),
        ("differansen mellom to priser", "differanse"),
        ("måleren mellom to rom", "måler"),
        ("sysselsatte i fiske", "sysselsatt"),
        ("alle typer aktiva i et firma", "aktiva"),
        ("penger på konto", "penger"),
        ("bøker om fiske", "bøker"),
        ("en samling av filer om fisk", "fil"),
        ("en avgrenset rekkefølge av aktiviteter som gjentas", "aktivitet"),
        ("avtale inngått ved kjøp", "avtale"),
        ("tiltak knyttet til fiske", "tiltak"),
        ("Ph.d.-kandidat som er tatt opp", "ph.d.-kandidat"),
        ("bolig, hytte eller hus med rom", "bolig"),
        ("forskning og utvikling av båter", "forskning"),
    ],
)
def test_the_genus_is_shown_as_a_word_that_exists(text: str, shown: str) -> None:
    found = genus(text, "no")
    assert found is not None
    assert found.shown == shown
    assert text[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    [
        "alt som tas i garn",
        "sau og geit",
        "Skoler kan gi fritak for emner",
        "En utdanning er inndelt i emner",
        "når båter legger til",
        "",
    ],
)
def test_lists_and_sentences_name_no_genus(text: str) -> None:
    assert genus(text, "no") is None
