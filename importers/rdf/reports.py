"""From the journal to reports: each issue with the record it is about, each record with the line it stands on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from importers.issues import ISSUES
from importers.rdf.journal import Journal
from importers.rdf.syntaxes import Syntax
from importers.rdf.triples import TripleIndex
from importers.report import ImportReport, Issue, RecordReport, Where
from importers.skos.grouping import Group
from importers.skos.things import Things

FORMAT = "rdf"
_MOST_ALIKE = 10


@dataclass(frozen=True, slots=True)
class Written:
    """How a file was written: in which syntax, and on which line each of its resources is described."""

    syntax: Syntax
    lines: Mapping[str, int]


def reports(
    groups: list[Group], index: TripleIndex, things: Things, written: Written, journal: Journal
) -> list[ImportReport]:
    """One report for each group, in their order. What is about no record stands in the first."""
    file, lines = journal.file, written.lines
    made = [ImportReport(one.catalogue, file, f"{FORMAT} ({written.syntax.title})") for one in groups]
    for report, one in zip(made, groups, strict=True):
        report.records += [_record(node.value, journal.issues(node), file, lines) for node in one.records]
    if (in_part := journal.in_part()) is not None:
        for report in made:
            report.issues.append(in_part)
            cut = [record for record in report.records if record.subject == journal.cut_subject]
            for record in cut:
                record.issues.append(in_part)
    made[0].issues += _few_of_each(journal.of_file)
    made[0].issues += _of_others(journal, things, file, lines)
    made[0].records += [RecordReport("", "rejected", Where(file), [one]) for one in journal.rejected]
    _add_unread(made, index, journal)
    return made


def _record(subject: str, issues: list[Issue], file: str, lines: Mapping[str, int]) -> RecordReport:
    repaired = any(ISSUES[issue.code].repairs for issue in issues)
    return RecordReport(subject, "stored", Where(file, line=lines.get(subject)), issues, repaired=repaired)


def _of_others(journal: Journal, things: Things, file: str, lines: Mapping[str, int]) -> list[Issue]:
    """Issues of what is no record: one for each code, with the first value and how often it came."""
    records = set(things.records)
    first: dict[str, Issue] = {}
    counts: dict[str, int] = {}
    for node in journal.nodes():
        for issue in journal.issues(node) if node not in records else ():
            place = Where(file, line=lines.get(node.value))
            first.setdefault(issue.code, replace(issue, where=issue.where or place))
            counts[issue.code] = counts.get(issue.code, 0) + 1
    return [
        issue if counts[code] == 1 else replace(issue, message=f"{issue.message} ({counts[code]} times in the file)")
        for code, issue in first.items()
    ]


def _few_of_each(issues: list[Issue]) -> list[Issue]:
    """At most `_MOST_ALIKE` issues of a code; the last of them says how many there are."""
    counts: dict[str, int] = {}
    kept: list[Issue] = []
    totals = Counter(issue.code for issue in issues)
    for issue in issues:
        counts[issue.code] = counts.get(issue.code, 0) + 1
        if counts[issue.code] < _MOST_ALIKE or totals[issue.code] <= _MOST_ALIKE:
            kept.append(issue)
        elif counts[issue.code] == _MOST_ALIKE:
            kept.append(replace(issue, message=f"{issue.message} ({totals[issue.code]} times in the file)"))
    return kept


def _add_unread(made: list[ImportReport], index: TripleIndex, journal: Journal) -> None:
    """A statement that could not be read belongs to its record; if nothing of a thing could be read, it is rejected."""
    records = {record.subject: record for report in made for record in report.records}
    for subject, issue in journal.unread:
        if subject in records:
            records[subject].issues.append(issue)
            records[subject].repaired = True
        elif (named := _named(subject)) is not None and named in index:
            made[0].issues.append(issue)
        else:
            where = issue.where or Where(journal.file)
            place = journal.file if where.line is None else f"{journal.file}, line {where.line}"
            rejected = RecordReport(subject or place, "rejected", where, [issue])
            made[0].records.append(rejected)
            records[rejected.subject] = rejected


def _named(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None
