"""The web process's side of the query host: asks a query from outside, gets the answer as it comes.

`QueryHost.run` starts the host when nobody has, or when it has died; that takes a few tenths of a second.
"""

import hashlib
import json
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from sparql.budget import Budget
from sparql.dialects import normalise
from sparql.errors import QueryError, QueryFailedError, SparqlError
from sparql.formats import RESULT_FORMATS, TURTLE, Format
from sparql.gate import Shape, admit
from sparql.locks import exclusive
from sparql.wire import ASK, CHUNK, DATA, END, FAIL, HEAD, STOP, Inbox, Request, error_of, frame

_START = 10.0
_ROOT = Path(__file__).resolve().parent.parent


class HungUpError(SparqlError):
    """The client that asked has gone; nobody waits for an answer."""


class LostError(QueryError):
    """The query host closed the connection in the middle."""


class Chunks(Iterator[bytes]):
    """The bytes of an answer. Iterate it to the end or close it: closing frees the worker at once.

    Raises, while iterating:
        QueryError: the query went past its budget after the first byte. What was read is not a whole answer.
    """

    def __init__(self, connection: socket.socket, inbox: Inbox, frames: list[tuple[bytes, bytes]]) -> None:
        self._connection = connection
        self._inbox = inbox
        self._frames = frames

    def __next__(self) -> bytes:
        while True:
            while self._frames:
                kind, content = self._frames.pop(0)
                if kind == DATA:
                    return content
                self.close()
                if kind == END:
                    raise StopIteration
                raise error_of(content)
            if self._connection.fileno() < 0:
                raise StopIteration
            try:
                self._frames += _receive(self._connection, self._inbox)
            except LostError:
                self.close()
                raise

    def put_back(self, content: bytes) -> None:
        """These bytes come first again."""
        self._frames.insert(0, (DATA, content))

    def close(self) -> None:
        """Done with the answer, whole or not."""
        self._frames.clear()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """An answer that has begun: its Content-Type and its bytes."""

    media_type: str
    chunks: Chunks

    def read(self) -> bytes:
        """The whole answer; see Chunks for the errors."""
        with self.chunks:
            return b"".join(self.chunks)


class QueryHost:
    """Asks queries from outside over the register in `directory`.

    `default_graph` is ``union`` or ``plain``. `owner` is the process with which the query host ends; by default this
    process, or the server whose child it is (`SAMSVAR_SERVER_PID`). Hosts are shared by all who name the same settings.
    """

    def __init__(
        self,
        directory: Path,
        uri_base: str,
        budget: Budget | None = None,
        default_graph: str = "union",
        owner: int | None = None,
    ) -> None:
        self.directory = Path(directory).resolve()
        self.uri_base = uri_base
        self.budget = budget or Budget()
        self.default_graph = default_graph
        self._owner = owner
        settings = json.dumps([uri_base, default_graph, asdict(self.budget), str(_ROOT), sys.executable])
        self.name = f"query-{hashlib.sha256(settings.encode()).hexdigest()[:8]}"

    def shape(self, text: str) -> Shape:
        """The form of the query, after the gate; see gate.admit for the errors."""
        return admit(text, self.budget)

    def run(
        self,
        text: str,
        *,
        format: Format | None = None,  # noqa: A002 - the protocol's own word
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        client: str = "",
        watch: socket.socket | None = None,
    ) -> QueryAnswer:
        """The answer to a query, in a format of the kind that its form has (JSON or Turtle where none is given).

        `client` is whom the fair queue counts; `watch` is the socket of who asked: its end frees the worker.

        Raises:
            QueryError: refused, past its budget, or not SPARQL; see sparql.errors.
            StoreError: the register is damaged.
            HungUpError: `watch` was closed by the other side.
        """
        shape = self.shape(text)
        if format is None:
            format = TURTLE if shape.form in ("CONSTRUCT", "DESCRIBE") else RESULT_FORMATS[0]  # noqa: A001 - the same
        request = Request(
            text=normalise(text),
            media_type=format.media_type,
            default_graphs=None if default_graphs is None else tuple(default_graphs),
            named_graphs=None if named_graphs is None else tuple(named_graphs),
            has_dataset=shape.has_dataset,
            client=client,
            owner=self._owner_pid(),
        )
        return self.send(request, watch)

    def send(self, request: Request, watch: socket.socket | None = None) -> QueryAnswer:
        """Hands a request to the host as it is, without the gate; see `run` for the errors."""
        for last in (False, True):
            connection = self._connect()
            try:
                connection.sendall(frame(ASK, request.to_json()))
                return self._begin(connection, watch)
            except LostError as error:
                connection.close()
                if last:
                    raise QueryFailedError("The query host ended while it worked. Ask again.") from error
            except OSError as error:
                connection.close()
                if last:
                    raise QueryFailedError(f"The query host cannot be reached: {error}. Ask again.") from error
            except BaseException:
                connection.close()
                raise
        raise AssertionError

    def stop(self) -> None:
        """Ends the query host and what it works on; nothing happens when none runs."""
        with suppress(OSError), self._try() as connection:
            connection.sendall(frame(STOP))
            connection.settimeout(_START)
            while connection.recv(CHUNK):
                pass

    def _begin(self, connection: socket.socket, watch: socket.socket | None) -> QueryAnswer:
        inbox = Inbox()
        frames: list[tuple[bytes, bytes]] = []
        connection.settimeout(self.budget.timeout + self.budget.patience + self.budget.slow_reader + _START)
        while not frames:
            if watch is not None:
                _wait_watching(connection, watch)
            frames = _receive(connection, inbox)
        kind, content = frames.pop(0)
        if kind == FAIL:
            raise error_of(content)
        if kind != HEAD:
            raise QueryFailedError("The query host spoke out of turn.")
        return QueryAnswer(json.loads(content)["media_type"], Chunks(connection, inbox, frames))

    def _owner_pid(self) -> int:
        if self._owner is not None:
            return self._owner
        server = int(os.environ.get("SAMSVAR_SERVER_PID", "0"))
        return server if server == os.getppid() else os.getpid()

    def _connect(self) -> socket.socket:
        with suppress(OSError):
            return self._try()
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            with exclusive(self.directory / f"{self.name}.lock", _START):
                with suppress(OSError):
                    return self._try()
                self._start()
                return self._try()
        except OSError as error:
            raise QueryFailedError(f"The query host needs a socket in the data directory: {error}.") from error

    def _try(self) -> socket.socket:
        """A connection; the path may be longer than a socket's address can be, so it goes through the directory."""
        connection = socket.socket(socket.AF_UNIX)
        try:
            descriptor = os.open(self.directory, os.O_RDONLY | os.O_DIRECTORY)
            try:
                connection.connect(f"/proc/self/fd/{descriptor}/{self.name}.sock")
            finally:
                os.close(descriptor)
        except OSError:
            connection.close()
            raise
        return connection

    def _start(self) -> None:
        told = {
            "directory": str(self.directory),
            "socket": f"{self.name}.sock",
            "uri_base": self.uri_base,
            "default_graph": self.default_graph,
            "budget": asdict(self.budget),
            "owner": self._owner_pid(),
        }
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "2", "RUST_BACKTRACE": "0"}
        command = [sys.executable, "-P", "-m", "sparql.workers", json.dumps(told)]
        try:
            subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                timeout=_START,
                check=True,
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise QueryFailedError("The query host could not be started; the server's log says why.") from error


def _receive(connection: socket.socket, inbox: Inbox) -> list[tuple[bytes, bytes]]:
    """At least one more read from the host; the frames that became whole with it."""
    try:
        content = connection.recv(CHUNK)
    except OSError as error:
        raise LostError("The answer was cut: the query host ended.") from error
    if not content:
        raise LostError("The answer was cut: the query host ended.")
    return inbox.feed(content)


def _wait_watching(connection: socket.socket, watch: socket.socket) -> None:
    """Until the host says something; raises when the other side of `watch` has closed it."""
    watched = [watch]
    while True:
        readable, _, _ = select.select([connection, *watched], [], [])
        if connection in readable:
            return
        if not watch.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
            raise HungUpError("The client has gone.")
        watched = []
