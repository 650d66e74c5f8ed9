"""Whether a graph holds already what arrives: line by line as text, long before anything is made of a triple.

What is imported again is mostly what is there. Both sides are written by the same engine in the same way, so that equal
lines are equal triples; lines that differ may still be, such as numbers that the store rewrites, and are looked at by
whoever compares triples.
"""

from pyoxigraph import NamedNode

from registry.arrivals import Arrival
from sparql.store import Reader


def is_held(reader: Reader, graph: NamedNode, arrival: Arrival) -> bool:
    """Whether the graph holds these very lines and no others; then the records of the report are `unchanged`."""
    report = arrival.batch.report
    count = reader.graphs().get(graph.value)
    if not count or not report.records or report.partial:
        return False
    lines = {line for portion in arrival.portions() for line in portion.splitlines()}
    if len(lines) != count or not lines.issuperset(reader.n_triples(graph).splitlines()):
        return False
    subjects = {line.partition(b" ")[0] for line in lines}
    for record in report.records:
        if record.status == "stored" and f"<{record.subject}>".encode() in subjects:
            record.status = "unchanged"
    return True
