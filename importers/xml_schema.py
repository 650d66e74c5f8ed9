"""XML Schema (XSD 1.0 and 1.1): an information model with object types, code lists and simple types.

Reads: one schema; nothing that it includes or imports is fetched, and no entity is expanded. Writes: one catalogue with
one model, whose parts are named below ``{base}/information-models/{catalogue}``.
"""

import re

from lxml import etree

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.minting import file_stem, slug
from importers.models.builder import Words
from importers.models.catalogue import ModelCatalogue, open_model, read_within_limits
from importers.models.xsd_reader import XS, XsdReader, documentation
from importers.rdf.syntaxes import root_element
from importers.report import Where
from importers.skos.grouping import id_of_iri

_SAMPLE = 65_536
_NAMESPACE = re.compile(r"""=\s*["']http://www\.w3\.org/2001/XMLSchema["']""")


class XmlSchema:
    """Schemas of XML documents."""

    name = "xml-schema"
    title = "XML Schema (XSD)"

    def recognises(self, source: Source) -> bool:
        """Whether the root element is that of a schema."""
        sample = source.head(_SAMPLE).decode("utf-8", "replace").lstrip("\ufeff")
        return root_element(sample).rpartition(":")[2] == "schema" and bool(_NAMESPACE.search(sample))

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue with one model.

        Raises:
            UnreadableSourceError: the source is not well-formed, declares entities, or is no schema.
        """
        schema = _parsed(source)
        namespace = schema.get("targetNamespace", "")
        stem = file_stem(source.name)
        identifier = options.catalogue or (id_of_iri(namespace) if "//" in namespace else "") or slug(stem) or "schema"
        catalogue = ModelCatalogue(source, options, self.name, identifier)
        words = Words(namespace or identifier, stem, " ".join(text for text, _ in documentation(schema)))
        builder = open_model(catalogue, words)
        reader = XsdReader(builder, schema)
        with read_within_limits(source):
            reader.read()
        catalogue.note_losses(builder.model, reader.unmapped, reader.not_followed)
        return [catalogue.close(builder)]


def _parsed(source: Source) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        where = Where(source.name, line=line, column=column)
        raise UnreadableSourceError(f"The markup cannot be parsed: {error.msg}.", where, "Mend it there.") from error
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in source.data:
        message = "The schema declares entities, which are not expanded."
        raise UnreadableSourceError(message, Where(source.name), "Write out what they stand for.")
    if root.tag != f"{XS}schema":
        raise UnreadableSourceError("The document is no XML schema.", Where(source.name), "Send the schema itself.")
    return root
