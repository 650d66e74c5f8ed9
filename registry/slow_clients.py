"""Gunicorn's threaded worker, with an end to its patience: nobody keeps a thread by sending or reading slowly.

A client has `SAMSVAR_REQUEST_TIMEOUT` seconds for the headers of a request and as many for its body, and one more for
each `RATE` bytes that have come. Who does not manage gets 408 and the end of the connection. Who does not read an
answer gets the end of the connection, after `SAMSVAR_QUERY_SLOW_READER` seconds for one piece of it. A body that ends
before its length is an error, never a shorter body: gunicorn alone would hand over what came.

A request takes a thread when its headers are there, and a short body with them: until then what has come is kept, and
the connection waits with the silent ones.
"""

import errno
import os
import re
import socket
import time
from collections.abc import Callable
from typing import Any

from gunicorn.http.errors import NoMoreData
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

from registry.errors import BadRequestError, SlowRequestError
from registry.framing import check_framing
from registry.settings import Settings

RATE = 16 << 10
"""Bytes that earn a client another second."""
_MOMENT = 0.1
"""Seconds for which a thread waits for a connection to say anything; without threads it may stay silent for longer."""
_SHORT = 64 << 10
"""Bytes of headers, or of a body, that are waited for without a thread."""
_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,9})[ \t]*\r\n", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:", re.IGNORECASE)
_TOO_LATE = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_GONE = (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK)


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """See the module."""

    def init_process(self) -> None:
        """Reads the settings in the process that uses them."""
        settings = Settings()
        self.for_request, self.for_answer = settings.request_timeout, settings.query_slow_reader
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """As the threaded worker does, with connections of our own."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in _GONE:
                raise
            return
        self.nr_conns += 1
        client.setblocking(True)  # noqa: FBT003 - the socket's own name for it
        self.enqueue_req(Connection(self.cfg, client, address, listener.getsockname(), self.for_request))

    def handle_quit(self, sig: int, frame: Any) -> None:  # noqa: ARG002 - gunicorn's own signature
        """SIGINT and SIGQUIT, often both: the end at once, as registry.serving.worker_exit has it."""
        os._exit(0)

    def handle(self, conn: "Connection") -> Any:
        """What a thread does with a connection: a request, or nothing yet."""
        return super().handle(conn) if conn.has_request() else _DEFER

    def handle_request(self, req: Any, conn: "Connection") -> bool:
        """One request whose headers have come."""
        check_framing(req)
        conn.sock.settimeout(self.for_answer)
        conn.begin(self._late, _cut)
        try:
            return bool(super().handle_request(req, conn))
        finally:
            conn.begin(TimeoutError)

    def _late(self) -> SlowRequestError:
        return SlowRequestError(
            f"The body of the request came too slowly: it has {self.for_request:g} seconds, "
            f"and one more for each {RATE} bytes. Send it again, faster or in parts."
        )


def _cut() -> BadRequestError:
    return BadRequestError("The request ends before its body does: nothing was done. Send all of it.")


class Connection(TConn):  # type: ignore[misc] # gunicorn has no types
    """A connection whose requests are read against the clock."""

    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any, seconds: float) -> None:
        super().__init__(cfg, sock, client, server)
        self._seconds = seconds
        self._come = bytearray()
        self._since: float | None = None
        self._is_late = False

    def init(self) -> None:
        """Before each request."""
        first = not self.initialized
        super().init()
        if first:
            self.parser.unreader = TimedReader(self.sock)
        self.parser.unreader.unread(self.parser.unreader.take_buffered() + bytes(self._come))
        self._come.clear()
        self._since = None
        self.begin(self._no_headers)

    def has_request(self) -> bool:
        """Whether a thread has work: all of a short request, enough of a long one, or the end of patience."""
        if not self.wait_for_data(_MOMENT):
            return False
        self.sock.setblocking(False)  # noqa: FBT003 - the socket's own name for it
        try:
            content = self.sock.recv(_SHORT)
        except BlockingIOError:
            content = b""
            if not self._buffered():
                return False
        else:
            self._come += content
            if not content:
                return True
        now = time.monotonic()
        self._since = self._since or now
        self._is_late = now - self._since > self._seconds + len(self._come) / RATE
        return self._is_late or _is_enough(self._buffered() + bytes(self._come))

    def _buffered(self) -> bytes:
        """What was read ahead of the request before."""
        return bytes(self.parser.unreader.buf.getvalue()) if self.initialized else b""

    def wait_for_data(self, timeout: float) -> bool:
        """Whether the client says something soon."""
        if self._come or self._buffered():
            return True
        return bool(super().wait_for_data(min(timeout, _MOMENT)))

    def begin(self, late: Callable[[], Exception], cut: Callable[[], Exception] | None = None) -> None:
        """The time for what comes next runs from now.

        `late` makes the error of who does not manage, `cut` that of who ends before all has come, if that is one.
        """
        self.parser.unreader.begin(0.0 if self._is_late else self._seconds, late, cut)

    def _no_headers(self) -> NoMoreData:
        self.sock.send(_TOO_LATE)
        return NoMoreData()


def _is_enough(content: bytes) -> bool:
    """Whether a request can be answered without waiting for its client, or is too long to be waited for."""
    end = _END.search(content)
    if end is None:
        return len(content) >= _SHORT
    head, body = content[: end.start()], content[end.end() :]
    length = _LENGTH.search(head + b"\r\n")
    wanted = int(length[1]) if length and not _EXPECTS.search(head) else 0
    return len(body) >= min(wanted, _SHORT)


class TimedReader(SocketUnreader):  # type: ignore[misc] # gunicorn has no types
    """What comes over a socket, until its time is up."""

    def begin(self, seconds: float, late: Callable[[], Exception], cut: Callable[[], Exception] | None) -> None:
        """See `Connection.begin`."""
        self._until = time.monotonic() + seconds
        self._late = late
        self._cut = cut

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next bytes.

        Raises:
            Exception: those of `begin`, when the time is up or the client has ended.
            TimeoutError: the socket's own timeout, where it is shorter.
        """
        own = self.sock.gettimeout()
        left = self._until - time.monotonic()
        if left <= 0:
            raise self._late()
        self.sock.settimeout(left if own is None else min(own, left))
        try:
            content: bytes = super().chunk(size_hint)
        except TimeoutError as error:
            raise (error if own is not None and own < left else self._late()) from error
        finally:
            self.sock.settimeout(own)
        if not content and self._cut is not None:
            raise self._cut()
        self._until += len(content) / RATE
        return content
