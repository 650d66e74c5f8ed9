"""Reading one source: the importer that recognises it, and what holds for all of them: suffixes, and strictness."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from importers import importer_for
from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.encodings import narrowed
from importers.issues import ISSUES, issue
from importers.minting import file_stem
from importers.repair import REPAIRS
from importers.report import READ_IN_PART, Issue, Where

_TABLES = ("concept-table", "nav-table", "mapped-table")
_JSON = (
    "concept-json",
    "search-answers",
    "rdf (JSON-LD)",
    "rdf (RDF/JSON)",
    "openapi",
    "json-schema",
    "json-ld-context",
)
SUFFIXES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ttl": ("rdf (Turtle)", "rdf (N-Triples)", "ontology (Turtle)"),
        "trig": ("rdf (Turtle)", "rdf (N-Quads)"),
        "nt": ("rdf (N-Triples)", "ontology (N-Triples)"),
        "nq": ("rdf (N-Quads)", "rdf (N-Triples)"),
        "rdf": ("rdf (RDF/XML)", "ontology (RDF/XML)"),
        "owl": ("rdf (RDF/XML)", "ontology (RDF/XML)"),
        "jsonld": ("rdf (JSON-LD)", "ontology (JSON-LD)", "json-ld-context"),
        "json": _JSON,
        **dict.fromkeys(("yaml", "yml"), ("openapi", "json-schema")),
        "xml": ("rdf (RDF/XML)", "ontology (RDF/XML)", "lovdata", "tbx", "akoma-ntoso", "xml-schema"),
        "xsd": ("xml-schema",),
        "tbx": ("tbx",),
        **dict.fromkeys(("csv", "tsv", "xlsx", "xls", "ods"), _TABLES),
    }
)
"""Suffixes that promise a form, and the formats of reports that keep the promise."""

_OF_SPREADSHEETS = "UTF-16"
"""What spreadsheet programs write as text: nothing to speak of."""
_SHOWN = 5


def read_source(source: Source, options: ImportOptions, format_name: str | None = None) -> list[Batch]:
    """All batches in a source.

    Raises:
        UnreadableSourceError: nothing in the source can be read; or `options.strict`, and it is not in order.
    """
    importer = importer_for(source, format_name)
    wide = narrowed(source.data)
    batches = importer.read(Source(source.name, wide[0]) if wide else source, options)
    if wide and (importer.name not in _TABLES or wide[1] != _OF_SPREADSHEETS):
        message = f"The file is {wide[1]}, not UTF-8; it was read as such."
        batches[0].report.issues.append(issue("encoding-assumed", wide[1], Where(source.name), message=message))
    finish(source.name, batches, options)
    return batches


def finish(name: str, batches: list[Batch], options: ImportOptions) -> None:
    """What holds for the batches of every source, whichever importer read it. `name` is the source's.

    Raises:
        UnreadableSourceError: `options.strict`, and the source is not in order.
    """
    _note_suffix(name, batches)
    _note_rejected(name, batches)
    if options.strict:
        _refuse_what_is_out_of_order(name, batches)


def _note_suffix(source_name: str, batches: list[Batch]) -> None:
    """A name that promises another form than the content has."""
    name = source_name.rsplit("/", 1)[-1]
    suffix = name.removeprefix(file_stem(name)).removeprefix(".").lower()
    kept = SUFFIXES.get(suffix, ())
    if kept and batches and batches[0].report.format not in kept:
        found = issue("wrong-suffix", f".{suffix}", Where(source_name))
        batches[0].report.issues.append(found)


def _note_rejected(name: str, batches: list[Batch]) -> None:
    """A record that is rejected is not gone from its source: where nothing else tells which one it is, all may stay."""
    records = [record for batch in batches for record in batch.report.records]
    stored = {record.subject for record in records if record.status != "rejected"}
    lost = [record for record in records if record.status == "rejected" and record.subject not in stored]
    for batch in batches if lost else ():
        if not batch.report.partial:
            where = replace(lost[0].where, file=name)
            batch.report.issues.append(issue(READ_IN_PART, f"{len(lost)} rejected", where))


def _refuse_what_is_out_of_order(name: str, batches: Iterable[Batch]) -> None:
    found = [one for batch in batches for one in _issues(batch) if _is_out_of_order(one)]
    if not found:
        return
    first = found[0]
    flaws = f"{len(found)} flaws" if len(found) > 1 else "one flaw"
    raise UnreadableSourceError(
        f"The source is not in order ({flaws}: {_kinds(found)}), and nothing may be mended. The first: {first.message}",
        first.where or Where(name),
        first.fix or "Mend the source, or let it be mended.",
    )


def _kinds(found: Iterable[Issue]) -> str:
    """The codes of the flaws, the most frequent first, each with how often it occurs and where it does so first."""
    by_code: dict[str, list[Issue]] = defaultdict(list)
    for one in found:
        by_code[one.code].append(one)
    ordered = sorted(by_code.items(), key=lambda item: -len(item[1]))
    named = [f"{len(issues)} {code}{_first(issues[0].where)}" for code, issues in ordered[:_SHOWN]]
    return ", ".join(named) + (f" and {len(ordered) - _SHOWN} other kinds" if len(ordered) > _SHOWN else "")


def _first(where: Where | None) -> str:
    if where is None or (where.line is None and where.row is None):
        return ""
    return f" (line {where.line})" if where.line is not None else f" (row {where.row})"


def _issues(batch: Batch) -> Iterable[Issue]:
    """The issues of a batch, each with the place of its record where it has none of its own."""
    yield from batch.report.issues
    for record in batch.report.records:
        for one in record.issues:
            yield (
                one
                if one.where is not None
                else Issue(one.code, one.severity, one.message, one.value, one.fix, record.where)
            )


def _is_out_of_order(one: Issue) -> bool:
    return one.code in REPAIRS or one.severity == "error" or one.code == READ_IN_PART or ISSUES[one.code].repairs
