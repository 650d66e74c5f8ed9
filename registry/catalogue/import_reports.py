"""The report of an import, read back from the bytes that the pipeline kept: counts, records and their issues.

A report has a record for everything that was imported, a hundred thousand or more: only what is asked for is decoded.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, overload

from importers.report import Where
from registry.documents import Rows

SEVERITIES = ("error", "warning", "information")
"""Of issues, worst first."""
_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[ \t\n\r]*")
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReportIssue:
    """One issue, as the importer wrote it; `where` only if it has a place of its own within the record."""

    code: str
    severity: str
    message: str
    value: str
    fix: str
    where: Where | None


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One record with its status and issues; `status` is "" for what is said of the source as a whole."""

    subject: str
    status: str
    where: Where
    issues: tuple[ReportIssue, ...]


class _Remark(NamedTuple):
    """A record that has something to tell, by its place in the text; None for the source as a whole."""

    rank: int
    status: str
    codes: frozenset[str]
    span: Span | None


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `counts` by status; `findings` by severity; `document` is the report as it was written.

    `codes` has each code that occurs with its severity and how often, worst and most frequent first.
    """

    counts: dict[str, int]
    findings: dict[str, int]
    codes: tuple[tuple[str, str, int], ...]
    document: dict[str, Any] = field(repr=False)
    _text: str = field(repr=False)
    _remarks: tuple[_Remark, ...] = field(repr=False)

    def with_issues(self, *, code: str = "", status: str = "") -> Sequence[ReportRecord]:
        """Records that have something to tell (an issue, or not stored), worst first; of one code or status only.

        What is said of the source as a whole is one of them.
        """
        chosen = (
            each for each in self._remarks if (not code or code in each.codes) and (not status or each.status == status)
        )
        return _Records(self, tuple(each.span for each in chosen))

    def record(self, span: Span | None) -> ReportRecord:
        """The record at a place in the text."""
        if span is None:
            source = self.document["source"]
            return ReportRecord(source, "", Where(source), tuple(map(_issue, self.document["issues"])))
        record = json.loads(self._text[slice(*span)])
        issues = tuple(map(_issue, record["issues"]))
        return ReportRecord(record["subject"], record["status"], Where(**record["where"]), issues)


class _Records(Sequence[ReportRecord]):
    """Records that are decoded when they are asked for."""

    def __init__(self, report: Report, spans: Sequence[Span | None]) -> None:
        self._report = report
        self._spans = spans

    def __len__(self) -> int:
        return len(self._spans)

    @overload
    def __getitem__(self, place: int) -> ReportRecord: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[ReportRecord]: ...
    def __getitem__(self, place: int | slice) -> ReportRecord | Sequence[ReportRecord]:
        if isinstance(place, slice):
            return tuple(map(self._report.record, self._spans[place]))
        return self._report.record(self._spans[place])


def read_report(document: bytes) -> Report:
    """The report that the pipeline stored.

    Raises:
        ValueError: the bytes are no such report.
    """
    text = document.decode()
    start = _list_of_records(text)
    remarks: list[_Remark] = []
    counted: Counter[tuple[str, str]] = Counter()
    end = start + 1
    for span, record in _decoded(text, start):
        _take(remarks, counted, span, record["status"], record["issues"])
        end = span[1]
    whole = json.loads(f"{text[:start]}[{text[_passed(text, end) :]}")
    _take(remarks, counted, None, "", whole.setdefault("issues", []))
    codes = [(code, severity, number) for (severity, code), number in counted.items()]
    codes.sort(key=lambda each: (_rank(each[1]), -each[2], each[0]))
    remarks.sort(key=lambda each: (each.rank, each.span or (0, 0)))
    told = whole | {"records": Rows(lambda: (record for _, record in _decoded(text, start)))}
    findings = dict(whole.get("findings") or {})
    return Report(dict(whole["counts"]), findings, tuple(codes), told, text, tuple(remarks))


def _take(
    remarks: list[_Remark],
    counted: Counter[tuple[str, str]],
    span: Span | None,
    status: str,
    issues: list[dict[str, Any]],
) -> None:
    counted.update((issue["severity"], issue["code"]) for issue in issues)
    if issues or status in {"rejected", "skipped"}:
        rank = min((_rank(issue["severity"]) for issue in issues), default=0)
        remarks.append(_Remark(rank, status, frozenset(issue["code"] for issue in issues), span))


def _list_of_records(text: str) -> int:
    """Where the list of records begins in the text of a report."""
    place = _passed(text, 0, "{")
    while True:
        name, place = _DECODER.raw_decode(text, place)
        place = _passed(text, place, ":")
        if name == "records":
            return place
        _, place = _DECODER.raw_decode(text, place)
        place = _passed(text, place, ",")


def _decoded(text: str, start: int) -> Iterator[tuple[Span, dict[str, Any]]]:
    """The records of the list that begins there, one by one, each with its place in the text."""
    place = _passed(text, start, "[")
    while text[place : place + 1] == "{":
        record, end = _DECODER.raw_decode(text, place)
        yield (place, end), record
        place = _passed(text, end, ",") if text[_passed(text, end)] == "," else end


def _passed(text: str, place: int, sign: str = "") -> int:
    """The place behind blanks, and behind a sign with the blanks after it.

    Raises:
        ValueError: another sign stands there.
    """
    found = _BLANKS.match(text, place)
    place = found.end() if found else place
    if not sign:
        return place
    if text[place : place + 1] != sign:
        raise json.JSONDecodeError(f"Expecting '{sign}'", text, place)
    return _passed(text, place + 1)


def _issue(issue: dict[str, Any]) -> ReportIssue:
    where = Where(**issue["where"]) if issue.get("where") else None
    return ReportIssue(issue["code"], issue["severity"], issue["message"], issue["value"], issue["fix"], where)


def _rank(severity: str) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)
