"""Generations that are the one before and the engine's log: what they hold, how long they last, what is refused."""

import json
import random
import time
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode
from store_support import BASE, FIRST, SECOND, content, publish, python, store_in, terms

from sparql.changes import GraphChange
from sparql.embedded import kept, publishing
from sparql.embedded.doctor import doctor
from sparql.embedded.integrity import EMPTY, read_record, write_pointer, write_record
from sparql.embedded.integrity import Pointer as PointerTo
from sparql.embedded.session import BULK
from sparql.errors import StoreDamagedError

THIRD = NamedNode(f"{BASE}/graph/catalogue/third")
GRAPHS = (FIRST, SECOND, THIRD)


def newest(directory):
    number = store_in(directory).reader().generation
    return directory / "generations" / str(number)


def logs(directory):
    """Name to size of each log of the newest generation."""
    return {path.name: path.stat().st_size for path in (newest(directory) / "store").glob("*.log")}


def test_a_small_change_shares_every_file_of_the_generation_before_and_adds_a_log(tmp_path):
    publish(store_in(tmp_path), 30)
    first = tmp_path / "generations" / "1"
    assert logs(tmp_path) == {}
    publish(store_in(tmp_path), 31)
    second = newest(tmp_path)
    (log,) = logs(tmp_path)
    names = {path.name for path in (first / "store").iterdir()}
    assert {path.name for path in (second / "store").iterdir()} == names | {log}
    assert all((first / "store" / name).samefile(second / "store" / name) for name in names)
    assert read_record(second).base == 1
    assert content(store_in(tmp_path)) == set(terms(31))


def test_a_process_that_writes_often_goes_on_with_its_log(tmp_path):
    publish(store_in(tmp_path), 1)
    store = store_in(tmp_path)
    sizes = []
    for count in range(2, 6):
        store.submit(lambda session, count=count: session.replace_graph(FIRST, terms(count))).result(timeout=20)
        sizes.append(logs(tmp_path))
    assert len({name for each in sizes for name in each}) == 1
    assert sorted(size for each in sizes for size in each.values()) == [
        size for each in sizes for size in each.values()
    ]
    assert content(store) == set(terms(5))


def test_each_writer_that_goes_on_adds_a_log_until_there_are_too_many(tmp_path):
    publish(store_in(tmp_path), 1)
    seen = []
    for count in range(2, publishing.LOGS + 4):
        publish(store_in(tmp_path), count)
        seen.append(len(logs(tmp_path)))
        assert content(store_in(tmp_path)) == set(terms(count))
    assert seen == [*range(1, publishing.LOGS + 1), 0, 1]


def test_logs_that_grow_too_large_become_tables(tmp_path, monkeypatch):
    monkeypatch.setattr(publishing, "LOGGED", 4_000)
    publish(store_in(tmp_path), 1)
    store, seen = store_in(tmp_path), []
    for count in range(2, 20):
        store.submit(lambda session, count=count: session.replace_graph(FIRST, terms(count))).result(timeout=20)
        seen.append(sum(logs(tmp_path).values()))
        assert content(store) == set(terms(count))
    assert max(seen) <= 4_000
    assert seen.count(0) > 1


def test_a_bulk_load_is_a_checkpoint(tmp_path):
    publish(store_in(tmp_path), 1)
    publish(store_in(tmp_path), BULK + 5)
    assert logs(tmp_path) == {}
    assert read_record(newest(tmp_path)).base == 2
    assert content(store_in(tmp_path)) == set(terms(BULK + 5))


def test_a_register_that_was_made_before_logs_were_used_gets_tables_first(tmp_path):
    publish(store_in(tmp_path), 3)
    place = newest(tmp_path)
    write_pointer(tmp_path, PointerTo(1, write_record(place, replace(read_record(place), base=EMPTY.base))))
    publish(store_in(tmp_path), 4)
    assert logs(tmp_path) == {}
    assert content(store_in(tmp_path)) == set(terms(4))


@pytest.mark.parametrize("cut", [1, 200])
def test_a_log_that_lost_its_end_is_refused(tmp_path, cut):
    for count in (3, 4):
        publish(store_in(tmp_path), count)
    (log,) = (newest(tmp_path) / "store").glob("*.log")
    log.write_bytes(log.read_bytes()[:-cut])
    with pytest.raises(StoreDamagedError, match=r"\.log has .*restore"):
        store_in(tmp_path).reader()


def test_a_flipped_bit_in_a_log_is_refused(tmp_path):
    for count in (3, 4):
        publish(store_in(tmp_path), count)
    (log,) = (newest(tmp_path) / "store").glob("*.log")
    whole = bytearray(log.read_bytes())
    whole[-3] ^= 1
    log.write_bytes(whole)
    with pytest.raises(StoreDamagedError, match=r"the content of .*log"):
        store_in(tmp_path).reader()


def submit(store, count):
    store.submit(lambda session: session.replace_graph(FIRST, terms(count))).result(timeout=60)


def test_the_masters_of_several_processes_follow_one_another(tmp_path):
    publish(store_in(tmp_path), 1)
    stores = [store_in(tmp_path) for _ in range(3)]  # each with a master of its own, like three processes
    for count in range(2, 20):
        submit(stores[count % 3], count)
        assert content(store_in(tmp_path)) == set(terms(count))
    assert len(list((tmp_path / "master").iterdir())) == 3
    assert len(logs(tmp_path)) <= 3  # each goes on with its own, beside those that were there when it was made


def test_a_master_that_cannot_follow_is_made_anew(tmp_path):
    publish(store_in(tmp_path), 1)
    store = store_in(tmp_path)
    submit(store, 2)
    publish(store_in(tmp_path), BULK + 3)
    submit(store, BULK + 4)
    for path in (tmp_path / "differences").iterdir():
        path.write_bytes(path.read_bytes()[:-9])
    publish(store_in(tmp_path), BULK + 5)
    submit(store, BULK + 6)
    assert content(store_in(tmp_path)) == set(terms(BULK + 6))
    assert [check for check in doctor(tmp_path) if not check.ok] == []


def test_a_graph_that_another_process_removed_is_gone(tmp_path):
    for graph in (FIRST, SECOND):
        publish(store_in(tmp_path), 2, graph)
    store = store_in(tmp_path)
    submit(store, 3)
    publish(store_in(tmp_path), 0, SECOND)
    submit(store, 4)
    assert store_in(tmp_path).reader().select("SELECT ?g WHERE { GRAPH ?g {} }") == [{"g": FIRST}]


def test_a_master_that_is_not_used_is_closed(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "IDLE", 0.05)
    publish(store_in(tmp_path), 1)
    store = store_in(tmp_path)
    submit(store, 2)
    until = time.monotonic() + 60
    while any((tmp_path / "master").iterdir()) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any((tmp_path / "master").iterdir())
    submit(store, 3)
    assert content(store) == set(terms(3))


def test_a_master_does_not_outlive_its_process(tmp_path):
    process = python(
        """
import pathlib
from store_support import *
store_in(pathlib.Path(sys.argv[1])).submit(lambda session: session.insert(FIRST, terms(3))).result()
print(len(list(pathlib.Path(sys.argv[1], "master").iterdir())))
store_in(pathlib.Path(sys.argv[1])).submit(lambda session: session.insert(FIRST, terms(4))).result()
""",
        tmp_path,
    )
    assert process.communicate(timeout=60) == ("0\n", "")  # the first generation is a checkpoint
    assert not any((tmp_path / "master").iterdir())


def step(chance, session, model):
    """One random change of one graph, made in the session and in the model."""
    graph = chance.choice(GRAPHS)
    some = set(terms(chance.choice([1, 3, 40]), f"ord {chance.randrange(5)}"))
    match chance.randrange(5):
        case 0:
            session.replace_graph(graph, some)
            model[graph.value] = some
        case 1:
            session.insert(graph, some)
            model[graph.value] = model[graph.value] | some
        case 2:
            session.delete(graph, some)
            model[graph.value] = model[graph.value] - some
        case 3:
            session.change(graph.value, GraphChange(cleared=True, added=some))
            model[graph.value] = some
        case _:
            many = set(terms(BULK + 1, f"mange {chance.randrange(3)}")) if chance.random() < 0.1 else some
            session.insert(graph, many)
            model[graph.value] = model[graph.value] | many


def fails(session):
    session.insert(FIRST, terms(9, "aldri"))
    raise ZeroDivisionError


@pytest.mark.parametrize("seed", range(2))
def test_random_sessions_of_several_writers_hold_what_they_should(tmp_path, seed):
    chance = random.Random(seed)
    stores = [store_in(tmp_path) for _ in range(3)]
    model = {graph.value: set() for graph in GRAPHS}
    for _ in range(30):
        store = chance.choice(stores)
        if chance.random() < 0.15:
            assert isinstance(store.submit(fails).exception(timeout=60), ZeroDivisionError)
        elif chance.random() < 0.6:
            store.submit(lambda session: step(chance, session, model)).result(timeout=60)
        else:
            with store.session() as session:
                step(chance, session, model)
                step(chance, session, model)
        reader = chance.choice(stores).reader()
        assert {graph.value: {quad.triple for quad in reader.quads(graph=graph)} for graph in GRAPHS} == model
        assert reader.graphs() == {name: len(triples) for name, triples in model.items() if triples}
    assert [check for check in doctor(tmp_path) if not check.ok] == []


SUBMIT = """
import pathlib
from store_support import *
store, number = store_in(pathlib.Path(sys.argv[1])), 0
while True:
    number += 1
    store.submit(lambda session: session.insert(FIRST, terms(number, sys.argv[2]))).result()
    print(number, flush=True)
"""


def test_two_processes_that_are_killed_while_they_write_small_updates_lose_nothing(tmp_path):
    words = ("ene", "andre")
    processes = [python(SUBMIT, tmp_path, word) for word in words]
    told = [[process.stdout.readline() for _ in range(5)] for process in processes]
    for process in processes:
        process.kill()
    rest = [process.communicate()[0].split() for process in processes]
    reader = store_in(tmp_path).reader()
    held = {quad.triple for quad in reader.quads(graph=FIRST)}
    for word, before, after in zip(words, told, rest, strict=True):
        acknowledged = int([*before, *after][-1])
        assert set(terms(acknowledged, word)) <= held
        assert held <= set(terms(acknowledged + 1, word)) | {each for each in held if word not in each.object.value}
    publish(store_in(tmp_path), 3, SECOND)
    assert [check for check in doctor(tmp_path) if not check.ok] == []
    assert json.loads((newest(tmp_path) / "generation.json").read_bytes())["graphs"][SECOND.value] == 3
