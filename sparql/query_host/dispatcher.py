"""The query host's event loop: connections, the queue, deadlines. One thread, no store; see sparql.workers."""

import json
import os
import selectors
import socket
import time
from contextlib import suppress

from sparql.budget import Budget
from sparql.errors import QueryError, QueryFailedError, SparqlError, StoreError
from sparql.limits import out_of_time, read_slowly, too_many_bytes
from sparql.query_host.answer_cache import AnswerCache
from sparql.query_host.connection import Connection, cause_of_death
from sparql.query_host.fair_queue import FairQueue
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
    send_whole,
    with_more,
)

_FULL, _DRAINED = 1 << 20, 1 << 17
"""Bytes held for a client that reads slowly: above the first its worker waits, below the second it goes on."""
_BURIAL = 2.0
"""Seconds that the host waits to hear how a worker died."""
_TICK = 1.0
_TRIES = 3
"""Workers that a query is given to, one after the other, where a zygote dies with those that it forked."""


class Host:
    """The event loop."""

    def __init__(self, listener: socket.socket, source: Source, budget: Budget, owner: int) -> None:
        self._listener = listener
        self._budget = budget
        self._selector = selectors.DefaultSelector()
        self._pool = Pool(source, budget, self._selector, self._on_worker, self._on_exit)
        self._queue = FairQueue(budget)
        self._cache = AnswerCache(budget.cache)
        self._owners: dict[int, int] = {}
        self._stopped = False
        listener.settimeout(0)
        self._selector.register(listener, selectors.EVENT_READ, self._accept)
        self._watch_owner(owner)

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

    def _watch_owner(self, pid: int) -> None:
        if pid in self._owners:
            return
        with suppress(ProcessLookupError):
            descriptor = os.pidfd_open(pid)
            self._owners[pid] = descriptor
            self._selector.register(descriptor, selectors.EVENT_READ, lambda: self._owner_ended(pid))

    def _owner_ended(self, pid: int) -> None:
        descriptor = self._owners.pop(pid)
        self._selector.unregister(descriptor)
        os.close(descriptor)

    def _accept(self) -> None:
        with suppress(BlockingIOError):
            client, _ = self._listener.accept()
            client.settimeout(0)
            connection = Connection(client, time.monotonic())
            self._selector.register(client, selectors.EVENT_READ, lambda: self._on_client(connection))

    def _on_client(self, connection: Connection) -> None:
        """The client can be read or written: a query, or the end of its interest."""
        self._send(connection)
        if connection.closed:
            return
        try:
            content = connection.socket.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            content = b""
        if not content:
            self._abandon(connection)
            return
        for kind, told in connection.inbox.feed(content):
            if kind == STOP:
                self._stopped = True
            elif kind == ASK and connection.request is None:
                connection.request = Request.from_json(told)
                self._admit(connection)

    def _admit(self, connection: Connection) -> None:
        if connection.request is not None and connection.request.owner:
            self._watch_owner(connection.request.owner)
        try:
            if not self._answer_from_cache(connection):
                self._queue.add(connection)
        except SparqlError as error:
            self._fail(connection, error)

    def _answer_from_cache(self, connection: Connection) -> bool:
        key = connection.request.key if connection.request else ""
        kept = self._cache.find(key, self._pool.newest()) if key else None
        if kept is not None:
            connection.finished = True
            connection.out += kept.answer()
            self._send(connection)
        return kept is not None

    def _dispatch(self) -> None:
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
        if request is None or not send_whole(worker.channel, frame(ASK, request.to_json()), _BURIAL):
            self._pool.dismiss_idle(worker.zygote)
            self._lose(connection, QueryFailedError("The query could not be handed to its worker. Ask again."))

    def _on_worker(self, worker: Worker) -> None:
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
            self._pool.kill(worker)
        else:
            for kind, told in worker.inbox.feed(content):
                self._relay(connection, worker, kind, told)
                if worker.serving is not connection:
                    return
            self._pause_if_full(connection, worker)

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
            told = with_more(told, waited=round(connection.begun - connection.arrived, 6))
        connection.out += frame(kind, told)
        if connection.recording is not None and not self._cache.note(connection.recording, kind, told):
            connection.recording = None
        if kind == END and connection.recording is not None:
            self._cache.keep(connection.recording, self._pool.newest())
        if kind in (END, FAIL):
            self._queue.remove(connection)
            connection.worker = None
            connection.finished = True
            self._pool.give_back(worker, json.loads(told).get("peak", 0) if kind == END else 0)
        self._send(connection)

    def _pause_if_full(self, connection: Connection, worker: Worker) -> None:
        if len(connection.out) > _FULL and connection.paused_since is None and not worker.closed:
            connection.paused_since = time.monotonic()
            self._selector.unregister(worker.channel)

    def _resume_if_drained(self, connection: Connection) -> None:
        worker = connection.worker
        if worker is None or connection.paused_since is None or len(connection.out) > _DRAINED:
            return
        pause = time.monotonic() - connection.paused_since
        connection.paused_since = None
        connection.waited += pause
        connection.deadline += pause
        self._selector.register(worker.channel, selectors.EVENT_READ, lambda: self._on_worker(worker))

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
        self._queue.remove(connection)
        if worker is not None:
            self._pool.kill(worker)
        if not connection.answering:
            connection.out.clear()
        connection.finished = True
        connection.out += failure(error)
        self._send(connection)

    def _abandon(self, connection: Connection) -> None:
        """The client has gone: its worker is freed."""
        worker, connection.worker = connection.worker, None
        self._queue.remove(connection)
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
        self._resume_if_drained(connection)
        if connection.finished and not connection.out:
            self._close(connection)
            return
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
        ends = [each.next_look for each in self._queue.working]
        ends += [end for end in (self._queue.next_end(),) if end is not None]
        return max(0.0, min([_TICK, *(end - now for end in ends)]))

    def _check_times(self) -> None:
        now = time.monotonic()
        for each, error in self._queue.impatient(now):
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
