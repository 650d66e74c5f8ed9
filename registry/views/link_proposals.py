"""Proposed links: the list, one thing with the competing concepts, and what people decide about them."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext

from registry.access.bearer import token_of
from registry.access.sessions import must_come_from_own_page, session_token, signed_in
from registry.catalogue.graphs import graphs
from registry.catalogue.paging import Page, page_of
from registry.catalogue.queries import is_iri
from registry.errors import BadRequestError, ForbiddenError, NotFoundError
from registry.linking.decisions import OUTCOMES, Asked, Decision, decide, decisions, may_decide, standing
from registry.linking.proposals import Proposal, chosen, coverage, proposals
from registry.linking.things import KINDS, Thing, things
from registry.views import link_tables
from registry.views.context import reader, register
from registry.views.import_session import go, private
from registry.views.languages import said
from registry.views.offers import table_formats
from registry.views.parameters import chosen as parameter
from registry.views.parameters import one_of, page_address, page_number, page_size, with_parameters
from registry.views.rendering import TABLES, Shown, page

blueprint = Blueprint("link_proposals", __name__)

_SIZE, _MOST = 25, 500
_STATES = ("", "accepted", "refused", "coverage")


@page(blueprint, "/link-proposals", TABLES)
def link_proposals() -> Shown:
    """Things without a concept with the likeliest one; or what was decided; or how far each owner has come."""
    state = one_of("state", _STATES)
    listed = _listed() if not state else Page((), 1, _SIZE, 0)
    decided = _decided(state) if state in {"accepted", "refused"} else []
    covered = coverage(reader(), register().urls) if state == "coverage" else ()
    return Shown(
        "linking/list.html",
        {
            "state": state,
            "states": [(each, with_parameters(state=each, page="")) for each in _STATES],
            "page": listed,
            "decided": decided,
            "coverage": covered,
            "kinds": KINDS,
            "chosen_kind": parameter("kind"),
            "catalogue": parameter("catalogue"),
            "catalogues": _catalogues(),
            "address": page_address(),
            "data_formats": table_formats,
        },
        lambda: _document(listed, decided),
        link_tables.tables(list(listed.items), _decided(state if state == "refused" else "accepted"), state),
    )


@blueprint.get("/link-proposals/thing")
def competing() -> Response:
    """One thing with all its candidates; with a token the buttons that decide."""
    thing = _thing(parameter("uri"))
    token = signed_in(register().tokens, request)
    return private(
        render_template(
            "linking/thing.html",
            thing=thing,
            proposal=_proposal(thing),
            decided=list(standing(reader()).get(thing.uri, {}).values()),
            token=token,
            may=token is not None and _may(token, thing),
            next=_address(thing.uri),
        )
    )


@blueprint.post("/link-proposals/thing")
def decided() -> Response:
    """Writes down what the form says."""
    must_come_from_own_page(request, register().settings.public_url)
    token = session_token(register().tokens, request)
    made = decide(register(), token, _asked(request.form.to_dict()))
    return go(_address(made.thing))


@blueprint.get("/api/v1/link-proposals")
def proposed() -> Response:
    """The proposals as JSON; of one thing with ``?uri=``."""
    if uri := parameter("uri"):
        thing = _thing(uri)
        found = [each.as_json() for each in standing(reader()).get(uri, {}).values()]
        return jsonify({**_proposal(thing).as_json(), "decisions": found})
    return jsonify(_document(_listed(), []))


@blueprint.post("/api/v1/link-proposals")
def decide_by_token() -> Response:
    """201: a decision, ``{"thing": ..., "concept": ..., "decision": "accepted", "reason": "..."}``."""
    token = token_of(register().tokens, request.headers.get("Authorization"))
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not all(isinstance(value, str) for value in sent.values()):
        raise BadRequestError('The body is JSON: {"thing": "...", "concept": "...", "decision": "accepted"}.')
    response = jsonify(decide(register(), token, _asked(sent)).as_json())
    response.status_code = 201
    return response


@blueprint.get("/api/v1/link-decisions")
def all_decisions() -> Response:
    """Every decision about a link, oldest first."""
    return jsonify(decisions=[each.as_json() for each in decisions(reader())])


@blueprint.get("/api/v1/link-coverage")
def covered() -> Response:
    """How many of its things each owner has linked."""
    return jsonify(owners=[each.as_json() for each in coverage(reader(), register().urls)])


def _asked(sent: dict[str, str]) -> Asked:
    outcome = next((each for each in OUTCOMES if each == sent.get("decision")), None)
    if outcome is None:
        raise BadRequestError(f"The decision is one of {', '.join(OUTCOMES)}.")
    for name in ("thing", "concept"):
        if not is_iri(sent.get(name, "")):
            raise BadRequestError(f"The member {name} is the URI of a {name}.")
    return Asked(sent["thing"], sent["concept"], outcome, sent.get("reason", ""))


def _listed() -> Page[Proposal]:
    size = page_size(_SIZE, _MOST)
    held = chosen(reader(), register().urls, parameter("catalogue"), one_of("kind", KINDS), parameter("owner"))
    shown = page_of(held, page_number(), size)
    return Page(tuple(proposals(reader(), register().urls, shown.items)), shown.number, size, shown.total)


def _decided(state: str) -> list[tuple[Decision, Thing | None]]:
    """The standing decisions of one outcome, of the catalogue that is chosen."""
    catalogue, held, known = parameter("catalogue"), things(reader()), graphs(reader())
    found = [each for kept in standing(reader()).values() for each in kept.values() if each.outcome == state]
    pairs = [(each, held.get(each.thing)) for each in found]
    return [
        (each, thing)
        for each, thing in pairs
        if not catalogue or (thing is not None and known[thing.graph].identifier == catalogue)
    ]


def _document(listed: Page[Proposal], decided: list[tuple[Decision, Thing | None]]) -> dict[str, Any]:
    return {
        "proposals": [each.as_json() for each in listed.items],
        **listed.as_json(),
        "decisions": [each.as_json() for each, _ in decided],
    }


def _proposal(thing: Thing) -> Proposal:
    found = proposals(reader(), register().urls, [thing])
    return found[0] if found else Proposal(thing, ())


def _thing(uri: str) -> Thing:
    thing = things(reader()).get(uri)
    if thing is None:
        raise NotFoundError(
            said(gettext("There is no part of a model, parameter or dataset with this URI in a catalogue here."))
        )
    return thing


def _may(token: Any, thing: Thing) -> bool:
    try:
        may_decide(token, thing)
    except ForbiddenError:
        return False
    return True


def _catalogues() -> list[tuple[str, Any]]:
    held = {thing.graph for thing in things(reader()).values()}
    return sorted((info.identifier, info) for uri, info in graphs(reader()).items() if uri in held)


def _address(uri: str) -> str:
    return f"/link-proposals/thing?uri={quote(uri, safe='')}"


blueprint.add_app_template_filter(_address, "proposal_address")
