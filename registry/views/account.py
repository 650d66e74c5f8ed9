"""Signing in and out: with a token, which the browser keeps for the pages where people write."""

import re

from flask import Blueprint, Response, render_template, request

from ontologies.namespaces import ORGANISATION
from registry.access.sessions import must_come_from_own_page, sign_in, sign_out, signed_in
from registry.catalogue.labels import labelled
from registry.errors import ForbiddenError
from registry.views.context import reader, register
from registry.views.import_session import go, private

blueprint = Blueprint("account", __name__)

_OWN_PAGE = re.compile(r"/[A-Za-z0-9][A-Za-z0-9/._~%?&=+:#-]*")
"""What one may come to after signing in: a page of this register, whatever a form says."""


@blueprint.get("/account")
def account() -> Response:
    """Who is signed in; else the form."""
    token = signed_in(register().tokens, request)
    own = labelled(reader(), ORGANISATION[token.organisation].value) if token and token.organisation else None
    return private(render_template("account/account.html", token=token, organisation=own, next=""))


@blueprint.post("/account/sign-in")
def enter() -> Response:
    """Keeps the token in the browser, if it opens anything."""
    must_come_from_own_page(request, register().settings.public_url)
    text = request.form.get("token", "").strip()
    token = register().tokens.verify(text)
    if token.role == "reader":
        raise ForbiddenError("Reading takes no token, and a reader's token writes nothing.")
    response = go(own_page(request.form.get("next", "")))
    sign_in(response, text, register().settings.public_url)
    return response


@blueprint.post("/account/sign-out")
def leave() -> Response:
    """Forgets the token."""
    must_come_from_own_page(request, register().settings.public_url)
    response = go("/account")
    sign_out(response)
    return response


def own_page(wanted: str) -> str:
    """The page that somebody came from, if it is one of this register's."""
    return wanted if _OWN_PAGE.fullmatch(wanted) else "/account"
