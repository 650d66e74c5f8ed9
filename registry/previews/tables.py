"""A preview as a table: one row for each value that differs, each disagreement, each duplicate and each issue."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from registry.documents import gathered
from registry.tables import csv_lines

Row: TypeAlias = dict[str, str]
COLUMNS = (
    "catalogue",
    "what",
    "uri",
    "name",
    "property",
    "before",
    "after",
    "severity",
    "code",
    "message",
    "file",
    "line",
    "row",
    "column",
)


def as_csv(document: Mapping[str, Any]) -> Iterator[str]:
    """The outcome of an import or a dry run as CSV in pieces; an apostrophe before what a spreadsheet would compute."""
    return gathered(csv_lines(COLUMNS, rows(document)))


def rows(document: Mapping[str, Any]) -> Iterator[Row]:
    """The rows; `what` is new, changed, gone, brings, settles, duplicate, touches, issue or unreadable."""
    difference = document.get("difference") or {}
    for graph in difference.get("graphs", ()):
        for thing in graph["things"]:
            yield from _of_thing(graph["catalogue"], thing)
    yield from _of_findings(difference)
    for report in document["reports"]:
        yield from _of_report(report)
    for source in document["unreadable"]:
        yield {"what": "unreadable", "severity": "error", "message": _advice(source), **_place(source["where"])}


def name_of(names: Mapping[str, str]) -> str:
    """One of the names of a thing."""
    return next(
        (names[language] for language in ("nb", "nn", "en") if language in names), next(iter(names.values()), "")
    )


def value_of(value: Mapping[str, str]) -> str:
    """A value in words, with its language."""
    text = value.get("uri") or value["value"]
    return f"{text} ({value['language']})" if "language" in value else text


def _of_thing(catalogue: str, thing: Mapping[str, Any]) -> Iterator[Row]:
    about = {"catalogue": catalogue, "what": thing["change"], "uri": thing["uri"], "name": name_of(thing["name"])}
    if not thing["properties"]:
        yield about
    for each in thing["properties"]:
        before, after = ("\n".join(map(value_of, each[side])) for side in ("before", "after"))
        yield {**about, "property": each["property"], "before": before, "after": after}


def _of_findings(difference: Mapping[str, Any]) -> Iterator[Row]:
    for finding in difference.get("brings", ()):
        a, b = finding["a"], finding["b"]
        yield {
            "what": "brings",
            "uri": a["concept"],
            "name": finding["term"],
            "before": b["text"],
            "after": a["text"],
            "severity": finding["severity"],
            "code": " ".join(item["kind"] for item in finding["evidence"]),
            "message": " ".join(item["explanation"] for item in finding["evidence"]),
        }
    for settled in difference.get("settles", ()):
        yield {"what": "settles", "uri": settled["uri"], "name": settled["term"], "severity": settled["severity"]}
    for twice in difference.get("duplicates", ()):
        yield {
            "what": "duplicate",
            "uri": " ".join(twice["concepts"]),
            "name": twice["term"],
            "code": twice["place"],
            "message": twice.get("saidBy", ""),
        }
    for touched in difference.get("touches", ()):
        owner = touched["owner"] or {"uri": "", "label": {}}
        yield {
            "what": "touches",
            "uri": touched["uri"],
            "name": name_of(touched["label"]) or touched["uri"],
            "before": "\n".join(f"{each['change']}: {each['uri']}" for each in touched["on"]),
            "code": touched["kind"],
            "message": " ".join((name_of(owner["label"]) or owner["uri"], *_emails(touched))).strip(),
        }


def _emails(touched: Mapping[str, Any]) -> Iterator[str]:
    return (contact["email"] for contact in touched["contacts"] if contact["email"])


def _of_report(report: Mapping[str, Any]) -> Iterator[Row]:
    for subject, where, issues in _issues(report):
        for issue in issues:
            yield {
                "catalogue": report["catalogue"],
                "what": "issue",
                "uri": subject,
                "severity": issue["severity"],
                "code": issue["code"],
                "message": _advice(issue),
                **_place(issue.get("where") or where),
            }


def _issues(report: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any], list[Mapping[str, Any]]]]:
    yield "", {"file": report["source"]}, report["issues"]
    for record in report["records"]:
        yield record["subject"], record["where"], record["issues"]


def _advice(said: Mapping[str, Any]) -> str:
    return f"{said['message']} {said['fix']}".strip()


def _place(where: Mapping[str, Any]) -> Row:
    return {name: str(where[name]) for name in ("file", "line", "row", "column") if where.get(name) is not None}
