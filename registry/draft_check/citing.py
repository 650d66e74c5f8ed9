"""What a draft cites: which acts it is tied to, and which references lead nowhere or to what is repealed."""

import re
from collections.abc import Iterable, Iterator

from importers.law.identifiers import provision_path
from registry.draft_check.answer import DoubtfulCitation
from registry.harmonisation.source_findings import evidence_of
from registry.references.held_acts import HeldActs
from registry.references.resolving import ResolvedReference, resolve_text
from sparql.store import Reader

_DESCRIBES = re.compile(r"\b(?:lov|forskrift)\w*\s+om\b", re.IGNORECASE)
"""What describes a regulation that may be given ("forskrift om unntak") is written like a title."""
_DEPTH = 5
"""Parts of an act's path: kind, year, month, day, number."""


def citations(reader: Reader, acts: HeldActs, texts: Iterable[tuple[str, str]]) -> list[tuple[str, ResolvedReference]]:
    """The references in some texts, each with the section whose text it is (number, text)."""
    return [(number, found) for number, text in texts for found in resolve_text(reader, text, acts)]


def doubtful(acts: HeldActs, cited: Iterable[tuple[str, ResolvedReference]]) -> Iterator[DoubtfulCitation]:
    """Those of them that lead nowhere, or to what is repealed; each once a section."""
    told: set[tuple[str, str]] = set()
    for section, reference in cited:
        if reference.found.standing == "unknown" and _DESCRIBES.search(reference.found.written):
            continue
        for item in evidence_of([(reference, acts.are_complete(reference.found))]):
            if (section, reference.found.text) not in told:
                told.add((section, reference.found.text))
                yield DoubtfulCitation(section, reference.found.text, item, reference.successor)


def acts_named(reader: Reader, acts: HeldActs, text: str, references: Iterable[str]) -> dict[str, str]:
    """The acts, IRI to name, that a text names and that references such as ``lov/2003-07-04-80/§3`` are to."""
    found = {each.act: each.title for each in resolve_text(reader, text, acts) if each.act}
    for path in filter(None, map(provision_path, references)):
        act = acts.of("/".join((path.split("/")[0], "-".join(path.split("/")[1:_DEPTH]))))
        if act is not None:
            found.setdefault(act.iri, act.title)
    return found
