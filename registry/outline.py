"""A new graph told from the lines of its text: its concepts, what of it is searched, and its derived definitions.

Two passes, both of expressions that step over the lines that say nothing of this: a million of them are never made
into objects. What is found is what `search.entries.entries` and `derived.derive` find in the triples.

Reads: N-Triples as the engine writes them, one blank between the parts of a line. Writes: nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import EUVOC, RDF, SKOS
from registry.search.entries import CONCEPTS, FIELDS, KINDS
from registry.search.index import Entry
from registry.statements import parsed


def _lines_with(properties: Iterable[NamedNode], value: bytes) -> re.Pattern[bytes]:
    """Finds subject, property and value of each line with one of the properties and such a value; then nothing."""
    names = b"|".join(re.escape(str(each).encode()) for each in properties)
    other = rb"(?:(?![^ \n]+ (?:%b) %b \.\n).*\n)*+" % (names, value)
    return re.compile(rb"%b(?:([^ \n]+) (%b) (%b) \.\n|\Z)" % (other, names, value))


_NODE = rb"<[^ \n]*>"
_LINKS = _lines_with((RDF.type, EUVOC.xlDefinition), _NODE)
_TEXTS = _lines_with((RDF.value, *FIELDS), rb".*")
_PLAIN = re.compile(rb'"([^"\\]*)"(?:@([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*))?')
"""A literal that is what it looks like: no escapes, and no type."""
_LINK, _VALUE = (str(each).encode() for each in (EUVOC.xlDefinition, RDF.value))
_KIND_OF = {str(each).encode(): kind for each, kind in KINDS.items()}
_FIELD_OF = {str(each).encode(): field for each, field in FIELDS.items()}
_IS_CONCEPT = frozenset(str(each).encode() for each in CONCEPTS)
_DEFINITION = b" " + str(SKOS.definition).encode() + b" "


@dataclass(frozen=True, slots=True)
class Told:
    """What some lines tell: the texts to search, and the plain definitions of concepts as lines without their ends.

    `strays` are nodes that have a text but are no definitions in their graph.
    """

    entries: list[Entry] = field(default_factory=list)
    definitions: list[bytes] = field(default_factory=list)
    strays: set[bytes] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Outline:
    """The things of a graph, nodes as they are written in N-Triples.

    `kinds` is what things that search finds are, `concepts` are those that are concepts and have an IRI, and `owners`
    has the things that a node is a definition of.
    """

    kinds: Mapping[bytes, str]
    concepts: AbstractSet[bytes]
    owners: Mapping[bytes, Sequence[bytes]]

    @property
    def iris(self) -> frozenset[str]:
        """The IRIs of the concepts."""
        return frozenset(map(_iri, self.concepts))

    def told(self, portion: bytes) -> Told:
        """What some whole lines tell of the things."""
        told = Told()
        for subject, predicate, value in _TEXTS.findall(portion):
            if predicate == _VALUE:
                owners = self.owners.get(subject)
                if owners is None:
                    told.strays.add(subject)
                    continue
                self._add(told.entries, owners, "definition", value)
                told.definitions.extend(owner + _DEFINITION + value for owner in owners if owner in self.concepts)
            elif subject in self.kinds:
                self._add(told.entries, (subject,), _FIELD_OF[predicate], value)
        return told

    def _add(self, entries: list[Entry], things: Iterable[bytes], field: str, value: bytes) -> None:
        if things and (text := _text(value)) is not None:
            entries += [Entry(_iri(thing), self.kinds[thing], field, *text) for thing in things]


def outline_of(portions: Iterable[bytes]) -> Outline:
    """The outline of a graph whose text comes some whole lines at a time."""
    kinds: dict[bytes, str] = {}
    concepts: set[bytes] = set()
    links: dict[bytes, list[bytes]] = {}
    for portion in portions:
        for subject, predicate, value in _LINKS.findall(portion):
            if predicate == _LINK:
                links.setdefault(value, []).append(subject)
            elif value in _KIND_OF:
                kinds[subject] = _KIND_OF[value]
                if value in _IS_CONCEPT and subject.startswith(b"<"):
                    concepts.add(subject)
    owners = {node: [each for each in things if each in kinds] for node, things in links.items()}
    return Outline(kinds, concepts, owners)


def _text(value: bytes) -> tuple[str, str] | None:
    """Language and text of a literal; None for what is none."""
    if found := _PLAIN.fullmatch(value):
        text, language = found.groups()
        return (language or b"").decode(), text.decode()
    (triple,) = parsed([b"<s:s> <p:p> " + value + b" ."])
    said = triple.object if triple is not None else None
    return (said.language or "", said.value) if isinstance(said, Literal) else None


def _iri(written: bytes) -> str:
    """What a node is called in an entry: its IRI, or a blank node as it is written."""
    return written.removeprefix(b"<").removesuffix(b">").decode()
