"""A coordination case: who takes part, what it is about, and what the five steps say so far.

Everything in a case is a field of a working document (registry/ledger/), so that two who work on it at once lose
nothing, and its history is whole. Fields about a concept end in its IRI.

    title, description, responsible, deadline, parties, state        the case
    concept:{iri}, finding:{iri}                                     "yes": it is about these
    essential:{iri}, supplementary:{iri}, note-lined-up:{iri}        line up: characteristics, one a line
    overlap:{of}, overlap-reason:{of}                                relations, characteristics, terms
    question:{code}, question-reason:{code}                          choose: great, some, little
    outcome:{iri}, outcome-reason:{iri}                              harmonise, differentiate, neither
    preferred, preferred-reason, common, existing                    harmonise: which definition; the common concept
    tie:{iri}                                                        what the original is to the common concept
    new-definition:{iri}, new-term:{iri}, new-note:{iri}, new-subject:{iri}, see-also:{iri}     differentiate
    owner, notice-harmonised, notice-differentiated                  manage
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.access.tokens import Token
from registry.catalogue.queries import is_iri
from registry.editing.drafts import is_day, lines
from registry.errors import ForbiddenError
from registry.ledger.ledger import Entry, FieldError, Ledger, Put, fields

KIND = "case"
STEPS = ("line-up", "choose", "harmonise", "differentiate", "manage")
DEGREES = ("great", "some", "little")
OUTCOMES = ("harmonise", "differentiate", "neither")
"""A, B and C of the standard."""
TIES = ("isReplacedBy", "exactMatch", "closeMatch", "narrowMatch", "broadMatch")
"""What an original may be to the common concept."""
OVERLAPS = ("relations", "characteristics", "terms")
_SINGLE = frozenset(
    {
        *("title", "description", "responsible", "deadline", "parties", "state"),
        *("preferred", "preferred-reason", "common", "existing"),
        *("owner", "notice-harmonised", "notice-differentiated"),
        *(f"{name}:{of}" for name in ("overlap", "overlap-reason") for of in OVERLAPS),
    }
)
_OF_CONCEPTS = frozenset(
    {
        *("concept", "finding", "essential", "supplementary", "note-lined-up", "outcome", "outcome-reason", "tie"),
        *("new-definition", "new-term", "new-note", "new-subject", "see-also"),
    }
)
_ALLOWED: dict[str, tuple[str, ...]] = {
    "overlap": DEGREES,
    "question": DEGREES,
    "outcome": OUTCOMES,
    "tie": TIES,
    "concept": ("yes",),
    "finding": ("yes",),
    "state": ("open", "closed"),
}
_NUMBER = re.compile(r"\d{9}")
_CODE = re.compile(r"[a-z-]{1,40}")
MOST_CONCEPTS = 50


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands. `values` are its fields; organisations are nine digits, concepts and findings IRIs."""

    id: str
    entries: tuple[Entry, ...]
    values: Mapping[str, str]

    def get(self, field: str) -> str:
        """The field as it is written now, "" for nothing."""
        return self.values.get(field, "")

    def number(self, field: str) -> int:
        """The number of the entry that the field has now, 0 for none."""
        return max((each.number for each in self.entries if each.field == field), default=0)

    @property
    def title(self) -> str:
        """What people call it."""
        return self.get("title") or self.id

    @property
    def is_open(self) -> bool:
        """Whether it is being worked on."""
        return self.get("state") != "closed"

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that it is about, in the order in which they came."""
        return self._members("concept")

    @property
    def findings(self) -> tuple[str, ...]:
        """The findings that it is to settle."""
        return self._members("finding")

    @property
    def parties(self) -> tuple[str, ...]:
        """The organisations that take part."""
        return tuple(lines(self.get("parties")))

    @property
    def opened(self) -> str:
        """When it was opened."""
        return self.entries[0].time

    @property
    def changed(self) -> str:
        """When somebody last wrote in it."""
        return self.entries[-1].time

    @property
    def closed(self) -> str:
        """When it was closed, "" while it is open."""
        return "" if self.is_open else max(each.time for each in self.entries if each.field == "state")

    def with_outcome(self, outcome: str) -> tuple[str, ...]:
        """The concepts for which an outcome is chosen."""
        return tuple(each for each in self.concepts if self.get(f"outcome:{each}") == outcome)

    def _members(self, name: str) -> tuple[str, ...]:
        found = dict.fromkeys(each.field for each in self.entries if each.field.startswith(f"{name}:"))
        return tuple(each.partition(":")[2] for each in found if self.get(each))

    def as_json(self) -> dict[str, Any]:
        """The case with everything that is written in it."""
        return {
            "id": self.id,
            "title": self.title,
            "state": "open" if self.is_open else "closed",
            "responsible": self.get("responsible") or None,
            "parties": list(self.parties),
            "deadline": self.get("deadline") or None,
            "opened": self.opened,
            "changed": self.changed,
            "closed": self.closed or None,
            "concepts": [{"uri": each, "outcome": self.get(f"outcome:{each}") or None} for each in self.concepts],
            "findings": list(self.findings),
            "fields": {name: {"value": value, "number": self.number(name)} for name, value in self.values.items()},
        }


def case(ledger: Ledger, identifier: str) -> Case:
    """The case of this id.

    Raises:
        NotFoundError: there is none.
    """
    entries = ledger.entries(KIND, identifier)
    return Case(identifier, tuple(entries), {name: each.value for name, each in fields(entries).items()})


def cases(ledger: Ledger) -> list[Case]:
    """All of them, the latest first."""
    return [case(ledger, identifier) for identifier in reversed(ledger.all(KIND))]


def may_open(token: Token) -> None:
    """Lets the token open a case.

    Raises:
        ForbiddenError: it may not.
    """
    if token.role not in {"coordinator", "editor", "administrator"}:
        raise ForbiddenError(f"A coordinator, an editor or an administrator opens cases, not a {token.role}.")


def may_work(token: Token, found: Case) -> None:
    """Lets the token write in a case: an administrator's, and that of anybody of a party or of who is responsible.

    Raises:
        ForbiddenError: it may not; says who may.
    """
    own = {*found.parties, found.get("responsible")} - {""}
    if token.role == "administrator" or (token.role != "reader" and token.organisation in own):
        return
    raise ForbiddenError(
        "In a case those write who take part in it: its parties, who is responsible, or an administrator."
    )


def check(puts: Iterable[Put]) -> None:
    """Looks whether every field is one of a case, and holds what it should.

    Raises:
        FieldError: says which field, and what it holds instead.
    """
    for each in puts:
        name, _, about = each.field.partition(":")
        if not _is_field(each.field, name, about):
            raise FieldError(f"A case has no field {each.field}.", each.field, "field")
        if each.value and name in _ALLOWED and each.value not in _ALLOWED[name]:
            refused = f"{each.field} is one of {', '.join(_ALLOWED[name])}, not {each.value}."
            raise FieldError(refused, each.field, "choice", each.value)
        if name in {"responsible", "parties", "owner"}:
            _every(each, _NUMBER.fullmatch, "number", f"{name} holds organisation numbers of nine digits")
        if name == "deadline" and each.value and not is_day(each.value):
            refused = f"The deadline is a date such as 2026-01-31, not {each.value}."
            raise FieldError(refused, each.field, "date", each.value)
        if name in {"existing", "preferred", "see-also"}:
            _every(each, is_iri, "uri", f"{name} holds URIs of concepts")


def _every(put: Put, is_right: Callable[[str], object], kind: str, rule: str) -> None:
    """Looks whether every line of a field is right.

    Raises:
        FieldError: says which is not.
    """
    for line in lines(put.value):
        if not is_right(line):
            raise FieldError(f"{rule}, not {line}.", put.field, kind, line)


def _is_field(field: str, name: str, about: str) -> bool:
    if field in _SINGLE:
        return True
    if name in {"question", "question-reason"}:
        return bool(_CODE.fullmatch(about))
    return name in _OF_CONCEPTS and is_iri(about)
