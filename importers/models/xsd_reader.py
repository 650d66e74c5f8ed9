"""XSD to elements of a model: complex types become object types, enumerations code lists, other simple types those.

What a schema includes or imports is not fetched; its own groups are written out where they are used.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from pyoxigraph import Literal, NamedNode

from importers.languages import language_tag
from importers.models.builder import ANY_NUMBER, Limits, ModelBuilder, Target, Words
from importers.models.naming import Pointer
from importers.models.xsd_types import SimpleTypes
from ontologies.namespaces import DCT, MODELLDCATNO, XSD

XS = f"{{{XSD.iri.rstrip('#')}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_GROUPS = {"sequence", "all", "choice"}
_PASSED_OVER = {"annotation", "attribute", "attributeGroup", "simpleContent", "complexContent", "element", "group"}
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class _Place:
    """Where particles stand: the element that has them, and how often the groups around them may come."""

    owner: NamedNode
    pointer: Pointer
    least: int = 1
    many: bool = False


class XsdReader:
    """Reads one schema into a builder. `unmapped` counts what the profile has no place for; see `SchemaReader`."""

    def __init__(self, builder: ModelBuilder, schema: etree._Element) -> None:
        self._builder = builder
        self._schema = schema
        self._global = {
            (local(one), name): one
            for one in _elements(schema)
            if (name := one.get("name")) and local(one) != "notation"
        }
        self._made: dict[tuple[str, str], Target | None] = {}
        self._waiting: list[tuple[etree._Element, _Place]] = []
        self.unmapped: Counter[str] = Counter()
        self.not_followed: dict[str, None] = {}
        self._simple = SimpleTypes(builder, self.unmapped, self._type)

    def read(self) -> None:
        """Every named type and element of the schema."""
        for one in _elements(self._schema):
            if local(one) in {"include", "import", "redefine", "override"}:
                self.not_followed[one.get("schemaLocation") or one.get("namespace") or local(one)] = None
        for kind, name in list(self._global):
            if kind in {"complexType", "simpleType", "element"}:
                self._named(kind, name)
        while self._waiting:
            self._content(*self._waiting.pop())

    def _named(self, kind: str, name: str) -> Target | None:
        key = kind, name
        if key not in self._made:
            self._made[key] = None
            self._made[key] = self._make(self._global[key], kind, name)
        return self._made[key]

    def _make(self, one: etree._Element, kind: str, name: str) -> Target | None:
        if kind == "simpleType":
            return self._simple.named(one, (name,), name)
        if kind == "complexType":
            return self._object(one, (name,), name, MODELLDCATNO.ObjectType)
        inline, written = _first(one, "complexType"), one.get("type")
        if inline is not None:
            target = self._object(inline, ("element", name), name, MODELLDCATNO.RootObjectType)
            self._document(target.node, one)
            return target
        general = self._type(one, written) if written else self._inline_simple(one, ("element", name), name)
        if general is None or general.predicate != MODELLDCATNO.hasObjectType:
            return general
        node = self._builder.element(("element", name), MODELLDCATNO.RootObjectType, Words(name))
        self._document(node, one)
        self._specialise(node, ("element", name), general)
        return Target(MODELLDCATNO.hasObjectType, node)

    def _object(self, one: etree._Element, pointer: Pointer, name: str, kind: NamedNode) -> Target:
        node = self._builder.element(pointer, kind, Words(name))
        self._document(node, one)
        self._waiting.append((one, _Place(node, pointer)))
        return Target(MODELLDCATNO.hasObjectType, node)

    def _content(self, one: etree._Element, place: _Place) -> None:
        """The properties of a complex type: what it extends, its particles, its attributes."""
        for wrapped in (*_children(one, "complexContent"), *_children(one, "simpleContent")):
            for derived in (*_children(wrapped, "extension"), *_children(wrapped, "restriction")):
                base = self._type(derived, derived.get("base", ""))
                if base is not None and base.predicate == MODELLDCATNO.hasObjectType:
                    self._specialise(place.owner, place.pointer, base)
                elif base is not None:
                    self._property(place, "value", derived, base)
                self._content(derived, place)
        self._particles(one, place, 0)
        self._attributes(one, place, 0)

    def _specialise(self, owner: NamedNode, pointer: Pointer, general: Target) -> None:
        node = self._builder.names.of((*pointer, "extension"))
        targets = [Target(MODELLDCATNO.hasGeneralConcept, general.node)]
        self._builder.property(owner, node, MODELLDCATNO.Specialization, Words(""), targets=targets)

    def _particles(self, one: etree._Element, place: _Place, depth: int) -> None:
        for child in _elements(one):
            kind = local(child)
            if kind in _GROUPS and depth < _DEEPEST:
                self._particles(child, _within(child, place), depth + 1)
            elif kind == "group" and (known := self._global.get(("group", _plain(child.get("ref", ""))))) is not None:
                if depth < _DEEPEST:
                    self._particles(known, _within(child, place), depth + 1)
            elif kind == "element":
                self._element(child, place)
            elif kind not in _PASSED_OVER:
                self.unmapped[f"xs:{kind}"] += 1

    def _element(self, one: etree._Element, place: _Place) -> None:
        reference = one.get("ref")
        name = one.get("name") or _plain(reference or "")
        pointer = (*place.pointer, name)
        if reference is not None:
            known = ("element", name) in self._global and _is_own(one, reference)
            target = self._named("element", name) if known else None
            if not known:
                self.not_followed[reference] = None
        elif (inline := _first(one, "complexType")) is not None:
            node = self._object(inline, (*pointer, "type"), name, MODELLDCATNO.ObjectType).node
            target = Target(MODELLDCATNO.contains, node)
        else:
            written = one.get("type")
            target = self._type(one, written) if written else self._inline_simple(one, pointer, name)
        limits = _limits(one)
        many = place.many or limits.most == ANY_NUMBER
        at_all = Limits(limits.least if place.least else 0, ANY_NUMBER if many else limits.most)
        self._property(place, name, one, target, at_all)

    def _attributes(self, one: etree._Element, place: _Place, depth: int) -> None:
        for child in _elements(one):
            kind = local(child)
            if kind == "attribute" and child.get("use") != "prohibited":
                name = child.get("name") or _plain(child.get("ref", ""))
                written = child.get("type")
                target = (
                    self._type(child, written) if written else self._inline_simple(child, (*place.pointer, name), name)
                )
                self._property(place, name, child, target, Limits(int(child.get("use") == "required")))
            elif kind == "attributeGroup" and depth < _DEEPEST:
                known = self._global.get((kind, _plain(child.get("ref", ""))))
                if known is not None:
                    self._attributes(known, place, depth + 1)

    def _property(
        self, place: _Place, name: str, one: etree._Element, target: Target | None, limits: Limits | None = None
    ) -> None:
        kinds = {MODELLDCATNO.contains: MODELLDCATNO.Composition, MODELLDCATNO.hasObjectType: MODELLDCATNO.Role}
        kind = kinds.get(target.predicate, MODELLDCATNO.Attribute) if target else MODELLDCATNO.Attribute
        node = self._builder.names.of((*place.pointer, name))
        targets = [target] if target else []
        self._builder.property(place.owner, node, kind, Words(name), limits=limits or Limits(1), targets=targets)
        self._document(node, one)

    def _inline_simple(self, one: etree._Element, pointer: Pointer, name: str) -> Target | None:
        inline = _first(one, "simpleType")
        return None if inline is None else self._simple.named(inline, (*pointer, "type"), name)

    def _type(self, one: etree._Element, written: str) -> Target | None:
        """What a type stands for by its name, which is one of XSD, of this schema, or of one that is not here."""
        name = _plain(written)
        if _namespace(one, written) == XSD.iri.rstrip("#"):
            return Target(MODELLDCATNO.hasSimpleType, self._builder.simple_type(name, XSD[name]))
        if _is_own(one, written):
            for kind in ("complexType", "simpleType"):
                if (kind, name) in self._global:
                    return self._named(kind, name)
        self.not_followed[written] = None
        return None

    def _document(self, node: NamedNode, one: etree._Element) -> None:
        """The documentation of a thing as its description, each text in the language that it says."""
        for text, language in documentation(one):
            if language:
                self._builder.add(node, DCT.description, Literal(text, language=language))
            else:
                self._builder.text(node, DCT.description, text)


def documentation(one: etree._Element) -> Iterator[tuple[str, str]]:
    """Texts of the annotation, with the language of each, "" where none is said."""
    for annotation in _children(one, "annotation"):
        for found in _children(annotation, "documentation"):
            if text := " ".join("".join(str(part) for part in found.itertext()).split()):
                written = found.get(_LANG)
                yield text, language_tag(written) if written else ""


def local(one: etree._Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(one).localname


def _elements(one: etree._Element) -> list[etree._Element]:
    """Children that are of XSD; comments and others are none."""
    return [child for child in one if isinstance(child.tag, str) and child.tag.startswith(XS)]


def _children(one: etree._Element, name: str) -> list[etree._Element]:
    return one.findall(f"{XS}{name}")


def _first(one: etree._Element, name: str) -> etree._Element | None:
    return one.find(f"{XS}{name}")


def _plain(written: str) -> str:
    return written.rpartition(":")[2]


def _namespace(one: etree._Element, written: str) -> str:
    return one.nsmap.get(written.rpartition(":")[0] or None) or ""


def _is_own(one: etree._Element, written: str) -> bool:
    """Whether a name is of this schema: in its namespace, or in none where that has none."""
    schema = one.getroottree().getroot()
    return _namespace(one, written) in {schema.get("targetNamespace", ""), ""}


def _limits(one: etree._Element) -> Limits:
    least, most = one.get("minOccurs", "1"), one.get("maxOccurs", "1")
    return Limits(int(least) if least.isdigit() else 1, int(most) if most.isdigit() else ANY_NUMBER)


def _within(group: etree._Element, place: _Place) -> _Place:
    """What a group around them makes of the particles in it."""
    limits = _limits(group)
    least = 0 if local(group) == "choice" else min(place.least, limits.least)
    return _Place(place.owner, place.pointer, least, place.many or limits.most != 1)
