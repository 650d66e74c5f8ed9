"""``samsvar conflicts``, ``compare`` and ``query``: asking the register from the command line."""

import json
import sys
from pathlib import Path
from typing import IO, Any

import click
from rich.console import Console

from registry.harmonisation import listing, sssom
from registry.harmonisation.compare_cli import answers
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.records import SEVERITIES, Finding
from registry.services import Services, build_services, use_language_packs, use_scorer
from registry.settings import Settings
from registry.settling.states import state_of
from sparql.formats import RDF_FORMATS, RESULT_FORMATS

_FORMATS = (*RESULT_FORMATS, *RDF_FORMATS)
_FORMAT_NAMES = list(dict.fromkeys(each.names[0] for each in _FORMATS))


@click.command()
@click.option("--severity", type=click.Choice(SEVERITIES), help="Only findings of this severity.")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only findings with such evidence.")
@click.option("--term", help="Only findings about this term.")
@click.option("--limit", default=50, show_default=True, help="At most so many (0: all).")
@click.option("--json", "form", flag_value="json", help="Print one JSON document.")
@click.option("--sssom", "form", flag_value="sssom", help="Print the suggested relations as an SSSOM table.")
def conflicts(severity: str | None, kind: str | None, term: str | None, limit: int, form: str | None) -> None:
    """List findings of disagreement, worst first."""
    services = build_services(Settings())
    reader = services.store.reader()
    if form == "sssom":
        rows = listing.matching(reader, severity=severity, kind=kind, term=term)[: limit or None]
        click.echo(sssom.table(reader, services.urls, rows), nl=False)
        return
    page = listing.findings(reader, severity=severity, kind=kind, term=term, limit=limit or sys.maxsize)
    if form == "json":
        document = {"findings": [_document(services, finding) for finding in page.items], "total": page.total}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    console = Console(highlight=False, soft_wrap=True)
    for finding in page.items:
        console.print(_lines(finding), markup=False)
    console.print(f"{len(page.items)} of {page.total} findings")


def _document(services: Services, finding: Finding) -> dict[str, Any]:
    """The finding with what became of it."""
    uri = services.urls.mint("conflicts", finding.id).value
    settled = state_of(services.store.reader(), uri, (finding.a.concept, finding.b.concept))
    return listing.as_json(finding, state=settled.state)


def _lines(finding: Finding) -> str:
    comparison = finding.comparison
    head = f"{comparison.severity}: {finding.term} [{comparison.relation}] {finding.id}"
    sides = [f"    {side.said_by}: {side.text}" for side in (finding.a, finding.b)]
    reasons = [f"  - {evidence.kind}: {evidence.explanation['en']}" for evidence in comparison.evidence]
    return "\n".join((head, *sides, *reasons))


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8-sig"), required=False)
@click.option("--texts", nargs=2, metavar="A B", help="Two definitions, in place of a file.")
@click.option("--term", default="", help="The term that --texts define.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def compare(file: IO[str] | None, texts: tuple[str, str] | None, term: str, as_json: bool) -> None:
    """Classify pairs of definitions, one JSON object a line, that need not be in the register."""
    if (file is None) == (texts is None):
        raise click.UsageError("Give a file of pairs (- for standard input), or two definitions with --texts A B.")
    use_language_packs(Settings())
    use_scorer(Settings())
    console = Console(highlight=False, soft_wrap=True)
    pair = json.dumps(dict(zip("ab", texts, strict=True), id=term or 1, term=term)) if texts else ""
    for answer in answers(file or [pair]):
        if as_json:
            click.echo(json.dumps(answer, ensure_ascii=False))
            continue
        if "error" in answer:
            console.print(f"{answer['id']}: {answer['error']}", markup=False)
            continue
        console.print(f"{answer['id']}: {answer['label']} ({answer['relation']}, {answer['severity']})", markup=False)
        for evidence in answer["evidence"]:
            console.print(f"  - {evidence['kind']}: {evidence['explanation']}", markup=False)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "name", type=click.Choice(_FORMAT_NAMES), help="Default: JSON, or Turtle for CONSTRUCT.")
def query(file: Path, name: str | None) -> None:
    """Ask a SPARQL query in a file; the answer goes to standard output."""
    chosen = next((each for each in _FORMATS if name in each.names), None)
    answer = build_services(Settings()).query_host.run(file.read_text(encoding="utf-8"), format=chosen)
    with answer.chunks:
        for chunk in answer.chunks:
            sys.stdout.buffer.write(chunk)
