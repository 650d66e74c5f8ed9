"""Where the form of the SPARQL page sends a query without JavaScript: long ones do not fit into an address."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from registry.views.context import register

blueprint = Blueprint("sparql_form", __name__)

_LONGEST = 6000
"""Characters of an address that servers, proxies and browsers take, the host's name and more besides."""


@blueprint.post("/sparql/ask")
def ask() -> Response:
    """To the query's own address, which can be kept and shared; one that is too long is posted on to the endpoint."""
    request.max_content_length = 4 * register().query_host.budget.query + (1 << 16)
    address = f"{request.script_root}/sparql?{urlencode(list(request.form.items(multi=True)))}"
    if len(address) <= _LONGEST:
        return _go(f"{address}#answer", 303)
    return _go(f"{request.script_root}/sparql#answer", 307)


def _go(address: str, status: int) -> Response:
    return Response(status=status, headers={"Location": address, "Cache-Control": "no-store"})
