"""The report of an import: what became of each record, where it stood, and how to mend it.

A record is one concept (or model, dataset, service, definition). Everything here is plain data; `as_json` gives
the members that docs/formats.md promises.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "information"]
READ_IN_PART = "read-in-part"
"""The issue of a source that was salvaged."""
DECLARED_PARTIAL = "declared-partial"
"""The issue of a source that whoever imports it calls a part."""
Status: TypeAlias = Literal["stored", "unchanged", "skipped", "rejected"]


@dataclass(frozen=True, slots=True)
class Where:
    """The place in a file: lines, rows and columns count from one; `column` is a number or a header's name."""

    file: str = ""
    line: int | None = None
    row: int | None = None
    column: int | str | None = None

    def as_json(self) -> dict[str, Any]:
        """The members that are known."""
        known = {"file": self.file or None, "line": self.line, "row": self.row, "column": self.column}
        return {key: value for key, value in known.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that was mended, doubted or refused; `code` is stable and described in docs/formats.md."""

    code: str
    severity: Severity
    message: str
    value: str = ""
    fix: str = ""
    where: Where | None = None

    def as_json(self) -> dict[str, Any]:
        """The issue as the report prints it."""
        document: dict[str, Any] = {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "value": self.value,
            "fix": self.fix,
        }
        if self.where is not None:
            document["where"] = self.where.as_json()
        return document


@dataclass(slots=True)
class RecordReport:
    """What became of one record. `repaired`: the record was stored, but not as it was written."""

    subject: str
    status: Status = "stored"
    where: Where = field(default_factory=Where)
    issues: list[Issue] = field(default_factory=list)
    repaired: bool = False

    def as_json(self) -> dict[str, Any]:
        """The record as the report prints it."""
        return {
            "subject": self.subject,
            "status": self.status,
            "where": self.where.as_json(),
            "issues": [issue.as_json() for issue in self.issues],
        }


@dataclass(slots=True)
class ImportReport:
    """The report of one catalogue out of one source; `issues` are those of the source as a whole, such as a column."""

    catalogue: str
    source: str
    format: str
    records: list[RecordReport] = field(default_factory=list)
    generation: int | None = None
    findings: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    @property
    def partial(self) -> bool:
        """Whether the source is, or could be read as, a part only: what it lacks must not be taken as removed."""
        return any(issue.code in {READ_IN_PART, DECLARED_PARTIAL} for issue in self.issues)

    def counts(self) -> dict[str, int]:
        """Records by status; `repaired` is a part of `stored`."""
        counts = dict.fromkeys(("stored", "unchanged", "skipped", "rejected", "repaired"), 0)
        for record in self.records:
            counts[record.status] += 1
            counts["repaired"] += record.repaired and record.status == "stored"
        return counts

    def as_json(self) -> dict[str, Any]:
        """The report as `samsvar import --json` prints it."""
        return {
            "catalogue": self.catalogue,
            "source": self.source,
            "format": self.format,
            "generation": self.generation,
            "counts": self.counts(),
            "issues": [issue.as_json() for issue in self.issues],
            "records": [record.as_json() for record in self.records],
            "findings": self.findings,
        }
