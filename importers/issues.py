"""Every issue that an importer can raise: its stable code, how grave it is, what it means and how to mend it.

docs/formats.md describes the codes from this table; each importer's own rows stand under its heading.
"""

from functools import lru_cache

from importers.issue_kinds import IssueKind
from importers.law.issues import LAW_ISSUES
from importers.rdf.issues import RDF_ISSUES
from importers.repair import REPAIRS
from importers.report import Issue, Where

ISSUES: dict[str, IssueKind] = {
    # what is mended
    **{code: repair.kind for code, repair in REPAIRS.items()},
    # every form of exchange
    "concept-without-term": IssueKind(
        "warning",
        "The concept has no recommended term; it is known by its own URI or id only.",
        "Give the concept a recommended term.",
    ),
    "concept-without-name": IssueKind(
        "error",
        "The concept has neither a recommended term nor a URI or id of its own, so there is nothing to call it{value}.",
        "Give the concept a recommended term.",
    ),
    "concept-without-definition": IssueKind(
        "warning", "The concept has no definition.", "Give the concept a definition."
    ),
    "read-in-part": IssueKind(
        "warning",
        "The source could be read in part only ({value}); what it lacks is not taken as removed.",
        "Mend the source, or send the whole of it, and import again.",
    ),
    # concept tables and JSON
    "entry-unreadable": IssueKind(
        "error",
        "An entry cannot be read; it was left out and the rest of the file was read.",
        "Mend the entry at the line that the report names.",
    ),
    "date-left-out": IssueKind(
        "warning", "“{value}” is no date; it was left out.", "Write yyyy-mm-dd, for example 2026-01-31.", repairs=True
    ),
    "unknown-column": IssueKind(
        "warning",
        "The column “{value}” is not one that the importer knows; its values are not stored.",
        "Rename the column, or leave it out.",
    ),
    "sheet-left-out": IssueKind(
        "warning",
        "The sheet “{value}” was not read: one sheet makes a catalogue.",
        "Import it as a workbook of its own, or put its rows into the other sheet.",
    ),
    "unmapped-field": IssueKind(
        "information", "“{value}” has no place in SKOS-AP-NO and is not stored.", "Nothing: the file itself is kept."
    ),
    "language-assumed": IssueKind(
        "warning",
        "The column “{value}” names no language; its texts are taken as nb.",
        "Write the language: “{value}:nb”.",
    ),
    "period-reversed": IssueKind(
        "warning", "The concept ends to be valid before it begins ({value}).", "Swap the dates."
    ),
    "uri-reused": IssueKind(
        "error",
        "The URI has been another kind of thing ({value}), and stays that; the thing was left out.",
        "Give it a URI of its own.",
    ),
    "bad-uri": IssueKind(
        "warning", "“{value}” is no absolute URI.", "Write the whole address, beginning with https://.", repairs=True
    ),
    "bad-relationship": IssueKind(
        "warning",
        "“{value}” is no relation to a source.",
        "Write egendefinert, basertPaaKilde or sitatFraKilde.",
        repairs=True,
    ),
    "source-without-definition": IssueKind(
        "warning",
        "The source “{value}” belongs to a definition that is not there; it is stored as the concept's.",
        "Write the definition.",
        repairs=True,
    ),
    "bad-language": IssueKind(
        "warning", "“{value}” is no language; the text is stored without one.", "Write nb, nn or en.", repairs=True
    ),
    "bad-relation": IssueKind(
        "warning", "The relation cannot be read: {value}.", "See the documentation of the format.", repairs=True
    ),
    "bad-email": IssueKind("warning", "“{value}” is no e-mail address.", "Write name@domain.", repairs=True),
    "bad-telephone": IssueKind(
        "warning", "“{value}” is no telephone number.", "Write digits, with + before a country code.", repairs=True
    ),
    "bad-value": IssueKind(
        "warning", "The value cannot be read: {value}.", "See the documentation of the format.", repairs=True
    ),
    "packed-terms": IssueKind(
        "warning", "“{value}” looks like several terms in one.", "Write each term by itself, with | between them."
    ),
    "source-of-self-composed": IssueKind(
        "information",
        "The definition is said to be self-composed, but names a source ({value}); both are stored.",
        "Say basertPaaKilde, or take the source away.",
    ),
    "duplicate-id": IssueKind(
        "error", "The id {value} stands on an earlier record already.", "Give each concept an id of its own."
    ),
    "older-version": IssueKind(
        "information",
        "The file has a newer version of “{value}”; this one is left out.",
        "Export the newest version only.",
    ),
    "duplicate-record": IssueKind("information", "The record is the same as an earlier one ({value}).", "Remove one."),
    "surplus-cells": IssueKind(
        "warning",
        "The row has more cells than there are headers; not stored: {value}.",
        "Quote cells that hold the delimiter.",
        repairs=True,
    ),
    "table-known": IssueKind(
        "information",
        "The columns were read as somebody said on {value} of a table with the same headers.",
        "Forget it at /imports/new where they hold something else now.",
    ),
    "formula-without-value": IssueKind(
        "warning",
        "The formula has no value, or an error for one; the cell was read as empty: {value}.",
        "Open the workbook in a spreadsheet program, mend the formula, and save it; or write the value.",
    ),
    "wiki-link-lost": IssueKind(
        "warning",
        "The link points at no concept; its words are kept: {value}.",
        "Mend the link's target.",
        repairs=True,
    ),
    "publisher-missing": IssueKind(
        "warning",
        "It is not said who publishes this.",
        "Say dct:publisher, or import with --publisher and the organisation number.",
    ),
    # models and APIs
    "server-without-address": IssueKind(
        "warning",
        "The server “{value}” has no absolute address; it is not stored.",
        "Write the whole address, beginning with https://.",
    ),
    "several-servers": IssueKind(
        "information",
        "The API has more addresses than its profile has room for; stored as rdfs:seeAlso: {value}.",
        "Put the address that others should use first.",
    ),
    "reference-not-followed": IssueKind(
        "information",
        "The reference {value} leads out of the file, or nowhere; it was not followed.",
        "Bundle the schemas into one file where what it stands for should be part of the model.",
    ),
    # RDF
    **RDF_ISSUES,
    # acts and regulations
    **LAW_ISSUES,
}
"""Code to meaning."""


@lru_cache(maxsize=10_000)
def issue(code: str, value: str = "", where: Where | None = None, *, message: str = "", fix: str = "") -> Issue:
    """An issue of a known kind; `message` and `fix` replace the table's words where there is more to say."""
    kind = ISSUES[code]
    return Issue(
        code,
        kind.severity,
        message or kind.message.replace("{value}", value),
        value,
        fix or kind.fix.replace("{value}", value),
        where,
    )
