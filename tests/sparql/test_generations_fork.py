"""A fork after a store was opened: old handles are refused, new readers work, writing is refused at once."""

import os
import subprocess

from store_support import publish, python, store_in

FORK = """
import os, pathlib
from store_support import *
from sparql.errors import StoreError
store = store_in(pathlib.Path(sys.argv[1]))
before = store.reader() if sys.argv[2] == "opened" else None

def attempt(name, call):
    try:
        print(name, call(), flush=True)
    except StoreError as error:
        print(name, error, flush=True)

child = os.fork()
if child == 0:
    if before:
        attempt("old", lambda: len(list(before.quads())))
    attempt("new", lambda: len(list(store.reader().quads())))
    attempt("write", lambda: publish(store, 5))
    attempt("update", lambda: store.submit(lambda session: 1).result())
    os._exit(0)
os.waitpid(child, 0)
attempt("parent", lambda: len(list(store.reader().quads())))
attempt("write", lambda: publish(store, 6))
"""


def run(directory, state):
    process = python(FORK, directory, state)
    try:
        said, errors = process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert errors == ""
    return [line.split(" ", 1) for line in said.splitlines()]


def test_a_fork_after_opening_reads_anew_and_does_not_write(tmp_path):
    publish(store_in(tmp_path), 4)
    said = run(tmp_path, "opened")
    assert [name for name, _ in said] == ["old", "new", "write", "update", "parent", "write"]
    answers = [answer for _, answer in said]
    assert "before a fork" in answers[0]
    assert answers[1] == "4"
    assert "--preload" in answers[2]
    assert "--preload" in answers[3]
    assert answers[4:] == ["4", "None"]
    assert store_in(tmp_path).reader().generation == 2


def test_a_fork_before_opening_does_everything(tmp_path):
    publish(store_in(tmp_path), 4)
    assert run(tmp_path, "untouched") == [
        ["new", "4"], ["write", "None"], ["update", "1"], ["parent", "5"], ["write", "None"]
    ]  # fmt: skip
    assert store_in(tmp_path).reader().generation == 3


def test_an_unforked_process_is_not_taken_for_a_forked_one(tmp_path):
    publish(store_in(tmp_path), 1)
    assert store_in(tmp_path).reader()._pid == os.getpid()
