"""``samsvar token``: making, listing and revoking the tokens with which programs write."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import click

from registry.access.tokens import ROLES, Token, TokenStore
from registry.settings import Settings


def _store() -> TokenStore:
    return TokenStore(Settings().data.absolute() / "state.db")


@click.group()
def token() -> None:
    """Make, list and revoke tokens."""


@token.command()
@click.option("--role", required=True, type=click.Choice(ROLES), help="What the token may do.")
@click.option("--organisation", default="", metavar="ORGNR", help="For whom: nine digits.")
@click.option("--owner", default="", help="Who keeps it: a name or an address.")
@click.option("--days", default=365, show_default=True, type=click.IntRange(0), help="How long it is valid; 0: always.")
def create(role: str, organisation: str, owner: str, days: int) -> None:
    """Make a token. It is printed once, alone on the last line."""
    made, text = _store().create(role, organisation=organisation, owner=owner, days=days)
    until = f"until {made.expires}" if made.expires else "without end"
    click.echo(
        f"token {made.id}: {role}{organisation and ' of ' + organisation}, valid {until}; keep it, it is shown once"
    )
    click.echo(text)


@token.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_tokens(as_json: bool) -> None:
    """List the tokens, without what opens anything."""
    tokens = _store().list()
    if as_json:
        click.echo(json.dumps({"tokens": [asdict(each) for each in tokens]}, ensure_ascii=False, indent=1))
        return
    for each in tokens:
        click.echo(" ".join(filter(None, (each.id, _state(each), each.role, each.organisation, each.owner))))


@token.command()
@click.argument("identifier", metavar="ID")
def revoke(identifier: str) -> None:
    """Revoke a token: from now on it opens nothing."""
    _store().revoke(identifier)
    click.echo(f"token {identifier} is revoked")


def _state(token: Token) -> str:
    if token.revoked:
        return "revoked"
    return "valid" if token.is_valid(datetime.now(UTC)) else "expired"
