"""Lists as CSV: a line for each item, with some of the members that it has in JSON."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeAlias

from registry.catalogue.texts import FALLBACK
from registry.tables import csv_text
from registry.views.languages import language
from registry.views.rendering import CSV

Items: TypeAlias = Callable[[], Iterable[Mapping[str, Any]]]

TABLE: Mapping[str, str] = MappingProxyType({"csv": CSV})
"""The further format of a list, for `page`."""
RESOURCE = ("uri", "label", "publisher.uri", "publisher.label")
"""Columns of a list of descriptions."""


def table(columns: Sequence[str], items: Items) -> dict[str, Callable[[], str]]:
    """The items as CSV, for `Shown.others`; a column is a member, or with a dot a member of a member.

    Texts stand in the language of the request, or the next that there is; values of a list with " | " between.
    """
    return {CSV: lambda: as_csv(columns, items())}


def as_csv(columns: Sequence[str], items: Iterable[Mapping[str, Any]]) -> str:
    """The same as text."""
    return csv_text(columns, ({column: _cell(_member(item, column)) for column in columns} for item in items))


def _member(item: Any, path: str) -> Any:
    for name in path.split("."):
        item = item.get(name) if isinstance(item, Mapping) else None
    return item


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        texts = (value[each] for each in (*FALLBACK[language()], *value) if value.get(each))
        return _cell(next(texts, ""))
    if isinstance(value, list | tuple):
        return " | ".join(map(_cell, value))
    return str(value)
