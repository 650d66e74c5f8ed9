"""A clock that jumps: two hours back and a day ahead, while people write and tokens, ETags and sources live."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fault_server import administrator, catalogue, samsvar, serving
from live_server import ROOT

from registry.catalogue.imports import last_imports
from registry.services import build_services
from registry.settings import Settings

_PAGE = "/api/v1/concepts?catalogue=feil"

pytestmark = [pytest.mark.slow, pytest.mark.faults]


class Clock:
    """The clock of a server that was started with `command`; it can be set while that runs."""

    def __init__(self, place: Path) -> None:
        self._file = place / "clock"
        self.set(0)
        paths = f"{ROOT}:{ROOT / 'tests' / 'support' / 'shifted_clock'}"
        self.command = ["env", f"PYTHONPATH={paths}", f"TEST_CLOCK={self._file}"]

    def set(self, hours: int) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(hours))
        fresh.replace(self._file)


def test_a_clock_that_jumps_changes_no_order_and_opens_and_closes_no_door(tmp_path: Path) -> None:
    data, clock = tmp_path / "data", Clock(tmp_path)
    token = administrator(data)
    seen: list[tuple[int, str, str]] = []
    with serving(data, tmp_path, command=clock.command, token=token) as server:
        for hours, word in ((0, "hus"), (-2, "båt"), (24, "kai"), (0, "bro")):
            clock.set(hours)
            answer = server.upload("a.ttl", catalogue(3, word))
            assert answer.status == 200, answer.text
            page = server.get(_PAGE)
            assert word in page.text
            seen.append(
                (json.loads(server.get("/readyz").body)["generation"], page.headers["etag"], page.headers["date"])
            )
            assert server.get(_PAGE, If_None_Match=page.headers["etag"]).status == 304
            for _, earlier, _ in seen[:-1]:
                assert server.get(_PAGE, If_None_Match=earlier).status == 200
            ages = [int(server.get(path).headers.get("age", "0")) for path in (_PAGE, "/", "/sparql?query=ASK%7B%7D")]
            assert min(ages) >= 0
        hours_apart = {
            (datetime.strptime(date, "%a, %d %b %Y %H:%M:%S %Z").replace(tzinfo=UTC) - datetime.now(UTC))
            // timedelta(hours=1)
            for _, _, date in seen
        }
        assert min(hours_apart) <= -2
        assert max(hours_apart) >= 22
    assert [number for number, _, _ in seen] == [1, 2, 3, 4]
    assert len({etag for _, etag, _ in seen}) == 4
    services = build_services(Settings(data=data, uri_base="http://localhost:8000"))
    imports = last_imports(services.store.reader(), 10)
    assert [each.generation for each in imports] == [4, 3, 2, 1]
    assert samsvar(data, "doctor").returncode == 0
    assert samsvar(data, "changes").returncode == 0


def test_tokens_end_when_they_say_whichever_way_the_clock_went(tmp_path: Path) -> None:
    data, clock = tmp_path / "data", Clock(tmp_path)
    done = samsvar(data, "token", "create", "--role", "administrator", "--owner", "short", "--days", "1")
    token = done.stdout.split()[-1]
    update = "INSERT DATA {{ GRAPH <https://e.example/g> {{ <https://e.example/{}> <https://e.example/p> 1 }} }}"
    with serving(data, tmp_path, command=clock.command, token=token) as server:
        statuses = []
        for number, hours in enumerate((0, -2, 25, 0)):
            clock.set(hours)
            statuses.append(server.update(update.format(number)).status)
    assert statuses == [204, 204, 401, 204]
