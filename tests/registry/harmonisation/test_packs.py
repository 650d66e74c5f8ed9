import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from registry.harmonisation import packs
from registry.harmonisation.quantities import quantities
from registry.harmonisation.words import language_data

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs" / "harmonisation.md"
PAIRS = [
    ("ungdomskort", "kort til en person under atten år", "kort til en person der er fyldt 21 år", set()),
    ("ungdomskort", "kort til en person under atten år", "kort til en person under 21 år", {"ThresholdDifference"}),
    (
        "husdyr",
        "dyr der holdes på en gård, bortset fra bier og fisk",
        "dyr på en gård, herunder bier",
        {"InclusionExclusionContradiction", "ExceptionDifference"},  # bees; fish
    ),
    (
        "torgplads",
        "plads på et torv, undtagen parkeringspladser",
        "plads på et torv der kan lejes",
        {"ExceptionDifference"},
    ),
]


def shown_pack() -> str:
    """The pack that the documentation shows."""
    found = re.search(r"```toml\n(family = .*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.mark.slow
def test_a_language_is_added_as_a_data_file(tmp_path: Path) -> None:
    (tmp_path / "da.toml").write_text(shown_pack(), encoding="utf-8")
    lines = [
        json.dumps(
            {
                "a": {"term": term, "definition": first, "language": "da"},
                "b": {"term": term, "definition": second, "language": "da"},
            }
        )
        for term, first, second, _ in PAIRS
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "registry", "compare", str(file), "--json"],
        env={**os.environ, "SAMSVAR_LANGUAGE_PACKS": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    )
    kinds = {"ThresholdDifference", "InclusionExclusionContradiction", "ExceptionDifference"}
    found = [{each["kind"] for each in json.loads(line)["evidence"]} & kinds for line in run.stdout.splitlines()]
    assert found == [wanted for *_, wanted in PAIRS]


def test_packs_of_one_family_are_read_together() -> None:
    assert {"uker", "veker"} <= set(packs.words("no", "units", "week"))
    assert "weeks" not in packs.words("no", "units", "week")


def test_a_language_without_a_pack_is_compared_by_figures_and_symbols() -> None:
    (only,) = quantities("masa 15 kg", "pl")
    assert (only.family, only.amount) == ("mass", 15)


@pytest.mark.parametrize(
    ("content", "said"),
    [("family = ", "is no TOML"), ('[units]\nyear = ["r"]', "names no family"), (None, "is no folder")],
)
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, content: str | None, said: str) -> None:
    folder = tmp_path / "packs"
    if content is not None:
        folder.mkdir()
        (folder / "xx.toml").write_text(content, encoding="utf-8")
    with pytest.raises(packs.PackError, match=said):
        packs.add_folder(folder)


def test_every_unit_of_a_pack_is_known() -> None:
    for language in ("no", "en", "se"):
        assert set(packs.table(language, "units")) <= set(language_data("units"))
