"""Several children at the same time: the answers of one, in the order of the sources, and nobody left behind."""

import pytest

from importers import child
from importers.base import ImportOptions, Source
from importers.child import IsolatedReader
from importers.child_pool import read_all

OPTIONS = ImportOptions("http://localhost:8000")


def source(number: int) -> Source:
    text = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
        f' <http://a.example/{number}> a skos:Concept ; skos:prefLabel "ord {number}"@nb .'
    )
    return Source(f"{number}.ttl", text.encode())


def test_the_answers_are_those_of_one_child_in_the_order_of_the_sources() -> None:
    sources = [source(number) for number in range(25)]
    answers = list(read_all(sources, OPTIONS))
    assert [answer.source for answer in answers] == sources
    with IsolatedReader() as reader:
        expected = [reader.read(each, OPTIONS) for each in sources]
    assert [[written.parsed() for written in answer.batches] for answer in answers] == expected


def test_a_source_that_ends_its_child_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = Source("dyp.jsonld", b'{"@id":"http://a","http://b":' * 10_000 + b"1" + b"}" * 10_000)
    answers = list(read_all([source(1), deep, source(2), Source("tom.ttl", b""), source(3)], OPTIONS))
    assert [answer.error is None for answer in answers] == [True, False, True, False, True]
    assert all(answer.batches for answer in answers if answer.error is None)


def test_only_a_few_sources_are_taken_before_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0

    def counted():
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield source(number)

    answers = read_all(counted(), OPTIONS)
    next(answers)
    answers.close()
    assert taken < 50


def test_closing_does_not_wait_for_what_is_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_COMMAND", ("-c", "import sys, time; sys.stdin.buffer.readline(); time.sleep(3600)"))
    monkeypatch.setattr(child, "DEADLINE_BASE", 1000.0)
    broken = Source("aldri.ttl", b"x")

    def interrupted():
        yield broken
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(read_all(interrupted(), OPTIONS))
