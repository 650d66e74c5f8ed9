"""The beginning of an answer that is longer than a page holds: the rows or triples of it that came whole."""

import json
from typing import Any

_END_OF_ROW = b"}},{"


def first_rows(content: bytes) -> dict[str, Any]:
    """SPARQL results, as an object, from the first bytes of their JSON; without rows where not one is whole."""
    end = len(content)
    while (end := content.rfind(_END_OF_ROW, 0, end)) >= 0:
        try:
            results: dict[str, Any] = json.loads(content[: end + 2] + b"]}}")
        except ValueError:  # these braces stand within a text: the row ends before
            continue
        return results
    return {"head": {"vars": []}, "results": {"bindings": []}}


def first_lines(content: bytes) -> str:
    """The lines that are whole: of Turtle, what is said of the things that come first."""
    return content[: content.rfind(b"\n") + 1].decode()
