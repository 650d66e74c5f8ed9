"""``/themes``: parts of the register as portals of their own, with figures, disagreements and a list with facets."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint
from flask_babel import gettext

from registry.browsing.further import Facets, facets
from registry.browsing.themes import Theme, configured_themes, themes
from registry.catalogue.collation import collation_key
from registry.catalogue.paging import Page, page_of
from registry.catalogue.texts import shown, texts_as_json
from registry.errors import NotFoundError
from registry.harmonisation import listing
from registry.harmonisation.finding_table import FindingRow, finding_table
from registry.views.browsing import Browsing
from registry.views.context import reader, register
from registry.views.facet_words import KINDS
from registry.views.findings import line
from registry.views.languages import language, said
from registry.views.list_tables import TABLE, table
from registry.views.parameters import one_of, page_address, page_number, page_size, with_parameters
from registry.views.rendering import Shown, page
from registry.views.search import list_context, list_document

blueprint = Blueprint("themes", __name__)

_SIZE, _MOST = 20, 500
_FINDINGS = 10
_VIEWS = ("findings",)


@page(blueprint, "/themes", TABLE)
def theme_list() -> Shown:
    """Every theme by title, with the number of its things."""
    known = facets(reader(), register().index, register().urls)
    found = [(theme, theme.things(known).bit_count()) for theme in _themes(known).values()]
    found.sort(key=lambda pair: (bool(pair[0].event), collation_key(shown(pair[0].title, language()))))
    return Shown(
        "themes/list.html",
        {"themes": found},
        lambda: {"themes": _listed(found)},
        table(("id", "title", "text", "event", "total"), lambda: _listed(found)),
    )


def _listed(found: Iterable[tuple[Theme, int]]) -> list[dict[str, Any]]:
    return [{**_as_json(theme), "total": total} for theme, total in found]


@page(blueprint, "/themes/<identifier>")
def theme_page(identifier: str) -> Shown:
    """One theme: its text, figures, disagreements, and its things, chosen among as in a search."""
    known = facets(reader(), register().index, register().urls)
    theme = _themes(known).get(identifier)
    if theme is None:
        raise NotFoundError(said(gettext("There is no theme called %(name)s.", name=identifier)))
    things = theme.things(known)
    browsing, number = Browsing(things), page_number()
    rows = _inside(known, things)
    view = one_of("view", _VIEWS)
    findings = page_of(rows, number if view else 1, _FINDINGS)
    listed = browsing.page(1 if view else number, page_size(_SIZE, _MOST))
    return Shown(
        "themes/theme.html",
        {
            **list_context(browsing, listed),
            "theme": theme,
            "figures": _figures(known, things),
            "findings": Page(
                tuple(line(found) for found in listing.read(reader(), findings.items)), number, _FINDINGS, len(rows)
            ),
            "pages_of_findings": findings.pages,
            "view": view,
            "address": page_address(),
            "with_parameters": with_parameters,
        },
        lambda: {
            **_as_json(theme),
            "figures": _figures(known, things),
            "findings": {**findings.as_json(), "findings": [_finding(row) for row in findings.items]},
            **list_document(browsing, listed),
        },
    )


def _themes(known: Facets) -> dict[str, Theme]:
    return themes(reader(), known, configured_themes(register().settings.themes))


def _figures(known: Facets, things: int) -> dict[str, int]:
    """How many things of each kind there are."""
    kinds = known.sets.get("kind", {})
    counts = {kind: (kinds.get(kind, 0) & things).bit_count() for kind in KINDS}
    return {kind: count for kind, count in counts.items() if count}


def _inside(known: Facets, things: int) -> list[FindingRow]:
    """The findings whose concepts are both in the theme, worst first."""
    numbers = known.shelf.numbers
    inside = {uri for uri, number in numbers.items() if things >> number & 1} if things else set[str]()
    return [row for row in finding_table(reader()).rows if inside.issuperset(row.concepts)]


def _finding(row: FindingRow) -> dict[str, Any]:
    return {"uri": row.uri, "term": row.term, "severity": row.severity, "relation": row.relation}


def _as_json(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "title": texts_as_json(theme.title),
        "text": texts_as_json(theme.text),
        "event": theme.event,
        "filters": [{facet: list(values) for facet, values in each.items()} for each in theme.filters],
    }
