"""``/compare`` and ``POST /api/v1/compare``: what sets two definitions apart that need not be in the register."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext

from registry.catalogue.queries import is_iri
from registry.errors import BadRequestError
from registry.harmonisation.compare_cli import record, verdict
from registry.harmonisation.comparison import compare
from registry.harmonisation.findings import finding_id
from registry.harmonisation.reader import DefinitionSource
from registry.harmonisation.records import DefinitionRecord, Finding
from registry.views import marking
from registry.views.context import reader
from registry.views.findings import reasons, who
from registry.views.languages import language, said
from registry.views.parameters import chosen

blueprint = Blueprint("comparing", __name__)

_REQUIRED = ("term", "definition")
_OPTIONAL = ("language", "publisher", "source", "subject", "scope", "valid_from", "valid_to")
_ASKED = (*_REQUIRED, "language", "source")
"""What the page asks of each side."""
_LANGUAGES = ("nb", "nn", "en")
_LONGEST = 10_000
"""Characters of one definition."""
_MOST = 100
"""Pairs of one request;"""
_TOGETHER = 200_000
"""characters of all their texts."""


@blueprint.post("/api/v1/compare")
def compared() -> Response:
    """The verdict on one pair, or on each of a list."""
    pairs, several = _pairs(request.get_json(silent=True))
    answers = [{**_id(pair), **verdict(a, b, language())} for pair, a, b in pairs]
    response = jsonify({"pairs": answers} if several else answers[0])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.route("/compare", methods=("GET", "POST"))
def comparing() -> Response:
    """A form for two definitions, and below it what the comparison found. Nothing is kept."""
    held = {side: _held(chosen(f"{side}_concept")) for side in ("a", "b")}
    given = {side: _given(side, held[side]) for side in held}
    given["b"]["term"] = given["b"]["term"] or given["a"]["term"]
    missing = [f"{side}_{name}" for side, said_of in given.items() for name in _REQUIRED if not said_of[name]]
    context: dict[str, Any] = {"given": given, "languages": _LANGUAGES, "longest": _LONGEST}
    context |= {"missing": missing if request.method == "POST" else [], "finding": None}
    if not missing:
        context |= _shown(held["a"] or record(given["a"]), held["b"] or record(given["b"]))
    response = Response(render_template("conflicts/compare.html", **context), mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


def _held(concept: str) -> DefinitionRecord | None:
    """The first definition of a concept of the register; None where none is asked for.

    Raises:
        BadRequestError: the register holds no definition of it.
    """
    if not concept or request.method == "POST":
        return None
    found = next(DefinitionSource(reader()).records(concept), None) if is_iri(concept) else None
    if found is None:
        raise BadRequestError(said(gettext("The register holds no definition of %(uri)s.", uri=concept)))
    return found


def _given(side: str, held: DefinitionRecord | None) -> dict[str, str]:
    """What stands in the fields of one side: the register's definition, else what was pasted."""
    if held is not None:
        return {"term": held.term, "definition": held.text, "language": held.language, "source": who(held)}
    return {name: _field(f"{side}_{name}") for name in _ASKED}


def _shown(a: DefinitionRecord, b: DefinitionRecord) -> dict[str, Any]:
    """What the page shows of a comparison."""
    finding = Finding(finding_id(a, b), a.term, a, b, compare(a, b))
    first, second = marking.sides(finding)
    sides = ((a, first, _by(a)), (b, second, _by(b)))
    return {"finding": finding, "sides": sides, "evidence": reasons(finding)}


def _by(side: DefinitionRecord) -> str:
    """Whose a definition is: of the register's own who says so, of a pasted one its source."""
    return who(side) if side.concept else next((source.text for source in side.sources), "")


def _field(name: str) -> str:
    """A field of the form, or the same in the address.

    Raises:
        BadRequestError: longer than what is compared.
    """
    value = request.values.get(name, "").strip()
    if len(value) > _LONGEST:
        raise BadRequestError(_too_long(name))
    return value


def _pairs(document: Any) -> tuple[list[tuple[dict[str, Any], DefinitionRecord, DefinitionRecord]], bool]:
    """The pairs of a request, each with its two sides, and whether a list was sent.

    Raises:
        BadRequestError: the body holds no pair, or more than is compared at once.
    """
    several = isinstance(document, dict) and "pairs" in document
    sent = document["pairs"] if several else [document]
    if not isinstance(sent, list) or not sent or not all(isinstance(pair, dict) for pair in sent):
        example = '{"a": {"term": "...", "definition": "..."}, "b": {"term": "...", "definition": "..."}}'
        detail = gettext('The body is a JSON object: %(example)s, or {"pairs": [...]} with several.', example=example)
        raise BadRequestError(said(detail))
    if len(sent) > _MOST:
        raise BadRequestError(said(gettext("At most %(number)s pairs are compared at once.", number=_MOST)))
    pairs = []
    for number, pair in enumerate(sent):
        place = f"pairs[{number}]." if several else ""
        pairs.append((pair, _side(pair, "a", place), _side(pair, "b", place)))
    if sum(len(side.text) for _, *sides in pairs for side in sides) > _TOGETHER:
        raise BadRequestError(said(gettext("At most %(number)s characters are compared at once.", number=_TOGETHER)))
    return pairs, several


def _side(pair: Mapping[str, Any], name: str, place: str) -> DefinitionRecord:
    """One side of a pair; `place` says where the pair stands."""
    sent = pair.get(name)
    side: dict[str, Any] = sent if isinstance(sent, dict) else {}
    for member in _REQUIRED:
        value = side.get(member)
        if not isinstance(value, str) or not value.strip():
            missing = gettext("%(member)s is missing: a text is needed there.", member=f"{place}{name}.{member}")
            raise BadRequestError(said(missing))
        if len(value) > _LONGEST:
            raise BadRequestError(_too_long(f"{place}{name}.{member}"))
    for member in _OPTIONAL:
        if not isinstance(side.get(member), str | None):
            wrong = gettext("%(member)s is no text. Give a text, or leave it out.", member=f"{place}{name}.{member}")
            raise BadRequestError(said(wrong))
    return record(side)


def _id(pair: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": pair["id"]} if "id" in pair else {}


def _too_long(name: str) -> str:
    return said(
        gettext("%(name)s is longer than the %(number)s characters that are compared.", name=name, number=_LONGEST)
    )
