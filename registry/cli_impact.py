"""``samsvar impact``: what a change of one thing would touch, as tables or as JSON."""

import json

import click
from rich.console import Console
from rich.table import Table

from registry.catalogue.queries import is_iri
from registry.chain.chain import dependants_of, named
from registry.chain.impact import Affected, Touched, affected, touched, with_names
from registry.services import build_services
from registry.settings import Settings
from registry.settling.resting import resting_on


@click.command()
@click.argument("uri")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def impact(uri: str, as_json: bool) -> None:
    """Say what rests on the concept, provision, model element ... URI, and whose it is."""
    services = build_services(Settings())
    reader = services.store.reader()
    found = dependants_of(reader, services.urls, uri) if is_iri(uri) else None
    if found is None:
        raise click.UsageError(
            f"{uri} is no provision, concept, model, dataset, API, service or event in the register."
        )
    kind, side = found
    things = tuple(with_names(reader, touched(reader, side)))
    owners = affected(things, "nb")
    settled = resting_on(reader, (uri, *(thing.reference.uri for thing in things)))
    if as_json:
        document = {
            **named(reader, uri).as_json(),
            "kind": kind,
            "counts": {level.kind: level.total for level in side.levels},
            "cut": side.cut,
            "owners": [one.as_json() for one in owners],
            "things": [thing.as_json() for thing in things],
            **settled.as_json(),
        }
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    _print(named(reader, uri).name("nb"), owners, things)
    if settled.decisions or settled.cases:
        click.echo(
            f"{len(settled.decisions)} decisions would become stale; {len(settled.cases)} open cases are about it."
        )


def _print(name: str, owners: tuple[Affected, ...], things: tuple[Touched, ...]) -> None:
    console = Console(highlight=False)
    console.print(f"{len(things)} things rest on {name}.", markup=False)
    if not things:
        return
    by_owner = Table("owner", "touched", "contact")
    for one in owners:
        owner = one.organisation.name("nb") if one.organisation else "not said"
        counts = ", ".join(f"{kind} {number}" for kind, number in one.counts.items())
        by_owner.add_row(owner, counts, " ".join(point.email for point in one.contacts if point.email))
    by_thing = Table("steps", "kind", "name", "URI")
    for thing in things:
        by_thing.add_row(str(thing.distance), thing.kind, thing.reference.name("nb"), thing.reference.uri)
    console.print(by_owner)
    console.print(by_thing)
