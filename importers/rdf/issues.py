"""The issues that reading RDF can raise: see `importers.issues`, which has the whole table."""

from importers.issue_kinds import IssueKind

RDF_ISSUES: dict[str, IssueKind] = {
    # the file
    "named-graphs-merged": IssueKind(
        "information", "The file has named graphs; their statements were put together in the catalogue's graph.", ""
    ),
    "statement-unreadable": IssueKind(
        "error",
        "A statement cannot be read; it was left out and the rest of the file was read.",
        "Mend the statement at the line and column that the report names.",
        repairs=True,
    ),
    "prefix-unknown": IssueKind(
        "warning",
        "A prefix that is not well known is not declared, though half of what the file describes has it; the namespace "
        "{value} was made up for it.",
        "Declare the prefix at the top of the file, with its own namespace.",
        repairs=True,
    ),
    "member-without-description": IssueKind(
        "information",
        "The collection lists a concept that the file does not describe; the link was kept.",
        "Describe the concept, or take it off the list.",
    ),
    # IRIs and names
    "iri-unreadable": IssueKind(
        "error",
        "An IRI cannot be read even with its forbidden characters encoded; the statement was left out.",
        "Write the IRI that is meant.",
        repairs=True,
    ),
    # text
    "invalid-date": IssueKind(
        "warning",
        "A date is not a date of the calendar in the form yyyy-mm-dd; it was kept as written.",
        "Write the date as yyyy-mm-dd.",
    ),
    # concepts
    "identifier-differs": IssueKind(
        "information",
        "The concept's identifier is not its IRI ({value}); both were kept, and the IRI names it here.",
        "Use the concept's IRI as its identifier.",
    ),
    "qualifier-in-term": IssueKind(
        "information",
        "The recommended term ends in a qualifier (“{value}”); it was kept, but is not compared.",
        "Leave the qualifier out; say it in a note or a subject.",
    ),
    "concept-without-iri": IssueKind(
        "information",
        "The concept has no IRI of its own; one was made from the catalogue and the term.",
        "Give the concept a persistent IRI.",
    ),
    "term-and-definition-in-different-languages": IssueKind(
        "warning",
        "No language has both a recommended term and a definition.",
        "Give the term and the definition in one language at least.",
    ),
    "two-definitions-one-language": IssueKind(
        "warning",
        "The concept has more than one definition for one language and audience; all were kept.",
        "Keep one definition for each language and audience.",
    ),
    "two-preferred-terms-one-language": IssueKind(
        "warning",
        "The concept has more than one recommended term in one language; all were kept.",
        "Keep one recommended term in each language and make the others admitted terms.",
    ),
    "definition-repeated": IssueKind(
        "information", "The definition is given both directly and as a definition object; it was kept once.", ""
    ),
    "source-order-lost": IssueKind(
        "information", "The sources are an ordered list; they were kept without their order.", "", repairs=True
    ),
    "code-unknown": IssueKind(
        "warning", "A coded value is not in its list; it was kept as written.", "Use a code from the list."
    ),
    "several-validity-periods": IssueKind(
        "warning",
        "The concept has more than one period of validity; they were kept as written.",
        "Give one period of validity.",
    ),
    "relation-incomplete": IssueKind(
        "warning", "A relation names no other concept; it was kept as written.", "Say which concept it leads to."
    ),
    # publishers
    "publisher-unknown": IssueKind(
        "warning",
        "The publisher has no organisation number; it was kept as written.",
        "Say the publisher with its organisation number.",
    ),
    # profiles
    "property-missing": IssueKind(
        "warning", "A property that the application profile requires is missing.", "Fill in the property."
    ),
    "part-property-missing": IssueKind(
        "warning",
        "Parts of this lack a property that is mandatory in their application profile: {value}.",
        "Add the property to each of them.",
    ),
    "too-many-values": IssueKind(
        "warning",
        "A property has more values than the application profile allows; all were kept.",
        "Keep as many values as the profile allows.",
    ),
}
"""Code to meaning."""
