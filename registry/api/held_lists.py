"""The lists of the API: all that the register's own lists show, each with its orders and filters."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from registry.api.lists import ApiList, Filter, Keeps, Row
from registry.catalogue.catalogues import Catalogue, catalogues
from registry.catalogue.collation import collation_key
from registry.catalogue.concept_list import Entry, entries, line
from registry.catalogue.data_services import data_services
from registry.catalogue.datasets import datasets
from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.information_models import information_models
from registry.catalogue.legislation import acts
from registry.catalogue.organisations import organisation_number, organisations
from registry.catalogue.public_services import events, public_services
from registry.catalogue.resources import ACCESS
from registry.catalogue.texts import Language, Reference, shown
from registry.errors import NotFoundError
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.finding_table import FindingRow, finding_table
from registry.harmonisation.listing import OPEN, as_json, read
from registry.harmonisation.records import SEVERITIES
from registry.settling.states import states
from registry.urls import Urls
from sparql.store import Reader


def _uri_of_reference(row: Row) -> str:
    return str(row.reference.uri)


def _named(row: Row, language: Language) -> str:
    return collation_key(row.reference.name(language))


def _each(reader: Reader, urls: Urls, rows: Sequence[Row]) -> list[dict[str, Any]]:  # noqa: ARG001 - as every list is told
    return [row.as_json() for row in rows]


def _by_uri(uri: Callable[[Row], str]) -> Callable[[Row, Language], str]:
    return lambda row, _: uri(row)


def _publisher(name: str, publishers: Callable[[Reader, Row], Iterable[Reference | None]]) -> Filter:
    def keeps(reader: Reader, value: str) -> Keeps:
        return lambda row: any(
            one is not None and value in (one.uri, organisation_number(one.uri)) for one in publishers(reader, row)
        )

    return Filter("publisher", f"{name} of one publisher: nine digits, or its URI", keeps)


def _graph(reader: Reader, identifier: str) -> GraphInfo:
    """The catalogue, act or regulation with this id.

    Raises:
        NotFoundError: there is none.
    """
    found = next((each for each in graphs(reader).values() if each.identifier == identifier), None)
    if found is None:
        raise NotFoundError(f"There is no catalogue, act or regulation with the id {identifier}.")
    return found


def _catalogue(of_row: Callable[[Row], Sequence[str]]) -> Filter:
    def keeps(reader: Reader, value: str) -> Keeps:
        graph = _graph(reader, value).uri
        return lambda row: graph in of_row(row)

    return Filter("catalogue", "the id of a catalogue, an act or a regulation", keeps)


def _word(name: str, what: str, values: Sequence[str], fits: Callable[[Row, str], bool]) -> Filter:
    """A filter by one of few words."""
    return Filter(name, what, lambda _, value: lambda row: fits(row, value), tuple(values))


def _about(reader: Reader, term: str) -> Keeps:
    table = finding_table(reader)
    uris = {table.rows[number].uri for number in table.about(term)}
    return lambda row: row.uri in uris


def _concept(reader: Reader, urls: Urls, rows: Sequence[Entry]) -> list[dict[str, Any]]:  # noqa: ARG001 - as every list is told
    known = graphs(reader)
    return [line(reader, row, known).as_json() for row in rows]


def _finding(reader: Reader, urls: Urls, rows: Sequence[FindingRow]) -> list[dict[str, Any]]:
    decided = states(reader, rows)
    found = [(urls.mint("conflicts", each.id).value, each) for each in read(reader, rows)]
    return [{"uri": uri, **as_json(each, state=decided.get(uri, OPEN))} for uri, each in found]


def _held_catalogue(reader: Reader, urls: Urls, rows: Sequence[Catalogue]) -> list[dict[str, Any]]:  # noqa: ARG001 - the same
    return [{**row.as_json(), "uri": urls.mint("catalogues", row.graph.identifier).value} for row in rows]


def _publishers_of_entry(reader: Reader, row: Entry) -> list[Reference | None]:
    known = graphs(reader)
    return [known[graph].publisher for graph in row.graphs if graph in known]


def _resources(path: str, what: str, rows: Callable[[Reader, Language], Sequence[Row]]) -> ApiList:
    access = _word("accessRights", "what access the public has", ACCESS, lambda row, value: row.access == value)
    publisher = _publisher("those", lambda _, row: [row.publisher])
    orders = {"name": _named, "uri": _by_uri(_uri_of_reference)}
    return ApiList(path, what, "Resource", rows, _uri_of_reference, orders, (publisher, access), _each)


CONCEPTS = ApiList(
    path="concepts",
    what="The concepts of all catalogues",
    item="Concept",
    rows=entries,
    uri=lambda row: str(row.uri),
    orders={
        "name": lambda row, language: collation_key(shown(row.terms, language)),
        "uri": lambda row, _: str(row.uri),
    },
    filters=(
        _catalogue(lambda row: row.graphs),
        _publisher("concepts in catalogues", _publishers_of_entry),
        _word("termLanguage", "has a term in it", ("nb", "nn", "en"), lambda row, value: row.in_language(value)),
    ),
    told=_concept,
)
FINDINGS = ApiList(
    path="findings",
    what="Findings of disagreement, the gravest first",
    item="Finding",
    rows=lambda reader, _: finding_table(reader).rows,
    uri=lambda row: str(row.uri),
    orders={
        "gravity": lambda row, _: f"{row.rank:012d}",
        "term": lambda row, _: collation_key(row.term),
        "uri": lambda row, _: str(row.uri),
    },
    filters=(
        _word("severity", "how grave", SEVERITIES, lambda row, value: row.severity == value),
        _word("kind", "has evidence of this kind", tuple(KINDS), lambda row, value: value in row.kinds),
        Filter("term", "a word in any inflection", _about),
        _catalogue(lambda row: row.catalogues),
    ),
    told=_finding,
)
LEGISLATION = ApiList(
    path="legislation",
    what="Acts and regulations",
    item="Act",
    rows=acts,
    uri=_uri_of_reference,
    orders={
        "name": lambda row, language: collation_key(shown(row.short_title or row.reference.label, language)),
        "date": lambda row, _: str(row.date),
        "uri": _by_uri(_uri_of_reference),
    },
    filters=(Filter("ministry", "the name of a ministry", lambda _, value: lambda row: row.ministry == value),),
    told=_each,
)
MODELS = ApiList(
    path="information-models",
    what="Information models",
    item="InformationModel",
    rows=information_models,
    uri=_uri_of_reference,
    orders={"name": _named, "uri": _by_uri(_uri_of_reference)},
    filters=(_publisher("models", lambda _, row: [row.publisher]),),
    told=_each,
)
CATALOGUES = ApiList(
    path="catalogues",
    what="Catalogues, with what they hold and their last import",
    item="Catalogue",
    rows=catalogues,
    uri=lambda row: str(row.graph.uri),
    orders={
        "name": lambda row, language: collation_key(shown(row.graph.name, language) or row.graph.identifier),
        "id": lambda row, _: str(row.graph.identifier),
    },
    filters=(_publisher("catalogues", lambda _, row: [row.graph.publisher]),),
    told=_held_catalogue,
)
ORGANISATIONS = ApiList(
    path="organisations",
    what="Everybody who publishes something",
    item="Organisation",
    rows=organisations,
    uri=_uri_of_reference,
    orders={"name": _named, "uri": _by_uri(_uri_of_reference)},
    filters=(Filter("number", "nine digits", lambda _, value: lambda row: row.number == value),),
    told=_each,
)
LISTS: tuple[ApiList, ...] = (
    CONCEPTS,
    FINDINGS,
    LEGISLATION,
    MODELS,
    _resources("datasets", "Datasets", datasets),
    _resources("data-services", "APIs", data_services),
    _resources("services", "Public services", public_services),
    _resources("events", "Life events and business events", events),
    CATALOGUES,
    ORGANISATIONS,
)
