"""What was mended or doubted on the way, by the node that it is about. Record reports are made from it at the end."""

from collections.abc import Mapping

from importers.issues import issue
from importers.rdf.triples import Node
from importers.report import READ_IN_PART, Issue, Where

_SHOWN = 200
_PLACED = 100
"""Statements whose line is looked for in the text."""


class Journal:
    """Issues of one file. The same issue about the same node with the same value is noted once.

    `text` is what is read. `unread` are statements that were left out; `cut_off` says that the file ends in the middle
    of one, and `cut_subject` what that one is about, as far as that can be seen. `rejected` are records that were left
    out.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.text = ""
        self.of_file: list[Issue] = []
        self.unread: list[tuple[str, Issue]] = []
        self.rejected: list[Issue] = []
        self.cut_off = False
        self.cut_subject = ""
        self._of_node: dict[Node, dict[tuple[str, str], Issue]] = {}

    def note(self, node: Node, code: str, value: str = "", *, message: str = "") -> None:
        """Notes an issue about a node."""
        issues = self._of_node.setdefault(node, {})
        if (code, value) not in issues:
            issues[code, value] = issue(code, value, message=message)

    def note_file(
        self, code: str, value: str = "", *, line: int | None = None, column: int | None = None, message: str = ""
    ) -> None:
        """Notes an issue about the file as a whole."""
        self.of_file.append(issue(code, value, Where(self.file, line=line, column=column), message=message))

    def note_unread(self, subject: str, value: str, line: int, column: int, message: str) -> None:
        """Notes a statement that was left out; `subject` is what it is about, as far as that can be seen."""
        where = Where(self.file, line=line, column=column)
        self.unread.append((subject, issue("statement-unreadable", value, where, message=message)))

    def note_unreadable_iri(self, subject: str, iri: str, statement: str) -> None:
        """Notes a statement that was left out for one of its IRIs."""
        at = self.text.find(iri) if len(self.unread) < _PLACED else -1
        where = Where(self.file, line=self.text.count("\n", 0, at) + 1 if at >= 0 else None)
        self.unread.append((subject, issue("iri-unreadable", statement[:_SHOWN], where)))

    def reject(self, node: Node, code: str, value: str) -> None:
        """Notes that a record was left out, instead of all that was noted about it."""
        self._of_node.pop(node, None)
        self.rejected.append(issue(code, value, Where(self.file)))

    def in_part(self) -> Issue | None:
        """What to say of a file of which something could not be read; None of one that was read whole."""
        what = [f"{len(self.unread)} unreadable"] if self.unread else []
        what += ["it ends in the middle of a statement"] if self.cut_off else []
        return issue(READ_IN_PART, ", ".join(what), Where(self.file)) if what else None

    def move(self, names: Mapping[Node, Node]) -> None:
        """Notes about a node become notes about the one that it stands for."""
        for node in [node for node in self._of_node if names.get(node, node) != node]:
            for noted in self._of_node.pop(node).values():
                self._of_node.setdefault(names[node], {}).setdefault((noted.code, noted.value), noted)

    def nodes(self) -> list[Node]:
        """Nodes that have issues."""
        return list(self._of_node)

    def issues(self, node: Node) -> list[Issue]:
        """The issues of a node, in the order in which they were noted."""
        return list(self._of_node.get(node, {}).values())
