"""Fetching a source over HTTP or HTTPS: only from where it may lie, every redirect checked, within size and time.

What a person names on the command line may lie anywhere, and where it redirects to must be the same host or public.
What is fetched unasked (registry/harvesting) lies on the public internet, or in networks that the operator allows.
"""

import io
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address, ip_network
from typing import IO, NoReturn, cast
from urllib.parse import quote, urljoin, urlsplit

from importers.base import Source, UnreadableSourceError
from importers.report import Where
from registry.content_coding import CODINGS, IDENTITY
from registry.errors import BadRequestError
from registry.request_bodies import Unpacked
from sparql.federation.addresses import Allowed, Network, is_public, unwrapped
from sparql.federation.connecting import ForbiddenPlaceError, connect

_TIMEOUT = 60.0
"""Seconds for what a person waits for, and the most that anybody waits for a connection or for the next bytes."""
_HOPS = 5
_PIECE = 1 << 16
_ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, text/csv;q=0.7, */*;q=0.1"
_ANYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"
_AGAIN = {408, 425, 429, 500, 502, 503, 504}
"""Answers after which it is worth to ask again."""
_CHECK = "Check the address, or save the file and import that."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is fetched: `networks` are where it may lie beside the public internet, `anywhere` lifts that for its host.

    `etag` and `last_modified` are those of what is there already. `authorization` is the header's whole value; it is
    sent to the host of `url` only, and encrypted unless that lies in one of the networks.
    """

    url: str
    networks: tuple[Network, ...] = ()
    anywhere: bool = False
    etag: str = ""
    last_modified: str = ""
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, unpacked, and seconds for the whole of it, redirects included."""

    size: int
    seconds: float = _TIMEOUT


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came; None for the content where nothing has changed. `url` is where it came from in the end."""

    url: str
    content: bytes | None
    etag: str
    last_modified: str

    @property
    def source(self) -> Source:
        """The content under the last part of its address."""
        return Source(urlsplit(self.url).path.rpartition("/")[2] or self.url, self.content or b"")


class FetchError(UnreadableSourceError):
    """Why there is nothing; `passing` says whether it may be there later, after `wait` seconds if it said so."""

    def __init__(self, url: str, message: str, fix: str = _CHECK, *, passing: bool = False, wait: float = 0.0) -> None:
        super().__init__(message, Where(url), fix)
        self.passing = passing
        self.wait = wait


def get(wanted: Wanted, limits: Limits) -> Fetched:
    """Asks once, and follows redirects.

    Raises:
        FetchError: see there.
    """
    end = time.monotonic() + limits.seconds
    url = wanted.url
    for _ in range(_HOPS + 1):
        answer = _Hop(wanted, _usable(url), limits, end).answer()
        if isinstance(answer, Fetched):
            return answer
        url = _redirected(url, answer)
    raise FetchError(wanted.url, f"More than {_HOPS} redirects.")


def too_large(name: str, limit: int) -> UnreadableSourceError:
    """A source beyond the limit of bytes."""
    return UnreadableSourceError(_size_message(limit), Where(name), "Raise SAMSVAR_MAX_SOURCE or split it.")


def _size_message(limit: int) -> str:
    return f"Larger than {f'{limit // 2**20} MiB' if limit >= 2**20 else f'{limit} bytes'}."


def _usable(url: str) -> str:
    """The address in ASCII.

    Raises:
        FetchError: it is none of http or https.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        host = parts.netloc.encode("ascii" if parts.netloc.isascii() else "idna").decode()
    except ValueError as error:
        raise FetchError(url, "This is no address.") from error
    if not usable:
        raise FetchError(url, "Only http and https addresses can be fetched.", "Save the file and import that.")
    if parts.username is not None:
        raise FetchError(url, "An address with a user or password in it is not fetched.", "Take them out of it.")
    return parts._replace(
        netloc=host, path=quote(parts.path, _SAFE), query=quote(parts.query, _SAFE), fragment=""
    ).geturl()


def _redirected(url: str, location: str) -> str:
    """Where an answer leads to.

    Raises:
        FetchError: that is no address, or it is not encrypted where this one is.
    """
    try:
        target = urljoin(url, location)
    except ValueError as error:
        raise FetchError(url, f"It redirects to {location[:200]!r}, which is no address.") from error
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
        raise FetchError(url, f"It redirects from https to {target[:200]}, which is not followed.")
    return target


def _cut(connection: socket.socket) -> None:
    """Ends a connection that another thread reads from."""
    with suppress(OSError):
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _seconds(retry_after: str) -> float:
    """How long Retry-After asks to wait: it is a number of seconds, or a date."""
    if retry_after.isdecimal():
        return float(retry_after[:9])
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except ValueError:
        return 0.0


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port: what credentials are for."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


@contextmanager
def connected(place: Allowed, end: float) -> Iterator[HTTPConnection]:
    """A connection (see `connect`), cut at `end` in monotonic seconds, however slowly bytes drip in."""
    connection = connect(place, min(max(0.001, end - time.monotonic()), _TIMEOUT))
    connection.settimeout(_TIMEOUT)
    timer = threading.Timer(max(0.001, end - time.monotonic()), _cut, (connection,))
    timer.daemon = True
    timer.start()
    try:
        client = HTTPConnection(urlsplit(place.address).hostname or "")
        client.sock = connection
        yield client
    finally:
        timer.cancel()
        connection.close()


@dataclass(frozen=True, slots=True)
class _Hop:
    """One request to one address; `end` is when time is up, in monotonic seconds."""

    wanted: Wanted
    url: str
    limits: Limits
    end: float

    def answer(self) -> Fetched | str:
        """What came, or the address that it redirects to."""
        try:
            with connected(self._allowed(), self.end) as client:
                client.request("GET", self._target(), headers=self._headers(client))
                with client.getresponse() as response:
                    return self._read(response)
        except ForbiddenPlaceError as error:
            fix = "Only public addresses are fetched: SAMSVAR_HARVEST_ALLOW names other networks."
            raise FetchError(self.url, f"It lies at {error.place}, which is not allowed.", fix) from error
        except ssl.SSLCertVerificationError as error:
            raise FetchError(self.url, f"It has no valid certificate: {error.verify_message}.") from error
        except (HTTPException, OSError, ValueError) as error:
            if time.monotonic() >= self.end or isinstance(error, TimeoutError):
                self._late(error)
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise FetchError(self.url, f"No answer ({reason}).", passing=True) from error

    def _late(self, error: Exception) -> NoReturn:
        message = f"It did not answer in time (at most {self.limits.seconds:g} seconds)."
        raise FetchError(self.url, message, passing=True) from error

    def _allowed(self) -> Allowed:
        named = self.wanted.anywhere and urlsplit(self.url).hostname == urlsplit(self.wanted.url).hostname
        return Allowed(self.url, _ANYWHERE if named else self.wanted.networks)

    def _target(self) -> str:
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    def _headers(self, client: HTTPConnection) -> dict[str, str]:
        said = {
            "Host": urlsplit(self.url).netloc,
            "User-Agent": "samsvar",
            "Accept": _ACCEPT,
            "Accept-Encoding": ", ".join(CODINGS),
            "Connection": "close",
        }
        if self.wanted.etag:
            said["If-None-Match"] = self.wanted.etag
        if self.wanted.last_modified:
            said["If-Modified-Since"] = self.wanted.last_modified
        if self.wanted.authorization and origin(self.url) == origin(self.wanted.url):
            self._check_secrecy(client)
            said["Authorization"] = self.wanted.authorization
        return said

    def _check_secrecy(self, client: HTTPConnection) -> None:
        place = client.sock.getpeername()[0]
        if urlsplit(self.url).scheme == "http" and is_public(unwrapped(ip_address(place))):
            raise FetchError(self.url, "Credentials are not sent over http.", "Use the https address.")

    def _read(self, response: HTTPResponse) -> Fetched | str:
        etag, modified = (response.headers.get(name, "") for name in ("ETag", "Last-Modified"))
        location = response.headers.get("Location")
        if response.status in {301, 302, 303, 307, 308} and location:
            return location.encode("latin-1").decode("utf-8", "replace")
        if response.status == HTTPStatus.NOT_MODIFIED and (self.wanted.etag or self.wanted.last_modified):
            return Fetched(self.url, None, etag or self.wanted.etag, modified or self.wanted.last_modified)
        if response.status != HTTPStatus.OK:
            raise FetchError(
                self.url,
                f"It answered {response.status} {response.reason}".strip() + ".",
                passing=response.status in _AGAIN,
                wait=_seconds(response.headers.get("Retry-After", "")),
            )
        return Fetched(self.url, self._content(response), etag, modified)

    def _content(self, response: HTTPResponse) -> bytes:
        """The body, whole and unpacked, or an error."""
        stream = self._unpacked(response)
        parts: list[bytes] = []
        size = 0
        self._check_size(response.length or 0)
        try:
            while part := stream.read(_PIECE):
                parts.append(part)
                size += len(part)
                self._check_size(size)
        except BadRequestError as error:
            raise FetchError(self.url, str(error), passing=True) from error
        if response.length:
            raise FetchError(self.url, f"It broke off with {response.length} bytes to go.", passing=True)
        if time.monotonic() >= self.end:
            self._late(TimeoutError())
        return b"".join(parts)

    def _check_size(self, size: int) -> None:
        if size > self.limits.size:
            fix = "Raise SAMSVAR_MAX_SOURCE or split it."
            raise FetchError(self.url, _size_message(self.limits.size), fix)

    def _unpacked(self, response: HTTPResponse) -> IO[bytes]:
        named = response.headers.get("Content-Encoding", IDENTITY).strip().lower()
        coding = "gzip" if named == "x-gzip" else named
        if coding in {"", IDENTITY}:
            return response
        if coding not in CODINGS:
            raise FetchError(self.url, f"It is packed in {named[:40]!r}, which was not asked for.")
        packed = cast("IO[bytes]", response)
        return cast("IO[bytes]", io.BufferedReader(Unpacked(packed, CODINGS[coding].decoder()), _PIECE))
