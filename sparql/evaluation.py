"""What one query worker does: takes queries from its channel, asks the engine, streams the answers.

It lives in a process of its own that may be killed at any moment; nothing here needs tidying up.
"""

import json
import os
import re
import resource
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import IO, cast

import pyoxigraph
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

from ontologies.namespaces import PREFIXES
from sparql.dialects import with_columns
from sparql.errors import QueryError, QueryFailedError, QueryMemoryError, QuerySyntaxError, StoreError
from sparql.formats import RDF_BY_MEDIA_TYPE, RESULT_FORMATS, RESULTS_BY_MEDIA_TYPE, TURTLE
from sparql.jail import confine
from sparql.replica import PLAIN, Replica
from sparql.tolerance import query_tolerantly
from sparql.wire import ASK, CHUNK, DATA, END, HEAD, Inbox, Request, failure, frame

STACK = 512 << 20
"""Bytes of address space for the stack, so that a query that the gate let through does not overflow it."""
HELD_BACK = 1 << 16
"""Bytes that wait for more: an answer whose first piece is shorter has no second one."""
_PLACE = re.compile(r"^error at (\d+):(\d+): expected (.*)$", re.DOTALL)
_TELLING = ("Prefix not found", "Duplicated variable name in SELECT")
_CONTROL = bytes(each for each in range(32) if each not in (9, 10, 13))


def work(channel: socket.socket, open_replica: Callable[[], Replica], memory: int) -> None:
    """Serves queries until the channel closes. `memory` is what a query may use beyond what is there already."""
    threading.stack_size(STACK)
    thread = threading.Thread(target=_until_hung_up, args=(channel, open_replica, memory))
    thread.start()
    thread.join()


def _until_hung_up(channel: socket.socket, open_replica: Callable[[], Replica], memory: int) -> None:
    with suppress(ConnectionError):
        _serve(channel, open_replica, memory)


def _serve(channel: socket.socket, open_replica: Callable[[], Replica], memory: int) -> None:
    inbox = Inbox()
    replica: Replica | None = None
    while content := channel.recv(CHUNK):
        for kind, told in inbox.feed(content):
            if kind != ASK:
                continue
            try:
                if replica is None:
                    replica = open_replica()
                    confine(memory, needs_files=not replica.in_memory)
                summary = answer(replica, Request.from_json(told), Sink(channel))
                channel.sendall(frame(END, json.dumps(summary).encode()))
            except (QueryError, StoreError) as error:
                channel.sendall(failure(error))
            except MemoryError:
                channel.sendall(failure(QueryMemoryError("The query used more memory than a query may.")))
            except FileNotFoundError:
                channel.sendall(failure(StoreError("The generation was replaced while it was opened: ask again.")))


class Sink:
    """Where the engine writes an answer; sends it in frames, the first one late enough for an honest status."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._pieces: list[bytes] = []
        self._size = 0
        self._begun = False
        self.media_type = ""
        self.is_xml = False

    def write(self, piece: bytes) -> int:
        """Takes a piece of the answer."""
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size >= HELD_BACK:
            self.send()
        return len(piece)

    def flush(self) -> None:
        """The engine calls this at its end; what is held back is sent by `send`."""

    def send(self, *, last: bool = False) -> None:
        """Sends what was held back; of XML not its end, which may be half a character, but for the `last` time."""
        content = b"".join(self._pieces)
        cut = len(content) if last or not self.is_xml else len(content) - 2
        content, kept = content[:cut], content[cut:]
        self._pieces = [kept]
        self._size = len(kept)
        if not self._begun:
            head = {"media_type": self.media_type}
            self._channel.sendall(frame(HEAD, json.dumps(head).encode()))
            self._begun = True
        if content:
            self._channel.sendall(frame(DATA, self._well_formed(content) if self.is_xml else content))

    def _well_formed(self, content: bytes) -> bytes:
        """XML cannot carry control characters, not even escaped: they are left out."""
        return content.translate(None, _CONTROL).replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")


def answer(replica: Replica, request: Request, sink: Sink) -> dict[str, float | int]:
    """Evaluates the query and writes the whole answer; returns what END says: ``seconds`` and ``peak`` (KiB).

    Raises:
        QuerySyntaxError: not SPARQL.
        QueryFailedError: the engine gave up.
    """
    begun = time.monotonic()
    try:
        _write(_evaluate(replica, request), request, sink)
    except ConnectionError:
        raise
    except SyntaxError as error:
        raise QuerySyntaxError(in_words(str(error))) from error
    except ValueError as error:
        raise QuerySyntaxError(f"The query or its dataset is not valid: {error}") from error
    except (RuntimeError, OSError) as error:
        raise QueryFailedError(f"The engine gave up: {error}") from error
    sink.send(last=True)
    return {
        "seconds": time.monotonic() - begun,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "pid": os.getpid(),
    }


def _evaluate(replica: Replica, request: Request) -> QuerySolutions | QueryBoolean | QueryTriples:
    options = replica.dataset(request)
    options["base_iri"] = f"{replica.source.uri_base}/sparql"
    if replica.source.default_graph != PLAIN:
        options["prefixes"] = PREFIXES
    results = query_tolerantly(replica.store, request.text, options)
    if isinstance(results, QuerySolutions):
        columns = [variable.value for variable in results.variables]
        named = with_columns(request.text, columns)
        if named is not None:
            return query_tolerantly(replica.store, named, options)
    return results


def _write(results: QuerySolutions | QueryBoolean | QueryTriples, request: Request, sink: Sink) -> None:
    if isinstance(results, QueryTriples):
        syntax = RDF_BY_MEDIA_TYPE.get(request.media_type, TURTLE)
        sink.media_type, sink.is_xml = syntax.content_type, "xml" in syntax.media_type
        pyoxigraph.serialize(results, cast("IO[bytes]", sink), format=syntax.engine, prefixes=PREFIXES)
    else:
        form = RESULTS_BY_MEDIA_TYPE.get(request.media_type, RESULT_FORMATS[0])
        sink.media_type, sink.is_xml = form.content_type, "xml" in form.media_type
        results.serialize(cast("IO[bytes]", sink), format=form.engine)


def in_words(message: str) -> str:
    """The engine's syntax error for people: the place; what it expected is mostly noise, but for two sayings."""
    found = _PLACE.match(message)
    if found is None:
        return f"The query is not SPARQL: {message[:300]}"
    line, column, expected = found.groups()
    telling = next((each for each in _TELLING if each in expected), "")
    return f"Line {line}, column {column}: the query is not SPARQL here{telling and f' ({telling.lower()})'}."
