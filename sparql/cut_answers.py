"""What a page shows of an answer: as much as it holds, the rows or triples that came whole, and what they took."""

import json
from typing import Any

from sparql.query_host.answers import QueryAnswer

_BETWEEN_ROWS = b'}},{"'
"""A string may end with these bytes too, but then no name follows its closing quote (see sparql.query_host.rows)."""


def up_to(answer: QueryAnswer, limit: int) -> tuple[bytes, bool]:
    """The answer, and whether that is all of it: what comes after more bytes than the limit is not waited for."""
    content = bytearray()
    with answer.chunks:
        for chunk in answer.chunks:
            content += chunk
            if len(content) > limit:
                return bytes(content), False
    return bytes(content), True


def first_rows(content: bytes) -> dict[str, Any]:
    """SPARQL results, as an object, from the first bytes of their JSON; without rows where not one is whole."""
    end = len(content)
    while (end := content.rfind(_BETWEEN_ROWS, 0, end)) >= 0:
        following = end + len(_BETWEEN_ROWS)
        if content[following : following + 1] not in b"},":
            results: dict[str, Any] = json.loads(content[: end + 2] + b"]}}")
            return results
    return {"head": {"vars": []}, "results": {"bindings": []}}


def first_lines(content: bytes) -> str:
    """The lines that are whole: of Turtle, what is said of the things that come first."""
    return content[: content.rfind(b"\n") + 1].decode()


def took(answer: QueryAnswer) -> dict[str, float]:
    """How many `seconds` the answer took and, where it had been kept, its `age` in seconds."""
    told = answer.chunks.end or answer.head
    age = {"age": answer.head["age"]} if "age" in answer.head else {}
    return {"seconds": told.get("seconds", 0.0), **age}
