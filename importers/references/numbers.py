"""Acts named by their number within the year: "lov nr. 44/1997", "lov 1997 nr. 44", "lov nr. 44 av 1997"."""

import re
from collections.abc import Iterator

from importers.law.identifiers import Refid
from importers.references.acts import ActIndex
from importers.references.mentions import Mention

_KIND = r"(?<![^\W_])(?P<kind>lov|forskrift)(?:a|en|i)?\s+"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d{2})"
_NUMBER = r"(?P<number>\d{1,4})"
_END = r"(?![\d/]|[-.]\d)"
_FORMS = tuple(
    re.compile(_KIND + form + _END, re.IGNORECASE)
    for form in (
        rf"(?:nr\.?\s*)?{_NUMBER}\s*(?:/|,?\s(?:av|frå|fra|for)\s|,?\s)\s*(?:året?\s+)?{_YEAR}",
        rf"(?:(?:av|frå|fra)\s+)?{_YEAR}(?:\s*/\s*|,?\s+nr\.?\s*){_NUMBER}",
        rf"nr\.?\s*{_NUMBER}\s*/\s*(?P<year>\d{{2}})",
    )
)
_CENTURIES = ("19", "20")


def numbered(text: str, acts: ActIndex) -> Iterator[Mention]:
    """Every mention of an act by number and year, as a `number`; without a refid where no act is known by it."""
    for form in _FORMS:
        for found in form.finditer(text):
            yield Mention(found.start(), found.end(), "number", found.group(), _refid(found, acts))


def _refid(found: re.Match[str], acts: ActIndex) -> Refid | None:
    """The one act that it can be; a year of two digits is of this century or the last."""
    year = found["year"]
    years = [year] if len(year) > len("97") else [century + year for century in _CENTURIES]
    known = [each for one in years for each in acts.of_number(found["kind"].casefold(), int(one), int(found["number"]))]
    return known[0] if len(known) == 1 else None
