"""``samsvar export``: quads as N-Quads, the bytes of every import, what people wrote as SQL, and checksums of all.

Writes, into a new directory: ``register.nq`` (every graph, the register's own too), ``blobs/`` (source files, reports
and journals under their SHA-256, gzipped), ``sources.tsv`` (which blob is which source file), ``state.sql`` and
``published.sql``, and ``export.json`` (what each file is). It appears whole or not at all.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, serialize

from registry.catalogue.queries import iri
from registry.errors import NameTakenError
from registry.services import Services
from sparql.embedded.canonical import hash_of_lines
from sparql.embedded.databases import reading, sqlite_errors
from sparql.embedded.files import appearing
from sparql.embedded.integrity import FileRecord, file_hash
from sparql.embedded.verify import verify_blobs
from sparql.store import Reader

RECORD, QUADS, SOURCES = "export.json", "register.nq", "sources.tsv"
DATABASES = ("published", "state")
"""What is written as SQL; the search index follows from the quads."""
_SOURCES = files(__package__).joinpath("sources.rq").read_text(encoding="utf-8")
_COLUMNS = ("blob", "ended", "import", "graph", "source")


@dataclass(frozen=True, slots=True)
class Export:
    """What ``export.json`` says: `canonical` is the SHA-256 of the sorted quads, `graphs` is IRI to quads."""

    created: str
    uri_base: str
    generation: int
    quads: int
    canonical: str
    graphs: dict[str, int]
    files: dict[str, FileRecord]


def export(services: Services, target: Path) -> Export:
    """Writes the newest generation and what belongs to it into a new directory.

    Raises:
        NameTakenError: the directory exists.
        StoreError: something is damaged, or no space is left there; nothing is left behind.
    """
    if target.exists():
        raise NameTakenError(f"{target} exists already: an export goes into a new directory.")
    with appearing(target) as stage:
        return _write(services, stage)


def _write(services: Services, stage: Path) -> Export:
    reader = services.store.reader()
    with (stage / QUADS).open("wb") as stream:
        stream.writelines(_quads(reader))
    with (stage / QUADS).open("rb") as stream:
        canonical = hash_of_lines(stream, stage)
    (stage / SOURCES).write_text("".join(_sources(reader)), encoding="utf-8")
    for name in DATABASES:
        _write_sql(services.store.directory / f"{name}.db", stage / f"{name}.sql")
    if services.blobs.directory.exists():
        shutil.copytree(services.blobs.directory, stage / "blobs", ignore=shutil.ignore_patterns(".*"))
    verify_blobs(stage / "blobs")
    graphs = reader.graphs()
    with (stage / QUADS).open("rb") as stream:
        quads = sum(1 for _ in stream)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    base = services.settings.uri_base
    record = Export(created, base, reader.generation, quads, canonical, graphs, _files(stage))
    (stage / RECORD).write_text(json.dumps(asdict(record), ensure_ascii=False, indent=1), encoding="utf-8")
    return record


def _quads(reader: Reader) -> Iterator[bytes]:
    """Lines of N-Quads, graph by graph, the default graph first."""
    yield serialize(reader.quads(graph=DefaultGraph()), format=RdfFormat.N_QUADS) or b""
    for graph in sorted(reader.graphs()):
        name = f"<{graph}>".encode()
        for line in reader.n_triples(NamedNode(graph)).splitlines():
            yield line.removesuffix(b".") + name + b" .\n"


def _sources(reader: Reader) -> Iterator[str]:
    """A line for each file that was imported: its blob, when, by which import, into which graph, what it was called."""
    yield "\t".join(_COLUMNS) + "\n"
    for row in reader.select(_SOURCES):
        yield "\t".join(" ".join(iri(row, name).split()) for name in _COLUMNS) + "\n"


def _write_sql(database: Path, target: Path) -> None:
    """The SQL that makes the database anew; nothing where there is none. For its owner only."""
    if not database.exists():
        return
    target.touch(mode=0o600)
    with (
        sqlite_errors(database),
        closing(reading(database)) as connection,
        target.open("w", encoding="utf-8") as stream,
    ):
        stream.writelines(f"{line}\n" for line in connection.iterdump())


def _files(stage: Path) -> dict[str, FileRecord]:
    return {
        path.relative_to(stage).as_posix(): FileRecord(path.stat().st_size, file_hash(path))
        for path in sorted(stage.rglob("*"))
        if path.is_file()
    }
