"""An information model as JSON Schema 2020-12: object types as objects, code lists as enumerations."""

from typing import Any, Final

from ontologies.namespaces import MODELLDCATNO, XSD
from registry.exporting.models import ExportedElement, ExportedModel, ExportedProperty

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TYPES: Final = {
    **{
        name: {"type": "integer"}
        for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")
    },
    **{name: {"type": "number"} for name in ("decimal", "double", "float")},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "dateTime": {"type": "string", "format": "date-time"},
    "time": {"type": "string", "format": "time"},
    "duration": {"type": "string", "format": "duration"},
    "anyURI": {"type": "string", "format": "uri"},
}
_FACETS: Final = {
    "minLength": "minLength", "maxLength": "maxLength", "pattern": "pattern", "minInclusive": "minimum",
    "maxInclusive": "maximum", "minExclusive": "exclusiveMinimum", "maxExclusive": "exclusiveMaximum",
}  # fmt: skip


def json_schema(model: ExportedModel) -> dict[str, Any]:
    """The model as one schema; its elements stand in `$defs`, the one root object type is the schema itself."""
    names = _names(model)
    roots = [one for one in model.elements.values() if MODELLDCATNO.RootObjectType.value in one.kinds]
    schema: dict[str, Any] = {"$schema": DIALECT, "$id": model.iri, "title": model.title}
    schema |= {"description": model.description} if model.description else {}
    if len(roots) == 1:
        schema["$ref"] = _reference(names[roots[0].iri])
    schema["$defs"] = {names[one.iri]: _schema(one, names) for one in model.elements.values()}
    return schema


def _names(model: ExportedModel) -> dict[str, str]:
    """What each element is called in `$defs`; of several with one name the later ones get a number."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for one in model.elements.values():
        name = next(
            candidate for candidate in (one.name, *(f"{one.name}-{n}" for n in range(2, len(model.elements) + 2)))
            if candidate not in taken
        )  # fmt: skip
        taken.add(name)
        names[one.iri] = name
    return names


def _schema(element: ExportedElement, names: dict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {"description": element.description} if element.description else {}
    said |= {"x-concept": element.concept} if element.concept else {}
    if MODELLDCATNO.CodeList.value in element.kinds:
        return {**said, "enum": list(element.codes)} if element.codes else {**said, "type": "string"}
    if MODELLDCATNO.SimpleType.value in element.kinds:
        return {**said, **_simple(element)}
    named = [one for one in element.properties if one.kind not in _APART]
    said |= {"type": "object", "properties": {one.name: _value(one, names) for one in named}}
    if required := [one.name for one in named if one.least]:
        said["required"] = required
    for kind, keyword in ((MODELLDCATNO.Specialization.value, "allOf"), (MODELLDCATNO.Choice.value, "oneOf")):
        targets = [target for one in element.properties if one.kind == kind for target in one.targets]
        if options := [{"$ref": _reference(names[target])} for target in targets if target in names]:
            said[keyword] = options
    return said


_APART: Final = {MODELLDCATNO.Specialization.value, MODELLDCATNO.Choice.value}


def _value(one: ExportedProperty, names: dict[str, str]) -> dict[str, Any]:
    referred = [{"$ref": _reference(names[target])} for target in one.targets if target in names]
    schema: dict[str, Any] = referred[0] if len(referred) == 1 else {"anyOf": referred} if referred else {}
    schema = schema | ({"x-concept": one.concept} if one.concept else {})
    if one.most in {"", "1"}:
        return schema
    array: dict[str, Any] = {"type": "array", "items": schema}
    array |= {"minItems": one.least} if one.least else {}
    return array | ({"maxItems": int(one.most)} if one.most.isdecimal() else {})


def _simple(element: ExportedElement) -> dict[str, Any]:
    local = element.definition.removeprefix(XSD.iri)
    schema = dict(_TYPES.get(local, {"type": "string"}))
    for facet, value in element.facets:
        if (keyword := _FACETS.get(facet.removeprefix(XSD.iri))) is not None:
            schema[keyword] = value if keyword == "pattern" else _number(value)
    return schema


def _number(text: str) -> Any:
    try:
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    except ValueError:
        return text


def _reference(name: str) -> str:
    return "#/$defs/" + name.replace("~", "~0").replace("/", "~1")
