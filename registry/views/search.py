"""Search: an exact term leads to the term's own page, all else is a list of hits that say why they matched."""

from dataclasses import asdict
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import lazy_gettext as _

from registry.catalogue.definitions import short_definition
from registry.catalogue.graphs import graphs
from registry.catalogue.labels import labelled
from registry.catalogue.terms import is_known
from registry.search.query import REASONS, HitPage, Question, is_exact_term, search, suggest
from registry.views.context import reader, register
from registry.views.languages import language
from registry.views.links import href
from registry.views.parameters import chosen, page_address, page_number, with_parameters
from registry.views.rendering import HTML, JSON, conditional, other_formats, wanted

blueprint = Blueprint("search", __name__)

PAGE_SIZE = 20
WHY = {
    "exact": _("The term itself"),
    "prefix": _("Begins with the words"),
    "other-label": _("Another term for the concept"),
    "compound": _("A compound that ends with the word"),
    "contains": _("Contains the words"),
    "definition": _("The words are in the definition"),
}
KINDS = {
    "concept": _("Concept"),
    "law-concept": _("Statutory concept"),
    "legislation": _("Legislation"),
    "information-model": _("Information model"),
    "dataset": _("Dataset"),
    "data-service": _("API"),
    "service": _("Service"),
}


@blueprint.get("/search")
@blueprint.get("/search.json", endpoint="search_json")
def results() -> Response:
    """Hits for ``?q=``; ``?kind=`` narrows, ``?all=1`` shows the list even where the words are somebody's term."""
    text = chosen("q")
    media_type = wanted()
    generation = reader().generation
    if media_type == HTML and text and not _listed() and _is_term(text, generation):
        return _to_term(text)
    question = Question(text, generation, chosen("kind"), language())
    number = page_number()
    found = search(register().index, question, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)

    def produce() -> str:
        return _json(found) if media_type == JSON else _html(found, question, number)

    return conditional(media_type, produce, other_formats())


@blueprint.get("/search/suggestions")
def suggestions() -> Response:
    """Completions as OpenSearch suggestions: [words, [terms]]."""
    text = chosen("q")
    found = suggest(register().index, Question(text, reader().generation, language=language())) if text else ()
    return jsonify([text, list(found)])


def term_path(term: str) -> str:
    """The page of a term."""
    return f"{request.script_root}/terms/{quote(term, safe='')}"


def _is_term(text: str, generation: int) -> bool:
    return is_exact_term(register().index, text, generation) or is_known(reader(), text)


def _listed() -> bool:
    return any(request.args.get(name) for name in ("all", "kind", "page"))


def _to_term(text: str) -> Response:
    response = Response(status=303, headers={"Location": term_path(text)})
    response.vary.add("Accept")
    return response


def _html(found: HitPage, question: Question, number: int) -> str:
    return render_template(
        "search/results.html",
        found=found,
        groups=[
            (why, label, hits) for why, label in WHY.items() if (hits := [h for h in found.hits if h.reason == why])
        ],
        kinds=KINDS,
        question=question,
        names={hit.uri: labelled(reader(), hit.uri) for hit in found.hits},
        definitions={hit.uri: short_definition(reader(), hit.uri) for hit in found.hits},
        graphs=graphs(reader()),
        search_query=question.text,
        exact=_is_term(question.text, question.generation),
        term_path=term_path(question.text),
        page_number=number,
        pages=-(-found.total // PAGE_SIZE),
        address=page_address(),
        kind_address=lambda kind: with_parameters(kind=kind, page="", all="1"),
        hide_search=True,
    )


def _json(found: HitPage) -> str:
    hits = [{**asdict(hit), "path": href(hit.uri)} for hit in found.hits]
    return jsonify(total=found.total, capped=found.capped, reasons=list(REASONS), hits=hits).get_data(as_text=True)
