"""One writer at a time: threads, processes, deadlines, and small updates that share a session."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from store_support import BASE, FIRST, SECOND, TERM, content, publish, python, store_in, terms

from sparql.embedded.locks import exclusive, holder
from sparql.errors import StoreBusyError, StoreError

HOLD = """
import pathlib, time
from store_support import *
with store_in(pathlib.Path(sys.argv[1])).session() as session:
    session.insert(FIRST, terms(2))
    print("writing", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def add_one(session):
    """Reads and writes: without one writer at a time, updates would be lost."""
    number = len(list(session.quads(graph=FIRST)))
    session.insert(FIRST, [Triple(NamedNode(f"{BASE}/concepts/{number}"), TERM, Literal("x"))])
    return number


def test_the_second_of_two_processes_waits(tmp_path):
    other = python(HOLD, tmp_path, "0.3")
    assert other.stdout.readline() == "writing\n"
    assert holder(tmp_path / "lock") == str(other.pid)
    publish(store_in(tmp_path), 3, SECOND)
    other.communicate()
    assert other.returncode == 0
    assert store_in(tmp_path).reader().graphs() == {FIRST.value: 2, SECOND.value: 3}
    assert holder(tmp_path / "lock") == ""


def test_the_deadline_names_the_writer_that_holds_the_lock(tmp_path):
    other = python(HOLD, tmp_path, "20")
    try:
        assert other.stdout.readline() == "writing\n"
        start = time.monotonic()
        with pytest.raises(StoreBusyError, match=f"process {other.pid}"), store_in(tmp_path).session(deadline=0.2):
            pass
        assert 0.2 <= time.monotonic() - start < 10
        assert store_in(tmp_path).reader().generation == 0
    finally:
        other.kill()
        other.communicate()
    publish(store_in(tmp_path), 1)
    assert content(store_in(tmp_path)) == set(terms(1))


def test_who_was_just_served_comes_after_those_who_wait(tmp_path):
    lock, order = tmp_path / "lock", []

    def write(name):
        with exclusive(lock, 60):
            order.append(name)

    others = [threading.Thread(target=write, args=(name,)) for name in ("second", "third")]
    with exclusive(lock, 60):
        for number, other in enumerate(others):
            other.start()
            until = time.monotonic() + 60
            while number == 0 and not _somebody_waits(lock) and time.monotonic() < until:
                time.sleep(0.005)
    write("first again")
    for other in others:
        other.join()
    assert order[0] == "second"
    assert sorted(order) == ["first again", "second", "third"]


def _somebody_waits(lock):
    """Whether a thread sleeps on the lock with the turn in its hand: looking for the lock takes the turn too, briefly."""
    waiting = any(thread.name == "samsvar-lock" for thread in threading.enumerate())
    return waiting and holder(lock.with_name("lock.turn")) != ""


def test_who_gives_up_is_passed_over(tmp_path):
    lock = tmp_path / "lock"
    with exclusive(lock, 60), pytest.raises(StoreBusyError), exclusive(lock, 0.05):
        pass
    with exclusive(lock, 60):
        assert holder(lock)
    until = time.monotonic() + 60
    while (holder(lock) or holder(tmp_path / "lock.turn")) and time.monotonic() < until:
        time.sleep(0.005)
    assert holder(lock) == ""


def test_sessions_of_two_threads_lose_nothing(tmp_path):
    stores = [store_in(tmp_path), store_in(tmp_path)]

    def write(which):
        for _ in range(5):
            with stores[which % 2].session() as session:
                add_one(session)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, range(3)))
    assert store_in(tmp_path).reader().graphs() == {FIRST.value: 15}
    assert store_in(tmp_path).reader().generation == 15


def test_small_updates_share_sessions_and_are_published_when_their_future_is_done(tmp_path):
    store = store_in(tmp_path)
    with store.session() as session:
        futures = [store.submit(add_one) for _ in range(40)]
        session.insert(SECOND, terms(1))
    assert sorted(future.result(timeout=10) for future in futures) == list(range(40))
    assert store.reader().graphs() == {FIRST.value: 40, SECOND.value: 1}
    assert store.reader().generation < 6


def test_an_update_that_fails_takes_nobody_with_it(tmp_path):
    store = store_in(tmp_path)

    def fails(session):
        session.insert(SECOND, terms(5))
        raise ValueError("no")

    with store.session():
        futures = [store.submit(add_one), store.submit(fails), store.submit(add_one)]
    assert isinstance(futures[1].exception(timeout=10), ValueError)
    assert [futures[0].result(timeout=10), futures[2].result(timeout=10)] == [0, 1]
    assert store.reader().graphs() == {FIRST.value: 2}


def test_those_that_share_with_one_that_is_refused_are_not_done_again(tmp_path):
    store, calls = store_in(tmp_path), []

    def counted(session):
        calls.append(add_one(session))

    def refused(session):
        raise ValueError(session.generation)

    with store.session():
        futures = [store.submit(each) for each in (counted, refused, counted)]
    assert isinstance(futures[1].exception(timeout=10), ValueError)
    assert [futures[0].result(timeout=10), futures[2].result(timeout=10), calls] == [None, None, [0, 1]]
    assert store.reader().graphs() == {FIRST.value: 2}


def test_updates_are_told_when_the_store_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = store_in(tmp_path / "file")
    assert isinstance(store.submit(add_one).exception(timeout=10), StoreError)


def test_updates_go_on_after_all_that_waited_were_cancelled(tmp_path):
    store = store_in(tmp_path)
    ready, go = threading.Event(), threading.Event()

    def waits(session):
        ready.set()
        go.wait(10)

    first = store.submit(waits)
    ready.wait(10)
    assert store.submit(add_one).cancel()
    go.set()
    first.result(timeout=10)
    assert store.submit(add_one).result(timeout=10) == 0


def test_a_session_for_updates_that_do_not_come_changes_nothing_and_holds_nobody_up(tmp_path):
    store = store_in(tmp_path)
    with store.session():
        futures = [store.submit(add_one) for _ in range(4)]
    assert [future.result(timeout=10) for future in futures] == [0, 1, 2, 3]
    with store_in(tmp_path).session() as session:
        assert session.generation == 1
        add_one(session)
    assert store.submit(add_one).result(timeout=10) == 5
    assert store.reader().generation == 3


def test_clients_that_ask_again_when_they_are_answered_share_generations(tmp_path):
    store = store_in(tmp_path)
    with ThreadPoolExecutor(6) as pool:
        seen = pool.map(lambda _: [store.submit(add_one).result(timeout=30) for _ in range(10)], range(6))
        assert sorted(each for client in seen for each in client) == list(range(60))
    assert store.reader().graphs() == {FIRST.value: 60}
    assert store.reader().generation <= 30


def test_what_was_submitted_is_written_before_the_process_ends(tmp_path):
    process = python(
        """
import pathlib
from store_support import *
store_in(pathlib.Path(sys.argv[1])).submit(lambda session: session.insert(FIRST, terms(3)))
""",
        tmp_path,
    )
    assert process.communicate(timeout=20)[1] == ""
    assert content(store_in(tmp_path)) == set(terms(3))


READ = """
import pathlib, time
from store_support import *
store, end, seen = store_in(pathlib.Path(sys.argv[1])), time.monotonic() + 3, set()
while time.monotonic() < end:
    fresh = store_in(store.directory)
    for reader in (store.reader(), fresh.reader()):
        first, second = (len(list(reader.quads(graph=graph))) for graph in (FIRST, SECOND))
        assert first == second == reader.generation * 3, (first, second, reader.generation)
        assert sum(reader.graphs().values()) == first + second
        seen.add(reader.generation)
print(len(seen))
"""


@pytest.mark.slow
def test_readers_in_other_processes_see_whole_generations_while_many_are_published(tmp_path):
    readers = [python(READ, tmp_path) for _ in range(2)]
    store = store_in(tmp_path)
    while any(reader.poll() is None for reader in readers):
        with store.session() as session:
            for graph in (FIRST, SECOND):
                session.replace_graph(graph, terms(session.next_generation * 3))
    for reader in readers:
        said, errors = reader.communicate()
        assert errors == ""
        assert int(said) > 5
