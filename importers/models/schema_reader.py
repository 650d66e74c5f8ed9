"""JSON Schema to elements of a model: objects become object types, enumerations code lists, the rest simple types.

Each schema becomes an element once, whatever points at it, so that schemas that contain themselves come to an end.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import NamedNode

from importers.concepts.values import to_iri
from importers.models.builder import ANY_NUMBER, Limits, ModelBuilder, Target, Words
from importers.models.naming import Pointer
from importers.models.references import References, is_only_reference
from importers.models.simple_types import FACET_NAMES, SIMPLE, definition_of, facets, type_name
from ontologies.namespaces import MODELLDCATNO

CONCEPT = "x-concept"
"""The member in which a schema says which concept it means, by its IRI."""
_CHOICES = ("oneOf", "anyOf")
_MOST_STEPS = 100
_KINDS = {
    MODELLDCATNO.contains: MODELLDCATNO.Composition,
    MODELLDCATNO.hasObjectType: MODELLDCATNO.Role,
}
"""What kind of property points with which of the profile's; any other is an attribute."""
_KNOWN = FACET_NAMES | {
    "$schema", "$id", "$ref", "$defs", "$anchor", "definitions", "type", "format", "title", "description", "properties",
    "required", "items", "enum", "const", "allOf", "oneOf", "anyOf", "minItems", "maxItems", "nullable",
    "additionalProperties", "patternProperties", "$comment", CONCEPT,
}  # fmt: skip


class SchemaReader:
    """Reads the schemas of one document into a builder. `unmapped` counts keywords that the profile has no place for.

    `not_followed` are references that lead out of the document or in a circle.
    """

    def __init__(self, builder: ModelBuilder, references: References) -> None:
        self._builder = builder
        self._references = references
        self._targets: dict[Pointer, Target | None] = {}
        self._waiting: list[tuple[Pointer, NamedNode]] = []
        self.unmapped: Counter[str] = Counter()
        self.not_followed: dict[str, None] = {}

    def read(self, pointer: Pointer, name: str, kind: NamedNode = MODELLDCATNO.ObjectType) -> Target | None:
        """The element that the schema at a pointer becomes, and all that it needs."""
        target = self._target(pointer, name, kind)
        while self._waiting:
            self._properties(*self._waiting.pop())
        return target

    def _target(self, pointer: Pointer, name: str, kind: NamedNode = MODELLDCATNO.ObjectType) -> Target | None:
        """What a property points at whose schema stands at a pointer; None where that says nothing."""
        schema = self._references.at(pointer)
        if isinstance(schema, Mapping) and is_only_reference(schema):
            return self._referred(schema["$ref"])
        if pointer in self._targets:
            return self._targets[pointer]
        if (only := only_option(schema)) and _is_inline(pointer):
            return self._target((*pointer, *only), name)
        self._targets[pointer] = None
        made = self._element(pointer, schema, name, kind) if isinstance(schema, Mapping) else None
        self._targets[pointer] = made
        return made

    def _name(self, pointer: Pointer) -> NamedNode:
        return self._builder.names.of(pointer)

    def _referred(self, reference: str) -> Target | None:
        pointer = self._references.pointer(reference)
        end = self._references.followed(pointer) if pointer is not None else None
        if end is not None:
            target = self._target(end, end[-1] if end else "")
            is_object = target is not None and target.predicate == MODELLDCATNO.contains
            return Target(MODELLDCATNO.hasObjectType, target.node) if target and is_object else target
        self.not_followed[reference] = None
        outside = to_iri(self._references.absolute(reference)) if pointer is None else None
        return Target(MODELLDCATNO.hasType, outside) if outside else None

    def _element(self, pointer: Pointer, schema: Mapping[str, Any], name: str, kind: NamedNode) -> Target | None:
        self.unmapped.update(key for key in schema if key not in _KNOWN)
        words, place = words_of(schema, name), (*pointer, "type") if _is_inline(pointer) else pointer
        if isinstance(codes := _codes(schema), list):
            return self._code_list(place, codes, words)
        if is_object(schema):
            node = self._builder.element(place, kind, words)
            self._waiting.append((pointer, node))
            return Target(MODELLDCATNO.contains, node)
        form = kind_of(schema)
        if form == "array":
            return self._target((*pointer, "items"), name)
        if form not in SIMPLE:
            return None
        restricted = list(facets(schema))
        shared = type_name(schema, form)
        if _is_inline(pointer) and not restricted:
            return Target(MODELLDCATNO.hasSimpleType, self._builder.simple_type(shared, definition_of(shared, form)))
        node = self._builder.element(place, MODELLDCATNO.SimpleType, words)
        self._builder.add(node, MODELLDCATNO.typeDefinitionReference, definition_of(shared, form))
        for facet, value in restricted:
            self._builder.add(node, facet, value)
        return Target(MODELLDCATNO.hasSimpleType, node)

    def _code_list(self, pointer: Pointer, codes: list[Any], words: Words) -> Target:
        node = self._builder.element(pointer, MODELLDCATNO.CodeList, words)
        for code in codes:
            if code is not None:
                notation = code if isinstance(code, str) else str(code).lower()
                place = self._name((*pointer, "enum", notation))
                self._builder.code(node, place, notation, Words(notation, notation))
        return Target(MODELLDCATNO.hasValueFrom, node)

    def _properties(self, pointer: Pointer, owner: NamedNode) -> None:
        """The properties of an object type, those that it takes over, and the choices that it has."""
        schema = self._references.at(pointer)
        required = {name for name in _list(schema.get("required")) if isinstance(name, str)}
        for name in _mapping(schema.get("properties")):
            self._property(owner, (*pointer, "properties", name), name, required)
        for key in ("patternProperties", "additionalProperties"):
            for place, name in _open_properties(schema, key):
                self._property(owner, (*pointer, *place), name, set(), many=True)
        for number, part in enumerate(_list(schema.get("allOf"))):
            place = (*pointer, "allOf", str(number))
            if is_only_reference(part):
                self._general(owner, place)
            elif isinstance(part, Mapping):
                self.unmapped.update(key for key in part if key not in _KNOWN)
                self._properties(place, owner)
        for choice in _CHOICES:
            self._choice(owner, (*pointer, choice), _list(schema.get(choice)))

    def _property(
        self, owner: NamedNode, pointer: Pointer, name: str, required: set[str], *, many: bool = False
    ) -> None:
        schema = self._references.at(pointer)
        target = self._target(pointer, name)
        kind = _KINDS.get(target.predicate, MODELLDCATNO.Attribute) if target else MODELLDCATNO.Attribute
        own = schema if isinstance(schema, Mapping) else {}
        required_here = name in required and not may_be_null(own)
        limits = Limits(0, ANY_NUMBER) if many else limits_of(self._meant(pointer), required=required_here)
        targets = [target] if target is not None else []
        words = words_of(own, name)
        self._builder.property(owner, self._name(pointer), kind, words, limits=limits, targets=targets)

    def _meant(self, pointer: Pointer) -> Mapping[str, Any]:
        """The schema at a pointer, or that which it only refers to, or the only one that it lets choose."""
        for _ in range(_MOST_STEPS):
            schema = self._references.at(pointer)
            if is_only_reference(schema):
                following = self._references.pointer(schema["$ref"])
            else:
                following = (*pointer, *only) if (only := only_option(schema)) else None
            if following is None:
                return _mapping(schema)
            pointer = following
        return {}

    def _general(self, owner: NamedNode, pointer: Pointer) -> None:
        """A specialisation; it is called what it leads to, since ``allOf`` gives it a number only."""
        target = self._target(pointer, "")
        targets = [Target(MODELLDCATNO.hasGeneralConcept, target.node)] if target else []
        words = Words("", target.node.value.rpartition("/")[2] if target else "")
        self._builder.property(owner, self._name(pointer), MODELLDCATNO.Specialization, words, targets=targets)

    def _choice(self, owner: NamedNode, pointer: Pointer, options: list[Any]) -> None:
        found = [self._target((*pointer, str(number)), f"{pointer[-1]}-{number + 1}") for number in range(len(options))]
        targets = [Target(MODELLDCATNO.hasSome, target.node) for target in found if target is not None]
        if targets:
            self._builder.property(owner, self._name(pointer), MODELLDCATNO.Choice, Words(pointer[-1]), targets=targets)


def words_of(schema: Mapping[str, Any], name: str) -> Words:
    """What a schema is called, and which concept it means."""
    title, description, concept = (schema.get(key) for key in ("title", "description", CONCEPT))
    return Words(
        name,
        title if isinstance(title, str) else "",
        description if isinstance(description, str) else "",
        to_iri(concept) if isinstance(concept, str) else None,
    )


def limits_of(schema: Mapping[str, Any], *, required: bool) -> Limits:
    """How often a property may stand."""
    least = int(required and not may_be_null(schema))
    if kind_of(schema) != "array":
        return Limits(least)
    fewest, most = schema.get("minItems"), schema.get("maxItems")
    return Limits(fewest if least and isinstance(fewest, int) else 0, most if isinstance(most, int) else ANY_NUMBER)


def may_be_null(schema: Mapping[str, Any]) -> bool:
    """Whether a property may be there without a value."""
    options = [option for choice in _CHOICES for option in _list(schema.get(choice))]
    return schema.get("nullable") is True or "null" in _list(schema.get("type")) or {"type": "null"} in options


def only_option(schema: Any) -> Pointer:
    """Where the only schema stands that one chooses from (null apart) or adds words to; () where there are more."""
    if not isinstance(schema, Mapping) or "properties" in schema:
        return ()
    for key in (*_CHOICES, "allOf"):
        options = _list(schema.get(key))
        left = [str(place) for place, option in enumerate(options) if option != {"type": "null"}]
        if len(left) == 1:
            return key, left[0]
    return ()


def kind_of(schema: Mapping[str, Any]) -> str:
    """The type of a schema that has one besides null; told from its other keywords where it names none."""
    written = schema.get("type")
    kinds = [kind for kind in _list(written) if kind != "null"] if isinstance(written, list) else [written]
    if len(kinds) == 1 and isinstance(kinds[0], str):
        return kinds[0]
    if "items" in schema:
        return "array"
    return "string" if "format" in schema or "pattern" in schema else ""


def is_object(schema: Mapping[str, Any]) -> bool:
    """Whether what a schema describes has properties."""
    if kind_of(schema) in {*SIMPLE, "array"}:
        return False
    return kind_of(schema) == "object" or not schema.keys().isdisjoint({"properties", "allOf", *_CHOICES})


def _is_inline(pointer: Pointer) -> bool:
    """Whether a schema stands where it is used, rather than under a name of its own."""
    return len(pointer) > 1 and pointer[-2] not in {"$defs", "definitions", "schemas"}


def _codes(schema: Mapping[str, Any]) -> list[Any] | None:
    codes = schema.get("enum", [schema["const"]] if "const" in schema else None)
    return codes if isinstance(codes, list) and not any(isinstance(code, dict | list) for code in codes) else None


def _open_properties(schema: Mapping[str, Any], key: str) -> Iterator[tuple[Pointer, str]]:
    """Properties whose names the schema leaves open, with what stands for the name."""
    found = schema.get(key)
    if key == "additionalProperties" and isinstance(found, Mapping) and found:
        yield (key,), "*"
    elif key == "patternProperties":
        yield from (((key, pattern), pattern) for pattern in _mapping(found))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
