"""SPARQL Update on the web: an administrator's token, then the write."""

from flask import g, request

from registry.access.bearer import administrator
from registry.access.tokens import Token
from registry.errors import ForbiddenError, UnauthorizedError
from registry.provenance import Deed
from registry.services import Services
from registry.updating import update
from sparql.protocol import ProtocolUpdate


class SparqlUpdates:
    """What the endpoint asks for updates; see sparql.endpoint.Updates."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.limit = services.updates.budget.update

    def allow(self) -> None:
        """Raises UnauthorizedError or ForbiddenError where the request carries no administrator's token."""
        self._administrator()

    def welcome(self) -> bool:
        """Whether `allow` raises nothing."""
        try:
            self._administrator()
        except (UnauthorizedError, ForbiddenError):
            return False
        return True

    def run(self, asked: ProtocolUpdate) -> None:
        """Evaluates the update, writes and publishes it."""
        token = self._administrator()
        update(self._services, asked, Deed(token.id, token.organisation, asked.text))

    def _administrator(self) -> Token:
        """Looked up once a request."""
        if "administrator" not in g:
            g.administrator = administrator(self._services.tokens, request.headers.get("Authorization"))
        found: Token = g.administrator
        return found
