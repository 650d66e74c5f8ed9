"""A list of the API: what it lists, how it is sorted, by what it is filtered; and one page of it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.api.cursors import Cursor
from registry.catalogue.per_generation import per_generation
from registry.catalogue.texts import Language
from registry.errors import BadRequestError
from registry.urls import Urls
from sparql.store import Reader

Row = Any
Keeps = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """A parameter that chooses among the rows. `keeps` says which rows a value lets through.

    `words` are all values that it has; any, where there are none. `keeps` raises NotFoundError for a value that
    names what is not there.
    """

    name: str
    what: str
    keeps: Callable[[Reader, str], Keeps]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ApiList:
    """A list: its path below ``/api/v1/``, what it lists, the component that an item is.

    `rows` are all of them; `orders` give a row's sort key by the order's name, the first being the usual one; `told`
    makes some rows into documents.
    """

    path: str
    what: str
    item: str
    rows: Callable[[Reader, Language], Sequence[Row]]
    uri: Callable[[Row], str]
    orders: Mapping[str, Callable[[Row, Language], str]]
    filters: tuple[Filter, ...]
    told: Callable[[Reader, Urls, Sequence[Row]], list[dict[str, Any]]]

    @property
    def sorts(self) -> tuple[str, ...]:
        """The values of ``sort``: the orders, and each backwards behind a hyphen."""
        return tuple(name for order in self.orders for name in (order, f"-{order}"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asks of a list; `choices` are values by the names of filters."""

    language: Language
    sort: str
    size: int
    after: str
    choices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """One page: its rows, how many pass the filters in all, and where to go on, "" at the end."""

    rows: tuple[Row, ...]
    total: int
    after: str


def answered(reader: Reader, listed: ApiList, asked: Asked) -> Answered:
    """The page behind a client's cursor.

    Raises:
        BadRequestError: the cursor is of another order.
        NotFoundError: a choice names what is not there.
    """
    keys, rows = _sorted(reader, listed, asked.sort.removeprefix("-"), asked.language)
    first, last = _rest(keys, asked)
    tests = [each.keeps(reader, asked.choices[each.name]) for each in listed.filters if asked.choices.get(each.name)]
    kept = [number for number, row in enumerate(rows) if all(test(row) for test in tests)]
    ahead = kept[bisect_left(kept, first) : bisect_left(kept, last)]
    if asked.sort.startswith("-"):
        ahead.reverse()
    page = ahead[: asked.size]
    goes_on = len(ahead) > len(page) > 0
    after = str(Cursor(asked.sort, *keys[page[-1]])) if goes_on else ""
    return Answered(tuple(rows[number] for number in page), len(kept), after)


def _rest(keys: Sequence[tuple[str, str]], asked: Asked) -> tuple[int, int]:
    """The rows that are still to come: the first of them, and the first behind them."""
    if not asked.after:
        return 0, len(keys)
    cursor = Cursor.parse(asked.after)
    if cursor.order != asked.sort:
        raise BadRequestError(f"The parameter after is from a list sorted by {cursor.order}, and not by {asked.sort}.")
    place = (cursor.key, cursor.uri)
    return (0, bisect_left(keys, place)) if asked.sort.startswith("-") else (bisect_right(keys, place), len(keys))


@per_generation
def _sorted(reader: Reader, listed: ApiList, order: str, language: Language) -> tuple[list[tuple[str, str]], list[Row]]:
    """The sort keys, and the rows in their order."""
    key = listed.orders[order]
    pairs = [((key(row, language), listed.uri(row)), row) for row in listed.rows(reader, language)]
    pairs.sort(key=lambda pair: pair[0])
    return [found for found, _ in pairs], [row for _, row in pairs]
