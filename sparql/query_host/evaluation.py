"""What one query worker does: takes queries from its channel, asks the engine, streams the answers.

It lives in a process of its own that may be killed at any moment; nothing here needs tidying up.
"""

import os
import re
import resource
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from typing import IO, cast

import pyoxigraph
from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from ontologies.namespaces import PREFIXES
from sparql.budget import Budget
from sparql.embedded.files import is_corruption
from sparql.embedded.integrity import damaged
from sparql.errors import QueryError, QueryFailedError, QuerySyntaxError, StoreError
from sparql.formats import RDF_BY_MEDIA_TYPE, RESULT_FORMATS, RESULTS_BY_MEDIA_TYPE, TURTLE
from sparql.language.counting import counted
from sparql.language.dialects import with_columns
from sparql.limits import out_of_memory
from sparql.query_host.jail import confine
from sparql.query_host.replica import PLAIN, Replica
from sparql.query_host.rows import RowCounter
from sparql.query_host.sink import Sink
from sparql.query_host.tolerance import query_tolerantly
from sparql.query_host.wire import ASK, CHUNK, WARM, Inbox, Request, failure, frame

STACK = 512 << 20
"""Bytes of address space for the stack, so that a query that the gate let through does not overflow it."""
_PLACE = re.compile(r"^error at (\d+):(\d+): expected (.*)$", re.DOTALL)
_TELLING = ("Prefix not found", "Duplicated variable name in SELECT")


def work(channel: socket.socket, open_replica: Callable[[], Replica], budget: Budget, *, warm: bool) -> None:
    """Serves queries until the channel closes.

    `open_replica` is called when the first one comes, or at once by a worker that is to be `warm`.
    """
    threading.stack_size(STACK)
    thread = threading.Thread(target=_until_hung_up, args=(channel, open_replica, budget, warm))
    thread.start()
    thread.join()


def _until_hung_up(
    channel: socket.socket,
    open_replica: Callable[[], Replica],
    budget: Budget,
    warm: bool,
) -> None:
    with suppress(ConnectionError):
        replica = None
        if warm:
            replica = _confined(open_replica, budget)
            warm_up(replica)
            channel.sendall(frame(WARM, b""))
        _serve(channel, open_replica, budget, replica)


def warm_up(replica: Replica) -> None:
    """Reads what most queries ask, so that the memory which reading copies is copied before the first of them.

    Of a million triples 75,000 pages, half a second and 300 MB.
    """
    store = replica.union or replica.store
    next(cast("QuerySolutions", store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))
    _size(store)


def _confined(open_replica: Callable[[], Replica], budget: Budget) -> Replica:
    replica = open_replica()
    confine(budget.memory, needs_files=not replica.in_memory)
    return replica


def _serve(
    channel: socket.socket, open_replica: Callable[[], Replica], budget: Budget, replica: Replica | None
) -> None:
    inbox = Inbox()
    while content := channel.recv(CHUNK):
        for kind, told in inbox.feed(content):
            if kind != ASK:
                continue
            try:
                replica = replica or _confined(open_replica, budget)
                answer(replica, Request.from_json(told), Sink(channel, budget, replica.digest, replica.place))
            except (QueryError, StoreError) as error:
                channel.sendall(failure(error))
            except MemoryError:
                channel.sendall(failure(out_of_memory(budget)))
            except FileNotFoundError:
                channel.sendall(failure(StoreError("The generation was replaced while it was opened: ask again.")))


def answer(replica: Replica, request: Request, sink: Sink) -> None:
    """Evaluates the query and writes the whole answer; END says ``seconds``, ``rows``, ``peak`` (KiB), ``pid``.

    Raises:
        QuerySyntaxError: not SPARQL.
        QueryTooLargeError: more rows than an answer may have.
        QueryFailedError: the engine gave up.
        StoreDamagedError: what it read is damaged.
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
        if is_corruption(error):
            raise damaged(replica.source.directory, f"a block cannot be read ({error})") from error
        raise QueryFailedError(f"The engine gave up: {error}") from error
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sink.finish({"seconds": time.monotonic() - begun, "peak": peak, "pid": os.getpid()})


def _evaluate(replica: Replica, request: Request) -> QuerySolutions | QueryBoolean | QueryTriples:
    options = replica.dataset(request)
    options["base_iri"] = f"{replica.source.uri_base}/sparql"
    if replica.source.default_graph != PLAIN:
        options["prefixes"] = PREFIXES
    store = replica.asked(request)
    text = counted(request.text, partial(_size, store)) if store is replica.union else request.text
    results = query_tolerantly(store, text, options)
    if isinstance(results, QuerySolutions):
        columns = [variable.value for variable in results.variables]
        named = with_columns(request.text, columns)
        if named is not None:
            return query_tolerantly(store, named, options)
    return results


@cache
def _size(store: Store) -> int:
    """How many triples there are: the engine counts them, and in a worker they stay as they are."""
    return len(store)


def _write(results: QuerySolutions | QueryBoolean | QueryTriples, request: Request, sink: Sink) -> None:
    if isinstance(results, QueryTriples):
        syntax = RDF_BY_MEDIA_TYPE.get(request.media_type, TURTLE)
        sink.expect(syntax)
        triples = sink.counted(results)
        pyoxigraph.serialize(triples, cast("IO[bytes]", sink), format=syntax.engine, prefixes=PREFIXES)
    else:
        form = RESULTS_BY_MEDIA_TYPE.get(request.media_type, RESULT_FORMATS[0])
        sink.expect(form, RowCounter(form.engine) if isinstance(results, QuerySolutions) else None)
        results.serialize(cast("IO[bytes]", sink), format=form.engine)


def in_words(message: str) -> str:
    """The engine's syntax error for people: the place; what it expected is mostly noise, but for two sayings."""
    found = _PLACE.match(message)
    if found is None:
        return f"The query is not SPARQL: {message[:300]}"
    line, column, expected = found.groups()
    telling = next((each for each in _TELLING if each in expected), "")
    return f"Line {line}, column {column}: the query is not SPARQL here{telling and f' ({telling.lower()})'}."
