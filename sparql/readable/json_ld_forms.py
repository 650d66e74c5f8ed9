"""The forms of JSON-LD that a client may name with the parameter ``profile`` of the media type (JSON-LD 1.1).

What is compact is framed too: both names give the document about one thing. A name may also be the address of the
context (`registry/views/self_description.py`): then the document refers to it.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TypeAlias

from pyoxigraph import RdfFormat, Triple, serialize

from sparql.formats import JSON_LD, in_order
from sparql.formats import serialise as flattened
from sparql.negotiation import media_ranges
from sparql.readable.json_ld import json_ld

Form: TypeAlias = Callable[[Iterable[Triple], str], bytes]
"""Triples and the URI of the thing that they are about, as a document."""

_NAMES = "http://www.w3.org/ns/json-ld#"


def _expanded(triples: Iterable[Triple], _: str) -> bytes:
    return serialize(in_order(triples), format=RdfFormat.JSON_LD) or b""


def _flattened(triples: Iterable[Triple], _: str) -> bytes:
    return flattened(triples, JSON_LD)


_FORMS: Mapping[str, Form] = MappingProxyType(
    {
        f"{_NAMES}compacted": json_ld,
        f"{_NAMES}framed": json_ld,
        f"{_NAMES}expanded": _expanded,
        f"{_NAMES}flattened": _flattened,
    }
)


def asked_form(accept: str, context: str) -> str:
    """The name of the form that an Accept header asks for: one of JSON-LD, or the address of the context; "" for none.

    Of several the one with the highest quality, then the first.
    """
    ranges = [each for each in media_ranges(accept) if f"{each.type}/{each.subtype}" == JSON_LD.media_type]
    known = {name.lower(): name for name in (*_FORMS, context)}
    for wanted in sorted(ranges, key=lambda each: -each.quality):
        names = [known[name] for name in wanted.parameters.get("profile", "").split() if name in known]
        if names or "profile" not in wanted.parameters:
            return next(iter(names), "")
    return ""


def form_called(name: str) -> Form:
    """The form with a name that `asked_form` gave."""
    return _FORMS.get(name) or partial(json_ld, context_address=name)
