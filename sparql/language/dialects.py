"""What clients written for other engines send, said in the engine's words; the meaning never changes.

* ``True`` and ``FALSE`` become ``true`` and ``false`` (Jena takes any case).
* A variable that SELECT names twice is named once (Jena and Virtuoso answer one column).
* A ``;`` behind the query, as in SQL, is left out.
* What is left out becomes spaces, so that errors name the line and column of the text that was sent.
* ``GROUP_CONCAT`` gives a plain string, as SPARQL 1.1 says (18.5.1.7); the engine alone keeps a shared language tag.
* ``SELECT *`` answers its columns in the order in which the query names them; the engine alone sorts them.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from sparql.language.rewriting import Edit, rewrite
from sparql.language.tokens import Kind, Token, tokens


def normalise(text: str) -> str:
    """The query as the engine takes it; the same text when nothing had to change."""
    found = list(tokens(text))
    return rewrite(text, [*_booleans(found), *_repeated(found), *_ends(found)])


def plain_concatenations(text: str) -> list[Edit]:
    """What makes of each ``GROUP_CONCAT(...)`` the plain string ``STR(GROUP_CONCAT(...))``."""
    found = list(tokens(text))
    edits: list[Edit] = []
    for index, token in enumerate(found[:-1]):
        end = _closing(found, index + 1) if token.word == "GROUP_CONCAT" and found[index + 1].is_mark("(") else None
        if end is not None:
            edits += [(token.start, token.start, "STR("), (end.end, end.end, ")")]
    return edits


def with_columns(text: str, variables: Sequence[str]) -> str | None:
    """A ``SELECT *`` that names its columns: `variables` (without ``?``) in the order of the text.

    None where the outermost SELECT names its columns itself.
    """
    found = list(tokens(text)) if "*" in text else []
    star = _star(found)
    if star is None or not variables:
        return None
    named = dict.fromkeys(token.text[1:] for token in found if token.kind is Kind.VARIABLE)
    ordered = [name for name in named if name in variables]
    if sorted(ordered) != sorted(variables):
        return None
    return rewrite(text, [(star.start, star.end, " " + " ".join(f"?{name}" for name in ordered) + " ")])


def _booleans(found: Sequence[Token]) -> Iterator[Edit]:
    for token in found:
        if token.word in ("TRUE", "FALSE") and token.text != token.text.lower():
            yield token.start, token.end, token.text.lower()


def _repeated(found: Sequence[Token]) -> Iterator[Edit]:
    for index, token in enumerate(found):
        if token.word.startswith("SELECT"):
            seen: set[str] = set()
            for each in _projection(found, index + 1):
                if each.text[1:] in seen:
                    yield each.start, each.end, " " * len(each.text)
                seen.add(each.text[1:])


def _ends(found: Sequence[Token]) -> list[Edit]:
    """Semicolons behind everything else: no query ends with one."""
    behind = list(takewhile(lambda token: token.is_mark(";"), reversed(found)))
    return [(token.start, token.end, " ") for token in reversed(behind)]


def _projection(found: Sequence[Token], start: int) -> Iterator[Token]:
    """The variables that the SELECT clause before `start` names outside of ``(... AS ?x)``."""
    depth = 0
    for index in range(start, len(found)):
        token = found[index]
        if token.is_mark("{") or token.word.startswith(("WHERE", "FROM", "SELECT")):
            return
        depth += token.is_mark("(") - token.is_mark(")")
        if depth == 0 and token.kind is Kind.VARIABLE:
            yield token


def _closing(found: Sequence[Token], index: int) -> Token | None:
    """The parenthesis that closes the one at `index`."""
    depth = 0
    for token in found[index:]:
        depth += token.is_mark("(") - token.is_mark(")")
        if depth == 0:
            return token
    return None


def _star(found: Sequence[Token]) -> Token | None:
    """The ``*`` of the outermost SELECT."""
    for index, token in enumerate(found):
        if token.word.startswith("SELECT"):
            rest = found[index + 1 : index + 3]
            candidates = rest[1:] if rest and rest[0].word in ("DISTINCT", "REDUCED") else rest[:1]
            return next((each for each in candidates if each.is_mark("*")), None)
        if token.word.startswith(("ASK", "CONSTRUCT", "DESCRIBE")):
            return None
    return None
