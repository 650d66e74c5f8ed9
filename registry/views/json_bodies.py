"""The JSON that a program sends, whatever it says."""

from typing import Any

from flask import request

from registry.errors import BadRequestError


def json_body(longest: int) -> Any:
    """The document in the request's body, which has so many bytes at most.

    Raises:
        BadRequestError: it is no JSON, or is not sent as JSON.
    """
    request.max_content_length = longest
    document = request.get_json(silent=True)
    if document is None:
        raise BadRequestError("The body is no JSON, or is not sent as application/json.")
    return document
