"""``samsvar resolve``: the law that a text refers to, as a table or as JSON."""

import json
import sys
from collections.abc import Iterable

import click
from rich.console import Console
from rich.table import Table

from registry.references.held_acts import held_acts
from registry.references.resolving import ResolvedReference, resolve_text
from registry.services import build_services
from registry.settings import Settings


@click.command()
@click.argument("text")
@click.option("--lines", is_flag=True, help="Each line is a text of its own; one JSON object a line.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def resolve(text: str, lines: bool, as_json: bool) -> None:
    """Find the acts and sections that TEXT refers to (- reads standard input)."""
    reader = build_services(Settings()).store.reader()
    if text == "-":
        with click.open_file("-", encoding="utf-8-sig") as stream:
            text = stream.read()
    if lines:
        acts = held_acts(reader)
        for number, line in enumerate(text.splitlines(), 1):
            found = [each.as_json() for each in resolve_text(reader, line, acts)]
            click.echo(json.dumps({"line": number, "references": found}, ensure_ascii=False))
        return
    references = resolve_text(reader, text)
    if as_json:
        document = {"references": [each.as_json() for each in references]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    _print(references)


def _print(references: Iterable[ResolvedReference]) -> None:
    table = Table("text", "act", "place", "status", "URI", box=None, pad_edge=False)
    for each in references:
        act = f"{each.found.refid} {each.title}".strip() or each.found.written
        table.add_row(each.found.text, act, _place(each), _status(each), each.uri)
    wide = None if sys.stdout.isatty() else 10_000
    console = Console(highlight=False, width=wide, markup=False)
    console.print(table if table.row_count else "No reference to an act or regulation was found.")


def _place(each: ResolvedReference) -> str:
    """The section or chapter with what is named below it: "§ 5-1 subsection 1 letter a"."""
    below = each.found.below
    named = (
        ("subsection", below.subsection),
        ("sentence", below.sentence),
        ("letter", each.letter),
        ("number", each.number),
    )
    parts = [each.provision or each.found.chapter]
    return " ".join(filter(None, [*parts, *(f"{name} {', '.join(values)}" for name, values in named if values)]))


def _status(each: ResolvedReference) -> str:
    """The status in words, with what is guessed and what took the act's place."""
    found = each.found
    parts = [each.status.replace("_", " ")]
    if found.standing not in {"held", "unknown"}:
        parts.append(found.standing)
    if each.provision_status in {"missing", "repealed"}:
        parts.append(f"section {each.provision_status}")
    if found.successor:
        parts.append(f"now {found.successor}")
    if found.guess:
        parts.append(f"guess: {found.guess}")
    return ", ".join(parts)
