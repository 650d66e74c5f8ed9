"""What is said of one concept: labels, neighbours, the tree around it, mappings."""

from collections.abc import Iterable
from typing import Any

from ontologies.namespaces import SKOS
from registry.catalogue.labels import labelled
from registry.catalogue.relations import relations_of
from registry.catalogue.texts import Language, Texts, same_language
from registry.catalogue.things import Said
from registry.skosmos.context import CONCEPT, document
from registry.skosmos.hierarchy import hierarchy
from sparql.store import Reader

_MAPPINGS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


def concept_line(reader: Reader, uri: str, language: Language, *, localname: bool = False) -> dict[str, Any]:
    """A concept as lists have it: IRI and preferred label, and the last part of its IRI where that is asked for."""
    thing = labelled(reader, uri)
    line = {"uri": uri, "prefLabel": thing.name(language)}
    return {**line, "localname": uri.replace("#", "/").rpartition("/")[2], "lang": language} if localname else line


def labels(reader: Reader, uri: str, language: Language) -> dict[str, Any]:
    """The labels of a concept in one language; those that it has."""
    said = Said(reader, uri)
    found: dict[str, Any] = {"prefLabel": labelled(reader, uri).name(language)}
    for name, predicate in (("altLabel", SKOS.altLabel), ("hiddenLabel", SKOS.hiddenLabel)):
        if words := _words(said.texts(predicate), language):
            found[name] = words
    return document({"uri": uri, **found}, language)


def neighbours(reader: Reader, uri: str, name: str, language: Language) -> dict[str, Any]:
    """What is directly ``broader`` or ``narrower``, or ``related``."""
    steps = hierarchy(reader)
    others: Iterable[str]
    if name == "related":
        others = [one.other.uri for one in relations_of(reader, Said(reader, uri).node) if one.kind == name]
    else:
        others = (steps.above if name == "broader" else steps.below).get(uri, ())
    listed = [concept_line(reader, other, language) for other in others]
    return document({"uri": uri, "prefLabel": labelled(reader, uri).name(language), name: listed}, language)


def transitive(reader: Reader, uri: str, name: str, language: Language, limit: int) -> dict[str, Any]:
    """Everything above (``broader``) or below (``narrower``), the concept itself first, with the direct steps."""
    steps = hierarchy(reader)
    upwards = name == "broader"
    reached = steps.ancestors(uri) if upwards else steps.descendants(uri)
    direct = steps.above if upwards else steps.below
    found = {
        one: {**concept_line(reader, one, language), **({name: list(direct[one])} if one in direct else {})}
        for one in reached[:limit]
    }
    label = labelled(reader, uri).name(language)
    return document({"uri": uri, "prefLabel": label, f"{name}Transitive": found}, language)


def tree(reader: Reader, uri: str, language: Language) -> dict[str, Any]:
    """The way to the top, and what stands beside each step of it."""
    steps = hierarchy(reader)
    found = {}
    for one in steps.ancestors(uri):
        node: dict[str, Any] = concept_line(reader, one, language)
        if one in steps.above:
            node["broader"] = list(steps.above[one])
        else:
            node["top"] = True
        node["narrower"] = children(reader, one, language)
        found[one] = node
    label = labelled(reader, uri).name(language)
    return document({"uri": uri, "prefLabel": label, "broaderTransitive": found}, language)


def children(reader: Reader, uri: str, language: Language) -> list[dict[str, Any]]:
    """What is directly narrower, and whether each has something narrower still."""
    below = hierarchy(reader).below
    lines = [concept_line(reader, one, language) for one in below.get(uri, ())]
    return [{**line, "label": line["prefLabel"], "hasChildren": line["uri"] in below} for line in lines]


def mappings(reader: Reader, uri: str, language: Language) -> dict[str, Any]:
    """Its mappings to concepts elsewhere, as JSKOS has them."""
    listed = [
        {
            "type": [SKOS[one.kind].value],
            "from": {"memberSet": [_jskos(reader, uri, language)]},
            "to": {"memberSet": [_jskos(reader, one.other.uri, language)]},
            "prefLabel": one.other.name(language),
            "lang": language,
        }
        for one in relations_of(reader, Said(reader, uri).node)
        if one.kind in _MAPPINGS
    ]
    return document({"mappings": listed}, language)


def types(language: Language) -> dict[str, Any]:
    """The classes of things in vocabularies."""
    names = {"nb": ("Begrep", "Samling"), "nn": ("Omgrep", "Samling"), "en": ("Concept", "Collection")}[language]
    listed = [{"uri": CONCEPT, "label": names[0]}, {"uri": SKOS.Collection.value, "label": names[1]}]
    return document({"types": listed}, language)


def _words(texts: Texts, language: Language) -> list[str]:
    return [text.value for text in same_language(texts, language)]


def _jskos(reader: Reader, uri: str, language: Language) -> dict[str, Any]:
    return {"uri": uri, "prefLabel": {language: labelled(reader, uri).name(language)}}
