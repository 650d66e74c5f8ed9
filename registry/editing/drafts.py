"""A concept as it is written: fields, languages, and the states on its way.

    draft -> review -> approved -> published -> withdrawn
                    <-          <- (a new version is a draft again; what is published stays until the new one is)

Drafts are in ``state.db`` and in no generation: they cannot leak through a query, since they are not there.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from ontologies.namespaces import ORGANISATION
from registry.access.tokens import Token
from registry.catalogue.queries import is_iri
from registry.errors import BadRequestError, ForbiddenError
from registry.ledger.ledger import Entry, FieldError, Ledger, Put, fields

KIND = "draft"
COMMON = "common"
"""The id of the catalogue of common concepts."""
LANGUAGES = ("nb", "nn", "en")
TEXTS = ("term", "admitted", "discouraged", "definition", "note", "example", "subject")
"""What is written in each language; admitted and discouraged terms one a line."""
SINGLE = ("source", "source-uri", "relationship", "owner", "valid-from", "valid-to", "case", "parties", "origins")
"""What is written once. `owner` and `parties` are organisation numbers, `origins` concept IRIs, one a line."""
RELATIONSHIPS = ("self-composed", "derived-from-source", "direct-from-source")
State: TypeAlias = Literal["draft", "review", "approved", "published", "withdrawn"]
STATES: tuple[State, ...] = ("draft", "review", "approved", "published", "withdrawn")
_STEPS: dict[str, tuple[State, ...]] = {
    "draft": ("review",),
    "review": ("draft", "approved"),
    "approved": ("draft", "published"),
    "published": ("draft", "withdrawn"),
    "withdrawn": ("draft",),
}
_NUMBER = re.compile(r"\d{9}")
_CASES = "case"
"""What the ledger calls cases, one of which a common concept may come of."""
WRITABLE = frozenset({*(f"{name}:{language}" for name in TEXTS for language in LANGUAGES), *SINGLE})


@dataclass(frozen=True, slots=True)
class Draft:
    """One concept that is written here. `published` are its fields as they were last published, None for never."""

    id: str
    catalogue: str
    state: str
    entries: tuple[Entry, ...]
    values: Mapping[str, str]
    published: Mapping[str, str] | None
    versions: int

    def get(self, field: str) -> str:
        """The field as it is written now."""
        return self.values.get(field, "")

    def number(self, field: str) -> int:
        """The number of the entry that the field has now, 0 for none."""
        return max((each.number for each in self.entries if each.field == field), default=0)

    @property
    def name(self) -> str:
        """Its recommended term in the first language that has one."""
        return next((self.get(f"term:{each}") for each in LANGUAGES if self.get(f"term:{each}")), "")

    @property
    def steps(self) -> tuple[State, ...]:
        """Where it can go from here."""
        return _STEPS[self.state]

    @property
    def writers(self) -> set[str]:
        """Who has written in it since it was last published or began: what they call themselves, or their tokens."""
        found: set[str] = set()
        for each in self.entries:
            if each.field == "published":
                found.clear()
            elif each.field in WRITABLE:
                found.add(each.owner or each.token)
        return found

    def as_json(self) -> dict[str, Any]:
        """Its fields and state."""
        return {"id": self.id, "catalogue": self.catalogue, "state": self.state, "versions": self.versions} | {
            "fields": {name: self.get(name) for name in sorted(WRITABLE) if self.get(name)}
        }


def draft(ledger: Ledger, identifier: str) -> Draft:
    """The draft of this id.

    Raises:
        NotFoundError: there is none.
    """
    entries = ledger.entries(KIND, identifier)
    held = {name: each.value for name, each in fields(entries).items()}
    published = held.get("published", "")
    return Draft(
        id=identifier,
        catalogue=held.get("catalogue", COMMON),
        state=held.get("state", "draft"),
        entries=tuple(entries),
        values={name: value for name, value in held.items() if name in WRITABLE},
        published=json.loads(published) if published else None,
        versions=sum(each.field == "published" and bool(each.value) for each in entries),
    )


def drafts(ledger: Ledger) -> list[Draft]:
    """All of them, oldest first."""
    return [draft(ledger, identifier) for identifier in ledger.all(KIND)]


def begin(ledger: Ledger, token: Token, catalogue: str, written: Mapping[str, str], once: str = "") -> Draft:
    """A new draft in the common catalogue, or in an organisation's own (its nine digits).

    The same `once` again gives the draft that there is.

    Raises:
        BadRequestError: a field that there is not, or that holds what it cannot.
        NotFoundError: the case that it names is none.
        ForbiddenError: the token may not write there.
    """
    may_write(token, catalogue)
    check_fields(Put(name, value) for name, value in written.items())
    puts = [Put(name, value) for name, value in written.items() if value]
    must_have_case(ledger, puts)
    identifier = ledger.open(KIND, token, [Put("catalogue", catalogue), Put("state", "draft"), *puts], once=once)
    return draft(ledger, identifier)


def may_write(token: Token, catalogue: str) -> None:
    """Lets the token write drafts of a catalogue.

    Raises:
        ForbiddenError: it may not; says who may.
    """
    if token.role == "administrator" or (catalogue == COMMON and token.role in {"coordinator", "editor"}):
        return
    if catalogue != COMMON and token.organisation == catalogue and token.role != "reader":
        return
    raise ForbiddenError(
        "Common concepts are written by coordinators and editors, an organisation's own by those of the organisation; "
        f"your token is that of a {token.role}{token.organisation and ' of ' + token.organisation}."
    )


def may_move(token: Token, found: Draft, state: str, *, two_persons: bool) -> None:
    """Lets the token take a draft to a state.

    To review and back takes who may write it; to approve, publish and withdraw takes a coordinator or an administrator
    for common concepts, an editor for an organisation's own; with `two_persons` somebody who has not written it.

    Raises:
        BadRequestError: the draft does not go there from where it is.
        ForbiddenError: the token may not.
    """
    may_write(token, found.catalogue)
    if state not in found.steps:
        raise BadRequestError(f"From {found.state} a concept goes to {' or '.join(found.steps)}, not to {state}.")
    if state in {"draft", "review"}:
        return
    needed = {"coordinator", "administrator"} if found.catalogue == COMMON else {"editor", "administrator"}
    if token.role not in needed:
        raise ForbiddenError(f"This takes the token of a {' or of an '.join(sorted(needed, reverse=True))}.")
    if two_persons and state == "approved" and (token.owner or token.id) in found.writers:
        raise ForbiddenError("Another person than those who wrote it approves it.")


def check_fields(puts: Iterable[Put]) -> None:
    """Looks whether every field is one, and holds what it should.

    Raises:
        FieldError: says which field, and what it holds instead.
    """
    for each in puts:
        if each.field not in WRITABLE:
            raise FieldError(f"A concept has no field {each.field}.", each.field, "field")
        if each.field in {"valid-from", "valid-to"} and each.value and not is_day(each.value):
            refused = f"{each.field} is a date such as 2026-01-31, not {each.value}."
            raise FieldError(refused, each.field, "date", each.value)
        if each.field in {"owner", "parties"} and not all(_NUMBER.fullmatch(line) for line in lines(each.value)):
            refused = f"{each.field} holds organisation numbers of nine digits, not {each.value}."
            raise FieldError(refused, each.field, "number", each.value)
        if each.field in {"source-uri", "origins"} and not all(map(is_iri, lines(each.value))):
            refused = f"{each.field} holds URIs, one a line, not {each.value}."
            raise FieldError(refused, each.field, "uri", each.value)
        if each.field == "relationship" and each.value and each.value not in RELATIONSHIPS:
            refused = f"The relationship is one of {', '.join(RELATIONSHIPS)}."
            raise FieldError(refused, each.field, "choice", each.value)


def must_have_case(ledger: Ledger, puts: Iterable[Put]) -> None:
    """Looks whether there is the case that a concept is said to come of.

    Raises:
        NotFoundError: there is none.
    """
    for each in puts:
        if each.field == "case" and each.value:
            ledger.entries(_CASES, each.value)


def is_day(value: str) -> bool:
    """Whether it is a day that there is, as 2026-01-31."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def lines(value: str) -> list[str]:
    """The lines of a field that has one thing a line."""
    return [line.strip() for line in value.splitlines() if line.strip()]


def missing(found: Draft) -> list[str]:
    """What stands between a draft and publication: codes of what is missing or contradicts.

    ``no-term``, ``no-definition``, ``no-owner``; ``S13:...`` where one term is recommended and admitted or discouraged
    in the same language (SKOS S13).
    """
    wrong = [] if found.name else ["no-term"]
    wrong += [] if any(found.get(f"definition:{each}") for each in LANGUAGES) else ["no-definition"]
    wrong += [] if found.get("owner") or found.catalogue != COMMON else ["no-owner"]
    for language in LANGUAGES:
        kinds = [lines(found.get(f"{name}:{language}")) for name in ("term", "admitted", "discouraged")]
        said = [term for kind in kinds for term in dict.fromkeys(kind)]
        wrong += [f"S13:{term}" for term in sorted(set(said)) if said.count(term) > 1]
    return wrong


def owner_of(found: Draft, values: Mapping[str, str]) -> str:
    """The IRI of who owns the concept, "" for nobody."""
    number = values.get("owner", "") or (found.catalogue if found.catalogue != COMMON else "")
    return ORGANISATION[number].value if number else ""
