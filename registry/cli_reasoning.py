"""``samsvar reason``: contradictions in information models, by plain checks and by HermiT."""

import json
from dataclasses import replace

import click
from rich.console import Console

from registry.errors import NotFoundError
from registry.reasoning.contradictions import Contradiction
from registry.reasoning.reasoned import Reasoned, ask_hermit, models_of, reasoned
from registry.services import build_services
from registry.settings import Settings


@click.command()
@click.argument("model", default="")
@click.option("--plain", is_flag=True, help="Do not ask HermiT, which needs Java and some seconds a model.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def reason(model: str, plain: bool, as_json: bool) -> None:
    """Find classes that nothing can be in or that are below themselves, in all models or in that with the URI MODEL."""
    services = build_services(Settings())
    reader = services.store.reader()
    found = []
    for uri in [model] if model else models_of(reader):
        one = reasoned(reader, services.reasoned, uri)
        if one is None:
            raise NotFoundError(f"There is no information model {uri}.")
        found.append(one if plain else replace(one, hermit=ask_hermit(reader, services.reasoned, one.model)))
    if as_json:
        click.echo(json.dumps({"models": [one.as_json() for one in found]}, ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False, soft_wrap=True)
    for one in found:
        _print(console, one)
    refused = next((one.hermit.refused for one in found if one.hermit and one.hermit.refused), "")
    if refused:
        console.print(f"HermiT was of no help: {refused} The plain checks were made.", markup=False)


def _print(console: Console, one: Reasoned) -> None:
    number = len(one.contradictions)
    console.print(f"{one.model.title or one.model.iri}: {number or 'no'} contradictions", markup=False)
    for each in one.contradictions:
        console.print(f"    {each.kind}: {_words(each)}", markup=False)


def _words(each: Contradiction) -> str:
    about = f" {each.property} at least {each.least}, at most {each.most}" if each.property else ""
    return f"{each.element}{about}{' with ' if each.others else ''}{' '.join(each.others)}"
