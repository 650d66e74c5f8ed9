"""A query with SERVICE becomes one without: each service is asked, and its solutions stand in the place of its clause.

All are asked at the same time, each once, whatever the query would make of their answers. Nothing is sent before the
engine has read the whole query, so that a query with a mistake asks nobody.
"""

import re
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyoxigraph import QuerySolutions, Store

from ontologies.namespaces import PREFIXES
from sparql.budget import Budget
from sparql.errors import QueryError, QueryFailedError, QueryRefusedError, QuerySyntaxError
from sparql.federation.addresses import Allowed
from sparql.federation.fetching import fetch
from sparql.federation.solutions import Fetched, group_of, no_solutions_known
from sparql.language.gate import QUERY_FORMS
from sparql.language.rewriting import rewrite
from sparql.language.services import ServiceClause, check_services, declared_prefixes, outermost, service_clauses
from sparql.language.tokens import Kind, Token, tokens
from sparql.limits import services_too_late, services_too_many_bytes
from sparql.query_host.evaluation import in_words
from sparql.query_host.normal_form import joined
from sparql.query_host.tolerance import query_tolerantly

_ABSOLUTE = re.compile("<[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True)
class Setting:
    """What asking depends on: who may be asked, the limits, and how queries are read here.

    `prefixes` are those that a query need not declare, `base` is the IRI that relative ones begin with.
    """

    allowed: tuple[Allowed, ...]
    budget: Budget
    base: str
    declares_prefixes: bool

    @cached_property
    def by_address(self) -> dict[str, Allowed]:
        """Address to what was listed of it."""
        return {each.address: each for each in self.allowed}

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes that a query need not declare."""
        return dict(PREFIXES) if self.declares_prefixes else {}


def with_answers(text: str, setting: Setting) -> str:
    """The query with what its services answer in the place of each SERVICE.

    Raises:
        QuerySyntaxError: it is not SPARQL; nobody was asked.
        QueryRefusedError: a service that is not listed, or that lies where it may not, SILENT or not.
        QueryTimeoutError, QueryTooLargeError: past what services may take.
        ServiceFailedError: one did not answer as it should, and its clause is not SILENT.
    """
    return _Federated(text, setting).answered()


class _Federated:
    """One query, its tokens and the clauses whose services are asked."""

    def __init__(self, text: str, setting: Setting) -> None:
        self._text = text
        self._setting = setting
        self._found = list(tokens(text))
        check_services(self._found, text, setting.by_address)
        self._all = service_clauses(self._found, text)
        self._clauses = list(outermost(self._all))
        self._form = next((at for at, token in enumerate(self._found) if token.word.startswith(QUERY_FORMS)), 0)

    def answered(self) -> str:
        self._read(self._without_services(0, len(self._text)))
        columns = [self._columns(clause) for clause in self._clauses]
        groups = self._ask([self._question(*each) for each in zip(self._clauses, columns, strict=True)], columns)
        places = [(self._found[each.first].start, self._found[each.last].end) for each in self._clauses]
        return rewrite(self._text, [(*place, group) for place, group in zip(places, groups, strict=True)])

    def _ask(self, questions: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
        begun = time.monotonic()
        executor = ThreadPoolExecutor(len(questions))
        services = self._setting.by_address
        asked = [
            executor.submit(fetch, services[clause.address], question, self._setting.budget)
            for clause, question in zip(self._clauses, questions, strict=True)
        ]
        left = self._setting.budget.service_answer
        groups = []
        for clause, future, names in zip(self._clauses, asked, columns, strict=True):
            try:
                answer = self._wait(future, begun)
                left -= len(answer.content)
                if left < 0:
                    raise services_too_many_bytes(self._setting.budget, self._setting.budget.service_answer - left)
                groups.append(group_of(answer, names, self._setting.budget))
            except QueryError as error:
                if not clause.silent or isinstance(error, QueryRefusedError):
                    raise
                groups.append(no_solutions_known(names))
        return groups

    def _wait(self, future: "Future[Fetched]", begun: float) -> Fetched:
        limit = self._setting.budget.service_timeout
        try:
            return future.result(max(0.0, begun + limit - time.monotonic()))
        except TimeoutError as error:
            raise services_too_late(self._setting.budget, time.monotonic() - begun) from error

    def _question(self, clause: ServiceClause, columns: Sequence[str]) -> str:
        """What the service is asked: the group, with the prefixes that it needs; one solution more than it may give."""
        body = self._found[clause.opening : clause.last + 1]
        wanted = " ".join(f"?{name}" for name in columns) or "*"
        limit = self._setting.budget.service_rows + 1
        return f"{self._prologue(body)}SELECT {wanted} WHERE {joined(body)} LIMIT {limit}"

    def _prologue(self, body: Sequence[Token]) -> str:
        written = self._found[: self._form]
        known = declared_prefixes(written)
        used = {token.text.partition(":")[0] for token in body if token.kind is Kind.PREFIXED}
        lines = [f"PREFIX {name}: <{iri}>" for name, iri in self._setting.prefixes.items() if name in used - set(known)]
        if any(token.kind is Kind.IRI and not _ABSOLUTE.match(token.text) for token in (*written, *body)):
            lines.insert(0, f"BASE <{self._setting.base}>")
        return "\n".join([*lines, joined(written), ""]) if lines or written else ""

    def _columns(self, clause: ServiceClause) -> list[str]:
        """The variables that a clause binds, in the order in which it names them."""
        prologue = self._text[: self._found[self._form].start]
        group = self._without_services(self._found[clause.opening].start, self._found[clause.last].end)
        results = self._read(f"{prologue}SELECT * WHERE {group}")
        bound = {each.value for each in results.variables} if isinstance(results, QuerySolutions) else set()
        named = (token.text[1:] for token in self._found[clause.opening : clause.last] if token.kind is Kind.VARIABLE)
        return [name for name in dict.fromkeys(named) if name in bound]

    def _without_services(self, start: int, end: int) -> str:
        """That part of the text with plain groups in the place of all clauses, every other character where it was."""
        text = self._text
        for clause in self._all:
            first, opening = self._found[clause.first].start, self._found[clause.opening].start
            blank = "".join(each if each in "\r\n" else " " for each in text[first:opening])
            text = text[:first] + blank + text[opening:]
        return text[start:end]

    def _read(self, text: str) -> Any:
        """What the engine makes of a query that asks nobody, over no data at all.

        Raises:
            QuerySyntaxError: it is not SPARQL.
            QueryFailedError: the engine cannot run it.
        """
        options: dict[str, Any] = {"base_iri": self._setting.base, "prefixes": self._setting.prefixes}
        try:
            return query_tolerantly(Store(), text, options)
        except SyntaxError as error:
            raise QuerySyntaxError(in_words(str(error))) from error
        except (RuntimeError, ValueError) as error:
            raise QueryFailedError(f"The engine gave up: {error}") from error
