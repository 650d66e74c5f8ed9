"""Sends one signed message: one POST, to an address that was checked, no redirect followed, within a time."""

import ssl
import time
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlsplit

from registry.fetching import connected
from registry.webhooks.hooks import signature
from sparql.federation.addresses import Allowed
from sparql.federation.connecting import ForbiddenPlaceError

SECONDS = 20.0
"""For the whole of a delivery."""
_LONGEST = 200


class NotDeliveredError(Exception):
    """Why a message did not arrive, in a sentence; it holds no secret."""


def post(place: Allowed, secret: str, message: str, body: bytes) -> str:
    """Posts a message. Returns what the receiver said: its status.

    Raises:
        NotDeliveredError: it did not arrive, or the receiver did not take it (any status but 2xx).
    """
    timestamp = int(time.time())
    headers = {
        "Host": urlsplit(place.address).netloc,
        "User-Agent": "samsvar",
        "Content-Type": "application/json",
        "Connection": "close",
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message, timestamp, body),
    }
    try:
        with connected(place, time.monotonic() + SECONDS) as client:
            client.request("POST", _target(place.address), body, headers)
            with client.getresponse() as response:
                said = f"{response.status} {response.reason}"[:_LONGEST]
                is_taken = HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES
    except ForbiddenPlaceError as error:
        raise NotDeliveredError(f"It lies at {error.place}, which is not allowed.") from error
    except ssl.SSLCertVerificationError as error:
        raise NotDeliveredError(f"It has no valid certificate: {error.verify_message}.") from error
    except (HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise NotDeliveredError(f"No answer ({reason}).") from error
    if not is_taken:
        raise NotDeliveredError(f"It answered {said.strip()}.")
    return said.strip()


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
