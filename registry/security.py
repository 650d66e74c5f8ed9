"""Headers that every answer carries: content security policy, no sniffing, no framing, no referrer to others.

Data is open to scripts of every origin (CORS, without credentials); pages are not.
"""

import secrets

from flask import Flask, Response, g, request

_POLICY = (
    "default-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)

_STYLE = "style-src 'self'"
FRAMEABLE = f"default-src 'none'; {_STYLE}; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""The policy of a page without scripts that pages of other sites may show in a frame."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Of every answer, beside its content security policy."""
DATA_HEADERS = {"Content-Security-Policy": "; ".join((*_POLICY, _STYLE)), **HEADERS}
"""Of an answer that is no page."""
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


_MAY_READ = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Datetime, Accept-Profile, Cache-Control, If-Modified-Since, If-None-Match"
    ),
    "Access-Control-Max-Age": "86400",
}
"""What a script on another site is told that asks whether it may read."""


def style_nonce() -> str:
    """A nonce for this answer's styles; asking for it is what allows it (the SPARQL editor injects its own styles)."""
    if "style_nonce" not in g:
        g.style_nonce = secrets.token_urlsafe(16)
    return str(g.style_nonce)


def init_security(app: Flask) -> None:
    """Adds the headers to every answer and `style_nonce()` to templates."""
    app.jinja_env.globals["style_nonce"] = style_nonce
    app.after_request(_secure)


def _secure(response: Response) -> Response:
    style = f"{_STYLE} 'nonce-{g.style_nonce}'" if "style_nonce" in g else _STYLE
    headers = response.headers
    headers.setdefault("Content-Security-Policy", "; ".join((*_POLICY, style)))
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if headers["Content-Security-Policy"] == FRAMEABLE:
        del headers["X-Frame-Options"]
    if request.method in _READING and (response.mimetype != "text/html" or response.location):
        headers.setdefault("Access-Control-Allow-Origin", "*")
        headers.setdefault("Access-Control-Expose-Headers", "Content-Profile, ETag, Link, Location, Memento-Datetime")
    if request.method == "OPTIONS" and request.headers.get("Access-Control-Request-Method") in _READING:
        for name, value in _MAY_READ.items():
            headers.setdefault(name, value)
    return response
