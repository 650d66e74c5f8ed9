"""Webhooks about cases: what happens in them is told once, in order, signed."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pages_register import FISHING_VESSEL, VESSEL, fill
from register_support import settings_at
from standardwebhooks.webhooks import Webhook as Verifier
from webhook_receiver import Receiver, receiver

from registry.app import create_app
from registry.cases.closing import close
from registry.cases.keeping import open_case, write
from registry.discussion.comments import say
from registry.editing.drafts import COMMON, begin
from registry.errors import BadRequestError
from registry.ledger.ledger import Put
from registry.services import Services, build_services
from registry.settling.decisions import decisions
from registry.webhooks.hooks import Webhook, checked
from registry.webhooks.notifying import begun, notify_once

OFFICE, OTHER = "999100001", "999100002"


@pytest.fixture
def told() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def services(told: Receiver, tmp_path: Path) -> Services:
    made = build_services(settings_at(tmp_path / "data").model_copy(update={"webhook_allow": (told.url,)}))
    fill(made)
    return made


def add(services: Services, told: Receiver, organisation: str = "", name: str = "saker") -> str:
    hook = Webhook(name, told.url, organisation=organisation, topic="cases")
    return services.webhooks.add(begun(services, checked(hook, services.settings.webhook_allow)))


def notify(services: Services) -> list[str]:
    return [each.outcome for each in notify_once(services, lambda *_: None)]


def a_case(services: Services) -> str:
    """A case from opening to its end, with a comment; its URI."""
    who = services.tokens.create("coordinator", organisation=OFFICE)[0]
    about = [Put(f"concept:{each}", "yes") for each in (VESSEL, FISHING_VESSEL)]
    made = open_case(services, who, [Put("title", "fartøy"), *about])
    puts = [Put("question:terms", "great"), Put(f"see-also:{VESSEL}", FISHING_VESSEL), Put("deadline", "2027-01-31")]
    puts += [Put(f"outcome:{each}", "differentiate") for each in made.concepts]
    write(services, who, made.id, [*puts, Put(f"new-note:{FISHING_VESSEL}", "fiske")])
    uri = services.urls.mint("cases", made.id).value
    say(services.ledger, who, uri, "hva med båter?")
    close(services, who, made.id)
    return uri


def test_what_happens_in_a_case_is_told_in_order_and_signed(services: Services, told: Receiver) -> None:
    secret = add(services, told)
    assert notify(services) == []
    uri = a_case(services)
    assert notify(services) == ["delivered"]
    assert notify(services) == []
    [(headers, body)] = told.came
    document = Verifier(secret).verify(body, headers)
    assert document["type"] == "case.changed"
    events = document["data"]["events"]
    [decision] = decisions(services.store.reader())
    assert [(each["event"], each["value"]) for each in events] == [
        ("opened", None),
        ("step", "choose"),
        ("step", "differentiate"),
        ("facts", None),
        ("comment", "hva med båter?"),
        ("decision", decision.uri),
        ("state", "closed"),
    ]
    assert {(each["case"], each["title"], each["organisation"]) for each in events} == {(uri, "fartøy", OFFICE)}
    assert events[3]["fields"] == ["deadline"]


def test_what_was_written_in_one_go_is_not_torn_apart(
    services: Services, told: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.webhooks.notifying._MOST", 2)
    add(services, told)
    a_case(services)
    assert set(notify(services)) == {"delivered"}
    messages = [[each["event"] for each in json.loads(body)["data"]["events"]] for _, body in told.came]
    assert messages == [["opened", "step", "step", "facts"], ["comment", "decision"], ["state"]]


def test_an_organisation_is_told_of_its_own_cases_alone(services: Services, told: Receiver) -> None:
    add(services, told, OTHER, "andre")
    a_case(services)
    assert notify(services) == []
    who = services.tokens.create("coordinator", organisation=OTHER)[0]
    open_case(services, who, [Put("title", "skip")])
    assert notify(services) == ["delivered"]
    [event] = json.loads(told.came[0][1])["data"]["events"]
    assert (event["event"], event["title"]) == ("opened", "skip")


def test_drafts_and_comments_about_other_things_are_nobodys_news(services: Services, told: Receiver) -> None:
    add(services, told)
    who = services.tokens.create("coordinator", organisation=OFFICE)[0]
    begin(services.ledger, who, COMMON, {"term:nb": "hemmelig utkast"})
    say(services.ledger, who, VESSEL, "om begrepet")
    assert notify(services) == []
    assert told.came == []


def test_it_is_made_over_http_and_says_what_it_cannot_follow(services: Services, told: Receiver) -> None:
    client = create_app(services.settings).test_client()
    bearer = {"Authorization": f"Bearer {services.tokens.create('administrator')[1]}"}
    made = client.post("/api/v1/webhooks", json={"id": "s", "url": told.url, "topic": "cases"}, headers=bearer)
    assert (made.status_code, made.json["topic"]) == (201, "cases")
    for wrong in ({"topic": "weather"}, {"topic": "cases", "term": "fartøy"}):
        answer = client.post("/api/v1/webhooks", json={"id": "t", "url": told.url, **wrong}, headers=bearer)
        assert answer.status_code == 400, wrong
    with pytest.raises(BadRequestError):
        checked(Webhook("u", told.url, catalogue="x", topic="cases"), services.settings.webhook_allow)


def test_webhooks_of_before_there_were_topics_go_on(services: Services, told: Receiver) -> None:
    add(services, told, name="ny")
    with closing(sqlite3.connect(services.settings.data / "state.db")) as database, database:
        database.execute("DELETE FROM webhook")
        database.execute("ALTER TABLE webhook DROP COLUMN topic")
        database.execute(
            "INSERT INTO webhook VALUES ('gammel', ?, '', '', '', '', '1', 0, '', 'whsec_eA==')", (told.url,)
        )
    assert [(each.id, each.topic) for each in services.webhooks.everything()] == [("gammel", "changes")]
    add(services, told, name="ny")
    assert [(each.id, each.topic) for each in services.webhooks.everything()] == [
        ("gammel", "changes"),
        ("ny", "cases"),
    ]
