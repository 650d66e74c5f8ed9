"""The axis of what is in force: earlier texts, today's, and what is adopted but not yet in force."""

from datetime import date
from urllib.parse import quote

import pytest
from canal_register import ACT, BOAT, CHANGE, UNSURE, amending, bring, law
from flask.testing import FlaskClient

from registry import amendments
from registry.services import Services

SECTION = f"{ACT}/2"
WIDER = CHANGE.format(
    instruction="§ 2 skal lyde:", number="§ 2", title="Kanalbåt", text="Med kanalbåt menes ethvert skip."
)


@pytest.fixture(autouse=True)
def _in_times_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amendments, "today", lambda: date(2099, 12, 1))


def on(client: FlaskClient, uri: str, day: str) -> dict[str, object]:
    [found] = client.get(f"/api/v1/in-force?uri={quote(uri, safe='')}&validAt={day}").get_json()["provisions"]
    return found


def test_a_section_reads_as_on_the_day(services: Services, client: FlaskClient) -> None:
    bring(services, law())
    bring(services, amending(BOAT))
    bring(services, amending(WIDER, refid="2099-02-02-2", in_force="2101-01-01"))
    before, now, then = (on(client, SECTION, day) for day in ("2099-05-31", "2099-06-01", "2101-01-01"))
    assert before["until"] == now["since"] == "2099-06-01"
    assert "20 meter" not in str(before["text"])
    assert "20 meter" in str(now["text"])
    assert now["until"] == then["since"] == "2101-01-01"
    assert "ethvert skip" in str(then["text"]), "adopted and not yet in force"
    assert on(client, SECTION, "2100-12-31")["text"] == now["text"]


def test_a_change_of_a_part_that_is_adopted_is_told(services: Services, client: FlaskClient) -> None:
    bring(services, law())
    bring(services, amending(UNSURE, in_force="2101-01-01"))
    section = SECTION.removesuffix("2") + "4"
    assert on(client, section, "2100-01-01")["unapplied"] == []
    [change] = on(client, section, "2101-01-01")["unapplied"]
    assert "niende ledd" in change["instruction"]


def test_a_concept_is_valid_within_its_dates(pages: FlaskClient) -> None:
    uri = quote("https://havn.example/begrep/fartoy", safe="")
    answers = {
        day: pages.get(f"/api/v1/in-force?uri={uri}&validAt={day}").get_json() for day in ("2025-12-31", "2026-01-01")
    }
    assert [answers[day]["valid"] for day in answers] == [False, True]
    assert answers["2026-01-01"]["validFrom"] == "2026-01-01"


@pytest.mark.parametrize(("query", "status"), [("validAt=soon", 400), ("", 200)])
def test_what_is_no_date_is_refused(pages: FlaskClient, query: str, status: int) -> None:
    uri = quote("https://havn.example/begrep/fartoy", safe="")
    assert pages.get(f"/api/v1/in-force?uri={uri}&{query}").status_code == status
