"""What the pages about imports share: who is signed in, and answers that nobody else may keep."""

from collections.abc import Iterable

from flask import Response, request

from registry.access.import_rights import may_import
from registry.access.sessions import must_come_from_own_page, session_token
from registry.access.tokens import Token
from registry.views.context import register
from registry.views.rendering import HTML


def writer() -> Token:
    """The token of who sends a form, before the form is read.

    Raises:
        UnauthorizedError: nobody is signed in.
        ForbiddenError: the token may import nothing, or another site had the browser send the form.
    """
    must_come_from_own_page(request, register().settings.public_url)
    token = session_token(register().tokens, request)
    may_import(token)
    return token


def go(address: str) -> Response:
    """303 to what came of a form."""
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def private(content: str | Iterable[str], media_type: str = HTML, status: int = 200) -> Response:
    """An answer for who is signed in alone."""
    response = Response(content, status, mimetype=media_type)
    response.headers["Cache-Control"] = "no-store"
    return response
