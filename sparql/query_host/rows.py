"""Counts the solutions of an answer in the bytes that the engine writes, because it streams them past Python.

Each format has a mark that stands once for each solution and nowhere else, which its own escaping sees to. In JSON it
is what stands between two solutions: a string may end with those bytes, but then no name follows its closing quote.
Solutions without any value have no mark in JSON: they are not counted.
"""

from collections.abc import Mapping

from pyoxigraph import QueryResultsFormat

_MARKS: Mapping[str, tuple[tuple[bytes, int], ...]] = {
    QueryResultsFormat.JSON.media_type: (
        (b'"bindings":[{"', 1),
        (b'}},{"', 1),
        (b'}},{"}', -1),
        (b'}},{",', -1),
    ),
    QueryResultsFormat.XML.media_type: ((b"<result>", 1),),
    QueryResultsFormat.TSV.media_type: ((b"\n", 1),),
    QueryResultsFormat.CSV.media_type: ((b"\n", 1),),
}
"""Media type of a format to its marks, each with what it counts."""
_HEADED = (QueryResultsFormat.TSV.media_type, QueryResultsFormat.CSV.media_type)


class RowCounter:
    """Fed an answer in pieces, in order; `rows` is what was seen so far."""

    def __init__(self, form: QueryResultsFormat) -> None:
        self._marks = _MARKS[form.media_type]
        self._tails = [b""] * len(self._marks)
        self._quotes = form == QueryResultsFormat.CSV
        self._inside = False
        self._seen = -1 if form.media_type in _HEADED else 0

    @property
    def rows(self) -> int:
        """Solutions so far."""
        return max(0, self._seen)

    def feed(self, content: bytes) -> None:
        """The next piece of the answer."""
        if self._quotes:
            content = self._unquoted(content)
        for index, (mark, counts) in enumerate(self._marks):
            found = self._tails[index] + content
            self._seen += counts * found.count(mark)
            self._tails[index] = found[max(0, len(found) - len(mark) + 1) :]

    def _unquoted(self, content: bytes) -> bytes:
        """What stands outside of the quotes of CSV, where a line may end within a field."""
        parts = content.split(b'"')
        outside = parts[1 if self._inside else 0 :: 2]
        self._inside ^= len(parts) % 2 == 0
        return b"".join(outside)
