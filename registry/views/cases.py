"""Coordination cases: the list, a new one, one case with its history, and the same for programs."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, jsonify, render_template, request

from registry.access.tokens import Token
from registry.cases.answers import proposals, questions
from registry.cases.case import OVERLAPS, STEPS, Case, case, cases, may_open, may_work
from registry.cases.closing import UnfinishedError, close, unfinished
from registry.cases.keeping import open_case, write
from registry.cases.lining_up import findings_among, line_up, others
from registry.cases.ranking import ranked
from registry.catalogue.neighbourhood import neighbourhood
from registry.catalogue.paging import Page, page_of
from registry.catalogue.queries import is_iri
from registry.catalogue.terms import term_page
from registry.editing.drafts import draft
from registry.ledger.ledger import EditedMeanwhileError, FieldError, Put
from registry.settling.deciding import IntegrityError
from registry.tables import csv_text
from registry.views.case_session import allowed, form_token, program_token, visitor
from registry.views.context import reader, register
from registry.views.findings import finding_named, line, uri_of
from registry.views.import_session import go, private
from registry.views.offers import table_formats
from registry.views.parameters import chosen, one_of, page_address, page_number, page_size, with_parameters
from registry.views.rendering import CSV, Shown, page
from registry.views.written_fields import fields_of, sent_fields

blueprint = Blueprint("cases", __name__)

_SIZE, _MOST = 25, 500
_STATES = ("", "open", "closed")
_COLUMNS = ("id", "title", "state", "responsible", "parties", "deadline", "opened", "changed", "closed", "concepts")


@page(blueprint, "/cases", {"csv": CSV}, stamp=lambda: str(sum(len(each.entries) for each in cases(register().ledger))))
def all_cases() -> Shown:
    """The cases, the latest first, by state and organisation."""
    listed = _listed()
    return Shown(
        "cases/list.html",
        {
            "page": listed,
            "state": one_of("state", _STATES),
            "states": [(each, with_parameters(state=each, page="")) for each in _STATES],
            "organisation": chosen("organisation"),
            "address": page_address(),
            "data_formats": table_formats,
        },
        lambda: {"cases": [_document(each) for each in listed.items], **listed.as_json()},
        {CSV: lambda: csv_text(_COLUMNS, map(_row, listed.items))},
    )


def _listed() -> Page[Case]:
    state, organisation = one_of("state", _STATES), chosen("organisation")
    held = [
        each
        for each in cases(register().ledger)
        if (not state or each.is_open == (state == "open"))
        and (not organisation or organisation in {*each.parties, each.get("responsible")})
    ]
    return page_of(held, page_number(), page_size(_SIZE, _MOST))


@blueprint.get("/cases/new")
def new() -> Response:
    """The form, with what comes along: ``?finding=``, ``?term=`` or ``?concept=`` (several)."""
    offered = _offered()
    return private(_form(offered, offered, chosen("finding"), _proposed_title(offered)))


def _form(offered: list[str], ticked: list[str], finding: str, title: str, refused: FieldError | None = None) -> str:
    token = visitor()
    return render_template(
        "cases/new.html",
        token=token,
        may=token is not None and allowed(lambda: may_open(token)),
        offered=line_up(reader(), offered),
        ticked=ticked,
        finding=finding,
        title=title,
        sent=request.form,
        refused=refused,
        once=request.form.get("once", "") or str(uuid4()),
        next=with_parameters(),
    )


def _offered() -> list[str]:
    """The concepts that a new case may be about."""
    found = [each for each in request.args.getlist("concept") if is_iri(each)]
    if name := chosen("finding"):
        finding = finding_named(name)
        found += [finding.a.concept, finding.b.concept]
    if term := chosen("term"):
        found += [entry.concept.uri for entry in term_page(reader(), term).entries]
    return list(dict.fromkeys(found))


def _proposed_title(concepts: list[str]) -> str:
    terms = (text.value for each in line_up(reader(), concepts[:1]) for text in each.concept.terms)
    return next(terms, "")


@blueprint.post("/cases/new")
def opened() -> Response:
    """Opens a case with the concepts that are ticked; what cannot be is said on the form, with what was written."""
    token = form_token()
    name, sent = request.form.get("finding", ""), request.form
    puts = [*sent_fields(()), *_ticked()]
    if name:
        puts.append(Put(f"finding:{uri_of(finding_named(name))}", "yes"))
    try:
        made = open_case(register(), token, puts, sent.get("once", ""))
    except FieldError as error:
        offered = [each for each in (*sent.getlist("offered"), *sent.getlist("concept")) if is_iri(each)]
        shown = _form(list(dict.fromkeys(offered)), sent.getlist("concept"), name, "", error)
        return private(shown, status=400)
    return go(f"/cases/{made.id}.html")


def _ticked() -> list[Put]:
    """The concepts that a form names; a field that was left empty names none."""
    return [Put(f"concept:{each.strip()}", "yes") for each in request.form.getlist("concept") if each.strip()]


@blueprint.get("/cases/<name>.html")
def shown(name: str) -> Response:
    """One case."""
    return private(_overview(case(register().ledger, name)))


def _overview(found: Case, **more: Any) -> str:
    token = visitor()
    return render_template(
        "cases/case.html",
        case=found,
        uri=register().urls.mint("cases", found.id).value,
        lined_up=line_up(reader(), found.concepts),
        findings=[line(each) for each in findings_among(reader(), found.concepts)],
        missing=[_missing(each) for each in unfinished(register(), found)],
        **(_shared(found, token) | more),
    )


def _missing(code: str) -> tuple[str, str]:
    """A code of `unfinished`, and the concept that it is about ("" for none)."""
    name, _, uri = code.partition(":")
    return name, uri


def _shared(found: Case, token: Token | None) -> dict[str, Any]:
    """What every page of a case needs."""
    return {
        "token": token,
        "may": token is not None and allowed(lambda: may_work(token, found)),
        "steps": STEPS,
        "step": "",
        "sent": request.form,
        "clashes": (),
        "refused": None,
        "violations": (),
        "next": request.path,
    }


@blueprint.post("/cases/<name>.html")
def changed(name: str) -> Response:
    """Writes what the form of the overview changes."""
    return _written(name, _overview, f"/cases/{name}.html")


@blueprint.get("/cases/<name>/<any(" + ",".join(f"'{each}'" for each in STEPS) + "):step>")
def stepped(name: str, step: str) -> Response:
    """One of the five steps, filled in with what the register knows."""
    return private(_step(case(register().ledger, name), step))


@blueprint.post("/cases/<name>/<any(" + ",".join(f"'{each}'" for each in STEPS) + "):step>")
def written(name: str, step: str) -> Response:
    """Writes what the form of a step changes."""
    return _written(name, partial(_step, step=step), f"/cases/{name}/{step}")


def _written(name: str, again: Callable[..., str], onward: str) -> Response:
    token = form_token()
    found = case(register().ledger, name)
    puts = sent_fields(found.entries)
    puts += _ticked()
    try:
        write(register(), token, name, puts)
    except EditedMeanwhileError as error:
        return private(again(case(register().ledger, name), clashes=error.clashes), status=409)
    except FieldError as error:
        return private(again(found, refused=error), status=400)
    return go(onward)


def _step(found: Case, step: str, **more: Any) -> str:
    lined_up = line_up(reader(), found.concepts)
    return render_template(
        f"cases/{step}.html",
        case=found,
        lined_up=lined_up,
        **(_shared(found, visitor()) | {"step": step} | _material(found, step, lined_up) | more),
    )


def _material(found: Case, step: str, lined_up: list[Any]) -> dict[str, Any]:
    """What one step is filled in with."""
    if step == "line-up":
        among = [line(each) for each in findings_among(reader(), found.concepts)]
        return {
            "findings": among,
            "diagram": [neighbourhood(each.concept) for each in lined_up if each.concept.relations],
            "others": others(reader(), lined_up, found.concepts),
            "overlaps": OVERLAPS,
        }
    if step == "choose":
        return {"questions": questions(), "proposed": proposals(lined_up)}
    if step == "harmonise":
        common = draft(register().ledger, found.get("common")) if found.get("common") else None
        return {"ranked": ranked(lined_up), "common": common}
    return {}


@blueprint.post("/cases/<name>/close")
def closed(name: str) -> Response:
    """Writes the decisions that follow and closes the case; what is missing or cannot stand is said on its page."""
    token = form_token()
    try:
        close(register(), token, name)
    except UnfinishedError:
        return private(_overview(case(register().ledger, name)), status=409)
    except IntegrityError as error:
        return private(_overview(case(register().ledger, name), violations=error.violations), status=409)
    return go(f"/cases/{name}.html")


@blueprint.post("/cases/<name>/open")
def opened_again(name: str) -> Response:
    """Opens a closed case again; its decisions stay until they are decided anew."""
    write(register(), form_token(), name, [Put("state", "open")])
    return go(f"/cases/{name}.html")


@blueprint.get("/api/v1/cases")
def read_cases() -> Response:
    """The cases, the latest first."""
    listed = _listed()
    return jsonify({"cases": [_document(each) for each in listed.items], **listed.as_json()})


@blueprint.post("/api/v1/cases")
def open_by_token() -> Response:
    """201: a case with these fields."""
    made = open_case(register(), program_token(), fields_of(request.get_json(silent=True)))
    response = jsonify(_document(made))
    response.status_code = 201
    response.headers["Location"] = f"/api/v1/cases/{made.id}"
    return response


@blueprint.get("/api/v1/cases/<name>")
@blueprint.get("/cases/<name>.json")
def read_case(name: str) -> Response:
    """One case with its fields, and the number of the entry that each has."""
    response = jsonify(_document(case(register().ledger, name)))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.patch("/api/v1/cases/<name>")
def write_by_token(name: str) -> Response:
    """Writes fields; 412 where somebody else has written one since the number that came along."""
    return jsonify(_document(write(register(), program_token(), name, fields_of(request.get_json(silent=True)))))


@blueprint.post("/api/v1/cases/<name>/closing")
def close_by_token(name: str) -> Response:
    """Writes the decisions that follow and closes the case."""
    return jsonify(_document(close(register(), program_token(), name)))


def _document(found: Case) -> dict[str, Any]:
    return {"uri": register().urls.mint("cases", found.id).value, **found.as_json()}


def _row(found: Case) -> dict[str, str]:
    document = found.as_json()
    values = {name: str(document[name] or "") for name in _COLUMNS if name not in {"parties", "concepts"}}
    return values | {"parties": " ".join(found.parties), "concepts": " ".join(found.concepts)}
