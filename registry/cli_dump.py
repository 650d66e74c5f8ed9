"""``samsvar dump``: all data as files, with checksums."""

from pathlib import Path

import click

from registry.dumping.contents import SYNTAXES, dumps
from registry.dumping.files import make
from registry.errors import NotFoundError
from registry.services import build_services
from registry.settings import Settings


@click.command()
@click.argument("names", metavar="[ID]...", nargs=-1)
@click.option("--format", "suffixes", multiple=True, type=click.Choice([*SYNTAXES]), help="Only this format.")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Where to; default: as /dumps gives.")
def dump(names: tuple[str, ...], suffixes: tuple[str, ...], output: Path | None) -> None:
    """Write the register whole and each catalogue, or those named by ID, in every format, with SHA256SUMS."""
    services = build_services(Settings())
    reader = services.store.reader()
    known = dumps(reader, services.urls)
    if unknown := [name for name in names if name not in known]:
        raise NotFoundError(f"There is nothing called {unknown[0]} to dump: there is {', '.join(known)}.")
    directory = output or services.dumps
    for each in make(reader, directory, [known[name] for name in names or known], suffixes or SYNTAXES):
        click.echo(f"{each.sha256}  {each.size:>12}  {directory / each.file}")
