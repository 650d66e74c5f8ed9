"""A large catalogue read record by record, with what cannot be read so put together and read like any other file."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import IO, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, serialize

from importers.base import Batch, ImportOptions
from importers.issues import ISSUES
from importers.large.records import Blocks, ScatteredError, Triples, gathered, streamed, triples_of
from importers.large.shapes import Shapes
from importers.large.statements import Statements
from importers.large.text import Text, looked_over
from importers.large.values import Marks
from importers.large.whole import ReadWholeError
from importers.minting import organisation_number
from importers.rdf.journal import Journal
from importers.rdf.nesting import DEEPEST
from importers.rdf.places import lines_of_pieces
from importers.rdf.reports import Written
from importers.rdf.terms import TermCleaner
from importers.rdf.triples import Node, TripleIndex
from importers.report import Issue, RecordReport, Where
from importers.skos.definitions import DEFINITION_LINKS
from importers.skos.grouping import publisher_of
from importers.skos.labels import OLD_LABELS
from importers.skos.publishers import PUBLISHING, normalise_publishers, organisation_of
from importers.skos.relations import OLD_RELATIONS
from importers.skos.texts import is_untidy
from importers.skos.things import Things, find_things, owners
from importers.skos_ap_no import catalogues, document_iri, normalise
from ontologies.namespaces import DCT, RDF, SKOS

_TRIED: Final = 1_000
"""Records after which half of them must have been in order, or the file is read as a whole."""
_FOLLOWED: Final = frozenset({*DEFINITION_LINKS, *OLD_LABELS, *OLD_RELATIONS, *PUBLISHING, DCT.temporal})
"""Properties whose value is read, and may be changed, together with what has it."""


@dataclass(slots=True)
class Read:
    """What came of a pass over a file: records in order are written already, the rest waits.

    `issues` are those of each record in order, by its place among the file's subjects; `places` are those of the rest.
    """

    statements: Statements
    blocks: Blocks
    issues: list[tuple[int, str, list[Issue]]] = field(default_factory=list)
    rest: list[Quad] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    organisations: dict[NamedNode, NamedNode] = field(default_factory=dict)


def read_large(path: Path, name: str, options: ImportOptions, output: IO[bytes]) -> Batch:
    """The one catalogue of a file, without triples: they are written to `output` as N-Triples.

    Raises:
        ReadWholeError: the file cannot be read record by record.
    """
    text = looked_over(path)
    try:
        read = _pass(text, name, options, output, Blocks(labelled=text.labelled))
    except ScatteredError:
        output.seek(0)
        output.truncate()
        read = _pass(text, name, options, output, None)
    return _finished(text, read, name, options, output)


def _pass(text: Text, name: str, options: ImportOptions, output: IO[bytes], blocks: Blocks | None) -> Read:
    """One pass over the file, its blocks all gathered first if none are given."""
    read = Read(Statements(text.path, text.syntax), blocks or Blocks())
    subjects = streamed if blocks else gathered
    alone = _Alone(name, options)
    marks = Marks(alone.cleaner())
    shapes = Shapes(marks, alone.issues, options.uri_base)
    for number, subject in enumerate(subjects(read.statements, read.blocks), start=1):
        _take(read, subject, shapes, output)
        if number == _TRIED and len(read.issues) * 2 < number:
            raise ReadWholeError
    if len(read.blocks.by_subject) > DEEPEST:
        raise ReadWholeError
    _put_aside(read, list(read.blocks.by_subject))
    read.organisations = marks.organisations
    return read


def _take(read: Read, subject: str, shapes: Shapes, output: IO[bytes]) -> None:
    found = shapes.in_order(subject, read.blocks)
    if found is None:
        nodes = read.blocks.reachable(subject)
        if len(nodes) > DEEPEST:
            raise ReadWholeError
        _put_aside(read, nodes)
        return
    block = read.blocks.take(found.nodes, for_good=True)[0]
    output.write("\n".join((*found.lines, "")).encode())
    read.issues.append((block.place, subject[1:-1], found.issues))


def _put_aside(read: Read, nodes: Iterable[str]) -> None:
    nodes = list(nodes)
    for node, block in zip(nodes, read.blocks.take(nodes, for_good=False), strict=True):
        read.rest += block.quads
        read.places.setdefault(node, block.place)


@dataclass(frozen=True, slots=True)
class _Alone:
    """Reads single records of a file as if each were a file of its own."""

    name: str
    options: ImportOptions

    def cleaner(self, journal: Journal | None = None) -> TermCleaner:
        return TermCleaner(journal or Journal(self.name), document_iri(self.name, self.options))

    def issues(self, subject: str, triples: Triples) -> list[Issue] | None:
        """What is said of the record; None if reading it changes anything, or says it of something else."""
        journal = Journal(self.name)
        index = self.cleaner(journal).clean(triples)
        if journal.nodes() or journal.of_file or set(index) != set(triples):
            return None
        things = find_things(index, journal)
        concept = NamedNode(subject)
        if things.records != (concept,) or things.holders or things.plain:
            return None
        normalise(index, things, self.options, journal)
        if set(index) != set(triples):
            return None
        normalise_publishers(index, journal)  # gives other IRIs to organisations and to nothing else
        if not {concept}.issuperset(journal.nodes()):
            return None
        return journal.issues(concept)


def _finished(text: Text, read: Read, name: str, options: ImportOptions, output: IO[bytes]) -> Batch:
    journal = Journal(name)
    if read.statements.named:
        journal.note_file("named-graphs-merged")
    cleaner = _Alone(name, options).cleaner(journal)
    index = cleaner.clean(triples_of(read.rest))
    read.rest.clear()
    index.described_elsewhere(read.blocks.gone)
    things = find_things(index, journal)
    _check(index, things, options, journal)
    made = catalogues(index, things, options, journal, read.organisations)
    names = chain((iri for _, iri, _ in read.issues), made.names)
    lines = cleaner.found_as_written(names, lambda iris: lines_of_pieces(text.pieces, iris))
    (batch,) = made.batches(Written(text.syntax, lines), journal)
    batch.report.records[:] = _in_order(batch.report.records, read, name, lines)
    output.write(serialize(batch.triples, format=RdfFormat.N_TRIPLES) or b"")
    return replace(batch, triples=())


def _check(index: TripleIndex, things: Things, options: ImportOptions, journal: Journal) -> None:
    """Whether the rest means the same without the records that are in order.

    Raises:
        ReadWholeError: it may not.
    """
    holders = [each for each in things.holders if isinstance(each, NamedNode)]
    one = len(holders) == 1 and (options.publisher or publisher_of(index, holders[0]))
    named = any(isinstance(each, BlankNode) for each in things.records)
    if things.others or not one or named or index.says_any((RDF.first,)) or index.of_type(SKOS.ConceptScheme):
        raise ReadWholeError
    for subject in index.subjects():
        for predicate in _FOLLOWED.intersection(index.about(subject)):
            if any(node in index and not index.about(node) for node in index.nodes(subject, predicate)):
                raise ReadWholeError
    roots = {*things.records, *things.holders}
    noted = set(journal.nodes())
    for node in owners(index, [each for each in index.subjects() if isinstance(each, NamedNode) and each not in roots]):
        if node in noted or _is_worked_on(index, node):
            raise ReadWholeError


def _is_worked_on(index: TripleIndex, node: Node) -> bool:
    """Whether the record that a node belongs to would be told of it, or may be known by its number."""
    literals = [value for values in index.about(node).values() for value in values if isinstance(value, Literal)]
    if any(map(is_untidy, literals)):
        return True
    numbered = any(organisation_number(each.value) for each in index.literals(node, DCT.identifier))
    return numbered and isinstance(node, NamedNode) and organisation_of(node.value) is None


def _in_order(records: list[RecordReport], read: Read, name: str, lines: dict[str, int]) -> Iterable[RecordReport]:
    """All records as they come in the file.

    Raises:
        ReadWholeError: one of the rest has got another name, so that nobody knows its place.
    """
    try:
        placed = [(read.places[f"<{record.subject}>"], record) for record in records if record.status == "stored"]
    except KeyError as error:
        raise ReadWholeError from error
    for place, iri, issues in read.issues:
        repaired = any(ISSUES[one.code].repairs for one in issues)
        placed.append((place, RecordReport(iri, "stored", Where(name, line=lines.get(iri)), issues, repaired=repaired)))
    placed.sort(key=lambda each: each[0])
    return [record for _, record in placed] + [record for record in records if record.status != "stored"]
