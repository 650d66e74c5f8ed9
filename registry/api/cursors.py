"""Where a client stopped in a list: the order, and the sort key and URI of the last item that it was given.

A cursor names an item and no number, so that what comes or goes before it shifts nothing: every item that is there all
the time is given exactly once.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import astuple, dataclass
from typing import Self

from registry.errors import BadRequestError


@dataclass(frozen=True, slots=True)
class Cursor:
    """Just behind the item with this sort key and URI, in this order."""

    order: str
    key: str
    uri: str

    def __str__(self) -> str:
        document = json.dumps(astuple(self), ensure_ascii=False, separators=(",", ":"))
        return urlsafe_b64encode(document.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self:
        """A cursor as clients send it back.

        Raises:
            BadRequestError: no list ever gave it.
        """
        try:
            said = json.loads(urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
        except (NotBase64, ValueError):
            said = None
        if not isinstance(said, list) or len(said) != len(cls.__slots__) or not all(isinstance(x, str) for x in said):
            raise BadRequestError("The parameter after is what the answer before it said as after: send it unchanged.")
        return cls(*said)
