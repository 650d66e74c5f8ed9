"""``samsvar train``: coefficients of the scorer from labelled pairs, with what they are worth."""

from collections import Counter
from pathlib import Path
from typing import IO

import click

from registry.errors import BadRequestError
from registry.harmonisation import labelled
from registry.harmonisation.records import Label
from registry.harmonisation.scoring.model import LABELS, write
from registry.harmonisation.scoring.training import FOLDS, LEAST, LabelledPair, figures, held_out
from registry.harmonisation.scoring.training import train as fitted
from registry.services import use_language_packs, use_scorer
from registry.settings import Settings


@click.command()
@click.argument("pairs", type=click.File("r", encoding="utf-8-sig"), nargs=-1, required=True)
@click.option("--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write them here.")
def train(pairs: tuple[IO[str], ...], output: Path | None) -> None:
    """Train the scorer on labelled pairs, one JSON object a line, and print what it is worth.

    The figures are of pairs that were held out: ten folds, each judged by coefficients made without it.
    """
    settings = Settings()
    use_language_packs(settings)
    use_scorer(settings.model_copy(update={"scorer": None}))
    found = [one for file in pairs for pair in _read(file) if (one := pair.learned_from())]
    counts = Counter(pair.label for pair in found)
    _require(counts)
    judged = held_out(found)
    worth = figures([pair.label for pair in found], [one.label for one in judged], [one.same_score for one in judged])
    click.echo(f"{worth.pairs} pairs: " + ", ".join(f"{counts[label]} {label}" for label in LABELS))
    click.echo(f"held out in {FOLDS} folds: four-way {worth.accuracy:.3f}, off by one at most ", nl=False)
    click.echo(f"{worth.off_by_at_most_one:.3f}, same against different AUC {worth.auc:.3f}")
    if output is not None:
        names = ", ".join(Path(file.name).name for file in pairs)
        write(output, fitted(found, f"{_numbers(found)} in {names}"))
        click.echo(f"wrote {output}; SAMSVAR_SCORER={output} makes the register use it")


def _read(file: IO[str]) -> list[labelled.Judged]:
    try:
        return labelled.read(file)
    except labelled.LabelledPairError as error:
        raise BadRequestError(f"{file.name}: {error}") from error


def _require(counts: Counter[Label]) -> None:
    if few := [f"{counts[label]} {label}" for label in LABELS if counts[label] < LEAST]:
        raise BadRequestError(f"Too few pairs to learn from: {', '.join(few)}; {LEAST} of each label are needed.")


def _numbers(found: list[LabelledPair]) -> str:
    return f"{len(found)} labelled pairs"
