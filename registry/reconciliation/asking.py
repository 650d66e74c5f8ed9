"""Reading queries of the Reconciliation Service API: version 0.2 has an object of queries, the 1.0 draft a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from registry.errors import BadRequestError
from registry.reconciliation.entities import BY_PROPERTY, BY_TYPE

MOST_QUERIES = 500
MOST_CANDIDATES = 50
_USUAL_CANDIDATES = 10
_MOST_ASKED = 10**9
_LONGEST = 500
"""Characters of one name or value."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A value that a property of the candidate should have; one that is `required` must have it."""

    name: str
    values: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A name to be matched. `types` are IRIs, none for the usual ones; `limit` is the most candidates."""

    name: str
    types: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    limit: int = _USUAL_CANDIDATES


def queries_by_key(document: Any) -> dict[str, Query]:
    """Version 0.2: ``{"q0": {"query": "barn", "type": ..., "limit": 3, "properties": [{"pid": ..., "v": ...}]}}``.

    Raises:
        BadRequestError: it is no such object; the sentence names the member.
    """
    if not isinstance(document, Mapping):
        raise BadRequestError('queries is an object: {"q0": {"query": "..."}}.')
    _must_be_few(len(document))
    return {str(key): _old_query(each, f"queries.{key}") for key, each in document.items()}


def queries_in_order(document: Any) -> list[Query]:
    """The 1.0 draft: ``{"queries": [{"type": ..., "conditions": [{"matchType": "name", "v": "barn"}]}]}``.

    Raises:
        BadRequestError: it is no such object; the sentence names the member.
    """
    sent = document.get("queries") if isinstance(document, Mapping) else None
    if not isinstance(sent, list):
        raise BadRequestError('The body is {"queries": [{"conditions": [{"matchType": "name", "v": "..."}]}]}.')
    _must_be_few(len(sent))
    return [_new_query(each, f"queries[{number}]") for number, each in enumerate(sent)]


def _old_query(sent: Any, place: str) -> Query:
    if not isinstance(sent, Mapping) or not isinstance(sent.get("query"), str):
        raise BadRequestError(f"{place} is an object with the member query, a text.")
    asked = sent.get("type") or ()
    types = (asked,) if isinstance(asked, str) else tuple(_type_id(each) for each in _list(asked, f"{place}.type"))
    properties = _list(sent.get("properties") or (), f"{place}.properties")
    conditions = tuple(_condition(each, f"{place}.properties[{n}]") for n, each in enumerate(properties))
    return Query(_short(sent["query"], f"{place}.query"), _known(types, place), conditions, _limit(sent, place))


def _new_query(sent: Any, place: str) -> Query:
    if not isinstance(sent, Mapping) or not isinstance(sent.get("conditions"), list) or not sent["conditions"]:
        raise BadRequestError(f"{place} is an object with the member conditions, a list that is not empty.")
    names: list[str] = []
    conditions: list[Condition] = []
    for number, each in enumerate(sent["conditions"]):
        where = f"{place}.conditions[{number}]"
        if not isinstance(each, Mapping) or each.get("matchType") not in ("name", "property") or "v" not in each:
            raise BadRequestError(f'{where} has "matchType", which is "name" or "property", and "v".')
        if each["matchType"] == "name":
            names += _values(each["v"], f"{where}.v")
        else:
            conditions.append(_condition(each, where))
    asked = sent.get("type") or ""
    if not isinstance(asked, str):
        raise BadRequestError(f"{place}.type is one type, a text.")
    return Query(" ".join(names), _known((asked,) if asked else (), place), tuple(conditions), _limit(sent, place))


def _condition(sent: Any, place: str) -> Condition:
    if not isinstance(sent, Mapping) or not isinstance(sent.get("pid"), str) or "v" not in sent:
        raise BadRequestError(f"{place} is an object with the members pid and v.")
    if sent["pid"] not in BY_PROPERTY:
        raise BadRequestError(
            f"{place}.pid: there is no property {sent['pid']!r}; /reconcile/suggest/property has all."
        )
    return Condition(sent["pid"], tuple(_values(sent["v"], f"{place}.v")), sent.get("required") is True)


def _values(sent: Any, place: str) -> list[str]:
    """One value or several: texts, numbers, or things by their ids."""
    return [_value(each, place) for each in (sent if isinstance(sent, list) else [sent])]


def _value(sent: Any, place: str) -> str:
    value = sent.get("id") if isinstance(sent, Mapping) else sent
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadRequestError(f"{place} is a text, a number or an object with an id.")
    return _short(str(value), place)


def _type_id(sent: Any) -> str:
    return str(sent.get("id", "")) if isinstance(sent, Mapping) else str(sent)


def _known(types: tuple[str, ...], place: str) -> tuple[str, ...]:
    unknown = [each for each in types if each not in BY_TYPE]
    if unknown:
        raise BadRequestError(f"{place}.type: there is no type {unknown[0]!r}; /reconcile/suggest/type has all.")
    return types


def _limit(sent: Mapping[str, Any], place: str) -> int:
    limit = sent.get("limit", _USUAL_CANDIDATES)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not 1 <= limit <= _MOST_ASKED:
        raise BadRequestError(f"{place}.limit is a number from 1 upwards.")
    return min(int(limit), MOST_CANDIDATES)


def _list(sent: Any, place: str) -> list[Any]:
    if not isinstance(sent, list | tuple):
        raise BadRequestError(f"{place} is a list.")
    return list(sent)


def _short(text: str, place: str) -> str:
    if len(text) > _LONGEST or "\0" in text:
        raise BadRequestError(f"{place} has at most {_LONGEST} characters, none of them null.")
    return text.strip()


def _must_be_few(number: int) -> None:
    if number > MOST_QUERIES:
        raise BadRequestError(f"At most {MOST_QUERIES} queries at once; these are {number}.")
