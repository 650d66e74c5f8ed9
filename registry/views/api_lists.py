"""``/api/v1/concepts`` and the other lists of the API, which all page, filter, sort and select alike; and one thing."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, request

from registry.api.choosing import fields_of, in_language, selected
from registry.api.held_lists import LISTS
from registry.api.lists import ApiList, Asked, answered
from registry.api.schemas import named, properties_of
from registry.catalogue.queries import is_iri
from registry.catalogue.texts import LANGUAGES
from registry.errors import BadRequestError
from registry.views import documents
from registry.views.context import reader, register
from registry.views.held import must_hold
from registry.views.languages import language as page_language
from registry.views.parameters import chosen, page_size, with_parameters
from registry.views.rendering import JSON, conditional, dumped

blueprint = Blueprint("api_lists", __name__)

USUAL, MOST = 100, 1_000
"""Items of a page if the request does not say, and at most."""
CURSOR = 4_000
"""Characters of a cursor at most: it holds a sort key."""
COMMON = ("sort", "size", "after", "fields", "language", "lang")
"""The parameters of every list."""


def _listed(listed: ApiList) -> Response:
    """One page of a list, with the address of the next one."""
    _only_known({*COMMON, *(each.name for each in listed.filters)})
    choices = {each.name: _word(each.name, each.words) if each.words else chosen(each.name) for each in listed.filters}
    texts_in = next((each for each in LANGUAGES if each == _word("language", LANGUAGES)), None)
    sort = _word("sort", listed.sorts) or listed.sorts[0]
    asked = Asked(texts_in or page_language(), sort, page_size(USUAL, MOST), _cursor(), choices)
    fields = fields_of(chosen("fields"), properties_of(listed.item))
    found = answered(reader(), listed, asked)
    onward = with_parameters(after=found.after) if found.after else ""

    def produce() -> str:
        told = listed.told(reader(), register().urls, found.rows)
        if texts_in:
            told = [in_language(one, named(listed.item), texts_in) for one in told]
        items = [selected(one, fields) for one in told]
        return current_app.json.dumps({"items": items, "total": found.total, "after": found.after, "next": onward})

    return conditional(JSON, produce, [f'<{onward}>; rel="next"'] if onward else [])


for _list in LISTS:
    blueprint.add_url_rule(f"/api/v1/{_list.path}", _list.path, partial(_listed, _list))


@blueprint.get("/api/v1/things")
def thing() -> Response:
    """What the page of one thing shows, whatever it is: ``?uri=``, and of that ``?fields=``."""
    _only_known({"uri", "fields", "lang"})
    uri = chosen("uri")
    if not is_iri(uri):
        raise BadRequestError("The parameter uri is not an absolute URI.")
    must_hold(uri)

    def document() -> Any:
        return next(found for make in documents.PAGES if (found := make(uri)) is not None).document()

    if not chosen("fields"):
        return conditional(JSON, _dumped(document), [])
    whole = document()
    fields = fields_of(chosen("fields"), whole)
    return conditional(JSON, _dumped(lambda: selected(whole, fields)), [])


def _dumped(document: Callable[[], Any]) -> Callable[[], str]:
    return lambda: dumped(document())


def _only_known(names: set[str]) -> None:
    """A parameter that nobody reads, or a second value of one, would be an answer to another question.

    Raises:
        BadRequestError: there is one.
    """
    if repeated := [name for name, values in request.args.lists() if len(values) > 1]:
        raise BadRequestError(f"The parameter {repeated[0]!r} is there twice.")
    if unknown := [name for name in request.args if name not in names]:
        raise BadRequestError(f"There is no parameter {unknown[0]!r} here: they are {', '.join(sorted(names))}.")


def _word(name: str, words: tuple[str, ...]) -> str:
    """A parameter that has few values, "" if absent.

    Raises:
        BadRequestError: another value.
    """
    value = request.args.get(name)
    if value is not None and value not in words:
        raise BadRequestError(f"The parameter {name} is one of {', '.join(words)}.")
    return value or ""


def _cursor() -> str:
    value = request.args.get("after", "")
    if len(value) > CURSOR:
        raise BadRequestError("The parameter after is longer than any that a list gives.")
    return value
