"""Decisions about concepts: the list, the form about one finding, a second person's word, and the mappings."""

from collections.abc import Callable, Iterator

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext
from pyoxigraph import NamedNode, Triple

from registry.access.bearer import token_of
from registry.access.sessions import must_come_from_own_page, session_token, signed_in
from registry.access.tokens import Token
from registry.catalogue.labels import labelled
from registry.catalogue.paging import page_of
from registry.catalogue.queries import is_iri
from registry.errors import BadRequestError, ForbiddenError
from registry.harmonisation.records import Finding
from registry.settling import mappings
from registry.settling.deciding import Asked, IntegrityError, confirm, decide, may_decide
from registry.settling.decisions import MAPPINGS, OUTCOMES, REASONS, Decision, Outcome, decisions, of_pair, standing
from registry.settling.states import moved, stale
from registry.tables import csv_text
from registry.views.context import reader, register
from registry.views.findings import finding_named, line, settled, uri_of, who
from registry.views.import_session import go, private
from registry.views.languages import language, said
from registry.views.offers import table_formats
from registry.views.parameters import chosen, one_of, page_address, page_number, page_size, with_parameters
from registry.views.rendering import CSV, TABLES, Shown, conditional, page
from sparql.formats import RDF_FORMATS, RdfSyntax, serialise

blueprint = Blueprint("decisions", __name__)

_SIZE, _MOST = 50, 500
_VIEWS = ("", "waiting", "stale", "all")
_ON_A_FINDING = (*MAPPINGS, "homonym", "dismissed", "withdrawn")
_COLUMNS = ("uri", "time", "outcome", "subject", "subject_term", "object", "object_term", "organisation", "reason")


@page(blueprint, "/decisions", TABLES)
def all_decisions() -> Shown:
    """What counts; what waits for a second person; what has become stale; or everything that was ever decided."""
    view = one_of("view", _VIEWS)
    listed = page_of(_listed(view), page_number(), page_size(_SIZE, _MOST))
    return Shown(
        "settling/decisions.html",
        {
            "view": view,
            "views": [(each, with_parameters(view=each, page="")) for each in _VIEWS],
            "page": listed,
            "moved": {each.uri: moved(reader(), each) for each in listed.items} if view == "stale" else {},
            "address": page_address(),
            "data_formats": table_formats,
        },
        lambda: {"decisions": [each.as_json() for each in listed.items], **listed.as_json()},
        _tables(listed.items),
    )


@blueprint.get("/decisions/new")
def form() -> Response:
    """The form about one finding: ``?finding=`` and its URI or id."""
    found = finding_named(chosen("finding"))
    token = signed_in(register().tokens, request)
    return private(_form(found, token))


@blueprint.post("/decisions/new")
def pressed() -> Response:
    """Writes down what the form says; what cannot stand is said on the form, with what was written."""
    must_come_from_own_page(request, register().settings.public_url)
    token = session_token(register().tokens, request)
    found = finding_named(request.form.get("finding", ""))
    try:
        decide(register(), token, _asked_of(found))
    except IntegrityError as error:
        return private(_form(found, token, error), status=409)
    return go(f"/conflicts/{found.id}.html")


@blueprint.post("/decisions/confirm")
def confirmed() -> Response:
    """A second person's word."""
    must_come_from_own_page(request, register().settings.public_url)
    token = session_token(register().tokens, request)
    confirm(register(), token, _iri(request.form.get("decision", ""), "decision"))
    return go("/decisions?view=waiting")


@blueprint.get("/api/v1/decisions")
def read_decisions() -> Response:
    """Every decision about concepts, oldest first; those about one with ``?concept=``."""
    concept = chosen("concept")
    found = [each.as_json() for each in decisions(reader()) if not concept or concept in each.concepts]
    return jsonify(decisions=found)


@blueprint.post("/api/v1/decisions")
def decide_by_token() -> Response:
    """201: a decision. JSON with outcome, and either finding or subject and object; reason, reasonCode, seen."""
    token = token_of(register().tokens, request.headers.get("Authorization"))
    response = jsonify(decide(register(), token, _asked_in(_body())).as_json())
    response.status_code = 201
    return response


@blueprint.get("/api/v1/decisions/confirmations")
def waiting() -> Response:
    """The decisions that wait for a second person."""
    return jsonify(decisions=[each.as_json() for each in _listed("waiting")])


@blueprint.post("/api/v1/decisions/confirmations")
def confirm_by_token() -> Response:
    """201: a second person's word on ``{"decision": "..."}``."""
    token = token_of(register().tokens, request.headers.get("Authorization"))
    response = jsonify(confirm(register(), token, _iri(_body().get("decision", ""), "decision")).as_json())
    response.status_code = 201
    return response


@blueprint.get("/api/v1/mappings")
def decided_mappings() -> Response:
    """The mappings that people have made, and those that they have denied, as an SSSOM table."""
    return conditional(mappings.MEDIA_TYPE, lambda: mappings.table(reader(), register().urls), [])


def _listed(view: str) -> list[Decision]:
    """Newest first."""
    if view == "all":
        return list(reversed(decisions(reader())))
    if view == "stale":
        return [each.decision for each, _ in stale(reader())]
    held = [each for found in standing(reader()).values() for each in found]
    shown = [each.decision for each in held if not each.confirmed or view != "waiting"]
    return sorted(shown, key=lambda each: each.time, reverse=True)


def _form(found: Finding, token: Token | None, error: IntegrityError | None = None) -> str:
    held = of_pair(reader(), (found.a.concept, found.b.concept))
    return render_template(
        "settling/form.html",
        line=line(found),
        finding=found,
        uri=uri_of(found),
        sides=[(side, who(side)) for side in (found.a, found.b)],
        settled=settled(found),
        moved=[change for each in held[-1:] for change in moved(reader(), each.decision)],
        latest=held[-1].decision.uri if held else "",
        token=token,
        may=token is not None and _may(token, found),
        outcomes=[each for each in _ON_A_FINDING if each != "withdrawn" or held],
        reasons=REASONS,
        sent=request.form,
        violations=error.violations if error else (),
        next=f"/decisions/new?finding={found.id}",
    )


def _may(token: Token, found: Finding) -> bool:
    try:
        may_decide(reader(), token, found.a.concept, found.b.concept)
    except ForbiddenError:
        return False
    return True


def _asked_of(found: Finding) -> Asked:
    """What the form says."""
    sent = request.form
    return Asked(
        found.a.concept,
        found.b.concept,
        _outcome(sent.get("outcome", "")),
        sent.get("why", ""),
        sent.get("code", ""),
        uri_of(found),
        seen=sent.get("seen"),
    )


def _asked_in(sent: dict[str, str]) -> Asked:
    """What a program sends."""
    first, second, finding = sent.get("subject", ""), sent.get("object", ""), sent.get("finding", "")
    if finding:
        found = finding_named(finding)
        finding, first, second = uri_of(found), first or found.a.concept, second or found.b.concept
    return Asked(
        _iri(first, "subject"),
        _iri(second, "object"),
        _outcome(sent.get("outcome", "")),
        sent.get("reason", ""),
        sent.get("reasonCode", ""),
        finding,
        seen=sent.get("seen"),
    )


def _outcome(name: str) -> Outcome:
    outcome = next((each for each in OUTCOMES if each == name), None)
    if outcome is None:
        raise BadRequestError(said(gettext("The outcome is one of %(names)s.", names=", ".join(OUTCOMES))))
    return outcome


def _body() -> dict[str, str]:
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not all(isinstance(value, str) for value in sent.values()):
        raise BadRequestError(
            'The body is a JSON object of texts, such as {"finding": "...", "outcome": "exactMatch"}.'
        )
    return sent


def _iri(value: str, name: str) -> str:
    if not is_iri(value):
        raise BadRequestError(f"The member {name} is a URI.")
    return value


def _tables(listed: tuple[Decision, ...]) -> dict[str, Callable[[], str | bytes]]:
    return {
        CSV: lambda: csv_text(_COLUMNS, map(_line, listed)),
        **{syntax.media_type: _in(syntax, listed) for syntax in RDF_FORMATS},
    }


def _in(syntax: RdfSyntax, listed: tuple[Decision, ...]) -> Callable[[], bytes]:
    return lambda: serialise(_triples(listed), syntax)


def _triples(listed: tuple[Decision, ...]) -> Iterator[Triple]:
    graph = register().urls.graph("decisions")
    for each in listed:
        yield from (quad.triple for quad in reader().quads(NamedNode(each.uri), graph=graph))


def _line(each: Decision) -> dict[str, str]:
    names = [labelled(reader(), concept).name(language()) for concept in each.concepts]
    values = (each.uri, each.time, each.outcome, each.concepts[0], names[0], each.concepts[1], names[1])
    return dict(zip(_COLUMNS, (*values, each.organisation, each.why or each.code), strict=True))
