"""A table with columns of its owner's own, and how it is uploaded on the page."""

import io

from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal
from werkzeug.test import TestResponse

from ontologies.namespaces import SKOS
from registry.access.sessions import COOKIE
from registry.services import Services

OWN = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
PUBLISHER = "999000009"
TABLE = """Nr;Ord;Ord (engelsk);Hva det er;Kalles også
1;kai;quay;sted der et fartøy legger til;brygge, pir
2;molo;;byggverk som demper bølger;
""".encode()
SAID = {
    "field-0": "id",
    "prefix-0": "https://havn.example/",
    "field-1": "anbefalt_term",
    "field-2": "anbefalt_term",
    "language-2": "en",
    "field-3": "definisjon",
    "field-4": "tillatt_term",
    "separator-4": "comma",
    "title": "Havneord",
}


def signed_in(app: Flask, token: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(COOKIE, token, path="/imports")
    return client


def upload(browser: FlaskClient, content: bytes = TABLE, name: str = "ord.csv", **more: object) -> TestResponse:
    form = {"file": (io.BytesIO(content), name), "catalogue": f"{PUBLISHER}-ord", **more}
    return browser.post("/imports/new", data=form, headers=OWN)


def waiting(browser: FlaskClient, content: bytes = TABLE, name: str = "ord.csv") -> str:
    answer = upload(browser, content, name)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/imports/tables/")
    return answer.headers["Location"]


def labels(services: Services) -> set[str]:
    found = services.store.reader().quads(
        None, SKOS.prefLabel, None, services.urls.graph("catalogue", f"{PUBLISHER}-ord")
    )
    return {quad.object.value for quad in found if isinstance(quad.object, Literal)}
