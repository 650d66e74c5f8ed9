"""Reports and errors as JSON between the reader's process and its parent, whole, and back again."""

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
