"""``samsvar user``: who may sign in with OpenID Connect, and what each may do."""

import json
from dataclasses import asdict

import click

from registry.access.people import People, Person
from registry.access.tokens import ROLES
from registry.settings import Settings


def _people() -> People:
    return People(Settings().data.absolute() / "state.db")


@click.group()
def user() -> None:
    """Let people sign in with OpenID Connect, list them, remove them."""


@user.command()
@click.argument("subject")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What the person may do.")
@click.option("--organisation", default="", metavar="ORGNR", help="For whom: nine digits.")
@click.option("--name", default="", help="What to call the person.")
def add(subject: str, role: str, organisation: str, name: str) -> None:
    """Let SUBJECT (the provider's sub, or an address that it verifies) sign in, or change what he may do."""
    _people().add(Person(subject, name or subject, role, organisation))
    click.echo(f"{name or subject} signs in as {role}{organisation and ' of ' + organisation}")


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_users(as_json: bool) -> None:
    """List those who may sign in."""
    people = _people().all()
    if as_json:
        click.echo(json.dumps({"users": [asdict(each) for each in people]}, ensure_ascii=False, indent=1))
        return
    for each in people:
        click.echo(" ".join(filter(None, (each.subject, each.role, each.organisation, each.name))))


@user.command()
@click.argument("subject")
def remove(subject: str) -> None:
    """Let SUBJECT sign in no longer."""
    _people().remove(subject)
    click.echo(f"{subject} signs in no longer")
