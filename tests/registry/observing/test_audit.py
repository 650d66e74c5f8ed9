"""An auditor sees every write with its author: of the store, of what people wrote, of rights and sources."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from importers.base import Source
from registry import pipeline
from registry.access.people import People, Person
from registry.cli import main
from registry.ledger.ledger import Put
from registry.observing.audit import events
from registry.services import Services

CATALOGUE = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <https://e.example/hus> a skos:Concept ;"
    ' skos:prefLabel "hus"@nb ; skos:definition "bygning som noen bor i"@nb .'
)


@pytest.fixture
def written(services: Services) -> Services:
    """A register in which five kinds of writes were made, in this order."""
    token, _ = services.tokens.create("coordinator", organisation="123456785", owner="Kari Nordmann")
    case = services.ledger.open("case", token, [Put("title", "barn")], by_year=True)
    services.ledger.write("case", case, token, [Put("title", "barn under 16")])
    pipeline.run(services, pipeline.Request([Source("a.ttl", CATALOGUE.encode())]))
    People(services.tokens.path).add(Person("ola@etat.example", "Ola", "editor", "123456785"))
    services.tokens.revoke(token.id)
    return services


def test_every_write_is_there_with_its_author_oldest_first(written: Services) -> None:
    found = list(events(written))
    assert [each.act for each in found if each.act != "store written"] == [
        "token created",
        "text written",
        "text written",
        "user added",
        "token revoked",
    ]
    stored = next(each for each in found if each.act == "store written")
    assert "/graph/catalogue/" in stored.about
    text = next(each for each in found if each.act == "text written")
    assert (text.owner, text.organisation) == ("Kari Nordmann", "123456785")
    assert [each.time for each in found] == sorted(each.time for each in found)


def test_it_says_nothing_that_opens_a_door(services: Services) -> None:
    _, secret = services.tokens.create("administrator", owner="drift")
    told = " ".join(str(each) for each in events(services))
    assert "drift" in told
    assert secret not in told
    assert secret.split("_")[2] not in told


def test_what_is_refused_leaves_no_trace(services: Services) -> None:
    token, _ = services.tokens.create("reader")
    services.tokens.revoke(token.id)
    services.tokens.revoke(token.id)
    assert [each.act for each in events(services)] == ["token created", "token revoked"]


def test_the_token_of_a_request_is_the_author(services: Services, client) -> None:
    token, secret = services.tokens.create("administrator")
    body = {"id": "skatt", "url": "https://data.eksempel.example/a.ttl", "catalogue": "skatt", "hours": 6}
    answer = client.post("/api/v1/sources", json=body, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 201, answer.text
    added = next(each for each in events(services) if each.act == "source added")
    assert (added.author, added.about) == (token.id, "skatt https://data.eksempel.example/a.ttl")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_command_gives_it_to_other_programs(written: Services, monkeypatch, form: str) -> None:
    monkeypatch.setenv("SAMSVAR_DATA", str(written.settings.data))
    monkeypatch.setenv("SAMSVAR_URI_BASE", written.settings.uri_base)
    done = CliRunner().invoke(main, ["audit", "--format", form, "--by", "Kari Nordmann"])
    assert done.exit_code == 0, done.output
    rows = (
        list(csv.DictReader(io.StringIO(done.output)))
        if form == "csv"
        else list(map(json.loads, done.output.splitlines()))
    )
    assert [row["act"] for row in rows] == ["text written", "text written"]


def test_the_command_ends_where_it_is_told(written: Services, monkeypatch) -> None:
    monkeypatch.setenv("SAMSVAR_DATA", str(written.settings.data))
    monkeypatch.setenv("SAMSVAR_URI_BASE", written.settings.uri_base)
    assert CliRunner().invoke(main, ["audit", "--until", "2001-01-01"]).output == ""
    assert CliRunner().invoke(main, ["audit", "--since", "2999-01-01"]).output == ""
    assert "user added: ola@etat.example Ola editor 123456785" in CliRunner().invoke(main, ["audit"]).output
