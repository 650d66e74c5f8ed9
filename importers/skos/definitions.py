"""Definitions of a concept: every form of them becomes ``euvoc:xlDefinition`` with an ``euvoc:XlNote``.

Notes, examples and value ranges that older files keep on the definition move to the concept. A direct
``skos:definition`` becomes one XlNote with all its languages, or one for each text where a language has several.
"""

from collections import Counter

from pyoxigraph import BlankNode, Literal, NamedNode

from importers.rdf.journal import Journal
from importers.rdf.triples import NODES, Node, Term, TripleIndex
from importers.skos.definition_sources import normalise_sources
from importers.skos.dialects import AUDIENCES, RELATIONSHIPS, code_of
from ontologies.namespaces import DCT, EUVOC, RDF, RDFS, SKOS, SKOSNO, SKOSXL

DEFINITION_LINKS = (
    SKOSNO.definisjon,
    SKOSNO.alternativFormulering,
    SKOSXL.xlDefinition,
    SKOS.definition,
    EUVOC.xlDefinition,
)
"""Properties that lead from a concept to its definitions."""
_OLD_TYPES = (SKOSNO.Definisjon, SKOSNO.AlternativFormulering)
_OF_THE_CONCEPT = frozenset({SKOS.scopeNote, SKOS.example, SKOSNO.omfang, SKOSNO.valueRange})


def normalise_definitions(index: TripleIndex, concept: Node, journal: Journal) -> None:
    """Gives the concept its definitions as XlNotes."""
    said = [value for link in DEFINITION_LINKS for value in index.take(concept, link)]
    direct = [value for value in said if isinstance(value, Literal)]
    nodes = dict.fromkeys(value for value in said if isinstance(value, NODES))
    for node in nodes:
        _normalise_node(index, concept, node, journal)
    if not direct:
        return
    repeated = {text for node in nodes for text in index.literals(node, RDF.value)}
    for text in repeated.intersection(direct):
        journal.note(concept, "definition-repeated", text.value[:200])
    for note in _notes([text for text in direct if text not in repeated]):
        definition = BlankNode()
        _describe(index, concept, definition, note)


def _notes(texts: list[Literal]) -> list[list[Literal]]:
    """Direct definitions as they share an XlNote: all in one if each language occurs once, else each by itself."""
    if not texts:
        return []
    languages = Counter(text.language for text in texts)
    return [texts] if max(languages.values()) == 1 else [[text] for text in texts]


def _describe(index: TripleIndex, concept: Node, definition: Node, texts: list[Literal]) -> None:
    index.add(concept, EUVOC.xlDefinition, definition)
    index.add(definition, RDF.type, EUVOC.XlNote)
    for text in texts:
        index.add(definition, RDF.value, text)


def _normalise_node(index: TripleIndex, concept: Node, node: Node, journal: Journal) -> None:
    index.add(concept, EUVOC.xlDefinition, node)
    if node not in index:
        return
    for old in _OLD_TYPES:
        index.remove(node, RDF.type, old)
    index.add(node, RDF.type, EUVOC.XlNote)
    if not index.literals(node, RDF.value):
        for text in index.take(node, RDFS.label):
            index.add(node, RDF.value, text)
    for moved in _OF_THE_CONCEPT.intersection(index.about(node)):
        for value in index.take(node, moved):
            index.add(concept, moved, value)
    _normalise_codes(index, concept, node, journal)
    normalise_sources(index, concept, node, journal)
    _split_languages(index, concept, node)


def _normalise_codes(index: TripleIndex, concept: Node, node: Node, journal: Journal) -> None:
    relations = index.take(node, SKOSNO.forholdTilKilde) + index.take(node, SKOSNO.relationshipWithSource)
    for value in relations:
        _add_code(index, (node, SKOSNO.relationshipWithSource, value), RELATIONSHIPS, journal, concept)
    for value in index.take(node, DCT.audience):
        _add_code(index, (node, DCT.audience, value), AUDIENCES, journal, concept)


def _add_code(
    index: TripleIndex,
    triple: tuple[Node, NamedNode, Term],
    codes: dict[str, NamedNode],
    journal: Journal,
    concept: Node,
) -> None:
    node, predicate, value = triple
    code = code_of(value, codes)
    if code is None:
        journal.note(concept, "code-unknown", getattr(value, "value", str(value)))
    index.add(node, predicate, code or value)


def _split_languages(index: TripleIndex, concept: Node, node: Node) -> None:
    """A definition has one text in a language: further ones get a definition of their own with the same source."""
    texts = index.literals(node, RDF.value)
    if len(texts) == 1:
        return
    seen: set[str | None] = set()
    for text in texts:
        if text.language in seen:
            index.remove(node, RDF.value, text)
            other = BlankNode()
            for predicate, values in list(index.about(node).items()):
                for value in list(values) if predicate != RDF.value else ():
                    index.add(other, predicate, value)
            _describe(index, concept, other, [text])
        seen.add(text.language)
