import inspect
import itertools
from pathlib import Path

import pytest
from definition_samples import SENTENCES

from registry.harmonisation import evidence as package
from registry.harmonisation.evidence import EVIDENCE, KINDS, PROVING, SOURCE_EVIDENCE
from registry.harmonisation.evidence.base import EvidenceKind, Example, quote
from registry.harmonisation.records import SEVERITIES, DefinitionRecord

COMPARED = (*EVIDENCE, *PROVING)
EXAMPLES = [(kind, example) for kind in COMPARED for example in kind.examples]


@pytest.mark.parametrize(
    ("kind", "example"), EXAMPLES, ids=[f"{kind.code}-{n}" for n, (kind, _) in enumerate(EXAMPLES)]
)
def test_examples_trip_and_look_alikes_do_not(kind: EvidenceKind, example: Example) -> None:
    assert bool(kind.find(*example.records())) is example.trips


@pytest.mark.parametrize(
    ("kind", "example"), EXAMPLES, ids=[f"{kind.code}-{n}" for n, (kind, _) in enumerate(EXAMPLES)]
)
def test_spans_point_into_the_texts_and_every_language_has_a_sentence(kind: EvidenceKind, example: Example) -> None:
    a, b = example.records()
    for item in kind.find(a, b):
        assert item.kind == kind.code
        assert set(item.explanation) == {"nb", "nn", "en"}
        assert all(sentence.endswith(".") for sentence in item.explanation.values())
        assert item.a_span or item.b_span or item.a_value or item.b_value
        for span, text in ((item.a_span, a.text), (item.b_span, b.text)):
            assert span is None or (0 <= span[0] < span[1] <= len(text) and text[slice(*span)].strip())


@pytest.mark.parametrize("kind", [*COMPARED, *SOURCE_EVIDENCE], ids=lambda kind: kind.code)
def test_a_kind_says_what_it_is(kind: EvidenceKind) -> None:
    assert kind.norm
    assert kind.severity in SEVERITIES
    assert set(kind.labels) == {"nb", "nn", "en"}
    assert any(example.trips for example in kind.examples)
    assert any(not example.trips for example in kind.examples)


def test_every_file_of_the_package_is_a_kind_in_the_tuple() -> None:
    files = {path.stem for path in Path(inspect.getfile(package)).parent.glob("*.py")} - {"__init__", "base"}
    everything = (*COMPARED, *SOURCE_EVIDENCE)
    assert files == {inspect.getmodule(type(kind)).__name__.rpartition(".")[2] for kind in everything}
    assert len(KINDS) == len(everything)


@pytest.mark.parametrize("kind", COMPARED, ids=lambda kind: kind.code)
def test_a_definition_never_contradicts_itself(kind: EvidenceKind) -> None:
    for text in SENTENCES:
        record = DefinitionRecord("kai", text, publisher="http://havn.example/")
        assert kind.code == "CircularDefinition" or kind.find(record, record) == []


@pytest.mark.parametrize("kind", COMPARED, ids=lambda kind: kind.code)
def test_find_is_symmetric(kind: EvidenceKind) -> None:
    for one, other in itertools.combinations(SENTENCES, 2):
        a, b = DefinitionRecord("kai", one), DefinitionRecord("kai", other)
        there = sorted((repr(item.a_span), repr(item.b_span)) for item in kind.find(a, b))
        back = sorted((repr(item.b_span), repr(item.a_span)) for item in kind.find(b, a))
        assert there == back, (one, other)


def test_the_sentence_names_the_limits_in_the_order_of_the_definitions() -> None:
    a, b = DefinitionRecord("ungdom", "person under 20 år"), DefinitionRecord("ungdom", "person under 26 år")
    found = KINDS["ThresholdDifference"].find(b, a)[0]
    assert found.explanation["nb"] == "Aldersgrensen er under 26 år i den ene og under 20 år i den andre."
    assert found.explanation["nn"] == "Aldersgrensa er under 26 år i den eine og under 20 år i den andre."
    assert found.explanation["en"] == "The age limit is under 26 years in one and under 20 years in the other."
    assert (found.a_value, found.b_value) == ("under 26 år", "under 20 år")


def test_a_quote_is_cut_between_words() -> None:
    assert quote("  en  kai, ") == "en kai"
    assert quote("ord " * 40, 20).endswith("ord …")
