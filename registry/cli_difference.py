"""The difference that an import would make, as a table for the terminal."""

from collections.abc import Iterable, Iterator
from itertools import islice

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from registry.chain.resting import Resting
from registry.harmonisation.records import Finding
from registry.previews.difference import Difference, ThingChange, Value
from registry.previews.outlook import Duplicate, Outlook
from registry.previews.plans import Plan

_SHOWN = 40
_FEW = 3
"""Changing things that are named for one that rests on them."""
_LONGEST = 200
"""Characters of a value that are shown."""


def print_plan(console: Console, plan: Plan) -> None:
    """Counts and differences of each graph; then the disagreements and duplicates that the import would bring."""
    for graph in plan.graphs:
        print_difference(console, graph.arrival.batch.catalogue, graph.difference)
    print_outlook(console, plan.outlook)


def print_difference(console: Console, catalogue: str, difference: Difference) -> None:
    """Counts, and a row for each property of each thing that differs."""
    numbers = ", ".join(f"{number} {name}" for name, number in difference.counts.items() if number)
    console.print(f"{catalogue}: {numbers or 'nothing'}", markup=False)
    _print_things(console, difference.things)


def print_outlook(console: Console, outlook: Outlook) -> None:
    """The disagreements that would come and go, and what may be one concept."""
    print_some(console, "would bring", [_finding(each) for each in outlook.brings])
    settled = [f"{each.severity}: {each.term}: {each.uri}" for each in outlook.settles]
    print_some(console, "would settle", settled)
    print_some(console, "may be one concept", [_duplicate(each) for each in outlook.duplicates])
    print_some(console, "rests on what changes", [_resting(each) for each in outlook.touches])


def _print_things(console: Console, things: Iterable[ThingChange]) -> None:
    rows = list(islice(_rows(things), _SHOWN + 1))
    if not rows:
        return
    table = Table(box=None, pad_edge=False)
    for name in ("", "thing", "property", "before", "after"):
        table.add_column(name, overflow="fold")
    for row in rows[:_SHOWN]:
        table.add_row(*map(escape, row))
    console.print(table)
    if len(rows) > _SHOWN:
        console.print("... and more: see --json", markup=False)


def _rows(things: Iterable[ThingChange]) -> Iterator[tuple[str, str, str, str, str]]:
    for thing in things:
        name = next((text.value for text in thing.name), thing.uri)
        if not thing.properties:
            yield thing.change, name, "", "", ""
        for number, each in enumerate(thing.properties):
            first = ("", "") if number else (thing.change, name)
            yield *first, each.path, _values(each.before), _values(each.after)


def _values(values: tuple[Value, ...]) -> str:
    return "\n".join(_short(str(value)) for value in values)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def print_some(console: Console, heading: str, found: list[str]) -> None:
    """Lines below a heading, where there are any; beyond `_SHOWN` of them only how many."""
    if not found:
        return
    console.print(f"{heading}:", markup=False)
    for line in found[:_SHOWN]:
        console.print(f"    {line}", markup=False)
    if len(found) > _SHOWN:
        console.print(f"    ... and {len(found) - _SHOWN} more: see --json", markup=False)


def _finding(finding: Finding) -> str:
    evidence = finding.comparison.evidence
    why = evidence[0].explanation["en"] if evidence else finding.comparison.relation
    return f"{finding.comparison.severity}: {finding.term}, {finding.a.said_by} and {finding.b.said_by}: {why}"


def _resting(found: Resting) -> str:
    owner = found.thing.owner.organisation
    emails = [each.email for each in found.thing.owner.contacts if each.email]
    whose = " ".join((owner.name("nb") if owner else "owner not said", *emails))
    on = " ".join(f"{uri} ({change})" for uri, change in found.on[:_FEW])
    more = f" and {len(found.on) - _FEW} more" if len(found.on) > _FEW else ""
    return f"{found.thing.kind} {found.thing.reference.name('nb')} ({whose}): on {on}{more}"


def _duplicate(found: Duplicate) -> str:
    where = f", also of {found.said_by}" if found.said_by else ""
    return f"{found.term}{where}: {' '.join(found.concepts)}"
