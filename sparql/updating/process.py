"""``python -m sparql.updating.process``: evaluates updates and reads documents from outside; may be killed at any time.

A web process starts one when it first needs it and talks to it over standard input and output: a line of JSON with the
size of what follows, then the bytes. It has no network, its memory is limited, and an alarm ends it should the process
that would kill it be gone. What it writes is a scratch copy of a generation that nobody else sees.
"""

import json
import resource
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, parse, serialize

from sparql.budget import Budget
from sparql.changes import Changes, as_json
from sparql.embedded.engine import open_read_only, open_writable
from sparql.embedded.files import storage_errors
from sparql.embedded.integrity import STORE, Pointer, generation_path, still_newest
from sparql.embedded.master import copy_generation
from sparql.errors import DocumentError, QueryMemoryError, SparqlError, StoreError
from sparql.query_host.evaluation import STACK
from sparql.query_host.jail import lift_memory_limit, limit_memory, refuse_sockets
from sparql.query_host.replica import PLAIN, Source
from sparql.query_host.wire import told_of
from sparql.updating.evaluation import Evaluation, Setting, of_data
from sparql.updating.nesting import check_nesting
from sparql.updating.over_session import SessionState
from sparql.updating.own_graphs import own_graphs
from sparql.updating.text import DELETE_WHERE, MODIFY, Operation, admit_update

ALARM = 2.0
"""Seconds beyond the deadline after which this process ends itself."""
_FORGOTTEN = 3600.0
"""Age in seconds of a scratch copy whose processes must have been killed."""
_TRIES = 3
_STATE = SessionState()
_ENGINE = 256 << 20
"""Bytes of address space that the engine takes for itself when it writes to an open store."""


def main(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Answers until standard input is closed, on a thread whose stack holds what the gate lets through."""
    refuse_sockets()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    threading.stack_size(STACK)
    thread = threading.Thread(target=_serve, args=(stdin, stdout))
    thread.start()
    threading.stack_size(0)
    thread.join()


def _serve(stdin: BinaryIO, stdout: BinaryIO) -> None:
    while line := stdin.readline():
        request: dict[str, Any] = json.loads(line)
        content = stdin.read(request["size"])
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] + ALARM)
        head, body = _answer(request, content)
        signal.setitimer(signal.ITIMER_REAL, 0)
        stdout.write(as_json({**head, "size": len(body)}))
        stdout.write(body)
        stdout.flush()


def _answer(request: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        return _TASKS[request["do"]](request, content)
    except SparqlError as error:
        return told_of(error), b""
    except MemoryError:
        return told_of(QueryMemoryError("It took more memory than it may.")), b""


def _parsed(request: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """The quads of a document, as N-Quads, with blank nodes of their own."""
    limit_memory(request["memory"])
    syntax = RdfFormat.from_media_type(request["media_type"])
    if syntax is None:
        raise DocumentError(f"{request['media_type']} is no syntax of RDF.")
    check_nesting(content, syntax)
    try:
        found = [
            quad
            for quad in parse(content, syntax, base_iri=request["base"] or None, rename_blank_nodes=True)
            if isinstance(quad, Quad) and isinstance(quad.subject, NamedNode | BlankNode)
        ]
    except (SyntaxError, ValueError) as error:
        raise DocumentError(f"The body is not {request['media_type']}: {str(error)[:300]}") from error
    return {}, serialize(found, format=RdfFormat.N_QUADS) or b""


def _evaluated(request: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """What an update would change, and the generation that it was evaluated over: none where it has data only."""
    limit_memory(request["memory"] + _ENGINE)
    names_graphs = request["using"] is not None
    operations = admit_update(content.decode(), Budget(**request["budget"]), names_graphs=names_graphs)
    generation, changes = None, of_data(operations, _setting(request))
    if changes is None:
        generation, changes = _over_newest(request, operations)
    heads, body = changes.pack()
    return {"generation": generation, "changes": heads}, body


def _over_newest(request: dict[str, Any], operations: Sequence[Operation]) -> tuple[int, Changes]:
    """Evaluates over the newest generation, or a copy of it where the evaluation writes."""
    source, scratch = _source(request), Path(request["scratch"])
    reads = len(operations) == 1 and operations[0].form in (MODIFY, DELETE_WHERE) and source.default_graph != PLAIN
    lift_memory_limit()
    try:
        with storage_errors(source.directory):
            generation, store = _open(source, scratch, copied=not reads)
        limit_memory(request["memory"] + _ENGINE)
        return generation, Evaluation(store, _setting(request)).run(operations)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _nothing(_request: dict[str, Any], _content: bytes) -> tuple[dict[str, Any], bytes]:
    """Answers, so that whoever asks knows that the process is there."""
    return {}, b""


def _followed(request: dict[str, Any], _: bytes) -> tuple[dict[str, Any], bytes]:
    """Has the newest generation at hand; the memory that its store takes is not the update's."""
    lift_memory_limit()
    _STATE.follow(_source(request))
    return {}, b""


def _evaluated_over(request: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """What an update would change in the state of a session that is open elsewhere."""
    behind = request["text"] + request["removed"]
    text, removed, added = content[: request["text"]], content[request["text"] : behind], content[behind:]
    operations = admit_update(text.decode(), Budget(**request["budget"]))
    with _STATE.at(_source(request), _quads(removed), _quads(added)) as store:
        limit_memory(request["memory"] + _ENGINE)
        heads, body = Evaluation(store, _setting(request)).run(operations).pack()
    return {"changes": heads}, body


def _source(request: dict[str, Any]) -> Source:
    return Source(Path(request["directory"]), request["uri_base"], request["default_graph"])


def _setting(request: dict[str, Any]) -> Setting:
    using, using_named = (None if request[name] is None else tuple(request[name]) for name in ("using", "using_named"))
    return Setting(request["uri_base"], request["default_graph"], using, using_named)


def _quads(content: bytes) -> list[Quad]:
    return [quad for quad in parse(content, RdfFormat.N_QUADS, lenient=True) if isinstance(quad, Quad)]


def _open(source: Source, scratch: Path, *, copied: bool) -> tuple[int, Store]:
    """The newest generation, or a copy of it that may be written. A ``plain`` dataset has no graphs of our own."""
    _sweep(scratch.parent)
    for attempt in range(1, _TRIES + 1):
        pointer, _ = source.record()
        try:
            with still_newest(source.directory, pointer):
                store = _open_one(source, pointer, scratch, copied=copied)
        except FileNotFoundError as error:  # replaced by newer ones meanwhile
            if attempt == _TRIES:
                raise StoreError("The generation was replaced while it was opened: ask again.") from error
            shutil.rmtree(scratch, ignore_errors=True)
            continue
        if source.default_graph == PLAIN:
            for name in own_graphs(source.uri_base):
                store.remove_graph(NamedNode(name))
        return pointer.generation, store
    raise AssertionError


def _open_one(source: Source, pointer: Pointer, scratch: Path, *, copied: bool) -> Store:
    if pointer.generation == 0:
        return Store()
    if not copied:
        return open_read_only(generation_path(source.directory, pointer.generation) / STORE)
    scratch.mkdir(parents=True)
    copy_generation(source.directory, pointer, scratch)
    return open_writable(scratch)


def _sweep(directory: Path) -> None:
    """Removes scratch copies that were left because everybody who would remove them was killed."""
    with suppress(OSError):
        for path in directory.iterdir():
            if time.time() - path.stat().st_mtime > _FORGOTTEN:
                shutil.rmtree(path, ignore_errors=True)


_TASKS: Mapping[str, Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]] = {
    "parse": _parsed,
    "update": _evaluated,
    "nothing": _nothing,
    "follow": _followed,
    "over": _evaluated_over,
}


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
