"""The register's own shapes run by pyshacl: slow, and the same answers as `conformance`, to which a test holds both."""

import logging
from dataclasses import dataclass
from typing import Any

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from ontologies.shapes import PROFILES, Level, shapes_file

_LEVELS: dict[Any, Level] = {SH.Violation: "acceptable", SH.Warning: "publishable", SH.Info: "conformant"}


@dataclass(frozen=True, slots=True)
class ShaclResult:
    """One thing of a validation report: the thing, the level that it misses, and the shape's messages by language."""

    thing: str
    level: Level
    message: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return {"uri": self.thing, "level": self.level, "message": self.message}


def results(n_triples: bytes) -> list[ShaclResult]:
    """What SHACL finds in a graph by the shapes of every profile; several values of one fault are one."""
    import pyshacl  # noqa: PLC0415 - half a second, and wanted by nobody else

    logging.getLogger("rdflib").setLevel(logging.ERROR)  # it tells of every value that is no date
    data = Graph().parse(data=n_triples, format="nt")
    shapes = Graph()
    for profile in PROFILES:
        shapes.parse(data=shapes_file(profile), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    found = {_result(report, node) for node in report.subjects(RDF.type, SH.ValidationResult)}
    return [ShaclResult(thing, level, dict(message)) for thing, level, message in sorted(found)]


def _result(report: Any, node: Any) -> tuple[str, Level, tuple[tuple[str, str], ...]]:
    severity = report.value(node, SH.resultSeverity)
    messages = sorted((each.language or "", str(each)) for each in report.objects(node, SH.resultMessage))
    thing = report.value(node, SH.focusNode)
    return str(thing) if isinstance(thing, URIRef) else "", _LEVELS[severity], tuple(messages)
