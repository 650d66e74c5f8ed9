"""SERVICE in a running register: the setting that lists whom it may ask, and the problem document of what it may not."""

import json

import pytest
from register_support import settings_at
from sparql_service import listening, says, solutions

from registry.access.tokens import TokenStore
from registry.app import create_app
from registry.errors import ConfigurationError
from registry.settings import Settings

NOT_LISTED = "http://127.0.0.1:9/no"


@pytest.fixture
def service():
    with listening() as found:
        yield found


@pytest.fixture
def address(service):
    return service("/s", says(solutions({"x": {"type": "uri", "value": "http://example.org/x"}})))


@pytest.fixture
def client(tmp_path, address):
    settings = settings_at(tmp_path / "data").model_copy(update={"service_allow": (address,)})
    app = create_app(settings)
    yield app.test_client()
    app.extensions["samsvar"].query_host.stop()


def asked(client, text):
    return client.post("/sparql", data={"query": text}, headers={"Accept": "*/*"})


def test_a_listed_service_answers(client, address, service):
    answer = asked(client, f"SELECT ?x {{ SERVICE <{address}> {{ ?s ?p ?x }} }}")
    assert answer.status_code == 200, answer.text
    assert answer.json["results"]["bindings"][0]["x"]["value"] == "http://example.org/x"
    assert "service_timeout=10" in answer.headers["Samsvar-Limits"]


@pytest.mark.parametrize("inside", ["%s", "FILTER EXISTS { %s }", "{ SELECT * { OPTIONAL { %s } } } # it's"])
def test_one_that_is_not_listed_is_named_with_the_setting(client, service, inside):
    answer = asked(client, f"SELECT * {{ {inside % f'SERVICE SILENT <{NOT_LISTED}> {{ ?s ?p ?x }}'}\n }}")
    assert answer.status_code == 403
    assert answer.json["type"].endswith("/problems/query-refused")
    assert NOT_LISTED in answer.json["detail"]
    assert "SAMSVAR_SERVICE_ALLOW" in answer.json["detail"]
    assert service.heard == []


def test_a_service_that_fails_is_a_problem_of_its_own(client, service, address):
    service("/s", says(b"", status=500))
    answer = asked(client, f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?x }} }}")
    assert answer.status_code == 502
    assert answer.json["type"].endswith("/problems/service-failed")
    assert address in answer.json["detail"]


def test_limits_of_services_name_their_settings(client, address):
    answer = asked(client, f"SELECT * {{ {f'SERVICE <{address}> {{}}' * 6} }}")
    assert answer.status_code == 413
    assert answer.json["setting"] == "SAMSVAR_SERVICE_REQUESTS"
    assert (answer.json["allowed"], answer.json["used"], answer.json["unit"]) == (5, 6, "services")


@pytest.mark.parametrize(
    "update",
    ["INSERT { GRAPH <a:g> { ?s ?p ?x } } WHERE { SERVICE <@> { ?s ?p ?x } }", "LOAD <@> INTO GRAPH <a:g>"],
)
def test_updates_ask_nobody_even_who_is_listed(client, service, address, tmp_path, update):
    _, token = TokenStore(tmp_path / "data" / "state.db").create("administrator")
    headers = {"Authorization": f"Bearer {token}", "Accept": "*/*"}
    answer = client.post("/sparql", data={"update": update.replace("@", address)}, headers=headers)
    assert answer.status_code == 403
    assert service.heard == []


def test_the_list_is_read_from_the_environment_and_checked(monkeypatch):
    entries = ["https://query.wikidata.org/sparql", "http://fuseki.internal/s 10.0.0.0/8"]
    monkeypatch.setenv("SAMSVAR_SERVICE_ALLOW", json.dumps(entries))
    assert list(Settings().service_allow) == entries
    monkeypatch.setenv("SAMSVAR_SERVICE_ALLOW", '["file:///etc/passwd"]')
    with pytest.raises(ConfigurationError, match="file:///etc/passwd"):
        Settings()
