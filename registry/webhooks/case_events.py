"""What happens in coordination cases, for those who follow them: opened, facts, step, state, comment, decision.

Places are the numbers of the ledger's entries over all documents: they only grow, so nothing is told twice or missed.

Reads: state.db (cases, comments, what was decided in cases). Writes: nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from registry.cases.case import KIND, STEPS, Case, case
from registry.discussion.comments import KIND as COMMENTS
from registry.ledger.ledger import Filed
from registry.services import Services
from registry.settling.deciding import IN_CASES
from registry.urls import Urls

_KINDS = (KIND, COMMENTS, IN_CASES)
_STEP_OF = {
    **dict.fromkeys(("essential", "supplementary", "note-lined-up", "overlap", "overlap-reason"), STEPS[0]),
    **dict.fromkeys(("question", "question-reason", "outcome", "outcome-reason"), STEPS[1]),
    **dict.fromkeys(("preferred", "preferred-reason", "common", "existing", "tie"), STEPS[2]),
    **dict.fromkeys(("new-definition", "new-term", "new-note", "new-subject", "see-also"), STEPS[3]),
    **dict.fromkeys(("owner", "notice-harmonised", "notice-differentiated"), STEPS[4]),
}
"""In which step a field of a case is written."""


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One thing that happened in a case. `place` is the ledger's number of its last entry.

    `event` is opened, facts, step (`value` says which), state (`value`), comment (`value` is its text), or decision
    (`value` is its IRI); `fields` are the fields that were written.
    """

    place: int
    event: str
    found: Case
    uri: str
    time: str
    organisation: str
    value: str = ""
    fields: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Its members."""
        return {
            "event": self.event,
            "case": self.uri,
            "title": self.found.title,
            "time": self.time,
            "organisation": self.organisation or None,
            "value": self.value or None,
            "fields": list(self.fields),
        }


def case_events(services: Services, after: int, organisation: str = "") -> Iterator[CaseEvent]:
    """What happened behind a place, oldest first; only in cases that an organisation (nine digits) takes part in.

    What was written in one go has one place.
    """
    for (identifier, _, _), group in groupby(services.ledger.since(after, _KINDS), _at_once(services.urls)):
        if not identifier:
            continue
        filed, found = list(group), case(services.ledger, identifier)
        if not organisation or organisation in {*found.parties, found.get("responsible")}:
            uri = services.urls.mint("cases", found.id).value
            yield from (replace(each, place=filed[-1].place) for each in _events(found, uri, filed))


def first_events(events: Iterable[CaseEvent], most: int) -> tuple[CaseEvent, ...]:
    """So many of them, and those besides that were written in one go with the last."""
    taken: list[CaseEvent] = []
    for each in events:
        if len(taken) >= most and each.place != taken[-1].place:
            break
        taken.append(each)
    return tuple(taken)


def last_place(services: Services) -> int:
    """The place behind everything that has happened."""
    return services.ledger.last()


def _at_once(urls: Urls) -> Callable[[Filed], tuple[str, str, str]]:
    """What entries are grouped by that were written in one go: case ("" for no case), kind and time with token."""
    prefix = urls.mint("cases", "").value

    def key(filed: Filed) -> tuple[str, str, str]:
        about = filed.id.removeprefix(prefix) if filed.kind == COMMENTS else filed.id
        is_case = filed.kind != COMMENTS or filed.id.startswith(prefix)
        return (about if is_case else "", filed.kind, f"{filed.entry.time} {filed.entry.token}")

    return key


def _events(found: Case, uri: str, filed: list[Filed]) -> Iterator[CaseEvent]:
    if filed[0].kind != KIND:
        for each in filed:
            if each.entry.field in {"comment", "decision"}:
                yield _event(found, uri, each.entry.field, [each], each.entry.value)
    elif filed[0].entry.number == 1:
        yield _event(found, uri, "opened", filed)
    else:
        for name, written in _by_step(filed).items():
            if name == "state":
                yield _event(found, uri, "state", written, written[-1].entry.value)
            else:
                yield _event(found, uri, "step" if name else "facts", written, name)


def _by_step(filed: Iterable[Filed]) -> dict[str, list[Filed]]:
    """What was written, by the step that it belongs to; "" for the facts of the case, "state" for its state."""
    found: dict[str, list[Filed]] = {}
    for each in filed:
        name = each.entry.field.partition(":")[0]
        found.setdefault("state" if name == "state" else _STEP_OF.get(name, ""), []).append(each)
    return found


def _event(found: Case, uri: str, event: str, filed: list[Filed], value: str = "") -> CaseEvent:
    last = filed[-1].entry
    fields = tuple(each.entry.field for each in filed if each.kind == KIND)
    return CaseEvent(filed[-1].place, event, found, uri, last.time, last.organisation, value, fields)
