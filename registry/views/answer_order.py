"""The order of the values of a column of an answer: numbers by value, then words in Norwegian order."""

from registry.catalogue.collation import collation_key

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(
    _XSD + kind
    for kind in (
        *("integer", "decimal", "double", "float", "int", "long", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
    )
)


def sort_key(term: dict[str, str]) -> tuple[int, float, str]:
    """The key of one RDF term as SPARQL results in JSON have it; what only claims to be a number is a word."""
    number = _number(term)
    return (1, 0.0, collation_key(term["value"])) if number is None else (0, number, "")


def _number(term: dict[str, str]) -> float | None:
    if term.get("datatype") not in _NUMBERS:
        return None
    try:
        number = float(term["value"])
    except ValueError:
        return None
    return number if number == number else None  # noqa: PLR0124 - NaN is no place in an order
