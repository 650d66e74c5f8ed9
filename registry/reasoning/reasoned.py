"""What is known of the logic of one model: the plain contradictions, and what HermiT answered when it was asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from ontologies.hermit import ReasonerError
from ontologies.namespaces import MODELLDCATNO, RDF
from registry.exporting.models import ExportedModel, exported_model
from registry.quality.keeping import states
from registry.reasoning.classifying import unsatisfiable
from registry.reasoning.contradictions import Contradiction, contradictions
from registry.reasoning.keeping import HermitAnswer, ReasonedStore, now
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Reasoned:
    """The contradictions of a model; `hermit` is None where HermiT was not asked of the model as it is."""

    model: ExportedModel
    plain: tuple[Contradiction, ...]
    hermit: HermitAnswer | None

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The plain ones, and then the classes that only HermiT finds."""
        plain = {each.element for each in self.plain}
        found = self.hermit.unsatisfiable if self.hermit else ()
        return (*self.plain, *(Contradiction("unsatisfiable", iri) for iri in found if iri not in plain))

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        return {
            "uri": self.model.iri,
            "title": self.model.title,
            "elements": len(self.model.elements),
            "contradictions": [each.as_json() for each in self.contradictions],
            "hermit": self.hermit.as_json() if self.hermit else None,
        }


def models_of(reader: Reader) -> Iterator[str]:
    """The IRIs of all information models."""
    found = {quad.subject for quad in reader.quads(None, RDF.type, MODELLDCATNO.InformationModel)}
    yield from sorted(node.value for node in found if isinstance(node, NamedNode))


def reasoned(reader: Reader, store: ReasonedStore, uri: str) -> Reasoned | None:
    """What is known of a model, HermiT's last answer included; None for what is no model."""
    model = exported_model(reader, uri)
    if model is None:
        return None
    kept = store.get(uri)
    return Reasoned(model, contradictions(reader, model), kept if kept and kept.state == _state(reader, uri) else None)


def ask_hermit(reader: Reader, store: ReasonedStore, model: ExportedModel) -> HermitAnswer:
    """Asks HermiT of a model as it is, and keeps the answer."""
    state = _state(reader, model.iri)
    try:
        classes = tuple(each.element for each in unsatisfiable(reader, model))
        answer = HermitAnswer(now(), state, classes)
    except ReasonerError as error:
        answer = HermitAnswer(now(), state, refused=str(error))
    store.put(model.iri, answer)
    return answer


def _state(reader: Reader, uri: str) -> str:
    """Which state of its graphs a model is in."""
    known = states(reader)
    held = reader.quads(NamedNode(uri), RDF.type, MODELLDCATNO.InformationModel)
    graphs = sorted({getattr(quad.graph_name, "value", "") for quad in held})
    return " ".join(f"{graph}@{known.get(graph, '')}" for graph in graphs)
