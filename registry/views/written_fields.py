"""Forms of working documents: what somebody changed of what he saw, and what others have written meanwhile.

A form sends ``f:{field}`` with what stands in it and ``n:{field}`` with the number of the entry that it showed.
"""

from collections.abc import Iterable, Iterator, Mapping

from flask import request

from registry.errors import BadRequestError
from registry.ledger.ledger import Entry, Put


def sent_fields(entries: Iterable[Entry]) -> list[Put]:
    """The fields that the form changes; those that stand as they were shown are left out."""
    return list(_changed({each.number: each.value for each in entries}))


def _changed(shown: Mapping[int, str]) -> Iterator[Put]:
    for name, value in request.form.items():
        if name.startswith("f:"):
            field, text = name[2:], value.replace("\r\n", "\n").strip()
            base = _number(request.form.get(f"n:{field}", "0"))
            if text != shown.get(base, ""):
                yield Put(field, text, base)


def fields_of(document: object) -> list[Put]:
    """The fields of a JSON body: ``{"fields": {"title": "..."}}``, or ``{"title": {"value": "...", "number": 3}}``.

    Raises:
        BadRequestError: it is something else.
    """
    held = document.get("fields") if isinstance(document, dict) else None
    if not isinstance(held, dict):
        raise BadRequestError('The body is JSON: {"fields": {"title": {"value": "...", "number": 3}}}.')
    return [_put(name, value) for name, value in held.items()]


def _put(name: str, value: object) -> Put:
    if isinstance(value, str):
        return Put(name, value.strip())
    if isinstance(value, dict) and isinstance(value.get("value"), str):
        number = value.get("number")
        if isinstance(number, int) and number >= 0:
            return Put(name, value["value"].strip(), number)
    raise BadRequestError(f'The field {name} is a text, or {{"value": "...", "number": 3}}.')


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004 - no document has so many entries
