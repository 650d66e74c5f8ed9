"""Placeholder."""

from collections.abc import Iterable

from pyoxigraph import Quad

from importers.base import UnreadableSourceError
from importers.journal import Journal
from importers.report import Where
from importers.syntaxes import Syntax


def salvage(text: str, syntax: Syntax, journal: Journal, error: SyntaxError) -> Iterable[Quad]:
    """X."""
    raise UnreadableSourceError(
        f"The {syntax.title} cannot be read: {error.msg}.",
        Where(journal.file, line=error.lineno, column=error.offset),
        "Mend the file there.",
    ) from error
