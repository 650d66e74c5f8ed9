"""What a webhook is: an address that the operator allowed, a secret that signs its messages, what it follows."""

import base64
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from registry.errors import BadRequestError, ForbiddenError
from registry.feeds.following import Followed
from registry.fetching import origin
from sparql.federation.addresses import Allowed

_PREFIX = "whsec_"
_SECRET_BYTES = 32
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_LONGEST = 2_000
_OPTIONAL = ("topic", "catalogue", "organisation", "term")
CHANGES, CASES = "changes", "cases"
TOPICS = (CHANGES, CASES)
"""What a webhook tells of: what imports change, or what happens in coordination cases."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where changes are posted to, and which; `catalogue`, `organisation` and `term` as in the feed, "" for all.

    `topic` is one of `TOPICS`; of cases, those that `organisation` takes part in. `after` is the place up to which it
    has been told. `failures` counts the attempts that failed since the last one
    that did not; `due` is when it may be tried again. Times are ISO 8601 in UTC.
    """

    id: str
    url: str
    catalogue: str = ""
    organisation: str = ""
    term: str = ""
    created: str = ""
    after: str = ""
    failures: int = 0
    due: str = ""
    topic: str = CHANGES

    @property
    def followed(self) -> Followed:
        """What it follows."""
        return Followed(self.catalogue, self.organisation, self.term)

    def as_json(self) -> dict[str, Any]:
        """Its members; the secret is none of them."""
        return asdict(self)


def checked(hook: Webhook, allowed: Iterable[str]) -> Webhook:
    """The webhook, if it can be used.

    Raises:
        BadRequestError: its id or address can be none.
        ForbiddenError: the operator does not allow the address.
    """
    if not _ID.fullmatch(hook.id):
        raise BadRequestError("The id of a webhook has small letters, digits and hyphens, 60 at most.")
    if hook.topic not in TOPICS:
        raise BadRequestError(f"The topic of a webhook is one of {', '.join(TOPICS)}, not {hook.topic}.")
    if hook.topic == CASES and (hook.catalogue or hook.term):
        raise BadRequestError("A webhook about cases follows all, or those of an organisation: leave out the rest.")
    if len(hook.url) > _LONGEST:
        raise BadRequestError(f"The url has at most {_LONGEST} characters.")
    try:
        Allowed.parse(hook.url)
    except ValueError as error:
        raise BadRequestError(f"The url cannot be used: {error}.") from error
    place_of(hook.url, allowed)
    return hook


def place_of(url: str, allowed: Iterable[str]) -> Allowed:
    """The address with the networks where its host may lie, as the operator lists them.

    Raises:
        ForbiddenError: no entry has the address's scheme, host and port.
    """
    for entry in map(Allowed.parse, allowed):
        if origin(entry.address) == origin(url):
            return Allowed(url, entry.networks)
    raise ForbiddenError(f"{url} is not allowed: the operator lists hosts in SAMSVAR_WEBHOOK_ALLOW.")


def hook_of(document: Any) -> Webhook:
    """The webhook that a JSON object describes.

    Raises:
        BadRequestError: it is none.
    """
    if not isinstance(document, dict) or not all(isinstance(document.get(name), str) for name in ("id", "url")):
        raise BadRequestError('A webhook is a JSON object with at least "id" and "url".')
    if unknown := [name for name in document if name not in ("id", "url", *_OPTIONAL)]:
        raise BadRequestError(f"A webhook has no member {unknown[0]!r}: it has id, url, {', '.join(_OPTIONAL)}.")
    if wrong := [name for name in _OPTIONAL if not isinstance(document.get(name, ""), str)]:
        raise BadRequestError(f"The member {wrong[0]} is a text.")
    return Webhook(**document)


def new_secret() -> str:
    """A secret as its owner keeps it."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """The ``webhook-signature`` of a message: HMAC-SHA-256 of its id, the time in seconds, and the body."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = hmac.new(key, f"{message}.{timestamp}.".encode() + body, sha256)
    return f"v1,{base64.b64encode(signed.digest()).decode()}"
