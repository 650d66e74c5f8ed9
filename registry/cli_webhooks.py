"""``samsvar webhook`` and ``samsvar notify``: who is told of changes, and telling them."""

import json
import signal
import threading

import click

from registry.services import build_services
from registry.settings import Settings
from registry.webhooks.hooks import CHANGES, TOPICS, Webhook, checked
from registry.webhooks.notifying import begun, notify_forever, notify_once, only_notifier
from registry.webhooks.store import Delivery, WebhookStore
from sparql.errors import StoreError


def _store() -> WebhookStore:
    return WebhookStore(Settings().data.absolute() / "state.db")


@click.group()
def webhook() -> None:
    """Add, list and remove the webhooks that are told of changes."""


@webhook.command()
@click.argument("identifier", metavar="ID")
@click.argument("url")
@click.option("--catalogue", default="", help="Changes of this catalogue, act or regulation alone, by its id.")
@click.option("--organisation", default="", metavar="ORGNR", help="Changes of this organisation's catalogues alone.")
@click.option("--term", default="", help="Changes of the concepts that go by this word alone.")
@click.option(
    "--topic", type=click.Choice(TOPICS), default=CHANGES, help="What imports change, or what happens in cases."
)
def add(*, identifier: str, url: str, catalogue: str, organisation: str, term: str, topic: str) -> None:
    """Add a webhook: an ID of your own, and the URL. Its secret is printed once, alone on the last line."""
    services = build_services(Settings())
    hook = checked(
        Webhook(identifier, url, catalogue, organisation, term, topic=topic), services.settings.webhook_allow
    )
    secret = services.webhooks.add(begun(services, hook))
    click.echo(f"webhook {hook.id} is added; keep the secret, it is shown once")
    click.echo(secret)


@webhook.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_webhooks(as_json: bool) -> None:
    """List the webhooks with their last deliveries."""
    store = _store()
    if as_json:
        rows = [
            {**each.as_json(), "deliveries": [one.as_json() for one in store.deliveries(each.id)]}
            for each in store.everything()
        ]
        click.echo(json.dumps({"webhooks": rows}, ensure_ascii=False, indent=1))
        return
    for each in store.everything():
        last = next(iter(store.deliveries(each.id)), None)
        click.echo(f"{each.id}: {each.url}: {_in_words(last) if last else 'nothing told yet'}")


@webhook.command()
@click.argument("identifier", metavar="ID")
def remove(identifier: str) -> None:
    """Forget a webhook, its secret and its deliveries."""
    _store().remove(identifier)
    click.echo(f"webhook {identifier} is removed")


@click.command()
@click.option("--daemon", is_flag=True, help="Go on until stopped.")
@click.option("--force", is_flag=True, help="Also those that failed and are not due again yet.")
@click.pass_context
def notify(ctx: click.Context, *, daemon: bool, force: bool) -> None:
    """Tell every webhook what has changed since it was told last; exit 1 if one could not be told."""
    if daemon and force:
        raise click.UsageError("--daemon tells each when it is due: leave out --force.")
    services = build_services(Settings())
    if daemon:
        notify_forever(services, _tell, _stopped_by_signals(), _tell_failure)
        return
    with only_notifier(services):
        made = notify_once(services, _tell, force=force)
    ctx.exit(1 if any(each.outcome == "failed" for each in made) else 0)


def _stopped_by_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _tell(hook: Webhook, delivery: Delivery) -> None:
    click.echo(f"{hook.id}: {_in_words(delivery)}")


def _tell_failure(error: StoreError) -> None:
    click.echo(f"samsvar: {error}", err=True)


def _in_words(delivery: Delivery) -> str:
    return f"{delivery.time} {delivery.outcome}: {delivery.changes} changes: {delivery.said}"
