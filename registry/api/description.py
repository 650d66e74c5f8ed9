"""The OpenAPI 3.1 document: made of one description for each operation, which a test holds against the routes."""

from collections.abc import Iterable
from typing import Any

from registry.api.coordination_operations import COORDINATION
from registry.api.deciding_operations import DECIDING
from registry.api.drafting_operations import DRAFTING
from registry.api.list_operations import list_operations
from registry.api.operations import PROBLEM, Operation
from registry.api.page_operations import PAGES
from registry.api.reading_operations import READING
from registry.api.rule_operations import RULES
from registry.api.schemas import COMPONENTS
from registry.api.webhook_operations import WEBHOOKS
from registry.api.writing_operations import WRITING
from registry.version import installed_version

_DESCRIPTION = (
    "What the pages of the register show, for programs. Reading needs no token. Lists are paged by cursor (`after`),"
    " sorted (`sort`), filtered, and give the members that are asked for (`fields`). Errors are"
    " application/problem+json. Things also answer at their own URIs, in RDF and JSON; SPARQL is at /sparql."
)


def operations() -> tuple[Operation, ...]:
    """Every operation, the lists first."""
    return (*list_operations(), *READING, *RULES, *DRAFTING, *DECIDING, *COORDINATION, *WRITING, *WEBHOOKS, *PAGES)


def tags(of: Iterable[Operation]) -> tuple[str, ...]:
    """The groups of operations, in the order in which they come first."""
    return tuple(dict.fromkeys(each.tag for each in of))


def openapi(server: str) -> dict[str, Any]:
    """The document; `server` is where the register is served."""
    described = operations()
    paths: dict[str, dict[str, Any]] = {}
    for each in described:
        paths.setdefault(each.path, {})[each.method] = each.as_json()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Samsvar",
            "version": installed_version(),
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "tags": [{"name": name} for name in tags(described)],
        "paths": paths,
        "components": {
            "schemas": {name: dict(schema) for name, schema in COMPONENTS.items()},
            "responses": {"Problem": PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
