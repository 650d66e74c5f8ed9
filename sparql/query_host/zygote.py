"""The process that holds a generation and forks query workers from it.

One thread, a few messages on its control socket (one JSON object a packet): ``fork`` with a channel, ``kill``, and
``follow`` to a newer generation, which comes before the forks that are to see it; back go ``ready`` and ``exit``. It
ends when the query host does, and so do its workers.
"""

import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

from sparql.budget import Budget
from sparql.embedded.integrity import Pointer
from sparql.errors import StoreError
from sparql.query_host.evaluation import work
from sparql.query_host.following import follow
from sparql.query_host.jail import die_with_parent
from sparql.query_host.replica import Replica, Source, load_in_memory, open_on_disk

_PACKET = 1 << 16


def run(control: socket.socket, source: Source, budget: Budget, *, in_memory: bool) -> None:
    """The life of a zygote: loads, then forks on command. Returns when the host has closed the control socket.

    With `in_memory` false nothing is loaded: each worker opens the newest generation on disk for itself.
    """
    die_with_parent()
    Zygote(control, source, budget).live(in_memory=in_memory)


def tidy_heap() -> None:
    """Joins what loading left free, so that not every worker does it by itself and copies 16,000 pages for it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


class Zygote:
    """See `run`."""

    def __init__(self, control: socket.socket, source: Source, budget: Budget) -> None:
        self._control = control
        self._source = source
        self._budget = budget
        self._children: dict[int, int] = {}
        self._replica: Replica | None = None
        self._woken, self._wake = socket.socketpair()

    def live(self, *, in_memory: bool) -> None:
        """Until the control socket closes."""
        if in_memory:
            try:
                self._load()
            except (StoreError, OSError) as error:
                sys.stderr.write(f"query host: the generation could not be held in memory: {error}\n")
                self._tell(unfit=True)
        self._wake.settimeout(0)
        self._woken.settimeout(0)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, _ignore)
        self._tell(ready=self._replica.digest if self._replica else "")
        while self._turn():
            pass

    def _load(self) -> None:
        self._replica = None
        self._replica = load_in_memory(self._source)
        gc.freeze()
        tidy_heap()

    def _follow(self, newest: Pointer) -> None:
        """Goes to that generation or beyond: by the differences where they are known, else by loading it whole."""
        if self._replica is not None and self._replica.digest != newest.digest:
            self._replica = follow(self._replica, newest)
            if self._replica is None:
                self._load()

    def _open(self) -> Replica:
        return self._replica or open_on_disk(self._source)

    def _turn(self) -> bool:
        readable, _, _ = select.select([self._control, self._woken], [], [])
        if self._woken in readable:
            with suppress(BlockingIOError):
                self._woken.recv(_PACKET)
            self._reap()
        if self._control in readable:
            try:
                message, descriptors, _, _ = socket.recv_fds(self._control, _PACKET, 1)
            except ConnectionResetError:
                return False
            if not message:
                return False
            self._obey(json.loads(message), descriptors)
        return True

    def _obey(self, command: dict[str, Any], descriptors: list[int]) -> None:
        if "fork" in command:
            channel = socket.socket(fileno=descriptors[0])
            self._fork(command["fork"], channel, warm=command["warm"])
            channel.close()
        elif "follow" in command:
            self._follow(Pointer(*command["follow"]))
        elif command.get("kill") in self._children.values():
            pid = next(pid for pid, number in self._children.items() if number == command["kill"])
            os.kill(pid, signal.SIGKILL)

    def _fork(self, number: int, channel: socket.socket, *, warm: bool) -> None:
        pid = os.fork()
        if pid:
            self._children[pid] = number
            return
        status = 1
        try:
            die_with_parent()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for each in (self._control, self._woken, self._wake):
                each.close()
            work(channel, self._open, self._budget, warm=warm)
            status = 0
        finally:
            if status:
                sys.excepthook(*sys.exc_info())
            os._exit(status)

    def _reap(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self._tell(exit=self._children.pop(pid), code=os.waitstatus_to_exitcode(status))

    def _tell(self, **message: object) -> None:
        with suppress(BrokenPipeError):
            self._control.send(json.dumps(message).encode())


def _ignore(_signal: int, _frame: object) -> None:
    """Only to be woken."""
