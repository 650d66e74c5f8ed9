"""A place in the tokens of a query that moves on, and the fault that is raised where they do not fit."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from sparql.language.tokens import Kind, Token

_LONGEST = 40
_OPENING, _CLOSING = ("(", "{", "["), (")", "}", "]")


class MisfitError(Exception):
    """Where a query goes wrong (the offset of a character), and why; a late one is found by its sense, not its form."""

    def __init__(self, start: int, message: str, *, is_late: bool = False) -> None:
        super().__init__(message)
        self.start = start
        self.message = message
        self.is_late = is_late


class Cursor:
    """The tokens of a query, one after the other."""

    def __init__(self, found: Sequence[Token], end: int) -> None:
        self._found = list(_numbers_apart(found))
        self._end = Token(Kind.MARK, "", end, end)
        self._open: list[Token] = []
        self.at = 0

    @property
    def next(self) -> Token:
        """The token that comes; one without text at the end."""
        return self._found[self.at] if self.at < len(self._found) else self._end

    def after(self, count: int = 1) -> Token:
        """The token `count` places behind the next."""
        return self._found[self.at + count] if self.at + count < len(self._found) else self._end

    def between(self, start: int, end: int) -> Sequence[Token]:
        """The tokens from one place to another, as `at` had them."""
        return self._found[start:end]

    def take(self) -> Token:
        """The next token, which is passed."""
        token = self.next
        self.at += 1
        if token.is_mark(*_OPENING):
            self._open.append(token)
        elif token.is_mark(*_CLOSING) and self._open:
            self._open.pop()
        return token

    def mark(self, *marks: str) -> bool:
        """Whether one of these comes; if so, it is passed."""
        return self.next.is_mark(*marks) and bool(self.take())

    def word(self, *words: str) -> bool:
        """Whether one of these keywords comes; if so, it is passed."""
        return self.next.word in words and bool(self.take())

    def kind(self, kind: Kind) -> bool:
        """Whether a token of this kind comes; if so, it is passed."""
        return self.next.kind is kind and bool(self.take())

    def need(self, mark: str, expected: str = "") -> None:
        """Passes a bracket or another mark that must come here."""
        if not self.mark(mark):
            raise self.fault(expected or mark)

    def need_word(self, word: str, expected: str = "") -> None:
        """Passes a keyword that must come here."""
        if not self.word(word):
            raise self.fault(expected or word)

    def variable(self, expected: str = "a variable") -> Token:
        """Passes a variable that must come here."""
        if self.next.kind is not Kind.VARIABLE:
            raise self.fault(expected)
        return self.take()

    def fault(self, expected: str, known: Iterable[str] = ()) -> MisfitError:
        """The fault that something else was expected in the place of the next token: perhaps one of the `known`."""
        token = self.next
        if not token.text:
            if self._open:
                last = self._open[-1]
                return MisfitError(last.start, f"this {last.text} is not closed.")
            return MisfitError(token.start, f"the query ends where {expected} is expected.")
        if token.is_mark(*_CLOSING) and not self._open:
            return MisfitError(token.start, f"this {token.text} closes nothing.")
        return MisfitError(
            token.start, f"{_shown(token)} does not fit here, where {expected} is expected.{meant(token.word, known)}"
        )


def meant(word: str, known: Iterable[str]) -> str:
    """`` Is ... meant?`` with the one of the `known` that the word looks like; empty for none."""
    close = get_close_matches(word, list(known), n=1) if word else []
    return f" Is {close[0]} meant?" if close else ""


def _shown(token: Token) -> str:
    return token.text if len(token.text) <= _LONGEST else f"{token.text[:_LONGEST]}…"


def _numbers_apart(found: Sequence[Token]) -> Iterator[Token]:
    """The dot behind a whole number ends the triple: ``5.`` is two tokens of the grammar."""
    for token in found:
        if token.kind is Kind.NUMBER and token.text.endswith("."):
            yield Token(Kind.NUMBER, token.text[:-1], token.start, token.end - 1)
            yield Token(Kind.MARK, ".", token.end - 1, token.end)
        else:
            yield token
