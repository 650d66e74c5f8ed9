"""The fixed queries of the read models: each lies in an ``.rq`` file beside the module that asks it."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from pyoxigraph import NamedNode

from sparql.store import Reader, Row, Term


@cache
def query(name: str) -> str:
    """The text of ``{name}.rq``."""
    return (files(__package__) / f"{name}.rq").read_text(encoding="utf-8")


def ask(reader: Reader, name: str, **bindings: Term) -> list[Row]:
    """The solutions of ``{name}.rq`` with those variables bound (they must be projected)."""
    return reader.select(query(name), **bindings)


def iri(row: Row, variable: str) -> str:
    """The value of a variable, "" where it is unbound."""
    term = row.get(variable)
    return getattr(term, "value", "") if term is not None else ""


def count(row: Row, variable: str) -> int:
    """The value of a whole number, 0 where it is none."""
    value = iri(row, variable)
    return int(value) if value.isdecimal() else 0


def grouped(rows: Iterable[Row], variable: str) -> dict[str, list[Row]]:
    """The rows by the value of a variable, in the order in which each value is first met."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[iri(row, variable)].append(row)
    return groups


def values(rows: Iterable[Row], variable: str) -> list[Term]:
    """The bound values of a variable, in order."""
    return [row[variable] for row in rows if variable in row]


def is_iri(text: str) -> bool:
    """Whether the text can stand as an IRI in a query."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
