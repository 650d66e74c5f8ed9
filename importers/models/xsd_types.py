"""Simple types of XSD: enumerations become code lists, the others simple types with what restricts them."""

from collections import Counter
from collections.abc import Callable

from lxml import etree
from pyoxigraph import Literal, NamedNode

from importers.models.builder import ModelBuilder, Target, Words
from importers.models.naming import Pointer
from ontologies.namespaces import MODELLDCATNO, XSD

_FACETS = frozenset(
    {"length", "minLength", "maxLength", "pattern", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive",
     "totalDigits", "fractionDigits"}
)  # fmt: skip
_COUNTED = frozenset({"length", "minLength", "maxLength", "totalDigits", "fractionDigits"})
_XS = f"{{{XSD.iri.rstrip('#')}}}"


class SimpleTypes:
    """Makes simple types in a builder; `type_of` says what a name stands for, `unmapped` counts what has no place."""

    def __init__(
        self, builder: ModelBuilder, unmapped: Counter[str], type_of: Callable[[etree._Element, str], Target | None]
    ) -> None:
        self._builder = builder
        self._unmapped = unmapped
        self._type_of = type_of

    def named(self, one: etree._Element, pointer: Pointer, name: str) -> Target:
        """A simple type, or the code list that it is."""
        texts = one.findall(f"{_XS}annotation/{_XS}documentation")
        words = Words(name, description=" ".join("".join(map(str, text.itertext())) for text in texts))
        restriction = one.find(f"{_XS}restriction")
        codes = [] if restriction is None else restriction.findall(f"{_XS}enumeration")
        if codes:
            return self._code_list(codes, pointer, words)
        node = self._builder.element(pointer, MODELLDCATNO.SimpleType, words)
        self._define(node, restriction)
        for other in ("union", "list"):
            self._unmapped.update([f"xs:{other}"] if one.find(f"{_XS}{other}") is not None else [])
        return Target(MODELLDCATNO.hasSimpleType, node)

    def _code_list(self, codes: list[etree._Element], pointer: Pointer, words: Words) -> Target:
        node = self._builder.element(pointer, MODELLDCATNO.CodeList, words)
        for code in codes:
            notation = code.get("value", "")
            told = code.find(f"{_XS}annotation/{_XS}documentation")
            text = "" if told is None else " ".join("".join(map(str, told.itertext())).split())
            place = self._builder.names.of((*pointer, "enumeration", notation))
            self._builder.code(node, place, notation, Words(notation, notation, text))
        return Target(MODELLDCATNO.hasValueFrom, node)

    def _define(self, node: NamedNode, restriction: etree._Element | None) -> None:
        """What the type is derived from, and what restricts it further."""
        if restriction is None:
            self._builder.add(node, MODELLDCATNO.typeDefinitionReference, XSD.anySimpleType)
            return
        base = self._type_of(restriction, restriction.get("base", "")) if restriction.get("base") else None
        if base is not None:
            definition = XSD[restriction.get("base", "").rpartition(":")[2]]
            own = restriction.nsmap.get(restriction.get("base", "").rpartition(":")[0] or None)
            is_of_xsd = own == XSD.iri.rstrip("#")
            self._builder.add(node, MODELLDCATNO.typeDefinitionReference, definition if is_of_xsd else base.node)
        for facet in restriction:
            name = etree.QName(facet).localname if isinstance(facet.tag, str) else ""
            if name in _FACETS:
                written = facet.get("value", "")
                counted = name in _COUNTED and written.isdigit()
                value = Literal(str(int(written)), datatype=XSD.nonNegativeInteger) if counted else Literal(written)
                self._builder.add(node, XSD[name], value)
