"""What came in the place of a thing that is gone.

`dct:isReplacedBy` and `dct:replaces` name what replaces it; `owl:sameAs` says that it lives on under another URI.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ontologies.namespaces import DCT, OWL
from registry.history.versions import Version
from sparql.store import Reader


@dataclass(frozen=True, slots=True)
class Successors:
    """IRIs: what replaces a thing, and the one that it was merged into ("" for none)."""

    replaced_by: tuple[str, ...] = ()
    merged_into: str = ""


def successors(reader: Reader, thing: str, last: Version) -> Successors:
    """What the last version said of this, and what others say that are held now."""
    replacing = {*_said(last, thing, DCT.isReplacedBy), *_saying(reader, DCT.replaces, thing)}
    same = {*_said(last, thing, OWL.sameAs), *_saying(reader, OWL.sameAs, thing)} - {thing}
    merged = sorted(each for each in same if _is_held(reader, each))
    return Successors(tuple(sorted(replacing - {thing})), merged[0] if len(merged) == 1 else "")


def _said(last: Version, thing: str, predicate: NamedNode) -> Iterator[str]:
    for triple in last.triples:
        if (
            triple.subject == NamedNode(thing)
            and triple.predicate == predicate
            and isinstance(triple.object, NamedNode)
        ):
            yield triple.object.value


def _saying(reader: Reader, predicate: NamedNode, thing: str) -> Iterator[str]:
    subjects = (quad.subject for quad in reader.quads(None, predicate, NamedNode(thing)))
    return (each.value for each in subjects if isinstance(each, NamedNode))


def _is_held(reader: Reader, thing: str) -> bool:
    return next(reader.quads(NamedNode(thing)), None) is not None
