"""The query library that the editor and the API offer: the ``.rq`` files in the folders of ``sparql/examples``.

A file begins with its title and with a sentence on it, each in three languages, and may say how its answer is best
shown; then follows the query, with its parameters (see sparql.language.parameters)::

    # Concepts with their definitions
    # nb: Begreper med definisjoner
    # nn: Omgrep med definisjonar
    # about en: ...
    # about nb: ...
    # about nn: ...
    # view: bar
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sparql.language.parameters import Parameter, declared

FOLDERS = ("getting-started", "disagreements", "law-to-api", "quality", "coverage")
"""The folders in the order in which a newcomer reads them."""
VIEWS = ("table", "bar", "line", "graph")
"""How an answer may be shown; a table unless the file says otherwise."""
_HEADER = re.compile(r"# (nb|nn|about en|about nb|about nn|view): (.*)")


@dataclass(frozen=True, slots=True)
class Example:
    """A query to learn from: `title` and `description` by language (nb, nn, en), `text` without those lines.

    `name` is unique in the whole library; `view` is one of VIEWS.
    """

    name: str
    title: Mapping[str, str]
    text: str
    folder: str = ""
    description: Mapping[str, str] = field(default_factory=dict)
    view: str = "table"

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What may be filled in."""
        return declared(self.text)


@cache
def examples() -> tuple[Example, ...]:
    """All of them, folder by folder, in each in the order of their English titles."""
    root = files("sparql").joinpath("examples")
    return tuple(each for folder in FOLDERS for each in _folder(root.joinpath(folder), folder))


def example(name: str) -> Example | None:
    """The query of this name, None for none."""
    return next((each for each in examples() if each.name == name), None)


def _folder(place: Traversable, folder: str) -> list[Example]:
    found = (each for each in place.iterdir() if each.name.endswith(".rq"))
    read = (_example(each.name.removesuffix(".rq"), folder, each.read_text(encoding="utf-8")) for each in found)
    return sorted(read, key=lambda each: each.title["en"])


def _example(name: str, folder: str, content: str) -> Example:
    lines = content.splitlines(keepends=True)
    said = {"en": lines[0].lstrip("# ").strip()}
    rest = 1
    while header := _HEADER.match(lines[rest]):
        said[header[1]] = header[2].strip()
        rest += 1
    about = {language: said[f"about {language}"] for language in ("en", "nb", "nn")}
    titles = {language: said[language] for language in ("en", "nb", "nn")}
    return Example(name, titles, "".join(lines[rest:]), folder, about, said.get("view", "table"))
