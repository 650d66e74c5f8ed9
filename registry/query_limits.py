"""The limits of queries as operators set them: which setting is which field of the budget, and in which unit."""

from dataclasses import dataclass
from typing import Any

from registry.settings import Settings
from sparql.budget import MIB, UNITS, Budget
from sparql.errors import Exceeded

KIB = 1 << 10


@dataclass(frozen=True, slots=True)
class Limit:
    """A field of Budget, the setting that it comes from, and how many of the field's units one of the setting's is."""

    name: str
    setting: str
    factor: int = 1


LIMITS = (
    Limit("timeout", "query_timeout"),
    Limit("memory", "query_memory", MIB),
    Limit("workers", "query_workers"),
    Limit("per_client", "query_per_client"),
    Limit("client_waiting", "query_client_waiting"),
    Limit("waiting", "query_waiting"),
    Limit("patience", "query_patience"),
    Limit("slow_reader", "query_slow_reader"),
    Limit("rows", "query_rows"),
    Limit("answer", "query_answer", MIB),
    Limit("cache", "query_cache", MIB),
    Limit("query", "query_size", KIB),
    Limit("depth", "query_depth"),
    Limit("patterns", "query_patterns"),
    Limit("path_steps", "query_path_steps"),
    Limit("values", "query_values"),
    Limit("in_memory", "query_in_memory"),
    Limit("at_once", "query_at_once"),
    Limit("calm", "query_calm"),
    Limit("service_timeout", "service_timeout"),
    Limit("service_answer", "service_answer", MIB),
    Limit("service_rows", "service_rows"),
    Limit("service_requests", "service_requests"),
    Limit("service_workers", "service_workers"),
)


def budget_of(settings: Settings) -> Budget:
    """What a query from outside may use."""
    values: dict[str, Any] = {each.name: getattr(settings, each.setting) * each.factor for each in LIMITS}
    return Budget(**values)


def members(exceeded: Exceeded) -> dict[str, Any]:
    """What a problem document says of a limit that was met; sizes in bytes, times in seconds."""
    setting = next((each.setting for each in LIMITS if each.name == exceeded.limit), "")
    return {
        "limit": exceeded.limit,
        "setting": f"SAMSVAR_{setting.upper()}" if setting else None,
        "allowed": exceeded.allowed,
        "used": exceeded.used,
        "unit": UNITS.get(exceeded.limit),
        "fix": exceeded.advice,
    }
