"""The servers that benchmarks/sparql.py compares: how each one is given the triples, started and asked."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving import free_port, memory, started

_VIRTUOSO = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
DirsAllowed = {folder}, {data}
NumberOfBuffers = 100000
MaxDirtyBuffers = 75000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 100000
MaxQueryExecutionTime = 600
"""


@dataclass(frozen=True, slots=True)
class Server:
    """One that runs: `path` is where it is asked, `pid` its process."""

    name: str
    port: int
    path: str
    pid: int
    data: str = ""
    """What stands in the command line of its processes that are nobody's children."""

    def memory(self) -> float:
        """Proportional set size of all its processes, in MiB."""
        others = [int(each.parent.name) for each in Path("/proc").glob("[0-9]*/cmdline") if self._owns(each)]
        return memory(self.pid) + sum(own_memory(pid) for pid in others)

    def _owns(self, command: Path) -> bool:
        try:
            return bool(self.data) and f'"directory": "{self.data}"'.encode() in command.read_bytes()
        except OSError:
            return False


def own_memory(pid: int) -> float:
    """Proportional set size of one process, in MiB; 0 where it has gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def missing(name: str) -> str | None:
    """Why a peer is left out; None where it is installed."""
    programs = {"native": "oxigraph", "virtuoso": "virtuoso-t", "rdflib-endpoint": "rdflib-endpoint"}
    advice = {
        "native": "pip install oxigraph",
        "virtuoso": "apt-get install virtuoso-opensource",
        "rdflib-endpoint": "pip install rdflib-endpoint, in an environment of its own, on the PATH",
    }
    return None if name not in programs or program(programs[name]) else f"{name} is left out: {advice[name]}."


def program(name: str) -> str | None:
    """Where a program lies: beside this Python, or on the PATH."""
    return shutil.which(name, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")


@contextmanager
def ours(data: Path, base: str, settings: dict[str, str], workers: int = 2) -> Iterator[Server]:
    """Gunicorn workers and the query host, on a register that is there."""
    port = free_port()
    environment = os.environ | {"SAMSVAR_DATA": str(data), "SAMSVAR_URI_BASE": base} | settings
    command = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    with started(command, port, "/readyz", environment) as (pid, _):
        yield Server("samsvar", port, "/sparql", pid, str(data))


@contextmanager
def native(dump: Path, folder: Path) -> Iterator[Server]:
    """The engine's own server, read-only, on disk."""
    port, place, command = free_port(), str(folder / "native"), program("oxigraph") or ""
    subprocess.run([command, "load", "--location", place, "--file", str(dump)], check=True, capture_output=True)
    serve = [command, "serve-read-only", "--location", place, "--bind", f"127.0.0.1:{port}"]
    with started(serve, port, "/query?query=ASK%7B%7D", dict(os.environ)) as (pid, _):
        yield Server("native", port, "/query", pid)


@contextmanager
def virtuoso(dump: Path, folder: Path) -> Iterator[Server]:
    """Debian's, with some 800 MB of buffers, on disk."""
    place = folder / "virtuoso"
    place.mkdir()
    port, sql = free_port(), free_port()
    configuration = place / "virtuoso.ini"
    configuration.write_text(_VIRTUOSO.format(folder=place, data=dump.parent, port=port, sql=sql))
    command = [program("virtuoso-t") or "", "+foreground", "+configfile", str(configuration)]
    with started(command, port, "/sparql?query=ASK%7B%7D", dict(os.environ)) as (pid, _):
        load = f"ld_dir('{dump.parent}', '{dump.name}', 'http://example.org/dump'); rdf_loader_run(); checkpoint;"
        isql = program("isql-vt") or program("isql") or "isql-vt"
        login = [isql, f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={load}"]
        subprocess.run(login, check=True, capture_output=True, timeout=900)
        yield Server("virtuoso", port, "/sparql", pid)


@contextmanager
def rdflib_endpoint(dump: Path, folder: Path) -> Iterator[Server]:
    """Python's rdflib in memory behind FastAPI; it reads the file before it listens."""
    port = free_port()
    command = [program("rdflib-endpoint") or "", "serve", "--host", "127.0.0.1", "--port", str(port), str(dump)]
    environment = os.environ | {"HOME": str(folder)}
    with started(command, port, "/?query=ASK%7B%7D", environment) as (pid, _):
        time.sleep(1)
        yield Server("rdflib-endpoint", port, "/", pid)
