"""A JSON-LD context by itself: the terms that it gives short names to as a model, and its prefixes.

Reads: an object with nothing but ``@context``. Writes: one catalogue with one model. Contexts that it refers to are not
fetched.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode

from importers.base import Batch, ImportOptions, Source
from importers.concepts.values import to_iri
from importers.minting import file_stem, slug
from importers.models.builder import ANY_NUMBER, Limits, ModelBuilder, Target, Words
from importers.models.catalogue import ModelCatalogue, open_model
from importers.models.documents import read_document
from ontologies.namespaces import MODELLDCATNO, RDF, RDFS, SH, XSD

_LARGEST = 2**20
_START = re.compile(rb'\s*(?:\xef\xbb\xbf)?\s*\{\s*"@context"\s*:')
_NAMESPACE_ENDS = ("/", "#", ":", "?", "=")


class JsonLdContext:
    """Contexts of JSON-LD."""

    name = "json-ld-context"
    title = "JSON-LD contexts"

    def recognises(self, source: Source) -> bool:
        """Whether the source is an object that begins with a context and says nothing beside it."""
        if source.size > _LARGEST or not _START.match(source.head(200)):
            return False
        try:
            document = json.loads(source.data.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            return False
        return isinstance(document, dict) and document.keys() == {"@context"}

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue with one model.

        Raises:
            UnreadableSourceError: the source is no JSON.
        """
        document = read_document(source)
        stem = file_stem(source.name)
        identifier = options.catalogue or slug(stem) or "context"
        catalogue = ModelCatalogue(source, options, self.name, identifier)
        builder = open_model(catalogue, Words(identifier, stem))
        not_followed: dict[str, None] = {}
        owner = builder.element(("terms",), MODELLDCATNO.RootObjectType, Words("terms", stem))
        for context in _contexts(document.get("@context"), not_followed):
            prefixes = {name: text for name, value in context.items() if (text := _namespace(value))}
            for name, value in context.items():
                if name in prefixes:
                    _prefix(builder, name, prefixes[name])
                elif not name.startswith("@"):
                    _term(builder, owner, name, value if isinstance(value, Mapping) else {"@id": value}, prefixes)
        catalogue.note_losses(builder.model, {}, not_followed)
        return [catalogue.close(builder)]


def _contexts(value: Any, not_followed: dict[str, None]) -> Iterator[Mapping[str, Any]]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            yield one
        elif isinstance(one, str):
            not_followed[one] = None


def _namespace(value: Any) -> str:
    """The namespace that a prefix stands for, "" where the value is a term."""
    if isinstance(value, Mapping):
        return str(value.get("@id", "")) if value.get("@prefix") is True else ""
    return value if isinstance(value, str) and value.endswith(_NAMESPACE_ENDS) and to_iri(value) else ""


def _prefix(builder: ModelBuilder, name: str, namespace: str) -> None:
    node = builder.names.minted(("prefixes", name))
    builder.add(builder.model, SH.declare, node)
    builder.add(node, RDF.type, SH.PrefixDeclaration)
    builder.add(node, SH.prefix, Literal(name))
    builder.add(node, SH.namespace, Literal(namespace, datatype=XSD.anyURI))


def _term(
    builder: ModelBuilder, owner: NamedNode, name: str, said: Mapping[str, Any], prefixes: Mapping[str, str]
) -> None:
    """A class where the name begins with a capital letter, else a property."""
    meant = _expanded(said.get("@id"), prefixes)
    if name[:1].isupper():
        node = builder.element((name,), MODELLDCATNO.ObjectType, Words(name))
    else:
        node = builder.names.of(("terms", name))
        written = said.get("@type")
        kind = MODELLDCATNO.Role if written in {"@id", "@vocab"} else MODELLDCATNO.Attribute
        container = said.get("@container")
        several = bool({"@list", "@set"} & set(container if isinstance(container, list) else [container]))
        datatype = _expanded(written, prefixes)
        targets = []
        if datatype is not None:
            local = datatype.value.replace("#", "/").rpartition("/")[2]
            targets = [Target(MODELLDCATNO.hasSimpleType, builder.simple_type(local, datatype))]
        limits = Limits(0, ANY_NUMBER) if several else None
        builder.property(owner, node, kind, Words(name), limits=limits, targets=targets)
    if meant is not None:
        builder.add(node, RDFS.seeAlso, meant)


def _expanded(written: Any, prefixes: Mapping[str, str]) -> NamedNode | None:
    """An IRI written out; None for keywords and what is no IRI."""
    if not isinstance(written, str) or written.startswith("@"):
        return None
    prefix, _, name = written.partition(":")
    return to_iri(prefixes[prefix] + name if prefix in prefixes and not name.startswith("//") else written)
