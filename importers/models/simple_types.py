"""Types of single values: which XSD type is meant by a JSON Schema type and format, and what restricts them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import XSD

_OF_TYPES = {"string": "string", "integer": "integer", "number": "decimal", "boolean": "boolean"}
_OF_FORMATS = {
    "date": "date", "date-time": "dateTime", "time": "time", "duration": "duration", "uri": "anyURI",
    "uri-reference": "anyURI", "iri": "anyURI", "url": "anyURI", "byte": "base64Binary", "base64": "base64Binary",
    "int32": "int", "int64": "long", "float": "float", "double": "double",
}  # fmt: skip
_FACETS = {
    "minLength": XSD.minLength,
    "maxLength": XSD.maxLength,
    "pattern": XSD.pattern,
    "minimum": XSD.minInclusive,
    "maximum": XSD.maxInclusive,
    "exclusiveMinimum": XSD.minExclusive,
    "exclusiveMaximum": XSD.maxExclusive,
}
_COUNTED = frozenset({XSD.minLength, XSD.maxLength})
FACET_NAMES = frozenset(_FACETS)
SIMPLE = frozenset(_OF_TYPES)


def type_name(schema: Mapping[str, Any], kind: str) -> str:
    """What the type is called: by its format where it has one."""
    form = schema.get("format")
    return form if isinstance(form, str) and form else kind


def definition_of(name: str, kind: str) -> NamedNode:
    """The XSD type that defines it."""
    return XSD[_OF_FORMATS.get(name, _OF_TYPES.get(kind, "anySimpleType"))]


def facets(schema: Mapping[str, Any]) -> Iterator[tuple[NamedNode, Literal]]:
    """What restricts the values."""
    for name, facet in _FACETS.items():
        value = schema.get(name)
        if facet == XSD.pattern and isinstance(value, str):
            yield facet, Literal(value)
        elif isinstance(value, bool):
            yield from _exclusive(schema, name) if value else ()
        elif isinstance(value, int | float):
            whole = isinstance(value, int) and value >= 0 and facet in _COUNTED
            if not _is_meant_exclusively(schema, name):
                yield facet, Literal(_written(value), datatype=XSD.nonNegativeInteger if whole else XSD.decimal)


def _exclusive(schema: Mapping[str, Any], name: str) -> Iterator[tuple[NamedNode, Literal]]:
    """In older schemas ``exclusiveMinimum: true`` says how ``minimum`` is meant."""
    limit = schema.get(name.removeprefix("exclusive").lower())
    if isinstance(limit, int | float) and not isinstance(limit, bool):
        yield _FACETS[name], Literal(_written(limit), datatype=XSD.decimal)


def _is_meant_exclusively(schema: Mapping[str, Any], name: str) -> bool:
    return schema.get(f"exclusive{name[0].upper()}{name[1:]}") is True


def _written(number: float) -> str:
    """A number as a decimal is written, without an exponent and without zeros at its end."""
    return format(Decimal(str(number)).normalize(), "f")
