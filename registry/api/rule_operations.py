"""What OpenAPI says of the rules for definitions."""

from registry.api.operations import CSV, LANG, RDF, Operation, Parameter, json_of
from registry.api.schemas import NUMBER, OBJECT, TEXT, list_of, members

_NUMBER = {"type": "number"}
_SCORE = members(definitions=NUMBER, points=NUMBER, of=NUMBER, share=_NUMBER, taken=OBJECT)
_FINDING = members(
    **dict.fromkeys(("concept", "term", "definition", "text", "language", "rule", "norm", "label", "explanation"), TEXT)
)

RULES: tuple[Operation, ...] = (
    Operation(
        "get",
        "/api/v1/definition-rules",
        "definition_rules",
        "Quality",
        "The rules that definitions break, of one concept or of one catalogue, with scores",
        (
            Parameter("uri", "a concept", {"type": "string", "format": "uri", "maxLength": 500}),
            Parameter("catalogue", "the id of a catalogue, instead of a concept"),
            LANG,
        ),
        answers=json_of(members(score=_SCORE, findings=list_of(_FINDING)), CSV, *RDF),
    ),
)
