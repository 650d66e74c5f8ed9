"""Asking the engine as the standard says where the engine alone is stricter."""

import re
from collections.abc import Callable
from typing import Any

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from sparql.federation.blank_nodes import FUNCTION, term_of
from sparql.store import Term

_UNKNOWN_FUNCTION = re.compile(r"custom (?:aggregate )?function <([^>]*)> is not supported", re.IGNORECASE)


def query_tolerantly(store: Store, text: str, options: dict[str, Any]) -> QuerySolutions | QueryBoolean | QueryTriples:
    """A function that the engine does not know leaves its variable unbound, as SPARQL 1.1 (17.6) says of errors.

    Raises:
        SyntaxError, ValueError, RuntimeError, OSError: what the engine raises.
    """
    functions: dict[NamedNode, Callable[..., Term | None]] = {FUNCTION: term_of}
    while True:
        try:
            return store.query(text, **options, custom_functions=functions)
        except RuntimeError as error:
            unknown = _UNKNOWN_FUNCTION.search(str(error))
            if unknown is None or NamedNode(unknown[1]) in functions:
                raise
            functions[NamedNode(unknown[1])] = _no_value


def _no_value(*_: object) -> Term | None:
    return None
