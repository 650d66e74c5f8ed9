"""Reading sources in a process of its own, so that a file made to harm ends that process and nothing else.

The parent starts ``python -m importers.child_process`` (by exec, never a fork of a process with threads) and hands it
one source after the other, by its bytes or by its path. The child bounds its own memory and processor time; it answers
with reports as JSON and triples as N-Triples. Nothing of it is unpickled. A source that ends the child, or takes longer
than any catalogue needs, is refused; the next one gets a new child.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Self

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.child_body import Body, WrittenBatch
from importers.child_reports import error_from_json, unpacked_report
from importers.law.drafts.draft import Draft
from importers.rdf.paging import may_go_on
from importers.repaired.repaired import Repaired
from importers.report import Where
from importers.table_mapping import mapping_as_toml
from importers.table_sketch import TableSketch

MEMORY_BASE = 1536 * 2**20
"""Bytes of address space that any source may take."""
MEMORY_PER_BYTE = 40
"""Further bytes for each byte of the source."""
DEADLINE_BASE = 60.0
"""Seconds of a processor that any source may take."""
DEADLINE_PER_MIB = 5.0
"""Further seconds for each MiB of the source."""
PATIENCE = 10
"""Seconds by the clock for each of these, since the machine may have other things to do."""
SOURCES = 5_000
"""Sources that one child reads; then a new one begins, with fresh memory. To begin takes a second of a processor."""
LARGE = 4 * 2**20
"""Bytes of a source after which a new child begins at once."""

_COMMAND = ("-m", "importers.child_process")
_HARM = "No real catalogue needs that; look for endless nesting or entities in the file, or send it in parts."


def read_isolated(
    source: Source, options: ImportOptions, format_name: str | None = None, *, deadline: float | None = None
) -> list[Batch]:
    """The batches of one source; see `IsolatedReader.read`."""
    with IsolatedReader() as reader:
        return reader.read(source, options, format_name, deadline=deadline)


def sketch_isolated(source: Source, sheet: str = "", header_row: int | None = None) -> TableSketch:
    """The sketch of a table, made in a child; see `importers.table_sketch.sketch_table`."""
    with IsolatedReader() as reader:
        request = {"task": "sketch", "sheet": sheet, "header_row": header_row}
        return TableSketch.from_json(reader.told(source, request)["sketch"])


def draft_isolated(source: Source) -> Draft:
    """The draft of an act in a source, read in a child; see `importers.law.drafts.reading.read_draft`.

    Raises:
        UnreadableSourceError: it is none, or reading it took more time or memory than any draft needs.
    """
    with IsolatedReader() as reader:
        return Draft.from_json(reader.told(source, {"task": "draft"})["draft"])


def next_page_isolated(source: Source, url: str) -> str:
    """Where a source that came from this address goes on, found in a child; see `importers.rdf.paging.next_page`.

    Raises:
        UnreadableSourceError: reading it took more time or memory than any catalogue needs.
    """
    if not may_go_on(source.data):
        return ""
    with IsolatedReader() as reader:
        return str(reader.told(source, {"task": "next-page", "url": url})["next"])


def repair_isolated(source: Source, options: ImportOptions) -> Repaired:
    """The repaired form of a source, made in a child; see `importers.repaired.repaired`."""
    with IsolatedReader() as reader:
        document, body = reader.ask(source, {**_reading(options, None), "task": "repair"})
        with closing(body):
            return Repaired.from_json(document["repaired"], b"".join(body.pieces(0, body.size)))


class IsolatedReader:
    """Reads sources, one after the other, in a child process that is started when first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._starting = threading.Lock()
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the child."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def stop(self) -> None:
        """Ends what is being read, or is about to be, from any thread: who reads sees that the child has died."""
        with self._starting:
            self._stopped = True
            if self._process is not None:
                self._process.kill()

    def read(
        self, source: Source, options: ImportOptions, format_name: str | None = None, *, deadline: float | None = None
    ) -> list[Batch]:
        """The batches of a source; see `written`."""
        document, body = self.ask(source, _reading(options, format_name), deadline)
        with closing(body):
            return [each.parsed() for each in _batches(document, body)]

    def written(
        self, source: Source, options: ImportOptions, format_name: str | None = None, *, deadline: float | None = None
    ) -> list[WrittenBatch]:
        """The batches of a source as the child wrote them; whoever gets them closes the body that they share.

        `deadline` is in seconds of a processor; None is by the source's size.

        Raises:
            UnreadableSourceError: it cannot be read, or reading it took more time or memory than any catalogue needs.
        """
        return _batches(*self.ask(source, _reading(options, format_name), deadline))

    def ask(
        self, source: Source, request: dict[str, Any], deadline: float | None = None
    ) -> tuple[dict[str, Any], Body]:
        """What the child answers to a request about a source: a document, and the triples of all batches.

        Whoever gets the body closes it.

        Raises:
            UnreadableSourceError: as `written`.
        """
        seconds = deadline or DEADLINE_BASE + DEADLINE_PER_MIB * source.size / 2**20
        process = self._child(source.size)
        late = threading.Event()
        timer = threading.Timer(seconds * PATIENCE, _stop, (process, late))
        timer.start()
        try:
            answer = _ask(process, {**_about(source), "seconds": seconds, **request}, source)
        finally:
            timer.cancel()
        if answer is None:
            raise self._ended(source, seconds, late=late.is_set())
        if "error" in answer[0]:
            answer[1].close()
            self.close()
            raise error_from_json(answer[0]["error"])
        return answer

    def told(self, source: Source, request: dict[str, Any]) -> dict[str, Any]:
        """What the child answers where nothing comes behind the document.

        Raises:
            UnreadableSourceError: as `written`.
        """
        document, body = self.ask(source, request)
        body.close()
        return document

    def _child(self, size: int) -> subprocess.Popen[bytes]:
        if self._process is not None and self._read >= SOURCES:
            self.close()
        if self._process is None:
            pipe = subprocess.PIPE
            command = [sys.executable, *_COMMAND]
            with self._starting:
                self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=_environment())
                if self._stopped:
                    self._process.kill()
            self._read = 0
        self._read += 1 if size < LARGE else SOURCES
        return self._process

    def _ended(self, source: Source, seconds: float, *, late: bool) -> UnreadableSourceError:
        """What to say of a source that ended the child."""
        process, self._process = self._process, None
        stderr = process.communicate()[1] if process is not None else b""
        code = process.returncode if process is not None else 0
        if not late and code != -signal.SIGXCPU:
            return _died(source, code, stderr)
        time = f"{seconds * PATIENCE:.0f} seconds" if late else f"{seconds:.0f} seconds of a processor"
        message = f"Reading the file took more than {time} and was stopped."
        return UnreadableSourceError(message, Where(source.name), _HARM)


def _about(source: Source) -> dict[str, Any]:
    """What every request says of its source."""
    memory = MEMORY_BASE + MEMORY_PER_BYTE * source.size
    path = None if isinstance(source.content, bytes) else str(source.content.path)
    return {"name": source.name, "size": source.size, "path": path, "memory": memory}


def _reading(options: ImportOptions, format_name: str | None) -> dict[str, Any]:
    return {
        "task": "read",
        "uri_base": options.uri_base,
        "catalogue": options.catalogue,
        "publisher": options.publisher,
        "strict": options.strict,
        "mapping": mapping_as_toml(options.mapping) if options.mapping else None,
        "format": format_name,
    }


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _ask(
    process: subprocess.Popen[bytes], request: dict[str, Any], source: Source
) -> tuple[dict[str, Any], Body] | None:
    """One request and its answer: the document and the triples of all batches; None where the child ended."""
    if process.stdin is None or process.stdout is None:  # pragma: no cover - both are pipes
        return None
    with suppress(BrokenPipeError):  # the child may answer before it has read all
        process.stdin.write(json.dumps(request).encode() + b"\n")
        if isinstance(source.content, bytes):
            process.stdin.write(source.content)
        process.stdin.flush()
    line = process.stdout.readline()
    if not line.endswith(b"\n"):
        return None
    document: dict[str, Any] = json.loads(line)
    size = sum(described["size"] for described in document.get("batches", ()))
    body = Body(process.stdout, size)
    if body.size == size:
        return document, body
    body.close()
    return None


def _batches(document: dict[str, Any], body: Body) -> list[WrittenBatch]:
    batches: list[WrittenBatch] = []
    start = 0
    for described in document["batches"]:
        report = unpacked_report(described["report"])
        names = (described["catalogue"], described["kind"], described["title"], described["publisher"])
        batches.append(WrittenBatch(Batch(*names, (), report), body, start, described["size"]))
        start += described["size"]
    return batches


def _environment() -> dict[str, str]:
    """What the child inherits: where to find this package, and nothing that it does not need."""
    root = str(Path(__file__).resolve().parent.parent)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", "")}


def _died(source: Source, code: int, stderr: bytes) -> UnreadableSourceError:
    if code < 0:
        name = signal.Signals(-code).name
        message = f"Reading the file ended the reader's process ({name}); nothing else was touched."
        return UnreadableSourceError(message, Where(source.name), _HARM)
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    reason = lines[-1] if lines else f"exit code {code}"
    return UnreadableSourceError(f"The reader failed: {reason}.", Where(source.name), "Report this file as a defect.")
