"""The report of an import, read back from the bytes that the pipeline kept: counts, records and their issues."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from importers.report import Where

SEVERITIES = ("error", "warning", "information")
"""Of issues, worst first."""


@dataclass(frozen=True, slots=True)
class ReportIssue:
    """One issue, as the importer wrote it; `where` only if it has a place of its own within the record."""

    code: str
    severity: str
    message: str
    value: str
    fix: str
    where: Where | None


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One record with its status and issues."""

    subject: str
    status: str
    where: Where
    issues: tuple[ReportIssue, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `counts` by status; `findings` by severity; `document` is the report as it was written."""

    counts: dict[str, int]
    findings: dict[str, int]
    records: tuple[ReportRecord, ...]
    document: dict[str, Any] = field(repr=False)

    @property
    def codes(self) -> tuple[tuple[str, str, int], ...]:
        """Each code that occurs with its severity and how often, worst and most frequent first."""
        counted = Counter((issue.severity, issue.code) for record in self.records for issue in record.issues)
        found = [(code, severity, number) for (severity, code), number in counted.items()]
        return tuple(sorted(found, key=lambda each: (_rank(each[1]), -each[2], each[0])))

    def with_issues(self, *, code: str = "", status: str = "") -> tuple[ReportRecord, ...]:
        """Records that have something to tell (an issue, or not stored), worst first; of one code or status only."""
        chosen = [
            record
            for record in self.records
            if (record.issues or record.status in {"rejected", "skipped"})
            and (not code or any(issue.code == code for issue in record.issues))
            and (not status or record.status == status)
        ]
        return tuple(sorted(chosen, key=lambda record: min((_rank(i.severity) for i in record.issues), default=0)))


def read_report(document: bytes) -> Report:
    """The report that the pipeline stored.

    Raises:
        ValueError: the bytes are no such report.
    """
    report = json.loads(document)
    return Report(
        counts=dict(report["counts"]),
        findings=dict(report.get("findings") or {}),
        records=tuple(_records(report["records"])),
        document=report,
    )


def _records(records: Iterable[dict[str, Any]]) -> Iterator[ReportRecord]:
    for record in records:
        issues = tuple(_issue(issue) for issue in record["issues"])
        yield ReportRecord(record["subject"], record["status"], Where(**record["where"]), issues)


def _issue(issue: dict[str, Any]) -> ReportIssue:
    where = Where(**issue["where"]) if issue.get("where") else None
    return ReportIssue(issue["code"], issue["severity"], issue["message"], issue["value"], issue["fix"], where)


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
