"""Comparing on all cores: the same findings as one process makes, whatever becomes of the others."""

from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from registry.harmonisation import packs, parallel
from registry.harmonisation.candidates import Candidates
from registry.harmonisation.comparison import compare
from registry.harmonisation.records import Comparison, DefinitionRecord
from registry.harmonisation.scoring import model

THINGS = ("båt", "ferge", "bil", "buss", "tog", "sykkel")


def definitions() -> list[DefinitionRecord]:
    """A few words that many define, with other limits each."""
    return [
        DefinitionRecord(
            word,
            f"{THINGS[(number + 1) % 6]} som brukes av person under {number} år, unntatt {THINGS[number % 6]}er",
            concept=f"https://example.org/{word}/{number}",
            definition=f"https://example.org/{word}/{number}/d",
            catalogue=f"https://example.org/{number % 7}/graph",
            publisher=f"https://example.org/{number % 7}",
        )
        for word in THINGS
        for number in range(15)
    ]


@pytest.fixture
def candidates(monkeypatch: pytest.MonkeyPatch) -> Candidates:
    monkeypatch.setattr(parallel, "_BATCH", 20)
    monkeypatch.setattr(parallel.os, "sched_getaffinity", lambda _: {0, 1, 2})
    return Candidates(definitions())


def test_others_find_what_one_process_finds_in_the_same_order(candidates: Candidates) -> None:
    pairs = list(candidates.pairs())
    assert len(pairs) > 200
    alone = [(each, compare(each.a, each.b, circles=False)) for each in pairs]
    assert list(parallel.compared(candidates.pairs(), parallel.MANY)) == alone


def test_a_process_that_dies_costs_no_finding(candidates: Candidates, monkeypatch: pytest.MonkeyPatch) -> None:
    began = parallel._Other.__init__

    def killed(self: parallel._Other) -> None:
        began(self)
        self._process.kill()
        self._process.wait()

    monkeypatch.setattr(parallel._Other, "__init__", killed)
    found = list(parallel.compared(candidates.pairs(), parallel.MANY))
    assert found == [(each, compare(each.a, each.b, circles=False)) for each in candidates.pairs()]


def test_few_pairs_are_compared_by_this_process_alone(candidates: Candidates, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: object) -> None:
        raise AssertionError("no other process is to be started")

    monkeypatch.setattr(parallel._Other, "__init__", refused)
    assert candidates.about() < parallel.MANY
    assert list(parallel.compared(candidates.pairs(), candidates.about()))


def test_others_judge_as_this_process_does(
    candidates: Candidates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "_folders", list(packs._folders))
    shipped = model.scorer()
    coefficients = tmp_path / "other.json"
    other = model.Scorer(shipped.features, shipped.means, shipped.scales, shipped.weights, (9.0, 9.0, 9.0))
    coefficients.write_text(other.as_json())
    (tmp_path / "packs").mkdir()
    packs.add_folder(tmp_path / "packs")
    model.use(coefficients)
    try:
        judging = parallel.Judging.here()
        assert judging.packs == (tmp_path / "packs",)
        scores = {verdict.same_score for _, verdict in parallel.compared(candidates.pairs(), parallel.MANY)}
    finally:
        model.use(None)
    assert scores != {verdict.same_score for _, verdict in parallel.compared(candidates.pairs(), 0)}
    judging.take_over()
    try:
        assert scores == {verdict.same_score for _, verdict in parallel.compared(candidates.pairs(), 0)}
    finally:
        model.use(None)
    assert model.scorer() == shipped


def test_meaning_is_compared_by_one_process(candidates: Candidates, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_meaning", [lambda _a, _b: 0.0])
    assert parallel._others(parallel.MANY) == 0
    assert candidates.about() > 0


def test_others_that_are_ready_take_their_share_of_few_pairs(
    candidates: Candidates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parallel, "MANY_FOR_READY", 1)
    few = parallel.MANY - 1
    with parallel.ready():
        assert (len(parallel._ready), parallel._others(few)) == (2, 2)
        with parallel.begun(candidates.pairs(), few) as verdicts:
            assert parallel._ready == []  # who comes now has to start others
            found = list(verdicts)
    assert found == [(each, compare(each.a, each.b, circles=False)) for each in candidates.pairs()]
    assert parallel._others(few) == 0


def test_what_one_of_the_others_raises_is_raised(candidates: Candidates, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_self: object, _batch: object) -> None:
        raise RuntimeError("no verdicts")

    monkeypatch.setattr(parallel._Other, "compare", failing)
    with pytest.raises(RuntimeError, match="no verdicts"):
        list(parallel.compared(candidates.pairs(), parallel.MANY))


def test_others_wait_where_nobody_takes_the_verdicts(candidates: Candidates, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_MOST_AHEAD", 3)
    shared = parallel._Shared(candidates.pairs())
    waiting: list[int] = []

    def comparing(batch: parallel.Batch) -> list[Comparison]:
        waiting.append(len(shared._found))
        return parallel._here(batch)

    with ThreadPoolExecutor(1) as thread:
        doing = thread.submit(shared.work, comparing)
        while len(shared._found) < 3:
            wait([doing], timeout=0.01)
        assert waiting == [0, 1, 2]
        verdicts = list(shared.verdicts([doing]))
    assert [each for each, _ in verdicts] == list(candidates.pairs())
