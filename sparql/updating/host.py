"""The web process's side of sparql/updating/process.py: starts it, gives it tasks, kills it past its deadline."""

import json
import os
import selectors
import shutil
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

from pyoxigraph import Quad, RdfFormat, parse

from sparql.budget import MIB, Budget
from sparql.changes import Changes, as_json, unpack
from sparql.errors import DocumentError, QueryBusyError, QueryFailedError, QueryMemoryError, QueryTimeoutError
from sparql.query_host.connection import cause_of_death
from sparql.query_host.wire import CHUNK, error_from
from sparql.updating.evaluation import Setting, of_data
from sparql.updating.text import Operation, admit_update, size_of

SCRATCH = "scratch"
SHORT = 8 << 10
"""Bytes of an update that a web process reads itself: it would be held up by a longer one."""
_ROOT = Path(__file__).resolve().parent.parent.parent
_PARSE_MEMORY = 512 * MIB
_PARSE_MEMORY_PER_BYTE = 40
_SECONDS_PER_MIB = 5.0
"""What a long document or update gets beside the time of a query, to be read in."""


class DiedError(Exception):
    """The process ended in the middle; `code` says how."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class _Own:
    """What belongs to one web process: nothing of it may cross a fork."""

    pid: int = field(default_factory=os.getpid)
    lock: threading.Lock = field(default_factory=threading.Lock)
    process: subprocess.Popen[bytes] | None = None

    def end(self) -> None:
        """Ends the process, if there is one and it is ours."""
        process, self.process = self.process, None
        if process is not None and self.pid == os.getpid():
            _end(process)


class UpdateHost:
    """What updates over the register in `directory` would change, found out where it can be killed."""

    def __init__(self, directory: Path, uri_base: str, budget: Budget, default_graph: str) -> None:
        self.directory = Path(directory).resolve()
        self.uri_base = uri_base
        self.budget = budget
        self.default_graph = default_graph
        self._own = self._new()

    def _new(self) -> _Own:
        own = _Own()
        weakref.finalize(self, own.end)
        return own

    def admit(self, text: str, *, names_graphs: bool = False) -> list[Operation] | None:
        """The operations of an update, after the gate; None for one that is not SHORT: `evaluate` alone reads that.

        See admit_update for the errors.
        """
        if size_of(text, self.budget) > SHORT:
            return None
        return admit_update(text, self.budget, names_graphs=names_graphs)

    def of_data(self, operations: Sequence[Operation]) -> Changes | None:
        """The changes of an update of data only, which need no process; None for another one."""
        return of_data(operations, Setting(self.uri_base, self.default_graph))

    def evaluate(
        self, text: str, using: Sequence[str] | None = None, using_named: Sequence[str] | None = None
    ) -> tuple[int | None, Changes]:
        """What the update changes, and the generation that it was evaluated over: None where any would do.

        Raises:
            QueryError: refused, past its deadline or memory, or not SPARQL Update; see sparql.errors.
            StoreError: the register is damaged.
        """
        scratch = self.directory / SCRATCH / token_hex(8)
        request = {"do": "update", "using": using, "using_named": using_named, "scratch": str(scratch)}
        content = text.encode("utf-8", "surrogatepass")
        seconds = self._seconds(content)
        try:
            return self.ask(request, content, seconds)
        except TimeoutError as error:
            raise QueryTimeoutError(
                f"The update took longer than {seconds:.3g} seconds. Change less at once: one graph, fewer patterns."
            ) from error
        except DiedError as error:
            raise cause_of_death(error.code, self.budget) from error
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _seconds(self, content: bytes) -> float:
        return self.budget.timeout + _SECONDS_PER_MIB * len(content) / MIB

    def ask(self, request: Mapping[str, Any], content: bytes, seconds: float) -> tuple[int | None, Changes]:
        """Lets the process do something over the register: the generation that it saw, and changes, where it says any.

        Raises:
            TimeoutError: it took longer; the process has been killed.
            DiedError: the process ended.
            QueryError: see evaluate.
        """
        told = {
            "budget": asdict(self.budget),
            "uri_base": self.uri_base,
            "default_graph": self.default_graph,
            "directory": str(self.directory),
            "memory": self.budget.memory,
        }
        head, body = self._ask({**told, **request}, content, seconds)
        return head.get("generation"), unpack(head.get("changes", ()), body)

    def parse(self, content: bytes, media_type: str, base: str) -> list[Quad]:
        """The quads of a document from outside; `base` is what its relative IRIs are resolved against.

        Raises:
            DocumentError: it is not what its media type says, or reading it takes more than a document may.
        """
        seconds = self._seconds(content)
        memory = _PARSE_MEMORY + _PARSE_MEMORY_PER_BYTE * len(content)
        request = {"do": "parse", "media_type": media_type, "base": base, "memory": memory}
        try:
            _, body = self._ask(request, content, seconds)
        except TimeoutError as error:
            raise DocumentError(
                f"Reading the body took longer than {seconds:.0f} seconds. Send it in parts."
            ) from error
        except (DiedError, QueryMemoryError) as error:
            raise DocumentError(
                "The body is nested too deeply, or grows beyond all measure when it is read."
            ) from error
        return [quad for quad in parse(body, RdfFormat.N_QUADS, lenient=True) if isinstance(quad, Quad)]

    def close(self) -> None:
        """Ends the process, if there is one; the next task starts another."""
        self._own.end()

    def _ask(self, request: dict[str, Any], content: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        with self._turn():
            line = as_json({**request, "size": len(content), "seconds": seconds})
            until = time.monotonic() + seconds
            process = self._running()
            try:
                return _talk(process, line + content, until)
            except (TimeoutError, DiedError):
                self.close()
                raise

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """One task at a time; what belongs to a parent process is left to it."""
        if self._own.pid != os.getpid():
            self._own = self._new()
        lock = self._own.lock
        if not lock.acquire(timeout=self.budget.patience + self.budget.timeout):
            raise QueryBusyError("Other updates are being worked on. Try again in a while.")
        try:
            yield
        finally:
            lock.release()

    def _running(self) -> subprocess.Popen[bytes]:
        own = self._own
        if own.process is None or own.process.poll() is not None:
            own.end()
            environment = {**os.environ, "PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "2", "RUST_BACKTRACE": "0"}
            try:
                own.process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "sparql.updating.process"],
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            except OSError as error:
                raise QueryFailedError(f"The process for updates could not be started: {error}.") from error
        return own.process


def _talk(process: subprocess.Popen[bytes], content: bytes, until: float) -> tuple[dict[str, Any], bytes]:
    """Sends a task and takes the answer; raises TimeoutError or DiedError."""
    if process.stdin is None or process.stdout is None:
        raise TypeError("the process was started without pipes")
    ends = process.stdin.fileno(), process.stdout.fileno()
    os.set_blocking(ends[0], False)
    received = bytearray()
    head: dict[str, Any] | None = None
    waiting = memoryview(content)
    with selectors.DefaultSelector() as selector:
        selector.register(ends[0], selectors.EVENT_WRITE)
        selector.register(ends[1], selectors.EVENT_READ)
        while head is None or len(received) < head["size"]:
            ready = {key.fd for key, _ in selector.select(max(0.0, until - time.monotonic()))}
            if not ready:
                raise TimeoutError
            if ends[1] in ready:
                received += _read(process, ends[1])
                head = head or _head(received)
            elif ends[0] in ready:
                waiting = waiting[_write(process, ends[0], waiting) :]
                if not waiting:
                    selector.unregister(ends[0])
    if "error" in head:
        raise error_from(head)
    return head, bytes(received)


def _read(process: subprocess.Popen[bytes], end: int) -> bytes:
    piece = os.read(end, CHUNK)
    if not piece:
        raise DiedError(process.wait())
    return piece


def _write(process: subprocess.Popen[bytes], end: int, waiting: memoryview) -> int:
    try:
        return os.write(end, waiting)
    except BlockingIOError:
        return 0
    except BrokenPipeError as error:
        raise DiedError(process.wait()) from error


def _head(received: bytearray) -> dict[str, Any] | None:
    """Takes the first line off what was received, when it is whole: what the answer says of itself."""
    end = received.find(b"\n")
    if end < 0:
        return None
    head: dict[str, Any] = json.loads(received[:end])
    del received[: end + 1]
    return head


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kills the process and takes leave of it."""
    with suppress(OSError):
        process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
