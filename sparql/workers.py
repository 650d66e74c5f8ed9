"""The query host: ``python -m sparql.workers '{...}'``. One process that all web processes share.

It owns the queue, the limits and the kills; it holds no store and starts no thread. Web processes reach it over a Unix
socket (`sparql.query_host.meeting` says where); `sparql.query_host.host` is their side, `sparql.query_host.wire` the
language. It ends when the last process that it was started for has ended; whoever finds it dead starts it again.

::

    web process --socket--> query host --control--> zygote (a generation in memory)
                                |                      | fork
                                |------- channel ----- worker (deadline, memory limit, no network)
                                +------- channel ----- one that asks services (network, no data), where any are listed
"""

import json
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from sparql.budget import Budget
from sparql.query_host.dispatcher import Host
from sparql.query_host.replica import Source


def listen(place: Path, name: str) -> socket.socket:
    """The host's socket in a folder, for this user only."""
    listener = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        (place / name).unlink(missing_ok=True)
        listener.bind(f"/proc/self/fd/{descriptor}/{name}")
    finally:
        os.close(descriptor)
        os.umask(before)
    listener.listen(128)
    return listener


def main(arguments: str) -> None:
    """Listens, then goes to the background; returns in the process that was started as soon as clients can connect."""
    told: dict[str, Any] = json.loads(arguments)
    directory, place = Path(told["directory"]), Path(told["place"])
    listener = listen(place, told["socket"])
    if os.fork():
        return
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    source = Source(directory, told["uri_base"], told["default_graph"])
    Host(listener, source, Budget(**told["budget"]), told["owner"], told["services"]).serve()
    with suppress(OSError):
        (place / told["socket"]).unlink()


if __name__ == "__main__":
    main(sys.argv[1])
