"""The chain from law to life event, and what a change would touch: ``/chain``, ``/impact`` and both in the API."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, TypeVar

from flask import Blueprint, Response, jsonify
from flask_babel import gettext
from pyoxigraph import Triple

from registry.catalogue.paging import Page, page_of
from registry.catalogue.queries import is_iri
from registry.catalogue.texts import Reference
from registry.chain import chain as chains
from registry.chain.chain import Chain, Item, Side, chain, dependants_of
from registry.chain.impact import Affected, Touched, affected, touched, with_names
from registry.chain.links import LEVELS
from registry.chain.walking import Step
from registry.errors import BadRequestError, NotFoundError
from registry.settling.resting import Resting, resting_on
from registry.tables import csv_text
from registry.views.chain_words import chain_words
from registry.views.context import reader, register
from registry.views.languages import language, said
from registry.views.offers import table_formats
from registry.views.parameters import chosen, one_of, page_address, page_number, page_size
from registry.views.rendering import CSV, TABLES, Shown, page
from sparql.formats import RDF_FORMATS, serialise

blueprint = Blueprint("chains", __name__)
T = TypeVar("T")

_ON_PAGE = 400
"""Things that the chain of a page follows each way; the chain's own page follows them all."""
_SHOWN, _SIZE, _MOST = 5, 50, 500
"""Things of one kind in the section of a page, on the chain's own page, and in an answer of the API."""
_SIDES = ("foundations", "dependants")


@dataclass(frozen=True, slots=True)
class Row:
    """A step in words. `met` is the end that is farther from the thing that the chain is of."""

    dependant: Reference
    words: object
    foundation: Reference
    met: Reference
    kind: str


@dataclass(frozen=True, slots=True)
class SideShown:
    """One direction on a page: the kinds with their numbers and first things, and the steps that are drawn."""

    name: str
    side: Side
    levels: tuple[tuple[str, Page[Item]], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ChainShown:
    """The chain of a thing on a page; `more` says that there is more of it than is shown."""

    chain: Chain
    reference: Reference
    sides: tuple[SideShown, ...]

    @property
    def more(self) -> bool:
        """Whether the chain's own page has more."""
        listed = sum(len(items.items) for side in self.sides for _, items in side.levels)
        return self.chain.cut or listed < self.chain.total


@dataclass(frozen=True, slots=True)
class _Impact:
    """What rests on a thing."""

    uri: str
    kind: str
    side: Side
    things: tuple[Touched, ...]


def section(uri: str) -> ChainShown | None:
    """The chain as part of the page of a thing; None for what has no place in it."""
    found = chain(reader(), register().urls, uri, _ON_PAGE)
    return _shown(found, _SHOWN) if found else None


@page(blueprint, "/chain", TABLES)
def chain_page() -> Shown:
    """What a thing rests on, and what rests on it, by kind; ``?side=`` and ``?kind=`` give one kind, page by page."""
    found = _asked()
    side, kind = one_of("side", _SIDES), one_of("kind", LEVELS)
    listed = chains.items(_named(), _side(found, side), kind, page_number(), _SIZE) if side and kind else None
    return Shown(
        "chain/chain.html",
        {
            "chain": _shown(found, _SIZE if not listed else 0),
            "listed": listed,
            "side": side,
            "kind": kind,
            "address": page_address(),
            "data_formats": table_formats,
        },
        lambda: _document(found, _SIZE),
        _tables(lambda: _steps_csv(found), lambda: chains.triples(found.foundations, found.dependants)),
    )


@blueprint.get("/api/v1/chain")
def chain_answer() -> Response:
    """The chain as JSON: ``uri``, ``kind``, ``page`` and ``size``."""
    return _answer(_document(_asked(), page_size(_SIZE, _MOST)))


@page(blueprint, "/impact", TABLES)
def impact_page() -> Shown:
    """All that rests on a thing, with owners and contact points."""
    uri = _asked_uri()
    kind, side = _held(dependants_of(reader(), register().urls, uri), uri)
    things = touched(reader(), side)
    listed = page_of(things, page_number(), _SIZE)
    return Shown(
        "chain/impact.html",
        {
            "reference": _named()(uri),
            "uri": uri,
            "side": side,
            "page": _with_names(listed),
            "owners": affected(things, language()),
            "settled": _resting(uri, things),
            "address": page_address(),
            "data_formats": table_formats,
        },
        lambda: _impact_document(_Impact(uri, kind, side, things), listed),
        _tables(lambda: _touched_csv(things), lambda: chains.triples(side)),
    )


@blueprint.get("/api/v1/impact")
def impact_answer() -> Response:
    """The impact as JSON: ``uri``, ``page`` and ``size``."""
    uri = _asked_uri()
    kind, side = _held(dependants_of(reader(), register().urls, uri), uri)
    things = touched(reader(), side)
    listed = page_of(things, page_number(), page_size(_SIZE, _MOST))
    return _answer(_impact_document(_Impact(uri, kind, side, things), listed))


def _with_names(listed: Page[Touched]) -> Page[Touched]:
    return replace(listed, items=tuple(with_names(reader(), listed.items)))


def _asked() -> Chain:
    """The chain of the thing that the request names."""
    uri = _asked_uri()
    return _held(chain(reader(), register().urls, uri), uri)


def _asked_uri() -> str:
    """The thing that the request names.

    Raises:
        BadRequestError: it names none.
    """
    uri = chosen("uri")
    if not is_iri(uri):
        raise BadRequestError(said(gettext("Say which thing: ?uri=, followed by its URI, percent-encoded.")))
    return uri


def _held(found: T | None, uri: str) -> T:
    """What was found of a thing.

    Raises:
        NotFoundError: the thing is not held, or has no place in the chain.
    """
    if found is None:
        detail = gettext(
            "The register holds no provision, concept, model, dataset, API, service or event %(uri)s.", uri=uri
        )
        raise NotFoundError(said(detail))
    return found


def _named() -> Callable[[str], Reference]:
    """What gives things their names."""
    return partial(chains.named, reader())


def _side(found: Chain, name: str) -> Side:
    return found.foundations if name == "foundations" else found.dependants


def _shown(found: Chain, size: int) -> ChainShown:
    named = cache(_named())
    sides = []
    for name in _SIDES:
        side = _side(found, name)
        levels = tuple((level.kind, chains.items(named, side, level.kind, 1, size)) for level in side.levels if size)
        steps = chains.drawn(side, found.uri) if size else ()
        rows = tuple(_row(named, side, step, name) for step in steps)
        sides.append(SideShown(name, side, levels, rows))
    return ChainShown(found, named(found.uri), tuple(sides))


def _row(named: Callable[[str], Reference], side: Side, step: Step, name: str) -> Row:
    met = step.dependant if name == "dependants" else step.foundation
    words = chain_words(step.by)
    return Row(named(step.dependant), words, named(step.foundation), named(met), side.kinds[met])


def _document(found: Chain, size: int) -> dict[str, Any]:
    kind = one_of("kind", LEVELS)
    document: dict[str, Any] = {**_named()(found.uri).as_json(), "kind": found.kind}
    for name in _SIDES:
        side = _side(found, name)
        levels = [level.kind for level in side.levels if kind in {"", level.kind}]
        pages = {each: chains.items(_named(), side, each, page_number(), size) for each in levels}
        document[name] = {
            "total": side.total,
            "cut": side.cut,
            "levels": [
                {"kind": each, **listed.as_json(), "items": [item.as_json() for item in listed.items]}
                for each, listed in pages.items()
            ],
            "steps": [chains.step_as_json(step) for step in side.steps[:_MOST]],
        }
    return document


def _impact_document(found: _Impact, listed: Page[Touched]) -> dict[str, Any]:
    owners: tuple[Affected, ...] = affected(found.things, language())
    return {
        **_named()(found.uri).as_json(),
        "kind": found.kind,
        "counts": {level.kind: level.total for level in found.side.levels},
        "cut": found.side.cut,
        "owners": [one.as_json() for one in owners],
        **listed.as_json(),
        "things": [thing.as_json() for thing in with_names(reader(), listed.items)],
        **_resting(found.uri, found.things).as_json(),
    }


def _resting(uri: str, things: tuple[Touched, ...]) -> Resting:
    """The decisions that a change would make stale, and the cases that are to be told."""
    return resting_on(reader(), (uri, *(thing.reference.uri for thing in things)))


def _answer(document: dict[str, Any]) -> Response:
    response = jsonify(document)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _tables(table: Callable[[], str], triples: Callable[[], Iterable[Triple]]) -> dict[str, Callable[[], str | bytes]]:
    in_rdf = {syntax.media_type: lambda syntax=syntax: serialise(triples(), syntax) for syntax in RDF_FORMATS}
    return {CSV: table, **in_rdf}


def _steps_csv(found: Chain) -> str:
    columns = ("dependant", "dependant_name", "property", "foundation", "foundation_name")
    steps = (*found.foundations.steps, *found.dependants.steps)
    return csv_text(columns, ({**chains.step_as_json(step), **_names(step)} for step in steps))


def _names(step: Step) -> dict[str, str]:
    ends = {"dependant_name": step.dependant, "foundation_name": step.foundation}
    return {name: _named()(uri).name(language()) for name, uri in ends.items()}


def _touched_csv(things: tuple[Touched, ...]) -> str:
    columns = ("uri", "name", "kind", "distance", "owner", "owner_name", "email")
    return csv_text(columns, map(_line, with_names(reader(), things)))


def _line(thing: Touched) -> dict[str, str]:
    owner = thing.owner.organisation or Reference("")
    return {
        "uri": thing.reference.uri,
        "name": thing.reference.name(language()),
        "kind": thing.kind,
        "distance": str(thing.distance),
        "owner": owner.uri,
        "owner_name": owner.name(language()),
        "email": " ".join(point.email for point in thing.owner.contacts if point.email),
    }
