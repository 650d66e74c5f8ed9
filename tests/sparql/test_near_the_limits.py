"""Queries that the gate lets in, of nested and long pieces mixed just below its limits: none may end the engine.

Bounded and the same every time; ``SAMSVAR_FUZZ=500 pytest tests/sparql/test_near_the_limits.py`` looks for more at
random, and a query that fails is printed with what makes it again.
"""

import os
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from sparql.budget import MIB, Budget
from sparql.errors import QueryError, QueryFailedError
from sparql.language.gate import admit

from .conftest import QUICK

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("SAMSVAR_FUZZ", "0"))
LIMITS = Budget()
BUDGET = replace(QUICK, memory=1024 * MIB, timeout=3.0)
near = settings(
    max_examples=EXAMPLES or 40,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
GROUPS = [
    ("{", "}"), ("OPTIONAL {", "}"), ("?s ?p ?o MINUS {", "}"), ("GRAPH ?g {", "}"), ("{} UNION {", "}"),
    ("FILTER EXISTS {", "}"), ("FILTER(!EXISTS {", "})"), ("{ SELECT * {", "} }"), ("FILTER(NOT EXISTS {", "} || ?o)"),
    ("{ SELECT ?s (COUNT(*) AS ?n) {", "} GROUP BY ?s HAVING(COUNT(*) > 0) ORDER BY ?s }"),
]  # fmt: skip
EXPRESSIONS = [
    ("(", ")"), ("!(", ")"), ("-(", ")"), ("CONCAT('a', ", ")"), ("IF(?a, ", ", 1)"), ("COALESCE(?a, ", ")"),
    ("1 IN (", ")"), ("STR(", ")"), ("<a:f>(", ")"), ("(1 + ", ")"), ("(?a || ", ")"), ("EXISTS { FILTER(", ") }"),
    ("REPLACE('a', 'b', ", ")"), ("(?a = ", ")"), ("!", ""), ("- ", ""),
]  # fmt: skip
PATHS = [("(", ")"), ("(", ")*"), ("(", ")?"), ("^(", ")"), ("(<a:p>|", ")"), ("(<a:p>/", ")+"), ("!(^", ")")]
NODES = [
    ("[ <a:p> ", "]"), ("(", ")"), ("(1 ", ")"), ("<< ?s ?p ", ">>"), ("<<( ?s ?p ", ")>>"), ("[ <a:p> (", ") ]"),
]  # fmt: skip
LONG = [
    ("FILTER(", "?x", " || ", ")"), ("FILTER(", "?x = 1", " && ", ")"), ("FILTER(?s IN (", "1", ", ", "))"),
    ("BIND(", "1", " + ", " AS ?sum)"), ("BIND(", "1", " * ", " AS ?product)"), ("BIND(CONCAT(", "'a'", ", ", ") AS ?c)"),
    ("", "FILTER(?s = ?o)", " ", ""), ("", "{}", " UNION ", ""), ("VALUES ?v {", "1", " ", "}"), ("?a ?b (", "1", " ", ")"),
    ("", "MINUS { ?s ?p ?o }", " ", ""), ("?a ", "<a:p>", "/", " ?b"), ("?a ", "<a:p>", "|", " ?b"),
    ("?a ?b ", "?c", ", ", ""), ("BIND(COALESCE(", "?x", ", ", ") AS ?d)"), ("", "?s ?p ?o", " . ", ""),
]  # fmt: skip


@st.composite
def nested(draw, kinds, inside):
    """Up to so many of these within one another that the gate may still let them in."""
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3))
    times = draw(st.integers(1, 100 // len(chosen)))
    return "".join(a for a, _ in chosen) * times + draw(inside) + "".join(b for _, b in reversed(chosen)) * times


@st.composite
def long(draw):
    before, item, between, after = draw(st.sampled_from(LONG))
    most = max(1, 60_000 // len(item + between))
    return before + between.join([item] * draw(st.sampled_from([2, 45, 98, 1000, most // 4, most]))) + after


EXPRESSION = nested(EXPRESSIONS, st.sampled_from(["1", "?o", "'a'", "true"]))
PATTERN = st.one_of(
    nested(PATHS, st.just("<a:p>")).map(lambda path: f"?s {path} ?o"),
    nested(NODES, st.sampled_from(["1", "?o"])).map(lambda node: f"?s ?p {node}"),
    EXPRESSION.map(lambda expression: f"FILTER({expression})"),
    EXPRESSION.map(lambda expression: f"BIND({expression} AS ?bound)"),
    long(),
    st.just("?s ?p ?o"),
)
GROUP = nested(GROUPS, st.lists(PATTERN, min_size=1, max_size=2).map(" ".join))
BODY = st.lists(st.one_of(GROUP, PATTERN), min_size=1, max_size=3).map(" ".join)
QUERY = st.one_of(
    BODY.map(lambda body: f"ASK {{ {body} }}"),
    BODY.map(lambda body: f"SELECT * {{ {body} }}"),
    BODY.map(lambda body: f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {body} }}"),
    st.tuples(EXPRESSION, BODY).map(lambda pair: f"SELECT ({pair[0]} AS ?e) {{ {pair[1]} }}"),
    st.tuples(EXPRESSION, EXPRESSION).map(
        lambda pair: f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} GROUP BY ?o HAVING({pair[0]}) ORDER BY ({pair[1]})"
    ),
)


@pytest.fixture(scope="module")
def patient_host(small_register, tmp_path_factory):
    from sparql.query_host.host import QueryHost

    host = QueryHost(small_register, "http://localhost:8000", BUDGET)
    yield host
    host.stop()


@near
@given(QUERY)
def test_what_the_gate_lets_in_ends_no_process(patient_host, query):
    """It is answered, or stopped at its time or memory, or is no SPARQL; a crash would be told as a failure."""
    note(re.sub(r"(.{1,40}?)\1{5,}", r"[\1]...", query)[:2000])
    try:
        admit(query, LIMITS)
    except QueryError:
        return
    try:
        patient_host.run(query).chunks.close()
    except QueryFailedError as error:
        pytest.fail(f"the engine gave up: {error}")
    except QueryError:
        pass
    assert b"true" in patient_host.run("ASK {}").read()
