"""Triples written as RDF/XML, and originals as comments."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import Literal, Triple

from importers.base import UnreadableSourceError
from importers.rdf.well_known import WELL_KNOWN
from importers.repaired.known import Known
from importers.report import Where
from ontologies.namespaces import RDF, XSD

_LOCAL = re.compile(r"[A-Za-z_][\w.-]*\Z")
_DECLARED = re.compile(r"""\sxmlns:([\w.-]+)\s*=\s*["']([^"'&]*)["']""")
_HYPHENS = re.compile(r"-(?=-)|-\Z")


def comment(codes: str, came: str = "") -> str:
    """A comment with the codes of what was repaired, and how it came. Hyphens that would end it are parted."""
    parts = [codes, f"as it came: {came.strip()}" if came.strip() else ""]
    text = f"samsvar: {'; '.join(filter(None, parts))}"
    return f"<!-- {_HYPHENS.sub('- ', text)} -->"


class ElementWriter:
    """Writes what is said of things with the prefixes that the head of a file declares.

    `plain` says that texts without a language must say so, since what stands around them has one.
    """

    def __init__(self, known: Known, head: str, *, plain: bool) -> None:
        self._known = known
        declared = {iri: prefix for prefix, iri in _DECLARED.findall(head)}
        usual = {iri: prefix for prefix, iri in WELL_KNOWN.items() if prefix not in declared.values()}
        self._prefixes: Mapping[str, str] = declared
        self._usual: Mapping[str, str] = usual
        self._plain = plain

    def description(self, iri: str, inner: str, scope: str = "") -> str:
        """A node with its properties; `scope` are attributes that say how these are read."""
        name, declared = self._name(f"{RDF.iri}Description")
        declared = scope if "xmlns:rdf=" in scope else declared + scope
        about, _ = self._name(f"{RDF.iri}about")
        return f"<{name}{declared} {about}={quoteattr(iri)}>{inner}</{name}>"

    def element(self, triple: Triple, above: tuple[str, ...] = ()) -> str:
        """A property."""
        name, declared = self._name(triple.predicate.value)
        term = triple.object
        iri = str(getattr(term, "value", term))
        if isinstance(term, Literal):
            attributes, inner = self._kind(term), escape(term.value, {"\r": "&#13;"})
        elif not self._known.is_part(iri) or iri in above:
            attributes, inner = self._rdf("resource", iri), ""
        else:
            attributes = self._rdf("parseType", "Resource")
            inner = "".join(self.element(each, (*above, iri)) for each in self._known.said[iri])
        attributes = attributes if declared in attributes else declared + attributes
        return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"

    def _kind(self, term: Literal) -> str:
        if term.language is not None:
            return f' xml:lang="{term.language}"'
        return self._rdf("datatype", term.datatype.value) if self._plain or term.datatype != XSD.string else ""

    def _rdf(self, name: str, value: str) -> str:
        qualified, declared = self._name(RDF.iri + name)
        return f"{declared} {qualified}={quoteattr(value)}"

    def _name(self, iri: str) -> tuple[str, str]:
        """A qualified name, and the declaration that it needs."""
        local = _LOCAL.search(iri)
        if local is None:
            raise UnreadableSourceError(
                f"RDF/XML cannot name the property {iri}.", Where(""), "Send the source as Turtle, and repair that."
            )
        namespace = iri[: local.start()]
        if prefix := self._prefixes.get(namespace):
            return f"{prefix}:{local[0]}", ""
        prefix = self._usual.get(namespace, "samsvar")
        return f"{prefix}:{local[0]}", f" xmlns:{prefix}={quoteattr(namespace)}"
