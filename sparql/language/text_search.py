"""``samsvar:search`` in a query: a property that no triple has, answered by the register's search index.

::

    ?thing samsvar:search "skatt" .
    (?thing ?rank ?text ?reason) samsvar:search ("skatt"@nn 50) .

It is rewritten, token by token, to the VALUES that the index gives before the query is sent to a worker. The words are
a string, with the language that is preferred as its tag; beside it may stand how many hits are wanted.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from ontologies.namespaces import PREFIXES, SAMSVAR
from sparql.errors import QuerySyntaxError
from sparql.language.parameters import is_iri, literal
from sparql.language.rewriting import Edit
from sparql.language.strings import value_of
from sparql.language.tokens import Kind, Token, place, tokens

SEARCH = SAMSVAR.search.value
HITS = 200
"""How many hits are given where the query does not say."""
MOST = 1000
"""How many a query may ask for."""
SEARCHES = 5
"""How many times a query may search."""


_PATHS = ("/", "|", "^")


class Found(NamedTuple):
    """A hit: the thing's URI, the text that matched with its language, and why (see /search)."""

    uri: str
    text: str
    language: str
    reason: str


Search: TypeAlias = Callable[[str, str, int], Iterable[Found]]
"""Words, preferred language and the largest number of hits; best first, each thing once."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One use of the property: whom it binds and what it asks, and which part of the text it is.

    The hits are put at `insert`, and `instead` for what stands from `start` to `end`.
    """

    variables: tuple[str, ...]
    words: str
    language: str
    limit: int
    insert: int
    start: int
    end: int
    instead: str = ""


def searching(text: str, search: Search) -> list[Edit]:
    """What is changed in a query that searches; nothing in one that does not.

    Raises:
        QuerySyntaxError: the property is used in a way that cannot be answered; the message shows how to.
    """
    if "search" not in text:
        return []
    found = list(tokens(text))
    uses = list(_uses(text, found))
    if len(uses) > SEARCHES:
        where = place(text, _question(text, found, uses[SEARCHES]).insert)
        said = f"samsvar:search is used {len(uses)} times; {SEARCHES} is the most. Ask apart, from {where} on."
        raise QuerySyntaxError(said)
    questions = [_question(text, found, index) for index in uses]
    return [edit for question in questions for edit in _edits(question, search)]


def _uses(text: str, found: Sequence[Token]) -> Iterator[int]:
    """Where the property stands as one: after a subject or a semicolon, before its object.

    Raises:
        QuerySyntaxError: it is a step of a path, or asked of one thing: both would find nothing, and not say so.
    """
    names = {f"<{SEARCH}>", *(f"{prefix}:search" for prefix in _prefixes(found))}
    template = _template(found)
    for index, token in enumerate(found):
        if token.text not in names or index in template or not 0 < index < len(found) - 1:
            continue
        before, after = found[index - 1], found[index + 1]
        if before.is_mark(*_PATHS) or after.is_mark(*_PATHS, "+", "*"):
            raise _wrong(text, token, "it is no step of a path")
        if before.is_iri and after.kind is Kind.STRING and found[index - 2].is_mark("{", ".", "}"):
            raise _wrong(text, token, "its subject is a variable")
        if (before.kind is Kind.VARIABLE or before.is_mark(";", ")")) and (
            after.kind in (Kind.STRING, Kind.VARIABLE) or after.is_mark("(")
        ):
            yield index


def _template(found: Sequence[Token]) -> range:
    """Where the template of CONSTRUCT stands: triples that are made, not asked for."""
    for index, token in enumerate(found[:-1]):
        if token.word == "CONSTRUCT" and found[index + 1].is_mark("{"):
            return range(index, next((at for at in range(index, len(found)) if found[at].is_mark("}")), len(found)))
    return range(0)


def _prefixes(found: Sequence[Token]) -> set[str]:
    """The prefixes that stand for the register's own namespace in this query."""
    known = {name for name, iri in PREFIXES.items() if iri == SAMSVAR.iri}
    for index, token in enumerate(found[:-2]):
        if token.word == "PREFIX":
            name = found[index + 1].text.rstrip(":")
            known.discard(name)
            if found[index + 2].text == f"<{SAMSVAR.iri}>":
                known.add(name)
    return known


def _question(text: str, found: Sequence[Token], index: int) -> _Question:
    subject = _subject(text, found, index)
    words, language, limit, last = _object(text, found, index + 1)
    variables = tuple(each.text for each in subject if each.kind is Kind.VARIABLE)
    first = subject[0].start
    if found[index - 1].is_mark(";"):
        if subject[0] is found[index - 4] and found[index - 3].text == found[index].text:
            raise _wrong(text, found[index], "a second search is a sentence of its own")
        return _Question(variables, words, language, limit, first, found[index].start, found[last].end)
    after = last
    while after + 1 < len(found) and found[after + 1].is_mark(";"):
        after += 1
    goes_on = after > last and after + 1 < len(found) and not found[after + 1].is_mark(".", "}")
    instead = f" {variables[0]} " if goes_on else ""
    return _Question(variables, words, language, limit, first, first, found[after].end, instead)


def _subject(text: str, found: Sequence[Token], index: int) -> Sequence[Token]:
    """The tokens of the subject: a variable, or variables in parentheses."""
    if found[index - 1].kind is Kind.VARIABLE:
        return found[index - 1 : index]
    if found[index - 1].is_mark(")"):
        opening = next((at for at in range(index - 1, -1, -1) if found[at].is_mark("(")), index)
        inside = found[opening + 1 : index - 1]
        if 1 <= len(inside) <= len(Found._fields) and all(each.kind is Kind.VARIABLE for each in inside):
            return found[opening:index]
        raise _wrong(text, found[index], "before it stand one to four variables in parentheses")
    begins = _beginning(found, index)
    if found[begins].kind is Kind.VARIABLE:
        return found[begins : begins + 1]
    raise _wrong(text, found[index], "its subject is a variable")


def _beginning(found: Sequence[Token], index: int) -> int:
    """Where the triples begin whose later property stands at `index`."""
    depth = 0
    for at in range(index - 1, -1, -1):
        depth += found[at].is_mark(")", "]") - found[at].is_mark("(", "[")
        if depth == 0 and found[at].is_mark(".", "{", "}"):
            return at + 1
    return 0


def _object(text: str, found: Sequence[Token], index: int) -> tuple[str, str, int, int]:
    """The words, their language, the limit, and the position of the last token."""
    in_list = found[index].is_mark("(")
    at = index + in_list
    if at >= len(found) or found[at].kind is not Kind.STRING:
        raise _wrong(text, found[index - 1], "after it stands a string, or a string and a number in parentheses")
    words = value_of(found[at].text)
    language = ""
    if at + 1 < len(found) and found[at + 1].kind is Kind.LANGUAGE:
        at += 1
        language = found[at].text[1:].lower()
    limit = HITS
    if not in_list:
        if at + 1 < len(found) and found[at + 1].is_mark(",", "^^"):
            raise _wrong(text, found[index - 1], "after it stands one string")
        return words, language, limit, at
    if at + 1 < len(found) and found[at + 1].kind is Kind.NUMBER:
        at += 1
        limit = int(found[at].text) if found[at].text.isdigit() else 0
    if at + 1 >= len(found) or not found[at + 1].is_mark(")") or not 1 <= limit <= MOST:
        raise _wrong(text, found[index - 1], f"the number of hits is from 1 to {MOST}")
    return words, language, limit, at + 1


def _wrong(text: str, token: Token, rule: str) -> QuerySyntaxError:
    where = place(text, token.start)
    return QuerySyntaxError(f'{where.capitalize()}: {rule}, as in ?thing samsvar:search "skatt" .')


def _edits(question: _Question, search: Search) -> Iterator[Edit]:
    hits = [hit for hit in search(question.words, question.language, question.limit) if is_iri(hit.uri)]
    rows = " ".join(_row(rank, hit, len(question.variables)) for rank, hit in enumerate(hits, 1))
    values = f"VALUES ({' '.join(question.variables)}) {{ {rows} }}"
    if question.insert == question.start:
        yield question.start, question.end, values + question.instead
    else:
        yield question.insert, question.insert, f"{values} "
        yield question.start, question.end, ""


def _row(rank: int, hit: Found, columns: int) -> str:
    text = literal(hit.text) + (f"@{hit.language}" if hit.language else "")
    return f"({' '.join((f'<{hit.uri}>', str(rank), text, literal(hit.reason))[:columns])})"
