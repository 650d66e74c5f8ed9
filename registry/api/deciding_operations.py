"""What OpenAPI says of decisions: about concepts, and about links to them."""

from registry.api.operations import JSON, LANG, Body, Operation, Parameter, json_of, listing
from registry.api.schemas import OBJECT, TEXT, Schema, members, one_of
from registry.linking.decisions import OUTCOMES as LINK_OUTCOMES
from registry.settling.decisions import OUTCOMES

_TAG, _LINKS = "Decisions", "Links"
_URI: Schema = {"type": "string", "minLength": 1}
_WORDS = dict.fromkeys(("subject", "object", "finding", "reason", "reasonCode", "seen"), TEXT)
_DECISION: Schema = {
    "type": "object",
    "required": ["outcome"],
    "properties": {"outcome": one_of(*OUTCOMES), **_WORDS},
    "additionalProperties": TEXT,
}
_LINK: Schema = {**members(thing=_URI, concept=_URI, decision=one_of(*LINK_OUTCOMES)), "additionalProperties": TEXT}

DECIDING: tuple[Operation, ...] = (
    Operation(
        "get",
        "/api/v1/decisions",
        "decisions",
        _TAG,
        "Every decision about concepts, oldest first",
        (Parameter("concept", "the URI of a concept that they are about"), LANG),
        answers=json_of(listing("decisions")),
    ),
    Operation(
        "post",
        "/api/v1/decisions",
        "decide_about_concepts",
        _TAG,
        "Decide about two concepts: those of a finding, or subject and object",
        (),
        Body({JSON: _DECISION}),
        json_of(OBJECT, status=201),
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/decisions/confirmations",
        "waiting_decisions",
        _TAG,
        "The decisions that wait for a second person",
        answers=json_of(listing("decisions")),
    ),
    Operation(
        "post",
        "/api/v1/decisions/confirmations",
        "confirm_decision",
        _TAG,
        "A second person's word",
        (),
        Body({JSON: {**members(decision=_URI), "additionalProperties": TEXT}}),
        json_of(OBJECT, status=201),
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/mappings",
        "mappings",
        _TAG,
        "The mappings that people have made or denied, as an SSSOM table",
        answers={200: {"text/tab-separated-values": TEXT}},
    ),
    Operation(
        "get",
        "/api/v1/link-decisions",
        "link_decisions",
        _LINKS,
        "Every decision about a link, oldest first",
        answers=json_of(listing("decisions")),
    ),
    Operation(
        "post",
        "/api/v1/link-proposals",
        "decide",
        _LINKS,
        "Accept or refuse a link",
        (),
        Body({JSON: _LINK}),
        json_of(OBJECT, status=201),
        token=True,
    ),
)
