"""Where a statutory definition holds, as its words say: the act, a part, a chapter or a section of it.

Reads: the graphs of law.
"""

import re

from pyoxigraph import NamedNode

from importers.law.identifiers import section_name
from ontologies.namespaces import ELI
from sparql.store import Reader

_WHOLE = re.compile(
    r"\bdenne\s+(?:lov|forskrift|instruks)|\bdette\s+(?:reglement|vedtak)|^i\s+(?:lov|forskrift)(?:en|a)(?:\s+her)?$",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"\b(?:dette\s+kapit|kapit(?:tel|l)et\b)", re.IGNORECASE)
_PART = re.compile(r"\bdenne\s+del(?:en)?\b", re.IGNORECASE)
_SECTION = re.compile(
    r"\b(?:denne|dette)\s+(?:paragraf|bestemmelse|føresegn|artikkel|ledd)|\w\s+(?:ledd|punktum)\b|^her$", re.IGNORECASE
)
_NAMED = re.compile(
    r"^(?:i|etter)\s+(?:§§?|(?P<chapter>kapittel|kap\.))\s*(?P<number>\d[\d-]*(?:\s?[a-zæøå](?!\w))?)", re.IGNORECASE
)
_CALLED_PART = re.compile(r"/(?:del-[^/]+|[^/]+-del)$")
_DEEPEST = 3


def place_of(reader: Reader, scope: str, section: str, act: str) -> str:
    """The IRI of what a scope means that is said in a section of an act; "" where that is not held, or another text."""
    if not scope or not act:
        return ""
    if _WHOLE.search(scope):
        return act
    around = _around(reader, section, act)
    if _CHAPTER.search(scope):
        return next((each for each in around if "/kapittel-" in each), around[0] if around else "")
    if _PART.search(scope):
        return next((each for each in around if _CALLED_PART.search(each)), "")
    if (named := _NAMED.match(scope)) is not None:
        name = section_name(named["number"])
        return _held(reader, f"{act}/kapittel-{name}" if named["chapter"] else f"{act}/{name}")
    return section if _SECTION.search(scope) else ""


def _around(reader: Reader, section: str, act: str) -> list[str]:
    """What a section stands in within its act, innermost first."""
    found: list[str] = []
    inner = section
    while len(found) < _DEEPEST:
        quads = reader.quads(None, ELI.has_part, NamedNode(inner)) if inner else iter(())
        outer = sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)} - {act, *found})
        if not outer:
            break
        inner = outer[0]
        found.append(inner)
    return found


def _held(reader: Reader, iri: str) -> str:
    return iri if any(True for _ in reader.quads(NamedNode(iri), ELI.is_part_of)) else ""
