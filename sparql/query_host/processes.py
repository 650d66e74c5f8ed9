"""The processes of the query host as it sees them: zygotes, and the workers forked from them."""

import os
import resource
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sparql.query_host.wire import Inbox

if TYPE_CHECKING:
    from sparql.query_host.connection import Connection


class Child:
    """A process that this one forked. It is ended by a descriptor: its id may be that of another process by then."""

    def __init__(self, pid: int) -> None:
        self._descriptor = -1
        with suppress(ProcessLookupError):  # it has ended, and nobody waits for it
            self._descriptor = os.pidfd_open(pid)

    def end(self) -> None:
        """Kills it, where it lives."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            os.close(descriptor)


@dataclass(eq=False, slots=True)
class Zygote:
    """A zygote as the host sees it.

    `digest` is that of the generation that it holds, or will when it has heard what was sent; on disk it holds none.
    `warmed` says that a worker has read all that it holds, or that none needs to.
    `changed` counts the quads that it has followed: what is removed still takes memory. `lost` is one that has ended
    by itself, and its workers with it.
    """

    process: Child
    control: socket.socket
    in_memory: bool
    ready: bool = False
    warmed: bool = False
    retired: bool = False
    lost: bool = False
    digest: str = ""
    changed: int = 0
    workers: "set[Worker]" = field(default_factory=set)


@dataclass(eq=False, slots=True)
class Worker:
    """A worker as the host sees it; `serving` is the connection whose query it has, `code` how its process ended.

    `out` is what it has not been sent of the query yet. One that is `warm` reads the whole generation before it says
    that it is free.
    """

    number: int
    zygote: Zygote
    channel: socket.socket
    stamp: object
    inbox: Inbox = field(default_factory=Inbox)
    out: bytearray = field(default_factory=bytearray)
    waits_to_write: bool = False
    serving: "Connection | None" = None
    code: int | None = None
    closed: bool = False
    warm: bool = False
    resident: int = 0


def close_all_but(descriptor: int) -> None:
    """In a process that was just forked: closes what it inherited but this descriptor and the standard ones."""
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
