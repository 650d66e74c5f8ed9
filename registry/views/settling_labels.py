"""The words of the interface for decisions about concepts and what became of findings."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

LABELS: Mapping[str, Mapping[str, object]] = {
    "states": {
        "open": _("Open"),
        "proposed": _("Waits for a second person"),
        "settled": _("Settled"),
        "dismissed": _("Dismissed"),
        "stale": _("A definition has changed since it was decided"),
    },
    "outcomes": {
        "exactMatch": _("The same concept (exact match)"),
        "closeMatch": _("Nearly the same concept (close match)"),
        "broadMatch": _("The second is broader (broad match)"),
        "narrowMatch": _("The second is narrower (narrow match)"),
        "relatedMatch": _("Related, and neither broader nor narrower (related match)"),
        "isReplacedBy": _("The second replaces the first"),
        "harmonised": _("Harmonised: a common concept is used"),
        "differentiated": _("Differentiated: the difference is made plain"),
        "homonym": _("Different concepts that share a term (homonyms)"),
        "dismissed": _("Dismissed: no disagreement to settle"),
        "withdrawn": _("Withdrawn"),
    },
    "reasons": {
        "wrong-candidate": _("The two should not have been compared"),
        "extraction-error": _("A definition was read wrongly from its source"),
        "editorial": _("The wording differs, the meaning does not"),
        "homonym": _("The concepts share a term and nothing else"),
        "duplicate-record": _("The same concept is registered twice"),
        "lawful-difference": _("The law means them to differ"),
    },
    "account_roles": {
        "contributor": _("Contributor: comments"),
        "coordinator": _("Coordinator: opens cases and decides"),
        "editor": _("Editor of an organisation"),
        "administrator": _("Administrator"),
    },
    "decision_views": {
        "": _("Standing"),
        "waiting": _("Waiting for a second person"),
        "stale": _("Stale"),
        "all": _("Everything decided"),
    },
    "violations": {
        "S46": _("One of them is already broader, narrower or related (SKOS S46)"),
        "S27": _("What is broader cannot be related too (SKOS S27)"),
        "circle": _("A concept would become broader than itself"),
        "homonym": _("Somebody has decided that they only share a term"),
    },
}
