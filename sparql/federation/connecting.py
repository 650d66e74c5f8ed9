"""A connection to a host at an address that was checked.

The host's name is resolved once, every address that it has is checked, and the connection goes to one of those: what
the name means a moment later does not matter.
"""

import socket
import ssl
from contextlib import ExitStack
from typing import Any
from urllib.parse import SplitResult, urlsplit

from sparql.federation.addresses import Allowed

_PORTS = {"http": 80, "https": 443}


class ForbiddenPlaceError(Exception):
    """The host lies where it may not; `place` is the IP address."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def connect(allowed: Allowed, timeout: float) -> socket.socket:
    """A connection to the first address that takes one, encrypted for https; each has its part of `timeout` seconds.

    Raises:
        ForbiddenPlaceError: one of the host's addresses is not allowed; nothing was sent.
        TimeoutError: nobody took the connection.
        OSError: no address, no connection, no valid certificate.
    """
    parts = urlsplit(allowed.address)
    found = socket.getaddrinfo(parts.hostname or "", parts.port or _PORTS[parts.scheme], type=socket.SOCK_STREAM)
    for *_, place in found:
        _check_place(allowed, str(place[0]))
    refused: OSError = OSError("the name has no address")
    for family, kind, protocol, _, place in found:
        try:
            return _connected(allowed, parts, socket.socket(family, kind, protocol), place, timeout / len(found))
        except OSError as error:
            refused = error
    raise refused


def _connected(
    allowed: Allowed, parts: SplitResult, connection: socket.socket, place: Any, timeout: float
) -> socket.socket:
    with ExitStack() as unless_connected:
        unless_connected.callback(connection.close)
        connection.settimeout(timeout)
        connection.connect(place)
        _check_place(allowed, str(connection.getpeername()[0]))
        connected = _encrypted(connection, parts.hostname or "") if parts.scheme == "https" else connection
        connected.settimeout(None)
        unless_connected.pop_all()
        return connected


def _check_place(allowed: Allowed, address: str) -> None:
    if not allowed.permits(address):
        raise ForbiddenPlaceError(address)


def _encrypted(connection: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(connection, server_hostname=host)
