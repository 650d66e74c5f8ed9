"""Reading in a process of its own: the same answer, and harm stays there."""

import pytest

from importers import child, importer_for
from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.child import read_isolated

OPTIONS = ImportOptions("http://localhost:8000")
GOOD = Source(
    "katalog.ttl",
    '@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <http://a.no/b> a skos:Concept ; skos:prefLabel "blåbær "@no .\n"x" a skos:Concept .'.encode(),
)


def test_the_answer_is_the_same_as_in_this_process() -> None:
    here = importer_for(GOOD).read(GOOD, OPTIONS)
    there = read_isolated(GOOD, OPTIONS)
    assert [batch.triples for batch in there] == [batch.triples for batch in here]
    assert there == here


def test_options_and_format_reach_the_child() -> None:
    (batch,) = read_isolated(GOOD, ImportOptions("http://h", "mitt", "974760673"), "rdf")
    assert (batch.catalogue, batch.publisher.rsplit("/", 1)[-1]) == ("mitt", "974760673")
    with pytest.raises(UnreadableSourceError, match="no format"):
        read_isolated(GOOD, OPTIONS, "excel")


def test_an_unreadable_source_is_told_as_in_this_process() -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read_isolated(Source("tom.ttl", b""), OPTIONS)
    assert (raised.value.message, raised.value.where.file) == ("The file is empty.", "tom.ttl")


def test_a_deadline_ends_the_child() -> None:
    with pytest.raises(UnreadableSourceError, match="seconds and was stopped"):
        read_isolated(GOOD, OPTIONS, deadline=0.01)


_BUSY = """
import sys
from importers import child_process
def never(*_):
    while True: pass
child_process._answer = never
child_process.main(sys.stdin.buffer, sys.stdout.buffer)
"""
_WAITING = (
    "import time; time.sleep(2.5); import runpy; runpy.run_module('importers.child_process', run_name='__main__')"
)


def test_only_what_the_processor_does_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "PATIENCE", 300)
    monkeypatch.setattr(child, "_COMMAND", ("-c", _BUSY))
    with pytest.raises(UnreadableSourceError, match="more than 1 seconds of a processor and was stopped"):
        read_isolated(GOOD, OPTIONS, deadline=1)
    monkeypatch.setattr(child, "_COMMAND", ("-c", _WAITING))
    assert read_isolated(GOOD, OPTIONS, deadline=2)


def test_too_little_memory_ends_only_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MEMORY_BASE", 0)
    monkeypatch.setattr(child, "MEMORY_PER_BYTE", 0)
    large = Source(GOOD.name, GOOD.data + b"\n#" + b"x" * 2**25)
    with pytest.raises(UnreadableSourceError, match="memory"):
        read_isolated(large, OPTIONS)
    monkeypatch.undo()
    assert read_isolated(GOOD, OPTIONS)


def test_a_deep_json_ld_is_refused() -> None:
    deep = b'{"@id":"http://a","http://b":' * 10_000 + b"1" + b"}" * 10_000
    with pytest.raises(UnreadableSourceError, match="nested"):
        read_isolated(Source("dyp.jsonld", deep), OPTIONS)


def test_a_parser_that_crashes_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_COMMAND", ("-c", "import os; os.abort()"))
    with pytest.raises(UnreadableSourceError, match="SIGABRT"):
        read_isolated(GOOD, OPTIONS)


def test_a_defect_of_the_reader_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_COMMAND", ("-c", "raise KeyError('hull')"))
    with pytest.raises(UnreadableSourceError, match="KeyError: 'hull'"):
        read_isolated(GOOD, OPTIONS)


def test_one_child_reads_many_sources_and_harm_costs_only_its_own() -> None:
    deep = Source("dyp.jsonld", b'{"@id":"http://a","http://b":' * 10_000 + b"1" + b"}" * 10_000)
    with child.IsolatedReader() as reader:
        first = reader.read(GOOD, OPTIONS)
        with pytest.raises(UnreadableSourceError):
            reader.read(deep, OPTIONS)
        with pytest.raises(UnreadableSourceError, match="seconds"):
            reader.read(GOOD, OPTIONS, deadline=0.0001)
        assert reader.read(GOOD, OPTIONS) == first


def test_many_small_sources_are_read_by_few_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "SOURCES", 50)
    started: list[object] = []
    popen = child.subprocess.Popen

    def starting(*arguments: object, **more: object) -> object:
        started.append(arguments)
        return popen(*arguments, **more)

    monkeypatch.setattr(child.subprocess, "Popen", starting)
    with child.IsolatedReader() as reader:
        for _ in range(120):
            reader.read(GOOD, OPTIONS)
    assert len(started) == 3
