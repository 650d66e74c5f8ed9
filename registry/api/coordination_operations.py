"""What OpenAPI says of coordination: cases, concepts that are written here, comments."""

from registry.api.operations import JSON, Body, Operation, Parameter, in_path, json_of, listing, paged, word
from registry.api.schemas import OBJECT, TEXT, Schema, members
from registry.editing.drafts import STATES

_CASES, _DRAFTS, _COMMENTS = "Cases", "Drafts", "Comments"
_CASE, _DRAFT = in_path("name", "the case"), in_path("name", "the draft")
_STATE = word("state", "whether it is being worked on", "open", "closed")
_ORGANISATION = Parameter("organisation", "nine digits of one that takes part")
_NUMBERED: Schema = members(value=TEXT, number={"type": "integer", "minimum": 0})
_FIELDS: Schema = {"type": "object", "additionalProperties": {"anyOf": [TEXT, _NUMBERED]}}
_WRITTEN = Body({JSON: members(fields=_FIELDS)})
_BEGUN: Schema = {"type": "object", "required": ["fields"], "properties": {"catalogue": TEXT, "fields": _FIELDS}}
_SAID = Body({JSON: members(about={"type": "string", "minLength": 1}, text={"type": "string", "minLength": 1})})
_MADE = json_of(OBJECT, status=201)

COORDINATION: tuple[Operation, ...] = (
    Operation(
        "get",
        "/api/v1/cases",
        "cases",
        _CASES,
        "Coordination cases, the latest first",
        (_STATE, _ORGANISATION),
        answers=json_of(paged("cases")),
    ),
    Operation("post", "/api/v1/cases", "open_case", _CASES, "Open a case", (), _WRITTEN, _MADE, token=True),
    Operation("get", "/api/v1/cases/{name}", "case", _CASES, "One case with its fields", (_CASE,)),
    Operation(
        "patch",
        "/api/v1/cases/{name}",
        "write_case",
        _CASES,
        "Write fields of a case; 412 where somebody has written them since their number",
        (_CASE,),
        _WRITTEN,
        token=True,
    ),
    Operation(
        "post",
        "/api/v1/cases/{name}/closing",
        "close_case",
        _CASES,
        "Write the decisions that follow, and close the case",
        (_CASE,),
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/drafts",
        "drafts",
        _DRAFTS,
        "The drafts of the catalogues that the token may write in",
        answers=json_of(listing("drafts")),
        token=True,
    ),
    Operation(
        "post",
        "/api/v1/drafts",
        "begin_draft",
        _DRAFTS,
        "Begin a concept, common or of an organisation",
        (),
        Body({JSON: _BEGUN}),
        _MADE,
        token=True,
    ),
    Operation("get", "/api/v1/drafts/{name}", "draft", _DRAFTS, "One draft", (_DRAFT,), token=True),
    Operation(
        "patch",
        "/api/v1/drafts/{name}",
        "write_draft",
        _DRAFTS,
        "Write fields of a draft; 412 where somebody has written them since their number",
        (_DRAFT,),
        _WRITTEN,
        token=True,
    ),
    Operation(
        "post",
        "/api/v1/drafts/{name}/state",
        "move_draft",
        _DRAFTS,
        "Take a draft a step on its way to publication, or back",
        (_DRAFT,),
        Body({JSON: members(state={"type": "string", "enum": list(STATES)})}),
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/comments",
        "comments",
        _COMMENTS,
        "What was said about a thing, oldest first",
        (Parameter("about", "the URI of the thing"),),
        answers=json_of(listing("comments")),
    ),
    Operation(
        "post", "/api/v1/comments", "say", _COMMENTS, "Say something about a thing", (), _SAID, _MADE, token=True
    ),
)
