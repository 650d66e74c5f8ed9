"""What OpenAPI says of the check of drafts."""

from registry.api.operations import CSV, JSON, LANG, Body, Operation, Parameter, json_of, word
from registry.api.schemas import OBJECT, TEXT, list_of, members
from registry.draft_check.exporting import WORD

_DRAFT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string", "pattern": r"\S"}, "enabling": TEXT},
}
_DRAFT_SHAPE = members(
    title=TEXT,
    language=TEXT,
    enabling=list_of(OBJECT),
    definitions=list_of(OBJECT),
    additions=list_of(OBJECT),
    terms=list_of(OBJECT),
    citations=list_of(OBJECT),
    discretion=list_of(OBJECT),
    amended=list_of(OBJECT),
)

DRAFTING: tuple[Operation, ...] = (
    Operation(
        "post",
        "/api/v1/draft-check",
        "draft_check",
        "Law",
        "What the register says of a draft act or regulation; nothing is kept",
        (
            word("format", "the form of the answer", "json", "csv", "docx"),
            Parameter("enabling", "the acts that it is given under, or changes, for a draft that is the body"),
            LANG,
        ),
        Body({JSON: _DRAFT, "text/plain": TEXT}),
        json_of(_DRAFT_SHAPE, CSV, WORD),
    ),
)
