"""By what findings can be chosen and counted: each facet's values, and which rows of the finding table have each.

Reads: the finding table, and what facets concepts and graphs have of themselves (facets_of_things.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from registry.catalogue.facets_of_things import values_of_things
from registry.catalogue.graphs import graphs
from registry.catalogue.organisations import organisation_number
from registry.catalogue.per_generation import per_generation
from registry.harmonisation.finding_table import FindingRow, finding_table
from registry.settling.states import states
from sparql.store import Reader

FACETS = ("severity", "kind", "catalogue", "publisher", "ministry", "area", "source", "event", "service", "state")
"""In the order of the page. `catalogue` is a catalogue, an act or a regulation; `source` an act of the EU."""
Sets = dict[str, frozenset[int]]
"""The numbers of rows by value."""


@dataclass(frozen=True, slots=True)
class Facets:
    """For each facet its values with their rows; the row numbers of everything."""

    rows: tuple[FindingRow, ...]
    sets: Mapping[str, Sets]

    def chosen(self, choices: Mapping[str, str], about: frozenset[int] | None = None) -> frozenset[int]:
        """The rows that every choice lets through ("" is no choice); `about` holds them to those of a word."""
        found = [self.sets[facet].get(value, frozenset()) for facet, value in choices.items() if value]
        found += [about] if about is not None else []
        return frozenset.intersection(*found) if found else frozenset(range(len(self.rows)))

    def counts(self, facet: str, among: frozenset[int]) -> dict[str, int]:
        """How many of some rows each value of a facet has; values that have none are left out."""
        found = {value: len(rows & among) for value, rows in self.sets[facet].items()}
        return {value: number for value, number in found.items() if number}


@per_generation
def facets(reader: Reader) -> Facets:
    """The facets of this generation's findings."""
    rows = finding_table(reader).rows
    values = _Values(reader, rows)
    found: dict[str, defaultdict[str, set[int]]] = {facet: defaultdict(set) for facet in FACETS}
    for number, row in enumerate(rows):
        for facet, value in values.of(row):
            found[facet][value].add(number)
    return Facets(
        rows, {facet: {value: frozenset(has) for value, has in sets.items()} for facet, sets in found.items()}
    )


class _Values:
    """The facets and values of a finding."""

    def __init__(self, reader: Reader, rows: tuple[FindingRow, ...]) -> None:
        self._states = states(reader, rows)
        self._of_things = values_of_things(reader)
        self._identifiers = {uri: info.identifier for uri, info in graphs(reader).items()}

    def of(self, row: FindingRow) -> Iterator[tuple[str, str]]:
        """Each facet with each of its values that the finding has."""
        yield "severity", row.severity
        yield "state", self._states.get(row.uri, "open")
        yield from (("kind", kind) for kind in row.kinds)
        yield from (("publisher", organisation_number(uri) or uri) for uri in row.publishers if uri)
        yield from (("catalogue", self._identifiers[graph]) for graph in row.catalogues if graph in self._identifiers)
        for thing in (*row.concepts, *row.catalogues):
            yield from self._of_things.get(thing, ())
