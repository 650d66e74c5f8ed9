"""Fetching a source from a URL that a person named. Only for the command line and administrators: never on its own."""

from http.client import HTTPException
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from importers.base import Source, UnreadableSourceError
from importers.report import Where

_TIMEOUT = 60.0
_ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8, text/csv;q=0.7, */*;q=0.1"


def fetch(url: str, limit: int) -> Source:
    """The bytes behind a URL, at most `limit` of them.

    Raises:
        UnreadableSourceError: the address cannot be used, does not answer, or answers with too much.
    """
    where = Where(url)
    if urlsplit(url).scheme not in {"http", "https"}:
        raise UnreadableSourceError(
            "Only http and https addresses can be fetched.", where, "Save the file and import that."
        )
    request = Request(url, headers={"Accept": _ACCEPT, "User-Agent": "samsvar"})  # noqa: S310 - the scheme is checked above
    try:
        with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310 - the same
            data: bytes = answer.read(limit + 1)
    except (URLError, TimeoutError, OSError, HTTPException) as error:
        fix = "Check the address, or save the file and import that."
        raise UnreadableSourceError(f"No answer ({error}).", where, fix) from error
    if len(data) > limit:
        raise too_large(url, limit)
    return Source(urlsplit(url).path.rpartition("/")[2] or url, data)


def too_large(name: str, limit: int) -> UnreadableSourceError:
    """A source beyond the limit of bytes."""
    message = f"Larger than {limit // 2**20} MiB."
    return UnreadableSourceError(message, Where(name), "Raise SAMSVAR_MAX_UPLOAD or split it.")
