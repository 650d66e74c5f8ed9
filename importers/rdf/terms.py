"""Cleaning of single terms after parsing: IRIs, namespaces, languages and characters. Each change is an issue.

The parser is lenient and resolves relative IRIs against `DOCUMENT`, so that everything that has to be mended
arrives here with its meaning intact.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote, unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from importers.languages import language_tag
from importers.rdf.flawed_values import TYPED, mended_iri, mended_literal
from importers.rdf.journal import Journal
from importers.rdf.profile_terms import todays_term
from importers.rdf.triples import Node, Term, TripleIndex
from importers.rdf.well_known import term_meant
from importers.skos.dialects import is_old_name, modern_name
from importers.texts import CONTROL
from ontologies.namespaces import DCT, RDFS, SKOS, SKOSNO, XSD
from ontologies.profiles import prefixed

_LOCAL_FILE = "file:///"
RELATIVE = "http://relative.invalid/"
"""What relative IRIs become that begin with a slash."""
DOCUMENT = RELATIVE + "document/"
"""The base that relative IRIs are resolved against while parsing; it never leaves this package."""
_SPECIAL = (RELATIVE, _LOCAL_FILE)
"""What is said of the file itself, or of files beside it, depends on where it stands."""

_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`\[\]]|%(?![0-9A-Fa-f]{2})')
_HIJACKED = "http://purl.org/dc/"
_HIJACKED_TERM = re.compile(re.escape(_HIJACKED) + r"(?!terms/|elements/|dcmitype/|dcam/)([A-Za-z]+)")
_DOUBLED = re.compile(r"^(https?://.*[#/])([a-z]+):([A-Za-z]\w*)$")
_MISPLACED: dict[str, NamedNode] = {
    XSD.iri + "seeAlso": RDFS.seeAlso,
    **{
        SKOS.iri + name: SKOSNO[name]
        for name in (
            "hasGenericConceptRelation",
            "hasPartitiveConceptRelation",
            "isFromConceptIn",
            "hasGenericConcept",
            "hasSpecificConcept",
            "hasPartitiveConcept",
            "hasComprehensiveConcept",
            "hasToConcept",
            "relationRole",
            "valueRange",
            "relationshipWithSource",
        )
    },
}
"""Terms written in a namespace that does not have them."""


class TermCleaner:
    """Cleans the terms of one file. `document` is the IRI that stands for the file itself, ending in a slash."""

    def __init__(self, journal: Journal, document: str) -> None:
        self._journal = journal
        self._document = document
        self._nodes: dict[NamedNode, tuple[NamedNode | None, str]] = {}
        self._in_order: dict[Node | Triple, NamedNode] = {}
        self._document_is_subject = False
        self._own_files: set[str] = set()
        self._old_names: set[str] = set()
        self._old_terms: set[str] = set()

    def clean(self, triples: Collection[tuple[Node, NamedNode, Term]]) -> TripleIndex:
        """The triples with every term in order; what cannot be an IRI at all is left out with an issue."""
        subjects = {subject.value for subject, _, _ in triples if isinstance(subject, NamedNode)}
        self._document_is_subject = DOCUMENT in subjects
        self._own_files = {iri for iri in subjects if iri.startswith(_LOCAL_FILE)}
        index = TripleIndex()
        for subject, predicate, value in triples:
            self._add(index, subject, predicate, value)
        if self._old_names:
            self._journal.note_file("dialect-normalised", min(self._old_names).split("#", 1)[0] + "#")
        if self._old_terms:
            self._journal.note_file("profile-normalised", ", ".join(sorted(map(_short, self._old_terms))))
        return index

    def found_as_written(
        self, iris: Iterable[str], find: Callable[[Iterable[str]], Mapping[str, int]]
    ) -> dict[str, int]:
        """What `find` finds of IRIs, which are looked for as the file has them."""
        other = {
            stored.value: written.value.removeprefix(DOCUMENT).removeprefix(RELATIVE.rstrip("/"))
            for written, (stored, code) in self._nodes.items()
            if code and stored is not None
        }
        written = {iri: other.get(iri, iri) for iri in iris}
        found = find(written.values())
        return {iri: found[each] for iri, each in written.items() if each in found}

    def is_in_order(self, iri: str) -> bool:
        """Whether an IRI is stored as it is written, and has nothing said of it in the report."""
        if iri.startswith(_SPECIAL) or (modern_name(iri) is not None and is_old_name(iri)):
            return False
        clean, code = self._checked(iri)
        return clean is not None and clean.value == iri and not code

    def _add(self, index: TripleIndex, subject: Node, predicate: NamedNode, value: Term) -> None:
        about = self._in_order.get(subject) or self._node(subject, subject)
        if about is None:
            self._lose("", subject, predicate, value)
            return
        said = self._in_order.get(predicate) or self._node(predicate, about)
        if not isinstance(said, NamedNode):
            self._lose(about.value, subject, predicate, value)
            return
        term: Term | None
        if isinstance(value, Literal):
            term = self._literal(value, said, about)
        else:
            term = self._in_order.get(value) or self._resource(value, about)
        if term is not None:
            index.add(about, said, term)
        elif self._is_unreadable(value):
            self._lose(about.value, subject, predicate, value)

    def _is_unreadable(self, term: Term) -> bool:
        return isinstance(term, NamedNode) and term in self._nodes and self._nodes[term][0] is None

    def _lose(self, about: str, *statement: Term) -> None:
        """Notes a statement that is left out, since an IRI in it is none."""
        bad = next(term.value for term in statement if isinstance(term, NamedNode) and self._is_unreadable(term))
        self._journal.note_unreadable_iri(about, bad.removeprefix(DOCUMENT), " ".join(map(str, statement)))

    def _resource(self, value: Node | Triple, owner: Node) -> Term | None:
        if isinstance(value, Triple):
            return value
        if isinstance(value, NamedNode) and value.value == DOCUMENT and not self._document_is_subject:
            self._journal.note(owner, "empty-iri", "<>")
            return None
        if isinstance(value, NamedNode) and value.value.startswith(_LOCAL_FILE) and value.value not in self._own_files:
            self._journal.note(owner, "local-file-iri", value.value)
            return None
        return self._node(value, owner)

    def _node(self, node: Node, owner: Node) -> Node | None:
        if isinstance(node, BlankNode):
            return node
        known = self._nodes.get(node)
        if known is None:
            known = self._nodes[node] = self._checked(node.value)
        clean, code = known
        if clean is None:
            return None
        if not code and not node.value.startswith(_SPECIAL):
            self._in_order[node] = clean
        if code:
            noted = owner if owner is not node else clean
            self._journal.note(noted, code, node.value.removeprefix(DOCUMENT))
        return clean

    def _checked(self, iri: str) -> tuple[NamedNode | None, str]:
        """The IRI as it should be, and the code of what was mended ("" for nothing)."""
        if iri.startswith(RELATIVE):
            return self._resolved(iri)
        if (other := self._other_name(iri)) is not None:
            return other
        if (mended := mended_iri(iri)) is not None:
            return mended
        try:
            return NamedNode(iri), ""
        except ValueError:
            return _named(iri.strip()), "iri-repaired"

    def _other_name(self, iri: str) -> tuple[NamedNode | None, str] | None:
        """The term that is meant by one of an older vocabulary or a wrong namespace; None for every other IRI."""
        if (modern := modern_name(iri)) is not None:
            self._old_names |= {iri} if is_old_name(iri) else set()
            return modern, ""
        if (todays := todays_term(iri)) is not None:
            self._old_terms.add(iri)
            return todays, ""
        if iri in _MISPLACED:
            return _MISPLACED[iri], "wrong-namespace"
        if hijacked := _HIJACKED_TERM.fullmatch(iri):
            return DCT[hijacked[1]], "hijacked-prefix"
        if (doubled := _DOUBLED.match(iri)) and f"/{doubled[2]}" in doubled[1]:
            return _named(doubled[1] + doubled[3]), "wrong-namespace"
        return term_meant(iri)

    def _resolved(self, iri: str) -> tuple[NamedNode | None, str]:
        name = unquote(iri.removeprefix(DOCUMENT).removeprefix(RELATIVE)).strip()
        if name in CODED_NAMES:
            return SKOSNO[name], "relative-iri"
        if name.startswith("www."):
            return _named("https://" + name), "iri-repaired"
        return _named(self._document + name if name else self._document.rstrip("/")), "relative-iri" if name else ""

    def _typed(self, literal: Literal, predicate: NamedNode, owner: Node) -> Literal | NamedNode | None:
        """A literal of a type that real files use wrongly, as it is meant; None for one that says nothing."""
        term, code = mended_literal(literal, predicate)
        if code:
            self._journal.note(owner, code, literal.value or predicate.value)
        return term

    def _literal(self, literal: Literal, predicate: NamedNode, owner: Node) -> Term | None:
        text = self._text(literal, owner)
        if text.language is None and text.datatype in TYPED:
            return self._typed(text, predicate, owner)
        return text

    def _text(self, literal: Literal, owner: Node) -> Literal:
        language = literal.language
        tag = None if language is None else stored_tag(language)
        dirty = CONTROL.search(literal.value)
        if tag == language and tag != "" and not dirty:
            return literal
        if tag != language or tag == "":
            self._journal.note(owner, "language-normalised" if tag else "language-empty", language or "")
        text = literal.value
        if dirty:
            self._journal.note(owner, "control-character", CONTROL.sub("\ufffd", text)[:200])
            text = CONTROL.sub("", text)
        if language is None:
            return Literal(text, datatype=literal.datatype)
        return Literal(text, language=tag) if tag else Literal(text)


CODED_NAMES = frozenset(
    {"egendefinert", "basertPåKilde", "basertPaaKilde", "sitatFraKilde", "allmennheten", "fagspesialist"}
)
"""Coded values of older files that real files write as relative IRIs."""


def _short(iri: str) -> str:
    return prefixed(NamedNode(iri))


def _named(iri: str) -> NamedNode | None:
    """The IRI with forbidden characters percent-encoded; None if it is none even then."""
    if "\n" in iri or "<" in iri:
        return None
    encoded = _FORBIDDEN.sub(lambda found: quote(found[0], safe=""), iri)
    try:
        return NamedNode(encoded)
    except ValueError:
        return None


@lru_cache(maxsize=1_000)
def stored_tag(written: str) -> str:
    """The language tag to store for one as it is written; "" for one that is none."""
    tag = language_tag(written)
    try:
        Literal("", language=tag)
    except ValueError:
        return ""
    return tag
