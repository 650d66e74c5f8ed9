"""``samsvar serve``, ``backup``, ``restore``, ``doctor`` and ``config``: keeping a register in operation."""

import json
from pathlib import Path

import click
from rich.console import Console

from registry import first_pages, serving
from registry.errors import NotFoundError
from registry.harmonisation.listing import counts
from registry.harmonisation.recheck import recheck_all
from registry.references.following import follow_all
from registry.search.making import reindex as make_index
from registry.services import build_services
from registry.settings import Settings
from registry.store_kinds import examine_service, store_of
from registry.storing import amend
from registry.storing import remove as remove_graph
from registry.upgrading import upgrade as run_migrations
from sparql.embedded.backup import backup as make_backup
from sparql.embedded.doctor import doctor as examine
from sparql.embedded.layout import LAYOUT, check_layout
from sparql.embedded.restore import restore as put_back


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--workers", default=2, show_default=True, help="Web processes.")
def serve(bind: str, workers: int) -> None:
    """Serve the register with gunicorn."""
    serving.serve(bind=bind, workers=workers)


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
def backup(directory: Path) -> None:
    """Copy everything into a new DIRECTORY and verify the copy by reading it.

    What the newest backup in the same folder holds already is not copied again but shared with it (hard links).
    """
    record = make_backup(Settings().data.absolute(), directory)
    click.echo(f"generation {record.generation}, {record.quads} quads, in {directory}, verified by reading it whole")
    if record.shared:
        click.echo(f"{record.shared} of {len(record.files)} files shared with {record.beside}")


@click.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the register that the data directory holds.")
def restore(directory: Path, force: bool) -> None:
    """Restore a backup into the data directory, verified before it is moved into place."""
    settings = Settings()
    record = put_back(directory, settings.data.absolute(), force=force)
    click.echo(f"generation {record.generation}, {record.quads} quads, restored into {settings.data}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Check the data directory in full; exit 1 if something is wrong."""
    settings = Settings()
    checks = [*examine(settings.data.absolute()), *examine_service(store_of(settings))]
    if as_json:
        rows = [{"name": c.name, "ok": c.ok, "message": c.message, "remedy": c.remedy} for c in checks]
        click.echo(json.dumps({"checks": rows}, ensure_ascii=False, indent=1))
    else:
        console = Console(highlight=False, soft_wrap=True)
        for check in checks:
            console.print(f"{'ok   ' if check.ok else 'FAULT'} {check.name}: {check.message}", markup=False)
            if not check.ok and check.remedy:
                console.print(f"      {check.remedy}", markup=False)
    ctx.exit(0 if all(check.ok for check in checks) else 1)


@click.command()
@click.argument("catalogue")
@click.option("--kind", type=click.Choice(["catalogue", "law", "vocabulary"]), default="catalogue", show_default=True)
def remove(catalogue: str, kind: str) -> None:
    """Remove a CATALOGUE, by its id, with what was derived from it; the imported bytes stay."""
    if not remove_graph(build_services(Settings()), kind, catalogue):
        raise NotFoundError(f"There is no {kind} with the id {catalogue}. The ids stand on /catalogues.")
    click.echo(f"removed {kind} {catalogue}")


@click.command()
def recheck() -> None:
    """Apply amendments that have entered into force; compare all definitions anew, as after an upgrade."""
    services = build_services(Settings())
    amended = amend(services)
    with services.store.session(deadline=services.settings.write_deadline) as session:
        recheck_all(session, services.urls)
        follow_all(session, services.urls)
        found = counts(session)
    first_pages.prepare(services, first_pages.MANY)
    if amended:
        click.echo(f"acts amended: {amended}")
    click.echo(", ".join(f"{number} {severity}" for severity, number in found.items()))


@click.command()
def reindex() -> None:
    """Make the search index anew from the store."""
    number = make_index(build_services(Settings()))
    click.echo(f"search index made anew from {number} graphs")


@click.command()
def upgrade() -> None:
    """Bring the data directory of an older version to the layout of this one."""
    services = build_services(Settings(), any_layout=True)
    for each in run_migrations(services):
        click.echo(f"layout {each.layout}: {each.says}")
    check_layout(services.store.directory)
    click.echo(f"{services.store.directory} has layout {LAYOUT}, that of this version")


@click.command()
def config() -> None:
    """Print the settings, and where each comes from."""
    import os

    settings = Settings()
    for name in type(settings).model_fields:
        variable = f"SAMSVAR_{name.upper()}"
        if variable in os.environ:
            origin = "environment"
        else:
            origin = os.environ.get("SAMSVAR_CONFIG", "default") if name in settings.model_fields_set else "default"
        click.echo(f"{variable}={getattr(settings, name)}  ({origin})")
