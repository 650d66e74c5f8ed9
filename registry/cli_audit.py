"""``samsvar audit``: who did what, and when, for those who must look into it."""

import csv
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, astuple, fields
from datetime import UTC, datetime
from itertools import takewhile

import click

from registry.observing.audit import Event, events, moment
from registry.services import build_services
from registry.settings import Settings

_DAY = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"])


@click.command()
@click.option("--since", type=_DAY, help="From this day or second on, in UTC.")
@click.option("--until", type=_DAY, help="Until before this day or second, in UTC.")
@click.option("--by", default="", metavar="WHO", help="Only what this token, source, owner or user did.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True)
def audit(since: datetime | None, until: datetime | None, by: str, form: str) -> None:
    """List every write, oldest first: imports, updates, texts of cases, decisions, tokens, users, sources."""
    first = since.replace(tzinfo=UTC) if since else datetime.min.replace(tzinfo=UTC)
    last = until.replace(tzinfo=UTC) if until else datetime.max.replace(tzinfo=UTC)
    before = takewhile(lambda each: moment(each) < last, events(build_services(Settings())))
    _PRINTED[form](each for each in before if moment(each) >= first and by in ("", each.author, each.owner))


def _text(found: Iterable[Event]) -> None:
    for each in found:
        who = " ".join(filter(None, (each.author, each.owner and f"({each.owner})", each.organisation)))
        click.echo(f"{each.time}  {who}  {each.act}: {each.about}")


def _csv(found: Iterable[Event]) -> None:
    rows = csv.writer(sys.stdout)
    rows.writerow(each.name for each in fields(Event))
    rows.writerows(map(astuple, found))


def _json(found: Iterable[Event]) -> None:
    for each in found:
        click.echo(json.dumps(asdict(each), ensure_ascii=False))


_PRINTED = {"text": _text, "csv": _csv, "json": _json}
