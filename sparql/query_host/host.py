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
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TypedDict, Unpack

from ontologies.namespaces import PREFIXES
from sparql.announcing import etag
from sparql.budget import Budget
from sparql.embedded.integrity import read_pointer
from sparql.embedded.locks import exclusive
from sparql.errors import HungUpError, QueryFailedError, QuerySyntaxError
from sparql.federation.addresses import Allowed
from sparql.formats import RESULT_FORMATS, TURTLE, Format
from sparql.language.diagnosis import diagnosis
from sparql.language.gate import Shape, admit
from sparql.language.text_search import Search
from sparql.query_host.answers import Chunks, LostError, QueryAnswer, receive
from sparql.query_host.meeting import meeting_place
from sparql.query_host.normal_form import cache_key
from sparql.query_host.preparing import prepare
from sparql.query_host.replica import PLAIN
from sparql.query_host.wire import ASK, CHUNK, FAIL, HEAD, STOP, Inbox, Request, error_of, frame

_START = 10.0
_ROOT = Path(__file__).resolve().parent.parent.parent


class Asked(TypedDict, total=False):
    """What may be said beside the query.

    The answer's format, the dataset (None is the register's default), whom the fair queue counts as `client`, and the
    `values` of the query's parameters by name.
    """

    format: Format | None
    default_graphs: Sequence[str] | None
    named_graphs: Sequence[str] | None
    client: str
    values: Mapping[str, str] | None


class QueryHost:
    """Asks queries from outside over the register in `directory`.

    `default_graph` is ``union`` or ``plain``. `owner` is the process with which the query host ends; by default this
    process, or the server whose child it is (`SAMSVAR_SERVER_PID`). Hosts are shared by all who name the same settings.
    `search` answers ``samsvar:search``; without it that is a property like others. `services` are whom SERVICE may ask,
    see sparql.federation.addresses.

    Raises:
        ValueError: an entry of `services` is none.
    """

    def __init__(
        self,
        directory: Path,
        uri_base: str,
        budget: Budget | None = None,
        default_graph: str = "union",
        *,
        owner: int | None = None,
        search: Search | None = None,
        services: Sequence[str] = (),
    ) -> None:
        self.services = {Allowed.parse(each).address: each for each in services}
        self._search = search
        self.directory = Path(directory).resolve()
        self.uri_base = uri_base
        self.budget = budget or Budget()
        self.default_graph = default_graph
        self._owner = owner
        shared = [uri_base, default_graph, asdict(self.budget), list(services), str(_ROOT), sys.executable]
        settings = json.dumps(shared)
        self._admitted = lru_cache(maxsize=8)(lambda text: admit(text, self.budget, self.services))
        self.name = f"query-{hashlib.sha256(settings.encode()).hexdigest()[:8]}"

    @property
    def searches(self) -> bool:
        """Whether queries may search with `samsvar:search`."""
        return self._search is not None

    def shape(self, text: str) -> Shape:
        """The form of the query, after the gate; see gate.admit for the errors."""
        return self._admitted(text)

    def run(self, text: str, *, watch: socket.socket | None = None, **asked: Unpack[Asked]) -> QueryAnswer:
        """The answer to a query, in a format of the kind that its form has (JSON or Turtle where none is given).

        `watch` is the socket of who asked: its end frees the worker.

        Raises:
            QueryError: refused, past its budget, or not SPARQL; see sparql.errors.
            StoreError: the register is damaged.
            HungUpError: `watch` was closed by the other side.
        """
        request = self.prepare(text, **asked)
        try:
            return self.send(request, watch)
        except QuerySyntaxError as error:
            raise self.told(error, text, asked.get("values")) from error

    def prepare(self, text: str, **asked: Unpack[Asked]) -> Request:
        """The request for `send`, after the gate; see `run`."""
        shape = self.shape(text)
        form = asked.get("format") or (TURTLE if shape.form in ("CONSTRUCT", "DESCRIBE") else RESULT_FORMATS[0])
        default, named = asked.get("default_graphs"), asked.get("named_graphs")
        engine_text = prepare(text, asked.get("values") or {}, self._search, self.budget.query).text
        return Request(
            text=engine_text,
            media_type=form.media_type,
            default_graphs=None if default is None else tuple(default),
            named_graphs=None if named is None else tuple(named),
            has_dataset=shape.has_dataset,
            client=asked.get("client", ""),
            owner=self._owner_pid(),
            key="" if shape.asks_services else cache_key(engine_text, form.media_type, default, named),
            asks_services=shape.asks_services,
        )

    def told(self, error: QuerySyntaxError, text: str, values: Mapping[str, str] | None = None) -> QuerySyntaxError:
        """An error of `send`, told of the text that `prepare` was given: by `diagnosis` where that finds a mistake."""
        known = () if self.default_graph == PLAIN else PREFIXES
        return diagnosis(text, known) or prepare(text, values or {}, self._search).told(error)

    def etag(self, request: Request) -> str:
        """The ETag of the newest generation's answer; empty where asking again may answer otherwise.

        Raises:
            StoreDamagedError: the pointer to the newest generation is none.
        """
        return etag(read_pointer(self.directory).digest, request.key)

    def send(self, request: Request, watch: socket.socket | None = None) -> QueryAnswer:
        """Hands a request to the host as it is, without the gate; see `run` for the errors."""
        for last in (False, True):
            connection = self._connect()
            with ExitStack() as unanswered:
                unanswered.callback(connection.close)
                try:
                    connection.sendall(frame(ASK, request.to_json()))
                    answer = self._begin(connection, request, watch)
                except LostError as error:
                    if last:
                        raise QueryFailedError("The query host ended while it worked. Ask again.") from error
                    continue
                except OSError as error:
                    if last:
                        raise QueryFailedError(f"The query host cannot be reached: {error}. Ask again.") from error
                    continue
                unanswered.pop_all()
                return answer
        raise AssertionError

    def stop(self) -> None:
        """Ends the query host and what it works on; nothing happens when none runs."""
        with suppress(OSError), self._try() as connection:
            connection.sendall(frame(STOP))
            connection.settimeout(_START)
            while connection.recv(CHUNK):
                pass

    def _begin(self, connection: socket.socket, request: Request, watch: socket.socket | None) -> QueryAnswer:
        inbox = Inbox()
        frames: list[tuple[bytes, bytes]] = []
        connection.settimeout(_longest(self.budget))
        while not frames:
            if watch is not None:
                _wait_watching(connection, watch)
            frames = receive(connection, inbox)
        kind, content = frames.pop(0)
        if kind == FAIL:
            raise error_of(content)
        if kind != HEAD:
            raise QueryFailedError("The query host spoke out of turn.")
        head = json.loads(content)
        tag = etag(head["generation"], request.key)
        return QueryAnswer(head["media_type"], Chunks(connection, inbox, frames), head, tag)

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
            place = meeting_place(self.directory)
            with exclusive(place / f"{self.name}.lock", _START):
                with suppress(OSError):
                    return self._try()
                self._start(place)
                return self._try()
        except OSError as error:
            where = "in the data directory or among the temporary files"
            raise QueryFailedError(f"The query host needs a place for its socket, {where}: {error}.") from error

    def _try(self) -> socket.socket:
        """A connection; the path may be longer than a socket's address can be, so it goes through the directory."""
        connection = socket.socket(socket.AF_UNIX)
        try:
            descriptor = os.open(meeting_place(self.directory), os.O_RDONLY | os.O_DIRECTORY)
            try:
                connection.connect(f"/proc/self/fd/{descriptor}/{self.name}.sock")
            finally:
                os.close(descriptor)
        except OSError:
            connection.close()
            raise
        return connection

    def _start(self, place: Path) -> None:
        told = {
            "directory": str(self.directory),
            "place": str(place),
            "socket": f"{self.name}.sock",
            "uri_base": self.uri_base,
            "default_graph": self.default_graph,
            "budget": asdict(self.budget),
            "owner": self._owner_pid(),
            "services": list(self.services.values()),
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


def _longest(budget: Budget) -> float:
    """Seconds that an answer may be without a word from the host."""
    services = budget.patience + budget.service_timeout
    return budget.timeout + budget.patience + budget.slow_reader + services + _START


def _wait_watching(connection: socket.socket, watch: socket.socket) -> None:
    """Until the host says something; raises when the other side of `watch` has closed it."""
    waiting = select.poll()  # select() takes no descriptor above 1,023
    waiting.register(connection, select.POLLIN)
    waiting.register(watch, select.POLLIN)
    while all(descriptor != connection.fileno() for descriptor, _ in waiting.poll()):
        if _has_gone(watch):
            raise HungUpError("The client has gone.")
        waiting.unregister(watch)


def _has_gone(client: socket.socket) -> bool:
    """Whether a client that can be read has closed or reset its connection, and does not say anything."""
    try:
        return not client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True
