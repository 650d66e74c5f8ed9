"""Reading the documentation: its pages, and the sections, tables and blocks of code in them."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(
    path for pattern in ("*.md", "docs/**/*.md", "benchmarks/*.md", "registry/demo/*.md") for path in ROOT.glob(pattern)
)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@cache
def text(name: str) -> str:
    return ROOT.joinpath(name).read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> Iterator[str]:
    yield from (body for found, body in BLOCK.findall(page.read_text(encoding="utf-8")) if found == language)


def all_blocks(language: str) -> list:
    return [
        pytest.param(body, id=f"{page.relative_to(ROOT)}-{number}")
        for page in PAGES
        for number, body in enumerate(blocks(page, language), 1)
    ]


def shell_lines(program: str) -> list:
    """The lines of shell blocks that run a program, continued lines joined."""
    return [
        pytest.param(line, id=line[:80])
        for page in PAGES
        for body in blocks(page, "sh")
        for line in body.replace("\\\n", " ").splitlines()
        if re.match(rf"(?:\S*/)?{program}\b", line)
    ]


def section(name: str, heading: str) -> str:
    """What stands under a heading, down to the next heading."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,6}} |\Z)", text(name), re.MULTILINE | re.DOTALL)
    assert found, f"{name} has no heading “{heading}”"
    return found[2]


def rows(markdown: str) -> list[list[str]]:
    """The rows of all tables, without the lines under headers; ``\\|`` is a bar in a cell."""
    lines = [line for line in markdown.splitlines() if line.startswith("|") and not set(line) <= set("|-: ")]
    return [[cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def row_of(markdown: str, code: str) -> list[str]:
    found = [row for row in rows(markdown) if row[0] == f"`{code}`"]
    assert len(found) == 1, f"“{code}” should have one row, and has {len(found)}"
    return found[0]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}
