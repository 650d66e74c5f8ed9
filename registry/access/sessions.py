"""Signing in on the register's own pages, with a token that the browser then sends along as a cookie.

The cookie goes to the pages where people write only (`PATHS`), no script can read it, and no other site makes
the browser send it (SameSite=Strict); a form that changes something must besides come from the register itself, which
browsers say in ``Sec-Fetch-Site`` and ``Origin``. The API takes no cookie.
"""

from urllib.parse import urlsplit

from flask import Request, Response

from registry.access.bearer import token_of
from registry.access.tokens import Token, TokenStore
from registry.errors import ForbiddenError, UnauthorizedError

COOKIE = "samsvar-token"
PATHS = ("/imports", "/link-proposals", "/decisions", "/cases", "/drafts", "/comments", "/account")
_OWN = ("same-origin", "none")


def signed_in(tokens: TokenStore, request: Request) -> Token | None:
    """The token that the browser sends along; None where there is none, or it opens nothing any longer."""
    try:
        return session_token(tokens, request)
    except UnauthorizedError:
        return None


def session_token(tokens: TokenStore, request: Request) -> Token:
    """The token of the browser's session.

    Raises:
        UnauthorizedError: nobody is signed in, or the token opens nothing any longer.
    """
    value = request.cookies.get(COOKIE)
    return token_of(tokens, f"Bearer {value}" if value else None)


def must_come_from_own_page(request: Request, public_url: str) -> None:
    """Lets a form through that a page of the register sent.

    Raises:
        ForbiddenError: another site had the browser send it, or the browser does not say who had.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "")
    own = site in _OWN if site is not None else urlsplit(origin).netloc in {request.host, urlsplit(public_url).netloc}
    if not own:
        raise ForbiddenError(
            "The form was not sent from a page of this register. Open the page here and send it again."
        )


def sign_in(response: Response, text: str, public_url: str) -> None:
    """Has the browser send the token along until it is closed."""
    secure = public_url.startswith("https:")
    for path in PATHS:
        response.set_cookie(COOKIE, text, path=path, httponly=True, samesite="Strict", secure=secure)


def sign_out(response: Response) -> None:
    """Has the browser forget the token."""
    for path in PATHS:
        response.delete_cookie(COOKIE, path=path, httponly=True, samesite="Strict")
