"""Coefficients from labelled pairs, and what they are worth: ridge logistic regression by Newton's method.

A few hundred pairs and some fifteen features take a second; the figures are of pairs that a fold was not trained on.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from registry.harmonisation.records import Label
from registry.harmonisation.scoring.model import LABELS, Judgement, Scorer, logistic, names

_RIDGE = 10.0
"""How strongly weights are drawn towards 0: with few pairs, strongly. The bias is not."""
_STEPS = 12
_LEAST_SCALE = 1e-6
FOLDS = 10
LEAST = 20
"""Pairs of one label without which nothing is learned."""


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """The features of a pair, the label that a person gave it, and how much it counts beside others."""

    numbers: tuple[float, ...]
    label: Label
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Figures:
    """How well judgements fit labels: shares from 0 to 1; `auc` is that of same_score for same against the rest."""

    pairs: int
    accuracy: float
    off_by_at_most_one: float
    auc: float


def train(pairs: Sequence[LabelledPair], trained_on: str = "") -> Scorer:
    """Coefficients that fit the pairs."""
    columns = list(zip(*(pair.numbers for pair in pairs), strict=True))
    counts = [pair.weight for pair in pairs]
    means = tuple(fmean(column, counts) for column in columns)
    scales = tuple(_scale(column, mean, counts) for column, mean in zip(columns, means, strict=True))
    rows = [
        [*((one - mean) / scale for one, mean, scale in zip(pair.numbers, means, scales, strict=True)), 1.0]
        for pair in pairs
    ]
    steps = [LABELS.index(pair.label) for pair in pairs]
    heads = [_head(rows, counts, [float(step <= top) for step in steps]) for top in range(len(LABELS) - 1)]
    weights = tuple(tuple(round(weight, 5) for weight in head[:-1]) for head in heads)
    biases = tuple(round(head[-1], 5) for head in heads)
    return Scorer(names(), _rounded(means), _rounded(scales), weights, biases, trained_on)


def _scale(column: Sequence[float], mean: float, counts: Sequence[float]) -> float:
    return max(math.sqrt(fmean([(one - mean) ** 2 for one in column], counts)), _LEAST_SCALE)


def _rounded(numbers: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(number, 6) for number in numbers)


def _head(rows: list[list[float]], counts: list[float], wanted: list[float]) -> list[float]:
    """The weights of one head, the bias last."""
    size = len(rows[0])
    ridge = [_RIDGE] * (size - 1) + [_LEAST_SCALE]
    weights = [0.0] * size
    for _ in range(_STEPS):
        gradient = [-penalty * weight for penalty, weight in zip(ridge, weights, strict=True)]
        hessian = [[ridge[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        for row, count, target in zip(rows, counts, wanted, strict=True):
            chance = logistic(sum(weight * number for weight, number in zip(weights, row, strict=True)))
            spread = count * (chance * (1 - chance) + 1e-9)
            for i, number in enumerate(row):
                gradient[i] += count * number * (target - chance)
                line, scaled = hessian[i], spread * number
                for j in range(size):
                    line[j] += scaled * row[j]
        step = _solved(hessian, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
    return weights


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination (the matrix is positive definite)."""
    lines = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(lines)
    for column in range(size):
        pivot = lines[column]
        for line in lines[column + 1 :]:
            factor = line[column] / pivot[column]
            for place in range(column, size + 1):
                line[place] -= factor * pivot[place]
    found = [0.0] * size
    for row in reversed(range(size)):
        known = sum(lines[row][place] * found[place] for place in range(row + 1, size))
        found[row] = (lines[row][size] - known) / lines[row][row]
    return found


def held_out(pairs: Sequence[LabelledPair], seed: int = 0, folds: int = FOLDS) -> list[Judgement]:
    """What is said of each pair by coefficients that were trained without its fold; folds have all labels alike."""
    chance = random.Random(seed)  # noqa: S311 - folds, no secret
    fold = [0] * len(pairs)
    for label in LABELS:
        places = [place for place, pair in enumerate(pairs) if pair.label == label]
        chance.shuffle(places)
        for number, place in enumerate(places):
            fold[place] = number % folds
    made = [train([pair for pair, own in zip(pairs, fold, strict=True) if own != one]) for one in range(folds)]
    return [made[own].judge(pair.numbers) for pair, own in zip(pairs, fold, strict=True)]


def figures(wanted: Sequence[Label], found: Sequence[Label], scores: Sequence[float]) -> Figures:
    """How well labels and same_scores fit what people said."""
    steps = [abs(LABELS.index(one) - LABELS.index(other)) for one, other in zip(wanted, found, strict=True)]
    same = [score for score, label in zip(scores, wanted, strict=True) if label == "same"]
    rest = [score for score, label in zip(scores, wanted, strict=True) if label != "same"]
    return Figures(len(steps), fmean(step == 0 for step in steps), fmean(step <= 1 for step in steps), auc(same, rest))


def auc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """How often a score of the first kind is above one of the second, ties counting half; 0.5 without any."""
    wins = [(one > other) + (one == other) / 2 for one in higher for other in lower]
    return fmean(wins) if wins else 0.5
