"""One page of a list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a longer list: `number` counts from one, `total` counts all items."""

    items: tuple[T, ...]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The number of the page's first item, 0 in an empty list."""
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        """The number of the page's last item."""
        return (self.number - 1) * self.size + len(self.items)

    def map(self, function: Callable[[T], U]) -> "Page[U]":
        """The same page of other items."""
        return Page(tuple(function(item) for item in self.items), self.number, self.size, self.total)

    def as_json(self) -> dict[str, Any]:
        """Total, page number, number of pages and size."""
        return {"total": self.total, "page": self.number, "pages": self.pages, "size": self.size}


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """The page with this number; a number beyond the last page is the last page."""
    pages = max(1, -(-len(items) // size))
    number = min(max(number, 1), pages)
    return Page(tuple(items[(number - 1) * size : number * size]), number, size, len(items))
