"""Reading a JSON object that may hold anything: values of the wrong kind become complaints, never exceptions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from importers.concepts.record import Entry
from importers.issues import issue
from importers.report import Issue, Where


@dataclass(slots=True)
class JsonFields:
    """The members of an object at `path` ("" for the record itself); `complaints` are shared with what is below it."""

    members: Mapping[str, Any]
    where: Where
    path: str = ""
    complaints: list[Issue] = field(default_factory=list)

    def _below(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _complain(self, path: str, value: object) -> None:
        place = Where(self.where.file, row=self.where.row, column=path)
        self.complaints.append(issue("bad-value", f"{path} = {value!r}", place))

    def child(self, name: str) -> "JsonFields":
        """The object that a member is; an empty one if it is missing or of another kind."""
        value = self.members.get(name)
        if value is not None and not isinstance(value, dict):
            self._complain(self._below(name), value)
        members = value if isinstance(value, dict) else {}
        return JsonFields(members, self.where, self._below(name), self.complaints)

    def children(self, name: str) -> Iterator["JsonFields"]:
        """The objects of a list; a single object counts as a list of one."""
        value = self.members.get(name)
        for number, item in enumerate(value if isinstance(value, list) else [] if value is None else [value]):
            path = f"{self._below(name)}[{number}]"
            if isinstance(item, dict):
                yield JsonFields(item, self.where, path, self.complaints)
            else:
                self._complain(path, item)

    def text(self, name: str, language: str = "") -> Entry | None:
        """A single value as text; numbers are written out, the empty text counts as missing."""
        return next(iter(self._entries(self.members.get(name), self._below(name), language)), None)

    def several(self, name: str, language: str = "") -> tuple[Entry, ...]:
        """The values of a list, or a single one."""
        return tuple(self._entries(self.members.get(name), self._below(name), language))

    def by_language(self, name: str, default: str = "nb") -> tuple[Entry, ...]:
        """Texts by language, each a text or a list of texts; a bare text is taken to be in the `default` language."""
        value = self.members.get(name)
        if not isinstance(value, dict):
            return self.several(name, default)
        return tuple(
            entry
            for language, texts in value.items()
            for entry in self._entries(texts, f"{self._below(name)}.{language}", str(language))
        )

    def _entries(self, value: object, path: str, language: str) -> Iterator[Entry]:
        if value is None:
            return
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, bool) or not isinstance(item, str | int | float):
                self._complain(path, item)
            elif str(item).strip():
                yield Entry(str(item).strip(), path, language)
