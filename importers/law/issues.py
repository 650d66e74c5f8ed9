"""Issues that acts and regulations raise; `importers.issues` has them with all others."""

from importers.issue_kinds import IssueKind

LAW_ISSUES: dict[str, IssueKind] = {
    "amending-act": IssueKind(
        "information", "The document changes other texts; definitions in what it inserts are theirs, not its own."
    ),
    "amendment-applied": IssueKind("information", "The act that is held reads as the amendment says: {value}."),
    "amendment-included": IssueKind(
        "information", "The text of the act that is held is newer than the amendment, which is in force since {value}."
    ),
    "amendment-not-held": IssueKind(
        "information", "The act that is changed is not held: {value}.", "Import the act; the amendment is kept for it."
    ),
    "amendment-undated": IssueKind(
        "information",
        "The document does not say one day on which all of it enters into force; the amendment is kept, not applied.",
        "Import the consolidated text of the act when it is in force.",
    ),
    "amendment-unsure": IssueKind(
        "warning",
        "It cannot be told for sure what the act reads after the amendment, which is kept and not applied: {value}.",
        "Import the consolidated text of the act.",
    ),
    "amendment-waiting": IssueKind(
        "information",
        "The amendment enters into force on {value}.",
        "Run samsvar recheck, or import the document again, on that day or later.",
    ),
    "definition-amended": IssueKind(
        "information", "An amendment that is in force has changed the section; the definition is none of the act's now."
    ),
    "entity-not-read": IssueKind(
        "warning",
        "The document declares the entity {value}, which is not short plain text; its text is not read.",
        "Write its text where it is called up.",
    ),
    "older-text": IssueKind(
        "information", "A newer text of the act is held or arrives with it; this one is not stored: {value}."
    ),
    "bad-reference": IssueKind("warning", "“{value}” refers to no act or regulation in a known form.", ""),
}
