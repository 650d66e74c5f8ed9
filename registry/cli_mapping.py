"""The options of ``samsvar import`` that bring in tables with columns of their own: ``--mapping`` and ``--guess``."""

from collections.abc import Iterable
from pathlib import Path

import click

from importers.base import Source, UnreadableSourceError
from importers.table_guessing import guess_table
from importers.table_mapping import MappingError, TableMapping, mapping_from_toml


def read_mapping(_: click.Context, __: click.Parameter, value: Path | None) -> TableMapping | None:
    """The mapping that the option names.

    Raises:
        click.BadParameter: it cannot be used; says what is wrong and how to mend it.
    """
    if value is None:
        return None
    try:
        return mapping_from_toml(value.read_text(encoding="utf-8"))
    except MappingError as error:
        raise click.BadParameter(f"{value}: {error}") from error
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{value} is not UTF-8: {error}.") from error


def print_guesses(sources: Iterable[Source], refused: Iterable[UnreadableSourceError]) -> int:
    """Prints the mapping guessed for each table, as TOML. Returns the exit code: 2 where none could be guessed."""
    errors = list(refused)
    guessed = 0
    for source in sources:
        try:
            guess = guess_table(source)
        except UnreadableSourceError as error:
            errors.append(error)
            continue
        guessed += 1
        click.echo(f"# {source.name}: guessed; read it through, then: samsvar import ... --mapping this-file.toml")
        click.echo(guess.as_toml(), nl=False)
    for unreadable in errors:
        click.echo(f"samsvar: {unreadable}", err=True)
    return 1 if errors and guessed else 0 if guessed else 2
