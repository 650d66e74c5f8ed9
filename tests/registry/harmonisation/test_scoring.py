import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from definition_samples import make

from registry.cli import main
from registry.errors import ConfigurationError
from registry.harmonisation import labelled
from registry.harmonisation.comparison import compare
from registry.harmonisation.scoring import model, training
from registry.harmonisation.scoring.features import FEATURES, features
from registry.harmonisation.scoring.training import LabelledPair
from registry.services import use_scorer
from registry.settings import Settings

PAIRS = Path(__file__).with_name("pairs.jsonl")


def stairs(number: int, seed: int = 1) -> list[LabelledPair]:
    """Pairs whose first feature decides their label, the others being noise."""
    chance = random.Random(seed)
    made = []
    for _ in range(number):
        numbers = [chance.random() for _ in FEATURES]
        made.append(LabelledPair(tuple(numbers), model.LABELS[min(3, int(numbers[0] * 4))]))
    return made


def test_what_decides_is_learned() -> None:
    made = training.train(stairs(300))
    fresh = stairs(100, seed=2)
    right = [made.judge(pair.numbers).label == pair.label for pair in fresh]
    assert sum(right) / len(right) >= 0.75
    strongest = [max(range(len(FEATURES)), key=lambda place, head=head: abs(head[place])) for head in made.weights]
    assert strongest == [0, 0, 0]


def test_training_gives_the_same_coefficients_every_time() -> None:
    assert training.train(stairs(60)) == training.train(stairs(60))


def test_a_pair_that_weighs_nothing_teaches_nothing() -> None:
    pairs = stairs(80)
    misled = [replace(pair, label="homonym", weight=0.0) for pair in stairs(40, seed=5)]
    assert training.train([*pairs, *misled]).weights == training.train(pairs).weights


def test_probabilities_are_those_of_a_stair() -> None:
    found = training.train(stairs(60)).judge([0.5] * len(FEATURES)).probabilities
    assert len(found) == 4
    assert all(chance >= 0 for chance in found)
    assert sum(found) == pytest.approx(1)


def test_a_held_out_pair_is_judged_without_its_own_label() -> None:
    pairs = stairs(60)
    odd = replace(pairs[0], label="homonym" if pairs[0].label == "same" else "same", weight=1000.0)
    with_it = training.train([odd, *pairs[1:]]).judge(odd.numbers)
    without = training.held_out([odd, *pairs[1:]])[0]
    assert with_it.label == odd.label
    assert without.label != odd.label


@pytest.mark.parametrize(
    ("higher", "lower", "expected"), [([3, 2], [1, 0], 1.0), ([1], [1], 0.5), ([0], [1, 2], 0.0), ([], [1], 0.5)]
)
def test_auc(higher: list[float], lower: list[float], expected: float) -> None:
    assert training.auc(higher, lower) == expected


def test_features_are_the_same_from_both_sides() -> None:
    a, b = make("kai", "plass ved sjøen i minst 3 år", 1), make("kai", "areal ved sjø som leies ut i to år", 2)
    for kinds in (frozenset(), frozenset({"GenusDifference"})):
        assert features(a, b, "overlapping", kinds) == pytest.approx(features(b, a, "overlapping", kinds))
        assert len(features(a, b, "overlapping", kinds)) == len(FEATURES)


def test_coefficients_of_ones_own_are_used_until_they_are_taken_away(tmp_path: Path) -> None:
    a, b = make("kai", "plass der båter ligger", 1), make("kai", "areal som båter bruker", 2, publisher="kyst")
    before = compare(a, b)
    file = tmp_path / "coefficients.json"
    empty = tuple(0.0 for _ in FEATURES)
    ones = tuple(1.0 for _ in FEATURES)
    model.write(file, model.Scorer(FEATURES, empty, ones, (empty, empty, empty), (3.0, 3.5, 4.0)))
    try:
        use_scorer(Settings(scorer=file))
        assert compare(a, b).label == "same"
    finally:
        use_scorer(Settings())
    assert compare(a, b) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        ("no json", "holds no coefficients"),
        ("{}", "holds no coefficients"),
        (json.dumps({"features": ["x"], "means": [0], "scales": [1], "weights": [[1]], "biases": [0]}), "coefficients"),
    ],
)
def test_a_file_without_coefficients_is_named(tmp_path: Path, content: str | None, said: str) -> None:
    file = tmp_path / "c.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=rf"SAMSVAR_SCORER: .*c\.json.*{said}"):
        use_scorer(Settings(scorer=file))


def test_train_prints_figures_and_writes_what_the_register_reads(tmp_path: Path) -> None:
    output = tmp_path / "made.json"
    result = CliRunner().invoke(main, ["train", str(PAIRS), "--output", str(output)])
    assert result.exit_code == 0, result.output
    assert "held out in 10 folds: four-way 0." in result.output
    assert model.read(output.read_text(encoding="utf-8"), "made").trained_on.endswith("in pairs.jsonl")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1 is no labelled pair"),
        ('{"a": {"term": "kai", "definition": "x"}, "b": {"term": "kai", "definition": "y"}}', "line 1 has no 'label'"),
        (
            '{"a": {"term": "kai", "definition": "x"}, "b": {"term": "kai", "definition": "y"}, "label": "odd"}',
            "must be one of same, harmonisable, conflict, homonym",
        ),
    ],
)
def test_a_line_that_is_no_labelled_pair_is_named(line: str, said: str) -> None:
    with pytest.raises(labelled.LabelledPairError, match=said):
        labelled.read([line])


def test_too_few_pairs_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "few.jsonl"
    file.write_text("\n".join(PAIRS.read_text(encoding="utf-8").splitlines()[:5]), encoding="utf-8")
    result = CliRunner().invoke(main, ["train", str(file)])
    assert result.exit_code == 3
    assert "20 of each label are needed" in result.output
