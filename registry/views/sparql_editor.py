"""The page of the SPARQL endpoint for people: an editor, examples that teach the data, and the answer as a table."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _

from registry.errors import problem_of
from registry.views.languages import language
from sparql.endpoint import EditorState
from sparql.formats import RDF_FORMATS, RESULT_FORMATS
from sparql.queries import Example, examples

FOLDER_LABELS = {
    "getting-started": _("Getting started"),
    "disagreements": _("Different definitions"),
    "law-to-api": _("From law to API"),
    "quality": _("Quality"),
    "coverage": _("Coverage"),
}
"""What the folders of the query library are called."""
_ROWS = 1000
"""Rows of an answer that the page shows; the whole answer is a download away."""


@dataclass(frozen=True, slots=True)
class ExampleLink:
    """An example query and the address that opens it without JavaScript."""

    title: str
    description: str
    query: str
    href: str


def sparql_editor(state: EditorState) -> ResponseReturnValue:
    """Renders the editor with what was asked and answered."""
    asked = state.query or _example_asked()
    problem = problem_of(state.error) if state.error else None
    body = render_template(
        "sparql/editor.html",
        query=asked,
        state=state,
        rows=(state.results or {}).get("results", {}).get("bindings", [])[:_ROWS],
        shown_rows=_ROWS,
        groups=[
            (label, links)
            for folder, label in FOLDER_LABELS.items()
            if (links := [_link(example) for example in examples() if example.folder == folder])
        ],
        downloads=_downloads(asked, of_graph=state.graph is not None) if state.query and not state.error else [],
    )
    response = Response(body, status=problem.status if problem else 200, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


def _example_asked() -> str:
    """The text of ``?example=``, else of the first example."""
    name = request.args.get("example", "")
    ranked = sorted(examples(), key=lambda example: example.name != name)
    return ranked[0].text if ranked else ""


def _link(example: Example) -> ExampleLink:
    href = f"{request.script_root}/sparql?{urlencode({'example': example.name})}"
    description = example.description.get(language(), "")
    return ExampleLink(example.title[language()], description, example.text, href)


def _downloads(query: str, *, of_graph: bool) -> list[tuple[str, str]]:
    """The answer in every format: (label, address)."""
    formats = RDF_FORMATS if of_graph else RESULT_FORMATS
    address = f"{request.script_root}/sparql"
    return [(each.label, f"{address}?{urlencode({'query': query, 'format': each.names[0]})}") for each in formats]
