"""The errors of queries that met a limit while they waited or worked: what was allowed, what was used, what to do."""

from sparql.budget import MIB, Budget
from sparql.errors import (
    ClientBusyError,
    QueryBusyError,
    QueryMemoryError,
    QueryTimeoutError,
    QueryTooLargeError,
)

_LATER = "Try again in a while."
_IN_TURN = "Ask one after the other."
_OF_SERVICES = "Ask for less: put LIMIT or VALUES within the braces of SERVICE."


def out_of_memory(budget: Budget) -> QueryMemoryError:
    """It used all its memory and asked for more."""
    advice = "Ask for less, without ORDER BY or DISTINCT over all."
    said = f"The query used more than {budget.memory // MIB} MiB."
    return QueryMemoryError.past(said, "memory", budget.memory, budget.memory, advice)


def out_of_time(budget: Budget, seconds: float) -> QueryTimeoutError:
    """It worked for `seconds`, without what a slow reader made it wait."""
    advice = "Ask for less: LIMIT, fewer patterns, or one graph."
    said = f"The query took longer than {budget.timeout:g} seconds."
    return QueryTimeoutError.past(said, "timeout", budget.timeout, round(seconds, 3), advice)


def read_slowly(budget: Budget, seconds: float) -> QueryTimeoutError:
    """Its client made it wait for `seconds`."""
    said = f"The answer was read too slowly ({budget.slow_reader:g} seconds)."
    advice = "Ask for less at a time: use LIMIT and OFFSET."
    return QueryTimeoutError.past(said, "slow_reader", budget.slow_reader, round(seconds, 3), advice)


def too_many_bytes(budget: Budget, size: int) -> QueryTooLargeError:
    """Its answer came to `size` bytes."""
    said = f"The answer is larger than {budget.answer} bytes."
    return QueryTooLargeError.past(said, "answer", budget.answer, size, "Ask for less: use LIMIT.")


def too_long_a_body(limit: str, allowed: int, size: int | None) -> QueryTooLargeError:
    """A request's body is longer than a query or an update may be however it is encoded; `size` where it is known."""
    came = "The body is longer" if size is None else f"The body has {size} bytes, which is longer"
    said = f"{came} than any {limit} may be; the limit is {allowed}."
    advice = "Send a shorter one." if limit == "query" else "Send it in parts."
    return QueryTooLargeError.past(said, limit, allowed, size, advice)


def services_too_late(budget: Budget, seconds: float) -> QueryTimeoutError:
    """The services that it asks had not answered after `seconds`."""
    said = f"The services that the query asks took longer than {budget.service_timeout:g} seconds."
    return QueryTimeoutError.past(said, "service_timeout", budget.service_timeout, round(seconds, 3), _OF_SERVICES)


def services_too_many_bytes(budget: Budget, size: int) -> QueryTooLargeError:
    """What its services answered came to `size` bytes."""
    said = f"The services that the query asks answered with more than {budget.service_answer} bytes."
    return QueryTooLargeError.past(said, "service_answer", budget.service_answer, size, _OF_SERVICES)


def too_many_solutions(address: str, budget: Budget) -> QueryTooLargeError:
    """The service at this address answered with more solutions than one may."""
    said = f"The service {address} answered with more than {budget.service_rows} solutions."
    return QueryTooLargeError.past(said, "service_rows", budget.service_rows, None, _OF_SERVICES)


def queue_is_full(budget: Budget, waiting: int) -> QueryBusyError:
    """`waiting` others wait already."""
    said = f"{budget.waiting} queries wait already."
    return QueryBusyError.past(said, "waiting", budget.waiting, waiting, _LATER)


def client_waits(budget: Budget, waiting: int) -> ClientBusyError:
    """`waiting` of the same client wait already."""
    said = f"{budget.client_waiting} queries of yours wait already."
    return ClientBusyError.past(said, "client_waiting", budget.client_waiting, waiting, _IN_TURN)


def nobody_free(budget: Budget, seconds: float) -> QueryBusyError:
    """It waited for `seconds` while others were at work."""
    said = f"No worker was free for {budget.patience:g} seconds."
    return QueryBusyError.past(said, "patience", budget.patience, round(seconds, 3), _LATER)


def client_works(budget: Budget, at_work: int) -> ClientBusyError:
    """It waited while `at_work` queries of the same client were at work, which is as many as may be."""
    said = f"{budget.per_client} queries of yours are at work, and none ended in {budget.patience:g} seconds."
    return ClientBusyError.past(said, "per_client", budget.per_client, at_work, _IN_TURN)
