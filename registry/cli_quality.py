"""``samsvar quality``: how good the descriptions are, of the register or of one catalogue."""

import json

import click
from rich.console import Console

from registry.catalogue.graphs import graphs
from registry.errors import NotFoundError
from registry.quality.keeping import current, remeasure
from registry.quality.league import standings
from registry.quality.measuring import Measurement
from registry.quality.tables import row_as_json
from registry.services import build_services
from registry.settings import Settings


@click.command()
@click.argument("catalogue", default="")
@click.option("--measure", is_flag=True, help="Measure again what has changed since it was measured last.")
@click.option("--shacl", is_flag=True, help="Check the catalogue by pyshacl instead; slow.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def quality(catalogue: str, measure: bool, shacl: bool, as_json: bool) -> None:
    """Show how good the descriptions are, of the register or of the CATALOGUE with this id."""
    services = build_services(Settings())
    reader = services.store.reader()
    graph = services.urls.graph("catalogue", catalogue) if catalogue else None
    if graph is not None and graph.value not in graphs(reader):
        raise NotFoundError(f"There is no catalogue {catalogue}.")
    if shacl:
        _by_shacl(reader.n_triples(graph) if graph else b"", as_json=as_json)
        return
    if measure:
        remeasure(services.figures, reader)
    kept = current(services.figures, reader)
    chosen = [each.measurement for uri, each in kept.items() if graph is None or uri == graph.value]
    rows = standings(row for each in chosen for row in each.rows)
    if as_json:
        checks = _checks(chosen) if graph else {}
        document = {"quality": [row_as_json(row) for row in rows], "checks": checks}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False, soft_wrap=True)
    for row in rows:
        line = f"{row.share:4.0%} {row.grade:10} {row.things:6} {row.kind:16} {row.organisation or '-'}"
        console.print(line, markup=False)
    for code, number in (_checks(chosen) if graph else {}).items():
        if number:
            console.print(f"{number:6} {code}", markup=False)


def _checks(chosen: list[Measurement]) -> dict[str, int]:
    return {code: check.number for each in chosen for code, check in each.checks.items()}


def _by_shacl(triples: bytes, *, as_json: bool) -> None:
    from registry.quality.shacl import results

    if not triples:
        raise click.UsageError("--shacl needs the id of a catalogue.")
    found = results(triples)
    if as_json:
        click.echo(json.dumps({"results": [each.as_json() for each in found]}, ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False, soft_wrap=True)
    for each in found:
        console.print(f"{each.level}: {each.thing} {each.message.get('en', '')}", markup=False)
    console.print(f"{len(found)} results")
