"""What a draft cites: which acts it is tied to, and which references lead nowhere or to what is repealed."""

import re
from collections.abc import Iterable, Iterator

from importers.law.identifiers import provision_path
from registry.draft_check.answer import DoubtfulCitation
from registry.harmonisation.source_findings import evidence_of
from registry.references.held_acts import HeldActs
from registry.references.resolving import ResolvedReference, resolve_text
from sparql.store import Reader

_DESCRIBES = re.compile(r"\b(?:lov|forskrift|reglement)\w*\s+(?:om|til|for)\b", re.IGNORECASE)
"""What describes a regulation that may be given ("forskrift om unntak") is written like a title."""
_REPEALS = re.compile(r"\b(?:opphev(?:es|ast|er|ar)|avløser|erstatter)\b[^.;§]{0,40}$", re.IGNORECASE)
"""Before a regulation that the draft takes the place of."""
_DEPTH = 5
"""Parts of an act's path: kind, year, month, day, number."""


def citations(reader: Reader, acts: HeldActs, texts: Iterable[tuple[str, str]]) -> list[tuple[str, ResolvedReference]]:
    """The references in some texts, each with the section whose text it is (number, text)."""
    return [(number, found) for number, text in texts for found in resolve_text(reader, text, acts)]


def replaced_by(texts: Iterable[tuple[str, str]], cited: Iterable[tuple[str, ResolvedReference]]) -> frozenset[str]:
    """The acts, by id, that a draft repeals itself: that they are not in force beside it is what it says."""
    by_section: dict[str, str] = {}
    for section, text in texts:
        by_section[section] = f"{by_section.get(section, '')}\n{text}"
    return frozenset(
        reference.found.refid
        for section, reference in cited
        if reference.found.refid
        and any(_REPEALS.search(before) for before in by_section[section].split(reference.found.text)[:-1])
    )


def doubtful(
    acts: HeldActs, cited: Iterable[tuple[str, ResolvedReference]], replaced: frozenset[str] = frozenset()
) -> Iterator[DoubtfulCitation]:
    """Those of them that lead nowhere, or to what is repealed, but not by the draft itself; each once a section."""
    told: set[tuple[str, str]] = set()
    for section, reference in cited:
        if reference.found.standing == "unknown" and _DESCRIBES.search(reference.found.written):
            continue
        if reference.found.refid and reference.found.refid in replaced:
            continue
        name = reference.found.refid or reference.found.written or reference.found.text
        name = f"{name} {reference.provision}" if reference.act else name
        for item in evidence_of([(reference, acts.are_complete(reference.found))]):
            if (section, name) not in told:
                told.add((section, name))
                yield DoubtfulCitation(section, reference.found.text, item, reference.successor)


def acts_named(reader: Reader, acts: HeldActs, text: str, references: Iterable[str]) -> dict[str, str]:
    """The acts, IRI to name, that a text names and that references such as ``lov/2003-07-04-80/§3`` are to."""
    found = {each.act: each.title for each in resolve_text(reader, text, acts) if each.act}
    for path in filter(None, map(provision_path, references)):
        act = acts.of("/".join((path.split("/")[0], "-".join(path.split("/")[1:_DEPTH]))))
        if act is not None:
            found.setdefault(act.iri, act.title)
    return found
