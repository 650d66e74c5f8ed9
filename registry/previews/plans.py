"""The plan of an import: plain data about what it would change."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from importers.report import ImportReport
from registry.arrivals import Arrival
from registry.documents import Rows
from registry.previews.difference import Difference
from registry.previews.outlook import Outlook


@dataclass(frozen=True, slots=True)
class GraphPlan:
    """One graph's part of an import that has not been made.

    `arrival` is what accepting stores, and `stored` says whether it stores anything: not where the graph stays as it is
    for the reason that the report gives, nor where what it becomes follows from the other graphs, as an act that is
    amended. `state` tells what the graph holds now from anything else that it did or will.
    """

    arrival: Arrival
    graph: NamedNode
    state: str
    difference: Difference
    stored: bool = True

    def as_json(self) -> dict[str, Any]:
        """The graph with its difference."""
        batch = self.arrival.batch
        return {
            "graph": self.graph.value,
            "kind": batch.kind,
            "catalogue": batch.catalogue,
            "title": batch.title,
            "counts": self.difference.counts,
            "others": self.difference.others,
            "things": Rows(lambda: (thing.as_json() for thing in self.difference.things)),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """An import that has not been made: its graphs, what would follow, and the reports of acts that it amends."""

    graphs: tuple[GraphPlan, ...]
    outlook: Outlook
    amended: tuple[ImportReport, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The document that a dry run adds to the report."""
        return {"graphs": [each.as_json() for each in self.graphs], **self.outlook.as_rows()}
