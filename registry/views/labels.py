"""The words of the interface for codes: relations, uses, severities, kinds of model element ... Marked for translation.

Norwegian words follow SKOS-AP-NO 2 and ModellDCAT-AP-NO as the national directory shows them.
"""

from collections.abc import Mapping

from flask import Flask
from flask_babel import lazy_gettext as _

from registry.views import case_words, link_labels, quality_labels, settling_labels
from registry.views.chain_words import CHAIN_KIND, CHAIN_KINDS, CHAIN_SIDES, SERVICE_KINDS, VERDICT_COLORS, VERDICTS

RELATIONS: Mapping[str, object] = {
    "specializes": _("Superordinate concept"),
    "generalizes": _("Subordinate concept"),
    "broader": _("Broader concept"),
    "narrower": _("Narrower concept"),
    "isPartOf": _("Is part of"),
    "hasPart": _("Comprises"),
    "related": _("Related concept"),
    "exactMatch": _("Exact match"),
    "closeMatch": _("Close match"),
    "broadMatch": _("Broader match"),
    "narrowMatch": _("Narrower match"),
    "relatedMatch": _("Related match"),
    "replaces": _("Replaces"),
    "isReplacedBy": _("Replaced by"),
    "seeAlso": _("See also"),
    "referredToBy": _("Referred to by"),
}
RELATION_GROUPS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (_("Generic relation"), ("specializes", "generalizes", "broader", "narrower")),
    (_("Partitive relation"), ("isPartOf", "hasPart")),
    (_("Associative relation"), ("related",)),
    (
        _("Correspondence with other catalogues"),
        ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
    ),
    (_("Replacement"), ("replaces", "isReplacedBy")),
    (_("See also"), ("seeAlso", "referredToBy")),
)
USES: Mapping[str, object] = {
    "informationModel": _("Information model"),
    "modelElement": _("Part of an information model"),
    "codeElement": _("Code"),
    "dataset": _("Dataset"),
    "dataService": _("API"),
    "service": _("Service"),
    "event": _("Event"),
    "other": _("Other resource"),
}
SUGGESTED: Mapping[str, object] = {
    "identical": _("identical"),
    "editorialVariant": _("editorial variant"),
    "languageVariant": _("variant in another written form"),
    "incorporatedByReference": _("defined by reference"),
    "narrower": _("narrower"),
    "broader": _("broader"),
    "overlapping": _("overlapping"),
    "coordinate": _("coordinate"),
    "homonym": _("homonym"),
    "synonym": _("synonym"),
}
SUGGESTED_MEANING: Mapping[str, object] = {
    "identical": _("The texts are the same. One definition can be shared."),
    "editorialVariant": _("The texts say the same in slightly different words."),
    "languageVariant": _("The texts say the same in bokmål and nynorsk, or in two languages."),
    "incorporatedByReference": _("One text refers to the other for its meaning."),
    "narrower": _("The first text covers less than the second."),
    "broader": _("The first text covers more than the second."),
    "overlapping": _("The texts are about the same thing, but do not draw the limit in the same place."),
    "coordinate": _("The texts are about neighbouring concepts under a common one."),
    "homonym": _("The texts are about different things that go by the same word."),
    "synonym": _("Different words with the same definition."),
}
MEETINGS: Mapping[str, object] = {
    "link": _("One publisher links its concept to the other."),
    "provision": _("Their terms differ; both rest on the same provision."),
    "text": _("Their terms differ; their texts are nearly the same."),
}
CLASSES: Mapping[str, object] = {
    "same": _("the same meaning"),
    "harmonisable": _("can be harmonised"),
    "conflict": _("different reach"),
    "homonym": _("different concepts"),
}
SEVERITY_NAMES: Mapping[str, object] = {
    "critical": _("High"),
    "major": _("Medium"),
    "minor": _("Low"),
    "information": _("For information"),
}
SOURCE_STATES: Mapping[str, object] = {
    "off": _("off"),
    "waiting": _("not fetched yet"),
    "good": _("up to date"),
    "failing": _("failing"),
}
SOURCE_COLORS: Mapping[str, str] = {"off": "neutral", "waiting": "info", "good": "success", "failing": "danger"}
SOURCE_OUTCOMES: Mapping[str, object] = {"changed": _("changed"), "unchanged": _("unchanged"), "failed": _("failed")}
ISSUE_SEVERITIES: Mapping[str, object] = {
    "error": _("Error"),
    "warning": _("Warning"),
    "information": _("Information"),
}
CHANGES: Mapping[str, object] = {"new": _("New"), "changed": _("Changed"), "gone": _("Gone")}
PROPERTIES: Mapping[str, object] = {
    "skos:prefLabel": _("Term"),
    "euvoc:xlDefinition": _("Definition"),
    "euvoc:xlDefinition/rdf:value": _("Definition"),
    "skos:scopeNote": _("Note"),
    "dct:title": _("Title"),
}
"""What people call the commonest properties of a difference."""
ROLES: Mapping[str, object] = {
    "editor": _("editor"),
    "administrator": _("administrator"),
    "contributor": _("contributor"),
    "coordinator": _("coordinator"),
    "reader": _("reader"),
}
STATUSES: Mapping[str, object] = {
    "stored": _("stored"),
    "unchanged": _("unchanged"),
    "skipped": _("skipped"),
    "rejected": _("rejected"),
    "repaired": _("repaired"),
}
ELEMENTS: Mapping[str, object] = {
    "ObjectType": _("Object type"),
    "RootObjectType": _("Root object type"),
    "DataType": _("Data type"),
    "SimpleType": _("Simple type"),
    "CodeList": _("Code list"),
    "Module": _("Module"),
    "Attribute": _("Attribute"),
    "Role": _("Role"),
    "Association": _("Association"),
    "Composition": _("Composition"),
    "Collection": _("Collection of elements"),
    "Specialization": _("Specialisation"),
    "Realization": _("Realisation"),
    "Dependency": _("Dependency"),
    "Abstraction": _("Abstraction"),
    "Choice": _("Choice"),
    "CodeElement": _("Code"),
}
CONCEPT_STATUSES: Mapping[str, object] = {
    "CANDIDATE": _("Candidate"),
    "CURRENT": _("Current"),
    "DEPRECATED": _("Deprecated"),
    "DRAFT": _("Draft"),
    "PLANNED": _("Planned"),
    "RETIRED": _("Retired"),
    "REVISED": _("Revised"),
    "WAITING": _("Waiting"),
}
PROBLEMS: Mapping[str, object] = {
    "not-found": _("Not found"),
    "gone": _("Retired"),
    "not-acceptable": _("None of the formats asked for can be given"),
    "bad-request": _("The request cannot be used"),
    "method-not-allowed": _("The request cannot be used"),
    "unauthorized": _("A token is needed"),
    "forbidden": _("The token does not open this"),
    "precondition-failed": _("Somebody has changed it meanwhile"),
    "protocol": _("The request is not what the SPARQL protocol asks for"),
    "media-type": _("The media type cannot be read"),
    "unreadable-source": _("The source cannot be read"),
    "store-busy": _("Another import is running"),
    "store-away": _("The store does not answer"),
    "store-full": _("The disk is full"),
    "store-read-only": _("The register is read-only"),
    "store": _("The store cannot be read"),
    "uri-base-changed": _("The base of minted URIs has changed"),
    "layout": _("The data directory is of another version"),
    "configuration": _("The register is not set up"),
    "name-taken": _("The name is taken"),
    "uri-reused": _("The URI has been another kind of thing"),
    "too-many-tokens": _("Too many wrong tokens"),
    "too-many-sign-ins": _("Too many sign-ins"),
    "job-ended": _("The work broke off"),
    "cannot-undo": _("The import cannot be undone"),
    "graph-state": _("The graph is not as the update needs it"),
    "query-syntax": _("The query is not valid SPARQL"),
    "query-too-large": _("The query is too large"),
    "query-refused": _("The query is not allowed here"),
    "query-timeout": _("The query took too long"),
    "query-memory": _("The query used too much memory"),
    "service-failed": _("Another service did not answer"),
    "query-failed": _("The query failed"),
    "request-entity-too-large": _("Too much was sent"),
    "client-gone": _("The client has gone"),
    "request-timeout": _("The request came too slowly"),
    "client-busy": _("Too many queries of one client at once"),
    "query-busy": _("Too many queries at once"),
    "internal-server-error": _("Something went wrong in the register"),
}
"""Headings of error pages by the last part of the problem's type."""
LAW_KINDS: Mapping[str, object] = {"act": _("Act"), "regulation": _("Regulation")}
ACCESS_CLASSES: Mapping[str, str] = {"PUBLIC": "public", "RESTRICTED": "restricted", "NON_PUBLIC": "non-public"}
LANGUAGE_NAMES: Mapping[str, object] = {"nb": _("Bokmål"), "nn": _("Nynorsk"), "en": _("English")}

STEPS: Mapping[str, object] = {
    "starting": _("Waiting to begin"),
    "reading": _("Reading"),
    "comparing": _("Comparing with what is there"),
    "definitions": _("Comparing definitions"),
    "writing": _("Writing down the preview"),
    "storing": _("Storing"),
    "keeping": _("Finding disagreements, keeping the sources"),
}
"""What a job does, by the first word of the pipeline's progress."""


def init_labels(app: Flask) -> None:
    """Gives templates ``labels.relations[...]`` and the rest."""
    app.jinja_env.globals["labels"] = {
        "relations": RELATIONS,
        "relation_groups": RELATION_GROUPS,
        "uses": USES,
        "chain": CHAIN_KINDS,
        "chain_kind": CHAIN_KIND,
        "service_kinds": SERVICE_KINDS,
        "verdicts": VERDICTS,
        "verdict_colors": VERDICT_COLORS,
        "chain_sides": CHAIN_SIDES,
        "suggested": SUGGESTED,
        "suggested_meaning": SUGGESTED_MEANING,
        "meetings": MEETINGS,
        "classes": CLASSES,
        "severities": SEVERITY_NAMES,
        "issue_severities": ISSUE_SEVERITIES,
        "source_states": SOURCE_STATES,
        "source_colors": SOURCE_COLORS,
        "source_outcomes": SOURCE_OUTCOMES,
        "statuses": STATUSES,
        "changes": CHANGES,
        "steps": STEPS,
        "properties": PROPERTIES,
        "roles": ROLES,
        "elements": ELEMENTS,
        "concept_statuses": CONCEPT_STATUSES,
        "problems": PROBLEMS,
        "law_kinds": LAW_KINDS,
        "access": ACCESS_CLASSES,
        "languages": LANGUAGE_NAMES,
        **quality_labels.LABELS,
        **link_labels.LABELS,
        **settling_labels.LABELS,
        **case_words.LABELS,
    }
