"""kill -9 at any moment: what was published serves, nothing half there is ever seen, and writing goes on."""

import random
import signal
import time

import pytest
from store_support import FIRST, SECOND, content, publish, python, store_in, terms

from sparql.embedded.backup import backup
from sparql.embedded.doctor import doctor
from sparql.embedded.restore import restore
from sparql.errors import StoreDamagedError

DIE = """
import os, pathlib, signal
from sparql.embedded.restore import restore
from store_support import *
directory, at, steps = pathlib.Path(sys.argv[1]), int(sys.argv[2]), 0

def count(event, arguments):
    # Every step on the file system that Python takes is an audit event; die just before step number `at`.
    global steps
    if event in ("open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree", "shutil.copyfile"):
        steps += 1
        if steps == at:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
"""
WRITE = """
store = store_in(directory)
while True:
    number = store.reader().generation + 1
    with store.session() as session:
        session.replace_graph(FIRST, terms(number * 40, f"utgave {number}"))
        session.replace_graph(SECOND, terms(number * 20, f"utgave {number}"))
    print(number, flush=True)
    if at and steps < at and number > 6:
        print("end", flush=True)
        break
"""


def assert_whole(directory, acknowledged):
    """The generation that serves is the last acknowledged or the one after it, and holds all of what it should."""
    store = store_in(directory)
    number = store.reader().generation
    assert acknowledged <= number <= acknowledged + 1
    assert content(store) == set(terms(number * 40, f"utgave {number}"))
    assert content(store, SECOND) == set(terms(number * 20, f"utgave {number}"))
    assert [check for check in doctor(directory) if not check.ok] == []
    publish(store, 7, SECOND, "etterpå")
    assert store.reader().generation == number + 1
    assert content(store, SECOND) == set(terms(7, "etterpå"))
    assert content(store) == set(terms(number * 40, f"utgave {number}"))
    assert sorted(path.name for path in (directory / "master").iterdir()) == []


def run_until_killed(directory, at, seconds=None):
    """The last number that the writer said it had published, before it died at step `at` or after `seconds`."""
    process = python(DIE + WRITE, directory, str(at))
    if seconds is not None:
        time.sleep(seconds)
        process.kill()
    said, errors = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL, errors
    numbers = [int(line) for line in said.split()]
    return numbers[-1] if numbers else 0


@pytest.mark.parametrize("at", [8, 75, 110])
def test_killed_at_a_step_of_a_session(tmp_path, at):
    assert_whole(tmp_path, run_until_killed(tmp_path, at))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_killed_at_every_step_of_the_first_sessions(tmp_path, part):
    for at in range(1 + part, 150, 4):
        assert_whole(tmp_path / str(at), run_until_killed(tmp_path / str(at), at))


@pytest.mark.slow
def test_killed_at_twenty_random_moments(tmp_path):
    chance = random.Random(20)
    for turn in range(20):
        directory = tmp_path / str(turn)
        assert_whole(directory, run_until_killed(directory, 0, seconds=0.15 + chance.random() * 0.5))


def test_killed_in_the_middle_of_a_bulk_load(tmp_path):
    publish(store_in(tmp_path), 3)
    process = python(
        """
import pathlib
from store_support import *
with store_in(pathlib.Path(sys.argv[1])).session() as session:
    print("writing", flush=True)
    session.replace_graph(SECOND, terms(400_000))
""",
        tmp_path,
    )
    assert process.stdout.readline() == "writing\n"
    time.sleep(0.8)
    process.kill()
    process.communicate()
    store = store_in(tmp_path)
    assert store.reader().generation == 1
    assert store.reader().graphs() == {FIRST.value: 3}
    assert any((tmp_path / "master").iterdir())
    publish(store, 4)
    assert content(store) == set(terms(4))
    assert not any((tmp_path / "master").iterdir())


RESTORE = """
restore(pathlib.Path(sys.argv[3]), directory, force=True)
print("end", flush=True)
"""


def what_serves(directory):
    try:
        return tuple(store_in(directory).reader().graphs().items())
    except StoreDamagedError as error:
        return "samsvar restore" in str(error)


@pytest.mark.slow
def test_killed_while_restoring(tmp_path):
    """The old register, the new one, or one that refuses to open: never an empty one, never a mixture."""
    publish(store_in(tmp_path / "source"), 9, SECOND)
    backup(tmp_path / "source", tmp_path / "backup")
    outcomes = set()
    for at in (20, 60, 100, *range(124, 144, 2), *range(125, 144, 6), 160, 999):
        directory = tmp_path / str(at)
        publish(store_in(directory), 5)
        process = python(DIE + RESTORE, directory, str(at), tmp_path / "backup")
        ended = process.communicate(timeout=30)[0]
        outcomes.add(what_serves(directory))
        restore(tmp_path / "backup", directory, force=True)
        assert store_in(directory).reader().graphs() == {SECOND.value: 9}
        assert not [path.name for path in directory.iterdir() if path.name.startswith(".re")]
        assert bool(ended) == (at == 999)
    assert outcomes == {((FIRST.value, 5),), True, ((SECOND.value, 9),)}
