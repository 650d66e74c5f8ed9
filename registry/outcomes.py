"""What became of an import: reports, sources that could not be read, and after a dry run what it would change."""

from dataclasses import dataclass, field, replace
from typing import Any

from importers.base import UnreadableSourceError
from importers.report import READ_IN_PART, ImportReport
from registry.documents import Rows
from registry.previews.plans import Plan

NOTHING = 2
"""The exit code of an import that stored nothing."""
_LOSSES = frozenset({"statement-unreadable", "iri-unreadable", READ_IN_PART})


@dataclass(slots=True)
class Outcome:
    """What became of an import: one report per catalogue, its named graph; sources that could not be read at all.

    `plan` says after a dry run what the import would change.
    """

    reports: list[ImportReport] = field(default_factory=list)
    graphs: list[str] = field(default_factory=list)
    unreadable: list[UnreadableSourceError] = field(default_factory=list)
    plan: Plan | None = None

    @property
    def counts(self) -> dict[str, int]:
        """Totals over the reports."""
        totals = dict.fromkeys(("stored", "unchanged", "skipped", "rejected", "repaired"), 0)
        for report in self.reports:
            for name, number in report.counts().items():
                totals[name] += number
        return totals

    @property
    def catalogues(self) -> dict[str, str]:
        """The catalogue that the records of each file went to."""
        files = {record.where.file: report.catalogue for report in self.reports for record in report.records}
        return {report.source: report.catalogue for report in self.reports} | files

    @property
    def exit_code(self) -> int:
        """0 stored, 1 stored with something rejected, 2 nothing stored."""
        if all(_nothing_of(report) for report in self.reports):
            return NOTHING
        return 1 if self.counts["rejected"] or self.unreadable or self._lost() else 0

    def _lost(self) -> bool:
        """Whether anything of a record that was stored could not be read."""
        return any(
            issue.code in _LOSSES
            for report in self.reports
            for issue in (*report.issues, *(each for record in report.records for each in record.issues))
        )

    def as_json(self) -> dict[str, Any]:
        """The document that `samsvar import --json` prints, lists as `Rows`; after a dry run with the difference."""
        difference = {"difference": self.plan.as_json()} if self.plan else {}
        return {
            "counts": self.counts,
            "reports": [_told(report) for report in self.reports],
            "unreadable": [
                {"where": error.where.as_json(), "message": error.message, "fix": error.fix}
                for error in self.unreadable
            ],
            **difference,
        }


def _told(report: ImportReport) -> dict[str, Any]:
    """A report as JSON, its records made when they are written."""
    records = Rows(lambda: (record.as_json() for record in report.records))
    return {**replace(report, records=[]).as_json(), "counts": report.counts(), "records": records}


def _nothing_of(report: ImportReport) -> bool:
    """Whether the report has records and none of them was stored or was there already."""
    return bool(report.records) and all(record.status in {"rejected", "skipped"} for record in report.records)
