"""``/rest/v1/``: the paths of Skosmos' REST API that its clients use, over this register's catalogues of concepts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask_babel import gettext

from registry.catalogue.graphs import GraphInfo
from registry.catalogue.queries import is_iri
from registry.catalogue.texts import LANGUAGES, Language
from registry.errors import BadRequestError, NotFoundError
from registry.skosmos import concepts, finding, vocabularies
from registry.skosmos.context import document
from registry.views import graph_store, held
from registry.views.context import reader, register
from registry.views.languages import language, said
from registry.views.parameters import chosen
from registry.views.rendering import JSON, conditional
from sparql.formats import RDF_BY_NAME, RDF_FORMATS, serialise
from sparql.negotiation import best

blueprint = Blueprint("skosmos", __name__, url_prefix="/rest/v1")

_MOST = 10_000
_USUAL = 100


def _answer(rule: str) -> Callable[[Callable[..., dict[str, Any]]], Callable[..., Response]]:
    """Registers a view that makes a document; the answer is kept like every other document of a generation."""

    def register_view(view: Callable[..., dict[str, Any]]) -> Callable[..., Response]:
        @wraps(view)
        def answering(**parts: str) -> Response:
            return conditional(JSON, lambda: current_app.json.dumps(view(**parts)), [])

        blueprint.add_url_rule(rule, view_func=answering)
        return answering

    return register_view


@_answer("/vocabularies")
def all_vocabularies() -> dict[str, Any]:
    """Every catalogue with concepts."""
    return vocabularies.vocabularies(reader(), _language())


@_answer("/types")
def all_types() -> dict[str, Any]:
    """The classes of things."""
    return concepts.types(_language())


@_answer("/search")
def search_everywhere() -> dict[str, Any]:
    """Concepts whose labels match, in some vocabularies or all."""
    return finding.results(reader(), register().index, _wanted(tuple(chosen("vocab").split())))


@_answer("/label")
def label() -> dict[str, Any]:
    """The labels of a concept."""
    return concepts.labels(reader(), _uri(), _language())


@blueprint.get("/data")
@blueprint.get("/<vocabulary>/data", endpoint="data_of_vocabulary")
def data(vocabulary: str = "") -> Response:
    """What is known of a thing, in any RDF syntax; of a vocabulary without ``uri`` everything in it."""
    asked = chosen("uri") or (_vocabulary(vocabulary).uri if vocabulary else _uri())
    name = chosen("format")
    named = RDF_BY_NAME.get(name.partition(";")[0].strip())
    if name and named is None:
        raise BadRequestError(said(gettext("There is no format called %(name)s.", name=name)))
    offers = [each.media_type for each in RDF_FORMATS]
    syntax = named or RDF_BY_NAME[best(request.headers.get("Accept"), offers) or offers[0]]
    if vocabulary and not chosen("uri"):
        return graph_store.given(reader(), asked, syntax)
    held.must_hold(asked)
    return conditional(syntax.media_type, lambda: serialise(held.triples_of(asked), syntax), [])


@_answer("/<vocabulary>/")
def described(vocabulary: str) -> dict[str, Any]:
    """One vocabulary."""
    return vocabularies.described(reader(), _vocabulary(vocabulary), _language())


@_answer("/<vocabulary>/types")
def types(vocabulary: str) -> dict[str, Any]:
    """The classes of things in it."""
    _vocabulary(vocabulary)
    return concepts.types(_language())


@_answer("/<vocabulary>/search")
def search(vocabulary: str) -> dict[str, Any]:
    """Concepts of one vocabulary whose labels match."""
    return finding.results(reader(), register().index, _wanted((_vocabulary(vocabulary).identifier,)))


@_answer("/<vocabulary>/lookup")
def lookup(vocabulary: str) -> dict[str, Any]:
    """The concepts with exactly this label."""
    wanted = _wanted((_vocabulary(vocabulary).identifier,), _required("label").replace("*", " "))
    found = finding.lookup(reader(), register().index, wanted)
    if found is None:
        raise NotFoundError(
            said(gettext("No concept of the vocabulary has the label %(label)s.", label=chosen("label")))
        )
    return found


@_answer("/<vocabulary>/topConcepts")
def top_concepts(vocabulary: str) -> dict[str, Any]:
    """The concepts with nothing above them."""
    return vocabularies.top_concepts(reader(), _vocabulary(vocabulary), _language())


@_answer("/<vocabulary>/label")
def label_of(vocabulary: str) -> dict[str, Any]:
    """The labels of a concept."""
    _vocabulary(vocabulary)
    return concepts.labels(reader(), _uri(), _language())


@_answer("/<vocabulary>/<any(broader, narrower, related):name>")
def neighbours(vocabulary: str, name: str) -> dict[str, Any]:
    """What is directly broader, narrower or related."""
    _vocabulary(vocabulary)
    return concepts.neighbours(reader(), _uri(), name, _language())


@_answer("/<vocabulary>/<any(broader, narrower):name>Transitive")
def chain(vocabulary: str, name: str) -> dict[str, Any]:
    """Everything above or below."""
    _vocabulary(vocabulary)
    return concepts.transitive(reader(), _uri(), name, _language(), _number("limit", _MOST))


@_answer("/<vocabulary>/hierarchy")
def tree(vocabulary: str) -> dict[str, Any]:
    """The way to the top with what stands beside it."""
    _vocabulary(vocabulary)
    return concepts.tree(reader(), _uri(), _language())


@_answer("/<vocabulary>/children")
def children(vocabulary: str) -> dict[str, Any]:
    """What is directly narrower."""
    _vocabulary(vocabulary)
    return document({"uri": _uri(), "narrower": concepts.children(reader(), _uri(), _language())}, _language())


@_answer("/<vocabulary>/mappings")
def mappings(vocabulary: str) -> dict[str, Any]:
    """Mappings to other vocabularies."""
    _vocabulary(vocabulary)
    return concepts.mappings(reader(), _uri(), _language())


@_answer("/<vocabulary>/groups")
def groups(vocabulary: str) -> dict[str, Any]:
    """The collections."""
    return vocabularies.groups(reader(), _vocabulary(vocabulary), _language())


@_answer("/<vocabulary>/groupMembers")
def group_members(vocabulary: str) -> dict[str, Any]:
    """The members of one collection."""
    _vocabulary(vocabulary)
    found = vocabularies.group_members(reader(), _uri())
    listed = [{**concepts.concept_line(reader(), one, _language()), "type": ["skos:Concept"]} for one in found]
    return document({"uri": _uri(), "members": listed}, _language())


@_answer("/<vocabulary>/index/")
def letters(vocabulary: str) -> dict[str, Any]:
    """The letters that terms begin with."""
    return vocabularies.letters(reader(), _vocabulary(vocabulary), _language())


@_answer("/<vocabulary>/index/<letter>")
def beginning_with(vocabulary: str, letter: str) -> dict[str, Any]:
    """The concepts under one letter."""
    found = _vocabulary(vocabulary)
    offset, limit = _number("offset", 0), _number("limit", _MOST)
    return vocabularies.beginning_with(reader(), found, letter, _language(), offset=offset, limit=limit)


@_answer("/<vocabulary>/vocabularyStatistics")
def counts(vocabulary: str) -> dict[str, Any]:
    """Numbers of concepts and groups."""
    return vocabularies.counts(reader(), _vocabulary(vocabulary), _language())


@_answer("/<vocabulary>/labelStatistics")
def label_counts(vocabulary: str) -> dict[str, Any]:
    """Numbers of labels by language."""
    return vocabularies.label_counts(reader(), _vocabulary(vocabulary), _language())


def _vocabulary(identifier: str) -> GraphInfo:
    """The catalogue with this id.

    Raises:
        NotFoundError: there is none with concepts.
    """
    found = vocabularies.vocabulary(reader(), identifier)
    if found is None:
        raise NotFoundError(said(gettext("There is no catalogue of concepts called %(name)s.", name=identifier)))
    return found


def _uri() -> str:
    """The parameter ``uri``, a thing that the register holds."""
    uri = _required("uri")
    if not is_iri(uri):
        raise BadRequestError(said(gettext("The parameter uri is not an absolute URI.")))
    held.must_hold(uri)
    return uri


def _required(name: str) -> str:
    value = chosen(name)
    if not value:
        raise BadRequestError(said(gettext("The parameter %(name)s is missing.", name=name)))
    return value


def _language() -> Language:
    """The language of labels in the answer: ``labellang``, else ``lang`` as everywhere."""
    return next((one for one in LANGUAGES if one == chosen("labellang")), language())


def _number(name: str, usual: int) -> int:
    value = chosen(name) or str(usual)
    if not value.isdecimal():
        raise BadRequestError(said(gettext("The parameter %(name)s is a whole number.", name=name)))
    return min(int(value[:9]), _MOST)


def _wanted(within: tuple[str, ...], pattern: str = "") -> finding.Wanted:
    return finding.Wanted(
        pattern=pattern or _required("query"),
        language=_language(),
        label_language=chosen("lang"),
        vocabularies=within,
        type=chosen("type"),
        parent=chosen("parent"),
        group=chosen("group"),
        offset=_number("offset", 0),
        limit=_number("maxhits", _USUAL),
    )
