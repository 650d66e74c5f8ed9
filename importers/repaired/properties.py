"""What single properties of a file say, compared with what is stored: which can stay, and what is still to be said."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from importers.base import UnreadableSourceError
from importers.rdf.skolem import skolemise
from importers.repaired.known import Known, PieceReader, index_of
from importers.report import Where
from importers.skos.publishers import organisation_of
from ontologies.namespaces import DCT

OWNER = NamedNode("urn:samsvar:owner")
"""Points at what may be an organisation, as something in the file does."""
_UNREADABLE = ("statement-unreadable",)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a property can stay; if not, why, which `predicates` stand for it, and what else it describes."""

    kept: bool
    codes: tuple[str, ...] = ()
    predicates: frozenset[NamedNode] = frozenset()
    others: frozenset[str] = frozenset()


_KEPT = Verdict(kept=True)


class Properties:
    """The properties of one file; what those say that stay is `provided`.

    Triples are given as the file has them. `named` is what the file says of blank nodes with a name, which more than
    one property may point at.
    """

    def __init__(self, known: Known, reader: PieceReader, triples: Iterable[Triple]) -> None:
        self._known = known
        self._reader = reader
        self._of_blank: dict[BlankNode, set[Triple]] = {}
        for triple in triples:
            if isinstance(triple.subject, BlankNode):
                self._of_blank.setdefault(triple.subject, set()).add(triple)
        self.provided: set[Triple] = set()
        self._needed: set[BlankNode] = set()
        self._dropped: set[BlankNode] = set()

    def is_stored(self, triples: AbstractSet[Triple]) -> bool:
        """Whether the triples are stored as they are, in which case they are provided."""
        whole = self._whole(triples)
        if not self._stored_as(whole) <= self._known.triples:
            return False
        self._provide(whole)
        return True

    def subject(self, written: str, triples: AbstractSet[Triple]) -> str:
        """The IRI under which a thing is stored; "" if it is not."""
        if written in self._known.said:
            return written
        one = organisation_of(written)
        if one is not None and one.value in self._known.said:
            return one.value
        read = self._reader.read(f"{_lines(triples)}{OWNER} {DCT.publisher} <{written}> .\n")
        about = {each.subject.value for each in read[1] if isinstance(each.subject, NamedNode)} if read else set()
        stored = {name for name in about & self._known.said.keys() if not self._known.is_part(name)}
        return stored.pop() if len(stored) == 1 else ""

    def judged(self, subject: str, triples: AbstractSet[Triple] | None) -> Verdict:
        """Whether a property of a thing can stay; None is one that cannot be read."""
        if triples is None:
            return Verdict(kept=False, codes=_UNREADABLE)
        whole = self._whole(triples)
        if self.is_stored(triples):
            return _KEPT
        verdict = self._read(subject, triples, whole)
        if not verdict.kept:
            self._dropped |= _blank_objects(whole)
        return verdict

    def _read(self, subject: str, triples: AbstractSet[Triple], whole: AbstractSet[Triple]) -> Verdict:
        """What an importer makes of a property by itself, and all that is said of its blank nodes."""
        about = NamedNode(subject)
        types = {Triple(about, each.predicate, each.object) for each in self._types(subject)}
        read = self._reader.read(_lines(whole | types))
        predicates = frozenset(each.predicate for each in triples if each.subject == about)
        if read is None:
            return Verdict(kept=False, codes=_UNREADABLE, predicates=predicates)
        codes, found = read
        own = {each for each in found if each.subject == about} - types
        if not codes and own and own <= self._known.triples:
            self._provide(whole)
            self.provided |= own
            return _KEPT
        stored = frozenset(each.predicate for each in own & self._known.triples)
        others = {each.subject.value for each in found if isinstance(each.subject, NamedNode)} - {subject}
        others = {name for name in others & self._known.said.keys() if not self._known.is_part(name)}
        return Verdict(
            kept=False,
            codes=codes or self._known.codes.get(subject, ("added",)),
            predicates=predicates | stored,
            others=frozenset(others),
        )

    def missing(self, subject: str) -> list[Triple]:
        """What is stored of a thing and is not provided."""
        return [each for each in self._known.said.get(subject, ()) if each not in self.provided]

    def is_orphan(self, node: BlankNode) -> bool:
        """Whether only properties that do not stay point at a blank node."""
        return node in self._dropped - self._needed

    def _types(self, subject: str) -> list[Triple]:
        names = self._reader.types_of(subject)
        return [each for each in self._known.said.get(subject, ()) if str(each.object) in names]

    def _whole(self, triples: AbstractSet[Triple]) -> set[Triple]:
        """The triples with all that is said of the blank nodes in them."""
        whole = set(triples)
        waiting = [each.object for each in triples if isinstance(each.object, BlankNode)]
        seen: set[BlankNode] = set()
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            more = self._of_blank.get(node, set())
            whole |= more
            waiting += [each.object for each in more if isinstance(each.object, BlankNode)]
        return whole

    def _provide(self, triples: AbstractSet[Triple]) -> None:
        self.provided |= self._stored_as(triples)
        self._needed |= _blank_objects(triples)

    def _stored_as(self, triples: AbstractSet[Triple]) -> set[Triple]:
        index = index_of(triples)
        skolemise(index, self._known.uri_base)
        return {Triple(*each) for each in index}


def _blank_objects(triples: Iterable[Triple]) -> set[BlankNode]:
    return {each.object for each in triples if isinstance(each.object, BlankNode)}


def _lines(triples: Iterable[Triple]) -> str:
    return "".join(f"{each} .\n" for each in triples)


def check_says_the_same(known: Known, again: Iterable[Triple], name: str) -> None:
    """Refuses a repaired file that says something else.

    Raises:
        UnreadableSourceError: with the first difference.
    """
    found = set(again)
    differing = min(map(str, known.triples ^ found), default="")
    if differing:
        raise UnreadableSourceError(
            f"The file cannot be repaired in its own form without a change of what it says: {differing} "
            f"and {len(known.triples ^ found) - 1} other statements.",
            Where(name),
            "The report says of every flaw where it is and how to mend it.",
        )
