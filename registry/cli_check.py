"""``samsvar check``: a draft act or regulation held against the register."""

import json
import sys
from pathlib import Path

import click
from rich.console import Console

from importers.base import Source
from importers.child import draft_isolated
from registry.catalogue.texts import Language
from registry.draft_check.as_json import answer_as_json
from registry.draft_check.checking import check_draft
from registry.draft_check.exporting import COLUMNS, as_word, rows
from registry.draft_check.report import report
from registry.services import build_services
from registry.settings import Settings
from registry.tables import csv_text


@click.command()
@click.argument("file", type=click.Path(allow_dash=True, dir_okay=False))
@click.option(
    "--enabling", default="", help="The acts that it is given under, or that it changes, as people write them."
)
@click.option("--language", type=click.Choice(["nb", "nn", "en"]), default="nb", help="Of what is said.")
@click.option(
    "--word", "word_file", type=click.Path(path_type=Path, dir_okay=False), help="Write a Word document (.docx)."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print a table.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(*, file: str, enabling: str, language: Language, word_file: Path | None, as_csv: bool, as_json: bool) -> None:
    """Hold the draft in FILE against the register (- reads standard input). Nothing of it is kept."""
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    draft = draft_isolated(Source(Path(file).name, data))
    services = build_services(Settings())
    answer = check_draft(services.store.reader(), services.urls, draft, enabling, language)
    if word_file is not None:
        word_file.write_bytes(as_word(report(answer, language)))
    if as_json:
        click.echo(json.dumps(answer_as_json(answer, language), ensure_ascii=False, indent=1))
    elif as_csv:
        click.echo(csv_text(COLUMNS, rows(answer, language)), nl=False)
    elif word_file is None:
        console = Console(highlight=False, soft_wrap=True)
        for line in report(answer, language):
            space = "\n" if line.level > 0 else ""
            console.print(f"{space}{'  - ' if line.level < 0 else ''}{line.text}", markup=False)
