"""The token of a request, from its ``Authorization: Bearer`` header: no cookie (but see sessions.py), no parameter."""

from registry.access.tokens import Token, TokenStore
from registry.errors import ForbiddenError, UnauthorizedError

_SCHEME = "bearer"


def token_of(tokens: TokenStore, header: str | None) -> Token:
    """The token that the Authorization header carries.

    Raises:
        UnauthorizedError: there is none, or it opens nothing.
    """
    scheme, _, value = (header or "").strip().partition(" ")
    if not header:
        raise UnauthorizedError("Writing needs a token: send it as Authorization: Bearer ...")
    if scheme.lower() != _SCHEME or not value.strip():
        raise UnauthorizedError("The Authorization header carries no token: send Authorization: Bearer ...")
    return tokens.verify(value.strip())


def administrator(tokens: TokenStore, header: str | None) -> Token:
    """The token of an administrator.

    Raises:
        UnauthorizedError: no token, or one that opens nothing.
        ForbiddenError: a token of another role.
    """
    token = token_of(tokens, header)
    if token.role != "administrator":
        raise ForbiddenError(f"This needs an administrator's token; yours has the role {token.role}.")
    return token
