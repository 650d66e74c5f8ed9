"""Search as the directory's search service answers: ``POST /search`` with query, filters and pagination."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ontologies.namespaces import DCAT, DCT
from registry.catalogue.definitions import short_definition
from registry.catalogue.organisations import organisation_number
from registry.catalogue.resources import access_code
from registry.catalogue.texts import Language, Texts
from registry.catalogue.things import Said
from registry.errors import BadRequestError
from registry.national.identifiers import KINDS, Kind, Thing, directory_id, things
from registry.national.resources import catalogue, harvest, one_each, present, publisher, separate
from registry.search.index import SearchIndex
from registry.search.query import Question, search, suggest
from sparql.store import Reader

_MOST = 1_000
_COLLECTED = 2_000
_USUAL = 10


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked for. `filters` by name, each a list of values of which one must fit; `page` counts from 0."""

    words: str
    filters: Mapping[str, tuple[str, ...]]
    page: int
    size: int


def operation(sent: Any) -> Operation:
    """The request's body.

    Raises:
        BadRequestError: a member has the wrong form, or a filter is not known here; nothing is left unsaid.
    """
    body = sent if isinstance(sent, Mapping) else {}
    words = body.get("query") or ""
    pagination = body.get("pagination") or {}
    filters = body.get("filters") or {}
    if not isinstance(words, str) or not isinstance(pagination, Mapping) or not isinstance(filters, Mapping):
        raise BadRequestError('The body is {"query": "...", "filters": {}, "pagination": {"page": 0, "size": 10}}.')
    chosen = {name: _values(name, given) for name, given in filters.items() if given is not None}
    page, size = (_number(pagination, name, usual) for name, usual in (("page", 0), ("size", _USUAL)))
    return Operation(words, chosen, page, min(size, _MOST))


def found(reader: Reader, index: SearchIndex, asked: Operation, kinds: Sequence[Kind]) -> dict[str, Any]:
    """A page of hits with paging, and how many of each kind there are."""
    chosen = [one for one in _matching(reader, index, asked.words, kinds) if _fits(reader, one, asked.filters)]
    part = chosen[asked.page * asked.size : (asked.page + 1) * asked.size]
    counts = [{"key": kind.search_type, "count": sum(one.kind is kind for one in chosen)} for kind in kinds]
    return {
        "hits": [hit(reader, one) for one in part],
        "aggregations": {"searchType": [one for one in counts if one["count"]]},
        "page": {
            "currentPage": asked.page,
            "size": asked.size,
            "totalElements": len(chosen),
            "totalPages": -(-len(chosen) // asked.size),
        },
    }


def suggestions(
    reader: Reader, index: SearchIndex, words: str, kinds: Sequence[Kind], language: Language
) -> dict[str, Any]:
    """Things that begin with the words."""
    begun = {term.casefold() for term in suggest(index, Question(words, reader.generation, language=language))}
    matching = _matching(reader, index, words, kinds) if words.strip() else []
    listed = [one for one in matching if any(text.value.casefold() in begun for text in one.title)]
    return {"suggestions": [_suggestion(reader, one) for one in listed[:_USUAL]]}


def hit(reader: Reader, thing: Thing) -> dict[str, Any]:
    """One thing as a hit."""
    said = Said(reader, thing.uri)
    rights = said.first(DCT.accessRights)
    held_in = catalogue(reader, said.graphs)
    name = "collection" if thing.kind.search_type == "CONCEPT" else "catalog"
    return present(
        {
            **_suggestion(reader, thing),
            "keyword": separate(said.texts(DCAT.keyword)),
            "accessRights": {"uri": rights, "code": access_code(rights)} if rights else None,
            name: held_in,
            "metadata": harvest(reader, said.graphs),
        }
    )


def _suggestion(reader: Reader, thing: Thing) -> dict[str, Any]:
    said = Said(reader, thing.uri)
    return present(
        {
            "id": thing.identifier,
            "uri": thing.uri,
            "searchType": thing.kind.search_type,
            "title": one_each(thing.title),
            "description": one_each(_description(reader, said)),
            "organization": publisher(said.reference(DCT.publisher)),
        }
    )


def _description(reader: Reader, said: Said) -> Texts:
    return short_definition(reader, said.uri) or said.texts(DCT.description)


def _matching(reader: Reader, index: SearchIndex, words: str, kinds: Sequence[Kind]) -> list[Thing]:
    """Things of the kinds, the best match first; all by title where no words are given."""
    known = things(reader)
    if not words.strip():
        return [one for one in known.values() if one.kind in kinds]
    page = search(index, Question(words, reader.generation), limit=_COLLECTED)
    ids = (directory_id(each.uri) for each in page.hits)
    return [known[each] for each in ids if each in known and known[each].kind in kinds]


def _fits(reader: Reader, thing: Thing, filters: Mapping[str, tuple[str, ...]]) -> bool:
    return all(_FILTERS[name](reader, thing, values) for name, values in filters.items())


def _by_uri(_: Reader, thing: Thing, values: tuple[str, ...]) -> bool:
    return thing.uri in values


def _by_organisation(reader: Reader, thing: Thing, values: tuple[str, ...]) -> bool:
    """The last number of a path decides."""
    number = organisation_number(Said(reader, thing.uri).first(DCT.publisher))
    return bool(number) and number in {value.rstrip("/").rpartition("/")[2] for value in values}


def _by_access(reader: Reader, thing: Thing, values: tuple[str, ...]) -> bool:
    return access_code(Said(reader, thing.uri).first(DCT.accessRights)) in values


def _by_openness(reader: Reader, thing: Thing, values: tuple[str, ...]) -> bool:
    return ("true" in values) is (access_code(Said(reader, thing.uri).first(DCT.accessRights)) == "PUBLIC")


_FILTERS: Mapping[str, Callable[[Reader, Thing, tuple[str, ...]], bool]] = MappingProxyType(
    {
        "uri": _by_uri,
        "orgPath": _by_organisation,
        "accessRights": _by_access,
        "openData": _by_openness,
        "opendata": _by_openness,
    }
)


def _values(name: str, given: Any) -> tuple[str, ...]:
    if name not in _FILTERS:
        raise BadRequestError(f"filters.{name} is not known here; {', '.join(_FILTERS)} are.")
    value = given.get("value") if isinstance(given, Mapping) else given
    values: list[Any] = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str | bool) for one in values):
        raise BadRequestError(f'filters.{name} is {{"value": ...}} with a text, true or false, or a list of those.')
    return tuple(str(one).lower() if isinstance(one, bool) else one for one in values)


def _number(pagination: Mapping[str, Any], name: str, usual: int) -> int:
    value = pagination.get(name, usual)
    least = 1 if name == "size" else 0
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= 10**9:
        raise BadRequestError(f"pagination.{name} is a whole number from {least} upwards.")
    return value


def kinds_of(path: str) -> Sequence[Kind]:
    """The kind that a path names; all for none."""
    return KINDS if not path else [kind for kind in KINDS if kind.path == path]
