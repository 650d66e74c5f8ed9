"""What the description of a concept says beside the definition: the form of its term, the source of its definition."""

from collections.abc import Iterator

from registry.definition_rules.base import Breach, listed
from registry.harmonisation.definiens import beginning
from registry.harmonisation.records import DefinitionRecord
from registry.harmonisation.terms import split_qualifier
from registry.harmonisation.words import family, lemma, lemmas

_OWN = "self-composed"
_PLURAL = ("er", "ar", "ene", "ane", "e", "ne")
"""Endings of the plural behind a whole noun; "-r" behind "-e" is left alone, since persons end so ("skaper")."""
_SHORTEST = 5
_GENUS = 3
"""Words at the beginning of a definition that may say that it is of a person."""


def plural(record: DefinitionRecord) -> Iterator[Breach]:
    """A term of one word in the plural; not "leier", of which the text says that it is a person."""
    space, word = family(record.language), split_qualifier(record.term)[0]
    small = word.casefold()
    if space != "no" or " " in word or not small.isalpha() or word.isupper() or len(word) < _SHORTEST:
        return
    if small.endswith((*listed("plural_only", space), *listed("singular", space))) or not small.endswith(
        (*_PLURAL[:4], "ere")
    ):
        return
    one = lemma(small, space)
    start = lemmas(record.text[beginning(record.text, record.term, space) :], space)[:_GENUS]
    if small.endswith("er") and not listed("persons", space).isdisjoint(start):
        return
    if one != small and small.startswith(one) and small[len(one) :] in _PLURAL:
        yield Breach(None, {"words": word, "one": one})


def source_missing(record: DefinitionRecord) -> Iterator[Breach]:
    """A definition of which nothing says where it comes from."""
    if not record.sources and not record.relationship.endswith(_OWN):
        yield Breach()


def relationship_missing(record: DefinitionRecord) -> Iterator[Breach]:
    """A source of which nothing says whether it is quoted."""
    if record.sources and not record.relationship:
        yield Breach()
