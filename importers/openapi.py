"""OpenAPI 3.0 and 3.1 in JSON or YAML: an API with its operations, and its schemas as an information model.

Reads: one document. Writes: one catalogue with one ``dcat:DataService`` and the model that it conforms to. References
are followed within the document only. What the API does is said in the register's own terms (`samsvar:Operation`).
"""

import re

from pyoxigraph import NamedNode

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.minting import file_stem, slug
from importers.models.api_description import describe_api, members, text
from importers.models.builder import Words
from importers.models.catalogue import ModelCatalogue, open_model, read_within_limits
from importers.models.documents import read_document
from importers.models.operations import OperationReader
from importers.models.references import References
from importers.models.schema_reader import SchemaReader
from importers.report import Where

_SAMPLE = 65_536
_MARK = re.compile(r"""(?:^|[{,]\s*)["']?(?:openapi|swagger)["']?\s*:\s*["']?\d""", re.MULTILINE)
_VERSION = re.compile(r"3\.[01](?:\.\d+)?(?:-\S+)?")


class OpenApi:
    """Descriptions of APIs."""

    name = "openapi"
    title = "OpenAPI 3.0 and 3.1 (JSON, YAML)"

    def recognises(self, source: Source) -> bool:
        """Whether the source says which version of OpenAPI it is."""
        sample = source.head(_SAMPLE).decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
        if sample.startswith(("<", "@", "[")) or '"@context"' in sample:
            return False
        return bool(_MARK.search(sample)) and "info" in sample

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue with one API and its model.

        Raises:
            UnreadableSourceError: the source cannot be read, or is of another version than 3.0 and 3.1.
        """
        document = read_document(source)
        version = text(document, "openapi") or text(document, "swagger")
        if not _VERSION.fullmatch(version):
            message = f"The API is described in OpenAPI {version or 'of no version'}; 3.0 and 3.1 can be read."
            raise UnreadableSourceError(message, Where(source.name, line=1), "Convert it to OpenAPI 3.1.")
        info = members(document.get("info"))
        title = text(info, "title") or file_stem(source.name)
        identifier = options.catalogue or slug(title) or slug(file_stem(source.name)) or "api"
        catalogue = ModelCatalogue(source, options, self.name, identifier)
        builder = open_model(catalogue, Words(identifier, title, text(info, "description")))
        service = NamedNode(f"{options.uri_base}/data-services/{identifier}")
        describe_api(catalogue, builder, service, document)
        references = References(document)
        schemas = SchemaReader(builder, references)
        with read_within_limits(source):
            for name in members(members(document.get("components")).get("schemas")):
                schemas.read(("components", "schemas", name), name)
            OperationReader(builder, schemas, references, service).read(document)
        catalogue.note_losses(builder.model, schemas.unmapped, schemas.not_followed)
        return [catalogue.close(builder)]
