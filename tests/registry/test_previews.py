"""What an import would do, before it is done: the difference, what follows from it, and accepting it or a part."""

import csv
import errno
import io
import os
from dataclasses import replace

import pytest
from click.testing import CliRunner
from harbour_catalogue import AFTER, BEFORE, BUOY, PILOT, QUAY, TUG, catalogue, iri, run, terms
from pyoxigraph import NamedNode

from importers.base import Source
from ontologies.namespaces import RDF, SKOS
from registry import pipeline
from registry.access.tokens import Token
from registry.cli import main
from registry.errors import BadRequestError, ForbiddenError, NotFoundError, PreconditionError
from registry.harmonisation import recheck
from registry.previews import keeping
from registry.previews.accepting import accept
from registry.previews.keeping import Preview
from registry.previews.tables import COLUMNS, as_csv
from registry.services import Services
from sparql.errors import StoreFullError


def preview(services: Services, content: bytes, token: Token, **wishes: bool) -> Preview:
    kept: list[Preview] = []

    def keep(outcome: pipeline.Outcome) -> None:
        assert outcome.plan is not None
        kept.append(services.previews.put(outcome.plan, outcome.as_json(), token))

    request = pipeline.Request([Source("havn.ttl", content)], "havn", dry_run=True, **wishes)
    pipeline.run(services, request, keep=keep)
    return kept[0]


def members(services: Services) -> set[str]:
    graph = services.urls.graph("catalogue", "havn")
    found = services.store.reader().quads(NamedNode(iri("samling")), SKOS.member, None, graph)
    return {quad.object.value for quad in found if isinstance(quad.object, NamedNode)}


@pytest.fixture
def token(services: Services) -> Token:
    return services.tokens.create("administrator")[0]


def test_the_difference_is_told_by_thing_and_property(services: Services) -> None:
    run(services, BEFORE)
    plan = run(services, AFTER, dry_run=True).plan
    assert plan is not None
    [graph] = plan.graphs
    assert graph.difference.counts == {"new": 1, "changed": 1, "gone": 1, "unchanged": 1}
    concepts = {thing.uri: thing for thing in graph.difference.things if thing.kind == "concept"}
    assert {uri: thing.change for uri, thing in concepts.items()} == {
        iri("boye"): "new",
        iri("los"): "changed",
        iri("taubat"): "gone",
    }
    [changed] = concepts[iri("los")].properties
    assert changed.path == "euvoc:xlDefinition/rdf:value"
    assert [str(value) for value in changed.before] == ["person som viser fartøy vei (nb)"]
    assert [str(value) for value in changed.after] == ["person over 20 år som viser fartøy vei (nb)"]
    assert services.store.reader().generation == 1


def test_a_long_list_and_nodes_reached_in_many_ways_are_told(services: Services) -> None:
    def values(last: str) -> bytes:
        listed = " ".join(f'"{number}"' for number in range(1500))
        woven = "".join(f"_:n{each} :p _:n{each + 1} ; :q _:n{each + 1} .\n" for each in range(40))
        return BEFORE + f':los :verdier ({listed} "{last}") ; :vev _:n0 .\n{woven}_:n40 :v "{last}" .\n'.encode()

    run(services, values("a"))
    plan = run(services, values("b"), dry_run=True).plan
    assert plan is not None
    [thing] = plan.graphs[0].difference.things
    assert thing.uri == iri("los")
    assert {str(value) for each in thing.properties for value in each.after} >= {"b"}


def test_a_file_in_another_order_differs_in_nothing(services: Services) -> None:
    run(services, BEFORE)
    plan = run(services, catalogue(TUG, QUAY, PILOT), dry_run=True).plan
    assert plan is not None
    assert plan.graphs[0].difference.counts == {"new": 0, "changed": 0, "gone": 0, "unchanged": 3}
    assert plan.graphs[0].difference.heads == ()


def elsewhere(content: bytes) -> Source:
    """The same as another publisher's catalogue."""
    return Source("sjo.ttl", content.replace(b"havn.example", b"sjo.example").replace(b"999000009", b"999000010"))


@pytest.fixture(params=[False, True], ids=["some compared", "all compared"])
def _compared(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether so much differs that all definitions are compared to tell what follows."""
    monkeypatch.setattr(recheck, "_are_most", lambda *_: request.param)


@pytest.mark.usefixtures("_compared")
def test_disagreements_and_copies_are_foreseen(services: Services) -> None:
    other = elsewhere(catalogue(("los", "los", "person over 18 år som viser fartøy vei"), BUOY))
    pipeline.run(services, pipeline.Request([other], "sjo"))
    plan = run(services, AFTER, dry_run=True).plan
    assert plan is not None
    brought = {finding.term: {item.kind for item in finding.comparison.evidence} for finding in plan.outlook.brings}
    assert brought == {"los": {"ThresholdDifference", "ThresholdProof"}}
    [copy] = plan.outlook.duplicates
    assert (copy.term, copy.place) == ("bøye", "register")
    assert set(copy.concepts) == {iri("boye"), iri("boye").replace("havn", "sjo")}


@pytest.mark.usefixtures("_compared")
def test_disagreements_that_are_there_are_not_new_and_may_end(services: Services) -> None:
    other = elsewhere(catalogue(("los", "los", "person over 18 år som viser fartøy vei")))
    pipeline.run(services, pipeline.Request([other], "sjo"))
    run(services, AFTER)
    edited = catalogue(QUAY, ("los", "los", "person over 20 år som viser fartøyer vei"), BUOY)
    same = run(services, edited, dry_run=True).plan
    assert same is not None
    assert (same.outlook.brings, same.outlook.settles) == ((), ())
    ended = run(services, catalogue(QUAY, BUOY), dry_run=True).plan
    assert ended is not None
    assert [each.term for each in ended.outlook.settles] == ["los"]


def test_two_concepts_of_a_source_with_one_term_are_pointed_out(services: Services) -> None:
    plan = run(services, catalogue(QUAY, ("brygge", "Kai", "fast innretning ved land")), dry_run=True).plan
    assert plan is not None
    [found] = [each for each in plan.outlook.duplicates if each.place == "source"]
    assert set(found.concepts) == {iri("kai"), iri("brygge")}


def test_what_was_shown_is_imported_once(services: Services, token: Token) -> None:
    run(services, BEFORE)
    kept = preview(services, AFTER, token)
    assert services.store.reader().generation == 1
    outcome = accept(services, services.previews.get(kept.id), token)
    assert outcome.counts["stored"] == 2
    assert terms(services) == {"kai", "los", "bøye"}
    assert services.store.reader().generation == 2
    with pytest.raises(NotFoundError):
        services.previews.get(kept.id)
    assert run(services, AFTER).counts["unchanged"] == 3
    assert services.store.reader().generation == 2


def test_what_somebody_else_accepts_at_the_same_time_is_not_found(services: Services, token: Token) -> None:
    kept = preview(services, BEFORE, token)
    accept(services, kept, token)
    with pytest.raises(NotFoundError, match="it was accepted"):
        accept(services, kept, token)


def test_a_preview_of_what_has_changed_since_is_refused(services: Services, token: Token) -> None:
    run(services, BEFORE)
    kept = preview(services, AFTER, token)
    run(services, catalogue(QUAY, BUOY))
    for wanted in (None, [iri("los")]):
        with pytest.raises(PreconditionError, match="has changed since"):
            accept(services, services.previews.get(kept.id), token, wanted)
    assert terms(services) == {"kai", "bøye"}


def test_other_catalogues_may_change_meanwhile(services: Services, token: Token) -> None:
    run(services, BEFORE)
    kept = preview(services, AFTER, token)
    pipeline.run(services, pipeline.Request([elsewhere(catalogue(BUOY))], "sjo"))
    accept(services, services.previews.get(kept.id), token)
    assert terms(services) == {"kai", "los", "bøye"}


def test_things_are_chosen_one_by_one(services: Services, token: Token) -> None:
    run(services, BEFORE)
    kept = preview(services, AFTER, token)
    outcome = accept(services, kept, token, [iri("boye")])
    assert terms(services) == {"kai", "los", "taubåt", "bøye"}
    assert members(services) == {iri("kai"), iri("los"), iri("taubat"), iri("boye")}
    left_out = [record for report in outcome.reports for record in report.records if record.status == "skipped"]
    assert [record.subject for record in left_out] == [iri("los")]
    assert [issue.code for issue in left_out[0].issues][-1] == "not-chosen"
    accept(services, preview(services, AFTER, token), token, [iri("taubat")])
    assert terms(services) == {"kai", "los", "bøye"}
    assert members(services) == {iri("kai"), iri("los"), iri("boye")}
    graph = services.urls.graph("catalogue", "havn")
    values = {quad.object.value for quad in services.store.reader().quads(None, RDF.value, None, graph)}
    assert "person som viser fartøy vei" in values
    assert "fartøy som sleper andre fartøy" not in values


def test_a_thing_that_was_not_shown_cannot_be_chosen(services: Services, token: Token) -> None:
    kept = preview(services, BEFORE, token)
    with pytest.raises(BadRequestError, match="shows no"):
        accept(services, kept, token, ["https://elsewhere.example/x"])
    with pytest.raises(BadRequestError, match="Nothing is chosen"):
        accept(services, kept, token, [])
    assert services.store.reader().generation == 0


def test_a_part_takes_nothing_away(services: Services) -> None:
    run(services, BEFORE)
    report = run(services, catalogue(QUAY, BUOY), partial=True).reports[0]
    assert "declared-partial" in {issue.code for issue in report.issues}
    assert terms(services) == {"kai", "los", "taubåt", "bøye"}
    assert run(services, catalogue(QUAY, BUOY), partial=True).counts["unchanged"] == 2
    assert services.store.reader().generation == 2


def test_of_many_previews_the_oldest_goes(services: Services, token: Token) -> None:
    services.previews._shelf = replace(services.previews._shelf, most=2)
    first, second, third = (preview(services, BEFORE, token) for _ in range(3))
    with pytest.raises(NotFoundError, match="Upload the file again"):
        services.previews.get(first.id)
    assert services.previews.get(second.id).created < services.previews.get(third.id).created


def test_old_previews_go_when_any_is_asked_for(services: Services, token: Token) -> None:
    old, new = (preview(services, BEFORE, token) for _ in range(2))
    folder = services.previews.directory
    (folder / ".begun").mkdir()
    for name in (old.id, ".begun"):
        os.utime(folder / name, (0, 0))
    assert services.previews.get(new.id).document["counts"]["stored"] == 3
    assert [path.name for path in folder.iterdir()] == [new.id]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"graphs": []}', "null"])
def test_a_broken_preview_hinders_no_other(services: Services, token: Token, content: str) -> None:
    broken = preview(services, BEFORE, token)
    (services.previews.directory / broken.id / "preview.json").write_text(content)
    with pytest.raises(NotFoundError):
        services.previews.get(broken.id)
    assert services.previews.get(preview(services, BEFORE, token).id)


def test_what_was_shown_is_imported_by_who_may_import_it(services: Services, token: Token) -> None:
    run(services, BEFORE)
    kept = preview(services, AFTER, token)
    other = services.tokens.create("editor", organisation="999000017")[0]
    for wanted in (None, [iri("los")]):
        with pytest.raises(ForbiddenError, match="not that of 999000017"):
            accept(services, kept, other, wanted)
    assert services.store.reader().generation == 1
    assert services.previews.get(kept.id)


def test_nothing_stays_of_a_preview_that_cannot_be_kept(
    services: Services, token: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview(services, BEFORE, token)

    def full(*_: object) -> dict[str, object]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(keeping, "_written", full)
    with pytest.raises(StoreFullError):
        preview(services, BEFORE, token)
    assert len(list(services.previews.directory.iterdir())) == 1


@pytest.mark.parametrize("name", ["", "..", "../../state.db", "a" * 24])
def test_no_other_name_is_a_preview(services: Services, name: str) -> None:
    with pytest.raises(NotFoundError):
        services.previews.get(name)


def test_the_table_has_a_row_for_each_value_and_no_formulas(services: Services) -> None:
    run(services, BEFORE)
    document = run(services, catalogue(QUAY, ("los", "=1+1", "person")), dry_run=True).as_json()
    lines = "".join(as_csv(document)).splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert (
        f"havn,changed,{iri('los')},'=1+1,euvoc:xlDefinition/rdf:value,person som viser fartøy vei (nb),person (nb),,,,,,,"
        in lines
    )
    assert any(line.startswith(f"havn,gone,{iri('taubat')},taubåt") for line in lines)


def test_the_command_prints_the_difference(services: Services, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSVAR_DATA", str(services.settings.data))
    run(services, BEFORE)
    file = tmp_path / "havn.ttl"
    file.write_bytes(AFTER)
    result = CliRunner().invoke(main, ["import", str(file), "--catalogue", "havn", "--dry-run"], catch_exceptions=False)
    assert "havn: 1 new, 1 changed, 1 gone, 1 unchanged" in result.output
    assert "over 20 år" in result.output
    assert "dry run: nothing was stored" in result.output


def test_titles_are_those_of_the_source(services: Services) -> None:
    run(services, BEFORE)
    plan = run(services, catalogue(QUAY, PILOT, TUG, title="Nye havnebegreper"), dry_run=True).plan
    assert plan is not None
    [thing] = plan.graphs[0].difference.things
    assert (thing.kind, thing.change) == ("other", "changed")
    assert [each.path for each in thing.properties] == ["dct:title"]


CARGO = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix : <https://last.example/> .
:katalog a dcat:Catalog ; dct:title "Last"@nb ;
    dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/999000017> ;
    dcat:dataset :anlop ; dcat:service :api .
:anlop a dcat:Dataset ; dct:title "Anløp"@nb ;
    dct:subject <https://havn.example/begrep/los>, <https://havn.example/begrep/taubat> ;
    dcat:contactPoint :post ;
    dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/999000017> .
:post a vcard:Organization ; vcard:hasEmail <mailto:last@last.example> .
:api a dcat:DataService ; dct:title "API for anløp"@nb ; dcat:servesDataset :anlop ;
    dct:publisher <https://data.brreg.no/enhetsregisteret/api/enheter/999000017> .
""".encode()


def test_what_rests_on_changed_and_gone_things_is_told_with_owners(services: Services, token: Token) -> None:
    run(services, BEFORE)
    pipeline.run(services, pipeline.Request([Source("last.ttl", CARGO)], "last"))
    plan = run(services, AFTER, dry_run=True).plan
    assert plan is not None
    touched = {each.thing.reference.uri: each for each in plan.outlook.touches}
    assert {uri: each.thing.distance for uri, each in touched.items()} == {
        "https://last.example/anlop": 1,
        "https://last.example/api": 2,
    }
    assert set(touched["https://last.example/anlop"].on) == {(iri("los"), "changed"), (iri("taubat"), "gone")}
    kept = preview(services, AFTER, token)
    [first, *_] = kept.document["difference"]["touches"]
    assert (first["kind"], [each["email"] for each in first["contacts"]]) == ("dataset", ["last@last.example"])
    rows = [row for row in csv.DictReader(io.StringIO("".join(as_csv(kept.document)))) if row["what"] == "touches"]
    assert "last@last.example" in rows[0]["message"]
    assert f"gone: {iri('taubat')}" in rows[0]["before"]


def test_an_import_that_changes_nothing_touches_nothing(services: Services) -> None:
    run(services, BEFORE)
    pipeline.run(services, pipeline.Request([Source("last.ttl", CARGO)], "last"))
    plan = run(services, BEFORE, dry_run=True).plan
    assert plan is not None
    assert plan.outlook.touches == ()
