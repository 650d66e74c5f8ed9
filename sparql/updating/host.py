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
from dataclasses import asdict
from pathlib import Path
from secrets import token_hex
from typing import Any

from pyoxigraph import Quad, RdfFormat, parse

from sparql.budget import MIB, Budget
from sparql.changes import Changes, as_json, unpack
from sparql.errors import DocumentError, QueryBusyError, QueryFailedError, QueryMemoryError, QueryTimeoutError
from sparql.query_host.connection import cause_of_death
from sparql.query_host.wire import CHUNK, error_of
from sparql.updating.evaluation import Setting, of_data
from sparql.updating.text import Operation, admit_update

SCRATCH = "scratch"
_ROOT = Path(__file__).resolve().parent.parent.parent
_PARSE_MEMORY = 512 * MIB
_PARSE_MEMORY_PER_BYTE = 40
_PARSE_SECONDS_PER_MIB = 5.0


class DiedError(Exception):
    """The process ended in the middle; `code` says how."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class UpdateHost:
    """What updates over the register in `directory` would change, found out where it can be killed."""

    def __init__(self, directory: Path, uri_base: str, budget: Budget, default_graph: str) -> None:
        self.directory = Path(directory).resolve()
        self.uri_base = uri_base
        self.budget = budget
        self.default_graph = default_graph
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def admit(self, text: str) -> list[Operation]:
        """The operations of an update, after the gate; see admit_update for the errors."""
        return admit_update(text, self.budget)

    def of_data(self, operations: Sequence[Operation]) -> Changes | None:
        """The changes of an update of data only, which need no process; None for another one."""
        return of_data(operations, Setting(self.uri_base, self.default_graph))

    def evaluate(
        self, text: str, using: Sequence[str] | None = None, using_named: Sequence[str] | None = None
    ) -> tuple[int, Changes]:
        """The generation that the update was evaluated over, and what it changes there.

        Raises:
            QueryError: refused, past its deadline or memory, or not SPARQL Update; see sparql.errors.
            StoreError: the register is damaged.
        """
        scratch = self.directory / SCRATCH / token_hex(8)
        request = {"do": "update", "using": using, "using_named": using_named, "scratch": str(scratch)}
        try:
            return self.ask(request, text.encode("utf-8", "surrogatepass"), self.budget.timeout)
        except TimeoutError as error:
            limit = self.budget.timeout
            raise QueryTimeoutError(
                f"The update took longer than {limit:g} seconds. Change less at once: one graph, fewer patterns."
            ) from error
        except DiedError as error:
            raise cause_of_death(error.code, self.budget) from error
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def ask(self, request: Mapping[str, Any], content: bytes, seconds: float) -> tuple[int, Changes]:
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
        return int(head.get("generation", 0)), unpack(head.get("changes", ()), body)

    def parse(self, content: bytes, media_type: str, base: str) -> list[Quad]:
        """The quads of a document from outside; `base` is what its relative IRIs are resolved against.

        Raises:
            DocumentError: it is not what its media type says, or reading it takes more than a document may.
        """
        seconds = self.budget.timeout + _PARSE_SECONDS_PER_MIB * len(content) / MIB
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
        process, self._process = self._process, None
        if process is not None and self._pid == os.getpid():
            _end(process)

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
        if self._pid != os.getpid():
            self._pid, self._lock, self._process = os.getpid(), threading.Lock(), None
        lock = self._lock
        if not lock.acquire(timeout=self.budget.patience + self.budget.timeout):
            raise QueryBusyError("Other updates are being worked on. Try again in a while.")
        try:
            yield
        finally:
            lock.release()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            environment = {**os.environ, "PYTHONPATH": str(_ROOT), "MALLOC_ARENA_MAX": "2", "RUST_BACKTRACE": "0"}
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "sparql.updating.process"],
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            except OSError as error:
                raise QueryFailedError(f"The process for updates could not be started: {error}.") from error
            weakref.finalize(self, _end, self._process)
        return self._process


def _talk(process: subprocess.Popen[bytes], content: bytes, until: float) -> tuple[dict[str, Any], bytes]:
    """Sends a task and takes the answer; raises TimeoutError or DiedError."""
    if process.stdin is None or process.stdout is None:
        raise TypeError("the process was started without pipes")
    ends = process.stdin.fileno(), process.stdout.fileno()
    os.set_blocking(ends[0], False)
    received = bytearray()
    waiting = memoryview(content)
    with selectors.DefaultSelector() as selector:
        selector.register(ends[0], selectors.EVENT_WRITE)
        selector.register(ends[1], selectors.EVENT_READ)
        while (answer := _whole(received)) is None:
            ready = {key.fd for key, _ in selector.select(max(0.0, until - time.monotonic()))}
            if not ready:
                raise TimeoutError
            if ends[1] in ready:
                received += _read(process, ends[1])
            elif ends[0] in ready:
                waiting = waiting[_write(process, ends[0], waiting) :]
                if not waiting:
                    selector.unregister(ends[0])
    return answer


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


def _whole(received: bytearray) -> tuple[dict[str, Any], bytes] | None:
    """The answer, when all of it is there; raises the error that it carries."""
    line, found, body = received.partition(b"\n")
    if not found:
        return None
    head: dict[str, Any] = json.loads(line)
    if len(body) < head["size"]:
        return None
    if "error" in head:
        raise error_of(bytes(line))
    return head, bytes(body)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kills the process and takes leave of it."""
    with suppress(OSError):
        process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
