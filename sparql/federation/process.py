"""The process that asks the services of one query: it has the network but no data; a worker has data but no network.

Forked by the query host for one query, and killed where that one is given up. It says one thing: the request with the
new text (an ASK frame for a worker), or why not (FAIL).
"""

import os
import resource
import socket
import sys
import threading
from dataclasses import replace
from typing import NoReturn

from sparql.errors import SparqlError
from sparql.federation.asking import Setting, with_answers
from sparql.limits import out_of_memory
from sparql.query_host.evaluation import STACK
from sparql.query_host.jail import die_with_parent, limit_memory
from sparql.query_host.processes import Child, close_all_but
from sparql.query_host.wire import ASK, Request, failure, frame


def fork(request: Request, setting: Setting) -> tuple[Child, socket.socket]:
    """Starts asking; the process, and the channel on which it will say its one thing and then close."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        _live(theirs, request, setting)
    theirs.close()
    ours.settimeout(0)
    return Child(pid), ours


def _live(channel: socket.socket, request: Request, setting: Setting) -> NoReturn:
    status = 1
    try:
        close_all_but(channel.fileno())
        die_with_parent()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        threading.stack_size(STACK)
        thread = threading.Thread(target=_say, args=(channel, request, setting))
        thread.start()
        thread.join()
        status = 0
    finally:
        if status:
            sys.excepthook(*sys.exc_info())
        os._exit(status)


def _say(channel: socket.socket, request: Request, setting: Setting) -> None:
    threading.stack_size(0)
    limit_memory(setting.budget.memory)
    try:
        text = with_answers(request.text, setting)
        told = replace(request, text=text, asks_services=False)
        said = frame(ASK, told.to_json())
    except SparqlError as error:
        said = failure(error)
    except MemoryError:
        said = failure(out_of_memory(setting.budget))
    channel.sendall(said)
