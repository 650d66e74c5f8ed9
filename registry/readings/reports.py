"""Reports as readings keep them: a record is a row, so that a hundred thousand of them are read in no time."""

import json
from typing import Any

from importers.child_reports import issue_from_json
from importers.report import ImportReport, RecordReport, Where


def packed(report: ImportReport) -> str:
    """What reading found, as text: without the generation and the findings, which say what became of it."""
    return json.dumps(
        {
            "about": (report.catalogue, report.source, report.format),
            "issues": [issue.as_json() for issue in report.issues],
            "records": [_row(record) for record in report.records],
        }
    )


def unpacked(text: str) -> ImportReport:
    """The report that `packed` packed."""
    document = json.loads(text)
    catalogue, source, form = document["about"]
    records = [_record(*row) for row in document["records"]]
    issues = [issue_from_json(each) for each in document["issues"]]
    return ImportReport(catalogue, source, form, records, issues=issues)


def _row(record: RecordReport) -> tuple[Any, ...]:
    where, issues = record.where, [issue.as_json() for issue in record.issues]
    return record.subject, record.status, record.repaired, where.file, where.line, where.row, where.column, issues


def _record(subject: str, status: Any, repaired: bool, *rest: Any) -> RecordReport:
    *where, issues = rest
    return RecordReport(subject, status, Where(*where), [issue_from_json(each) for each in issues], repaired)
