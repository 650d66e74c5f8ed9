"""Whether the register holds a thing, and everything that it says about it."""

from flask import request
from flask_babel import gettext
from pyoxigraph import NamedNode, Quad, Triple

from registry.catalogue.catalogues import description
from registry.catalogue.documents import described_quads, is_held
from registry.catalogue.queries import is_iri
from registry.errors import BadRequestError, GoneError, NotFoundError
from registry.history.successors import successors
from registry.history.versions import tombstone, version_called
from registry.views import catalogues
from registry.views.context import reader, register
from registry.views.languages import said


def asked_uri() -> str:
    """The parameter ``uri``.

    Raises:
        BadRequestError: it is missing, or no absolute URI.
    """
    uri = request.args.get("uri", "")
    if not uri:
        raise BadRequestError(said(gettext("Say which thing: ?uri=, followed by its URI, percent-encoded.")))
    if not is_iri(uri):
        raise BadRequestError(said(gettext("The parameter uri is not an absolute URI.")))
    return uri


def must_hold(uri: str) -> None:
    """Goes on where the register says something about the thing.

    Raises:
        GoneError: it did, until the thing's source had it no longer.
        NotFoundError: it says nothing.
    """
    parts = register()
    if is_iri(uri) and (is_held(reader(), parts.urls, uri) or catalogues.of_uri(uri)):
        return
    if is_iri(uri) and (last := tombstone(reader(), parts.blobs, uri)) is not None:
        detail = said(gettext("The source of %(uri)s no longer has it since %(day)s.", uri=uri, day=last.ended))
        raise GoneError(detail, uri, last, successors(reader(), uri, last))
    raise NotFoundError(said(gettext("The register holds nothing about %(uri)s.", uri=uri)))


def triples_of(uri: str) -> list[Triple]:
    """What the register says about the thing; of a catalogue, what it says about its graph and collections."""
    return [quad.triple for quad in quads_of(uri)]


def quads_of(uri: str) -> list[Quad]:
    """The same with the graphs that say so."""
    subjects = [uri]
    if known := catalogues.of_uri(uri):
        own = (one.uri for one in description(reader(), known.graph.uri).collections)
        subjects += [known.graph.uri, known.graph.last_import, *own]
    urls = register().urls
    found = [quad for subject in subjects if subject for quad in described_quads(reader(), urls, subject)]
    return [*found, *_said_by_version(uri)]


def _said_by_version(uri: str) -> list[Quad]:
    """What an earlier version of a thing said, in a graph of its name; nothing for what is no version."""
    found = version_called(reader(), register().blobs, uri)
    triples = found[1].triples if found else ()
    return [Quad(each.subject, each.predicate, each.object, NamedNode(uri)) for each in triples]
