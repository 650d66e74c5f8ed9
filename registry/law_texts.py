"""Several texts of one act: which of them is the newest, and what is kept of the others.

Reads: arrivals. Writes: nothing.
"""

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import Literal, Triple

from importers.issues import issue
from importers.law.amendment_triples import belongs_to_amendment, is_amendment
from ontologies.namespaces import DCT, ELI
from registry.arrivals import Arrival

_FORMS = ("law-markdown", "akoma-ntoso", "lovdata")
"""Of two texts of the same day, the form further on in this row counts: it keeps more of the act's structure."""


def newest_text(first: Arrival, second: Arrival) -> Arrival:
    """Of two texts of one act that arrive together, the one that counts; its report tells of the other.

    What an act changes in others is not in every text of it, so that it is taken from whichever has it.
    """
    older, newer = (second, first) if newer_than(first.triples(), _form(first), second) else (first, second)
    report = newer.batch.report
    report.issues.append(issue("older-text", older.source))
    files = tuple(dict.fromkeys((*newer.files, *older.files)))
    if not any(is_amendment(record.subject) for record in report.records):
        report.records += [record for record in older.batch.report.records if is_amendment(record.subject)]
        newer = with_triples(newer, (*newer.triples(), *filter(belongs_to_amendment, older.triples())))
    return replace(newer, files=files)


def newer_than(triples: Iterable[Triple], form: str, arrival: Arrival) -> bool:
    """Whether a text that came through an importer (`form`) is newer than one that arrives."""
    return _age(triples, form) > _age(arrival.triples(), _form(arrival))


def with_triples(arrival: Arrival, triples: Iterable[Triple]) -> Arrival:
    """The arrival with these triples and no others."""
    return replace(arrival, batch=replace(arrival.batch, triples=tuple(dict.fromkeys(triples))), content=())


def _form(arrival: Arrival) -> str:
    return arrival.batch.report.format


def _age(triples: Iterable[Triple], form: str) -> tuple[str, int]:
    """What orders two texts of one act: the day up to which they include changes, then their form."""
    days = {each.predicate: each.object for each in triples if each.predicate in {DCT.modified, ELI.date_document}}
    day = days.get(DCT.modified) or days.get(ELI.date_document)
    return day.value if isinstance(day, Literal) else "", _FORMS.index(form) if form in _FORMS else len(_FORMS)
