"""What OpenAPI says of the lists: made of the lists themselves."""

from registry.api.held_lists import LISTS
from registry.api.lists import ApiList
from registry.api.operations import LANG, Operation, Parameter, json_of, size, word
from registry.api.schemas import NUMBER, TEXT, Schema, list_of, members, one_of, properties_of
from registry.catalogue.texts import LANGUAGES

_LISTS = "Lists"
_CURSOR: Schema = {"type": "string", "maxLength": 4_000}


def list_operations() -> tuple[Operation, ...]:
    """One for each list."""
    return tuple(map(_operation, LISTS))


def _operation(listed: ApiList) -> Operation:
    item = {"title": listed.item, "type": "object", "properties": {**properties_of(listed.item)}}
    shape = members(items=list_of(item), total=NUMBER, after=TEXT, next=TEXT)
    return Operation(
        "get",
        f"/api/v1/{listed.path}",
        f"list_{listed.path.replace('-', '_')}",
        _LISTS,
        listed.what,
        (*_filters(listed), *_common(listed)),
        answers=json_of(shape),
    )


def _filters(listed: ApiList) -> tuple[Parameter, ...]:
    return tuple(
        word(each.name, each.what, *each.words) if each.words else Parameter(each.name, each.what)
        for each in listed.filters
    )


def _common(listed: ApiList) -> tuple[Parameter, ...]:
    known = list(properties_of(listed.item))
    fields = {"type": "array", "items": {"enum": known, "type": "string"}}
    return (
        Parameter("sort", "the order; backwards behind a hyphen", one_of(*listed.sorts)),
        size(100, 1_000),
        Parameter("after", "where to go on: what the page before says as `after`", _CURSOR),
        Parameter("fields", "the members that an item is to have, with commas between", fields, commas=True),
        word("language", "texts in this language alone, or the next that there is, in place of all", *LANGUAGES),
        LANG,
    )
