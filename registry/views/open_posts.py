"""Blueprints that only read, but are asked with POST: scripts of other sites may do that, too."""

from flask import Blueprint, Response, request


def open_to_posts(blueprint: Blueprint) -> None:
    """Lets scripts of every origin read the blueprint's answers, and ask with POST and JSON."""
    blueprint.after_request(_allow)


def _allow(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type"
    return response
