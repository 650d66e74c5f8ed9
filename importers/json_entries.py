"""JSON read entry by entry: of a list that is broken or cut off, only the entries that cannot be read are lost.

A document that is whole is read as any JSON is; of several in one file each counts. Else the outermost list (or the
list under one of the members that hold entries) is read entry by entry; after a broken one, reading goes on at the next
that begins as the others do.
"""

import json
import re
from dataclasses import dataclass
from itertools import chain
from typing import Any

from importers.base import Source, UnreadableSourceError
from importers.issues import issue
from importers.report import READ_IN_PART, ImportReport, RecordReport, Where

REPAIR_MARK = "samsvar-repair"
"""The member in which a repaired file says what was done; passed over."""
_DECODER = json.JSONDecoder()
_SHOWN = 200
_BLANKS = re.compile(r"\s*")
_MEMBER = re.compile(r'\s*("(?:[^"\\\n]|\\.)*")\s*:\s*')
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[\[{]|[\]}]|,')
_LISTS = frozenset({"@graph", "hits", "concepts"})


@dataclass(frozen=True, slots=True)
class Loss:
    """An entry that cannot be read: its text (bounded), where it begins, and what the parser said."""

    text: str
    line: int
    column: int
    why: str


def read_entries(text: str) -> tuple[Any, list[Loss]]:
    """The document, and the entries of it that are lost; none for JSON that is whole.

    Raises:
        json.JSONDecodeError: nothing of it can be read.
        RecursionError: nested without end.
    """
    try:
        return json.loads(text), []
    except json.JSONDecodeError:
        losses: list[Loss] = []
        found = _documents(text, losses)
        if not found:
            raise
        return found[0] if len(found) == 1 else list(chain.from_iterable(map(_listed, found))), losses


def read_document(source: Source) -> tuple[Any, list[Loss]]:
    """A source's JSON, and the entries of it that are lost.

    Raises:
        UnreadableSourceError: it is not UTF-8 or not JSON, or nothing of it can be read.
    """
    try:
        return read_entries(source.data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        where = Where(source.name, line=error.lineno, column=error.colno)
        raise UnreadableSourceError(f"The JSON cannot be parsed: {error.msg}.", where, "Mend it there.") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise UnreadableSourceError(
            f"The JSON cannot be read: {error}.", Where(source.name), "Save it as UTF-8, an array of concepts."
        ) from error


def note_losses(report: ImportReport, losses: list[Loss], *, records: bool = True) -> None:
    """Says in a report that entries are lost, so that it is one in part; `records` adds a rejected one for each."""
    if not losses:
        return
    report.issues.append(issue(READ_IN_PART, f"{len(losses)} unreadable", Where(report.source)))
    for loss in losses if records else ():
        where = Where(report.source, line=loss.line, column=loss.column)
        message = f"An entry cannot be read ({loss.why}); it was left out."
        found = issue("entry-unreadable", loss.text, where, message=message)
        report.records.append(RecordReport(f"{report.source}, line {loss.line}", "rejected", where, [found]))


def _documents(text: str, losses: list[Loss]) -> list[Any]:
    """The lists and objects that stand in a text one after the other; anything else behind them is lost."""
    found: list[Any] = []
    at = _after_blanks(text, 0)
    while text.startswith(("[", "{"), at):
        one, at = _container(text, at, losses)
        found += [one] if one else []
        at = _after_blanks(text, at)
    if found and at < len(text):
        losses.append(_loss(text, at, len(text), json.JSONDecodeError("it stands behind the end", text, at)))
    return found


def _listed(document: Any) -> list[Any]:
    return document if isinstance(document, list) else [document]


def _container(text: str, start: int, losses: list[Loss]) -> tuple[Any, int]:
    """The list or object that begins at a place, None for anything else, and where it ends."""
    if text.startswith("[", start):
        return _list(text, start + 1, losses)
    return _object(text, start + 1, losses) if text.startswith("{", start) else (None, start)


def _list(text: str, at: int, losses: list[Loss]) -> tuple[list[Any], int]:
    """The entries of a list from the place behind its bracket."""
    entries: list[Any] = []
    at = _after_blanks(text, at)
    while at < len(text) and text[at] != "]":
        try:
            entry, end = _entry(text, at)
            entries.append(entry)
        except json.JSONDecodeError as error:
            end = _next(text, at, "{")
            losses.append(_loss(text, at, end, error))
        at = _after_comma(text, end)
    return entries, at + 1


def _object(text: str, at: int, losses: list[Loss]) -> tuple[dict[str, Any], int]:
    """The members of an object from the place behind its brace."""
    members: dict[str, Any] = {}
    at = _after_blanks(text, at)
    while at < len(text) and text[at] != "}":
        name = _MEMBER.match(text, at)
        try:
            key, end = _member(text, at)
            members[key], end = _entry(text, end)
        except json.JSONDecodeError as error:
            if name is not None and name[1].strip('"') in _LISTS and text.startswith(("[", "{"), name.end()):
                members[json.loads(name[1])], end = _container(text, name.end(), losses)
            else:
                end = _next(text, at, '"')
                losses.append(_loss(text, at, end, error))
        at = _after_comma(text, end)
    return members, at + 1


def _member(text: str, at: int) -> tuple[str, int]:
    """A member's name, and where its value begins."""
    found = _MEMBER.match(text, at)
    if found is None:
        raise json.JSONDecodeError("Expecting a member", text, at)
    return str(json.loads(found[1])), found.end()


def _entry(text: str, at: int) -> tuple[Any, int]:
    """The value at a place, with a comma or a closing bracket behind it, and where it ends."""
    entry, end = _DECODER.raw_decode(text, at)
    after = _after_blanks(text, end)
    if not text.startswith((",", "]", "}"), after):
        raise json.JSONDecodeError("Expecting ',' delimiter", text, after)
    return entry, end


def _next(text: str, at: int, sign: str) -> int:
    """Where the entry after a broken one begins: at the same indentation, or behind the brackets that it opened."""
    line_start = text.rfind("\n", 0, at) + 1
    indent = text[line_start:at]
    if line_start and not indent.strip():
        found = re.compile(rf"\n{re.escape(indent)}{re.escape(sign)}").search(text, at)
        return found.end() - 1 if found else len(text)
    depth = 0
    for token in _TOKEN.finditer(text, at + 1 if text[at] in "]}" else at):
        depth += (token.group() in "[{") - (token.group() in "]}")
        if depth < 0 or (depth == 0 and token.group() == ","):
            return token.start()
    return len(text)


def _loss(text: str, start: int, end: int, error: json.JSONDecodeError) -> Loss:
    shown = " ".join(text[start : min(end, start + 4 * _SHOWN)].split())[:_SHOWN]
    why = "the file ends in the middle of it" if _is_at_end(text, error) else error.msg
    return Loss(shown, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start), why)


def _is_at_end(text: str, error: json.JSONDecodeError) -> bool:
    return error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")


def _after_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _after_comma(text: str, at: int) -> int:
    at = _after_blanks(text, at)
    return _after_blanks(text, at + 1) if text.startswith(",", at) else at
