"""Triples of one file while they are being worked on: an index by subject and predicate that keeps the file's order."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontologies.namespaces import RDF

Node: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

NODES = (NamedNode, BlankNode)
"""The classes of nodes, for `isinstance`: a union would be made anew at each of a million calls."""
_TYPE = RDF.type


class TripleIndex:
    """A set of triples that can be changed. Iteration follows the order in which triples came."""

    __slots__ = ("_by_subject", "_elsewhere", "_has_triple_terms", "_said")

    def __init__(self, triples: Iterable[tuple[Node, NamedNode, Term]] = ()) -> None:
        self._by_subject: dict[Node, dict[NamedNode, dict[Term, None]]] = {}
        self._has_triple_terms = False
        self._said: set[NamedNode] = set()
        self._elsewhere: Collection[str] = ()
        for subject, predicate, value in triples:
            self.add(subject, predicate, value)

    def __len__(self) -> int:
        return sum(len(values) for about in self._by_subject.values() for values in about.values())

    def __contains__(self, subject: Node) -> bool:
        return subject in self._by_subject or (bool(self._elsewhere) and str(subject) in self._elsewhere)

    def described_elsewhere(self, subjects: Collection[str]) -> None:
        """Subjects as N-Triples writes them that the file describes too, but that are not worked on here."""
        self._elsewhere = subjects

    def __iter__(self) -> Iterator[tuple[Node, NamedNode, Term]]:
        for subject, about in self._by_subject.items():
            for predicate, values in about.items():
                for value in values:
                    yield subject, predicate, value

    def add(self, subject: Node, predicate: NamedNode, value: Term) -> None:
        """Adds a triple; adding it again changes nothing."""
        about = self._by_subject.get(subject)
        if about is None:
            about = self._by_subject[subject] = {}
        values = about.get(predicate)
        if values is None:
            values = about[predicate] = {}
            self._said.add(predicate)
        values[value] = None
        if type(value) is Triple:
            self._has_triple_terms = True

    def subjects(self) -> list[Node]:
        """All subjects."""
        return list(self._by_subject)

    def about(self, subject: Node) -> Mapping[NamedNode, Mapping[Term, None]]:
        """What is said of a subject: predicate to values. Not to be changed while it is read."""
        return self._by_subject.get(subject, {})

    def says_any(self, predicates: Iterable[NamedNode]) -> bool:
        """Whether any of the predicates stands in the file, or did: most files have none of the older ones."""
        return not self._said.isdisjoint(predicates)

    def values(self, subject: Node, predicate: NamedNode) -> list[Term]:
        """The objects of a subject and predicate."""
        about = self._by_subject.get(subject)
        return list(about[predicate]) if about is not None and predicate in about else []

    def nodes(self, subject: Node, predicate: NamedNode) -> list[Node]:
        """The objects that are IRIs or blank nodes."""
        return [value for value in self.values(subject, predicate) if isinstance(value, NODES)]

    def literals(self, subject: Node, predicate: NamedNode) -> list[Literal]:
        """The objects that are literals."""
        return [value for value in self.values(subject, predicate) if isinstance(value, Literal)]

    def has_type(self, subject: Node, kind: NamedNode) -> bool:
        """Whether the subject is said to be of a class."""
        return kind in self._by_subject.get(subject, {}).get(_TYPE, ())

    def of_type(self, *kinds: NamedNode) -> list[Node]:
        """Subjects of any of the classes."""
        wanted = set(kinds)
        return [
            subject
            for subject, about in self._by_subject.items()
            if _TYPE in about and not wanted.isdisjoint(about[_TYPE])
        ]

    def take(self, subject: Node, predicate: NamedNode) -> list[Term]:
        """Removes the triples of a subject and predicate, and returns their objects."""
        about = self._by_subject.get(subject)
        if about is None or predicate not in about:
            return []
        values = list(about.pop(predicate))
        if not about:
            del self._by_subject[subject]
        return values

    def remove(self, subject: Node, predicate: NamedNode, value: Term) -> None:
        """Removes one triple if it is there."""
        if value in self._by_subject.get(subject, {}).get(predicate, ()):
            for kept in self.take(subject, predicate):
                if kept != value:
                    self.add(subject, predicate, kept)

    def drop(self, subject: Node) -> None:
        """Removes all that is said of a subject."""
        self._by_subject.pop(subject, None)

    def forget(self, nodes: Collection[Node]) -> None:
        """Removes all that is said of the nodes, and every triple that points at one of them."""
        for node in nodes:
            self.drop(node)
        pointing = [(subject, predicate, value) for subject, predicate, value in self if value in nodes]
        for triple in pointing:
            self.remove(*triple)

    def rename(self, names: Mapping[Node, NamedNode]) -> None:
        """Gives nodes other names wherever they stand; two nodes under one name become one."""
        if not names:
            return
        keys = names.keys()
        for about in self._by_subject.values():
            for predicate, values in about.items():
                if self._has_triple_terms or not keys.isdisjoint(values):
                    about[predicate] = {renamed(value, names): None for value in values}
        for subject in [subject for subject in self._by_subject if subject in keys]:
            for predicate, values in self._by_subject.pop(subject).items():
                for value in values:
                    self.add(names[subject], predicate, value)

    def references(self) -> Counter[BlankNode]:
        """How many triples point at each blank node that is also a subject."""
        return Counter(
            value
            for about in self._by_subject.values()
            for values in about.values()
            for value in values
            if isinstance(value, BlankNode) and value in self._by_subject
        )


def renamed(term: Term, names: Mapping[Node, NamedNode]) -> Term:
    """The term under its new name; a triple that stands as a term is renamed within."""
    if isinstance(term, NamedNode | BlankNode):
        return names.get(term, term)
    if isinstance(term, Triple):
        subject = renamed(term.subject, names)
        return Triple(
            term.subject if isinstance(subject, Literal) else subject, term.predicate, renamed(term.object, names)
        )
    return term
