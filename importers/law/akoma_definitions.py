"""The definitions that Akoma Ntoso marks: ``def`` around the word, ``refersTo`` on the word and on what defines it.

The word's entry in the references (``TLCTerm``, ``TLCConcept``) gives another name for it. A ``term`` is a mere use of
a word, unless the provision around it refers to the same entry.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from importers.law.akoma_text import is_foreign, name_of, own_text, paragraphs_of
from importers.law.definition_terms import trim_end
from importers.law.document import MarkedDefinition

_ENTRIES = {"TLCTerm", "TLCConcept"}
_HOLDERS = {"item", "point", "indent", "li", "p", "subsection", "paragraph", "clause", "level", "alinea", "content"}
_QUOTES = "«»“”„\"'‘’ "
_LINK = re.compile(
    r"^[\s»”\"'’)]*(?:\([^()]{1,60}\)\s*)?(?:[:,;–—-]\s*)?"
    r"(?:(?:menes|meines|forstås|betyr|tyder|er|means|includes|refers\s+to)\b(?:\s+(?:her|i\s+den\w+\s+\w+))?[\s,:]*)?",
    re.IGNORECASE,
)


def names_of_entries(meta: etree._Element) -> dict[str, str]:
    """The entries for words in the references, by ``#id``: how each is shown."""
    found = (each for each in meta.iter() if name_of(each) in _ENTRIES)
    return {f"#{each.get('eId') or each.get('id') or ''}": each.get("showAs") or "" for each in found}


def marked_definitions(section: etree._Element, entries: Mapping[str, str]) -> Iterator[MarkedDefinition]:
    """The definitions that are marked in a section, in order; words that share a provision are one definition."""
    met: dict[etree._Element, list[etree._Element]] = {}
    for word in section.iter():
        if name_of(word) not in {"def", "term"} or is_foreign(word):
            continue
        holder = _holder(word, section)
        if holder is not None:
            met.setdefault(holder, []).append(word)
    for holder, words in met.items():
        found = _definition(holder, words, entries)
        if found is not None:
            yield found


def _holder(word: etree._Element, section: etree._Element) -> etree._Element | None:
    """What defines the word: the provision that refers to the same entry, else the item or paragraph it stands in."""
    entry = word.get("refersTo")
    nearest = None
    for above in word.iterancestors():
        if above is section:
            break
        if name_of(above) in _HOLDERS:
            if entry and above.get("refersTo") == entry:
                return above
            nearest = above if nearest is None or name_of(nearest) == "p" else nearest
    return nearest if name_of(word) == "def" else None


def _definition(
    holder: etree._Element, words: list[etree._Element], entries: Mapping[str, str]
) -> MarkedDefinition | None:
    names = [own_text(word).strip(_QUOTES) for word in words]
    whole = "\n".join(paragraph.full_text() for paragraph in paragraphs_of(holder))
    if not names[0] or not whole:
        return None
    after = whole.rfind(names[-1]) if whole.count(names[-1]) == 1 else whole.find(names[-1])
    before, rest = whole[:after].strip(_QUOTES), _LINK.sub("", whole[after + len(names[-1]) :])
    text = trim_end(rest if rest.strip() else before)
    shown = entries.get(words[0].get("refersTo") or "", "")
    others = dict.fromkeys(name for name in (*names[1:], shown) if name and name.casefold() != names[0].casefold())
    return MarkedDefinition(names[0], text, tuple(others)) if text else None
