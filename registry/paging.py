"""Catalogues that are published page by page: all pages are fetched, within the limits of one source.

Reads: the pages over HTTP, each by the rules of registry/fetching.py. Writes: nothing.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from importers.base import Source
from importers.child import next_page_isolated
from registry.fetching import Fetched, FetchError, Limits, Wanted, get, origin

MOST_PAGES = 1000
Ask = Callable[[Wanted, Limits], Fetched]


@dataclass(frozen=True, slots=True)
class Collected:
    """What came: a source for each page, none where nothing has changed; `digest` is the SHA-256 of all bytes.

    `etag` and `last_modified` are those of a source that is one page: what the first of several says is not about the
    others.
    """

    sources: tuple[Source, ...]
    etag: str
    last_modified: str
    digest: str = ""

    @property
    def size(self) -> int:
        """Bytes of all pages."""
        return sum(len(source.data) for source in self.sources)


def fetch_all(url: str, limit: int) -> tuple[Source, ...]:
    """What lies behind a URL that a person named, with the pages that follow it, at most `limit` bytes in all.

    Raises:
        FetchError: one of them cannot be fetched.
    """
    return collect(Wanted(url, anywhere=True), Limits(limit)).sources


def collect(wanted: Wanted, limits: Limits, ask: Ask = get) -> Collected:
    """Fetches a source and the pages that follow it. The limits are for all of them together.

    Raises:
        FetchError: one of them cannot be fetched: a catalogue is taken whole or not at all.
    """
    end = time.monotonic() + limits.seconds
    page = ask(wanted, limits)
    if page.content is None:
        return Collected((), page.etag, page.last_modified)
    sources = [page.source]
    seen = {wanted.url, page.url}
    while (following := next_page_isolated(sources[-1], page.url)) and following not in seen:
        if len(sources) >= MOST_PAGES:
            raise FetchError(wanted.url, f"It has more than {MOST_PAGES} pages.", "Fetch it in another form.")
        seen.add(following)
        left = Limits(limits.size - sum(len(each.data) for each in sources), end - time.monotonic())
        if left.seconds <= 0:
            raise FetchError(
                following, f"Not all pages came in time (at most {limits.seconds:g} seconds).", passing=True
            )
        page = ask(_further(wanted, page.url, following), left)
        named = page.source
        sources.append(Source(f"page-{len(sources) + 1}/{named.name}", named.data))
    if len(sources) == 1:
        return Collected((sources[0],), page.etag, page.last_modified, hashlib.sha256(sources[0].data).hexdigest())
    digest = hashlib.sha256(b"".join(hashlib.sha256(each.data).digest() for each in sources))
    return Collected(tuple(sources), "", "", digest.hexdigest())


def _further(wanted: Wanted, page: str, following: str) -> Wanted:
    """The next page as it may be asked for: with the credentials, and the liberties, of the named host only.

    A catalogue behind a proxy names its pages with http though it is reached by https: what was encrypted stays so.
    """
    parts = urlsplit(following)
    if urlsplit(page).scheme == "https" and parts.scheme == "http":
        parts = parts._replace(scheme="https", netloc=parts.netloc.removesuffix(":80"))
    url = parts.geturl()
    return replace(
        wanted,
        url=url,
        anywhere=wanted.anywhere and parts.hostname == urlsplit(wanted.url).hostname,
        etag="",
        last_modified="",
        authorization=wanted.authorization if origin(url) == origin(wanted.url) else "",
    )
