"""Descriptions in JSON or YAML, read whole or not at all: a half-read schema would say something else.

YAML is read as YAML 1.2 does: only `true` and `false` are booleans (`no` is a language), dates and numbers with leading
zeros are texts. Aliases are allowed as far as the document would not grow beyond all measure when they are written out.
"""

import json
import re
from typing import Any, Final

import yaml

from importers.base import Source, UnreadableSourceError
from importers.rdf.nesting import DEEPEST, check_nesting
from importers.rdf.syntaxes import JSON_LD
from importers.report import Where

MOST_NODES: Final = 1_000_000
"""Values that a document may have once its aliases are written out."""
_JSON_START = ("{", "[")


class _Loader(yaml.CSafeLoader):
    """Makes texts, numbers, booleans, lists and mappings, and nothing else."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false|True|False", "tfTF"),
    ("null", r"~|null|Null|", "~nN\0"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)?\.[0-9]+(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("merge", r"<<", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), [*_first, ""])


def read_document(source: Source) -> dict[str, Any]:
    """The object that a source in JSON or YAML is.

    Raises:
        UnreadableSourceError: it is neither, is nested without end, grows without measure, or is no object.
    """
    text = _text(source)
    document = _json(text, source.name) if text.lstrip().startswith(_JSON_START) else _yaml(text, source.name)
    if not isinstance(document, dict):
        raise UnreadableSourceError("The document is no object.", Where(source.name, line=1), "Send the whole of it.")
    return document


def _text(source: Source) -> str:
    try:
        return source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.data[: error.start].count(b"\n") + 1
        raise UnreadableSourceError("It is not UTF-8.", Where(source.name, line=line), "Save it as UTF-8.") from error


def _json(text: str, name: str) -> Any:
    check_nesting(text, JSON_LD, name)
    try:
        return json.loads(text, object_pairs_hook=lambda pairs: _members(pairs, name))
    except json.JSONDecodeError as error:
        where = Where(name, line=error.lineno, column=error.colno)
        raise UnreadableSourceError(f"The JSON cannot be parsed: {error.msg}.", where, "Mend it there.") from error


def _members(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in members if keys.count(key) > 1)
        raise UnreadableSourceError(
            f"An object has the member “{twice}” twice.", Where(name), "Leave the one that is meant."
        )
    return members


def _yaml(text: str, name: str) -> Any:
    try:
        _check_size(text, name)
        return yaml.load(text, _Loader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Where(name, line=mark.line + 1, column=mark.column + 1) if mark else Where(name)
        said = error.problem or error.context or "it is no YAML"
        raise UnreadableSourceError(f"The YAML cannot be read: {said}.", where, "Mend it there.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableSourceError(f"The YAML cannot be read: {error}.", Where(name), "Mend it.") from error


def _check_size(text: str, name: str) -> None:
    """Refuses what nests deeper than any description, or would be too large with its aliases written out."""
    growth = _Growth()
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent) and growth.is_open(event.anchor):
            raise _refused(event, name, f"The alias *{event.anchor} stands within what it stands for.")
        growth.add(event)
        if growth.depth > DEEPEST:
            raise _refused(event, name, f"The YAML is nested more than {DEEPEST} levels deep.")
        if growth.size > MOST_NODES:
            raise _refused(event, name, f"With its aliases written out the YAML has more than {MOST_NODES:,} values.")


class _Growth:
    """How many values a YAML document has with its aliases written out, as far as it was read."""

    def __init__(self) -> None:
        self.size = 0
        self._open: list[tuple[str | None, int]] = []
        self._sizes: dict[str, int] = {}

    @property
    def depth(self) -> int:
        """How many lists and mappings are open."""
        return len(self._open)

    def is_open(self, anchor: str | None) -> bool:
        """Whether what the anchor stands for has not ended yet."""
        return any(anchor == one for one, _ in self._open)

    def add(self, event: yaml.Event) -> None:
        """Takes the next event of the parser."""
        match event:
            case yaml.AliasEvent():
                self.size += self._sizes.get(event.anchor or "", 1)
            case yaml.ScalarEvent():
                self._count(event.anchor, self.size)
            case yaml.CollectionStartEvent():
                self._open.append((event.anchor, self.size))
            case yaml.CollectionEndEvent():
                self._count(*self._open.pop())

    def _count(self, anchor: str | None, before: int) -> None:
        self.size += 1
        if anchor is not None:
            self._sizes[anchor] = self.size - before


def _refused(event: yaml.Event, name: str, message: str) -> UnreadableSourceError:
    mark = event.start_mark
    where = Where(name, line=mark.line + 1, column=mark.column + 1) if mark else Where(name)
    return UnreadableSourceError(message, where, "Write it out, without aliases that stand for one another.")
