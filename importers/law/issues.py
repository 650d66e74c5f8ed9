"""Issues that acts and regulations raise; `importers.issues` has them with all others."""

from importers.issue_kinds import IssueKind

LAW_ISSUES: dict[str, IssueKind] = {
    "amending-act": IssueKind(
        "information", "The document changes other texts; definitions in what it inserts are theirs, not its own."
    ),
    "amendment-unsure": IssueKind(
        "warning",
        "It cannot be told for sure what the act reads after the amendment, which is kept and not applied: {value}.",
        "Import the consolidated text of the act.",
    ),
    "bad-reference": IssueKind("warning", "“{value}” refers to no act or regulation in a known form.", ""),
}
