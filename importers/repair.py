"""Every repair, in one table: ``repairs.tsv`` beside this file, a row each.

A repair is a flaw that real files have and that has one plain remedy, so that what is meant is stored and what was
written is told. Its code is the code of the issue in the report. Nothing else is mended: what cannot be told is kept as
it is written, or refused. With `ImportOptions.strict` nothing is mended, and a source that needs it is refused.
"""

import csv
from dataclasses import dataclass
from importlib.resources import files

from importers.issue_kinds import IssueKind
from importers.report import Severity


@dataclass(frozen=True, slots=True)
class Repair:
    """What is said of the flaw, and an example: a piece as it came, and as it is stored."""

    kind: IssueKind
    before: str
    after: str


def _table() -> dict[str, Repair]:
    text = files("importers").joinpath("repairs.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["code"]: _repair(row) for row in rows}


def _repair(row: dict[str, str]) -> Repair:
    severity = row["severity"]
    if severity not in {"warning", "information"}:
        raise ValueError(f"{row['code']} cannot be {severity}: what is mended is no error.")
    grave: Severity = "warning" if severity == "warning" else "information"
    kind = IssueKind(grave, row["message"], row["fix"], repairs=row["record"] == "yes")
    return Repair(kind, row["before"], row["after"])


REPAIRS: dict[str, Repair] = _table()
"""Code to repair. In the file, ``record`` says whether a record with it counts as repaired in the report."""
