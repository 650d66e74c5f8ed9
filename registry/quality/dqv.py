"""Measurements as RDF, by the Data Quality Vocabulary: what was measured of which thing, by which metric.

Metrics are named ``https://w3id.org/samsvar/quality#{kind}.{indicator}``; ``{kind}.share`` is the share of all tested
points. Values are shares from 0 to 1, but for ``{kind}.{indicator}`` of one thing, which are points.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DQV, RDF, SKOS, XSD, Namespace
from registry.quality.indicators import Indicator
from registry.quality.measuring import Row
from registry.quality.scoring import KINDS, Kind, Score

QUALITY = Namespace("https://w3id.org/samsvar/quality#")
"""Metrics and dimensions of the register's measurements."""


def of_thing(score: Score, base: str) -> Iterator[Triple]:
    """One thing: the points of each indicator that is tested, the share of all points, and the metrics themselves."""
    kind = score.kind
    for result in score.results:
        if result.share is not None:
            name = f"{kind.code}.{result.indicator.code}"
            yield from _measurement(score.thing, name, result.points, base)
            yield from metric(kind, result.indicator)
    yield from _measurement(score.thing, f"{kind.code}.share", round(score.share, 4), base)


def of_organisations(rows: Iterable[Row], base: str) -> Iterator[Triple]:
    """Organisations: the share of all tested points that the descriptions of one kind have."""
    for row in rows:
        if row.organisation:
            yield from _measurement(NamedNode(row.organisation), f"{row.kind}.share", round(row.share, 4), base)


def of_catalogue(graph: NamedNode, rows: Iterable[Row], base: str) -> Iterator[Triple]:
    """A catalogue: the share of every indicator over its descriptions of one kind, and of all points."""
    kinds = {kind.code: kind for kind in KINDS}
    for row in rows:
        for indicator in kinds[row.kind].indicators:
            share = row.passing(indicator.code)
            if share is not None:
                yield from _measurement(graph, f"{row.kind}.{indicator.code}", round(share, 4), base)
                yield from metric(kinds[row.kind], indicator)
        yield from _measurement(graph, f"{row.kind}.share", round(row.share, 4), base)


def metric(kind: Kind, indicator: Indicator) -> Iterator[Triple]:
    """What an indicator is."""
    node = QUALITY[f"{kind.code}.{indicator.code}"]
    yield Triple(node, RDF.type, DQV.Metric)
    yield Triple(node, DQV.inDimension, QUALITY[indicator.dimension])
    for language, name in indicator.name.items():
        yield Triple(node, SKOS.prefLabel, Literal(name, language=language))


def _measurement(thing: NamedNode, name: str, value: float, base: str) -> Iterator[Triple]:
    node = NamedNode(f"{base}/quality/measurements/{name}?of={_escaped(thing.value)}")
    yield Triple(node, RDF.type, DQV.QualityMeasurement)
    yield Triple(node, DQV.computedOn, thing)
    yield Triple(node, DQV.isMeasurementOf, QUALITY[name])
    yield Triple(node, DQV.value, Literal(str(value), datatype=XSD.decimal))


def _escaped(iri: str) -> str:
    return iri.replace("%", "%25").replace("#", "%23").replace("&", "%26").replace("+", "%2B")
