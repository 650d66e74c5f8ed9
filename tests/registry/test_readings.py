"""The same bytes are not read again while what came of them is held; whatever could make that wrong has them read."""

import json
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from harbour_catalogue import AFTER, BEFORE, BUOY, PILOT, QUAY, TUG, catalogue, iri
from pyoxigraph import Literal, NamedNode, Triple

from importers.base import Source
from ontologies.namespaces import SKOS
from registry import pipeline, storing
from registry.catalogue.imports import last_imports
from registry.documents import as_json
from registry.errors import ForbiddenError
from registry.provenance import Deed
from registry.readings import known, shelf
from registry.services import Services
from registry.undoing import undo
from sparql.changes import Changes
from sparql.embedded.backup import backup
from sparql.embedded.restore import restore

GRAPH = "http://localhost:8000/graph/catalogue/havn"
SAID_WRONG = BEFORE.replace(b'"kai"@nb', b'"kai"@no') + b":rest a :Ukjent .\n"


def told(outcome: pipeline.Outcome) -> Any:
    return json.loads("".join(as_json(outcome.as_json())))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the sources that were given to a reader's process."""
    names: list[str] = []
    read_all = pipeline.read_all

    def noting(sources: Any, *rest: Any) -> Any:
        def noted() -> Iterator[Source]:
            for source in sources:
                names.append(source.name)
                yield source

        return read_all(noted(), *rest)

    monkeypatch.setattr(pipeline, "read_all", noting)
    return names


def run(services: Services, content: bytes, name: str = "havn.ttl", **wishes: Any) -> pipeline.Outcome:
    return pipeline.run(services, pipeline.Request([Source(name, content)], "havn", **wishes))


def forgotten(services: Services) -> None:
    """From now on everything is read."""
    shutil.rmtree(services.readings.directory, ignore_errors=True)


@pytest.mark.parametrize("content", [BEFORE, SAID_WRONG])
def test_the_same_bytes_are_not_read_and_what_is_said_of_them_is_the_same(
    services: Services, read: list[str], content: bytes
) -> None:
    run(services, content)
    assert read == ["havn.ttl"]
    at_once = run(services, content)
    assert read == ["havn.ttl"]
    assert at_once.counts["unchanged"] == 3
    forgotten(services)
    after_reading = run(services, content)
    assert read == ["havn.ttl", "havn.ttl"]
    again = run(services, content)
    assert len(read) == 2
    assert told(at_once) == told(after_reading) == told(again)
    assert at_once.graphs == after_reading.graphs == again.graphs == [GRAPH]
    assert at_once.exit_code == after_reading.exit_code
    assert services.store.reader().generation == 1


def updated(services: Services) -> None:
    changes = Changes()
    changes.add(GRAPH, Triple(NamedNode(iri("kai")), SKOS.altLabel, Literal("brygge", language="nb")))
    with services.alone() as writing:
        writing.write(changes, Deed("nøkkel1", "999000009", "INSERT DATA ..."))


def updated_and_back(services: Services) -> None:
    updated(services)
    changes = Changes()
    changes.remove(GRAPH, Triple(NamedNode(iri("kai")), SKOS.altLabel, Literal("brygge", language="nb")))
    with services.alone() as writing:
        writing.write(changes, Deed("nøkkel1", "999000009", "DELETE DATA ..."))


def undone(services: Services) -> None:
    undo.undo(services, last_imports(services.store.reader(), 1)[0].uri)


def imported_otherwise(services: Services) -> None:
    run(services, AFTER, "nyere.ttl")


def removed(services: Services) -> None:
    assert storing.remove(services, "catalogue", "havn")


def damaged(services: Services) -> None:
    for path in services.readings.directory.iterdir():
        path.write_bytes(path.read_bytes()[:-9])


@pytest.mark.parametrize(
    "meanwhile", [updated, updated_and_back, undone, imported_otherwise, removed, forgotten, damaged]
)
def test_a_source_is_read_when_anything_else_has_happened(
    services: Services, read: list[str], meanwhile: Callable[[Services], None]
) -> None:
    run(services, BEFORE)
    meanwhile(services)
    before = len(read)
    outcome = run(services, BEFORE)
    assert len(read) == before + 1
    assert sum(outcome.counts.values()) == 3
    held = {quad.triple for quad in services.store.reader().quads(graph=NamedNode(GRAPH))}
    fresh = {triple for triple in held if triple.predicate == SKOS.prefLabel}
    assert {triple.object.value for triple in fresh if isinstance(triple.object, Literal)} == {"kai", "los", "taubåt"}
    assert run(services, BEFORE).counts["unchanged"] == 3
    assert len(read) == before + 1


@pytest.mark.parametrize(
    ("content", "wishes"),
    [
        (BEFORE + b"\n", {}),
        (BEFORE, {"name": "other.ttl"}),
        (BEFORE, {"publisher": "999000017"}),
        (BEFORE, {"title": "Havna"}),
        (BEFORE, {"strict": True}),
        (BEFORE, {"format": "rdf"}),
        (BEFORE, {"partial": True}),
        (BEFORE, {"dry_run": True}),
    ],
)
def test_a_source_is_read_when_anything_else_is_asked(
    services: Services, read: list[str], content: bytes, wishes: dict[str, Any]
) -> None:
    run(services, BEFORE)
    run(services, content, **wishes)
    assert len(read) == 2


def test_what_is_only_written_otherwise_is_not_compared_with_the_graph(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *statements = BEFORE.splitlines(keepends=True)
    reordered = b"".join([first, second, *statements[::-1]])
    run(services, BEFORE)
    with monkeypatch.context() as patched:
        patched.setattr(storing, "store", None)
        at_once = run(services, reordered)
    forgotten(services)
    assert told(run(services, reordered)) == told(at_once)
    assert at_once.counts["unchanged"] == 3
    assert services.store.reader().generation == 1


@pytest.mark.parametrize("meanwhile", [updated, updated_and_back, undone, imported_otherwise, removed])
def test_it_is_compared_when_anything_else_has_happened(
    services: Services, meanwhile: Callable[[Services], None]
) -> None:
    run(services, BEFORE)
    meanwhile(services)
    run(services, BEFORE + b"\n")
    labels = services.store.reader().quads(None, SKOS.prefLabel, None, NamedNode(GRAPH))
    assert {quad.object.value for quad in labels if isinstance(quad.object, Literal)} == {"kai", "los", "taubåt"}
    others = services.store.reader().quads(None, SKOS.altLabel, None, NamedNode(GRAPH))
    assert list(others) == []


def test_another_version_of_the_code_reads_again(
    services: Services, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(services, BEFORE)
    monkeypatch.setattr(known, "reading_code", lambda: "a later version")
    assert run(services, BEFORE).counts["unchanged"] == 3
    assert len(read) == 2
    run(services, BEFORE)
    assert len(read) == 2


def test_a_register_that_was_put_back_knows_what_it_holds(services: Services, read: list[str], tmp_path: Path) -> None:
    run(services, BEFORE)
    backup(services.settings.data, tmp_path / "backup")
    run(services, AFTER)
    restore(tmp_path / "backup", services.settings.data, force=True)
    assert run(services, AFTER).counts["stored"] == 2
    assert len(read) == 3


def test_what_another_catalogue_retires_changes_nothing_here(services: Services, read: list[str]) -> None:
    run(services, BEFORE)
    for content in (catalogue(QUAY, BUOY), catalogue(BUOY)):
        pipeline.run(services, pipeline.Request([Source("annen.ttl", content)], "annen"))
    at_once = run(services, BEFORE)
    assert len(read) == 3
    forgotten(services)
    assert told(run(services, BEFORE)) == told(at_once)


def test_files_of_one_catalogue_are_read_together(services: Services, read: list[str]) -> None:
    sources = [Source("a.ttl", catalogue(QUAY)), Source("b.ttl", catalogue(PILOT))]
    for _ in range(2):
        pipeline.run(services, pipeline.Request(sources, "havn"))
    assert read == ["a.ttl", "b.ttl"] * 2


def test_a_known_file_is_read_with_one_that_is_not(services: Services, read: list[str]) -> None:
    def both(second: bytes) -> pipeline.Outcome:
        sources = [Source("a.ttl", catalogue(QUAY)), Source("b.ttl", second)]
        return pipeline.run(services, pipeline.Request(sources))

    other = catalogue(TUG).replace(b"havn.example", b"slep.example")
    both(other)
    assert both(other).counts["unchanged"] == 2
    assert read == ["a.ttl", "b.ttl"]
    outcome = both(catalogue(PILOT))
    assert read == ["a.ttl", "b.ttl"] * 2
    assert outcome.counts["stored"] + outcome.counts["unchanged"] == 2


def test_a_file_that_cannot_be_read_beside_it_has_it_read(services: Services, read: list[str]) -> None:
    run(services, BEFORE)
    sources = [Source("havn.ttl", BEFORE), Source("bilde.png", b"\x89PNG\r\n\x1a\n")]
    outcome = pipeline.run(services, pipeline.Request(sources, "havn"))
    assert len(outcome.unreadable) == 1
    assert "havn.ttl" in read[1:]
    assert outcome.reports[0].partial


def test_who_may_not_import_it_may_not_import_it_again(services: Services) -> None:
    run(services, BEFORE)

    def check(arrival: pipeline.Arrival) -> None:
        assert {triple.subject for triple in arrival.triples()} >= {NamedNode(iri("kai"))}
        raise ForbiddenError("not yours")

    with pytest.raises(ForbiddenError):
        run(services, BEFORE, check=check)


def test_not_more_are_kept_than_there_is_room_for(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST", 2)
    for number in range(4):
        run(services, BEFORE, f"{number}.ttl")
    assert len(list(services.readings.directory.iterdir())) == 2


def test_an_act_is_read_each_time(services: Services, read: list[str]) -> None:
    name = "eksempellov-studiestotte.xml"
    act = Source(name, files("registry.demo").joinpath(name).read_bytes())
    for _ in range(2):
        pipeline.run(services, pipeline.Request([act]))
    assert read == [name] * 2
