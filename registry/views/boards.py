"""Boards of organisations and ministries."""

from typing import Any

from flask import Blueprint

from ontologies.namespaces import ORGANISATION
from registry.catalogue.labels import labelled
from registry.discussion.boards import BY, Row, board, states
from registry.settling.states import STATES
from registry.tables import csv_text
from registry.views.context import reader, register
from registry.views.languages import language
from registry.views.offers import table_formats
from registry.views.parameters import one_of, with_parameters
from registry.views.rendering import CSV, Shown, page

blueprint = Blueprint("boards", __name__)

_MOST = 200
_COLUMNS = ("who", "open", "severe", "settled", "settledThisYear", "openCases", "oldestCaseDays")


def _stamp() -> str:
    return str(len(register().ledger.all("case")))


@page(blueprint, "/boards", {"csv": CSV}, stamp=_stamp)
def boards() -> Shown:
    """Who has how much to settle, and has settled how much."""
    by = one_of("by", BY) or BY[0]
    rows = board(register(), reader(), by)
    counted = states(reader())
    return Shown(
        "boards/boards.html",
        {
            "by": by,
            "views": [(each, with_parameters(by=each)) for each in BY],
            "rows": [(row, _name(row, by)) for row in rows[:_MOST]],
            "most": max((row.open + row.settled for row in rows), default=1) or 1,
            "states": [(each, counted.get(each, 0)) for each in STATES],
            "data_formats": table_formats,
        },
        lambda: {"by": by, "states": dict(counted), "rows": [row.as_json() for row in rows]},
        {CSV: lambda: csv_text(_COLUMNS, map(_line, rows))},
    )


def _name(row: Row, by: str) -> str:
    """What an organisation is called; a ministry is its own name."""
    known = by == "publisher" and row.who.isdecimal()
    return labelled(reader(), ORGANISATION[row.who].value).name(language()) if known else row.who


def _line(row: Row) -> dict[str, Any]:
    return {name: str(value) for name, value in row.as_json().items()}
