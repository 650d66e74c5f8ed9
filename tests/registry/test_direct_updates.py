"""Plain updates are written ahead of Flask; nobody can tell."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from registry.access.tokens import TokenStore
from registry.app import create_app
from registry.services import build_services
from registry.settings import Settings

UPDATE = "application/sparql-update"
GRAPH = "https://begrep.example/graph/catalogue/prove"
INSERT = f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <https://begrep.example/concepts/%s> skos:prefLabel 'frist'@nb }} }}"
SENT = [
    INSERT % "a",
    f"DELETE DATA {{ GRAPH <{GRAPH}> {{ <https://begrep.example/concepts/a> skos:prefLabel 'frist'@nb }} }}",
    f"WITH <{GRAPH}> INSERT {{ ?s skos:altLabel 'tidsfrist'@nb }} WHERE {{ ?s skos:prefLabel 'frist'@nb }}",
    f"CLEAR SILENT GRAPH <{GRAPH}>",
    "INSERT DATA { GRAPH <https://begrep.example/graph/findings> { <a:a> <a:b> 1 } }",
    "INSERT DATA { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o }",
    "LOAD <http://127.0.0.1/>",
    "",
    "INSERT DATA { <a:a> <a:b> '\xff' }".encode("latin-1"),
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    return Settings(data=tmp_path_factory.mktemp("data"), uri_base="https://begrep.example")


@pytest.fixture(scope="module")
def app(settings):
    return create_app(settings)


@pytest.fixture(scope="module")
def tokens(settings) -> TokenStore:
    return TokenStore(settings.data / "state.db")


@pytest.fixture(scope="module")
def token(tokens) -> str:
    return tokens.create("administrator")[1]


def post(app, text, token, **more):
    headers = {"Authorization": f"Bearer {token}", **{name.replace("_", "-"): value for name, value in more.items()}}
    return app.test_client(use_cookies=False).post("/sparql", data=text, content_type=UPDATE, headers=headers)


def told(answer) -> dict[str, str]:
    varies = ",".join(sorted(answer.headers["Vary"].replace(" ", "").split(",")))
    return {**answer.headers, "Vary": varies, "X-Request-ID": ""}


@pytest.mark.parametrize("text", SENT)
def test_the_answer_is_that_of_flask(app, token, text):
    post(app, INSERT % "a", token)
    by_flask = post(app, text, token, Cookie="any=thing")
    post(app, INSERT % "a", token)
    directly = post(app, text, token)
    assert (directly.status, told(directly)) == (by_flask.status, told(by_flask))
    assert directly.data == by_flask.data


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer samsvar_12345678_nothing", "Basic YTpi"])
def test_who_may_not_write_is_told_so_by_flask(app, header):
    def sent(**more):
        headers = {"Authorization": header, **more} if header else more
        return app.test_client(use_cookies=False).post(
            "/sparql", data=INSERT % "b", content_type=UPDATE, headers=headers
        )

    by_flask, directly = sent(Cookie="any=thing"), sent()
    assert directly.status_code == 401
    assert (directly.status, told(directly), directly.data) == (by_flask.status, told(by_flask), by_flask.data)


def test_a_revoked_token_and_one_of_another_role_open_nothing(app, tokens):
    known, text = tokens.create("administrator")
    assert post(app, INSERT % "c", text).status_code == 204
    tokens.revoke(known.id)
    assert post(app, INSERT % "d", text).status_code == 401
    assert post(app, INSERT % "d", tokens.create("editor", organisation="123456785")[1]).status_code == 403


def test_flask_is_not_asked_for_a_plain_update(app, token, monkeypatch):
    monkeypatch.setattr(app, "full_dispatch_request", lambda: 1 / 0)
    assert post(app, INSERT % "e", token).status_code == 204
    assert post(app, INSERT % "f" + " " * (1 << 16), token).status_code == 500
    assert post(app, INSERT % "f", token, Cookie="any=thing").status_code == 500


def test_many_at_once_all_arrive_in_fewer_generations(app, settings, token):
    store = build_services(settings).store
    first = store.reader().generation
    barrier = threading.Barrier(8)

    def client(number: int) -> list[int]:
        barrier.wait(30)
        return [post(app, INSERT % f"n{number}-{turn}", token).status_code for turn in range(10)]

    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(client, range(8))] == [[204] * 10] * 8
    reader = store.reader()
    (row,) = reader.select("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER CONTAINS(STR(?s), '/concepts/n') }")
    assert row["n"].value == "80"
    assert reader.generation - first < 80
