"""``samsvar imports`` and ``samsvar undo``: imports that happened, what each changed, and taking one back."""

import json

import click
from rich.console import Console

from registry.catalogue.imports import ImportInfo, import_info, last_imports
from registry.cli_difference import print_difference, print_outlook, print_some
from registry.errors import CannotUndoError, NotFoundError
from registry.history.changes import PastImport, past_import
from registry.previews.tables import as_csv
from registry.services import Services, build_services
from registry.settings import Settings
from registry.undoing.undo import UndoPlan, foresee, undo


@click.command()
@click.argument("name", metavar="[ID]", default="")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many, newest first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--csv", "csv_", is_flag=True, help="Print the report and the difference of ID as CSV.")
def imports(name: str, limit: int, as_json: bool, csv_: bool) -> None:
    """List imports, newest first; or tell what one of them changed, by its ID or IRI."""
    services = build_services(Settings())
    reader = services.store.reader()
    if not name:
        if csv_:
            raise click.UsageError("--csv needs the ID of an import.")
        found = last_imports(reader, limit)
        _list(found, as_json=as_json)
        return
    info = import_info(reader, _iri(services, name))
    if info is None:
        raise NotFoundError(f"There is no import {name}: samsvar imports lists them.")
    past = past_import(services, reader, info)
    if csv_:
        for piece in as_csv(past.as_json()):
            click.echo(piece, nl=False)
    elif as_json:
        click.echo(json.dumps(past.as_json(), ensure_ascii=False, indent=1, default=list))
    else:
        _tell(past)


@click.command("undo")
@click.argument("name", metavar="ID")
@click.option("--dry-run", is_flag=True, help="Say what would be put back; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def undo_command(name: str, dry_run: bool, as_json: bool) -> None:
    """Take back what the import ID changed; what others have changed since stays."""
    services = build_services(Settings())
    uri = _iri(services, name)
    try:
        plan = foresee(services, uri) if dry_run else undo(services, uri)
    except CannotUndoError as error:
        for conflict in error.conflicts:
            click.echo(f"{conflict['uri']} {conflict['property']}: {conflict['fix']}", err=True)
        raise
    if as_json:
        click.echo(json.dumps(plan.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(plan)


def _iri(services: Services, name: str) -> str:
    return name if "/" in name else services.urls.mint("imports", name).value


def _list(found: list[ImportInfo], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"imports": [each.as_json() for each in found]}, ensure_ascii=False, indent=1))
        return
    for each in found:
        undone = f"  undone by {each.undone_by.rpartition('/')[2]}" if each.undone_by else ""
        click.echo(f"{each.ended}  {each.identifier}  {each.source}: {each.stored} stored{undone}")


def _tell(past: PastImport) -> None:
    console = Console(highlight=False, soft_wrap=True)
    info = past.info
    console.print(f"{info.ended}  {info.identifier}: {info.source} ({info.format})", markup=False)
    if info.undone_by:
        console.print(f"undone by {info.undone_by}", markup=False)
    if past.report is not None:
        codes = [f"{severity}: {code} ({number})" for code, severity, number in past.report.codes]
        print_some(console, "issues", codes)
    if past.difference is None:
        console.print("What it changed is not kept, or too much to be listed.", markup=False)
    else:
        print_difference(console, past.place.identifier, past.difference)


def _print(plan: UndoPlan) -> None:
    console = Console(highlight=False, soft_wrap=True)
    print_difference(console, plan.arrival.batch.catalogue, plan.difference)
    print_outlook(console, plan.outlook)
    kept = [f"{each.uri} {each.path}: changed by {'; '.join(map(str, each.by))}. {each.fix}" for each in plan.conflicts]
    print_some(console, "stays, because it was changed since", kept)
    console.print(f"undone, as {plan.made}" if plan.made else "dry run: nothing was put back", markup=False)
