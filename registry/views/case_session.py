"""What the pages of cases, drafts and comments share: who is signed in, and whether he may."""

from collections.abc import Callable

from flask import request

from registry.access.bearer import token_of
from registry.access.sessions import must_come_from_own_page, session_token, signed_in
from registry.access.tokens import Token
from registry.errors import ForbiddenError
from registry.views.context import register


def visitor() -> Token | None:
    """Who is signed in on the page."""
    return signed_in(register().tokens, request)


def form_token() -> Token:
    """The token of who sends a form of the register's own.

    Raises:
        UnauthorizedError: nobody is signed in.
        ForbiddenError: another site had the browser send the form.
    """
    must_come_from_own_page(request, register().settings.public_url)
    return session_token(register().tokens, request)


def program_token() -> Token:
    """The token of a request to the API.

    Raises:
        UnauthorizedError: there is none, or it opens nothing.
    """
    return token_of(register().tokens, request.headers.get("Authorization"))


def allowed(ask: Callable[[], None]) -> bool:
    """Whether what is asked raises no ForbiddenError."""
    try:
        ask()
    except ForbiddenError:
        return False
    return True
