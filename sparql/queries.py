"""The example queries that the editor offers: the ``.rq`` files of ``sparql/examples``, in the order of their names."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Example:
    """A query to learn from: `title` by language (nb, nn, en), `text` without the lines that carry the titles."""

    name: str
    title: Mapping[str, str]
    text: str


@cache
def examples() -> tuple[Example, ...]:
    """All of them. In a file the first line is the English title, then follow ``# nb:`` and ``# nn:``."""
    found = sorted(
        (each for each in files("sparql").joinpath("examples").iterdir() if each.name.endswith(".rq")),
        key=lambda each: each.name,
    )
    return tuple(_example(each.name.removesuffix(".rq"), each.read_text(encoding="utf-8")) for each in found)


def _example(name: str, content: str) -> Example:
    lines = content.splitlines(keepends=True)
    title = {"en": lines[0].lstrip("# ").strip()}
    rest = 1
    while lines[rest].startswith(("# nb:", "# nn:")):
        title[lines[rest][2:4]] = lines[rest][5:].strip()
        rest += 1
    return Example(name.partition("-")[2], title, "".join(lines[rest:]))
