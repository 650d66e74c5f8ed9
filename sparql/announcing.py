"""What an answer says about itself in its headers: the limits that held, what was used, from when it is.

``Samsvar-Limits`` and ``Samsvar-Used`` are dictionaries of RFC 9651 (structured fields): sizes in bytes, times in
seconds. The names of limits are those of sparql.budget.Budget.
"""

from functools import lru_cache
from typing import Any

from sparql.budget import UNITS, Budget
from sparql.query_host.answers import QueryAnswer

LIMITS, USED = "Samsvar-Limits", "Samsvar-Used"
EXPOSED = f"{LIMITS}, {USED}, ETag, Age, Retry-After"
"""Headers that scripts on other sites may read."""


@lru_cache(maxsize=8)
def limits(budget: Budget, *, federated: bool = False) -> str:
    """``timeout=10, memory=1073741824, ...``: what one query may meet; those of services where any may be asked."""
    values = {name: getattr(budget, name) for name in ("timeout", "memory", "rows", "answer", "query")}
    values["per_client"] = budget.per_client or budget.workers
    met = [name for name in UNITS if federated or not name.startswith("service_")]
    values |= {name: getattr(budget, name) for name in met if name not in values}
    return ", ".join(
        f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}" for name, value in values.items()
    )


def used(head: dict[str, Any], end: dict[str, Any] | None) -> str:
    """What the answer took: all of it where it is whole (`end`), else until its first bytes."""
    known: dict[str, object] = {"seconds": f"{(end or head).get('seconds', 0.0):.4f}"}
    if end is not None and "rows" in end:
        known["rows"] = end["rows"]
    known["waited"] = f"{head.get('waited', 0.0):.4f}"
    if "services" in head:
        known["services"] = f"{head['services']:.4f}"
    if head.get("place"):
        known["store"] = head["place"]
    known["cache"] = "hit" if "age" in head else "miss"
    return ", ".join(f"{name}={value}" for name, value in known.items())


def headers(answer: QueryAnswer) -> dict[str, str]:
    """Headers of an answer: what was used, its ETag if there is one, its age if it was kept."""
    told = {USED: used(answer.head, answer.chunks.end), "Cache-Control": "no-cache" if answer.etag else "no-store"}
    if answer.etag:
        told["ETag"] = answer.etag
    if "age" in answer.head:
        told["Age"] = str(answer.head["age"])
    return told


def etag(generation: str, key: str) -> str:
    """The weak ETag of the answer with this cache key, of this generation; empty where asking again may differ."""
    return f'W/"{generation[:12] or 0}-{key[:20]}"' if key else ""


def unquoted(tag: str) -> str:
    """The tag within a weak ETag."""
    return tag.removeprefix('W/"').removesuffix('"')
