"""``samsvar changes``: who changed what, when, and what was there before."""

import json
from itertools import islice
from typing import Any

import click

from registry.catalogue.imports import ImportInfo, import_info
from registry.errors import NotFoundError
from registry.journal.entries import Entry
from registry.journal.reading import Wanted, writes
from registry.services import build_services
from registry.settings import Settings

_LINE = 100


@click.command()
@click.argument("write", default="")
@click.option("--graph", default="", metavar="IRI", help="Writes of this named graph.")
@click.option("--thing", default="", metavar="IRI", help="Writes that changed what is said of this thing.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many, newest first.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, with every triple.")
def changes(write: str, graph: str, thing: str, limit: int, as_json: bool) -> None:
    """List writes with time, author and graphs; one WRITE, by its IRI, with every triple removed and added."""
    services = build_services(Settings())
    found = list(islice(writes(services.store.reader(), services.blobs, Wanted(write, graph, thing)), limit))
    if write and not found:
        raise NotFoundError(f"The journal has no write {write}: samsvar changes shows them.")
    for entry in found:
        if as_json:
            click.echo(json.dumps(_as_json(entry), ensure_ascii=False))
        else:
            _print(entry, import_info(services.store.reader(), entry.write), whole=bool(write))


def _print(entry: Entry, made: ImportInfo | None, *, whole: bool) -> None:
    author = f"{entry.author} of {entry.organisation}" if entry.organisation else entry.author
    click.echo(f"{entry.time}  {entry.write}")
    click.echo(f"  by {author}: {_request(entry, whole=whole)}")
    for graph in entry.graphs:
        click.echo(f"  {graph or 'the default graph'}")
    if made is not None and made.stored and not made.unchanged and not entry.removed and not entry.added:
        click.echo(f"  nothing was there before: {made.stored} records stored, whose triples are not listed")
    else:
        click.echo(f"  {len(entry.removed)} removed, {len(entry.added)} added")
    if whole:
        for sign, quads in (("-", entry.removed), ("+", entry.added)):
            for line in sorted(map(str, quads)):
                click.echo(f"{sign} {line} .")


def _request(entry: Entry, *, whole: bool) -> str:
    """What was asked for, on one line unless it is wanted whole."""
    if whole:
        return entry.request
    line = " ".join(entry.request.split())
    return line if len(line) <= _LINE else f"{line[:_LINE]} ..."


def _as_json(entry: Entry) -> dict[str, Any]:
    names = ("write", "author", "organisation", "time", "request", "graphs")
    said = {name: getattr(entry, name) for name in names}
    return said | {name: sorted(f"{quad} ." for quad in getattr(entry, name)) for name in ("removed", "added")}
