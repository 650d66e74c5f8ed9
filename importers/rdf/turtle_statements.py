"""Turtle and TriG cut into statements by their tokens, forgiving enough for files that no parser takes whole."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<comment>\#[^\n]*)
    |(?P<iri><[^<>\n]*>)
    |(?P<text>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<open>[\[({])
    |(?P<close>[\])}])
    |(?P<semicolon>;)
    |(?P<dot>\.(?=[\s\#<\[@]|$))
    |(?P<word>(?:[^\s\#<>"'\[\](){};.]|\.(?![\s\#<\[@]|$))+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_CLOSERS = {"[": "]", "(": ")", "{": "}"}
_NEW_SUBJECT = re.compile(
    r"""(?:<[^<>\n]*>|(?![@^])[^\s\#<>"'\[\](){};,]*:[^\s\#<>"'\[\](){};,]*)\s+
    (?:a(?=[\s<\[])|<[^<>\n]*>|[^\s\#<>"'\[\](){};,]*:[^\s\#<>"'\[\](){};,]*)\s*
    [^\s;,.\])}]""",
    re.VERBOSE,
)
"""A subject, a predicate, and the beginning of an object."""
_SPARQL_DIRECTIVE = re.compile(r"(?i:prefix|base)\Z")

_PREFIXED = re.compile(r"[^\W\d_][\w-]*:[^/]")
_STAND_IN = "urn:undeclared-prefix:"

_TAGGED = re.compile(
    r'"{3}(?:[^"\\]|\\.|"(?!""))*"{3}(?:@[\w-]*)?|"(?:[^"\\\n]|\\.)*"(?:@[\w-]*)?|<[^<>\n]*>', re.DOTALL
)
_LEGAL_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def with_legal_tags(text: str) -> str:
    """The text with tags of languages such as ``nb_NO`` as ``nb-NO``, and without those that are none."""

    def legal(found: re.Match[str]) -> str:
        literal, at, tag = found.group().rpartition("@")
        if not at or not literal.endswith('"') or _LEGAL_TAG.fullmatch(tag):
            return found.group()
        tag = tag.replace("_", "-")
        return f"{literal}@{tag}" if _LEGAL_TAG.fullmatch(tag) else literal

    return _TAGGED.sub(legal, text)


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of the text: where it starts and ends (with its dot), and the places of its semicolons at its top level.

    `subject_end` is where its first term ends, None if it begins with a bracket; `missing` are brackets left open.
    """

    start: int
    end: int
    subject_end: int | None
    semicolons: tuple[int, ...]
    missing: str
    directive: bool


class _Building:
    """A statement while its tokens come in."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.start: int | None = None
        self.subject_end: int | None = None
        self.semicolons: list[int] = []
        self.stack: list[str] = []
        self.first = ""
        self.after_term = False

    def take(self, kind: str, found: re.Match[str]) -> None:
        if self.start is None:
            self.start = found.start()
            self.first = found.group()
            self.subject_end = None if kind == "open" else found.end()
        self.after_term = (
            kind in {"iri", "text", "close", "word"}
            and not found.group().endswith((",", "^^"))
            and "(" not in self.stack
        )
        if kind == "open":
            self.stack.append(found.group())
        elif kind == "close" and self.stack:
            self.stack.pop()
        elif kind == "semicolon" and not self.stack:
            self.semicolons.append(found.start())

    def done(self, end: int) -> Statement | None:
        if self.start is None:
            return None
        missing = "".join(_CLOSERS[bracket] for bracket in reversed(self.stack))
        directive = self.first.startswith("@") or bool(_SPARQL_DIRECTIVE.match(self.first))
        statement = Statement(self.start, end, self.subject_end, tuple(self.semicolons), missing, directive)
        self.reset()
        return statement

    @property
    def is_sparql_directive(self) -> bool:
        return bool(_SPARQL_DIRECTIVE.match(self.first))


def split(text: str) -> Iterator[Statement]:
    """The statements of a text in their order. The braces and names of graphs are passed over: graphs are merged."""
    building = _Building()
    end = 0
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind in {"space", "comment"}:
            continue
        brace = not building.stack and found.group() in {"{", "}"}
        if brace and found.group() == "{":
            building.reset()
        elif (brace or _begins_anew(building, found, text)) and (statement := building.done(end)):
            yield statement
        if brace:
            continue
        building.take(kind, found)
        end = found.end()
        if _ends(building, kind) and (statement := building.done(end)):
            yield statement
    if statement := building.done(end):
        yield statement


def _ends(building: _Building, kind: str) -> bool:
    """A dot ends a statement even within brackets, for none may stand there; an IRI ends SPARQL's PREFIX and BASE."""
    return kind == "dot" or (kind == "iri" and building.is_sparql_directive)


def _begins_anew(building: _Building, found: re.Match[str], text: str) -> bool:
    """Whether a token starts a statement although the one before it was not ended.

    A directive at a line's start does, and an IRI at a line's start after an empty line. So does a name at a line's
    start that follows a whole term and has a predicate and an object behind it: no statement has four terms in a row.
    """
    if building.start is None:
        return False
    before = text[max(0, found.start() - 4) : found.start()].replace("\r", "")
    if found.group().startswith("@prefix"):
        return before.endswith("\n")
    if found.lastgroup == "iri" and before.endswith("\n\n"):
        return True
    return before.endswith("\n") and building.after_term and bool(_NEW_SUBJECT.match(text, found.start()))


def stand_ins(text: str, declared: Collection[str]) -> dict[str, str]:
    """A namespace for a prefix that is not among the declared ones, where half of all that is described has it.

    What is described cannot be kept without one; a prefix that only stands in a few statements costs those.
    """
    subjects = [
        text[one.start : one.subject_end].strip() for one in split(text) if not one.directive and one.subject_end
    ]
    counts = Counter(subject.partition(":")[0] for subject in subjects if _PREFIXED.match(subject))
    return {
        prefix: f"{_STAND_IN}{prefix}:"
        for prefix, count in counts.items()
        if prefix not in declared and 2 * count >= len(subjects)
    }


def used_prefixes(text: str) -> dict[str, int]:
    """Prefixes of the names in a text, each with the place of its first use."""
    used: dict[str, int] = {}
    for found in _TOKEN.finditer(text):
        if found.lastgroup == "word" and ":" in found.group():
            prefix = found.group().rsplit("^^", 1)[-1].lstrip(",").split(":", 1)[0]
            used.setdefault(prefix, found.start())
    return used
