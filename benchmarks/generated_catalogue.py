"""A catalogue of any size, worded like real ones: compounds as terms, definitions of a genus and what sets it apart."""

import tomllib
from collections.abc import Iterator
from itertools import cycle, islice, product
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


def turtle(concepts: int) -> str:
    """SKOS-AP-NO 2 with so many concepts in one collection: ten triples a concept, a blank node in each."""
    members = " ,\n  ".join(f"b:{number}" for number in range(concepts))
    collection = f'b:katalog a skos:Collection ; dct:title "Målekatalog"@nb ; dct:publisher {_PUBLISHER} ;\n'
    return "".join((_PREFIXES, collection, f"  skos:member {members} .\n", *_concepts(concepts)))


def definitions(number: int) -> Iterator[str]:
    """So many definitions, hardly one of them twice."""
    for index in range(number):
        marks = dict.fromkeys(_word("marks", index // step) for step in (1, 11, 121))
        said = " og ".join(marks).format(
            n=1 + index % 97,
            p=_word("places", index // 3),
            o=_word("bodies", index // 5),
            q=_word("when", index // 7),
        )
        yield f"{_word('genera', index // 13)} {said}"


def _word(kind: str, index: int) -> str:
    return _WORDS[kind][index % len(_WORDS[kind])]


def _terms() -> Iterator[str]:
    """Compounds, all different until they come again: one word then has several definitions, as in real catalogues."""
    for last, middle, first in cycle(product(_WORDS["last"], _WORDS["middle"], _WORDS["first"])):
        yield f"{first}{middle}{last}"


def _concepts(number: int) -> Iterator[str]:
    for index, (term, text) in enumerate(zip(islice(_terms(), number), definitions(number), strict=True)):
        yield (
            f'b:{index} a skos:Concept ; skos:prefLabel "{term}"@nb ; skos:altLabel "{term}{index % 9}"@nb ;\n'
            f'  dct:identifier "https://eksempel-maling.example/begrep/{index}" ; dct:publisher {_PUBLISHER} ;\n'
            f'  euvoc:xlDefinition [ a euvoc:XlNote ; rdf:value "{text}"@nb ;\n'
            f"    skosno:relationshipWithSource kilde:self-composed ] .\n"
        )
