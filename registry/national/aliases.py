"""Other spellings of a URI that is held: scheme, percent-encoding, forms of organisations, the directory's own ids."""

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from ontologies.namespaces import OWL
from ontologies.organisations import organisation_written
from registry.catalogue.documents import is_held
from registry.catalogue.organisations import organisation_of
from registry.catalogue.queries import is_iri
from registry.national.identifiers import thing_called
from registry.urls import Urls
from sparql.store import Reader

_DIRECTORY = re.compile(
    r"https?://(?:(?:[a-z-]+\.)?fellesdatakatalog\.digdir\.no|data\.norge\.no)/(?:[a-z-]+/)+(?P<id>[0-9a-f-]{36})"
)
"""The directory's page or record of a thing."""
_SAFE = "/:@!$&'()*+,;=-._~%?#[]"


def held_under(reader: Reader, urls: Urls, uri: str) -> str:
    """The URI under which a thing is held that somebody names by another spelling; "" where there is none."""
    found = _DIRECTORY.fullmatch(uri)
    if found and (thing := thing_called(reader, found["id"])) is not None:
        return thing.uri
    if number := organisation_written(uri):
        known = organisation_of(reader, number, "nb")
        return known.reference.uri if known and known.reference.uri != uri else ""
    if len(same := _same_as(reader, uri)) == 1:
        return same.pop()
    return next((each for each in _spellings(uri) if is_iri(each) and is_held(reader, urls, each)), "")


def _same_as(reader: Reader, uri: str) -> set[str]:
    """The things that are said to be the same as a URI of which nothing is said itself."""
    said = reader.quads(None, OWL.sameAs, NamedNode(uri)) if is_iri(uri) else ()
    return {quad.subject.value for quad in said if isinstance(quad.subject, NamedNode)} - {uri}


def _spellings(uri: str) -> Iterator[str]:
    scheme, _, rest = uri.partition("://")
    schemes = [scheme, {"http": "https", "https": "http"}.get(scheme, scheme)]
    paths = (rest, unquote(rest), quote(unquote(rest), safe=_SAFE), rest.removesuffix("/"), f"{rest}/")
    yield from dict.fromkeys(f"{each}://{path}" for each in schemes for path in paths if f"{each}://{path}" != uri)
