"""The difference between two states of a graph whose text lies on disk: each thing is read when it is told of."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Triple

from ontologies.namespaces import EUVOC, RDF
from registry import closures
from registry.previews.difference import NAMES, Difference, Head, State, ThingChange, head_of, told
from registry.previews.located import Located, iri, is_minted, written
from registry.statements import lines, parsed
from sparql.embedded.stored_form import as_stored

_LINK = str(EUVOC.xlDefinition).encode()
_NAMED = frozenset(str(each).encode() for each in (RDF.type, *NAMES))
_OF_WHOLE = _NAMED | {_LINK, str(RDF.value).encode()}
"""What is told of things that are new or gone: their names and definitions."""


@dataclass(frozen=True, slots=True)
class TextDifference:
    """`before` and `after` are the two states, `affected` the IRIs of the things that differ."""

    before: Located
    after: Located
    affected: frozenset[str]

    @classmethod
    def between(cls, before: Located, after: Located) -> "TextDifference":
        """Finds what differs."""
        differing = before.differing(after)
        things = closures.things_of(differing, before.parts_beside(after)) if differing else set()
        return cls(before, after, frozenset(iri(each) for each in things if each.startswith(b"<")))

    def concepts(self) -> frozenset[str]:
        """The concepts among what differs."""
        found = {iri(each) for side in (self.before, self.after) for each in concepts_of(side)}
        return self.affected & found

    def as_difference(self) -> Difference:
        """The difference as people read it."""
        kinds, becoming = ({iri(each): kind for each, kind in side.kinds.items()} for side in (self.before, self.after))
        was, stays = _Described(self.before), _Described(self.after)
        heads = sorted(
            (head_of(each, was, stays, kinds, becoming) for each in self.affected), key=lambda one: one.order
        )
        return Difference(tuple(heads), sum(each not in self.affected for each in becoming), self._told)

    def _told(self, head: Head) -> ThingChange:
        thing = written(head.uri)
        own = [side.lines(thing) for side in (self.before, self.after)]
        same = set(own[0]).intersection(own[1])
        before, after = (
            State(
                as_stored(_told_of(side, thing, [each for each in said if each not in same or _is_needed(each)], head))
            )
            for side, said in zip((self.before, self.after), own, strict=True)
        )
        return told(head, before, after)


def _told_of(side: Located, thing: bytes, own: list[bytes], head: Head) -> Iterator[Triple]:
    """What a state says of a thing, as far as it is told, and of its parts at any depth; `own` is said of itself."""
    found: list[bytes] = []
    seen, waiting = {thing}, [own]
    while waiting:
        for line, (_, predicate, value) in lines([b"\n".join(waiting.pop())]):
            if head.change != "changed" and predicate not in _OF_WHOLE:
                continue
            found.append(line)
            if _leads_to_part(predicate, value) and value not in seen and value not in side.kinds:
                seen.add(value)
                waiting.append(side.lines(value))
    return (each for each in parsed(found) if each is not None)


def concepts_of(side: Located) -> Iterator[bytes]:
    """The concepts, as N-Triples writes them."""
    return (each for each, kind in side.kinds.items() if kind in {"concept", "law-concept"} and each.startswith(b"<"))


@dataclass(frozen=True, slots=True)
class _Described:
    """What a state says anything of, by IRI."""

    side: Located

    def __contains__(self, thing: object) -> bool:
        return isinstance(thing, str) and written(thing) in self.side


def _is_needed(line: bytes) -> bool:
    """Whether something that both states say is needed to tell of the thing: its name, or the way to its parts."""
    [(_, (_, predicate, value)), *_] = lines([line])
    return predicate in _NAMED or _leads_to_part(predicate, value)


def _leads_to_part(predicate: bytes, value: bytes) -> bool:
    return value.startswith(b"<") and (predicate == _LINK or is_minted(value))
