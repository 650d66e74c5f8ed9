"""Signing in with OpenID Connect: off to the provider, and back with a token for the day.

The answer to the callback is a page, not a redirect: the cookie is for this site's own navigation alone, and a browser
would not send it along on a redirect that another site began.
"""

import hmac

from flask import Blueprint, Response, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from registry.access.attempts import MOST_BEGUN, Attempts
from registry.access.openid import Provider, provider, subjects
from registry.access.people import People
from registry.access.sessions import sign_in
from registry.errors import ForbiddenError, NotFoundError, TooManySignInsError, UnauthorizedError
from registry.views.account import own_page
from registry.views.context import register
from registry.views.import_session import go, private
from registry.views.languages import said
from sparql.query_host.fair_queue import counted_as

blueprint = Blueprint("openid", __name__)


@blueprint.record
def _count(setup: BlueprintSetupState) -> None:
    """Each application counts for itself who begins to sign in, and who comes back from nowhere."""
    setup.app.extensions["samsvar-sign-ins"] = (Attempts(MOST_BEGUN), Attempts())


def _not_too_often(*, begins: bool) -> None:
    """Counts what a client does that needs no token.

    Raises:
        TooManySignInsError: it does so too often.
    """
    begun, astray = current_app.extensions["samsvar-sign-ins"]
    if (begun if begins else astray).too_many(counted_as(request.remote_addr or "")):
        raise TooManySignInsError("Sign-in after sign-in came from this address. Wait a minute, and sign in again.")


_COOKIE = "samsvar-sign-in"
_PATH = "/account/callback"


@blueprint.get("/account/openid")
def begun() -> Response:
    """Sends the browser to the provider; ``?next=`` is the page to come to then."""
    found = _provider()
    _not_too_often(begins=True)
    address, held = found.begin(own_page(request.args.get("next", "")))
    _people().begin(held)
    response = go(address)
    secure = register().settings.public_url.startswith("https:")
    response.set_cookie(_COOKIE, held.state, path=_PATH, httponly=True, samesite="Lax", secure=secure)
    return response


@blueprint.get(_PATH)
def ended() -> Response:
    """Takes what the provider says, and signs the person in if the administrator knows him."""
    settings = register().settings
    state = request.args.get("state", "")
    same = hmac.compare_digest(state.encode(), request.cookies.get(_COOKIE, "").encode())
    held = _people().end(state) if state and same else None
    if held is None:
        _not_too_often(begins=False)
        raise UnauthorizedError("This sign-in was not begun in this browser, or took too long. Sign in again.")
    address = f"{settings.public_url}{_PATH}?{request.query_string.decode('ascii', 'ignore')}"
    claims = _provider().claims(held, address)
    person = _people().find(*subjects(claims))
    if person is None:
        detail = gettext(
            "Nobody here knows you yet. Ask the register's administrator to add %(sub)s.", sub=claims["sub"]
        )
        raise ForbiddenError(said(detail))
    owner = f"{person.name} ({person.subject})"
    _, text = register().tokens.create(
        person.role, organisation=person.organisation, owner=owner, days=0, hours=settings.oidc_hours, by=owner
    )
    response = private(render_template("account/signed_in.html", person=person, onward=held.onward))
    response.delete_cookie(_COOKIE, path=_PATH, httponly=True, samesite="Lax")
    sign_in(response, text, settings.public_url)
    return response


def _provider() -> Provider:
    """The provider that is set.

    Raises:
        NotFoundError: none is.
    """
    found = provider(register().settings)
    if found is None:
        raise NotFoundError(said(gettext("This register takes tokens only: no OpenID provider is set.")))
    return found


def _people() -> People:
    return People(register().tokens.path)
