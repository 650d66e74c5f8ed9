"""The catalogue that a model, and an API with it, goes to; what it lacks, and what of its source has no place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from pyoxigraph import Literal, NamedNode, Triple

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.issues import issue
from importers.minting import organisation_iri
from importers.models.builder import ModelBuilder, Words
from importers.models.naming import Names
from importers.report import ImportReport, Issue, RecordReport, Where
from ontologies.namespaces import DCAT, DCT, MODELLDCATNO, RDF
from ontologies.profiles import broken

_LISTED = {MODELLDCATNO.InformationModel: MODELLDCATNO.model, DCAT.DataService: DCAT.service}
"""Classes of records, and how a catalogue lists them."""


@dataclass(slots=True)
class ModelCatalogue:
    """A catalogue as it is being made of one source. `form` is the importer's name, `identifier` the catalogue's id."""

    source: Source
    options: ImportOptions
    form: str
    identifier: str
    issues: list[Issue] = field(default_factory=list)
    _noted: dict[NamedNode, list[Issue]] = field(default_factory=dict)

    @property
    def node(self) -> NamedNode:
        """What stands for the catalogue."""
        return NamedNode(f"{self.options.uri_base}/catalogues/{self.identifier}")

    @property
    def publisher(self) -> NamedNode | None:
        """The organisation that the caller names."""
        return organisation_iri(self.options.publisher or "")

    def note(self, record: NamedNode, code: str, value: str) -> None:
        """Notes an issue of a record."""
        self._noted.setdefault(record, []).append(issue(code, value, Where(self.source.name)))

    def note_losses(self, record: NamedNode, unmapped: Mapping[str, int], not_followed: Iterable[str]) -> None:
        """Notes what of the source has no place in a model, and the references that were not followed."""
        where = Where(self.source.name)
        for name, number in Counter(unmapped).items():
            message = f"“{name}” ({number} times) has no place in ModellDCAT-AP-NO and is not stored."
            self._noted.setdefault(record, []).append(issue("unmapped-field", name, where, message=message))
        for reference in not_followed:
            self.note(record, "reference-not-followed", reference)

    def close(self, builder: ModelBuilder, further: Iterable[Triple] = ()) -> Batch:
        """The batch of all that was made."""
        triples = dict.fromkeys((*builder.triples, *further))
        said: dict[NamedNode, Counter[NamedNode]] = {}
        for triple in triples:
            if isinstance(triple.subject, NamedNode):
                said.setdefault(triple.subject, Counter())[triple.predicate] += 1
        records = [one for one in triples if one.predicate == RDF.type and one.object in _LISTED]
        report = ImportReport(self.identifier, self.source.name, self.form, issues=self.issues)
        title = ""
        for one in records:
            subject, kind = one.subject, one.object
            if isinstance(subject, NamedNode) and isinstance(kind, NamedNode):
                report.records.append(self._record(subject, kind, said[subject]))
                triples[Triple(self.node, _LISTED[kind], subject)] = None
                title = title or _title(triples, subject)
        triples |= dict.fromkeys(self._own(title))
        publisher = self.publisher.value if self.publisher else ""
        return Batch(self.identifier, "catalogue", title, publisher, tuple(triples), report)

    def _record(self, subject: NamedNode, kind: NamedNode, said: Counter[NamedNode]) -> RecordReport:
        where = Where(self.source.name)
        lacking = [
            issue(one.code, "" if one.code == "publisher-missing" else one.name, where)
            for one in broken(kind, lambda wanted: said[wanted])
        ]
        return RecordReport(subject.value, "stored", where, [*self._noted.get(subject, ()), *lacking])

    def _own(self, title: str) -> Iterator[Triple]:
        yield Triple(self.node, RDF.type, DCAT.Catalog)
        if title:
            yield Triple(self.node, DCT.title, Literal(title))
        if self.publisher is not None:
            yield Triple(self.node, DCT.publisher, self.publisher)


def open_model(catalogue: ModelCatalogue, words: Words, uri: str = "") -> ModelBuilder:
    """A builder for the catalogue's model; `uri` is the model's own URI where it has one."""
    base = f"{catalogue.options.uri_base}/information-models/{catalogue.identifier}"
    own = urldefrag(uri)[0]
    model = NamedNode(own or base)
    builder = ModelBuilder(model, Names(base, own), Names(base))
    builder.describe(model, MODELLDCATNO.InformationModel, words)
    if catalogue.publisher is not None:
        builder.add(model, DCT.publisher, catalogue.publisher)
    return builder


@contextmanager
def read_within_limits(source: Source) -> Iterator[None]:
    """What is nested, or leads on and on, without end ends with a sentence."""
    try:
        yield
    except RecursionError as error:
        message = "Its schemas stand within one another, or refer to one another, more often than any real ones do."
        raise UnreadableSourceError(message, Where(source.name), "Write them flatter.") from error


def _title(triples: Iterable[Triple], subject: NamedNode) -> str:
    titles = (one.object for one in triples if one.subject == subject and one.predicate == DCT.title)
    return next((title.value for title in titles if isinstance(title, Literal)), "")
