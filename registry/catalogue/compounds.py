"""Compounds of a word that are defined as a kind of it: "eiendomsskatt" ends in "skatt", and is defined as a tax.

Candidates for narrower concepts; nothing is mapped. They meet through the end of their keys: each word is kept under
the longest other word of the register that it ends in, so that there are never more pairs than words.

Reads: keys, terms and plain definitions of concepts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad

from ontologies.namespaces import SAMSVAR, SKOS
from registry.harmonisation.genus import genus, related_words
from registry.harmonisation.words import family
from registry.notes import kept_until
from sparql.store import Reader

_SHORTEST, _BEFORE = 4, 3
"""Letters of a word that others may end in, and of what stands before it."""
_LOOKED_AT, _MOST = 200, 30
"""Compounds of one word that are looked at, and that are given."""


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound, and those of its concepts (IRIs) that are defined as a kind of the word that it ends in."""

    term: str
    concepts: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Both."""
        return {"term": self.term, "concepts": list(self.concepts)}


def _of_words(_: Reader, changes: Sequence[Quad]) -> bool:
    return any(quad.predicate == SAMSVAR.termKey for quad in changes)


@kept_until(_of_words, "compounds", dict, lambda note: {head: tuple(words) for head, words in note.items()})
def by_head(reader: Reader) -> dict[str, tuple[str, ...]]:
    """The key of a word to the keys of the words that end in it; of Norwegian words by themselves, no phrases."""
    quads = reader.quads(predicate=SAMSVAR.termKey)
    keys = {quad.object.value for quad in quads if isinstance(quad.object, Literal)}
    words = {key for key in keys if key.isalpha()}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        tails = (word[start:] for start in range(_BEFORE, len(word) - _SHORTEST + 1))
        if head := next((tail for tail in tails if tail in words), ""):
            found[head].append(word)
    return {head: tuple(compounds) for head, compounds in found.items()}


def compounds(reader: Reader, keys: Iterable[str]) -> list[Compound]:
    """The compounds of the words with these keys that are defined as a kind of them."""
    held = by_head(reader)
    pairs = ((head, word) for head in keys for word in held.get(head, ()))
    kinds = (_kind(reader, head, word) for head, word in islice(pairs, _LOOKED_AT))
    return list(islice(filter(None, kinds), _MOST))


def _kind(reader: Reader, head: str, word: str) -> Compound | None:
    """A compound, if one of its concepts is defined as a kind of the head."""
    quads = reader.quads(predicate=SAMSVAR.termKey, object=Literal(word))
    concepts = sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})
    of_a_kind = tuple(concept for concept in concepts if _is_kind(reader, concept, head))
    return Compound(word, of_a_kind) if of_a_kind else None


def _is_kind(reader: Reader, concept: str, head: str) -> bool:
    """Whether a definition of a concept names the word, or a compound of it, as its superordinate concept."""
    for text in _definitions(reader, concept):
        named = genus(text.value, family(text.language or "nb"))
        if named is not None and related_words(named.lemma, head) and len(named.lemma) >= len(head):
            return True
    return False


def _definitions(reader: Reader, concept: str) -> Iterator[Literal]:
    for quad in reader.quads(NamedNode(concept), SKOS.definition):
        if isinstance(quad.object, Literal):
            yield quad.object
