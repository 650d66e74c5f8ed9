"""``samsvar import`` and ``samsvar demo``: bringing catalogues in, and saying what became of them."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
from rich.console import Console

from importers import IMPORTERS
from importers.base import FileOnDisk, Source, UnreadableSourceError
from importers.report import ImportReport, Issue, Where
from importers.table_mapping import TableMapping
from registry import pipeline
from registry.cli_difference import print_plan
from registry.cli_mapping import print_guesses, read_mapping
from registry.demo import SAMPLES, sample_sources
from registry.documents import gathered
from registry.fetching import too_large
from registry.harmonisation.listing import counts, most_telling
from registry.harmonisation.records import SEVERITIES, Finding
from registry.paging import fetch_all
from registry.previews.known_tables import Who
from registry.services import Services, build_services
from registry.settings import Settings

_SHOWN = 20
_PRINTED = json.JSONEncoder(ensure_ascii=False, indent=1, default=list)
"""How documents are printed: rows become a list when it is their turn."""
_DIGITS = 9


def _organisation_number(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    number = "".join((value or "").split())
    if value is not None and not (number.isdecimal() and len(number) == _DIGITS):
        raise click.BadParameter("an organisation number has nine digits")
    return number or None


@click.command("import")
@click.argument("paths", nargs=-1, required=True)
@click.option("--catalogue", help="Id of the catalogue; default: from the collection, the publisher or the file name.")
@click.option("--format", "format_name", type=click.Choice([importer.name for importer in IMPORTERS]), help="Importer.")
@click.option(
    "--publisher",
    metavar="ORGNR",
    callback=_organisation_number,
    help="Organisation number of the publisher, where the source has none.",
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=read_mapping,
    help="TOML file that says what the columns of a table hold.",
)
@click.option("--guess", is_flag=True, help="Print the mapping that a table seems to need; store nothing.")
@click.option("--partial", is_flag=True, help="What the sources lack is not gone: leave it as it is.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; store nothing.")
@click.option("--strict", is_flag=True, help="Mend nothing: refuse a source that is not in order.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def import_command(  # noqa: PLR0917 - click passes options by name
    ctx: click.Context,
    paths: tuple[str, ...],
    catalogue: str | None,
    format_name: str | None,
    publisher: str | None,
    mapping: TableMapping | None,
    guess: bool,
    partial: bool,
    dry_run: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Import files, folders, archives and URLs."""
    services = build_services(Settings())
    sources, refused = _collected(paths, services.settings.max_source * 2**20)
    if guess:
        ctx.exit(print_guesses(sources, refused))
    request = pipeline.Request(
        sources,
        catalogue,
        publisher,
        format=format_name,
        dry_run=dry_run,
        strict=strict,
        mapping=mapping,
        partial=partial,
        missing=refused,
        known=services.known_tables.finder(),
    )
    outcome = _with_progress(services, request, quiet=as_json)
    if mapping is not None and not dry_run:
        _remember(services, request, mapping, outcome)
    if as_json:
        for piece in gathered(_PRINTED.iterencode(outcome.as_json())):
            click.echo(piece, nl=False)
        click.echo()
    else:
        _print(outcome)
    ctx.exit(outcome.exit_code)


def _remember(services: Services, request: pipeline.Request, mapping: TableMapping, outcome: pipeline.Outcome) -> None:
    """Keeps the mapping for the next tables with these columns."""
    read = pipeline.unpacked(services.settings.max_source, request.sources, pipeline.Outcome())
    who = Who(request.publisher or mapping.publisher)
    services.known_tables.remember_read(read, mapping, outcome.catalogues, who)


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to serve on.")
@click.option("--no-serve", is_flag=True, help="Load and print only.")
def demo(port: int, no_serve: bool) -> None:
    """Load the bundled sample catalogues, print what they disagree about, and serve."""
    services = build_services(Settings())
    for outcome in load_samples(services):
        for error in outcome.unreadable:
            raise error
    _print_summary(services)
    if not no_serve:
        Console().print(f"\nOpen [bold]http://localhost:{port}[/bold]  (stop with Ctrl-C)")
        _serve_afresh(port)


def _serve_afresh(port: int) -> None:
    """Starts the server in the place of this process, which has written: what it forks could not write."""
    sys.stdout.flush()
    command = [sys.executable, "-m", "registry", "serve", "--bind", f"127.0.0.1:{port}"]
    os.execv(sys.executable, command)  # noqa: S606 - our own program, with a number


def load_samples(services: Services) -> Iterator[pipeline.Outcome]:
    """Imports the bundled samples, one generation each catalogue, in their order."""
    for sample, (name, data, catalogue) in zip(SAMPLES, sample_sources(), strict=True):
        request = pipeline.Request([Source(name, data)], catalogue, sample.publisher or None, sample.title)
        yield pipeline.run(services, request)


def sources_of(path: str, limit: int) -> Iterator[Source]:
    """The sources that an argument names: a file, every file of a folder but hidden ones, or the pages behind a URL.

    Raises:
        UnreadableSourceError: there is no such file, or it is larger than `limit` bytes.
    """
    if "://" in path:
        yield from fetch_all(path, limit)
        return
    place = Path(path)
    if not place.exists():
        raise UnreadableSourceError("There is no such file or folder.", Where(path), "Check the spelling of the path.")
    for file in _files_in(place) if place.is_dir() else [place]:
        if file.stat().st_size > limit:
            raise too_large(str(file), limit)
        name = str(file.relative_to(place)) if place.is_dir() else file.name
        yield Source(name, FileOnDisk.at(file))


def _files_in(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _collected(paths: tuple[str, ...], limit: int) -> tuple[list[Source], list[UnreadableSourceError]]:
    """The sources that can be had, and what to say of the others."""
    sources: list[Source] = []
    refused: list[UnreadableSourceError] = []
    for path in paths:
        try:
            sources += sources_of(path, limit)
        except UnreadableSourceError as error:
            refused.append(error)
    return sources, refused


def _with_progress(services: Services, request: pipeline.Request, *, quiet: bool) -> pipeline.Outcome:
    console = Console(stderr=True, quiet=quiet)
    with console.status("importing") as status:
        say: Callable[[str], None] = status.update
        return pipeline.run(services, request, say)


def _print(outcome: pipeline.Outcome) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for report in outcome.reports:
        numbers = ", ".join(f"{number} {name}" for name, number in report.counts().items() if number)
        console.print(f"{report.catalogue} ({report.format}): {numbers or 'no records'}", markup=False)
        if found := ", ".join(f"{report.findings[each]} {each}" for each in SEVERITIES if report.findings.get(each)):
            console.print(f"    findings that involve it: {found}", markup=False)
    for line in _issue_lines(outcome.reports):
        console.print(line, markup=False)
    for error in outcome.unreadable:
        console.print(f"not imported: {error}", markup=False)
    if outcome.plan is not None:
        print_plan(console, outcome.plan)
        console.print("dry run: nothing was stored", markup=False)


def _issue_lines(reports: Iterable[ImportReport]) -> Iterator[str]:
    """The issues worth a person's eye, `_SHOWN` of them, then how many more there are and where to read them."""
    lines = [
        _issue_line(issue, issue.where or where, subject or report.source)
        for report in reports
        for subject, where, issues in [
            (report.source, Where(), report.issues),
            *((record.subject, record.where, record.issues) for record in report.records),
        ]
        for issue in issues
        if issue.severity != "information"
    ]
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield f"... and {len(lines) - _SHOWN} more: see the catalogue's page, or --json"


def _issue_line(issue: Issue, where: Where, subject: str) -> str:
    return f"{issue.severity}: {_place(where, subject)}: {issue.message} {issue.fix}".strip()


def _place(where: Where, subject: str) -> str:
    """Where to look: the file with line or row and column, then what the record is."""
    parts = [where.file] if where.file else []
    known = {"line": where.line, "row": where.row, "column": where.column}
    parts += [f"{name} {value}" for name, value in known.items() if value is not None]
    return ", ".join([*parts, *([subject] if subject and subject != where.file else [])])


def _print_summary(services: Services) -> None:
    from registry.catalogue.key_figures import key_figures

    console = Console(highlight=False, soft_wrap=True)
    reader = services.store.reader()
    figures = key_figures(reader)
    console.print(f"\n[bold]{figures.concepts}[/bold] concepts in [bold]{figures.catalogues}[/bold] catalogues")
    numbers = counts(reader)
    total = sum(numbers.values())
    shares = ", ".join(f"{numbers.get(severity, 0)} {severity}" for severity in SEVERITIES)
    console.print(f"[bold]{total}[/bold] findings: {shares}\n")
    for finding in most_telling(reader, 3):
        console.print(_in_words(finding), markup=False)


def _in_words(finding: Finding) -> str:
    evidence = finding.comparison.evidence
    why = evidence[0].explanation["en"] if evidence else finding.comparison.relation
    sides = "\n".join(f"    {side.said_by}: {side.text}" for side in (finding.a, finding.b))
    return f"  {finding.term} ({finding.comparison.severity}): {why}\n{sides}\n"
