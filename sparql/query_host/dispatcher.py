"""The query host's event loop: connections, the queue, deadlines. One thread, no store; see sparql.workers."""

import json
import selectors
import socket
import time
from collections.abc import Sequence
from contextlib import suppress

from sparql.budget import Budget
from sparql.errors import QueryError, QueryFailedError, SparqlError, StoreError
from sparql.limits import out_of_time, read_slowly, too_many_bytes
from sparql.query_host.accepting import Door
from sparql.query_host.answer_cache import AnswerCache
from sparql.query_host.connection import Connection, cause_of_death
from sparql.query_host.fair_queue import FairQueue
from sparql.query_host.federating import Federation, setting_of
from sparql.query_host.flow import Flow
from sparql.query_host.owners import Owners
from sparql.query_host.pool import Pool
from sparql.query_host.processes import Worker
from sparql.query_host.replica import Source
from sparql.query_host.wire import (
    ASK,
    CHUNK,
    DATA,
    END,
    FAIL,
    HEAD,
    STOP,
    Request,
    failure,
    frame,
    with_more,
)

_BURIAL = 2.0
"""Seconds that the host waits to hear how a worker died."""
_TICK = 1.0
_TRIES = 3
"""Workers that a query is given to, one after the other, where a zygote dies with those that it forked."""


class Host:
    """The event loop."""

    def __init__(
        self, listener: socket.socket, source: Source, budget: Budget, owner: int, services: Sequence[str] = ()
    ) -> None:
        self._budget = budget
        self._selector = selectors.DefaultSelector()
        self._pool = Pool(source, budget, self._selector, self._on_worker, self._on_exit)
        self._flow = Flow(self._selector, self._on_worker)
        self._queue = FairQueue(budget)
        self._cache = AnswerCache(budget.cache)
        self._federation = Federation(setting_of(source, budget, services), self._selector, self._enqueue, self._fail)
        self._owners = Owners(self._selector)
        self._stopped = False
        self._door = Door(listener, self._selector, self._take)
        self._owners.watch(owner)

    def serve(self) -> None:
        """Until no owner lives, or STOP."""
        while self._owners and not self._stopped:
            for key, _ in self._selector.select(self._until_next()):
                present = self._selector.get_map().get(key.fd)
                if present is not None and present.fileobj is key.fileobj:
                    key.data()
            self._check_times()
            self._dispatch()
            self._pool.keep_up()

    def _take(self, client: socket.socket) -> None:
        connection = Connection(client, time.monotonic())
        self._selector.register(client, selectors.EVENT_READ, lambda: self._on_client(connection))
        self._on_client(connection)

    def _on_client(self, connection: Connection) -> None:
        """The client can be read or written: a query, or the end of its interest."""
        if connection.out:
            self._send(connection)
        content = connection.read()
        if content is None:
            return
        if not content:
            self._abandon(connection)
            return
        for kind, told in connection.inbox.feed(content):
            if kind == STOP:
                self._stopped = True
            elif kind == ASK and connection.request is None:
                connection.handed = frame(ASK, told)
                self._admit(connection, Request.from_json(told))

    def _admit(self, connection: Connection, request: Request) -> None:
        connection.request = request
        self._owners.watch(request.owner)
        try:
            if request.asks_services:
                self._federation.add(connection)
            elif not self._answer_from_cache(connection, request.key):
                self._queue.add(connection)
        except SparqlError as error:
            self._fail(connection, error)

    def _enqueue(self, connection: Connection) -> None:
        """Its services have answered."""
        try:
            self._queue.add(connection)
        except SparqlError as error:
            self._fail(connection, error)

    def _answer_from_cache(self, connection: Connection, key: str) -> bool:
        kept = self._cache.find(key, self._pool.newest()) if key else None
        if kept is not None:
            connection.finished = True
            connection.out += kept.answer()
            self._send(connection)
        return kept is not None

    def _dispatch(self) -> None:
        self._federation.dispatch()
        while (connection := self._queue.take()) is not None:
            try:
                self._start(connection)
            except (SparqlError, OSError) as error:
                self._fail(connection, error if isinstance(error, SparqlError) else StoreError(str(error)))

    def _start(self, connection: Connection) -> None:
        worker = self._pool.take()
        connection.worker = worker
        connection.begun = time.monotonic()
        connection.deadline = connection.begun + self._budget.timeout
        worker.serving = connection
        request = connection.request
        connection.recording = self._cache.begin(request.key) if request else None
        connection.tries += 1
        worker.out += connection.handed
        if not self._flow.hand_over(worker):
            self._pool.dismiss_idle(worker.zygote)
            self._lose(connection, QueryFailedError("The query could not be handed to its worker. Ask again."))

    def _on_worker(self, worker: Worker) -> None:
        if worker.out:
            self._flow.hand_over(worker)
        try:
            content = worker.channel.recv(CHUNK)
        except BlockingIOError:
            return
        except ConnectionResetError:
            content = b""
        connection = worker.serving
        if not content:
            self._channel_ended(worker)
        elif connection is None:
            self._pool.hear_idle(worker, content)
        else:
            for kind, told in worker.inbox.feed(content):
                self._relay(connection, worker, kind, told)
                if worker.serving is not connection:
                    return
            self._flow.pause_if_full(connection, worker)

    def _channel_ended(self, worker: Worker) -> None:
        self._pool.hang_up(worker)
        if worker.serving is None or worker.code is not None:
            self._on_exit(worker)
        else:
            worker.serving.deadline = time.monotonic() + _BURIAL

    def _relay(self, connection: Connection, worker: Worker, kind: bytes, told: bytes) -> None:
        if kind == DATA:
            connection.sent += len(told)
        if connection.sent > self._budget.answer:
            self._fail(connection, too_many_bytes(self._budget, connection.sent))
            return
        if kind == HEAD:
            told = with_more(told, **connection.told())
        connection.out += frame(kind, told)
        if connection.recording is not None and not self._cache.note(connection.recording, kind, told):
            connection.recording = None
        if kind == END and connection.recording is not None:
            with suppress(StoreError):
                self._cache.keep(connection.recording, self._pool.newest())
        if kind in (END, FAIL):
            self._release(connection)
            connection.worker = None
            connection.finished = True
            self._pool.give_back(worker, json.loads(told).get("peak", 0) if kind == END else 0)
        self._send(connection)

    def _on_exit(self, worker: Worker) -> None:
        """The worker's process has ended; what it sent before is read first."""
        connection = worker.serving
        if connection is None:
            self._pool.dismiss(worker)
        elif worker.zygote.lost:
            self._lose(connection, cause_of_death(worker.code, self._budget))
        elif worker.closed or worker.zygote.retired:
            self._fail(connection, cause_of_death(worker.code, self._budget))

    def _lose(self, connection: Connection, error: SparqlError) -> None:
        """The worker was lost, not through the query: another takes it unless the client has had part of an answer."""
        worker = connection.worker
        if worker is None or connection.answering or connection.tries >= _TRIES:
            self._fail(connection, error)
            return
        self._pool.kill(worker)
        connection.begin_anew()
        self._queue.put_back(connection)

    def _fail(self, connection: Connection, error: SparqlError) -> None:
        """Tells the client, kills its worker. After the first byte the client sees an answer that is cut."""
        worker, connection.worker = connection.worker, None
        self._release(connection)
        if worker is not None:
            self._pool.kill(worker)
        if not connection.answering:
            connection.out.clear()
        connection.finished = True
        connection.out += failure(error)
        self._send(connection)

    def _release(self, connection: Connection) -> None:
        """It is neither waiting nor at work any more."""
        self._queue.remove(connection)
        self._federation.remove(connection)

    def _abandon(self, connection: Connection) -> None:
        """The client has gone: its worker is freed."""
        worker, connection.worker = connection.worker, None
        self._release(connection)
        if worker is not None:
            self._pool.kill(worker)
        self._close(connection)

    def _send(self, connection: Connection) -> None:
        if connection.closed or (connection.out and not connection.let_go(time.monotonic())):
            return
        with suppress(BlockingIOError):
            try:
                if connection.out:
                    del connection.out[: connection.socket.send(connection.out)]
            except OSError as error:
                if isinstance(error, BlockingIOError):
                    raise
                self._abandon(connection)
                return
        self._flow.resume_if_drained(connection)
        if connection.finished and not connection.out:
            self._close(connection)
            return
        if connection.waits_to_write != bool(connection.out):
            connection.waits_to_write = bool(connection.out)
            events = selectors.EVENT_READ | (selectors.EVENT_WRITE if connection.out else 0)
            self._selector.modify(connection.socket, events, lambda: self._on_client(connection))

    def _close(self, connection: Connection) -> None:
        if not connection.closed:
            connection.closed = True
            self._selector.unregister(connection.socket)
            connection.socket.close()

    def _until_next(self) -> float:
        """Seconds until something has to be looked at."""
        now = time.monotonic()
        ends = [self._door.opens, *(each.next_look for each in self._queue.working)]
        ends += [end for end in (self._queue.next_end(), self._federation.next_end()) if end is not None]
        return max(0.0, min([_TICK, *(end - now for end in ends)]))

    def _check_times(self) -> None:
        now = time.monotonic()
        self._door.look(now)
        for each, error in [*self._queue.impatient(now), *self._federation.late(now)]:
            self._fail(each, error)
        for each in list(self._queue.working):
            if each.holds:
                self._send(each)
            if each.paused_since is not None:
                waited = each.waited + now - each.paused_since
                if waited > self._budget.slow_reader:
                    self._fail(each, read_slowly(self._budget, waited))
            elif now >= each.deadline:
                self._fail(each, self._too_late(each))

    def _too_late(self, connection: Connection) -> QueryError:
        worker = connection.worker
        if worker is not None and worker.closed:
            return cause_of_death(worker.code, self._budget)
        return out_of_time(self._budget, time.monotonic() - connection.begun - connection.waited)
