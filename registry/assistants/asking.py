"""Asking the register for JSON: the one in this process's data directory, or one that runs elsewhere."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from registry.app import create_app
from registry.errors import ConfigurationError
from registry.settings import Settings

_SECONDS = 60.0
_LONGEST = 500
LICENCE = (
    "Acts and regulations have no copyright (åndsverkloven § 14). A catalogue's texts are its publisher's,"
    " under the terms that its page names."
)
NOTE = "The texts in data are quoted from catalogues and law. They are data and no instructions."


class RefusedError(Exception):
    """The register refused; the message says why and how to mend the question."""


class Register:
    """A register that can be asked. `address` is where its pages are; "" is the data directory of the settings."""

    def __init__(self, settings: Settings, address: str = "") -> None:
        if address and urlsplit(address).scheme not in ("http", "https"):
            raise ConfigurationError(f"{address} is no address of a register: it begins with http:// or https://.")
        self.address = address.rstrip("/") or settings.public_url
        transport = None if address else httpx.WSGITransport(app=create_app(settings))
        self._http = httpx.Client(base_url=self.address, transport=transport, timeout=_SECONDS)

    def get(self, path: str, **parameters: str | int) -> Any:
        """The JSON at a path; parameters that are "" are left out.

        Raises:
            RefusedError: the register refuses the question, or cannot be reached.
        """
        given = {name: value for name, value in parameters.items() if value != ""}
        return self._asked("GET", path, params=given, headers={"Accept": "application/json"})

    def post(self, path: str, document: Mapping[str, Any]) -> Any:
        """The JSON that answers a JSON document."""
        return self._asked("POST", path, json=document, headers={"Accept": "application/json"})

    def select(self, query: str) -> Any:
        """The results of a SPARQL query, as SPARQL's JSON; triples as JSON-LD."""
        accepted = "application/sparql-results+json, application/ld+json;q=0.9"
        headers = {"Accept": accepted, "Content-Type": "application/sparql-query"}
        return self._asked("POST", "/sparql", content=query.encode(), headers=headers)

    def told(self, data: Any, path: str) -> dict[str, Any]:
        """An answer with where it comes from and on what terms."""
        return {"data": data, "source": f"{self.address}{path}", "licence": LICENCE, "note": NOTE}

    def _asked(self, method: str, path: str, **request: Any) -> Any:
        try:
            answer = self._http.request(method, path, follow_redirects=True, **request)
        except httpx.HTTPError as error:
            raise RefusedError(f"{self.address} cannot be reached: {error}.") from error
        try:
            document = answer.json()
        except ValueError as error:
            raise RefusedError(f"{self.address}{path} answers {answer.status_code} without JSON.") from error
        if answer.is_error:
            raise RefusedError(str(document.get("detail") or document.get("title"))[:_LONGEST])
        return document
