"""The process that reads sources for `importers.child`: requests on standard input, answers on standard output.

A request is one line of JSON and then the bytes, if it names no path; an answer is one line of JSON (reports, sizes)
and then the triples of each batch as N-Triples; the tasks ``sketch`` (of a table), ``next-page`` (of a catalogue in
pages) and ``draft`` (of an act) are answered with nothing behind the line. It goes on until its input ends, or a source
cannot be read: the next one gets a fresh process.
"""

import gc
import json
import math
import resource
import sys
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from pyoxigraph import RdfFormat, Triple, serialize

from importers.base import Batch, FileOnDisk, ImportOptions, Source, UnreadableSourceError
from importers.child_reports import error_json, packed_report
from importers.large.source import read_large_source
from importers.law.drafts.reading import read_draft
from importers.rdf.paging import next_page
from importers.reading import read_source
from importers.table_mapping import mapping_from_toml
from importers.table_sketch import sketch_table


def main(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Reads requests and writes answers, one after the other."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # millions of small objects and few circles: a look round between two sources is enough
    while line := stdin.readline():
        request: dict[str, Any] = json.loads(line)
        _bound_memory(request["memory"])
        _bound_time(request["seconds"])
        with TemporaryFile() as output:
            document = _answer(request, stdin, output)
            stdout.write(json.dumps(document).encode() + b"\n")
            output.seek(0)
            copyfileobj(output, stdout)
        stdout.flush()
        if "error" in document:
            return
        gc.collect(0)


def _bound_memory(memory: int) -> None:
    """Bounds the address space from here on; the hard limit stays, since the next source may need more."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _bound_time(seconds: float) -> None:
    """Bounds what the processors may do from here on; after that the kernel ends this process with SIGXCPU."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + seconds)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


def _answer(request: dict[str, Any], stdin: BinaryIO, output: IO[bytes]) -> dict[str, Any]:
    """The document to answer with; what goes behind it is put into `output`."""
    try:
        path = request["path"]
        source = Source(request["name"], FileOnDisk.at(Path(path)) if path else stdin.read(request["size"]))
        if request["task"] == "sketch":
            return {"sketch": sketch_table(source, request["sheet"], request["header_row"]).as_json()}
        if request["task"] == "next-page":
            return {"next": next_page(source, request["url"])}
        if request["task"] == "draft":
            return {"draft": read_draft(source).as_json()}
        if request["task"] == "repair":
            return _repair(source, request, output)
        return {"batches": _read(source, request, output)}
    except (UnreadableSourceError, MemoryError, RecursionError) as error:
        output.truncate(0)
        return {"error": error_json(request["name"], error)}


def _read(source: Source, request: dict[str, Any], output: IO[bytes]) -> list[dict[str, Any]]:
    large = read_large_source(source, _options(request), request["format"], output)
    if large is not None:
        return [_described(large, output.tell())]
    batches = read_source(source, _options(request), request["format"])
    return [_described(batch, output.write(_n_triples(batch.triples))) for batch in batches]


def _repair(source: Source, request: dict[str, Any], output: IO[bytes]) -> dict[str, Any]:
    from importers.repaired.repaired import repaired  # noqa: PLC0415 - takes half a second, which few sources need

    made = repaired(source, _options(request))
    return {"repaired": made.as_json(), "batches": [{"size": output.write(made.data)}]}


def _options(request: dict[str, Any]) -> ImportOptions:
    mapping = mapping_from_toml(request["mapping"]) if request["mapping"] else None
    return ImportOptions(
        request["uri_base"], request["catalogue"], request["publisher"], strict=request["strict"], mapping=mapping
    )


def _described(batch: Batch, size: int) -> dict[str, Any]:
    return {
        "catalogue": batch.catalogue,
        "kind": batch.kind,
        "title": batch.title,
        "publisher": batch.publisher,
        "report": packed_report(batch.report),
        "size": size,
    }


def _n_triples(triples: tuple[Triple, ...]) -> bytes:
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
