"""JSON Schema (draft-07, 2019-09, 2020-12) in JSON or YAML: an information model with object types and code lists.

Reads: one document. Writes: one catalogue with one model. What the schema calls itself (`$id`) is the model's URI, and
pointers into it name its elements; else both are minted from the catalogue's id.
"""

import re
from dataclasses import replace

from importers.base import Batch, ImportOptions, Source
from importers.minting import file_stem, slug
from importers.models.catalogue import ModelCatalogue, open_model, read_within_limits
from importers.models.documents import read_document
from importers.models.references import References
from importers.models.schema_reader import SchemaReader, words_of
from importers.skos.grouping import id_of_iri
from ontologies.namespaces import MODELLDCATNO

_SAMPLE = 65_536
_DIALECT = re.compile(r"[\"']?\$schema[\"']?\s*:\s*[\"']?https?://json-schema\.org/", re.IGNORECASE)
_MEMBERS = re.compile(r'"(?:\$defs|definitions|properties)"\s*:\s*\{')
_NOT_SCHEMAS = ('"@context"', '"openapi"', '"swagger"', '"anbefaltTerm"', '"prefLabel"')


class JsonSchema:
    """Schemas of JSON documents."""

    name = "json-schema"
    title = "JSON Schema (draft-07, 2019-09, 2020-12)"

    def recognises(self, source: Source) -> bool:
        """Whether the source names a dialect of JSON Schema, or is JSON with the members that schemas have."""
        sample = source.head(_SAMPLE).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
        if sample.startswith(("<", "@")):
            return False
        if _DIALECT.search(sample):
            return True
        is_other = any(mark in sample for mark in _NOT_SCHEMAS)
        return sample.startswith("{") and not is_other and '"type"' in sample and bool(_MEMBERS.search(sample))

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue with one model.

        Raises:
            UnreadableSourceError: the source is no schema that can be read.
        """
        document = read_document(source)
        own = document.get("$id", document.get("id"))
        uri = own if isinstance(own, str) and own.startswith(("http://", "https://")) else ""
        words = words_of(document, slug(file_stem(source.name)))
        identifier = options.catalogue or (id_of_iri(uri) if uri else slug(words.title) or words.identifier)
        catalogue = ModelCatalogue(source, options, self.name, identifier)
        builder = open_model(catalogue, replace(words, identifier=uri or identifier), uri)
        references = References(document, uri)
        reader = SchemaReader(builder, references)
        with read_within_limits(source):
            reader.read((), words.identifier, MODELLDCATNO.RootObjectType)
            for key in ("$defs", "definitions"):
                for name in references.at((key,)) or ():
                    reader.read((key, name), name)
        catalogue.note_losses(builder.model, reader.unmapped, reader.not_followed)
        return [catalogue.close(builder)]
