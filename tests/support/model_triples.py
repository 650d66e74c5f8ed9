"""What an importer said of a model, for tests: by the ends of IRIs, which are short."""

from collections import Counter
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from importers.base import Batch, ImportOptions, Source
from importers.reading import read_source
from ontologies.namespaces import RDF
from ontologies.profiles import prefixed

OPTIONS = ImportOptions("https://register.example", catalogue="prove", publisher="999000009")


def read_one(name: str, text: str, options: ImportOptions = OPTIONS) -> Batch:
    """The one batch of a source."""
    (batch,) = read_source(Source(name, text.encode()), options)
    return batch


def said(batch: Batch, base: str) -> set[tuple[str, str, str]]:
    """Every statement about what `base` begins the IRI of: subject, property with prefix, value."""
    return {
        (triple.subject.value.removeprefix(base), prefixed(triple.predicate), _short(triple.object, base))
        for triple in batch.triples
        if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(base)
    }


def kinds(batch: Batch) -> Counter[str]:
    """How many things there are of each class."""
    return Counter(prefixed(one.object) for one in batch.triples if one.predicate == RDF.type and _named(one.object))


def codes(batch: Batch) -> set[str]:
    """The codes of all issues."""
    issues: Iterable = [*batch.report.issues, *(one for record in batch.report.records for one in record.issues)]
    return {one.code for one in issues}


def _named(term: object) -> bool:
    return isinstance(term, NamedNode)


def _short(term: object, base: str) -> str:
    if isinstance(term, Literal):
        return term.value
    return prefixed(term).removeprefix(base) if isinstance(term, NamedNode) else str(term)
