"""The things that could say which concept they mean: parts of models, parameters of APIs, datasets."""

from collections import Counter
from dataclasses import dataclass
from importlib.resources import files

from pyoxigraph import NamedNode

from ontologies.namespaces import DCT, MODELLDCATNO, ORGANISATION, SAMSVAR, SKOS
from registry.catalogue.graphs import GraphInfo, graphs
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import grouped, iri, values
from registry.catalogue.texts import Texts, texts_of
from registry.linking.labels import written_out
from sparql.store import Reader, Row

KINDS = ("objectType", "attribute", "role", "codeList", "code", "parameter", "dataset")
"""In the order of lists. Simple types and data types mean no concept."""
_QUERY = files(__package__).joinpath("things.rq").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in a catalogue that means a concept, or should.

    `words` are what it goes by: its titles, of a dataset its keywords too. `holder` is the element or operation that it
    is a part of, `model` the model; IRIs, "" for none. `owner` is the IRI of who publishes it. `linked`: the catalogue
    itself, or an accepted link, says the concept.
    """

    uri: str
    kind: str
    graph: str
    words: Texts
    holder: str
    model: str
    owner: str
    linked: bool

    @property
    def owner_number(self) -> str:
        """The owner's nine digits, "" where it is not one of the national register."""
        return self.owner.removeprefix(ORGANISATION.iri) if self.owner in ORGANISATION else ""


@per_generation
def things(reader: Reader) -> dict[str, Thing]:
    """Every such thing of every catalogue, by its IRI, in a stable order."""
    held, known = _Links(reader), graphs(reader)
    rows = [row for row in reader.select(_QUERY) if _of_catalogue(known, row)]
    rows.sort(key=lambda row: (KINDS.index(iri(row, "kind")), iri(row, "graph"), iri(row, "thing")))
    return {uri: held.thing(uri, found, known) for uri, found in grouped(rows, "thing").items()}


def _of_catalogue(known: dict[str, GraphInfo], row: Row) -> bool:
    info = known.get(iri(row, "graph"))
    return info is not None and info.kind == "catalogue"


@per_generation
def holders_of_names(reader: Reader) -> Counter[str]:
    """Name, written out, to how many different things have a part of that name (or, of keywords, are about it)."""
    held = things(reader)
    pairs = {
        (written_out(word.value), _name(held.get(each.holder)) or each.uri)
        for each in held.values()
        for word in each.words
    }
    return Counter(name for name, _ in pairs)


def _name(thing: Thing | None) -> str:
    return written_out(thing.words[0].value) if thing and thing.words else ""


class _Links:
    """Who holds what, read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._linked = {quad.subject for quad in reader.quads(None, DCT.subject) if isinstance(quad.object, NamedNode)}
        self._holders = self._inverse(MODELLDCATNO.hasProperty) | self._inverse(SAMSVAR.hasParameter)
        self._models = self._inverse(MODELLDCATNO.containsModelElement) | self._inverse(SAMSVAR.hasOperation)
        self._publishers = {
            quad.subject.value: quad.object.value
            for quad in reader.quads(None, DCT.publisher)
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
        }

    def thing(self, uri: str, rows: list[Row], known: dict[str, GraphInfo]) -> Thing:
        kind, graph = iri(rows[0], "kind"), iri(rows[0], "graph")
        publisher = known[graph].publisher
        holder = self._holders.get(uri, "") or (self._scheme(NamedNode(uri)) if kind == "code" else "")
        model = self._models.get(holder or uri, "")
        return Thing(
            uri=uri,
            kind=kind,
            graph=graph,
            words=texts_of(word for word in values(rows, "word") if getattr(word, "value", "").strip()),
            holder=holder,
            model=model,
            owner=self._publishers.get(uri) or self._publishers.get(model) or (publisher.uri if publisher else ""),
            linked=NamedNode(uri) in self._linked,
        )

    def _scheme(self, node: NamedNode) -> str:
        return next((getattr(quad.object, "value", "") for quad in self._reader.quads(node, SKOS.inScheme)), "")

    def _inverse(self, predicate: NamedNode) -> dict[str, str]:
        return {
            quad.object.value: quad.subject.value
            for quad in self._reader.quads(None, predicate)
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
        }
