"""The tokeniser, and all that rests on it, against the engine's own parser: made-up queries, updates, and near misses.

Bounded and the same every time; ``SAMSVAR_FUZZ=20000 pytest tests/sparql/test_tokens_fuzzed.py`` looks for more, at
random, with as many examples for each test.
"""

import os
import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)
from sparql_texts import NOTHING, QUERY, SPACE, UPDATE, mutations, texts

from sparql.budget import Budget
from sparql.changes import graph_node
from sparql.errors import QueryError, SparqlError
from sparql.language.dialects import normalise, with_columns
from sparql.language.gate import admit
from sparql.language.rewriting import rewrite
from sparql.language.tokens import Kind, ambiguous, tokens
from sparql.query_host.normal_form import normal_form
from sparql.updating.evaluation import Evaluation, Setting
from sparql.updating.text import admit_update

EXAMPLES = int(os.environ.get("SAMSVAR_FUZZ", "0"))
BUDGET = Budget()
BASE = "http://e/sparql"
NOTHING_BETWEEN = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)*")
SYNTAX, CALL, FAILED = "syntax", "call", "failed"

fuzzed = settings(
    max_examples=EXAMPLES or 60,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
)
QUERIES = st.one_of(texts(QUERY), texts(QUERY, st.one_of(NOTHING, SPACE)), mutations(QUERY))
UPDATES = st.one_of(texts(UPDATE), texts(UPDATE, st.one_of(NOTHING, SPACE)), mutations(UPDATE))


def node(name):
    return NamedNode(f"http://e/{name}")


def small_store():
    graphs = [DefaultGraph(), node("a"), node("b")]
    values = [node("a"), Literal("a"), Literal("a", language="en"), Literal(1), Literal(value=True)]
    store = Store()
    store.extend(
        Quad(node(subject), node(predicate), value, graph)
        for subject, predicate in ("aa", "ab", "ba")
        for value in values
        for graph in graphs
    )
    return store


STORE = small_store()


def outcome(text, **options):
    """What the engine makes of a query: a word where it answers nothing, else its answer, without an order."""
    try:
        return answer(STORE.query(text, base_iri=BASE, **options))
    except SyntaxError:
        return SYNTAX
    except OSError:
        return CALL
    except (RuntimeError, ValueError):
        return FAILED


def answer(found):
    if isinstance(found, QueryBoolean):
        return "ASK", bool(found)
    if isinstance(found, QueryTriples):
        return "GRAPH", Counter(bare(each) for each in found)
    names = [each.value for each in found.variables]
    rows = Counter(frozenset((name, bare(row[name])) for name in names if row[name] is not None) for row in found)
    return "SELECT", frozenset(names), rows


def bare(term):
    """A term without the label of a blank node, which nobody chose."""
    if isinstance(term, BlankNode):
        return "_:"
    return tuple(bare(part) for part in term) if isinstance(term, Triple | Quad) else term


def understood(text):
    """The tokens of a text that the engine takes."""
    try:
        return list(tokens(text))
    except QueryError as error:
        pytest.fail(f"the engine takes what the tokeniser refuses: {error}")


def harmless(text, kind, instead):
    """The text with nothing in the tokens of a kind."""
    return rewrite(text, [(each.start, each.end, instead(each.text)) for each in tokens(text) if each.kind is kind])


def empty(string):
    quotes = 3 if len(string) > 5 and string[:3] == string[0] * 3 else 1
    return string[:quotes] + "x" + string[-quotes:]


def without_comments(text):
    pieces, end = [], 0
    for token in [*tokens(text), None]:
        gap = text[end : token.start if token else len(text)]
        pieces += [" " if gap else "", token.text if token else ""]
        end = token.end if token else end
    return "".join(pieces)


def admitted(text):
    """The shape, or None where the gate keeps it out."""
    try:
        return admit(text, BUDGET)
    except QueryError:
        return None


@fuzzed
@given(QUERIES)
def test_strings_comments_and_names_are_where_the_engine_sees_them(text):
    seen = outcome(text)
    if seen in (SYNTAX, FAILED):
        return
    found = understood(text)
    if ambiguous(found, text):
        return
    end = 0
    for token in [*found, None]:
        gap = text[end : token.start if token else len(text)]
        assert NOTHING_BETWEEN.fullmatch(gap)
        end = token.end if token else end
    assert outcome(without_comments(text)) == seen
    assert outcome(harmless(text, Kind.STRING, empty)) != SYNTAX
    assert outcome(harmless(text, Kind.IRI, lambda _: "<http://e/x>")) != SYNTAX


@fuzzed
@given(QUERIES)
def test_what_the_engine_would_do_is_seen_by_the_gate(text):
    seen = outcome(text)
    if seen in (SYNTAX, FAILED):
        return
    shape = admitted(text)
    if seen == CALL:
        assert shape is None
    if shape is None:
        return
    form = seen[0] if seen[0] != "GRAPH" else ("CONSTRUCT", "DESCRIBE")
    assert shape.form in form
    if not shape.has_dataset:
        assert outcome(text, default_graph=[DefaultGraph()]) == seen


@fuzzed
@given(QUERIES)
def test_no_rewriting_changes_the_answer(text):
    seen = outcome(text)
    if seen in (SYNTAX, FAILED, CALL):
        return
    if ambiguous(understood(text), text):
        return
    assert outcome(normalise(text)) == seen
    form = normal_form(text)
    assert form is None or outcome(form) == seen
    if seen[0] == "SELECT":
        found = STORE.query(text, base_iri=BASE)
        assert isinstance(found, QuerySolutions)
        named = with_columns(text, [each.value for each in found.variables])
        assert named is None or outcome(named) == seen


@fuzzed
@given(UPDATES)
def test_an_update_does_what_the_engine_would_do(text):
    """Where both do it: ours refuses more, and takes declarations in places where the engine does not."""
    engine = small_store()
    try:
        engine.update(text, base_iri=BASE)
        called = False
    except OSError:
        called = True
    except (SyntaxError, RuntimeError, ValueError):
        return
    try:
        changes = Evaluation(small_store(), Setting("http://e", "plain")).run(admit_update(text, BUDGET))
    except SparqlError:
        return
    assert not called
    assert quads(changed(small_store(), changes)) == quads(engine)


def changed(store, changes):
    for name, change in changes.graphs.items():
        if change.cleared:
            store.clear_graph(graph_node(name))
        for triple in change.removed:
            store.remove(Quad(*triple, graph_node(name)))
        store.extend(Quad(*triple, graph_node(name)) for triple in change.added)
    return store


def quads(store):
    return Counter(bare(each) for each in store)
