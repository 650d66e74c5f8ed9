"""How one thing is cited: a concept or definition of a catalogue by who says so and its URI, law by act and section."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from ontologies.namespaces import ELI, EUVOC, SAMSVAR, SKOS
from registry.catalogue.footnotes import eli, footnote, law_footnote
from registry.catalogue.labels import labelled
from registry.catalogue.terms import entry_of
from registry.catalogue.texts import Reference
from registry.catalogue.things import Said
from sparql.store import Reader

_CONCEPTS = frozenset({SKOS.Concept.value, SAMSVAR.StatutoryConcept.value})


@dataclass(frozen=True, slots=True)
class Citation:
    """The words of a footnote without the identifier; `eli` is that of the section or act, "" for what is no law."""

    uri: str
    words: str
    eli: str = ""

    @property
    def text(self) -> str:
        """The footnote whole."""
        return f"{self.words.removesuffix('.')}, {self.eli}." if self.eli else self.words

    def as_json(self) -> dict[str, str]:
        """The thing, the footnote and the identifier."""
        return {"uri": self.uri, "text": self.text, "eli": self.eli}


def cited_thing(reader: Reader, uri: str) -> Citation | None:
    """How the thing is cited; None for what is neither concept, definition nor law."""
    types = Said(reader, uri).types
    if types & _CONCEPTS:
        return _concept(reader, uri, uri)
    if ELI.LegalResourceSubdivision.value in types:
        act, section = Said(reader, uri).first(ELI.is_part_of), Reference(uri)
        if not act:
            return None
        return Citation(uri, law_footnote(reader, labelled(reader, act), section), eli(reader, act, section))
    if ELI.LegalResource.value in types:
        return Citation(uri, law_footnote(reader, labelled(reader, uri), None), eli(reader, uri))
    owner = next((quad.subject for quad in reader.quads(None, EUVOC.xlDefinition, NamedNode(uri))), None)
    return _concept(reader, owner.value, uri) if isinstance(owner, NamedNode) else None


def _concept(reader: Reader, concept: str, uri: str) -> Citation:
    entry = entry_of(reader, concept)
    words = footnote(reader, entry)
    if uri != concept:
        words = words.replace(concept, uri)
    return Citation(uri, words, eli(reader, entry.act.uri, entry.section) if entry.act else "")
