"""The acts of the EU that an act or regulation makes law in Norway, where it says so with a place in the EEA Agreement.

"EØS-avtalen vedlegg II kap. XIV nr. 1 (forordning (EU) 2019/1009 som endret ved ...) gjelder som forskrift" names one:
the first in each parenthesis; those behind it have changed it.
"""

import re
from collections.abc import Iterable, Iterator

from importers.law.document import Section
from importers.legal_references import resolve

_PLACE = re.compile(r"EØS-avtal(?:ens?|a)\s+(?:vedlegg|protokoll)\b", re.IGNORECASE)
_LONGEST = 4_000
"""Characters behind a place in which its acts stand."""
_END = re.compile(r"[.;:]\s+(?![IVXL]+\b)[A-ZÆØÅ§]")


def source_acts(texts: Iterable[str]) -> tuple[str, ...]:
    """The CELEX numbers of the acts, in the order of the texts, none twice."""
    named = (celex for text in texts if "avtal" in text for celex in _named(text))
    return tuple(dict.fromkeys(named))


def texts_of(sections: Iterable[Section]) -> Iterator[str]:
    """What stands in sections, a paragraph at a time."""
    return (paragraph.full_text() for section in sections for paragraph in section.paragraphs)


def _named(text: str) -> Iterator[str]:
    for place in _PLACE.finditer(text):
        for inside in _parentheses(text[place.end() : place.end() + _LONGEST]):
            european = (found.refid for found in resolve(inside) if found.kind == "eu" and found.refid)
            yield from list(european)[:1]


def _parentheses(text: str) -> Iterator[str]:
    """What stands in the outermost parentheses, up to the end of the sentence."""
    depth = start = 0
    for place, sign in enumerate(text):
        if sign == "(":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif sign == ")" and depth:
            depth -= 1
            if not depth:
                yield text[start:place]
        elif not depth and _END.match(text, place):
            return
