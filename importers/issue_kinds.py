"""The row of an issue table."""

from dataclasses import dataclass

from importers.report import Severity


@dataclass(frozen=True, slots=True)
class IssueKind:
    """A row of the table. `message` may hold ``{value}``; `fix` is "" where there is nothing to do.

    `repairs`: a record with such an issue was stored, but not as it was written.
    """

    severity: Severity
    message: str
    fix: str = ""
    repairs: bool = False
