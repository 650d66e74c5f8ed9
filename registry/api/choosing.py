"""Less of an answer: the members that a client names, and texts in one language in place of all."""

from collections.abc import Collection, Mapping
from typing import Any

from registry.api.schemas import COMPONENTS, Schema
from registry.catalogue.texts import FALLBACK, UNDETERMINED, Language
from registry.errors import BadRequestError

_COMPONENT = "#/components/schemas/"


def fields_of(asked: str, known: Collection[str]) -> tuple[str, ...]:
    """The members that ``fields=`` names, in its order; none where it names none.

    Raises:
        BadRequestError: there is no such member.
    """
    wanted = tuple(dict.fromkeys(filter(None, (name.strip() for name in asked.split(",")))))
    if unknown := [name for name in wanted if name not in known]:
        raise BadRequestError(f"The parameter fields names {unknown[0]!r}: the members are {', '.join(known)}.")
    return wanted


def selected(document: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """The members of a document that are asked for; all where none are."""
    return {name: document[name] for name in fields or document}


def in_language(value: Any, schema: Schema, language: Language) -> Any:
    """The same with one text, or one list of texts, wherever the shape has texts by language."""
    reference = str(schema.get("$ref", ""))
    if reference in (f"{_COMPONENT}Texts", f"{_COMPONENT}TextLists"):
        return _best(value, language, "" if reference.endswith("Texts") else [])
    if reference:
        return in_language(value, COMPONENTS[reference.removeprefix(_COMPONENT)], language)
    if "oneOf" in schema and value is not None:
        return in_language(value, schema["oneOf"][0], language)
    if isinstance(value, list) and "items" in schema:
        return [in_language(each, schema["items"], language) for each in value]
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        return {name: in_language(each, known.get(name, {}), language) for name, each in value.items()}
    return value


def _best(texts: Mapping[str, Any], language: Language, nothing: Any) -> Any:
    """The language's own; else the next of the reader's, what has no language, any."""
    order = (*FALLBACK[language], UNDETERMINED, *texts)
    return next((texts[code] for code in order if code in texts), nothing)
