"""The issues that reading RDF can raise: see `importers.issues`, which has the whole table."""

from importers.issue_kinds import IssueKind

RDF_ISSUES: dict[str, IssueKind] = {
    # the file
    "byte-order-mark": IssueKind(
        "information", "The file begins with a byte order mark; it was left out.", "Save as UTF-8 without it."
    ),
    "dialect-normalised": IssueKind(
        "information", "The file is in an older form of SKOS-AP-NO; it was brought to version 2.", ""
    ),
    "named-graphs-merged": IssueKind(
        "information", "The file has named graphs; their statements were put together in the catalogue's graph.", ""
    ),
    "prefix-undeclared": IssueKind(
        "warning",
        "A well-known prefix is used without being declared; its usual namespace was taken.",
        "Declare the prefix.",
    ),
    "statement-unreadable": IssueKind(
        "error",
        "A statement cannot be read; it was left out and the rest of the file was read.",
        "Mend the statement at the line and column that the report names.",
        repairs=True,
    ),
    "statement-mended": IssueKind(
        "warning",
        "The file lacks a sign that ends or closes something ({value}).",
        "Mend the file at the line and column that the report names.",
        repairs=True,
    ),
    "member-without-description": IssueKind(
        "information",
        "The collection lists a concept that the file does not describe; the link was kept.",
        "Describe the concept, or take it off the list.",
    ),
    # IRIs and names
    "iri-repaired": IssueKind(
        "warning",
        "An IRI has characters that no IRI may have; they were percent-encoded.",
        "Write the IRI without blanks and other forbidden characters.",
        repairs=True,
    ),
    "iri-unreadable": IssueKind(
        "error",
        "An IRI cannot be read even with its forbidden characters encoded; the statement was left out.",
        "Write the IRI that is meant.",
        repairs=True,
    ),
    "empty-iri": IssueKind(
        "warning",
        "An empty IRI points at the file itself; the statement was left out.",
        "Write the IRI that is meant, or leave the statement out.",
        repairs=True,
    ),
    "relative-iri": IssueKind(
        "warning",
        "An IRI is relative and the file says no base; it was read as a name within the file.",
        "Write the whole IRI.",
        repairs=True,
    ),
    "wrong-namespace": IssueKind(
        "warning",
        "A term stands in a namespace that does not have it; the term that is meant was used.",
        "Use the namespace of the vocabulary that has the term.",
        repairs=True,
    ),
    "hijacked-prefix": IssueKind(
        "warning",
        "The prefix dct is declared as http://purl.org/dc/; its terms were read as http://purl.org/dc/terms/.",
        "Declare dct as http://purl.org/dc/terms/.",
        repairs=True,
    ),
    # text
    "control-character": IssueKind(
        "warning", "A text holds control characters; they were left out.", "Take the characters out.", repairs=True
    ),
    "edge-blanks": IssueKind(
        "information", "A text begins or ends with blanks; they were left out.", "Take the blanks out.", repairs=True
    ),
    "empty-value": IssueKind(
        "information", "A value is empty; the statement was left out.", "Leave out what has no value.", repairs=True
    ),
    "missing-language": IssueKind(
        "warning",
        "A text has no language; it was read as bokmål (nb).",
        "Say the language of every text.",
        repairs=True,
    ),
    "language-normalised": IssueKind(
        "information",
        "A language is written in another way than nb, nn or en; it was read as that language.",
        "Write the language as nb, nn or en.",
        repairs=True,
    ),
    "language-empty": IssueKind(
        "information",
        "A language tag is empty or none at all; the text was kept without it.",
        "Say the language of the text, or leave the tag out.",
        repairs=True,
    ),
    "invalid-date": IssueKind(
        "warning",
        "A date is not a date of the calendar in the form yyyy-mm-dd; it was kept as written.",
        "Write the date as yyyy-mm-dd.",
    ),
    # concepts
    "concept-without-iri": IssueKind(
        "information",
        "The concept has no IRI of its own; one was made from the catalogue and the term.",
        "Give the concept a persistent IRI.",
    ),
    "type-added": IssueKind(
        "warning",
        "The resource has a definition or terms of a concept but does not say that it is one; it was read as one.",
        "State that the resource is a skos:Concept.",
        repairs=True,
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
    "source-is-code": IssueKind(
        "information",
        "The source says in words how the definition relates to its source; the code was used.",
        "Use the code of the relation to the source.",
        repairs=True,
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
    "publisher-normalised": IssueKind(
        "information",
        "The organisation is written in another way than the national catalogue does; its usual IRI was used.",
        "",
    ),
    "publisher-unknown": IssueKind(
        "warning",
        "The publisher has no organisation number; it was kept as written.",
        "Say the publisher with its organisation number.",
    ),
    # profiles
    "property-missing": IssueKind(
        "warning", "A property that the application profile requires is missing.", "Fill in the property."
    ),
    "too-many-values": IssueKind(
        "warning",
        "A property has more values than the application profile allows; all were kept.",
        "Keep as many values as the profile allows.",
    ),
}
"""Code to meaning."""
