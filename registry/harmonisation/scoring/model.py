"""Coefficients and what they say of a pair. The four labels are steps of one stair, and a head decides at each step.

Head t gives the probability that a label is at most the t-th of same, harmonisable, conflict, homonym:

    z_t = bias_t + sum_i weight_ti (x_i - mean_i) / scale_i
    P(label <= t) = 1 / (1 + exp(-z_t)), made to rise with t

same_score is P(label <= same). The label is the one that is likely to cost least: 1 where it is wrong, and half as
much more where it is wrong by two steps or three.
"""

import json
import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

from registry.harmonisation.records import DefinitionRecord, Label, Relation
from registry.harmonisation.scoring.features import FEATURES, features

LABELS: tuple[Label, ...] = ("same", "harmonisable", "conflict", "homonym")
_FAR = 0.5
_SHIPPED = "coefficients.json"
_SHIPPED_SEMANTIC = "coefficients_semantic.json"
SEMANTIC = (*FEATURES, "meaning")
"""The features where the extra samsvar[semantic] is in use."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The probability of each label, in the order of LABELS."""

    probabilities: tuple[float, ...]

    @property
    def same_score(self) -> float:
        """How likely it is that two definitions say the same, rounded to three decimals."""
        return round(self.probabilities[0], 3)

    @property
    def label(self) -> Label:
        """The label that is likely to cost least; of two that cost the same the first."""
        return LABELS[min(range(len(LABELS)), key=self._cost)]

    def _cost(self, step: int) -> float:
        away = [abs(step - other) for other in range(len(LABELS))]
        costs = [(far > 0) + _FAR * (far > 1) for far in away]
        return sum(chance * cost for chance, cost in zip(self.probabilities, costs, strict=True))


@dataclass(frozen=True, slots=True)
class Scorer:
    """Coefficients for the features named; `weights` and `biases` have one entry a head; `trained_on` is for people."""

    features: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]
    trained_on: str = ""

    def judge(self, numbers: Sequence[float]) -> Judgement:
        """What the coefficients say of a pair with these features."""
        plain = [(number - mean) / scale for number, mean, scale in zip(numbers, self.means, self.scales, strict=True)]
        steps: list[float] = []
        for weights, bias in zip(self.weights, self.biases, strict=True):
            step = logistic(bias + sum(weight * one for weight, one in zip(weights, plain, strict=True)))
            steps.append(max([step, *steps[-1:]]))
        return Judgement(tuple(high - low for low, high in zip([0.0, *steps], [*steps, 1.0], strict=True)))

    def as_json(self) -> str:
        """The coefficients as the file that `read` takes."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def logistic(number: float) -> float:
    """1 / (1 + exp(-number)), for numbers of any size."""
    if number < 0:
        grown = math.exp(max(number, -700.0))
        return grown / (1 + grown)
    return 1 / (1 + math.exp(-min(number, 700.0)))


class ScorerError(ValueError):
    """A file that holds no coefficients, or those of another version; says which and why."""


Meaning: TypeAlias = Callable[[str, str], float]
"""How alike two texts are in meaning."""
_chosen: list[Scorer] = []
_meaning: list[Meaning] = []


def scorer() -> Scorer:
    """The coefficients that `use` was given last, else those that come with the program."""
    return _chosen[-1] if _chosen else _shipped(_SHIPPED_SEMANTIC if _meaning else _SHIPPED)


def chosen() -> Scorer | None:
    """The coefficients that `use` was given; None for those that come with the program."""
    return _chosen[-1] if _chosen else None


def take(made: Scorer | None) -> None:
    """Judges by these coefficients, as `chosen` gave them in another process, and not by meaning."""
    _meaning[:] = []
    _chosen[:] = [] if made is None else [made]


def compares_meaning() -> bool:
    """Whether `use` was given what tells how alike two texts are in meaning."""
    return bool(_meaning)


@cache
def _shipped(name: str) -> Scorer:
    return read(files("registry.harmonisation.scoring").joinpath(name).read_text(encoding="utf-8"), name)


def numbers_of(
    a: DefinitionRecord, b: DefinitionRecord, relation: Relation, kinds: AbstractSet[str]
) -> tuple[float, ...]:
    """The features of a pair, with the likeness in meaning where `use` was given what tells it."""
    numbers = features(a, b, relation, kinds)
    return (*numbers, _meaning[-1](a.text, b.text)) if _meaning else numbers


def names() -> tuple[str, ...]:
    """The names of those features."""
    return SEMANTIC if _meaning else FEATURES


def use(path: Path | None, meaning: Meaning | None = None) -> None:
    """Judges by the coefficients of this file from now on; None: by those that come with the program.

    Raises:
        ScorerError: the file cannot be read, or `read` refuses it.
    """
    _meaning[:] = [] if meaning is None else [meaning]
    found: list[Scorer] = []
    if path is not None:
        try:
            found = [read(path.read_text(encoding="utf-8"), str(path))]
        except OSError as error:
            raise ScorerError(f"{path} cannot be read: {error.strerror}") from error
    _chosen[:] = found


def read(text: str, name: str) -> Scorer:
    """Coefficients from a file's text.

    Raises:
        ScorerError: the file holds none, or they are for other features than this version has.
    """
    try:
        found: dict[str, Any] = json.loads(text)
        made = Scorer(
            tuple(found["features"]),
            tuple(map(float, found["means"])),
            tuple(map(float, found["scales"])),
            tuple(tuple(map(float, head)) for head in found["weights"]),
            tuple(map(float, found["biases"])),
            str(found.get("trained_on", "")),
        )
        made.judge([0.0] * len(names()))
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise ScorerError(f"{name} holds no coefficients ({error}); make it with samsvar train") from error
    if made.features != names() or len(made.weights) != len(LABELS) - 1:
        raise ScorerError(f"{name} was made for other features; make it again with samsvar train")
    return made


def write(path: Path, made: Scorer) -> None:
    """Writes coefficients to a file."""
    path.write_text(made.as_json(), encoding="utf-8")
