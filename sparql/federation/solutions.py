"""The solutions of a service as a group of SPARQL that stands in the place of its SERVICE.

``VALUES`` has the meaning that SPARQL 1.1 Federated Query gives SERVICE: a multiset of solutions that is joined where
it stands, in OPTIONAL, UNION, MINUS, EXISTS and sub-selects alike. Of a service that failed and is SILENT it has one
solution that binds nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, QueryBoolean, QueryResultsFormat, QuerySolution, Triple, parse_query_results

from sparql.budget import Budget
from sparql.errors import ServiceFailedError
from sparql.federation.blank_nodes import FUNCTION, BlankNodes
from sparql.limits import too_many_solutions
from sparql.store import Term

MEDIA_TYPES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
"""What a service may answer, and how it is read."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the service at `address` answered; the media type is one of MEDIA_TYPES."""

    address: str
    content: bytes
    media_type: str


def no_solutions_known(columns: Sequence[str]) -> str:
    """In the place of a service that is SILENT and failed: one solution, with nothing in it."""
    return _values(columns, [" ".join("UNDEF" for _ in columns)])


def group_of(answer: Fetched, columns: Sequence[str], budget: Budget) -> str:
    """In the place of a service that answered; `columns` are the variables (without ``?``) that it was asked for.

    Raises:
        ServiceFailedError: it is not what its media type says.
        QueryTooLargeError: more solutions than one may answer with.
    """
    blank_nodes = BlankNodes()
    try:
        rows = list(_rows(answer, columns, budget, blank_nodes))
    except SyntaxError as error:
        said = f"The service {answer.address} answered what is not {answer.media_type}: {error}."
        raise ServiceFailedError(said) from error
    if not blank_nodes:
        return _values(columns, rows)
    inner = [f"v{number}" for number, _ in enumerate(columns)]
    terms = " ".join(f"({FUNCTION}(?{each}) AS ?{name})" for each, name in zip(inner, columns, strict=True))
    return f"{{ SELECT {terms} WHERE {{ {_values(inner, rows)} }} }}"


def _rows(answer: Fetched, columns: Sequence[str], budget: Budget, blank_nodes: BlankNodes) -> Iterator[str]:
    results = parse_query_results(answer.content, format=MEDIA_TYPES[answer.media_type])
    if isinstance(results, QueryBoolean):
        raise ServiceFailedError(f"The service {answer.address} answered yes or no instead of solutions.")
    known = {variable.value for variable in results.variables}
    for count, solution in enumerate(results, 1):
        if count > budget.service_rows:
            raise too_many_solutions(answer.address, budget)
        yield " ".join(_cell(solution, name, blank_nodes) if name in known else "UNDEF" for name in columns)


def _cell(solution: QuerySolution, name: str, blank_nodes: BlankNodes) -> str:
    value = solution[name]
    return "UNDEF" if value is None else _written(value, blank_nodes)


def _written(term: Term, blank_nodes: BlankNodes) -> str:
    if isinstance(term, BlankNode):
        return f"<{blank_nodes.name(term)}>"
    if not isinstance(term, Triple):
        return str(term)
    if isinstance(term.subject, BlankNode) or isinstance(term.object, BlankNode):
        raise ServiceFailedError("A service answered with a blank node in a triple term, which cannot be joined.")
    return f"<<( {term.subject} {term.predicate} {_written(term.object, blank_nodes)} )>>"


def _values(columns: Sequence[str], rows: Sequence[str]) -> str:
    names = " ".join(f"?{name}" for name in columns)
    return f"VALUES ({names}) {{ {' '.join(f'({row})' for row in rows)} }}"
