"""Part of an import: the things that somebody chose are taken as the source has them, the others stay as they are.

What is not found by search (the collection with its members, a publisher) is taken too, but for what it says about
things that were not chosen.
"""

from collections.abc import Collection, Iterable

from pyoxigraph import NamedNode, Triple

from importers.report import Issue, RecordReport
from registry import closures
from registry.partial_sources import by_subject, points_at, with_parts, without
from registry.search.entries import found_by_search


def chosen(old: Iterable[Triple], new: Iterable[Triple], wanted: Collection[str]) -> list[Triple]:
    """The graph with the changes of the wanted things only; `new` is what it would hold with all of them."""
    before, after = set(old), set(new)
    found, becoming = by_subject(before), by_subject(after)
    things = found_by_search(before) | found_by_search(after)
    kept = (closures.affected(before, after) & things) - set(wanted)
    arriving, leaving = kept - found.keys(), kept - becoming.keys()
    taken = [each for each in without(after, kept) if points_at(each) not in arriving or _subject(each) in things]
    listed = [
        each for iri in found.keys() & becoming.keys() - things for each in found[iri] if points_at(each) in leaving
    ]
    return list(dict.fromkeys([*taken, *listed, *with_parts(found, kept & found.keys())]))


def pass_over(records: Iterable[RecordReport], wanted: Collection[str]) -> None:
    """Says of the records that would have been stored and were not chosen that they were left out."""
    for record in records:
        if record.status == "stored" and record.subject not in wanted:
            record.status = "skipped"
            record.issues.append(Issue("not-chosen", "information", "The record was not chosen in the preview."))


def _subject(triple: Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, NamedNode) else ""
