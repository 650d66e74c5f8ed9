"""``samsvar repair``: a source as it should read, in its own form, each repair marked where it stands."""

from pathlib import Path

import click

from importers.base import Source
from importers.table_mapping import TableMapping
from registry.cli_mapping import read_mapping
from registry.repairing import repaired_files
from registry.services import build_services
from registry.settings import Settings


@click.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Where to; default: standard output."
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=read_mapping,
    help="A TOML file that says what the columns of a table hold.",
)
@click.pass_context
def repair(ctx: click.Context, path: Path, output: Path | None, mapping: TableMapping | None) -> None:
    """Write the file PATH with its flaws mended and each repair marked; nothing is imported."""
    made = repaired_files(build_services(Settings()), [Source(path.name, path.read_bytes())], mapping)
    if output is None:
        click.echo(made.data, nl=False)
    else:
        output.write_bytes(made.data)
    click.echo(f"repaired: {', '.join(made.codes) or 'nothing needed it'}", err=True)
    if made.left:
        click.echo(f"still there: {', '.join(made.left)}", err=True)
        ctx.exit(1)
