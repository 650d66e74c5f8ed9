"""Proofs from limits: the register's own reasoner, what it says of definitions, and HermiT on the same restrictions."""

import itertools
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Triple

from ontologies.hermit import classify, java
from ontologies.namespaces import OWL, RDF, RDFS, SAMSVAR
from registry.harmonisation import rdf
from registry.harmonisation.comparison import compare
from registry.harmonisation.findings import find
from registry.harmonisation.proofs.bounds import Bounds, of_facets, plain
from registry.harmonisation.proofs.owl import proof_triples
from registry.harmonisation.proofs.proof import Proof, conclusion
from registry.harmonisation.records import DefinitionRecord, Evidence
from registry.harmonisation.stored_findings import read_finding
from registry.urls import Urls
from sparql.embedded.generations import GenerationStore


def _proof(first: str, second: str, term: str = "ungdomskort") -> Proof | None:
    found = compare(DefinitionRecord(term, first), DefinitionRecord(term, second)).evidence
    return next((each.proof for each in found if each.proof), None)


def _said(first: str, second: str) -> str:
    found = compare(DefinitionRecord("kort", first), DefinitionRecord("kort", second)).evidence
    return next(each.explanation["en"] for each in found if each.proof)


@pytest.mark.parametrize(
    ("first", "second", "conclusion", "extent"),
    [
        ("kort for person under 20 år", "kort for person som ikke har fylt 25 år", "narrower", "concept"),
        ("kort for person under 25 år", "kort til person under 20 år som reiser", "broader", "characteristic"),
        ("kort for person under 18 år", "kort for person over 20 år", "disjoint", "concept"),
        ("kort for person under 18 år eller student", "kort for person over 20 år eller student", "disjoint",
         "characteristic"),
        ("kort for person under 18 år som ikke reiser", "kort for person under 20 år som ikke reiser", "narrower",
         "characteristic"),
        ("lag med høyst 8 medlemmer", "lag med færre enn 10 medlemmer", "narrower", "concept"),
        ("200 kroner eller mindre", "100 kroner eller mindre", "broader", "concept"),
    ],
)  # fmt: skip
def test_what_is_proved_and_of_what(first: str, second: str, conclusion: str, extent: str) -> None:
    proof = _proof(first, second)
    assert proof is not None
    assert (proof.conclusion, proof.extent) == (conclusion, extent)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("leie i høyst 30 dager", "leie i høyst 2 måneder"),
        ("reise på minst 72 timer", "reise på minst 2 dager"),
        ("eier med minst en tredjedel av aksjene", "eier med minst 30 prosent av aksjene"),
        ("bodd her minst 12 av de siste 18 månedene", "bodd her i minst 2 år"),
        ("motor på minst 10 hestekrefter", "motor på minst 5 kW"),
        ("person mellom 13 og 18 år", "person mellom 15 og 24 år"),
        ("båt på over 5 meter, med seil over 5 meter", "båt på over 8 meter"),
        ("båt, herunder båt under 5 meter", "båt, herunder båt under 8 meter"),
        ("vedtak gitt før 1. januar 2020", "vedtak gitt før 1. januar 2018"),
        ("frist på 3 år", "frist på 5 år"),
    ],
)
def test_what_cannot_be_proved_is_not(first: str, second: str) -> None:
    assert _proof(first, second) is None


def test_ages_are_completed_years_and_months() -> None:
    proof = _proof("barn under 2 år", "barn under 18 måneder")
    assert proof is not None
    assert (proof.unit, proof.first, proof.second) == (
        "month",
        Bounds(high=Decimal(23), high_closed=True, whole=True),
        Bounds(high=Decimal(17), high_closed=True, whole=True),
    )
    assert proof.formula == "xsd:integer[≤ 17] ⊑ xsd:integer[≤ 23]"


def test_limits_are_brought_to_one_unit_without_rounding() -> None:
    proof = _proof("skip med fart over 10 knop", "skip med fart over 18,52 km/t")
    assert proof is None
    proof = _proof("skip med fart over 10 knop", "skip med fart over 18,5 km/t")
    assert proof is not None
    assert proof.as_json() == {
        "conclusion": "narrower",
        "extent": "concept",
        "characteristic": "speed",
        "unit": "kilometre_per_hour",
        "datatype": "xsd:decimal",
        "a": {"minExclusive": "18.52"},
        "b": {"minExclusive": "18.5"},
    }


def test_the_sentence_says_of_what_the_proof_holds() -> None:
    assert _said("kort for person under 20 år", "kort for person under 25 år som reiser") == (
        "Proved for age: every value that is under 20 years is also under 25 years, but not the other way round. "
        "The proof is about this characteristic, not about the rest of the definitions."
    )
    assert _said("kort for person under 18 år", "kort for person over 20 år") == (
        "Proved for age: no value is both under 18 years and over 20 years. "
        "Otherwise the definitions say the same, so nothing can be both."
    )


def test_a_proof_changes_neither_relation_nor_severity_nor_label() -> None:
    a, b = (DefinitionRecord("kort", f"kort for person {text} som reiser") for text in ("under 18 år", "over 20 år"))
    judged = compare(a, b)
    assert [each.kind for each in judged.evidence][-1:] == ["ThresholdProof"]
    assert "disjoint" not in judged.relation
    assert [each.kind for each in judged.evidence if each.proof] == ["ThresholdProof"]


def test_a_proof_is_written_to_the_store_and_read_back(urls: Urls, store: GenerationStore) -> None:
    a, b = (
        DefinitionRecord("kort", f"kort for person {text}", concept=f"http://e.no/{name}", definition=f"http://e.no/d{name}")
        for name, text in (("a", "mellom 13 og 18 år"), ("b", "under 25 år"))
    )  # fmt: skip
    found = find([a, b])[0]
    node = urls.mint("conflicts", found.id)
    triples = rdf.to_triples(found, urls)
    with store.session() as session:
        session.insert(urls.findings, triples)
    again = read_finding(store.reader(), node, [a, b])
    assert again is not None
    assert again.comparison.evidence == found.comparison.evidence
    read = set(rdf.triples_of(store.reader(), urls, node))
    score = SAMSVAR.sameScore  # the store writes 0.030 as 0.03
    assert {one for one in read if one.predicate != score} == {one for one in triples if one.predicate != score}


_VALUES = (None, Decimal(1), Decimal(2), Decimal("2.5"))
GRID = [
    Bounds(low, low_closed and low is not None, high, high_closed and high is not None)
    for low, high in itertools.product(_VALUES, _VALUES)
    for low_closed, high_closed in itertools.product((False, True), repeat=2)
    if (low is not None or not low_closed) and (high is not None or not high_closed)
    and (low, high) != (None, None)
]  # fmt: skip
WHOLE = [
    Bounds(low, low is not None, high, high is not None, whole=True)
    for low, high in itertools.product((None, Decimal(1), Decimal(2), Decimal(4)), repeat=2)
    if (low, high) != (None, None)
]


def test_the_reasoner_agrees_with_counting() -> None:
    """Every conclusion on the grid, held against the values themselves: quarters from -1 to 5 tell all bounds apart."""
    values = [Decimal(number) / 4 for number in range(-4, 21)]

    def inside(bounds: Bounds) -> frozenset[Decimal]:
        return frozenset(
            value
            for value in values
            if (bounds.low is None or value > bounds.low or (bounds.low_closed and value == bounds.low))
            and (bounds.high is None or value < bounds.high or (bounds.high_closed and value == bounds.high))
            and not (bounds.whole and value % 1)
        )

    for one, other in (*itertools.product(GRID, repeat=2), *itertools.product(WHOLE, repeat=2)):
        first, second = inside(one), inside(other)
        expected = None
        if first and second and first != second:
            apart, within = not first & second, first < second
            expected = "disjoint" if apart else "narrower" if within else "broader" if second < first else None
        assert conclusion(one, other) == expected, (one, other)


def test_facets_and_bounds_are_one() -> None:
    assert all(of_facets(dict(each.facets()), whole=each.whole) == each for each in (*GRID, *WHOLE))
    assert [plain(Decimal(text)) for text in ("1E+3", "2.50", "0.10")] == ["1000", "2.5", "0.1"]


def test_the_two_limits_stand_in_rdf_with_the_conclusion() -> None:
    proof = Proof("narrower", "characteristic", "age", "year", WHOLE[0], WHOLE[1])
    triples = set(proof_triples(NamedNode("http://e.no/1"), proof))
    first, second = (NamedNode(f"http://e.no/1/{which}-limit") for which in ("first", "second"))
    assert Triple(first, RDFS.subClassOf, second) in triples
    assert {each.predicate for each in triples if each.subject == NamedNode("http://e.no/1")} == {
        SAMSVAR.proves, SAMSVAR.proofExtent, SAMSVAR.characteristic, SAMSVAR.firstLimit, SAMSVAR.secondLimit,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(java() is None, reason="HermiT needs Java, which is not installed")
def test_hermit_comes_to_the_same_conclusions() -> None:
    """Pairs of decimal and of integer bounds as one ontology each, without the conclusions.

    Bounds that let one value through are left out: HermiT does not see that 1 is at most 1, and of a bare value no
    conclusion is drawn anyway.
    """
    few = [each for each in GRID if {each.low, each.high} <= {None, Decimal(1), Decimal("2.5")}]
    for grid in (few, WHOLE):
        spans = [each for each in grid if not each.empty and each.low != each.high]
        pairs = list(itertools.combinations(spans, 2))
        lines = []
        for number, (one, other) in enumerate(pairs):
            proof = Proof("narrower", "characteristic", "age", "year", one, other)
            lines += _without_conclusion(proof_triples(NamedNode(f"http://e.no/{number}"), proof))
            lines += _both(number)
        found = classify("\n".join(lines).encode())
        for number, (one, other) in enumerate(pairs):
            first, second = (f"http://e.no/{number}/{which}-limit" for which in ("first", "second"))
            inner, outer = found.is_within(first, second), found.is_within(second, first)
            apart = f"http://e.no/{number}/both" in found.unsatisfiable
            said = "disjoint" if apart else "narrower" if inner else "broader" if outer else None
            assert conclusion(one, other) == (None if inner and outer else said), (one, other)


def _without_conclusion(triples: object) -> list[str]:
    """A proof as OWL reads it: what has no name of its own as blank nodes, and what is to be concluded left out."""
    assert hasattr(triples, "__iter__")
    lines = [
        "<http://e.no/> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Ontology> ."
    ]
    for triple in triples:
        if triple.predicate == RDFS.subClassOf or triple.predicate.value.startswith(SAMSVAR.iri):
            continue
        lines.append(f"{_blank(triple.subject)} {triple.predicate} {_blank(triple.object)} .")
    return lines


def _both(number: int) -> list[str]:
    """The class of what satisfies both limits."""
    both, cell = NamedNode(f"http://e.no/{number}/both"), [BlankNode(f"b{number}x{index}") for index in range(3)]
    first, second = (NamedNode(f"http://e.no/{number}/{which}-limit") for which in ("first", "second"))
    triples = [
        (both, RDF.type, OWL.Class), (both, OWL.equivalentClass, cell[0]), (cell[0], RDF.type, OWL.Class),
        (cell[0], OWL.intersectionOf, cell[1]), (cell[1], RDF.first, first), (cell[1], RDF.rest, cell[2]),
        (cell[2], RDF.first, second), (cell[2], RDF.rest, RDF.nil),
    ]  # fmt: skip
    return [f"{subject} {predicate} {value} ." for subject, predicate, value in triples]


def _blank(term: object) -> object:
    if isinstance(term, NamedNode) and any(
        f"-limit/{part}" in term.value for part in ("restriction", "values", "facet")
    ):
        return BlankNode(Path(term.value.removeprefix("http://e.no/")).as_posix().replace("/", "x").replace("-", "y"))
    return term


def test_evidence_without_a_proof_says_none() -> None:
    assert Evidence("ThresholdDifference", {"nb": "."}).proof is None
