"""``samsvar export`` and ``rebuild``: everything in forms that need no Samsvar to be read, and back."""

from pathlib import Path

import click

from registry.carrying.export import export as write_export
from registry.carrying.rebuild import rebuild as rebuild_register
from registry.services import build_services
from registry.settings import Settings


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
def export(directory: Path) -> None:
    """Write everything into a new DIRECTORY: quads as N-Quads, source files, what people wrote as SQL, checksums."""
    record = write_export(build_services(Settings()), directory)
    click.echo(f"generation {record.generation}, {record.quads} quads and {len(record.files)} files, in {directory}")


@click.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
def rebuild(directory: Path) -> None:
    """Build a fresh register in the data directory, which must be empty, out of the export in DIRECTORY."""
    settings = Settings()
    record = rebuild_register(directory, settings)
    click.echo(f"generation {record.generation}, {record.quads} quads, built anew in {settings.data}")
