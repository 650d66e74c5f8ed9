"""Every request has an id and is counted; a line about it says what, and neither who nor what was asked for."""

import json
import re

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from registry.app import create_app
from registry.observing.metrics import count_problem
from registry.observing.requests import Observed, areas_of
from registry.settings import Settings


def figure(text: str, name: str) -> float:
    """The value of one figure of an exposition, by its name with labels."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_an_answer_names_the_request_and_keeps_the_id_of_a_proxy(pages: FlaskClient) -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", pages.get("/healthz").headers["X-Request-ID"])
    answer = pages.get("/healthz", headers={"X-Request-ID": "proxy-3f2a.17"})
    assert answer.headers["X-Request-ID"] == "proxy-3f2a.17"


@pytest.mark.parametrize("given", ["short", "a" * 65, "with blank in it", "<script>alert(1)</script>"])
def test_an_id_that_could_spoil_a_log_is_not_taken(pages: FlaskClient, given: str) -> None:
    assert pages.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given


def test_requests_are_counted_by_method_area_and_status(pages: FlaskClient) -> None:
    name = 'samsvar_requests_total{area="concepts",method="GET",status="200"}'
    before = figure(pages.get("/metrics").text, name)
    for _ in range(3):
        pages.get("/concepts", buffered=True)
    after = pages.get("/metrics")
    assert after.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert figure(after.text, name) == before + 3


def test_addresses_that_strangers_invent_make_no_new_figures(pages: FlaskClient) -> None:
    pages.get("/wp-login.php", buffered=True)
    pages.open("/concepts", method="BREW", buffered=True)
    text = pages.get("/metrics").text
    assert "wp-login" not in text
    assert "BREW" not in text
    assert figure(text, 'samsvar_requests_total{area="other",method="GET",status="404"}') >= 1


def test_what_the_register_holds_is_among_the_figures(pages: FlaskClient) -> None:
    text = pages.get("/metrics").text
    generation = json.loads(pages.get("/readyz").data)["generation"]
    assert figure(text, "samsvar_generation") == generation > 0
    assert figure(text, "samsvar_readable") == 1
    assert figure(text, "samsvar_triples") > 100
    assert figure(text, "samsvar_findings") > 0
    assert figure(text, "samsvar_disk_free_bytes") > 0


def test_problems_are_counted_by_their_name(pages: FlaskClient) -> None:
    before = figure(pages.get("/metrics").text, 'samsvar_problems_total{problem="not-found"}')
    pages.get("/concepts/no-such")
    count_problem("store-busy")
    text = pages.get("/metrics").text
    assert figure(text, 'samsvar_problems_total{problem="not-found"}') == before + 1
    assert figure(text, 'samsvar_problems_total{problem="store-busy"}') >= 1


def test_figures_are_for_those_that_the_operator_names(pages: FlaskClient) -> None:
    asked = pages.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert asked.status_code == 403
    assert "SAMSVAR_METRICS_ALLOW" in asked.text
    assert pages.get("/metrics", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200
    assert pages.get("/metrics", environ_base={"REMOTE_ADDR": ""}).status_code == 403


def test_a_line_says_neither_who_nor_what_was_asked_for(tmp_path) -> None:
    client = create_app(Settings(data=tmp_path / "data", access_log=True)).test_client()
    with capture_logs() as lines:
        secret = {"Authorization": "Bearer samsvar_00000000_secret"}
        client.get("/concepts?q=alvorlig+sykdom", headers=secret, buffered=True)
    line = next(each for each in lines if each["event"] == "request")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/concepts", 200)
    assert line["seconds"] > 0
    assert "sykdom" not in str(lines)
    assert "secret" not in str(lines)


def test_a_failure_names_its_request_on_the_page_and_to_machines(tmp_path) -> None:
    app = create_app(Settings(data=tmp_path / "data"))

    @app.get("/fails")
    def fails() -> str:
        raise LookupError("a programming error")

    given = {"X-Request-ID": "incident-0042"}
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client()
    assert client.get("/fails", headers=given).json["request"] == "incident-0042"
    page = client.get("/fails", headers={**given, "Accept": "text/html"})
    assert page.status_code == 500
    assert "<code>incident-0042</code>" in page.text


def test_an_answer_that_breaks_off_is_counted_when_it_ends() -> None:
    told = []

    def application(environ, start_response):
        start_response("200 OK", [])
        yield b"half"
        raise OSError("the disk")

    observed = Observed(application, areas_of(["/", "/concepts/<name>", "/<path:anything>"]), logged=True)
    with capture_logs() as lines:
        answer = iter(observed({"REQUEST_METHOD": "GET", "PATH_INFO": "/concepts"}, lambda *said: told.append(said)))
        assert next(answer) == b"half"
        with pytest.raises(OSError, match="the disk"):
            next(answer)
        answer.close()
    assert [line["status"] for line in lines] == [200]


def test_areas_are_the_first_parts_that_no_client_chooses() -> None:
    assert areas_of(["/", "/concepts", "/concepts/<name>", "/<path:anything>", "/api/v1/x"]) == {"", "concepts", "api"}
