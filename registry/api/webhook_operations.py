"""What OpenAPI says of webhooks."""

from registry.api.operations import JSON, Body, Operation, in_path, json_of, listing
from registry.api.schemas import NUMBER, OBJECT, TEXT, Schema, list_of, members

_TAG = "Webhooks"
_ID = in_path("identifier", "the webhook")
_NEW: Schema = {
    "type": "object",
    "required": ["id", "url"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 60},
        "url": {"type": "string", "format": "uri", "maxLength": 2_000},
        "topic": {"type": "string", "enum": ["changes", "cases"]},
        **dict.fromkeys(("catalogue", "organisation", "term"), TEXT),
    },
}
_TEXTS = dict.fromkeys(("id", "url", "catalogue", "organisation", "term", "created", "after", "due", "topic"), TEXT)
_HOOK = members(**_TEXTS, failures=NUMBER)
_WITH_DELIVERIES = members(**_TEXTS, failures=NUMBER, deliveries=list_of(OBJECT))
_WITH_SECRET = members(**_TEXTS, failures=NUMBER, deliveries=list_of(OBJECT), secret=TEXT)

WEBHOOKS: tuple[Operation, ...] = (
    Operation(
        "get",
        "/api/v1/webhooks",
        "webhooks",
        _TAG,
        "The webhooks, without their secrets",
        answers=json_of(listing("webhooks", _HOOK)),
        token=True,
    ),
    Operation(
        "post",
        "/api/v1/webhooks",
        "add_webhook",
        _TAG,
        "Add a webhook; the answer has its secret, this once",
        (),
        Body({JSON: _NEW}),
        json_of(_WITH_SECRET, status=201),
        token=True,
    ),
    Operation(
        "get",
        "/api/v1/webhooks/{identifier}",
        "webhook",
        _TAG,
        "One webhook with its last deliveries",
        (_ID,),
        answers=json_of(_WITH_DELIVERIES),
        token=True,
    ),
    Operation(
        "delete",
        "/api/v1/webhooks/{identifier}",
        "remove_webhook",
        _TAG,
        "Remove a webhook",
        (_ID,),
        answers={204: {}},
        token=True,
    ),
)
