"""What a report says of definitions that are stored and not compared, as a word has too many of them."""

from importers.report import Issue
from registry.harmonisation.candidates import MOST_TEXTS, LeftOut


def not_compared(one: LeftOut) -> Issue:
    """The issue in the report of the catalogue that they are of."""
    message = (
        f"“{one.term}” has {one.texts} different definitions, more than are compared ({MOST_TEXTS}); "
        f"{one.definitions} definitions of this catalogue are stored, but not compared"
    )
    return Issue("definitions-not-compared", "warning", message, one.term, "give different concepts different terms")
