"""Undoing imports: every graph is compared triple by triple with what it held before, on registers with other work in between."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from harbour_catalogue import AFTER, BEFORE, BUOY, PILOT, QUAY, catalogue, iri, run, terms
from pyoxigraph import Literal, NamedNode, Triple

from importers.base import Source
from ontologies.namespaces import DCT, PROV, RDF, SAMSVAR, SKOS
from registry import pipeline, storing
from registry.catalogue.imports import import_info, last_imports
from registry.errors import CannotUndoError, NotFoundError, PreconditionError
from registry.history.versions import tombstone, versions
from registry.journal.entries import Author
from registry.provenance import Deed
from registry.services import Services
from registry.undoing.undo import UndoPlan, foresee, undo
from sparql.changes import Changes

GRAPH = "http://localhost:8000/graph/catalogue/havn"
State = dict[str, set[Triple]]


def state(services: Services) -> State:
    """Every graph but that of provenance, with its triples."""
    reader = services.store.reader()
    names = set(reader.graphs()) - {services.urls.provenance.value}
    return {name: {quad.triple for quad in reader.quads(graph=NamedNode(name))} for name in names}


def last(services: Services, catalogue_id: str = "havn") -> str:
    """The newest import of a catalogue."""
    found = last_imports(services.store.reader(), 100)
    return next(each.uri for each in found if each.graph.endswith(f"/{catalogue_id}"))


def taken_back(services: Services, uri: str = "") -> UndoPlan:
    """Undoes an import, as it was foreseen."""
    uri = uri or last(services)
    plan = foresee(services, uri)
    done = undo(services, uri, state=plan.state)
    assert list(done.difference.things) == list(plan.difference.things)
    assert (done.difference.counts, done.conflicts) == (plan.difference.counts, plan.conflicts)
    return done


def other(services: Services, name: str, text: str) -> None:
    """An import of another catalogue, which disagrees about the pilot."""
    content = catalogue(("los", "los", text), title=name).replace(b"havn.example", f"{name}.example".encode())
    pipeline.run(services, pipeline.Request([Source(f"{name}.ttl", content)], name))


def update(services: Services, *, remove: list[Triple] = [], add: list[Triple] = []) -> None:  # noqa: B006 - only read
    """What a SPARQL update does to the harbour's catalogue."""
    changes = Changes()
    for triple in remove:
        changes.remove(GRAPH, triple)
    for triple in add:
        changes.add(GRAPH, triple)
    with services.alone() as writing:
        writing.write(changes, Deed("nøkkel1", "999000009", "INSERT DATA ..."))


def label(name: str, text: str) -> Triple:
    return Triple(NamedNode(iri(name)), SKOS.altLabel, Literal(text, language="nb"))


def test_a_changed_catalogue_is_as_it_was(services: Services) -> None:
    run(services, BEFORE)
    before = state(services)
    run(services, AFTER)
    done = taken_back(services)
    assert state(services) == before
    assert done.difference.counts == {"new": 1, "changed": 1, "gone": 1, "unchanged": 1}
    assert services.store.reader().generation == 3


def test_a_new_catalogue_is_gone(services: Services, client: FlaskClient) -> None:
    other(services, "elv", "den som kjenner farvannet")
    before = state(services)
    run(services, BEFORE)
    assert len(state(services)[services.urls.findings.value]) > len(before.get(services.urls.findings.value, ()))
    taken_back(services)
    assert state(services) == before
    assert client.get("/catalogues/havn").status_code == 404
    assert client.get("/resource", query_string={"uri": iri("kai")}).status_code == 410


def test_imports_between_each_other_are_undone_in_any_order(services: Services) -> None:
    seen: list[State] = []
    writes: list[tuple[str, Callable[[], object]]] = [
        ("elv", lambda: other(services, "elv", "den som kjenner farvannet")),
        ("havn", lambda: run(services, BEFORE)),
        ("elv", lambda: other(services, "elv", "person som losser skip")),
        ("havn", lambda: run(services, AFTER)),
    ]
    made: list[str] = []
    for name, write in writes:
        seen.append(state(services))
        write()
        made.append(last(services, name))
    whole = state(services)
    elv, havn = "http://localhost:8000/graph/catalogue/elv", GRAPH
    taken_back(services, made[2])
    assert state(services)[elv] == seen[2][elv]
    assert state(services)[havn] == whole[havn]
    taken_back(services, made[3])
    assert state(services)[havn] == seen[3][havn]
    assert state(services) == seen[2]
    taken_back(services, made[1])
    assert state(services) == seen[1]
    taken_back(services, made[0])
    assert not state(services).get(elv)


def test_an_undo_is_undone(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    after, imported = state(services), last(services)
    taken_back(services)
    undone = last(services)
    assert undone_by(services, imported) == undone
    with pytest.raises(CannotUndoError, match="undone already"):
        undo(services, imported)
    taken_back(services, undone)
    assert state(services) == after
    assert not undone_by(services, imported)
    assert client.get("/resource", query_string={"uri": iri("taubat")}).status_code == 410
    taken_back(services, imported)
    assert terms(services) == {"kai", "los", "taubåt"}


def test_tombstones_come_right(services: Services, client: FlaskClient) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    assert tombstones(services) == {iri("taubat")}
    taken_back(services)
    assert tombstones(services) == {iri("boye")}
    assert client.get("/resource", query_string={"uri": iri("taubat"), "format": "json"}).status_code == 200
    gone = client.get("/resource", query_string={"uri": iri("boye")})
    assert (gone.status_code, gone.get_json()["lastVersion"]["name"]) == (410, {"nb": "bøye"})
    reader = services.store.reader()
    texts = [text.value for version in versions(reader, services.blobs, iri("los")) for text in version.definitions]
    assert texts == ["person over 20 år som viser fartøy vei", "person som viser fartøy vei"]
    assert tombstone(reader, services.blobs, iri("boye")) is not None


def undone_by(services: Services, uri: str) -> str:
    info = import_info(services.store.reader(), uri)
    assert info is not None
    return info.undone_by


def tombstones(services: Services) -> set[str]:
    reader = services.store.reader()
    stones = reader.quads(None, RDF.type, SAMSVAR.Tombstone, services.urls.provenance)
    return {
        quad.object.value
        for stone in stones
        for quad in reader.quads(stone.subject, DCT.isVersionOf, None, services.urls.provenance)
    }


def test_an_import_that_brings_something_back_takes_its_tombstone_away(services: Services) -> None:
    for content in (BEFORE, AFTER, BEFORE):
        run(services, content)
    assert tombstones(services) == {iri("boye")}


def test_other_work_since_then_stays(services: Services) -> None:
    run(services, BEFORE)
    before = state(services)[GRAPH]
    run(services, AFTER)
    imported = last(services)
    update(services, add=[label("kai", "brygge")])
    with_gull = catalogue(
        QUAY, ("los", "los", "person over 20 år som viser fartøy vei"), BUOY, ("make", "måke", "fugl")
    )
    gull = with_gull.replace(b":kai a skos:Concept ;", b':kai a skos:Concept ; skos:altLabel "brygge"@nb ;')
    run(services, gull)
    done = taken_back(services, imported)
    assert not done.conflicts
    came = state(services)[GRAPH] - before
    assert before <= state(services)[GRAPH]
    assert label("kai", "brygge") in came
    assert {each.subject for each in came if each.predicate == SKOS.prefLabel} == {NamedNode(iri("make"))}
    members = {each.object for each in state(services)[GRAPH] if each.predicate == SKOS.member}
    assert members == {NamedNode(iri(name)) for name in ("kai", "los", "taubat", "make")}


def test_what_was_changed_since_is_told_and_stays(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    imported = last(services)
    third = catalogue(
        QUAY, ("los", "los", "person over 30 år som viser fartøy vei"), ("boye", "bøye", "flytende merke")
    )
    run(services, third)
    later = last(services)
    done = taken_back(services, imported)
    assert terms(services) == {"kai", "los", "taubåt", "bøye"}
    told = {(each.uri, each.path): each for each in done.conflicts}
    assert set(told) == {(iri("los"), "euvoc:xlDefinition"), (iri("boye"), "")}
    [text] = told[iri("los"), "euvoc:xlDefinition"].since
    assert [value.text for value in text.after] == ["person over 30 år som viser fartøy vei"]
    [by] = told[iri("boye"), ""].by
    assert (by.write, by.author) == (later, "")
    assert f"Undo {later} first" in told[iri("boye"), ""].fix
    members = {each.object for each in state(services)[GRAPH] if each.predicate == SKOS.member}
    assert members == {NamedNode(iri(name)) for name in ("kai", "los", "taubat", "boye")}
    skipped = [record for record in done.arrival.batch.report.records if record.status == "skipped"]
    assert {issue.code for record in skipped for issue in record.issues} == {"changed-since"}


def test_who_changed_it_is_the_token(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    imported = last(services)
    update(services, add=[label("boye", "merke")])
    [conflict] = foresee(services, imported).conflicts
    [by] = conflict.by
    assert (conflict.uri, by.author, by.organisation) == (iri("boye"), "nøkkel1", "999000009")
    assert "nøkkel1 of 999000009" in conflict.as_record("x").issues[0].message


def test_a_property_that_nobody_touched_is_put_back_beside_one_that_somebody_did(services: Services) -> None:
    run(services, catalogue(PILOT))
    run(services, catalogue(("los", "havnelos", PILOT[2])))
    imported = last(services)
    update(services, add=[label("los", "statslos")])
    assert not taken_back(services, imported).conflicts
    assert terms(services) == {"los"}
    assert label("los", "statslos") in state(services)[GRAPH]


def test_what_somebody_put_back_by_hand_needs_no_undo(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    imported = last(services)
    run(services, BEFORE)
    with pytest.raises(CannotUndoError, match="taken back already"):
        undo(services, imported)
    assert services.store.reader().generation == 3


def test_where_all_was_changed_since_nothing_is_done(services: Services) -> None:
    run(services, catalogue(PILOT))
    for text in ("person", "den som loser"):
        run(services, catalogue(("los", "los", text)))
    first_change = [each.uri for each in last_imports(services.store.reader(), 9)][1]
    with pytest.raises(CannotUndoError, match="changed again since") as refused:
        undo(services, first_change)
    assert [each["uri"] for each in refused.value.conflicts] == [iri("los")]
    assert services.store.reader().generation == 3


def test_the_undo_is_journalled_with_its_author(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    undo(services, last(services), author=Author("abc", "999000009"))
    reader = services.store.reader()
    found = import_info(reader, last(services))
    assert found is not None
    assert (found.token, found.undoes, found.generation) == ("abc", f"{services.urls.base}/imports/2-catalogue-havn", 3)
    assert found.title == "Havnebegreper"
    assert any(reader.quads(NamedNode(found.uri), PROV.generated, NamedNode(GRAPH), services.urls.provenance))


def test_the_catalogue_has_its_old_title_again(services: Services) -> None:
    run(services, BEFORE)
    run(services, catalogue(QUAY, title="Kaier"))
    taken_back(services)
    graph = NamedNode(GRAPH)
    titles = services.store.reader().quads(graph, DCT.title, None, services.urls.provenance)
    assert [quad.object.value for quad in titles] == ["Havnebegreper"]


def test_an_undo_for_something_else_than_was_shown_is_refused(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    imported = last(services)
    plan = foresee(services, imported)
    update(services, add=[label("kai", "brygge")])
    with pytest.raises(PreconditionError, match="look at it again"):
        undo(services, imported, state=plan.state)


def test_what_is_no_import_is_not_found(services: Services) -> None:
    run(services, BEFORE)
    with pytest.raises(NotFoundError, match="samsvar imports"):
        foresee(services, f"{services.urls.base}/imports/7-catalogue-x")


def test_without_its_journal_it_is_refused(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    for path in services.blobs.directory.glob("??/*.gz"):
        path.unlink()
    with pytest.raises(CannotUndoError, match="journal"):
        foresee(services, last(services))


def test_a_catalogue_that_was_removed_since_is_not_brought_back(services: Services) -> None:
    run(services, BEFORE)
    run(services, AFTER)
    imported = last(services)
    storing.remove(services, "catalogue", "havn")
    with pytest.raises(CannotUndoError, match="removed since"):
        undo(services, imported)
    assert GRAPH not in services.store.reader().graphs()


def test_findings_follow(services: Services) -> None:
    other(services, "elv", "person over 18 år som viser fartøy vei")
    run(services, catalogue(PILOT))
    before = state(services)[services.urls.findings.value]
    run(services, catalogue(("los", "los", "person over 30 år som viser fartøy vei")))
    assert state(services)[services.urls.findings.value] != before
    settles = foresee(services, last(services)).outlook.settles
    assert [each.term for each in settles] == ["los"]
    taken_back(services)
    assert state(services)[services.urls.findings.value] == before


def test_a_table_in_parts_is_undone_exactly(services: Services) -> None:
    table = "id;anbefalt_term:nb;tillatt_term:nb;definisjon:nb;definisjon_kilde\n"
    rows = (
        "1;los;statslos|havnelos;den som loser;Losloven § 3|https://lov.example/3",
        "2;kai;;sted;",
        "3;båt;;fartøy;",
    )

    def bring(*numbers: int, partial: bool = False) -> None:
        text = table + "".join(f"{rows[number]}\n" for number in numbers)
        source = Source("havn.csv", text.encode())
        pipeline.run(services, pipeline.Request([source], "havn", "999000009", partial=partial))

    bring(0, 1)
    before = state(services)
    bring(2, partial=True)
    taken_back(services)
    assert state(services) == before
