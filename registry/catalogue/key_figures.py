"""The key figures of the register: how many things of each kind, how many disagreements of each severity."""

from dataclasses import asdict, dataclass
from typing import Any

from registry.catalogue.graphs import graphs
from registry.catalogue.queries import ask, count, iri
from registry.harmonisation.listing import counts
from registry.notes import noted
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Counts; `findings` by severity, worst first."""

    concepts: int
    statutory_concepts: int
    definitions: int
    catalogues: int
    acts: int
    models: int
    datasets: int
    services: int
    findings: dict[str, int]

    @property
    def empty(self) -> bool:
        """Whether the register holds nothing yet."""
        return not self.catalogues and not self.acts

    @property
    def disagreements(self) -> int:
        """Findings that are more than information."""
        return sum(number for severity, number in self.findings.items() if severity != "information")

    @property
    def serious(self) -> int:
        """Findings of the two gravest severities."""
        return self.findings["critical"] + self.findings["major"]

    def as_json(self) -> dict[str, Any]:
        """Every figure."""
        return {
            "concepts": self.concepts,
            "statutoryConcepts": self.statutory_concepts,
            "definitions": self.definitions,
            "catalogues": self.catalogues,
            "acts": self.acts,
            "informationModels": self.models,
            "datasets": self.datasets,
            "dataServices": self.services,
            "findings": self.findings,
        }


@noted("key-figures", asdict, lambda note: KeyFigures(**note))
def key_figures(reader: Reader) -> KeyFigures:
    """The figures of this generation."""
    things = {iri(row, "kind"): count(row, "things") for row in ask(reader, "key_figures")}
    return KeyFigures(
        concepts=things.get("concepts", 0),
        statutory_concepts=things.get("statutoryConcepts", 0),
        definitions=things.get("definitions", 0),
        catalogues=sum(info.kind == "catalogue" for info in graphs(reader).values()),
        acts=sum(info.kind == "law" for info in graphs(reader).values()),
        models=things.get("models", 0),
        datasets=things.get("datasets", 0),
        services=things.get("services", 0),
        findings=counts(reader),
    )
