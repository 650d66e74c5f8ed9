"""Values of things that were matched: data extension of the Reconciliation Service API."""

import re
from collections.abc import Mapping
from typing import Any

from registry.catalogue.queries import is_iri
from registry.catalogue.texts import Language, Reference, ordered
from registry.catalogue.things import Said
from registry.errors import BadRequestError
from registry.reconciliation.entities import BY_PROPERTY, Property
from sparql.store import Reader

_MOST = 1_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def asked_for(document: Any) -> tuple[list[str], list[Property]]:
    """Ids and properties of a request: ``{"ids": ["..."], "properties": [{"id": "definition"}]}``.

    Raises:
        BadRequestError: it is no such object, or names a property that there is not.
    """
    sent = document if isinstance(document, Mapping) else {}
    ids, properties = sent.get("ids"), sent.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list) or not all(isinstance(one, str) for one in ids):
        raise BadRequestError('An extension is asked for by {"ids": ["..."], "properties": [{"id": "definition"}]}.')
    if len(ids) > _MOST:
        raise BadRequestError(f"At most {_MOST} ids at once; these are {len(ids)}.")
    names = [str(one.get("id", "")) if isinstance(one, Mapping) else str(one) for one in properties]
    unknown = [name for name in names if name not in BY_PROPERTY]
    if unknown:
        raise BadRequestError(f"There is no property {unknown[0]!r}; /reconcile/suggest/property has all.")
    return ids, [BY_PROPERTY[name] for name in names]


def values_of(reader: Reader, uri: str, properties: list[Property], language: Language) -> dict[str, list[Any]]:
    """Property to its values; empty lists for what the register does not hold."""
    if not is_iri(uri):
        return {one.identifier: [] for one in properties}
    said = Said(reader, uri)
    return {one.identifier: _values(said, one, language) for one in properties}


def _values(said: Said, prop: Property, language: Language) -> list[Any]:
    for predicate in prop.predicates:
        if found := said.references(predicate):
            return [value for each in found for value in _written(each, language)]
    return []


def _written(reference: Reference, language: Language) -> list[dict[str, str]]:
    """A thing by id and name; a day as a date; words as they are, the reader's language first."""
    if reference.uri:
        return [{"id": reference.uri, "name": reference.name(language)}]
    return [
        {"date": f"{text.value}T00:00:00Z"} if _DAY.fullmatch(text.value) else {"str": text.value}
        for text in ordered(reference.label, language)
    ]
