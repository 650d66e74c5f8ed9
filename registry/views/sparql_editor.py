"""The page of the SPARQL endpoint for people: an editor, a library of queries, and the answer as a table.

It works as a plain form; with JavaScript it completes, sorts, draws and remembers.
"""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from registry.errors import NotFoundError, problem_of
from registry.views.answer_order import sort_key
from registry.views.languages import language
from registry.views.queries import known, library
from sparql.endpoint import EditorState
from sparql.errors import QuerySyntaxError
from sparql.formats import RDF_FORMATS, RESULT_FORMATS
from sparql.language.parameters import Parameter, declared
from sparql.protocol import FORM, parameters_of
from sparql.queries import VIEWS, Example, examples

FOLDER_LABELS = {
    "getting-started": _("Getting started"),
    "disagreements": _("Different definitions"),
    "law-to-api": _("From law to API"),
    "quality": _("Quality"),
    "coverage": _("Coverage"),
}
"""What the folders of the query library are called."""
WORDS = {
    "waiting": _("Asking …"),
    "stopped": _("Stopped."),
    "failed": _("The query was not answered"),
    "yes": _("Yes"),
    "no": _("No"),
    "rows": _("Rows: {}."),
    "triples": _("Triples: {}."),
    "seconds": _("{} seconds."),
    "cached": _("Taken from the answers that are kept, made {} seconds ago."),
    "fresh": _("Asked anew."),
    "more": _("The answer is longer than a page holds, and was not read to its end."),
    "cut": _("The first {} are shown."),
    "none": _(
        "The query has no answer. Are the names of the properties right, and is the language of the text the one you "
        "ask for?"
    ),
    "download": _("Download the answer:"),
    "link": _("Link to this query"),
    "label": _("Answer"),
    "show": _("Show as"),
    "table": _("Table"),
    "bar": _("Bar chart"),
    "line": _("Line chart"),
    "graph": _("Graph"),
    "text": _("Text"),
    "saved": _("Saved. Its address:"),
    "unsaved": _("The query was not saved"),
    "recent": _("Recently run"),
    "forget": _("Forget these"),
    "found": _("Queries found: {}."),
}
"""What the script of the page says."""
_ROWS = 1000
"""Rows of an answer that the page shows; the whole answer is a download away."""
_DATASET = ("default-graph-uri", "named-graph-uri")


@dataclass(frozen=True, slots=True)
class ExampleLink:
    """An example query and the address that opens it without JavaScript."""

    title: str
    description: str
    query: str
    href: str
    view: str = "table"
    is_chosen: bool = False


def sparql_editor(state: EditorState) -> ResponseReturnValue:
    """Renders the editor with what was asked and answered."""
    chosen = None if state.query else _chosen()
    asked = chosen.text if chosen else state.query
    view = request.args.get("view", "") or (chosen.view if chosen else "")
    problem = problem_of(state.error) if state.error else None
    body = render_template(
        "sparql/editor.html",
        action=f"{request.script_root}/sparql",
        query=asked,
        parameters=_parameters(asked),
        dataset=_dataset(),
        chosen=_link(chosen) if chosen else None,
        view=view if view in VIEWS else "",
        answered=bool(state.query),
        words={**WORDS, "triple": _triple(), **_addresses()},
        state=state,
        rows=_rows(state),
        shown_rows=_ROWS,
        touched=_touched(state),
        order=request.args.get("sort", ""),
        sorted_by=None if _was_posted() else _sorted_by,
        groups=_groups(chosen),
        downloads=_downloads(asked, of_graph=state.graph is not None)
        if state.query and not state.error and not _was_posted()
        else [],
    )
    response = Response(body, status=problem.status if problem else 200, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


def _chosen() -> Example:
    """The query of the library that the address names, else the first of all."""
    try:
        return known(request.args.get("example", "")).example
    except NotFoundError:
        return examples()[0]


def _groups(chosen: Example | None) -> list[tuple[str, list[ExampleLink], bool]]:
    """The library in its folders, and which is open; what users saved comes last, in folders of its own."""
    folders: dict[str, list[ExampleLink]] = {str(label): [] for label in FOLDER_LABELS.values()}
    for query in library():
        label = str(FOLDER_LABELS[query.example.folder]) if query.saved is None else _saved_label(query.example.folder)
        is_chosen = chosen is not None and query.example.name == chosen.name
        folders.setdefault(label, []).append(replace(_link(query.example), is_chosen=is_chosen))
    return [(label, links, any(each.is_chosen for each in links)) for label, links in folders.items()]


def _saved_label(folder: str) -> str:
    label = gettext("Saved by users")
    return f"{label}: {folder}" if folder else label


def _parameters(query: str) -> list[tuple[Parameter, str]]:
    """The query's parameters with what was filled in; none where the query cannot be read."""
    try:
        return [(each, _given().get(f"${each.name}", "") or each.default) for each in declared(query)]
    except QuerySyntaxError:
        return []


def _dataset() -> list[tuple[str, str]]:
    """The graphs that were named with the query, which the page goes on asking."""
    return [(name, graph) for name in _DATASET for graph in _given().getlist(name)]


def _given() -> MultiDict[str, str]:
    """What the address says, or the form of a query that is too long for one."""
    return MultiDict(parameters_of(request.get_data())) if _was_posted() else request.args


def _was_posted() -> bool:
    return request.method == "POST" and request.mimetype == FORM


def _touched(state: EditorState) -> str:
    """How long the answer took, and whether it had been kept; empty before a query is run."""
    if not state.used:
        return ""
    seconds = str(WORDS["seconds"]).format(format_decimal(max(state.used["seconds"], 0.001), "#,##0.###"))
    age = state.used.get("age")
    kept = str(WORDS["fresh"] if age is None else WORDS["cached"]).format(age)
    return f"{seconds} {kept}"


def _triple() -> list[Any]:
    return [_("Subject of a triple"), _("Property"), _("Value")]


def _addresses() -> dict[str, str]:
    """Where the script of the page asks for words to complete with, and where it saves queries."""
    api = f"{request.script_root}/api/v1"
    return {"vocabulary": f"{api}/vocabulary?lang={language()}", "queries": f"{api}/queries"}


def _rows(state: EditorState) -> list[dict[str, Any]]:
    """The rows that are shown, sorted as ``?sort=`` says; what is not there comes last, whichever way."""
    found: list[dict[str, Any]] = (state.results or {}).get("results", {}).get("bindings", [])
    order = request.args.get("sort", "")
    name = order.removeprefix("-")
    if name:
        there = [row for row in found if name in row]
        there.sort(key=lambda row: sort_key(row[name]), reverse=order.startswith("-"))
        found = [*there, *(row for row in found if name not in row)]
    return found[:_ROWS]


def _sorted_by(name: str) -> str:
    """This page with its rows in the order of a column; once more turns it round."""
    order = f"-{name}" if request.args.get("sort") == name else name
    kept = [each for each in request.args.items(multi=True) if each[0] != "sort"]
    return f"{request.script_root}/sparql?{urlencode([*kept, ('sort', order)])}#answer"


def _link(each: Example) -> ExampleLink:
    href = f"{request.script_root}/sparql?{urlencode({'example': each.name})}"
    description = each.description.get(language(), "")
    return ExampleLink(each.title[language()], description, each.text, href, each.view)


def _downloads(query: str, *, of_graph: bool) -> list[tuple[str, str]]:
    """The answer in every format: (label, address)."""
    formats = RDF_FORMATS if of_graph else RESULT_FORMATS
    given = [(name, value) for name, value in request.args.items() if name.startswith("$") and value]
    asked = urlencode([("query", query), *given, *_dataset()])
    return [(each.label, f"{request.script_root}/sparql?{asked}&format={each.names[0]}") for each in formats]
