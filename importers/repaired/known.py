"""What a source was read as: what its repaired form has to say, and which of its things were repaired."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.rdf.triples import TripleIndex
from importers.repair import REPAIRS
from importers.skos_ap_no import RdfImporter
from ontologies.namespaces import OWL, RDF

_OWN_LINKS = "wiki-link"
LOSSES = frozenset({"statement-unreadable", "iri-unreadable", "entry-unreadable", "read-in-part"})
OF_THE_FILE = frozenset({"byte-order-mark", "encoding-assumed", "encoding-mixed", "wrong-suffix", "prefix-undeclared"})
"""Repairs that are about no thing in the file."""


@dataclass(frozen=True, slots=True)
class Known:
    """`said` are the triples as they are stored, by subject; `codes` the repairs of each record.

    `others` says that something else than records was repaired, so that every statement is to be looked at.
    `of_file` are the repairs and losses of the file as a whole.
    """

    triples: AbstractSet[Triple]
    said: Mapping[str, list[Triple]]
    codes: Mapping[str, tuple[str, ...]]
    of_file: tuple[str, ...]
    others: bool
    uri_base: str

    @property
    def of_things(self) -> tuple[str, ...]:
        """The repairs that are told of the file, and are about things in it."""
        return tuple(code for code in self.of_file if code not in OF_THE_FILE)

    def aliases(self, provided: AbstractSet[Triple]) -> Iterator[Triple]:
        """Other IRIs of organisations, which repaired statements no longer have."""
        for triple in sorted(self.triples - provided, key=str):
            if triple.predicate == OWL.sameAs:
                yield triple

    def is_part(self, iri: str) -> bool:
        """Whether the IRI was minted here for a node that the source does not name."""
        return iri in self.said and iri.startswith(
            (f"{self.uri_base}/definitions/", f"{self.uri_base}/sources/", f"{self.uri_base}/nodes/")
        )


def known(batches: Iterable[Batch], uri_base: str) -> Known:
    """What the batches of one source say."""
    batches = list(batches)
    triples = {triple for batch in batches for triple in batch.triples}
    said: dict[str, list[Triple]] = {}
    for triple in sorted(triples, key=str):
        if isinstance(triple.subject, NamedNode):
            said.setdefault(triple.subject.value, []).append(triple)
    codes = {
        record.subject: tuple(dict.fromkeys(one.code for one in record.issues if is_repair(one.code)))
        for batch in batches
        for record in batch.report.records
    }
    of_file = tuple(dict.fromkeys(one.code for batch in batches for one in batch.report.issues if is_repair(one.code)))
    others = bool(set(of_file) - OF_THE_FILE)
    return Known(triples, said, {subject: some for subject, some in codes.items() if some}, of_file, others, uri_base)


def is_repair(code: str) -> bool:
    """Whether what the code says is gone from a repaired file. A wiki's links are the form's own, and stay."""
    return (code in REPAIRS and code != _OWN_LINKS) or code in LOSSES


class PieceReader:
    """Reads pieces of an RDF file by themselves, as the file is read."""

    def __init__(self, name: str, options: ImportOptions, types: Mapping[str, list[Triple]]) -> None:
        self._name = name
        self._options = options
        self._types = types

    def read(self, turtle: str) -> tuple[tuple[str, ...], set[Triple]] | None:
        """The repairs that a piece needs, and its triples; None where nothing of it can be read."""
        try:
            batches = RdfImporter().read(Source(self._name, turtle.encode()), self._options)
        except UnreadableSourceError:
            return None
        issues = [one for batch in batches for one in batch.report.issues]
        issues += [one for batch in batches for record in batch.report.records for one in record.issues]
        codes = tuple(dict.fromkeys(one.code for one in issues if is_repair(one.code)))
        return codes, {triple for batch in batches for triple in batch.triples}

    def types_of(self, subject: str) -> list[str]:
        """The classes of a thing, as N-Triples."""
        return [str(each.object) for each in self._types.get(subject, ()) if each.predicate == RDF.type]


def index_of(triples: Iterable[Triple]) -> TripleIndex:
    """Triples as the importers work with them."""
    return TripleIndex(
        (each.subject, each.predicate, each.object) for each in triples if not isinstance(each.subject, Triple)
    )
