"""Many batches in one session: the register is the same as after as many imports, and as after a full recheck."""

import itertools
from pathlib import Path

import pytest
from register_support import settings_at

from importers.base import Source
from registry import derived, pipeline, storing
from registry.harmonisation import reader, recheck
from registry.harmonisation.recheck import recheck_all
from registry.references import following
from registry.services import Services, build_services
from sparql.embedded import bulk

WORDS = ("kai", "molo", "havn", "brygge", "los", "farled")
HEAD = "---\ntittel: Lov om {0}\nrefid: lov/2001-01-{1:02}-{1}\n---\n# Lov om {0}\n\n#### § 1. Definisjoner\n\n"


def laws() -> list[Source]:
    """Twelve acts that define the same words, some of them by each other, with other limits."""
    return [
        Source(
            f"lov-{number}.md",
            (
                HEAD.format(word, number)
                + f"Med {word} menes i denne loven anlegg på minst {number} meter ved sjøen.\n\n"
                + f"Med {other} menes {word} som brukes av skip på inntil {number % 4} tonn.\n\n"
                + f"Med {word}plass menes {other} som ligger i en {word}plass.\n"
            ).encode(),
        )
        for number, (word, other) in enumerate(itertools.islice(itertools.permutations(WORDS, 2), 3, 15), 1)
    ]


SPELT = Source(
    "havner.ttl",
    b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
<https://havn.example/1> a skos:Concept ; skos:prefLabel "kai"@nb ; skos:altLabel "brygger"@nb ;
  euvoc:startDate "2020-01-01+00:00"^^xsd:date ;
  euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "anlegg p\xc3\xa5 minst 7 meter ved havnen"@nb ;
    dct:source "havneloven \xc2\xa7 4" ] .
<https://havn.example/2> a skos:Concept ; skos:prefLabel "havn"@nb ;
  euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "sted med minst en kai"@nb ] .
""",
)
"""A catalogue with a date that the store writes in another way, and a source."""


def register(place: Path) -> Services:
    return build_services(settings_at(place))


def content(services: Services) -> set[str]:
    """Everything but provenance, which knows when and in which order."""
    quads = services.store.reader().quads()
    return {str(quad) for quad in quads if quad.graph_name != services.urls.provenance}


def entries(services: Services) -> set[tuple[str, ...]]:
    with services.index.connect() as connection:
        return set(
            connection.execute(
                "SELECT graph, uri, kind, field, language, text FROM entry WHERE until IS NULL"
            ).fetchall()
        )


@pytest.mark.parametrize("loaded", [True, False], ids=["in bulk", "graph by graph"])
def test_one_session_gives_what_many_give_and_what_a_full_recheck_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded: bool
) -> None:
    monkeypatch.setattr(storing, "MANY_BYTES", 1 if loaded else 2**40)
    monkeypatch.setattr(bulk, "PORTION", 2_000)
    together, apart = register(tmp_path / "together"), register(tmp_path / "apart")
    outcome = pipeline.run(together, pipeline.Request(laws()))
    assert (outcome.exit_code, len(outcome.reports), together.store.reader().generation) == (0, 12, 1)
    for law in laws():
        pipeline.run(apart, pipeline.Request([law]))
    assert content(together) == content(apart)
    assert entries(together) == entries(apart)
    assert together.store.reader().graphs().keys() == apart.store.reader().graphs().keys()
    incremental = content(together)
    assert any("ThresholdDifference" in line for line in incremental)
    with together.store.session() as session:
        recheck_all(session, together.urls)
        assert not session.changed
    assert content(together) == incremental


def test_many_concepts_are_read_graph_by_graph_and_give_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What thousands of concepts take (graphs read whole, from their text) against what one concept takes."""
    one_by_one, whole = register(tmp_path / "one by one"), register(tmp_path / "whole")
    changed = [*laws()[:7], *(Source(law.name, law.data.replace(b"minst", b"over")) for law in laws()[7:]), SPELT]
    for law in changed:
        pipeline.run(one_by_one, pipeline.Request([law]))
    monkeypatch.setattr(storing, "MANY_BYTES", 1)
    for module, name in ((reader, "MANY"), (recheck, "_MANY"), (derived, "MANY"), (following, "MANY")):
        monkeypatch.setattr(module, name, 0)
    pipeline.run(whole, pipeline.Request([*laws()[:9], SPELT]))
    pipeline.run(whole, pipeline.Request(changed))
    assert content(whole) == content(one_by_one)
    assert entries(whole) == entries(one_by_one)
    with whole.store.session() as session:
        recheck_all(session, whole.urls)
        assert not session.changed


def test_counts_of_graphs_are_those_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "MANY_BYTES", 1)
    services = register(tmp_path)
    pipeline.run(services, pipeline.Request(laws()))
    reader = services.store.reader()
    counted = dict.fromkeys(reader.graphs(), 0)
    for quad in reader.quads():
        counted[quad.graph_name.value] += 1
    assert reader.graphs() == counted


def test_importing_the_corpus_again_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "MANY_BYTES", 1)
    services = register(tmp_path)
    pipeline.run(services, pipeline.Request(laws()))
    before = content(services)
    again = pipeline.run(services, pipeline.Request(laws()[::-1]))
    assert again.counts["stored"] == 0
    assert again.counts["unchanged"] > 12
    assert (services.store.reader().generation, content(services)) == (1, before)


def test_new_and_changed_acts_may_arrive_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "MANY_BYTES", 1)
    services, fresh = register(tmp_path / "a"), register(tmp_path / "b")
    old = laws()
    changed = [*old[:3], Source(old[3].name, old[3].data.replace(b"minst 4", b"minst 40")), *old[4:]]
    pipeline.run(services, pipeline.Request(old[:6]))
    pipeline.run(services, pipeline.Request(changed))
    pipeline.run(fresh, pipeline.Request(changed))
    assert content(services) == content(fresh)
    assert entries(services) == entries(fresh)


def test_the_bytes_of_every_source_are_kept_under_its_hash(tmp_path: Path) -> None:
    services = register(tmp_path)
    pipeline.run(services, pipeline.Request(laws()))
    rows = services.store.reader().select("SELECT ?b WHERE { ?i <https://w3id.org/samsvar/ontology#blob> ?b }")
    assert {services.blobs.get(row["b"].value) for row in rows} == {law.data for law in laws()}


def test_an_import_that_fails_halfway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "MANY_BYTES", 1)
    services = register(tmp_path)
    pipeline.run(services, pipeline.Request(laws()[:2]))
    before, searched = content(services), entries(services)

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(storing.provenance, "record", fail)
        with pytest.raises(RuntimeError):
            pipeline.run(services, pipeline.Request(laws()))
    assert (services.store.reader().generation, content(services), entries(services)) == (1, before, searched)
    assert pipeline.run(services, pipeline.Request(laws())).exit_code == 0
    assert len(services.store.reader().graphs()) == 12 + 3
