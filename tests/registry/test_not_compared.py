"""The report of an import says how many definitions of one word are not compared."""

import pytest

from importers.base import Source
from registry import pipeline
from registry.services import Services

_HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> . @prefix e: <https://eksempel.example/> .
"""


def catalogue(definitions: int) -> bytes:
    concepts = (
        f'e:{number} a skos:Concept ; skos:prefLabel "kai"@nb ; '
        f'euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "brygge på minst {number} meter"@nb ] .'
        for number in range(definitions)
    )
    return (_HEAD + "\n".join(concepts)).encode()


@pytest.mark.parametrize(("definitions", "said"), [(12, []), (30, ["kai"])])
def test_what_is_not_compared_stands_in_the_report(services: Services, monkeypatch, definitions, said):
    for module in ("registry.harmonisation.candidates", "registry.not_compared"):
        monkeypatch.setattr(f"{module}.MOST_TEXTS", 12)
    outcome = pipeline.run(services, pipeline.Request([Source("k.ttl", catalogue(definitions))], "k"))
    issues = [each for each in outcome.reports[0].issues if each.code == "definitions-not-compared"]
    assert [each.value for each in issues] == said
    for each in issues:
        assert "30 different definitions" in each.message
        assert "18 definitions of this catalogue" in each.message
    assert outcome.counts["stored"] == definitions
