"""``samsvar rebuild``: a fresh register out of an export. It appears whole, in one step, or not at all.

Reads: what ``samsvar export`` wrote, each file compared with its checksum. Writes: a data directory, whose generation
has the number that was exported, and whose search index is made of the quads.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from itertools import groupby
from pathlib import Path
from secrets import token_hex

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from registry.carrying.export import DATABASES, QUADS, RECORD, Export
from registry.errors import ConfigurationError, NameTakenError
from registry.search.filling import fill as fill_index
from registry.search.index import SearchIndex
from registry.settings import Settings
from registry.urls import Urls
from sparql.changes import GraphChange
from sparql.embedded.files import storage_errors, sync
from sparql.embedded.founding import found
from sparql.embedded.integrity import FileRecord, file_hash
from sparql.embedded.session import EmbeddedSession
from sparql.errors import StoreDamagedError


def read_export(source: Path) -> Export:
    """The record of an export, after reading every file of it.

    Raises:
        StoreDamagedError: a file is not what the record says, or there is no record.
    """
    try:
        raw = json.loads((source / RECORD).read_bytes())
        record = Export(files={name: FileRecord(**each) for name, each in raw.pop("files").items()}, **raw)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged(source, f"{RECORD} cannot be read ({error})") from error
    for name, expected in record.files.items():
        path = source / name
        if not path.is_file() or path.stat().st_size != expected.size or file_hash(path) != expected.sha256:
            raise _damaged(source, f"{name} is not what {RECORD} says")
    return record


def rebuild(source: Path, settings: Settings) -> Export:
    """Makes the register of the settings' data directory, which must be empty or not there, out of an export.

    Raises:
        StoreDamagedError: the export is damaged.
        NameTakenError: something is in the data directory.
        ConfigurationError: the settings have another URI base.
        StoreFullError: no space left; nothing is left behind.
    """
    data = settings.data.absolute()
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise NameTakenError(f"{data} is not empty: set SAMSVAR_DATA to a new directory.")
    record = read_export(source)
    if record.uri_base != settings.uri_base:
        raise ConfigurationError(
            f"The URIs of {source} begin with {record.uri_base}, but SAMSVAR_URI_BASE is {settings.uri_base}: "
            "set it to that."
        )
    stage = data.with_name(f".{data.name}.{token_hex(4)}")
    try:
        with storage_errors(data):
            stage.mkdir(mode=0o700, parents=True)
            _bring_files(source, stage)
            if record.generation:
                _bring_quads(source, stage, record)
            stage.rename(data)
            sync(data.parent)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return record


def _bring_files(source: Path, stage: Path) -> None:
    if (source / "blobs").exists():
        shutil.copytree(source / "blobs", stage / "blobs")
    for name in DATABASES:
        if (source / f"{name}.sql").exists():
            target = stage / f"{name}.db"
            target.touch(mode=0o600)
            with closing(sqlite3.connect(target)) as database:
                database.executescript((source / f"{name}.sql").read_text(encoding="utf-8"))


def _bring_quads(source: Path, stage: Path, record: Export) -> None:
    urls, index = Urls(record.uri_base), SearchIndex(stage / "index.db")

    def fill(session: EmbeddedSession) -> None:
        _insert(source, session, record)
        if session.graphs() != record.graphs:
            raise _damaged(source, f"the graphs of {QUADS} are not those of {RECORD}")
        with index.writing() as rows:
            for graph in record.graphs:
                fill_index(rows, session, urls, NamedNode(graph), record.generation)

    found(stage, record.uri_base, record.generation, fill)


def _insert(source: Path, session: EmbeddedSession, record: Export) -> None:
    quads = parse(path=source / QUADS, format=RdfFormat.N_QUADS, lenient=True)
    for graph, some in groupby((each for each in quads if isinstance(each, Quad)), key=lambda quad: quad.graph_name):
        if isinstance(graph, NamedNode):
            session.insert(graph, (quad.triple for quad in some))
        elif isinstance(graph, DefaultGraph):
            session.change("", GraphChange(added={quad.triple for quad in some}))
    for name in (name for name, count in record.graphs.items() if not count):
        session.change(name, GraphChange(keep=True))


def _damaged(source: Path, what: str) -> StoreDamagedError:
    return StoreDamagedError(f"The export {source} is damaged: {what}. Use another one.")
