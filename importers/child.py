"""Reading a source in a process of its own, so that a file made to harm ends that process and nothing else.

The parent starts ``python -m importers.child`` (by exec, never a fork of a process with threads) with the request on
its standard input: one line of JSON, then the bytes. The child bounds its own memory, reads the source, and answers
with one line of JSON (reports, sizes) and the triples of each batch as N-Triples. Nothing of it is unpickled.
"""

import gc
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.child_reports import error_from_json, error_json, report_from_json, report_json
from importers.report import Where

MEMORY_BASE = 1536 * 2**20
"""Bytes of address space that any source may take."""
MEMORY_PER_BYTE = 40
"""Further bytes for each byte of the source."""
DEADLINE_BASE = 60.0
"""Seconds that any source may take."""
DEADLINE_PER_MIB = 5.0
"""Further seconds for each MiB of the source."""

_COMMAND = ("-m", "importers.child")
_HARM = "No real catalogue needs that; look for endless nesting or entities in the file, or send it in parts."


def read_isolated(
    source: Source, options: ImportOptions, format_name: str | None = None, *, deadline: float | None = None
) -> list[Batch]:
    """The batches of a source, read in a process of its own. `deadline` in seconds; None is by the source's size.

    Raises:
        UnreadableSourceError: it cannot be read, or reading it took more time or memory than any catalogue needs.
    """
    seconds = deadline or DEADLINE_BASE + DEADLINE_PER_MIB * len(source.data) / 2**20
    request = {
        "name": source.name,
        "uri_base": options.uri_base,
        "catalogue": options.catalogue,
        "publisher": options.publisher,
        "format": format_name,
        "memory": MEMORY_BASE + MEMORY_PER_BYTE * len(source.data),
    }
    try:
        done = subprocess.run(
            [sys.executable, *_COMMAND],
            input=json.dumps(request).encode() + b"\n" + source.data,
            capture_output=True,
            timeout=seconds,
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        message = f"Reading the file took more than {seconds:.0f} seconds and was stopped."
        raise UnreadableSourceError(message, Where(source.name), _HARM) from error
    if done.returncode != 0:
        raise _died(source, done.returncode, done.stderr)
    return _answer(done.stdout)


def _environment() -> dict[str, str]:
    """What the child inherits: where to find this package, and nothing that it does not need."""
    root = str(Path(__file__).resolve().parent.parent)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "HOME") if name in os.environ}
    return {**kept, "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", "")}


def _died(source: Source, code: int, stderr: bytes) -> UnreadableSourceError:
    if code < 0:
        name = signal.Signals(-code).name
        message = f"Reading the file ended the reader's process ({name}); nothing else was touched."
        return UnreadableSourceError(message, Where(source.name), _HARM)
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    reason = lines[-1] if lines else f"exit code {code}"
    return UnreadableSourceError(f"The reader failed: {reason}.", Where(source.name), "Report this file as a defect.")


def _answer(output: bytes) -> list[Batch]:
    head, _, body = output.partition(b"\n")
    document: dict[str, Any] = json.loads(head)
    if "error" in document:
        raise error_from_json(document["error"])
    batches: list[Batch] = []
    start = 0
    for described in document["batches"]:
        end = start + described["size"]
        triples = tuple(
            quad.triple for quad in parse(body[start:end], RdfFormat.N_TRIPLES, lenient=True) if isinstance(quad, Quad)
        )
        report = report_from_json(described["report"])
        names = (described["catalogue"], described["kind"], described["title"], described["publisher"])
        batches.append(Batch(*names, triples, report))
        start = end
    return batches


def main(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """What the child does: reads one request, writes one answer."""
    request: dict[str, Any] = json.loads(stdin.readline())
    resource.setrlimit(resource.RLIMIT_AS, (request["memory"], request["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # a short life with millions of small objects and few circles
    try:
        batches = _read(Source(request["name"], stdin.read()), request)
        bodies = [_n_triples(batch.triples) for batch in batches]
        described = [
            {
                "catalogue": batch.catalogue,
                "kind": batch.kind,
                "title": batch.title,
                "publisher": batch.publisher,
                "report": report_json(batch.report),
                "size": len(body),
            }
            for batch, body in zip(batches, bodies, strict=True)
        ]
        answer: dict[str, Any] = {"batches": described}
    except (UnreadableSourceError, MemoryError, RecursionError) as error:
        answer, bodies = {"error": error_json(request["name"], error)}, []
    stdout.write(json.dumps(answer).encode() + b"\n")
    stdout.writelines(bodies)
    stdout.flush()


def _read(source: Source, request: dict[str, Any]) -> list[Batch]:
    from importers import importer_for  # noqa: PLC0415 - the parent need not load every importer

    options = ImportOptions(request["uri_base"], request["catalogue"], request["publisher"])
    return importer_for(source, request["format"]).read(source, options)


def _n_triples(triples: tuple[Triple, ...]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
