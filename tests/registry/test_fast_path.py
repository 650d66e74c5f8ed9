"""Answers that are given again ahead of Flask are those that Flask would give."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from register_support import settings_at

from registry.app import create_app
from registry.fast_path import FastPath

TAGGED = [("Content-Type", "text/turtle"), ("ETag", '"1"'), ("Cache-Control", "no-cache"), ("Content-Length", "1")]


class Application:
    """Counts what it is asked, and answers with the number."""

    def __init__(self, headers=TAGGED, status="200 OK"):
        self.asked = 0
        self.headers = headers
        self.status = status

    def __call__(self, environ, start_response):
        self.asked += 1
        start_response(self.status, list(self.headers))
        return [str(self.asked % 10).encode()]


@pytest.fixture
def current(tmp_path):
    path = tmp_path / "current"
    path.write_text("1")
    return path


def get(path, application, **environ):
    said = {}

    def start_response(status, headers, exc_info=None):
        said.update(status=status, headers=dict(headers))

    address, _, query = path.partition("?")
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": query, **environ}
    said["body"] = b"".join(application(asked, start_response))
    return said


def test_the_same_request_is_answered_once(current):
    inner = Application()
    fast = FastPath(inner, [current])
    assert [get("/a.ttl", fast)["body"] for _ in range(3)] == [b"1"] * 3
    assert inner.asked == 1


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/b.ttl"},
        {"path": "/a.ttl?lang=nn"},
        {"HTTP_ACCEPT": "text/csv"},
        {"HTTP_ACCEPT_LANGUAGE": "en"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_ACCEPT_ENCODING": "zstd"},
        {"SCRIPT_NAME": "/begrep"},
    ],
)
def test_what_the_answer_depends_on_is_told_apart(current, other):
    fast = FastPath(Application(), [current])
    get("/a.ttl", fast)
    assert (
        get(other.get("path", "/a.ttl"), fast, **{name: each for name, each in other.items() if name != "path"})["body"]
        == b"2"
    )


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "samsvar-lang=nn"},
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_RANGE": "bytes=0-1"},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "HEAD"},
    ],
)
def test_personal_and_other_requests_pass_by(current, environ):
    inner = Application()
    fast = FastPath(inner, [current])
    get("/a.ttl", fast)
    assert get("/a.ttl", fast, **environ)["body"] == b"2"
    assert inner.asked == 2


@pytest.mark.parametrize(
    "change",
    [
        {"Set-Cookie": "a=b"},
        {"Cache-Control": "no-store"},
        {"ETag": ""},
        {"Content-Type": "text/html; charset=utf-8"},
        {"Content-Length": "9999999"},
        {"Content-Length": ""},
    ],
)
def test_what_may_not_be_kept_is_not(current, change):
    inner = Application(list((dict(TAGGED) | change).items()))
    fast = FastPath(inner, [current])
    assert [get("/a.ttl", fast)["body"] for _ in range(2)] == [b"1", b"2"]


def test_what_a_client_may_refuse_of_a_coding_is_told_apart(current):
    fast = FastPath(Application(), [current])
    wishes = ["zstd, gzip", "zstd", "zstd, identity;q=0", "zstd, gzip"]
    assert [get("/a.ttl", fast, HTTP_ACCEPT_ENCODING=each)["body"] for each in wishes] == [b"1", b"2", b"3", b"1"]


def test_errors_are_not_kept(current):
    fast = FastPath(Application(status="404 NOT FOUND"), [current])
    assert [get("/a.ttl", fast)["body"] for _ in range(2)] == [b"1", b"2"]


def test_a_change_of_a_file_voids_all(current):
    fast = FastPath(Application(), [current])
    get("/a.ttl", fast)
    other = current.with_name("new")
    other.write_text("2")
    other.replace(current)
    assert [get("/a.ttl", fast)["body"] for _ in range(2)] == [b"2", b"2"]


def test_an_answer_during_which_a_file_changed_is_not_kept(current):
    class Changing(Application):
        def __call__(self, environ, start_response):
            os.utime(current, ns=(1, self.asked))
            return super().__call__(environ, start_response)

    fast = FastPath(Changing(), [current])
    assert [get("/a.ttl", fast)["body"] for _ in range(2)] == [b"1", b"2"]


def test_it_is_bounded(current):
    inner = Application()
    fast = FastPath(inner, [current], limit=10 * 2060)
    for number in range(50):
        get(f"/{number}.ttl", fast)
    assert get("/49.ttl", fast)["status"] == "200 OK"
    assert inner.asked == 50
    get("/0.ttl", fast)
    assert inner.asked == 51


@pytest.mark.parametrize("seen", ['"1"', 'W/"1"', '"0", "1"', "*"])
def test_what_the_client_has_is_not_sent_again(current, seen):
    fast = FastPath(Application(), [current])
    get("/a.ttl", fast)
    answer = get("/a.ttl", fast, HTTP_IF_NONE_MATCH=seen)
    assert (answer["status"], answer["body"]) == ("304 NOT MODIFIED", b"")
    assert answer["headers"]["ETag"] == '"1"'
    assert "Content-Length" not in answer["headers"]
    assert get("/a.ttl", fast, HTTP_IF_NONE_MATCH='"2"')["status"] == "200 OK"


def test_answers_of_the_register_are_the_same_again_and_new_after_an_import(tmp_path):
    settings = settings_at(tmp_path / "data")
    client = create_app(settings).test_client(use_cookies=False)
    query = f"/sparql?query={quote('SELECT (COUNT(*) AS ?n) { ?s ?p ?o }')}"
    before = [client.get(query) for _ in range(2)]
    assert before[0].data == before[1].data
    assert "cache=hit" in before[1].headers["Samsvar-Used"]
    assert before[1].headers["Age"] == "0"
    plain = {name: value for name, value in before[0].headers if name not in ("Samsvar-Used", "X-Request-ID")}
    assert plain.items() <= dict(before[1].headers).items()
    from pyoxigraph import Literal, NamedNode, Triple

    from registry.services import build_services

    with build_services(settings).store.session() as session:
        triple = Triple(NamedNode("a:s"), NamedNode("a:p"), Literal("x"))
        session.insert(NamedNode(f"{settings.uri_base}/graph/catalogue/a"), [triple])
    after = client.get(query)
    assert after.json["results"]["bindings"][0]["n"]["value"] == "1"
    assert after.headers["ETag"] != before[0].headers["ETag"]
    client.application.extensions["samsvar"].query_host.stop()
    assert Path(settings.data).exists()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"HTTP_IF_MODIFIED_SINCE": "Sun, 22 Nov 2026 10:00:00 GMT"}, "304 NOT MODIFIED"),
        ({"HTTP_IF_MODIFIED_SINCE": "Sun, 22 Nov 2026 09:59:59 GMT"}, "200 OK"),
        ({"HTTP_IF_MODIFIED_SINCE": "yesterday"}, "200 OK"),
        ({"HTTP_IF_MODIFIED_SINCE": "Sun, 22 Nov 2026 10:00:00 GMT", "HTTP_IF_NONE_MATCH": '"2"'}, "200 OK"),
    ],
)
def test_a_kept_answer_is_not_sent_to_who_has_it_by_its_date(current, asked, status):
    fast = FastPath(Application([*TAGGED, ("Last-Modified", "Sun, 22 Nov 2026 10:00:00 GMT")]), [current])
    get("/a.ttl", fast)
    assert get("/a.ttl", fast, **asked)["status"] == status
