"""Findings as lists need them: what they are ordered, filtered and counted by.

`finding_table` reads those of a whole generation once (a second for 12,000), keeps them and notes them down; after a
small change it reads those that changed, in this process or in one that finds the note. `worst_rows` and `severities`
need no table; `rows_of_concept`, `rows_of_term` and `row_of` look up a few, which costs little in a generation that
nobody has listed yet.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from ontologies.namespaces import SAMSVAR
from registry.catalogue.per_generation import per_generation
from registry.harmonisation.rdf import query
from registry.harmonisation.terms import term_key
from registry.notes import note_down, noted_down
from sparql.store import Published, Reader, Term

_LANGUAGES = ("nb", "en")
"""Whose keys a word is looked for under: bokmål and nynorsk share theirs."""
_SIDES = ("first", "second")
_EVIDENCE = "/evidence/"
_WORST = 50
"""As many as the query of the worst gives."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding: its URI, and of its two sides (the same twice where it is about one definition) IRIs, "" if unknown.

    `kinds` are the codes of its evidence, `keys` those of its term, `catalogues` the graphs that the sides stand in.
    """

    uri: str
    rank: int
    severity: str
    relation: str
    term: str
    keys: tuple[str, ...]
    kinds: tuple[str, ...]
    concepts: tuple[str, str]
    catalogues: tuple[str, str]
    publishers: tuple[str, str]


@dataclass(frozen=True, slots=True)
class FindingTable:
    """All rows, worst first, and the numbers of those with each key."""

    rows: tuple[FindingRow, ...]
    by_key: dict[str, tuple[int, ...]]

    def about(self, term: str) -> frozenset[int]:
        """The numbers of the rows about a word in any spelling or inflection."""
        return frozenset(number for key in _keys(term) for number in self.by_key.get(key, ()))


_NOTE = "findings"
_latest: list[tuple[str, FindingTable]] = []
"""The table that this process made last, with the identity of its generation."""


@per_generation
def finding_table(reader: Reader) -> FindingTable:
    """The findings that the store holds."""
    if not isinstance(reader, Published):
        return _table(_read_whole(reader))
    found = next((table for known in (_latest, _noted(reader)) for table in _followed(reader, known)), None)
    if found is None:
        found = _table(_read_whole(reader))
        note_down(reader, _NOTE, [astuple(row) for row in found.rows])
    _latest[:] = [(reader.identity, found)]
    return found


def _noted(reader: Published) -> Iterator[tuple[str, FindingTable]]:
    """The table that some process read whole last, if it was noted."""
    if note := noted_down(reader, _NOTE):
        with suppress(TypeError):  # another shape than ours
            yield note.identity, _table([_row_of_note(*each) for each in note.content])


def _row_of_note(*values: Any) -> FindingRow:
    tuples: list[Any] = [tuple(each) if isinstance(each, list) else each for each in values]
    return FindingRow(*tuples)


def _followed(reader: Published, known: Iterable[tuple[str, FindingTable]]) -> Iterator[FindingTable]:
    """The table of an earlier generation with what has changed since; none where that is not known."""
    for identity, table in known:
        if (changes := reader.changes_since(identity)) is not None:
            yield _brought_up(reader, table, changes)


def _brought_up(reader: Reader, table: FindingTable, changes: Iterable[Quad]) -> FindingTable:
    subjects = (quad.subject for quad in changes if quad.predicate in _ROW_PROPERTIES)
    touched = {each.value.partition(_EVIDENCE)[0] for each in subjects if isinstance(each, NamedNode)}
    untouched = [row for row in table.rows if row.uri not in touched]
    fresh = [row for uri in touched if (row := row_of(reader, NamedNode(uri)))]
    return _table([*untouched, *fresh]) if fresh or len(untouched) < len(table.rows) else table


def _read_whole(reader: Reader) -> list[FindingRow]:
    columns = {name: _column(reader, name) for name in _COLUMNS}
    kinds: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for evidence, codes in _column(reader, "evidenceKind").items():
        finding, _, place = evidence.rpartition(_EVIDENCE)
        kinds[finding] += [(int(place), code) for code in codes]
    return [
        _row(uri, {name: column[uri] for name, column in columns.items() if uri in column}, kinds.get(uri, ()))
        for uri in columns["severity"]
    ]


def _table(found: Iterable[FindingRow]) -> FindingTable:
    rows = tuple(sorted(found, key=_order))
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for key in row.keys:
            by_key[key].append(number)
    return FindingTable(rows, {key: tuple(numbers) for key, numbers in by_key.items()})


def severities(reader: Reader) -> dict[str, int]:
    """How many findings there are of each severity."""
    rows = reader.select(query("severity_counts"))
    return {_text(row["severity"]): int(_text(row["findings"])) for row in rows if "severity" in row}


def worst_rows(reader: Reader) -> Iterator[FindingRow]:
    """The rows, worst first; the first fifty without making the table."""
    nodes = [row["finding"] for row in reader.select(query("worst_findings"))]
    first = [row for node in nodes if isinstance(node, NamedNode) and (row := row_of(reader, node))]
    yield from first
    if len(nodes) == _WORST:
        yield from finding_table(reader).rows[len(first) :]


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal) else ""


def rows_of_concept(reader: Reader, concept: str) -> list[FindingRow]:
    """The findings in which a concept has a part, worst first."""
    return _looked_up(reader, ((SAMSVAR[f"{side}Concept"], NamedNode(concept)) for side in _SIDES))


def findings_in(reader: Reader, catalogue: str) -> int:
    """In how many findings a catalogue, act or regulation (its graph) has a part."""
    patterns = ((SAMSVAR[f"{side}Catalogue"], NamedNode(catalogue)) for side in _SIDES)
    return len(_found(reader, patterns))


def rows_of_term(reader: Reader, term: str) -> list[FindingRow]:
    """The findings about a word in any spelling or inflection, worst first."""
    return _looked_up(reader, ((SAMSVAR.termKey, Literal(key)) for key in _keys(term)))


def row_of(reader: Reader, finding: NamedNode) -> FindingRow | None:
    """One finding; None where the store has no such one."""
    facts: defaultdict[str, list[str]] = defaultdict(list)
    for quad in reader.quads(subject=finding):
        if quad.predicate.value in SAMSVAR and isinstance(quad.object, NamedNode | Literal):
            facts[quad.predicate.value.rpartition("#")[2]].append(quad.object.value)
    kinds = [
        (int(evidence.rpartition(_EVIDENCE)[2]), quad.object.value)
        for evidence in facts["hasEvidence"]
        for quad in reader.quads(NamedNode(evidence), SAMSVAR.evidenceKind)
        if isinstance(quad.object, Literal)
    ]
    return _row(finding.value, facts, kinds) if facts["severity"] else None


def _looked_up(reader: Reader, patterns: Iterable[tuple[NamedNode, NamedNode | Literal]]) -> list[FindingRow]:
    return sorted((row for node in _found(reader, patterns) if (row := row_of(reader, node))), key=_order)


def _found(reader: Reader, patterns: Iterable[tuple[NamedNode, NamedNode | Literal]]) -> set[NamedNode]:
    """The subjects of any of these statements."""
    return {
        quad.subject
        for predicate, value in patterns
        for quad in reader.quads(predicate=predicate, object=value)
        if isinstance(quad.subject, NamedNode)
    }


_COLUMNS = (
    *("severity", "rank", "relation", "term", "termKey"),
    *(f"{side}{name}" for side in _SIDES for name in ("Concept", "Catalogue", "Publisher")),
)


_ROW_PROPERTIES = frozenset({*(SAMSVAR[name] for name in _COLUMNS), SAMSVAR.evidenceKind, SAMSVAR.hasEvidence})


def _column(reader: Reader, name: str) -> dict[str, list[str]]:
    """The values of one property of findings, or of evidence, by subject."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for quad in reader.quads(predicate=SAMSVAR[name]):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            found[quad.subject.value].append(quad.object.value)
    return found


def _row(uri: str, facts: Mapping[str, Sequence[str]], kinds: Iterable[tuple[int, str]]) -> FindingRow:
    """The row of one finding; `facts` are its properties' values, `kinds` are numbered as its evidence is."""

    def one(name: str) -> str:
        return next(iter(facts.get(name, ())), "")

    return FindingRow(
        uri=uri,
        rank=int(one("rank") or 0),
        severity=one("severity"),
        relation=one("relation"),
        term=one("term"),
        keys=tuple(sorted(facts.get("termKey", ()))),
        kinds=tuple(dict.fromkeys(code for _, code in sorted(kinds))),
        concepts=(one("firstConcept"), one("secondConcept")),
        catalogues=(one("firstCatalogue"), one("secondCatalogue")),
        publishers=(one("firstPublisher"), one("secondPublisher")),
    )


def _order(row: FindingRow) -> tuple[int, str]:
    return row.rank, row.uri


def _keys(term: str) -> set[str]:
    return {key for key in (term_key(term, language) for language in _LANGUAGES) if key}
