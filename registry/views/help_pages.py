"""Help for people, and the accessibility statement that the operator has filled in."""

from flask import Blueprint
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from registry.errors import NotFoundError
from registry.help.reading import Topic, topics
from registry.views.context import MENU, register
from registry.views.languages import language, said
from registry.views.rendering import Shown, page

blueprint = Blueprint("help", __name__)

_WORDS = {
    **{path: label for label, path in MENU},
    "/cases/new": _("New case"),
    "/drafts": _("Drafts of concepts"),
    "/draft-check": _("Check a draft"),
    "/harmonised": _("Harmonised concepts"),
    "/decisions": _("Decisions"),
    "/boards": _("Boards"),
    "/search": _("Search"),
    "/link-proposals": _("Proposed links to concepts"),
    "/ontology": _("The register's own words"),
    "/api/docs": _("Addresses for machines"),
    "/account": _("Sign in"),
    "/healthz": "/healthz",
    "/readyz": "/readyz",
}
"""What the pages that help leads to are called."""


@page(blueprint, "/help")
def listed() -> Shown:
    """The topics."""
    held = topics()
    return Shown(
        "help/list.html",
        {"topics": held},
        lambda: {
            "topics": [
                {"topic": each.name, "title": each.title[language()], "lead": each.lead[language()]} for each in held
            ]
        },
    )


@page(blueprint, "/help/<topic>")
def shown(topic: str) -> Shown:
    """One topic."""
    found = _found(topic)
    return Shown(
        "help/topic.html",
        {"topic": found, "topics": topics(), "words": _WORDS},
        lambda: found.as_json(language()),
    )


def _found(name: str) -> Topic:
    """The topic of this name.

    Raises:
        NotFoundError: there is none.
    """
    found = next((each for each in topics() if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in topics())
        raise NotFoundError(
            said(gettext("There is no help about %(name)s; there is about %(names)s.", name=name, names=names))
        )
    return found


@page(blueprint, "/accessibility")
def accessibility() -> Shown:
    """What is known of the accessibility of the pages, and whom to tell."""
    settings = register().settings
    held = {
        "statement": settings.accessibility_statement,
        "status": settings.accessibility_status,
        "contact": settings.accessibility_contact or settings.contact,
        "gaps": settings.accessibility_gaps,
    }
    return Shown("help/accessibility.html", held, lambda: held | {"gaps": list(settings.accessibility_gaps)})
