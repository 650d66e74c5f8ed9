"""Webhooks: a real receiver is told what changed, by messages whose signature another library verifies."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from harbour_catalogue import AFTER, BEFORE, iri, run
from register_support import settings_at
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError
from webhook_receiver import Receiver, receiver

from registry.app import create_app
from registry.cli import main
from registry.services import Services, build_services
from registry.webhooks.hooks import Webhook, checked
from registry.webhooks.notifying import begun, notify_once


@pytest.fixture
def told() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def services(told: Receiver, tmp_path: Path) -> Services:
    return build_services(settings_at(tmp_path / "data").model_copy(update={"webhook_allow": (told.url,)}))


def _added(services: Services, url: str, **followed: str) -> str:
    hook = checked(Webhook("mottaker", url, **followed), services.settings.webhook_allow)
    return services.webhooks.add(begun(services, hook))


def _notify(services: Services, **wishes: bool) -> list[str]:
    return [each.outcome for each in notify_once(services, lambda *_: None, **wishes)]


def test_what_changes_after_a_webhook_is_there_is_told_once_and_signed(services, told):
    run(services, BEFORE)
    secret = _added(services, f"{told.url}/krok?a=1")
    assert _notify(services) == []
    run(services, AFTER)
    assert _notify(services) == ["delivered"]
    assert _notify(services) == []
    [(headers, body)] = told.came
    document = Verifier(secret).verify(body, headers)
    assert document["type"] == "register.changed"
    changes = {one["uri"]: one["change"] for one in document["data"]["changes"]}
    assert changes[iri("los")] == "changed"
    assert changes[iri("boye")] == "new"
    assert changes[iri("taubat")] == "gone"
    assert iri("kai") not in changes
    with pytest.raises(WebhookVerificationError):
        Verifier(secret).verify(body.replace(b"los", b"sol"), headers)
    stale = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 3600)}
    with pytest.raises(WebhookVerificationError):
        Verifier(secret).verify(body, stale)


def test_what_is_not_taken_is_tried_again_later_as_the_same_message(services, told):
    run(services, BEFORE)
    _added(services, told.url)
    run(services, AFTER)
    told.statuses = [503, 302, 204]
    assert _notify(services) == ["failed"]
    hook = services.webhooks.find("mottaker")
    assert hook.failures == 1
    assert hook.due > hook.created
    assert _notify(services) == [], "not due yet"
    assert _notify(services, force=True) == ["failed"], "a redirect is not followed"
    services.webhooks.record(replace(services.webhooks.find("mottaker"), due=hook.created), None)
    assert _notify(services) == ["delivered"]
    assert len({headers["webhook-id"] for headers, _ in told.came}) == 1
    assert len({body.partition(b'"data"')[2] for _, body in told.came}) == 1
    outcomes = [(each.outcome, each.said) for each in services.webhooks.deliveries("mottaker")]
    assert outcomes == [
        ("delivered", "204 No Content"),
        ("failed", "It answered 302 Found."),
        ("failed", "It answered 503 Service Unavailable."),
    ]
    assert services.webhooks.find("mottaker").failures == 0


def test_each_is_told_what_it_follows(services, told):
    run(services, BEFORE)
    _added(services, told.url, term="losen")
    run(services, AFTER)
    assert _notify(services) == ["delivered"]
    changes = json.loads(told.came[0][1])["data"]["changes"]
    assert [one["uri"] for one in changes] == [iri("los")]


def test_many_changes_come_in_several_messages(services, told, monkeypatch):
    monkeypatch.setattr("registry.webhooks.notifying._MOST", 2)
    _added(services, told.url)
    run(services, BEFORE)
    assert set(_notify(services)) == {"delivered"}
    messages = [json.loads(body)["data"]["changes"] for _, body in told.came]
    assert len(messages) > 1
    uris = [one["uri"] for changes in messages for one in changes]
    assert len(uris) == len(set(uris))
    assert {iri("kai"), iri("los"), iri("taubat")} <= set(uris)


def test_only_where_the_operator_allows(services, told):
    administrator = _administrator(services)
    client = create_app(services.settings).test_client()
    elsewhere = {"id": "a", "url": "https://elsewhere.example/"}
    refused = client.post("/api/v1/webhooks", json=elsewhere, headers=administrator)
    assert refused.status_code == 403
    assert "SAMSVAR_WEBHOOK_ALLOW" in refused.json["detail"]
    for url in ("ftp://127.0.0.1/", "http://user:word@127.0.0.1/", "nothing", f"{told.url}/#part"):
        answer = client.post("/api/v1/webhooks", json={"id": "a", "url": url}, headers=administrator)
        assert answer.status_code == 400, url
    run(services, BEFORE)
    _added(services, told.url)
    run(services, AFTER)
    closed = replace(services, settings=services.settings.model_copy(update={"webhook_allow": ()}))
    assert _notify(closed) == ["failed"], "what is allowed is asked again at each delivery"
    assert told.came == []


def test_a_public_name_does_not_lead_to_this_machine(services, told):
    port = told.url.rpartition(":")[2]
    listed = services.settings.model_copy(update={"webhook_allow": (f"http://localhost.localdomain:{port}",)})
    services = replace(services, settings=listed)
    run(services, BEFORE)
    _added(services, f"http://localhost.localdomain:{port}/")
    run(services, AFTER)
    assert _notify(services) == ["failed"]
    assert told.came == []


def test_administrators_do_it_over_http_and_the_secret_is_shown_once(services, told):
    client = create_app(services.settings).test_client()
    administrator = _administrator(services)
    assert client.get("/api/v1/webhooks").status_code == 401
    _, text = services.tokens.create("editor", organisation="999000009")
    assert client.get("/api/v1/webhooks", headers={"Authorization": f"Bearer {text}"}).status_code == 403
    made = client.post("/api/v1/webhooks", json={"id": "krok", "url": told.url}, headers=administrator)
    assert made.status_code == 201
    secret = made.json["secret"]
    run(services, BEFORE)
    assert _notify(services) == ["delivered"]
    seen = client.get(made.headers["Location"], headers=administrator)
    assert [each["outcome"] for each in seen.json["deliveries"]] == ["delivered"]
    every = client.get("/api/v1/webhooks", headers=administrator)
    assert secret not in seen.text + every.text
    assert (
        client.post("/api/v1/webhooks", json={"id": "krok", "url": told.url}, headers=administrator).status_code == 409
    )
    assert client.delete("/api/v1/webhooks/krok", headers=administrator).status_code == 204
    assert client.get("/api/v1/webhooks/krok", headers=administrator).status_code == 404
    followed = {"id": "b", "url": told.url, "catalogue": "finnes-ikke"}
    assert client.post("/api/v1/webhooks", json=followed, headers=administrator).status_code == 404
    assert (
        client.post("/api/v1/webhooks", json={"id": "b", "url": told.url, "x": ""}, headers=administrator).status_code
        == 400
    )


def test_the_command_line_adds_tells_and_lists_without_secrets(services, told, monkeypatch):
    settings = services.settings
    monkeypatch.setenv("SAMSVAR_DATA", str(settings.data))
    monkeypatch.setenv("SAMSVAR_WEBHOOK_ALLOW", json.dumps([told.url]))
    command = CliRunner()
    added = command.invoke(main, ["webhook", "add", "krok", told.url])
    secret = added.stdout.splitlines()[-1]
    assert secret.startswith("whsec_")
    run(services, BEFORE)
    told.statuses = [500, 200]
    failed = command.invoke(main, ["notify"])
    assert failed.exit_code == 1
    assert "It answered 500" in failed.stdout
    assert command.invoke(main, ["notify", "--force"]).exit_code == 0
    listed = command.invoke(main, ["webhook", "list"]).stdout
    as_json = command.invoke(main, ["webhook", "list", "--json"]).stdout
    assert "delivered" in listed
    assert [each["outcome"] for each in json.loads(as_json)["webhooks"][0]["deliveries"]] == ["delivered", "failed"]
    assert secret not in failed.output + listed + as_json
    assert command.invoke(main, ["webhook", "remove", "krok"]).exit_code == 0
    assert json.loads(command.invoke(main, ["webhook", "list", "--json"]).stdout) == {"webhooks": []}


def _administrator(services: Services) -> dict[str, str]:
    _, text = services.tokens.create("administrator", owner="test")
    return {"Authorization": f"Bearer {text}"}
