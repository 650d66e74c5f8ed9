"""Comments: about any thing that the register holds, append-only, in ``state.db``. What is withdrawn shows that it was.

Reads and writes: state.db.
"""

from dataclasses import dataclass
from typing import Any

from registry.access.tokens import Token
from registry.errors import BadRequestError, ForbiddenError, NotFoundError
from registry.ledger.ledger import Ledger, Put

KIND = "comments"
_LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a thing (an IRI), when (ISO 8601, UTC), and for which organisation (nine digits).

    `text` is "" where it was withdrawn.
    """

    number: int
    about: str
    text: str
    time: str
    organisation: str

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        organisation = self.organisation or None
        return {"number": self.number, "text": self.text, "time": self.time, "organisation": organisation}


def comments(ledger: Ledger, about: str) -> list[Comment]:
    """What was said about a thing, oldest first."""
    if about not in ledger.all(KIND):
        return []
    entries = ledger.entries(KIND, about)
    gone = {each.value for each in entries if each.field == "withdrawn"}
    return [
        Comment(each.number, about, "" if str(each.number) in gone else each.value, each.time, each.organisation)
        for each in entries
        if each.field == "comment"
    ]


def say(ledger: Ledger, token: Token, about: str, text: str) -> Comment:
    """Says something about a thing.

    Raises:
        BadRequestError: nothing, or too much.
        ForbiddenError: a reader's token.
    """
    if token.role == "reader":
        raise ForbiddenError("A reader's token writes nothing: commenting takes a contributor's.")
    said = text.strip()
    if not said or len(said) > _LONGEST:
        raise BadRequestError(f"A comment has from 1 to {_LONGEST} characters.")
    ledger.add(KIND, about, token, Put("comment", said))
    return comments(ledger, about)[-1]


def withdraw(ledger: Ledger, token: Token, about: str, number: int) -> None:
    """Takes back a comment: its writer's organisation may, and an administrator.

    Raises:
        NotFoundError: there is no such comment.
        ForbiddenError: it is another's.
    """
    found = next((each for each in comments(ledger, about) if each.number == number), None)
    if found is None:
        raise NotFoundError(f"There is no comment {number} about {about}.")
    if token.role != "administrator" and (not token.organisation or token.organisation != found.organisation):
        raise ForbiddenError("The comment is another organisation's.")
    ledger.add(KIND, about, token, Put("withdrawn", str(number)))
