"""``samsvar links``: proposed links to concepts, what was decided about them, and how far each owner has come."""

import json

import click
from rich.console import Console

from registry.linking.decisions import decisions
from registry.linking.proposals import Proposal, chosen, coverage, proposals
from registry.linking.things import KINDS
from registry.services import build_services
from registry.settings import Settings


@click.command()
@click.option("--catalogue", default="", help="Only things of the catalogue with this id.")
@click.option("--kind", default="", type=click.Choice(["", *KINDS]), help="Only things of this kind.")
@click.option("--decisions", "decided", is_flag=True, help="List what was decided instead.")
@click.option("--coverage", "covered", is_flag=True, help="Count the things of each owner instead.")
@click.option("--limit", default=50, show_default=True, help="At most so many things (0: all).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def links(catalogue: str, kind: str, *, decided: bool, covered: bool, limit: int, as_json: bool) -> None:
    """List things that say no concept, with the concepts that they may mean."""
    services = build_services(Settings())
    reader, urls = services.store.reader(), services.urls
    document: dict[str, list[dict[str, object]]] = {}
    lines: list[str] = []
    if decided:
        made = decisions(reader)
        document["decisions"] = [each.as_json() for each in made]
        lines = [f"{each.time} {each.outcome}: {each.thing} -> {each.concept}" for each in made]
    elif covered:
        owners = coverage(reader, urls)
        document["owners"] = [each.as_json() for each in owners]
        lines = [
            f"{each.linked:6} of {each.things:6}, {each.proposed:5} proposed: {each.owner or '-'}" for each in owners
        ]
    else:
        found = proposals(reader, urls, chosen(reader, urls, catalogue, kind)[: limit or None])
        document["proposals"] = [each.as_json() for each in found]
        lines = [line for each in found for line in _lines(each)]
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        console.print(line, markup=False)


def _lines(proposal: Proposal) -> list[str]:
    thing = proposal.thing
    head = f"{thing.kind}: {' | '.join(word.value for word in thing.words)} <{thing.uri}>"
    found = [f"  {each.score:.2f} {each.concept.name('nb')} <{each.concept.uri}>" for each in proposal.candidates]
    return [head, *found]
