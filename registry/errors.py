"""One tree of errors, one place where they become answers.

    SamsvarError            what the register itself refuses
      NotFoundError         no such thing is held
      GoneError             the thing was held and is retired; carries its last version
      NotAcceptableError    none of the formats asked for can be given; carries the alternatives
      BadRequestError       a parameter that cannot be used
      ConfigurationError    the operator must mend a setting
      UnauthorizedError     no token, or one that opens nothing
      TooManyTokensError    one client tries token after token
      TooManySignInsError   one client begins sign-in after sign-in, or comes back from none
      ForbiddenError        a token that does not open this
      PreconditionError     what was to be changed is no longer what the client saw
      NameTakenError        the name belongs to something else
      UriReusedError        a URI that has been another kind of thing
      CannotUndoError       an import that cannot be taken back; carries what stands in the way
      SlowRequestError      a body that came too slowly
      JobEndedError         the process of a job ended before it was done
    sparql.errors.SparqlError        see there
    importers.base.UnreadableSourceError

Domain errors know no HTTP: PROBLEMS gives each its status, its slug (the last part of the problem's `type`) and its
title by language. People get a page, machines RFC 9457 problem+json, with the same `type`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from importers.base import UnreadableSourceError
from sparql import errors as sparql

if TYPE_CHECKING:
    from registry.history.successors import Successors
    from registry.history.versions import Version


class SamsvarError(Exception):
    """What the register refuses; `str()` is one sentence that says what is wrong and how to mend it."""


class NotFoundError(SamsvarError):
    """No such thing is held."""


class GoneError(SamsvarError):
    """The thing `uri` was held and is retired; `last` is its last version, `successors` what came in its place."""

    def __init__(self, message: str, uri: str, last: "Version", successors: "Successors") -> None:
        super().__init__(message)
        self.uri = uri
        self.last = last
        self.successors = successors


class BadRequestError(SamsvarError):
    """A parameter that cannot be used."""


class ConfigurationError(SamsvarError):
    """A setting that the operator must mend."""


class UnauthorizedError(SamsvarError):
    """No token, or one that opens nothing; `given` says whether there was one."""

    def __init__(self, message: str, *, given: bool = False) -> None:
        super().__init__(message)
        self.given = given


class TooManyTokensError(SamsvarError):
    """One client tries token after token."""


class TooManySignInsError(SamsvarError):
    """One client begins sign-in after sign-in, or comes back from none that was begun."""


class ForbiddenError(SamsvarError):
    """A token that does not open this."""


class PreconditionError(SamsvarError):
    """What was to be changed is no longer what the client saw (If-Match, If-None-Match)."""


class SlowRequestError(SamsvarError):
    """The body of a request came more slowly than a client may send it."""


class NameTakenError(SamsvarError):
    """The name belongs to something else, which stays as it is."""


class UriReusedError(SamsvarError):
    """A URI that has been published for another kind of thing."""


class CannotUndoError(SamsvarError):
    """An import that cannot be taken back; `conflicts` are what somebody has changed since, as JSON."""

    def __init__(self, message: str, conflicts: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(message)
        self.conflicts = tuple(conflicts)


class JobEndedError(SamsvarError):
    """The process of a job ended before it was done."""


class NotAcceptableError(SamsvarError):
    """None of the formats asked for can be given.

    Args:
        message: one sentence.
        alternatives: (URL, media type) of what can be given.
    """

    def __init__(self, message: str, alternatives: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.alternatives = tuple(alternatives)


@dataclass(frozen=True, slots=True)
class Problem:
    """How an error is answered: HTTP status, slug of its `type`, title for people, seconds to wait if it passes."""

    status: int
    slug: str
    title: str
    retry_after: int | None = None


PROBLEMS: tuple[tuple[type[Exception], Problem], ...] = (
    (NotFoundError, Problem(404, "not-found", "Not found")),
    (GoneError, Problem(410, "gone", "Retired")),
    (NotAcceptableError, Problem(406, "not-acceptable", "None of the formats asked for can be given")),
    (BadRequestError, Problem(400, "bad-request", "The request cannot be used")),
    (UnauthorizedError, Problem(401, "unauthorized", "A token is needed")),
    (TooManyTokensError, Problem(429, "too-many-tokens", "Too many wrong tokens", 60)),
    (TooManySignInsError, Problem(429, "too-many-sign-ins", "Too many sign-ins", 60)),
    (ForbiddenError, Problem(403, "forbidden", "The token does not open this")),
    (PreconditionError, Problem(412, "precondition-failed", "Somebody has changed it meanwhile")),
    (SlowRequestError, Problem(408, "request-timeout", "The request came too slowly")),
    (NameTakenError, Problem(409, "name-taken", "The name is taken")),
    (UriReusedError, Problem(409, "uri-reused", "The URI has been another kind of thing")),
    (CannotUndoError, Problem(409, "cannot-undo", "The import cannot be undone")),
    (JobEndedError, Problem(500, "job-ended", "The work broke off")),
    (ConfigurationError, Problem(500, "configuration", "The register is not set up")),
    (UnreadableSourceError, Problem(422, "unreadable-source", "The source cannot be read")),
    (sparql.StoreBusyError, Problem(503, "store-busy", "Another import is running", 10)),
    (sparql.StoreAwayError, Problem(503, "store-away", "The store does not answer", 10)),
    (sparql.StoreFullError, Problem(507, "store-full", "The disk is full")),
    (sparql.StoreReadOnlyError, Problem(503, "store-read-only", "The register is read-only")),
    (sparql.UriBaseChangedError, Problem(500, "uri-base-changed", "The base of minted URIs has changed")),
    (sparql.LayoutError, Problem(500, "layout", "The data directory is of another version")),
    (sparql.StoreError, Problem(500, "store", "The store cannot be read")),
    (sparql.GraphStateError, Problem(409, "graph-state", "The graph is not as the update needs it")),
    (sparql.MediaTypeError, Problem(415, "media-type", "The media type cannot be read")),
    (sparql.NotAcceptableError, Problem(406, "not-acceptable", "None of the formats asked for can be given")),
    (sparql.ProtocolError, Problem(400, "protocol", "The request is not what the SPARQL protocol asks for")),
    (sparql.QuerySyntaxError, Problem(400, "query-syntax", "The query is not valid SPARQL")),
    (sparql.QueryTooLargeError, Problem(413, "query-too-large", "The query is too large")),
    (sparql.QueryRefusedError, Problem(403, "query-refused", "The query is not allowed here")),
    (sparql.QueryTimeoutError, Problem(503, "query-timeout", "The query took too long", 1)),
    (sparql.QueryMemoryError, Problem(503, "query-memory", "The query used too much memory")),
    (sparql.ClientBusyError, Problem(429, "client-busy", "Too many queries of one client at once", 2)),
    (sparql.QueryBusyError, Problem(503, "query-busy", "Too many queries at once", 2)),
    (sparql.HungUpError, Problem(400, "client-gone", "The client has gone")),
    (sparql.ServiceFailedError, Problem(502, "service-failed", "Another service did not answer")),
    (sparql.QueryError, Problem(503, "query-failed", "The query failed")),
)
"""The first class that an error is an instance of decides."""


def problem_of(error: Exception) -> Problem | None:
    """The problem that an error is answered with; None for what is not ours."""
    return next((problem for kind, problem in PROBLEMS if isinstance(error, kind)), None)


def slug_of(status: int) -> str:
    """The slug of a problem that is only an HTTP status, such as ``method-not-allowed``."""
    return HTTPStatus(status).phrase.lower().replace(" ", "-").replace("'", "")
