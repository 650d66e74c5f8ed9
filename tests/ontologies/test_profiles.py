"""Requirements of the application profiles."""

from pyoxigraph import NamedNode

from ontologies.namespaces import DCAT, DCT, EUVOC, PREFIXES, SKOS
from ontologies.profiles import REQUIREMENTS, broken, prefixed


def test_a_whole_concept_breaks_nothing() -> None:
    whole = {SKOS.prefLabel: 2, EUVOC.xlDefinition: 1, DCT.publisher: 1, DCT.identifier: 1, DCAT.contactPoint: 1}
    assert list(broken(SKOS.Concept, lambda one: whole.get(one, 0))) == []


def test_either_form_of_definition_will_do() -> None:
    codes = {one.code for one in broken(SKOS.Concept, lambda one: int(one == SKOS.definition))}
    assert "concept-without-definition" not in codes
    assert "concept-without-term" in codes


def test_what_may_stand_once_is_counted() -> None:
    twice = {one.name for one in broken(SKOS.Concept, lambda _: 2)}
    assert twice >= {"dct:publisher", "euvoc:startDate"}
    assert "skos:prefLabel" not in twice


def test_a_class_without_requirements_breaks_nothing() -> None:
    assert list(broken(NamedNode("http://example.org/Class"), lambda _: 0)) == []


def test_every_requirement_names_its_clause_and_one_limit() -> None:
    for one in REQUIREMENTS:
        assert "AP-NO" in one.clause
        assert ": " in one.clause
        assert (one.least == 1) != (one.most == 1)
        assert one.name.split(":")[0] in PREFIXES


def test_a_term_outside_known_namespaces_is_written_whole() -> None:
    assert prefixed(NamedNode("http://example.org/x")) == "http://example.org/x"
