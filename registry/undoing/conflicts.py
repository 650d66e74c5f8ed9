"""What an undo leaves as it is, in words: what, where, who changed it since, and how to go on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from importers.report import Issue, RecordReport, Where
from ontologies.profiles import prefixed
from registry.catalogue.texts import Texts, texts_as_json
from registry.history.states import States
from registry.journal.entries import Entry
from registry.partial_sources import by_subject, with_parts
from registry.previews.difference import PropertyChange, difference
from registry.undoing.merging import WHOLE, Clash

_HARVEST = "harvest "
"""What the author of a harvest begins with."""


@dataclass(frozen=True, slots=True)
class LaterWrite:
    """A write that changed it since: its IRI, time (ISO 8601), and who made it.

    `author` is the id of a token, whose organisation stands beside it, or ``harvest`` with the id of a source; "" for
    what the command line did.
    """

    write: str
    time: str
    author: str
    organisation: str

    def as_json(self) -> dict[str, str]:
        """The write with who made it."""
        return {"write": self.write, "time": self.time, "author": self.author, "organisation": self.organisation}

    def __str__(self) -> str:
        of = f" of {self.organisation}" if self.organisation else ""
        return f"{self.author or 'the command line'}{of} at {self.time} ({self.write})"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A thing, or a property of it (`path`, "" for the whole), that is not put back; `since` says what it became."""

    uri: str
    name: Texts
    path: str
    since: tuple[PropertyChange, ...]
    by: tuple[LaterWrite, ...]

    def as_json(self) -> dict[str, Any]:
        """What was changed since, by whom, and how to go on."""
        return {
            "uri": self.uri,
            "name": texts_as_json(self.name),
            "property": self.path,
            "since": [each.as_json() for each in self.since],
            "by": [each.as_json() for each in self.by],
            "undoFirst": self.undo_first,
            "fix": self.fix,
        }

    @property
    def undo_first(self) -> str:
        """The newest import that changed it; "" where updates alone did."""
        return next((each.write for each in self.by if "/imports/" in each.write), "")

    @property
    def fix(self) -> str:
        """How to go on."""
        first = f"Undo {self.undo_first} first, or set" if self.undo_first else "Set"
        return f"{first} it by hand: an import or an update that says what is meant."

    def as_record(self, source: str) -> RecordReport:
        """What the report says of it."""
        what = self.path or "The whole of it"
        message = f"{what} was changed since by {'; '.join(map(str, self.by)) or 'a later write'}; it stays as it is."
        issue = Issue("changed-since", "warning", message, self.path, self.fix)
        return RecordReport(self.uri, "skipped", Where(source), [issue])


def conflicts(found: States, clashes: Iterable[Clash], tokens: frozenset[str]) -> tuple[Conflict, ...]:
    """The clashes in words. `tokens` are the writes that came with a token: the authors of others are not shown."""
    after, now = by_subject(found.after), by_subject(found.now)
    described: list[Conflict] = []
    for clash in clashes:
        was, became = (with_parts(state, [clash.thing] if clash.thing in state else []) for state in (after, now))
        thing = next(difference(was, became, {clash.thing}).things)
        path = prefixed(NamedNode(clash.property)) if clash.property != WHOLE else WHOLE
        since = tuple(each for each in thing.properties if not path or each.path.partition("/")[0] == path)
        nodes = {each.subject for each in (*was, *became)}
        by = tuple(_later(entry, tokens) for entry in found.later if _touches(entry, nodes))
        described.append(Conflict(clash.thing, thing.name, path, since, by))
    return tuple(described)


def _touches(entry: Entry, nodes: set[Any]) -> bool:
    return any(quad.subject in nodes for quad in (*entry.removed, *entry.added)) or not (entry.removed or entry.added)


def _later(entry: Entry, tokens: frozenset[str]) -> LaterWrite:
    known = entry.write in tokens or entry.author.startswith(_HARVEST)
    return LaterWrite(entry.write, entry.time, entry.author if known else "", entry.organisation)
