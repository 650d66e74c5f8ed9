"""Waiting for the answer of work that is done in a process of its own."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_TIMES = 60


def answered(client: FlaskClient, answer: TestResponse, headers: dict[str, str]) -> TestResponse:
    """What is answered when the work is done."""
    for _ in range(_TIMES):
        if answer.status_code != 202:
            return answer
        assert answer.headers["Retry-After"]
        assert answer.get_json()["step"]
        answer = client.get(answer.headers["Location"], headers={**headers, "Prefer": "wait=10"})
    raise AssertionError("the work does not end")
