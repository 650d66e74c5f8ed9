"""The table of findings follows small changes, and is the same as one that is read whole."""

import pytest
from definition_samples import graph, triples, turtle

from registry.harmonisation import finding_table as tables
from registry.harmonisation.finding_table import finding_table
from registry.harmonisation.recheck import recheck
from registry.harmonisation.terms import term_key
from registry.urls import Urls
from sparql.embedded import reader as readers
from sparql.embedded.generations import GenerationStore
from sparql.store import Reader

TEXTS = {
    "kai": "brygge av betong som er lengre enn {} meter",
    "molo": "vern mot bølger med bredde på minst {} meter",
    "los": "person over {} år som viser skip vei",
    "fyr": "lys fra tårn som ses på minst {} mil",
    "bøye": "flytende merke som veier over {} kg",
    "mast": "stang av tre, høyst {} cm tykk, som bærer seil",
}
WORDS = tuple(TEXTS)[:5]


def write(store: GenerationStore, urls: Urls, limits: dict[str, int], name: str = "havn") -> None:
    """A catalogue that defines some words, each by a limit, compared with what is there."""
    concepts = {word: f"http://{name}.example/{word}" for word in limits}
    text = "".join(
        turtle(concepts[word], word, TEXTS[word].format(length), publisher=f"http://{name}.example/")
        for word, length in limits.items()
    )
    with store.session() as session:
        session.replace_graph(graph(name), triples(text))
        recheck(session, urls, [f"http://{name}.example/{word}" for word in TEXTS], concepts.values())


def whole(reader: Reader) -> tables.FindingTable:
    return tables._table(tables._read_whole(reader))


@pytest.fixture
def register(store: GenerationStore, urls: Urls, monkeypatch: pytest.MonkeyPatch) -> GenerationStore:
    monkeypatch.setattr(tables, "_latest", [])
    write(store, urls, dict.fromkeys(WORDS, 10))
    write(store, urls, dict.fromkeys(WORDS, 20), "kyst")
    return store


def test_the_table_follows_what_came_changed_and_went(
    register: GenerationStore, urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = finding_table(register.reader())
    assert len(first.rows) == len(WORDS)
    write(register, urls, {**dict.fromkeys(WORDS, 20), "kai": 30, "mast": 4}, "kyst")
    write(register, urls, {**dict.fromkeys(WORDS[:4], 10), "mast": 5})
    reader = register.reader()
    expected = whole(reader)
    monkeypatch.setattr(tables, "_read_whole", lambda _: pytest.fail("the table is to be followed, not read"))
    assert finding_table(reader) == expected
    keys = {key for row in expected.rows for key in row.keys}
    assert term_key("mast", "nb") in keys
    assert term_key("bøye", "nb") not in keys
    assert expected.rows != first.rows


def test_what_does_not_touch_findings_leaves_the_table(register: GenerationStore, urls: Urls) -> None:
    first = finding_table(register.reader())
    write(register, urls, {"mast": 7}, "innsjø")
    assert finding_table(register.reader()) is first


def test_too_many_changes_are_read_whole(
    register: GenerationStore, urls: Urls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "_STEPS", 0)
    finding_table(register.reader())
    write(register, urls, {"kai": 40}, "kyst")
    reader = register.reader()
    assert finding_table(reader) == whole(reader)


def test_another_register_is_not_taken_for_an_earlier_generation(
    register: GenerationStore, urls: Urls, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = GenerationStore(tmp_path_factory.mktemp("other"), uri_base=urls.base)
    assert finding_table(other.reader()).rows == ()
    assert len(finding_table(register.reader()).rows) == len(WORDS)
    assert finding_table(other.reader()).rows == ()


def test_the_worst_come_first_with_and_without_the_table(
    register: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = register.reader()
    assert tuple(tables.worst_rows(reader)) == whole(reader).rows
    monkeypatch.setattr(tables, "_WORST", len(WORDS))  # as if the query had given as many as it may
    assert tuple(tables.worst_rows(reader)) == whole(reader).rows
