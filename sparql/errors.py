"""Errors of the store and of queries. They know no HTTP: registry/errors.py gives each its status.

SparqlError
  StoreError            the store itself
    StoreBusyError      another writer holds the lock
      StoreConflictError  another host published first
    StoreAwayError      the service that keeps the store does not answer
    StoreFullError      no space left on the device
    StoreDamagedError   a generation is not what its record says
    StoreReadOnlyError  the data directory cannot be written
    UriBaseChangedError SAMSVAR_URI_BASE is frozen at the first write
    LayoutError         the data directory was written by another version
  QueryError            a query from outside
    QuerySyntaxError    not SPARQL, or nested beyond the limit
    QueryTooLargeError  the request is longer than the limit
    QueryRefusedError   SERVICE or LOAD to an address that is not allowed, or an update without a token
    QueryTimeoutError   past its deadline
    QueryMemoryError    past its memory
    QueryBusyError      no worker was free in time
      ClientBusyError   this client alone asks more at once than one may
    QueryFailedError    the engine gave up at run time
    ServiceFailedError  a service that SERVICE asked did not answer as it should
    HungUpError         the client that asked has gone
    GraphStateError     a graph that an update needs is missing, or one that it makes is there already
    ProtocolError       not a request of the SPARQL 1.1 Protocol
      DocumentError     the body is not what its Content-Type says
      MediaTypeError    the request's Content-Type is none that the protocol has
      NotAcceptableError  no format that the client takes fits the form of the query
"""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Exceeded:
    """The limit that a query met, in the unit that sparql.budget.UNITS gives it.

    `limit` is its name in Budget, `allowed` its value; `used` is None where nobody could measure it. `advice` says how
    to ask for less.
    """

    limit: str
    allowed: float
    used: float | None
    advice: str


class SparqlError(Exception):
    """Any error of this package; `str()` is one sentence that says what happened and what to do."""


class StoreError(SparqlError):
    """The store itself."""


class StoreBusyError(StoreError):
    """Another writer holds the lock."""


class StoreConflictError(StoreBusyError):
    """Another host published first; nothing of this session was."""


class StoreAwayError(StoreError):
    """The service that keeps the store does not answer; the last local generation still serves."""


class StoreFullError(StoreError):
    """No space is left on the device; nothing was published."""


class StoreDamagedError(StoreError):
    """A generation is not what its integrity record says."""


class StoreReadOnlyError(StoreError):
    """The data directory cannot be written."""


class UriBaseChangedError(StoreError):
    """Minted URIs are for ever: SAMSVAR_URI_BASE differs from the one recorded at the first write."""


class LayoutError(StoreError):
    """The data directory has the layout of another version."""


class QueryError(SparqlError):
    """A query from outside could not be answered; `exceeded` is the limit that it met, if it met one."""

    def __init__(self, message: str = "", exceeded: Exceeded | None = None) -> None:
        super().__init__(message)
        self.exceeded = exceeded

    @classmethod
    def past(cls, message: str, limit: str, allowed: float, used: float | None, advice: str) -> Self:
        """The error of a query that met a limit: `message` says which, `advice` is added to it."""
        return cls(f"{message} {advice}", Exceeded(limit, allowed, used, advice))


class QuerySyntaxError(QueryError):
    """Not SPARQL, or nested beyond the limit."""


class QueryTooLargeError(QueryError):
    """Longer than the limit."""


class QueryRefusedError(QueryError):
    """Not allowed here."""


class QueryTimeoutError(QueryError):
    """Past its deadline."""


class QueryMemoryError(QueryError):
    """Past its memory."""


class QueryBusyError(QueryError):
    """No worker was free in time."""


class ClientBusyError(QueryBusyError):
    """One client asks more queries at once than one client may."""


class QueryFailedError(QueryError):
    """The engine gave up at run time."""


class HungUpError(QueryError):
    """The client that asked has gone; nobody waits for an answer."""


class ServiceFailedError(QueryError):
    """A service that SERVICE asked did not answer as it should."""


class GraphStateError(QueryError):
    """A graph that an update needs is missing, or one that it makes is there already."""


class ProtocolError(QueryError):
    """Not a request of the SPARQL 1.1 Protocol."""


class DocumentError(ProtocolError):
    """The body is not what its Content-Type says, or takes more than a document may."""


class MediaTypeError(ProtocolError):
    """The request's Content-Type is none that the protocol has."""


class NotAcceptableError(ProtocolError):
    """No format that the client takes fits the form of the query."""
