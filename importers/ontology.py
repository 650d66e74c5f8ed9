"""Ontologies in OWL and RDFS, in any RDF syntax: kept as they are, and told as an information model as well.

Reads: RDF, mended as any RDF is; what it imports is kept as a statement and never loaded. Writes: the ontology's own
triples, and beside them its classes as elements of a model, with the properties that it says they have.
"""

import re
from dataclasses import replace

from pyoxigraph import BlankNode, NamedNode

from importers.base import Batch, ImportOptions, Source
from importers.minting import file_stem, slug
from importers.models.builder import ModelBuilder
from importers.models.naming import Names
from importers.models.ontology_classes import OntologyModel
from importers.rdf.journal import Journal
from importers.rdf.places import lines_of
from importers.rdf.reports import Written
from importers.rdf.source import statements
from importers.rdf.syntaxes import detect
from importers.rdf.terms import TermCleaner
from importers.skos.grouping import id_of_iri
from importers.skos.things import find_things
from importers.skos_ap_no import catalogues, document_iri
from importers.unreadable import explain_no_statements
from ontologies.namespaces import OWL

_SAMPLE = 65_536
_SIGNS = re.compile(r"owl:(?:Ontology|Class)\b|owl#(?:Ontology|Class)\b|rdfs:Class\b|rdf-schema#Class\b")
_OTHER_RECORDS = re.compile(
    r"\bskos:(?:Concept|Collection)\b|core#(?:Concept|Collection)\b|InformationModel|PublicService"
    r"|dcat[:#](?:Dataset|Catalog|DataService)\b"
)


class Ontology:
    """Ontologies."""

    name = "ontology"
    title = "Ontologies in OWL and RDFS"

    def recognises(self, source: Source) -> bool:
        """Whether the source is RDF that declares classes, and nothing that is a record of another kind."""
        sample = source.head(_SAMPLE).decode("utf-8", "replace").lstrip("\ufeff")
        return bool(_SIGNS.search(sample)) and not _OTHER_RECORDS.search(sample) and detect(sample) is not None

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One catalogue with the ontology and its model.

        Raises:
            UnreadableSourceError: nothing in the source can be read.
        """
        journal = Journal(source.name)
        read = statements(source, journal)
        index = TermCleaner(journal, document_iri(source.name, options)).clean(read.triples)
        if not len(index):
            raise explain_no_statements(source.name, read.syntax.title)
        ontology = next((one for one in index.of_type(OWL.Ontology) if isinstance(one, NamedNode)), None)
        stem = slug(file_stem(source.name)) or "ontology"
        identifier = options.catalogue or (id_of_iri(ontology.value) if ontology else stem)
        base = f"{options.uri_base}/information-models/{identifier}"
        builder = ModelBuilder(ontology or NamedNode(base), Names(base), Names(base))
        OntologyModel(index, builder).describe(file_stem(source.name))
        for triple in builder.triples:
            if isinstance(triple.subject, NamedNode | BlankNode):
                index.add(triple.subject, triple.predicate, triple.object)
        own = replace(options, catalogue=identifier)
        made = catalogues(index, find_things(index, journal), own, journal)
        batches = made.batches(Written(read.syntax, lines_of(read.text, read.syntax, made.names)), journal)
        for batch in batches:
            batch.report.format = f"{self.name} ({read.syntax.title})"
        return batches
