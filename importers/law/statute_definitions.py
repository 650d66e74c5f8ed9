"""How Norwegian acts and regulations define their words, and where such a definition begins and ends.

Read are list items under an introduction ("I denne loven menes med:"), paragraphs and items "X: Y" of a section of
definitions, and sentences "Med X menes (i denne loven) Y". What only extends ("menes også") or limits ("menes ikke")
a word is told apart from what defines it. Text is given as it stands, without the word and "menes med".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from importers.law.defining_forms import MED, ORDINAL, SCOPE, VERB
from importers.law.defining_sentences import Kind, may_define, names_a_word, read_plainly, read_sentence
from importers.law.definition_kinds import kind_of
from importers.law.definition_terms import LIST_FORMS, SECTION_FORMS, Forms, clean_term, run_on, split_item, trim_end
from importers.law.document import MarkedDefinition, Paragraph, Section
from importers.law.sentences import sentences

_SCOPE = re.compile(SCOPE, re.IGNORECASE)
_SCOPE_OF_ALL = re.compile(r"\bi\s+(?:denne|dette)\s+\w+", re.IGNORECASE)
_SCOPE_AT_END = re.compile(rf"\s+({SCOPE})$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^\*?(?:\(\d+\)|[IVX]{1,4}\.(?=\s)|\d{1,2}\.(?!\d)|\d{1,3}(?=\s[A-ZÆØÅ«]\w*\s[a-zæøå«])|\d{0,2}(?:\.\d{1,2})+\.?(?=\s))?\s*"
)
_COMMENTARY = re.compile(
    r"^(?:Veiledning|Merknader|Kommentarer)(?:\s+til\b|\s*$)|^(?:Artikkel\s+\d+\s+)?Endring(?:er|ar)?\s*(?:av|i|til)\s|^(?:Merknad\w*\s+)?Til\s*(?:§|kap|artikkel|nr|bokstav|forskrift|vedlegg|første|andre)",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    rf"\b{VERB}(?:\s+{SCOPE})?\s*(?:,)?\s*(?:(?:også|òg|videre|vidare)\s+)?(?:(?:det\s+)?med|ved)?\s*[:;]?$"
    rf"|følg(?:ende|jande)\s+(?:definisjon\w*|omgrep|begrep\w*|ord\w*|uttrykk\w*)\b[^.]*:?$"
    rf"|\b(?:defineres|definerast)\s+(?:som\s+følge(?:r|nde)|på\s+følgende\s+måte|slik)\s*:?$"
    rf"|\b(?:betyr|tyder)\s*:?$",
    re.IGNORECASE,
)
_INLINE_LIST = re.compile(rf"\b{VERB}(?:\s+{SCOPE})?\s+(?:det\s+)?(?:med|ved):\s+(?=«)", re.IGNORECASE)
_NEXT_INLINE = re.compile(r"(?<=[,;.])\s+(?=«[^»]{2,100}»\s)")
_INTRODUCTION_BEFORE = re.compile(
    rf"^(?:I|Ved)\s[^.:«»]{{3,120}}?(?:{VERB}(?:\s+{SCOPE})?\s+(?:med|ved)|betyr|tyder):?\s+(?=[^:]{{2,80}}:\s)",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(?:Definisjon(?:er|ar)?|Begreper|Omgrep|Ordforklaringer)\s*[.:]?", re.IGNORECASE)
_HEADING_BEFORE = re.compile(r"(?:Definisjon(?:er|ar)?|Omgrep)\s+(?=[A-ZÆØÅ][^.:;]{1,60}:\s)")
_TOP_NUMBER = re.compile(r"\*?(?:\(\d+\)|\d{1,2}\.\s)")
_RECITALS = re.compile(r"ut fra følgende betraktninger", re.IGNORECASE)
_TITLE = re.compile(r"definisjon|omgrep|begrep|ordforklaring|ordtydingar|meining", re.IGNORECASE)
_PROVISION_AT_END = re.compile(
    r",?\s+(?:som\s+(?:nevnt|nemnt|omhandlet)\s+)?(?P<said>(?:jfr?\.|etter|i)\s+[^,«»]{0,80}?§.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SUBSECTION_AT_END = re.compile(rf"\s+(?:etter|i)\s+{ORDINAL}\s+ledd$", re.IGNORECASE)
_AFTER_QUOTED = re.compile(
    r"(?P<term>«[^»]+»)\s+(?P<said>(?:i|etter)\s+(?:nr\.|§|artikkel|bokstav|[a-zæøå]+\s+ledd).*)", re.IGNORECASE
)
_NO_STOP = re.compile(r"(?<=\w)\s+(?=«[^«»]{2,80}(?:«[^«»]*»[^«»]*)?»\s+betyr\s)")
_POINT = re.compile(r",?\s+\.\d{1,2}\s+(?=menes\s+med\s)")
_DET_HER = re.compile(r"^det\s+(?=her\b)", re.IGNORECASE)
_INTRODUCING = ("mene", "mena", "mein", "forst", "siktes", "følg", "betyr", "tyder", "defin")
_HEADED = re.compile(r"[A-ZÆØÅ][^.:;,]{1,50}:\s+[A-ZÆØÅ]")
_QUOTED_ITEM = re.compile(r"«[^»]{2,80}»\s*(?::|[a-zæøå])")
_LONGEST_INTRODUCTION = 240
"""Characters at the end of a paragraph in which the words stand that introduce a list."""


@dataclass(frozen=True, slots=True)
class StatutoryDefinition:
    """A definition in a section: `scope` is where it holds in the text's own words, "" where nothing is said."""

    term: str
    text: str
    section: Section
    scope: str = ""
    alternatives: tuple[str, ...] = ()
    kind: Kind = "defines"


def find_definitions(section: Section) -> list[StatutoryDefinition]:
    """The definitions in a section, in order; the same word with the same text only once.

    Official remarks on a section ("Til § 3") define nothing, and neither does what a section changes in another text.
    """
    if _COMMENTARY.match(f"{section.number} {section.title}".strip()):
        return []
    reader = _SectionReader(section)
    if section.marked:
        return [each for one in section.marked for each in reader.marked(one)]
    found = {(one.term, one.text): one for paragraph in section.paragraphs for one in reader.paragraph(paragraph)}
    return list(found.values())


class _SectionReader:
    """Reads one section from start to end; an introduction without a list holds for the paragraphs after it."""

    def __init__(self, section: Section) -> None:
        self._section = section
        self._titled = bool(_TITLE.search(section.title))
        self._defining = self._titled
        self._headed = False
        self._listed = False
        self._scope = ""

    def marked(self, one: MarkedDefinition) -> Iterator[StatutoryDefinition]:
        """A definition as it is marked, its scope told from the words around it."""
        scope = _SCOPE.search(self._section.full_text())
        for made in self._make(one.term, one.text, scope.group() if scope else ""):
            alternatives = dict.fromkeys((*made.alternatives, *one.alternatives))
            yield replace(made, alternatives=tuple(alternatives))

    def paragraph(self, paragraph: Paragraph) -> Iterator[StatutoryDefinition]:
        text = _NUMBERED.sub("", paragraph.text)
        if _RECITALS.match(text) or self._is_heading(text, paragraph):
            return
        text = self._without_heading(text)
        if _introduces(text) and not names_a_word(text):
            yield from self._introduction(text, paragraph)
        elif ": «" in text and (inline := _INLINE_LIST.search(text)):
            yield from self._inline_list(text[: inline.start()], text[inline.end() :])
        else:
            yield from self._other(text, paragraph)

    def _introduction(self, text: str, paragraph: Paragraph) -> Iterator[StatutoryDefinition]:
        """What stands before the words that introduce a list, and the list."""
        self._take(text)
        self._defining = self._defining or not paragraph.items
        self._listed = True
        for sentence in sentences(text)[:-1]:
            yield from self._sentences(sentence, Paragraph(sentence))
        yield from self._items(paragraph)

    def _other(self, text: str, paragraph: Paragraph) -> Iterator[StatutoryDefinition]:
        defining = self._defining
        introduction = _INTRODUCTION_BEFORE.match(text)
        if introduction is not None and (
            self._titled or self._headed or introduction.group().rstrip().endswith("med:")
        ):
            defining = True
            self._take(introduction.group())
            text = text[introduction.end() :]
        found = list(self._sentences(text, paragraph))
        if defining and (not found or (_HEADED.match(text) and all(one.kind != "defines" for one in found))):
            defined = list(self._defining_paragraph(text, paragraph))
            yield from defined or found or self._plainly(text, paragraph)
            return
        yield from found
        if defining:
            return
        if self._listed and paragraph.items and _QUOTED_ITEM.match(paragraph.items[0].text):
            yield from self._items(paragraph)
        else:
            yield from self._sentences_below(paragraph)

    def _plainly(self, text: str, paragraph: Paragraph) -> Iterator[StatutoryDefinition]:
        """The first sentence of a paragraph of definitions that has no other form: "X er Y"."""
        first = (sentences(text) or [""])[0]
        found = read_plainly(first) if self._titled else None
        if found is not None:
            whole = Paragraph(found.rest, items=paragraph.items if first == text else ()).full_text()
            yield from self._make(found.term, whole, "")

    def _take(self, introduction: str) -> None:
        """The scope that an introduction names holds for what follows."""
        scope = _SCOPE.search((sentences(introduction) or [""])[-1]) or _SCOPE_OF_ALL.search(introduction)
        self._scope = scope.group() if scope else self._scope

    def _without_heading(self, text: str) -> str:
        """The text after a heading that stands in the same line: "Definisjoner Flyplass: Ethvert område ..."."""
        heading = _HEADING_BEFORE.match(text)
        if heading is None:
            return text
        self._headed = self._defining = True
        return text[heading.end() :]

    def _is_heading(self, text: str, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a heading inside the section; "Definisjoner" holds until the next number beside it."""
        if self._headed and _TOP_NUMBER.match(paragraph.text):
            self._headed = self._defining = False
        if self._titled or paragraph.items or not _HEADING.fullmatch(text):
            return False
        self._headed = self._defining = True
        return True

    def _sentences_below(self, paragraph: Paragraph) -> Iterator[StatutoryDefinition]:
        """Definitions that stand in an enumeration of something else; a defined word's own enumeration has none."""
        for item in paragraph.items:
            yield from self._sentences(item.text, item)
            yield from self._sentences_below(item)

    def _items(self, paragraph: Paragraph) -> Iterator[StatutoryDefinition]:
        for item in paragraph.items:
            yield from self._item(item, LIST_FORMS)

    def _inline_list(self, before: str, text: str) -> Iterator[StatutoryDefinition]:
        """A list of quoted words that stands in the line: "I denne tabell menes med: «X» ..., «Y» ..."."""
        scope = _SCOPE.search(before)
        for one in _NEXT_INLINE.split(text):
            parts = split_item(one, LIST_FORMS)
            if parts is not None:
                yield from self._make(parts.term, parts.text, scope.group() if scope else "")

    def _defining_paragraph(self, text: str, paragraph: Paragraph) -> Iterator[StatutoryDefinition]:
        """A paragraph of a section of definitions: "X: Y", or an introduction of another form with items."""
        *before, last = run_on(text)
        for one in before:
            yield from self._defining_paragraph(one, Paragraph(one))
        parts = split_item(last, SECTION_FORMS)
        if parts is not None and (parts.text or paragraph.items):
            yield from self._from_parts(parts.term, parts.text, paragraph)
            return
        for item in paragraph.items:
            yield from self._item(item, SECTION_FORMS)

    def _item(self, item: Paragraph, forms: Forms) -> Iterator[StatutoryDefinition]:
        *before, last = run_on(item.text) if self._titled else [item.text]
        for one in before:
            yield from self._item(Paragraph(one), forms)
        item = replace(item, text=last)
        found = list(self._sentences(item.text, item))
        parts = split_item(item.text, forms)
        if parts is not None and (parts.text or item.items):
            yield from self._from_parts(parts.term, parts.text, item)
        else:
            yield from found

    def _from_parts(self, term: str, text: str, paragraph: Paragraph) -> Iterator[StatutoryDefinition]:
        scope = ""
        repeated = MED.match(text)
        if repeated and _same_word(repeated["term"], term):
            scope, text = _take_scope(repeated["rest"])
        whole = Paragraph(text, items=paragraph.items, continuation=paragraph.continuation).full_text()
        yield from self._make(term, whole, scope)

    def _sentences(self, text: str, paragraph: Paragraph) -> Iterator[StatutoryDefinition]:
        """Sentences "Med X menes Y"; the last one of the paragraph takes the items with it."""
        if not may_define(text, self._section.title, titled=self._titled):
            return
        all_sentences = sentences(text)
        if " .1 menes med" in text:
            all_sentences = [one for sentence in all_sentences for one in _POINT.split(sentence)]
        if "» betyr" in text:
            all_sentences = [one for sentence in all_sentences for one in _NO_STOP.split(sentence)]
        for number, sentence in enumerate(all_sentences, 1):
            found = read_sentence(_NUMBERED.sub("", sentence), self._section.title, titled=self._titled)
            if found is None:
                continue
            scope, rest = _take_scope(found.rest)
            scope = scope or found.scope
            if number == len(all_sentences):
                rest = Paragraph(rest, items=paragraph.items, continuation=paragraph.continuation).full_text()
            yield from self._make(found.term, rest, scope, found.kind)

    def _make(self, term: str, text: str, scope: str, form: Kind | None = None) -> Iterator[StatutoryDefinition]:
        inner = _SCOPE_AT_END.search(term)
        if inner:
            term, scope = term[: inner.start()], scope or inner.group(1)
        if (quoted := _AFTER_QUOTED.fullmatch(term)) is not None:
            term, scope = quoted["term"], scope or quoted["said"]
        if (below := _SUBSECTION_AT_END.search(term)) is not None:
            term, scope = term[: below.start()], scope or below.group().strip()
        if "§" in term and (provision := _PROVISION_AT_END.search(term)):
            term, scope = term[: provision.start()], scope or provision["said"].strip(" ,")
        scope = scope or self._scope
        cleaned = clean_term(term)
        text = trim_end(text).lstrip(" ;\n")
        if cleaned is None or not text:
            return
        scope = scope[:1].lower() + scope[1:]
        kind = kind_of(text)
        kind = form if form and kind in {"defines", "refers"} else kind
        yield StatutoryDefinition(cleaned[0], text, self._section, scope, cleaned[1:], kind)


def _introduces(text: str) -> bool:
    """Whether a paragraph ends in the words that introduce a list of definitions."""
    tail = text[-_LONGEST_INTRODUCTION:]
    plain = tail.lower()
    return any(stem in plain for stem in _INTRODUCING) and _INTRODUCTION.search(tail) is not None


def _take_scope(rest: str) -> tuple[str, str]:
    """The scope that the words after "menes" begin with, and the definition after it."""
    plain = _DET_HER.sub("", rest.lstrip(" ,:"))
    found = _SCOPE.match(plain)
    if found is None:
        return "", plain
    return found.group(), plain[found.end() :].lstrip(" ,:")


def _same_word(a: str, b: str) -> bool:
    a, b = (re.sub(r"\W+", "", word.casefold()) for word in (a, b))
    return a.startswith(b[:4]) or b.startswith(a[:4])
