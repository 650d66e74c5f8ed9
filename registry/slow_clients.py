"""Gunicorn's threaded worker, with an end to its patience: nobody keeps a thread by sending or reading slowly.

A client has `SAMSVAR_REQUEST_TIMEOUT` seconds for the headers of a request and as many for its body, and one more for
each `RATE` bytes that have come. Who does not manage gets 408 and the end of the connection. Who does not read an
answer gets the end of the connection, after `SAMSVAR_QUERY_SLOW_READER` seconds for one piece of it. A body that ends
before its length is an error, never a shorter body: gunicorn alone would hand over what came.
"""

import errno
import os
import socket
import time
from collections.abc import Callable
from typing import Any

from gunicorn.http.errors import NoMoreData
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from registry.errors import BadRequestError, SlowRequestError
from registry.framing import check_framing
from registry.settings import Settings

RATE = 16 << 10
"""Bytes that earn a client another second."""
_MOMENT = 0.1
"""Seconds for which a thread waits for a connection to say anything; without threads it may stay silent for longer."""
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

    def init(self) -> None:
        """Before each request."""
        first = not self.initialized
        super().init()
        if first:
            self.parser.unreader = TimedReader(self.sock)
        self.begin(self._no_headers)

    def wait_for_data(self, timeout: float) -> bool:
        """Whether the client says something soon."""
        return bool(super().wait_for_data(min(timeout, _MOMENT)))

    def begin(self, late: Callable[[], Exception], cut: Callable[[], Exception] | None = None) -> None:
        """The time for what comes next runs from now.

        `late` makes the error of who does not manage, `cut` that of who ends before all has come, if that is one.
        """
        self.parser.unreader.begin(self._seconds, late, cut)

    def _no_headers(self) -> NoMoreData:
        self.sock.send(_TOO_LATE)
        return NoMoreData()


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
