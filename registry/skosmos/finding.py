"""Looking words up as Skosmos' clients do: ``barn`` is a whole label, ``barn*`` its beginning, ``*skatt`` its end."""

from dataclasses import dataclass
from typing import Any

from registry.catalogue.graphs import graphs
from registry.catalogue.labels import labelled
from registry.catalogue.texts import Language, Text
from registry.search.folding import fold
from registry.search.index import SearchIndex
from registry.search.query import Hit, Question, search
from registry.skosmos.context import CONCEPT, document
from registry.skosmos.hierarchy import hierarchy
from registry.skosmos.vocabularies import group_members
from sparql.store import Reader

_COLLECTED = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. "" and no vocabularies leave a choice open; `label_language` is the matching label's."""

    pattern: str
    language: Language
    label_language: str = ""
    vocabularies: tuple[str, ...] = ()
    type: str = ""
    parent: str = ""
    group: str = ""
    offset: int = 0
    limit: int = 100


def results(reader: Reader, index: SearchIndex, wanted: Wanted) -> dict[str, Any]:
    """The concepts found, best first."""
    found = [_result(reader, hit, wanted.language) for hit in _hits(reader, index, wanted)]
    part = found[wanted.offset : wanted.offset + wanted.limit]
    return document({"uri": "", "results": part}, wanted.language)


def lookup(reader: Reader, index: SearchIndex, wanted: Wanted) -> dict[str, Any] | None:
    """The concepts that are called so, preferred labels before others; None where nothing is."""
    found = [_result(reader, hit, wanted.language) for hit in _hits(reader, index, wanted)]
    preferred = [one for one in found if "altLabel" not in one and "hiddenLabel" not in one]
    return document({"result": preferred or found}, wanted.language) if found else None


def _hits(reader: Reader, index: SearchIndex, wanted: Wanted) -> list[Hit]:
    words = fold(wanted.pattern.replace("*", " "))
    if not words or wanted.type not in ("", CONCEPT, "skos:Concept"):
        return []
    question = Question(words, reader.generation, "concept", wanted.language)
    parts = [fold(part) for part in wanted.pattern.strip().split("*")]
    known = graphs(reader)
    within = _within(reader, wanted)
    return [
        hit
        for hit in search(index, question, limit=_COLLECTED).hits
        if hit.field != "definition"
        and _has_shape(fold(hit.text), parts)
        and (not wanted.label_language or Text("", hit.language).primary == wanted.label_language)
        and (not wanted.vocabularies or (hit.graph in known and known[hit.graph].identifier in wanted.vocabularies))
        and (within is None or hit.uri in within)
    ]


def _has_shape(text: str, parts: list[str]) -> bool:
    """Whether the text is the parts in their order, with anything between two of them."""
    first, *others = parts
    if not others:
        return text == first
    *middle, last = others
    place, end = len(first), len(text) - len(last)
    if place > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for part in middle:
        found = text.find(part, place, end)
        if found < 0:
            return False
        place = found + len(part)
    return True


def _within(reader: Reader, wanted: Wanted) -> set[str] | None:
    """The concepts below a parent or in a group; None where neither is asked for."""
    chosen = [set(hierarchy(reader).descendants(wanted.parent)) - {wanted.parent}] if wanted.parent else []
    chosen += [set(group_members(reader, wanted.group))] if wanted.group else []
    return set.intersection(*chosen) if chosen else None


def _result(reader: Reader, hit: Hit, language: Language) -> dict[str, Any]:
    graph = graphs(reader).get(hit.graph)
    found = {
        "uri": hit.uri,
        "type": ["skos:Concept"],
        "prefLabel": labelled(reader, hit.uri).name(language),
        "lang": hit.language or language,
        "vocab": graph.identifier if graph else "",
    }
    other = {"admitted": "altLabel", "hidden": "hiddenLabel"}.get(hit.field, "")
    if other:
        found[other] = hit.text
    elif hit.text != found["prefLabel"]:
        found["matchedPrefLabel"] = hit.text
    return found
