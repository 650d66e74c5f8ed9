"""Reports and errors as JSON between the reader's process and its parent, whole, and back again."""

from dataclasses import replace
from typing import Any

from importers.base import UnreadableSourceError
from importers.report import ImportReport, Issue, RecordReport, Where


def report_json(report: ImportReport) -> dict[str, Any]:
    """The report with everything that `report_from_json` needs."""
    document = report.as_json()
    for written, record in zip(document["records"], report.records, strict=True):
        written["repaired"] = record.repaired
    return document


def report_from_json(document: dict[str, Any]) -> ImportReport:
    """The report that `report_json` wrote."""
    return ImportReport(
        document["catalogue"],
        document["source"],
        document["format"],
        [_record(record) for record in document["records"]],
        document["generation"],
        document["findings"],
        [issue_from_json(issue) for issue in document["issues"]],
    )


def packed_report(report: ImportReport) -> dict[str, Any]:
    """The same with each issue once, and a list for each record: large reports say a few things of many records."""
    numbers: dict[Issue, int] = {}
    known: dict[int, int] = {}  # by identity, which is faster, and the same for most

    def number(issue: Issue) -> int:
        found = known.get(id(issue))
        if found is None:
            found = known[id(issue)] = numbers.setdefault(issue, len(numbers))
        return found

    records = [
        (
            each.subject,
            each.status,
            _packed_where(each.where, report.source),
            list(map(number, each.issues)),
            each.repaired,
        )
        for each in report.records
    ]
    document = {**replace(report, records=[]).as_json(), "records": records}
    return {**document, "told": [issue.as_json() for issue in numbers]}


def unpacked_report(document: dict[str, Any]) -> ImportReport:
    """The report that `packed_report` wrote."""
    told = [issue_from_json(issue) for issue in document["told"]]
    source = document["source"]
    report = report_from_json({**document, "records": []})
    report.records += [
        RecordReport(subject, status, _unpacked_where(where, source), [told[number] for number in issues], repaired)
        for subject, status, where, issues, repaired in document["records"]
    ]
    return report


def _packed_where(where: Where, source: str) -> tuple[Any, ...]:
    """Line, row and column, and the file where it is not the report's source."""
    place = (where.line, where.row, where.column)
    return place if where.file == source else (*place, where.file)


def _unpacked_where(packed: list[Any], source: str) -> Where:
    line, row, column, *file = packed
    return Where(file[0] if file else source, line, row, column)


def error_json(name: str, error: UnreadableSourceError | MemoryError | RecursionError) -> dict[str, Any]:
    """An error that ends the reading of a source."""
    if isinstance(error, UnreadableSourceError):
        return {"message": error.message, "where": error.where.as_json(), "fix": error.fix}
    what = "memory than any catalogue needs" if isinstance(error, MemoryError) else "levels of nesting than can be read"
    fix = "Look for endless nesting or entities in the file, or send it in parts."
    return {"message": f"Reading the file takes more {what}.", "where": {"file": name}, "fix": fix}


def error_from_json(document: dict[str, Any]) -> UnreadableSourceError:
    """The error that `error_json` wrote."""
    return UnreadableSourceError(document["message"], _where(document["where"]), document["fix"])


def _record(document: dict[str, Any]) -> RecordReport:
    return RecordReport(
        document["subject"],
        document["status"],
        _where(document["where"]),
        [issue_from_json(issue) for issue in document["issues"]],
        document["repaired"],
    )


def issue_from_json(document: dict[str, Any]) -> Issue:
    """The issue as `Issue.as_json` wrote it."""
    where = document.get("where")
    return Issue(
        document["code"],
        document["severity"],
        document["message"],
        document["value"],
        document["fix"],
        _where(where) if where is not None else None,
    )


def _where(document: dict[str, Any]) -> Where:
    return Where(document.get("file", ""), document.get("line"), document.get("row"), document.get("column"))
