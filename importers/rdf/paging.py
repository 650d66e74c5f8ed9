"""A catalogue that is published page by page: where it goes on after this page, as Hydra says it.

Reads: one page as RDF in any syntax. Writes: nothing.
"""

from urllib.parse import urljoin, urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode

from importers.base import Source, UnreadableSourceError
from importers.rdf.journal import Journal
from importers.rdf.source import statements
from importers.rdf.terms import DOCUMENT, RELATIVE
from importers.rdf.triples import Node, Term

_HYDRA = "http://www.w3.org/ns/hydra/core#"
_NEXT = frozenset({f"{_HYDRA}next", f"{_HYDRA}nextPage"})
"""The name that Hydra has now, and the one that it had and catalogues still use."""


def may_go_on(data: bytes) -> bool:
    """Whether it is worth to look for a next page: cheap, and seldom wrongly true."""
    return b"/ns/hydra/" in data


def next_page(source: Source, url: str) -> str:
    """The address of the next page; "" where there is none, or it cannot be read. `url` is where this page came from.

    Where several collections are paged in one document, that counts which the document itself is a page of.
    """
    try:
        triples = statements(source, Journal(source.name)).triples
    except UnreadableSourceError:
        return ""
    found = {_absolute(o, url): s for s, p, o in triples if p.value in _NEXT and not isinstance(o, BlankNode)}
    if len(found) > 1:
        found = {target: page for target, page in found.items() if _absolute(page, url) == url}
    target = next(iter(found), "") if len(found) == 1 else ""
    return target if urlsplit(target).scheme in {"http", "https"} else ""


def _absolute(term: Node | Term, url: str) -> str:
    """An address against that of its page; catalogues write next pages as IRIs and as texts."""
    if isinstance(term, NamedNode | Literal):
        said = term.value.strip()
        if said.startswith(DOCUMENT):
            return urljoin(url, said.removeprefix(DOCUMENT))
        return urljoin(url, said.removeprefix(RELATIVE.rstrip("/")) if said.startswith(RELATIVE) else said)
    return ""
