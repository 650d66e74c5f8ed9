"""The words of the interface for coordination cases, drafts and boards, and filters of their templates."""

from collections.abc import Mapping
from uuid import uuid4

from flask import Flask
from flask_babel import lazy_gettext as _

from ontologies.namespaces import ORGANISATION
from registry.catalogue.concepts import Concept
from registry.catalogue.organisations import organisation_number
from registry.catalogue.texts import shown
from registry.views.languages import language

_DEGREES = {"great": _("To a great degree"), "some": _("To some degree"), "little": _("To a little degree")}
_OUTCOMES = {"harmonise": _("A: harmonise"), "differentiate": _("B: differentiate"), "neither": _("C: neither")}
_TIES = {
    "isReplacedBy": _("is replaced by the common concept"),
    "exactMatch": _("stays, as the same concept (exact match)"),
    "closeMatch": _("stays, as nearly the same concept (close match)"),
    "narrowMatch": _("stays, and the common concept is narrower (narrow match)"),
    "broadMatch": _("stays, and the common concept is broader (broad match)"),
}
LABELS: Mapping[str, object] = {
    "case_states": {"": _("All"), "open": _("Open"), "closed": _("Closed")},
    "case_steps": {
        "": _("The case"),
        "line-up": _("Line up"),
        "choose": _("Choose"),
        "harmonise": _("Harmonise"),
        "differentiate": _("Differentiate"),
        "manage": _("Manage"),
    },
    "case_outcomes": {"": _("Not chosen"), **_OUTCOMES},
    "outcome_choices": tuple(_OUTCOMES.items()),
    "degrees": _DEGREES,
    "degree_choices": tuple(_DEGREES.items()),
    "tie_choices": tuple(_TIES.items()),
    "question_kinds": {
        "terminological": _("Terminological questions"),
        "administrative": _("Administrative questions"),
    },
    "overlaps": {
        "relations": _("Do the relations of the concepts overlap?"),
        "characteristics": _("Do the characteristics overlap?"),
        "terms": _("Do the terms overlap?"),
    },
    "because": {
        "shared-subject": _("They share a subject field"),
        "no-shared-subject": _("Their subject fields have no word in common"),
        "same-score": _("How likely the comparison holds it that two of the definitions say the same"),
        "same-term": _("They have a recommended term in common"),
        "same-admitted": _("A recommended or admitted term of one is one of the other"),
        "no-same-term": _("They have no term in common"),
        "shared-relations": _("They are related to the same concept"),
        "no-shared-relations": _("They are related to no concept in common"),
        "statutory": _("Bound by a statutory definition"),
        "has-source": _("They name a source"),
    },
    "rank_reasons": {"statutory": _("statutory"), "standard": _("of a standard"), "used": _("in use")},
    "case_missing": {
        "no-concepts": _("The case is about no concept"),
        "no-outcome": _("No outcome is chosen"),
        "no-reason": _("Why neither is not said"),
        "no-measure": _("Nothing tells it apart yet"),
        "no-common": _("There is no common concept"),
        "not-published": _("The common concept is not published"),
    },
    "boards": {"publisher": _("By organisation"), "ministry": _("By ministry")},
    "draft_states": {
        "draft": _("Draft"),
        "review": _("In review"),
        "approved": _("Approved"),
        "published": _("Published"),
        "withdrawn": _("Withdrawn"),
    },
    "draft_steps": {
        "draft": _("Make it a draft again"),
        "review": _("Send it to review"),
        "approved": _("Approve"),
        "published": _("Publish"),
        "withdrawn": _("Withdraw it"),
    },
    "draft_missing": {
        "no-term": _("There is no recommended term"),
        "no-definition": _("There is no definition"),
        "no-owner": _("There is no owner"),
        "S13": _("One term is recommended and admitted or discouraged (SKOS S13)"),
    },
    "source_relations": {
        "self-composed": _("Self-composed"),
        "derived-from-source": _("Derived from the source"),
        "direct-from-source": _("Taken from the source"),
    },
    "refused": {
        "number": _("An organisation number has nine digits"),
        "date": _("A date is written such as 2026-01-31"),
        "uri": _("This is no URI"),
        "concept": _("The register holds no concept with this URI"),
        "choice": _("This is none of the choices"),
        "long": _("The text is longer than 20,000 characters"),
        "many": _("A case is about 50 concepts at most"),
        "field": _("The register knows no such field"),
    },
    "changes_asked": {
        "term": _("Recommended term"),
        "definition": _("Definition"),
        "note": _("Note"),
        "subject": _("Subject field"),
        "seeAlso": _("See also"),
        "isReplacedBy": _("Replaced by"),
        "exactMatch": _("Exact match"),
        "closeMatch": _("Close match"),
        "broadMatch": _("Broader match"),
        "narrowMatch": _("Narrower match"),
    },
}


def init_case_words(app: Flask) -> None:
    """Gives templates the filters of this module."""
    app.jinja_env.filters.update(
        organisation_uri=organisation_uri, organisation_number=organisation_number, said_by=said_by
    )
    app.jinja_env.globals["once"] = lambda: str(uuid4())


def organisation_uri(number: str) -> str:
    """The IRI of an organisation by its nine digits."""
    return ORGANISATION[number].value


def said_by(concept: Concept) -> str:
    """Who says so: the act of a statutory concept, else the publisher, else the catalogue."""
    if concept.statutory and concept.act:
        return concept.act.name(language())
    if concept.publisher:
        return concept.publisher.name(language())
    return ", ".join(shown(each.name, language()) for each in concept.catalogues)
