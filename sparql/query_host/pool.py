"""The query host's zygotes and workers: which generation is served, who is idle, who is to be killed.

The zygote in memory follows small changes; after a large one a new zygote loads. While it does, queries are answered
from disk, so that whoever imported and then asks sees what was imported.
"""

import json
import os
import selectors
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from sparql.budget import Budget
from sparql.embedded.integrity import Pointer
from sparql.errors import StoreError
from sparql.query_host import zygote as zygote_process
from sparql.query_host.following import can_follow
from sparql.query_host.processes import Child, Worker, Zygote, close_all_but
from sparql.query_host.replica import Source
from sparql.query_host.warming import Warming

_PACKET = 1 << 16
_GARBAGE = 200_000
"""Quads that a zygote may follow before it is loaded anew, and half of what it holds if that is more."""
_GROWN = 128 * 1024
"""KiB of resident memory above the first query's after which a worker is replaced."""


class Pool:
    """`on_worker` is called when a worker's channel can be read, `on_exit` when its process has ended."""

    def __init__(
        self,
        source: Source,
        budget: Budget,
        selector: selectors.BaseSelector,
        on_worker: Callable[[Worker], None],
        on_exit: Callable[[Worker], None],
    ) -> None:
        self._source = source
        self._current = os.fspath(source.directory / "current")
        self._budget = budget
        self._selector = selector
        self._on_worker = on_worker
        self._on_exit = on_exit
        self._numbers = 0
        self._stamp: object = object()
        self._pointer = Pointer(0, "")
        self._at_once = True
        self._fits = True
        self._quads = 0
        self._changed = 0.0
        self._seen = 0.0
        self._warming = Warming()
        self._memory: Zygote | None = None
        self._disk: Zygote | None = None
        self._workers: dict[int, Worker] = {}
        self._idle: list[Worker] = []

    def newest(self) -> str:
        """The digest of the newest generation's record.

        Raises:
            StoreError: the register is damaged.
        """
        self._refresh()
        return self._pointer.digest

    def keep_up(self) -> None:
        """Lets a zygote in memory follow, also while nobody asks; what is wrong is told to whoever asks next."""
        if self._memory is not None:
            with suppress(StoreError, OSError):
                self._refresh()
                self._warm_up()

    def take(self) -> Worker:
        """A worker that sees the newest generation.

        Raises:
            StoreError: the register is damaged.
        """
        self._refresh()
        zygote = self._zygote()
        fresh = [worker for worker in self._idle if worker.zygote is zygote and worker.stamp == self._stamp]
        for worker in [each for each in self._idle if each not in fresh]:
            self.dismiss(worker)
        if fresh:
            chosen = next((worker for worker in fresh if worker.warm), fresh[-1])
            self._idle.remove(chosen)
            return chosen
        return self._fork(zygote) or self._fork(self._zygote()) or self._refuse()

    def give_back(self, worker: Worker, resident: int) -> None:
        """The worker is done with its query; `resident` is its peak in KiB."""
        worker.serving = None
        worker.resident = worker.resident or resident
        if worker.zygote.retired or worker.stamp != self._stamp or resident > worker.resident + _GROWN:
            self.dismiss(worker)
        else:
            self._idle.append(worker)

    def hear_idle(self, worker: Worker, content: bytes) -> None:
        """A worker without a query says that it is warm; nothing else may come from it."""
        if self._warming.hear(worker, content):
            self.give_back(worker, 0)
        else:
            self.kill(worker)

    def kill(self, worker: Worker) -> None:
        """Ends a worker at once, whatever it does."""
        with suppress(OSError):
            worker.zygote.control.send(json.dumps({"kill": worker.number}).encode())
        self.dismiss(worker)

    def dismiss(self, worker: Worker) -> None:
        """Lets a worker go: it ends when its channel closes."""
        worker.serving = None
        self._warming.end(worker)
        self.hang_up(worker)
        self._workers.pop(worker.number, None)
        if worker in self._idle:
            self._idle.remove(worker)
        worker.zygote.workers.discard(worker)
        if worker.zygote.retired and not worker.zygote.workers:
            self._close(worker.zygote)

    def dismiss_idle(self, zygote: Zygote) -> None:
        """Lets all go that wait for work: one of them was found dead, so the others may be."""
        for worker in [each for each in self._idle if each.zygote is zygote]:
            self.dismiss(worker)

    def hang_up(self, worker: Worker) -> None:
        """Closes the host's end of the channel."""
        if not worker.closed:
            worker.closed = True
            with suppress(KeyError):
                self._selector.unregister(worker.channel)
            worker.channel.close()

    def _refresh(self) -> None:
        stamp = self._look()
        if stamp == self._stamp:
            return
        try:
            pointer, record = self._source.record()
        except FileNotFoundError as error:
            raise StoreError("The generation was replaced while it was looked up: ask again.") from error
        except OSError as error:
            raise StoreError(f"The generation cannot be looked up: {error}. Ask again.") from error
        small = can_follow(self._source, self._pointer.digest, pointer) is not None
        self._stamp, self._pointer = stamp, pointer
        self._quads = 3 * sum(record.graphs.values())
        self._seen = time.monotonic()
        self._at_once = self._quads <= self._budget.at_once
        self._fits = self._quads <= self._budget.in_memory
        self._changed = stamp[1] / 1e9 if stamp and not small else 0.0
        self._catch_up()

    def _catch_up(self) -> None:
        """Lets the zygote in memory follow to the newest generation, or retires it. One that loads is left to load."""
        zygote = self._memory
        if zygote is None or not (zygote.ready or self._at_once) or zygote.digest == self._pointer.digest:
            return
        lies_between = can_follow(self._source, zygote.digest, self._pointer) if zygote.ready else 0
        zygote.changed += lies_between or 0
        if lies_between is None or not self._fits or zygote.changed > max(_GARBAGE, self._quads // 2):
            self._memory = None
            self._retire(zygote)
            return
        zygote.digest = self._pointer.digest
        with suppress(OSError):
            zygote.control.send(json.dumps({"follow": [self._pointer.generation, self._pointer.digest]}).encode())

    def _warm_up(self) -> None:
        zygote = self._memory
        if zygote is None or not zygote.ready or self._at_once:
            return
        since = time.monotonic() - self._seen if zygote.digest == self._pointer.digest else 0.0
        if self._warming.is_due(zygote, self._stamp, self._workers.values(), since):
            self._warming.begin(self._fork(zygote, warm=True))

    def _look(self) -> tuple[int, int, int] | None:
        try:
            status = os.stat(self._current)  # noqa: PTH116 - a fifth of the host's work was to make the same path anew
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size

    def _zygote(self) -> Zygote:
        age = time.time() - self._changed
        calm = self._at_once or not 0 <= age < self._budget.calm
        if self._memory is None and self._fits and calm:
            self._memory = self._spawn(in_memory=True)
        if self._memory is not None and (self._memory.warmed or self._at_once):
            return self._memory
        if self._disk is None:
            self._disk = self._spawn(in_memory=False)
        return self._disk

    def _spawn(self, *, in_memory: bool) -> Zygote:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            self._become_zygote(theirs, in_memory=in_memory)
        theirs.close()
        zygote = Zygote(Child(pid), ours, in_memory)
        self._selector.register(ours, selectors.EVENT_READ, lambda: self._hear(zygote))
        return zygote

    def _become_zygote(self, control: socket.socket, *, in_memory: bool) -> None:
        status = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            close_all_but(control.fileno())
            zygote_process.run(control, self._source, self._budget, in_memory=in_memory)
            status = 0
        finally:
            if status:
                sys.excepthook(*sys.exc_info())
            os._exit(status)

    def _refuse(self) -> NoReturn:
        raise StoreError("Two processes that hold the register ended as they were asked for a worker. Ask again.")

    def _fork(self, zygote: Zygote, *, warm: bool = False) -> Worker | None:
        """A new worker; None where the zygote is found to have ended."""
        ours, theirs = socket.socketpair()
        self._numbers += 1
        worker = Worker(self._numbers, zygote, ours, self._stamp, warm=warm)
        zygote.workers.add(worker)
        self._workers[worker.number] = worker
        ours.settimeout(0)
        self._selector.register(ours, selectors.EVENT_READ, lambda: self._on_worker(worker))
        try:
            command = {"fork": worker.number, "warm": warm}
            socket.send_fds(zygote.control, [json.dumps(command).encode()], [theirs.fileno()])
        except OSError:
            self.dismiss(worker)
            self._lose(zygote)
            return None
        finally:
            theirs.close()
        return worker

    def _hear(self, zygote: Zygote) -> None:
        try:
            message = zygote.control.recv(_PACKET)
        except ConnectionResetError:
            message = b""
        if not message:
            self._lose(zygote)
            return
        told = json.loads(message)
        if "ready" in told:
            zygote.ready = True
            zygote.digest = zygote.digest or told["ready"]
            if zygote is self._memory:
                self._catch_up()
        elif "unfit" in told:
            self._memory, self._fits = None, False
            self._retire(zygote)
        elif told["exit"] in self._workers:
            worker = self._workers[told["exit"]]
            worker.code = told["code"]
            self._on_exit(worker)

    def _lose(self, zygote: Zygote) -> None:
        """A zygote has ended by itself: the next query starts another, on disk where it could not load."""
        if zygote is self._memory:
            self._memory = None
            self._fits = zygote.ready
        if zygote is self._disk:
            self._disk = None
        workers = list(zygote.workers)
        zygote.retired = zygote.lost = True
        self._close(zygote)
        for worker in workers:
            worker.code = worker.code if worker.code is not None else 1
            self._on_exit(worker)

    def _retire(self, zygote: Zygote) -> None:
        zygote.retired = True
        for worker in [each for each in zygote.workers if each.serving is None]:
            self.dismiss(worker)
        if not zygote.workers:
            self._close(zygote)

    def _close(self, zygote: Zygote) -> None:
        """Ends a zygote; the host ignores SIGCHLD, so the system buries it."""
        if zygote.control.fileno() >= 0:
            self._selector.unregister(zygote.control)
            zygote.control.close()
            zygote.process.end()
