"""``samsvar sources`` and ``samsvar harvest``: where catalogues are fetched from, and fetching them."""

import json
import signal
import threading

import click

from importers import IMPORTERS
from registry.harvesting.schedule import harvest_forever, harvest_once, only_harvest
from registry.harvesting.sources import CREDENTIAL_PREFIX, HarvestSource
from registry.harvesting.store import HarvestStore, Run, SourceState
from registry.services import build_services
from registry.settings import Settings
from sparql.errors import StoreError


def _store() -> HarvestStore:
    return HarvestStore(Settings().data.absolute() / "state.db")


@click.group()
def sources() -> None:
    """Add, list, switch and remove the sources that are harvested."""


@sources.command()
@click.argument("identifier", metavar="ID")
@click.argument("url")
@click.option("--title", default="", help="What people call it.")
@click.option(
    "--format", "format_name", default="", type=click.Choice(["", *(each.name for each in IMPORTERS)]), help="Importer."
)
@click.option("--catalogue", default="", help="Id of the catalogue that it becomes; default: as the content says.")
@click.option("--publisher", default="", metavar="ORGNR", help="Organisation number, where the source has none.")
@click.option("--hours", default=24.0, show_default=True, help="Hours between two runs of the daemon.")
@click.option(
    "--credential", default="", metavar="NAME", help=f"{CREDENTIAL_PREFIX}NAME holds the Authorization header."
)
@click.option("--disabled", is_flag=True, help="Add it switched off.")
def add(identifier: str, url: str, format_name: str, *, disabled: bool, **said: str) -> None:
    """Add a source: an ID of your own, and the URL."""
    named = {name: said[name] for name in ("title", "catalogue", "publisher", "credential")}
    source = HarvestSource(
        identifier, url, format=format_name, hours=float(said["hours"]), enabled=not disabled, **named
    )
    _store().add(source)
    click.echo(f"source {identifier} is {'added, switched off' if disabled else 'added'}; nothing was fetched yet")


@sources.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_sources(as_json: bool) -> None:
    """List the sources with their states; those that come with the register are off until they are enabled."""
    states = _store().everything()
    if as_json:
        rows = [{**state.as_json(), "credential": state.source.credential} for state in states]
        click.echo(json.dumps({"sources": rows}, ensure_ascii=False, indent=1))
        return
    for state in states:
        click.echo(f"{state.source.id}: {_in_words(state)}, {state.source.url}")


@sources.command()
@click.argument("identifier", metavar="ID")
def enable(identifier: str) -> None:
    """Switch a source on: from now on it is harvested."""
    _store().switch(identifier, on=True)
    click.echo(f"source {identifier} is switched on")


@sources.command()
@click.argument("identifier", metavar="ID")
def disable(identifier: str) -> None:
    """Switch a source off; what it brought stays."""
    _store().switch(identifier, on=False)
    click.echo(f"source {identifier} is switched off; what it brought stays")


@sources.command()
@click.argument("identifier", metavar="ID")
def remove(identifier: str) -> None:
    """Forget a source and its runs; what it brought stays."""
    _store().remove(identifier)
    click.echo(f"source {identifier} is removed; what it brought stays")


@click.command()
@click.argument("identifiers", metavar="[ID]...", nargs=-1)
@click.option("--force", is_flag=True, help="Fetch and import also what has not changed.")
@click.option("--daemon", is_flag=True, help="Run each source when it is due, until stopped.")
@click.pass_context
def harvest(ctx: click.Context, identifiers: tuple[str, ...], *, force: bool, daemon: bool) -> None:
    """Fetch and import the sources that are switched on, or those named, once; exit 1 if one of them failed."""
    if daemon and (identifiers or force):
        raise click.UsageError("--daemon runs every source when it is due: name none, and leave out --force.")
    services = build_services(Settings())
    if daemon:
        harvest_forever(services, _tell, _stopped_by_signals(), _tell_failure)
        return
    with only_harvest(services):
        known = services.harvests
        named = [known.find(each) for each in identifiers]
        runs = harvest_once(
            services, named or [each for each in known.everything() if each.source.enabled], _tell, force=force
        )
    if not runs:
        click.echo("no source is switched on: samsvar sources enable ID")
    ctx.exit(1 if any(run.outcome == "failed" for run in runs) else 0)


def _stopped_by_signals() -> threading.Event:
    """Set by SIGTERM and SIGINT: what is being imported is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _tell(state: SourceState, run: Run) -> None:
    click.echo(f"{run.ended} {state.source.id}: {run.outcome}: {run.message}")


def _tell_failure(error: StoreError) -> None:
    click.echo(f"samsvar: {error}", err=True)


def _in_words(state: SourceState) -> str:
    match state.state:
        case "failing":
            last = f": {state.last.message}" if state.last else ""
            return f"failing since {state.failing_since}{last}"
        case "good":
            return f"good, last fetched {state.succeeded}"
        case other:
            return other
