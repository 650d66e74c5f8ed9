"""One question to one service: over HTTP or HTTPS, to an address that was checked, without following anything.

The service gets the query and nothing else: no cookie, no token, no word of who asked.
"""

import socket
import ssl
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from sparql.budget import Budget
from sparql.errors import QueryRefusedError, ServiceFailedError
from sparql.federation.addresses import Allowed
from sparql.federation.connecting import ForbiddenPlaceError, connect
from sparql.federation.solutions import MEDIA_TYPES, Fetched
from sparql.language.services import LIST
from sparql.limits import services_too_late, services_too_many_bytes

_OK = 200


def fetch(service: Allowed, query: str, budget: Budget) -> Fetched:
    """Asks, and waits for the whole answer however long it takes; only to connect there is `budget.service_timeout`.

    Raises:
        QueryTimeoutError: nobody took the connection.
        QueryRefusedError: the host lies where it may not.
        ServiceFailedError: no connection, no certificate, or another answer than 200 with solutions.
        QueryTooLargeError: more bytes than all services may answer with.
    """
    parts = urlsplit(service.address)
    try:
        with connect(service, budget.service_timeout) as connection:
            return _post(service, parts, connection, query, budget)
    except ForbiddenPlaceError as error:
        raise QueryRefusedError(
            f"The service {service.address} lies at {error.place}, which is not public: "
            f"{LIST} names no network beside it where it may lie."
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise _failed(service, f"has no valid certificate: {error.verify_message}") from error
    except TimeoutError as error:
        raise services_too_late(budget, budget.service_timeout) from error
    except OSError as error:
        raise _failed(service, f"cannot be reached: {error.strerror or error}") from error
    except (HTTPException, UnicodeError) as error:
        raise _failed(service, f"did not speak HTTP, or broke off ({type(error).__name__})") from error


def _post(service: Allowed, parts: SplitResult, connection: socket.socket, query: str, budget: Budget) -> Fetched:
    client = HTTPConnection(parts.hostname or "")
    client.sock = connection
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {
        "Host": parts.netloc,
        "User-Agent": "samsvar",
        "Accept": ", ".join(MEDIA_TYPES),
        "Accept-Encoding": "identity",
        "Content-Type": "application/x-www-form-urlencoded",
        "Connection": "close",
    }
    client.request("POST", target, urlencode({"query": query}), headers)
    with client.getresponse() as response:
        media_type = _accepted(service, response)
        content = response.read(budget.service_answer + 1)
        if len(content) > budget.service_answer:
            raise services_too_many_bytes(budget, len(content))
        if response.length:
            raise _failed(service, f"broke off with {response.length} bytes to go")
        return Fetched(service.address, content, media_type)


def _accepted(service: Allowed, response: HTTPResponse) -> str:
    """The media type of an answer that can be read."""
    location = response.headers.get("Location")
    if location and response.status != _OK:
        raise _failed(service, f"sent {response.status} and another address, which is not followed: {location[:200]!r}")
    if response.status != _OK:
        raise _failed(service, f"answered {response.status}")
    coding = response.headers.get("Content-Encoding", "identity")
    if coding.strip().lower() != "identity":
        raise _failed(service, f"packed its answer ({coding[:40]!r}), which was not asked for")
    media_type: Any = response.headers.get_content_type()
    if media_type not in MEDIA_TYPES:
        raise _failed(service, f"answered {media_type[:80]!r} instead of {' or '.join(MEDIA_TYPES)}")
    return str(media_type)


def _failed(service: Allowed, what: str) -> ServiceFailedError:
    return ServiceFailedError(f"The service {service.address} {what}.")
