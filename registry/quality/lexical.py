"""Whether a literal is written as its datatype is, for the datatypes that the profiles ask for (XML Schema, part 2)."""

import re
from collections.abc import Callable
from datetime import date, datetime

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import XSD

_INTEGER = re.compile(r"[+-]?\d+")
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_DURATION = re.compile(r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?")
_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")


def is_well_formed(literal: Literal) -> bool:
    """Whether the lexical form is one of the datatype's; True for datatypes that are not looked into."""
    check = _FORMS.get(literal.datatype)
    return check is None or check(literal.value.strip())


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


def _whole(least: int) -> Callable[[str], bool]:
    return lambda text: _INTEGER.fullmatch(text) is not None and int(text) >= least


def _is_date(text: str) -> bool:
    return _parses(date.fromisoformat, _ZONE.sub("", text))


def _is_time(text: str) -> bool:
    return "T" in text and _parses(datetime.fromisoformat, text)


def _parses(reading: Callable[[str], object], text: str) -> bool:
    try:
        reading(text)
    except ValueError:
        return False
    return True


_FORMS: dict[NamedNode, Callable[[str], bool]] = {
    XSD.date: _is_date,
    XSD.dateTime: _is_time,
    XSD.nonNegativeInteger: _whole(0),
    XSD.positiveInteger: _whole(1),
    XSD.integer: _matches(_INTEGER),
    XSD.decimal: _matches(_DECIMAL),
    XSD.duration: _matches(_DURATION),
    XSD.boolean: lambda text: text in {"true", "false", "1", "0"},
}
