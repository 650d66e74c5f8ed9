"""A catalogue of any size, worded like real ones: compounds as terms, definitions of a genus and what sets it apart.

How often words, terms and sources come again is taken from the national directory of 2020; ``likeness.py`` prints both.
"""

import random
import re
import tomllib
from collections import deque
from collections.abc import Iterator
from itertools import count, islice, product
from pathlib import Path

_WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix euvoc: <http://publications.europa.eu/ontology/euvoc#> .
@prefix skosno: <https://data.norge.no/vocabulary/skosno#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix b: <https://eksempel-maling.example/begrep/> .
@prefix kilde: <https://data.norge.no/vocabulary/relationship-with-source-type#> .
"""
_PUBLISHER = "<https://data.brreg.no/enhetsregisteret/api/enheter/999888777>"
_GAP = re.compile(r"\{([a-z])\}")
_VOCABULARY = 65.5, 0.58
"""How many different words n definitions have: the first times n to the power of the second (Heaps' law)."""
_ANOTHER = 12
"""One concept in so many has the term of an earlier one, and"""
_COPY = 7
"""one in so many of those its definition too."""
_ALIKE = 28
"""One concept in so many has a definition that is nearly that of an earlier one with another term."""
_ADMITTED = 12
"""One concept in so many has an admitted term, and"""
_SOURCED = 3
"""one in so many names the provision that its definition is based on."""


def turtle(concepts: int) -> str:
    """SKOS-AP-NO 2 with so many concepts in one collection: ten triples a concept, a blank node in each."""
    members = " ,\n  ".join(f"b:{number}" for number in range(concepts))
    collection = f'b:katalog a skos:Collection ; dct:title "Målekatalog"@nb ; dct:publisher {_PUBLISHER} ;\n'
    return "".join((_PREFIXES, collection, f"  skos:member {members} .\n", *_concepts(concepts)))


def definitions(number: int) -> Iterator[str]:
    """So many definitions, hardly one of them twice; the same ones each time."""
    chance = random.Random(5)  # noqa: S311 - no secret
    words = _Words(chance)
    for index in range(number):
        words.grow_to(index + 1)
        marks = chance.sample(_WORDS["marks"], chance.choice((1, 2, 2)))
        said = " og ".join(_filled(mark, chance, words) for mark in marks)
        yield f"{chance.choice(_WORDS['genera'])} {said}"


class _Words:
    """Words of running text: new ones ever more seldom, and of those that were there mostly the first."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._coming = _compounds()
        self._known: list[str] = []
        self._new: list[str] = []

    def grow_to(self, texts: int) -> None:
        """So many different words as that many texts have may have come from now on."""
        factor, power = _VOCABULARY
        missing = int(factor * texts**power) - len(self._known) - len(self._new)
        self._new += islice(self._coming, max(missing, 0))

    def one(self) -> str:
        """A new word as long as there is one."""
        if self._new:
            self._known.append(self._new.pop())
            return self._known[-1]
        return self._known[int(len(self._known) * self._chance.random() ** 2)]


def _filled(mark: str, chance: random.Random, words: _Words) -> str:
    lists = {"p": "places", "o": "bodies", "q": "when"}

    def filling(gap: re.Match[str]) -> str:
        if gap[1] == "n":
            return str(chance.randrange(1, 98))
        return words.one() if gap[1] == "c" else chance.choice(_WORDS[lists[gap[1]]])

    return _GAP.sub(filling, mark)


def _compounds() -> Iterator[str]:
    """Compounds of all kinds, all different, in an order like that of chance; numbered when there are no more."""
    made = ["".join(parts) for parts in product(_WORDS["first"], _WORDS["middle"], _WORDS["last"])]
    random.Random(7).shuffle(made)  # noqa: S311 - no secret
    for turn in count(1):
        yield from (word if turn == 1 else f"{word}{turn}" for word in made)


def _named(number: int) -> Iterator[tuple[str, str]]:
    """Terms with their definitions."""
    terms = _compounds()
    recent: deque[tuple[str, str]] = deque(maxlen=_ANOTHER)
    for index, text in enumerate(definitions(number)):
        named = next(terms), text
        turn, place = divmod(index, _ANOTHER)
        if place == _ANOTHER - 1:
            term, copied = recent[turn % len(recent)]
            named = term, text if turn % _COPY else copied
        elif recent and index % _ALIKE == 1:
            named = named[0], f"{recent[0][1]} og meldes"
        recent.append(named)
        yield named


def _concepts(number: int) -> Iterator[str]:
    for index, (term, text) in enumerate(_named(number)):
        source = f' ; dct:source "eksempelloven § {1 + index % 19}-{1 + index % 7}"@nb' if index % _SOURCED == 0 else ""
        admitted = f' ; skos:altLabel "{term}{index % 9}"@nb' if index % _ADMITTED == 0 else ""
        yield (
            f'b:{index} a skos:Concept ; skos:prefLabel "{term}"@nb{admitted} ;\n'
            f'  dct:identifier "https://eksempel-maling.example/begrep/{index}" ; dct:publisher {_PUBLISHER} ;\n'
            f'  dct:subject "{_WORDS["genera"][index % len(_WORDS["genera"])]}"@nb ;\n'
            f'  euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "{text}"@nb{source} ;\n'
            f"    skosno:relationshipWithSource kilde:{'based-on-source' if source else 'self-composed'} ] .\n"
        )
