"""Reading the query string of a page, and writing the query string of the next one."""

from collections.abc import Collection
from urllib.parse import quote, urlencode

from flask import request
from flask_babel import gettext

from registry.errors import BadRequestError
from registry.views.languages import said

_LONGEST = 500
_MOST_VALUES = 100


def chosen(name: str) -> str:
    """A parameter without spaces around it, "" if absent.

    Raises:
        BadRequestError: longer than anything that a page asks for.
    """
    value = request.args.get(name, "").strip()
    if len(value) > _LONGEST or "\0" in value:
        detail = gettext(
            "The parameter %(name)s cannot be used: it is too long or holds a character that is not text.", name=name
        )
        raise BadRequestError(said(detail))
    return value


def chosen_all(name: str) -> tuple[str, ...]:
    """Every value of a parameter that may be there several times, each once.

    Raises:
        BadRequestError: more, or longer, than anything that a page asks for.
    """
    values = tuple(dict.fromkeys(value.strip() for value in request.args.getlist(name) if value.strip()))
    if len(values) > _MOST_VALUES or any(len(value) > _LONGEST or "\0" in value for value in values):
        detail = gettext(
            "The parameter %(name)s cannot be used: it is too long or holds a character that is not text.", name=name
        )
        raise BadRequestError(said(detail))
    return values


def without(name: str, value: str) -> str:
    """This page's first page with one value of a parameter left out."""
    kept = [each for each in request.args.items(multi=True) if each != (name, value) and each[0] != "page" and each[1]]
    query = urlencode(kept, quote_via=quote)
    return f"{request.script_root}{quote(request.path)}{'?' if query else ''}{query}"


def page_number() -> int:
    """The page asked for, counted from one.

    Raises:
        BadRequestError: not a whole number above zero.
    """
    value = request.args.get("page", "") or "1"
    if not value.isdecimal() or int(value[:9]) < 1:
        raise BadRequestError(said(gettext("The parameter page is a whole number from 1 upwards.")))
    return int(value[:9])


def page_size(usual: int, most: int) -> int:
    """How many items a page is to have.

    Raises:
        BadRequestError: not a whole number from 1 to `most`.
    """
    value = request.args.get("size", "") or str(usual)
    if not value.isdecimal() or not 1 <= int(value[:9]) <= most:
        raise BadRequestError(said(gettext("The parameter size is a whole number from 1 to %(most)s.", most=most)))
    return int(value[:9])


def one_of(name: str, allowed: Collection[str]) -> str:
    """A parameter that has few values, "" if absent.

    Raises:
        BadRequestError: another value.
    """
    value = chosen(name)
    if value and value not in allowed:
        values = ", ".join(filter(None, allowed))
        raise BadRequestError(said(gettext("The parameter %(name)s is one of %(values)s.", name=name, values=values)))
    return value


def with_parameters(**changes: str) -> str:
    """This page's path with its query string changed: "" removes a parameter."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changes and value]
    query = urlencode(kept + [(name, value) for name, value in changes.items() if value], quote_via=quote)
    return f"{request.script_root}{quote(request.path)}{'?' if query else ''}{query}"


def page_address() -> str:
    """This page's address with ``{}`` where the number of a page goes; everything else is percent-encoded."""
    address = with_parameters(page="").replace("{", "%7B").replace("}", "%7D")
    return f"{address}{'&' if '?' in address else '?'}page={{}}"
