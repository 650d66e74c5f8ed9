"""``samsvar rules``: which rules the definitions of catalogues break, and what they score."""

import json

import click
from rich.console import Console

from registry.catalogue.graphs import GraphInfo, graphs
from registry.definition_rules.judging import Judgement, RuleScore, of_graph
from registry.errors import NotFoundError
from registry.services import build_services
from registry.settings import Settings


@click.command()
@click.option("--catalogue", default="", metavar="ID", help="This catalogue alone, with every finding.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, with every finding.")
def rules(catalogue: str, as_json: bool) -> None:
    """Show how well the definitions of catalogues keep to the rules for definitions."""
    reader = build_services(Settings()).store.reader()
    chosen = [one for one in graphs(reader).values() if one.kind == "catalogue" and catalogue in ("", one.identifier)]
    if catalogue and not chosen:
        raise NotFoundError(f"There is no catalogue {catalogue}.")
    judged = [(one, of_graph(reader, one.uri)) for one in chosen]
    if as_json:
        document = {"catalogues": [found.of_catalogue_as_json(one.identifier, "en") for one, found in judged]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    _print(judged, whole=bool(catalogue))


def _print(judged: list[tuple[GraphInfo, Judgement]], *, whole: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for one, found in sorted(judged, key=lambda pair: (-pair[1].score.share, pair[0].identifier)):
        console.print(_line(found.score, one.identifier), markup=False)
        if not whole:
            continue
        for organisation, score in found.by_publisher().items():
            console.print(_line(score, f"  {organisation or '-'}"), markup=False)
        for code, number in found.score.broken.items():
            console.print(f"{number:6} {code}", markup=False)
        for finding in found.findings:
            said = f"{finding.rule.code}: {finding.record.concept}: {finding.explanations['en']}"
            console.print(f"{said} Proposal: {finding.mended}" if finding.mended else said, markup=False)


def _line(score: RuleScore, name: str) -> str:
    return f"{score.share:4.0%} {score.definitions:6} {score.points:8} of {score.of:8} {name}"
