"""XML that is not well-formed: mended where the slip is plain, and cut down to its whole elements where it is not.

Line breaks are kept, so that the lines of the mended text are those of the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5

from lxml import etree

from importers.lines import Lines
from importers.rdf.journal import Journal
from importers.rdf.well_known import WELL_KNOWN
from importers.rdf.xml_markup import Markup

_ROOT = re.compile(r"<(?P<name>(?:[\w.-]+:)?RDF)\b(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>")
_ENTITY = re.compile(r"&(?P<name>[A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_SECTION = r"<!\[CDATA\[(?:(?!<!\[CDATA\[).)*?\]\]>"
_LOOSE = re.compile(rf"{_SECTION}|&(?![A-Za-z_][\w.-]*;|#\d+;|#x[0-9A-Fa-f]+;)|<(?![A-Za-z_/!?])", re.DOTALL)
_PREFIX = re.compile(r"[<\s/](?P<prefix>[A-Za-z_][\w.-]*):[A-Za-z_]")
_DECLARED = re.compile(r"xmlns:([\w.-]+)\s*=")
_LATE_DECLARATION = re.compile(r"\s+<\?xml\b[^>]*\?>")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]));", re.IGNORECASE
)
"""Characters that XML cannot have, themselves or by number."""
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class _Element:
    """An element's place in the text; `body` is where its content begins. `whole`: it ends and is well-formed."""

    name: str
    start: int
    body: int
    end: int
    whole: bool


def mend_xml(text: str, journal: Journal) -> str:
    """The text with plain slips mended and every element left out that is not whole; each is noted in the journal."""
    text = _without_what_xml_cannot_have(text, journal)
    text = with_entities(text, journal)
    root = _ROOT.search(text)
    if root is None:
        return text
    text = _with_prefixes(text, root, journal)
    if _parses(text) or (root := _ROOT.search(text)) is None:
        return text
    return _Cutter(text, root, journal).whole()


def _without_what_xml_cannot_have(text: str, journal: Journal) -> str:
    """The text without control characters, and without a declaration that does not stand at its beginning."""
    lines = Lines(text)
    if late := _LATE_DECLARATION.match(text):
        _note(journal, lines, late, "a declaration that does not stand at the beginning was left out")
        text = "\n" * late.group().count("\n") + text[late.end() :]
        lines = Lines(text)

    def left_out(found: re.Match[str]) -> str:
        line, column = lines.place(found.start())
        journal.note_file("control-character", found.group(), line=line, column=column)
        return ""

    return _CONTROL.sub(left_out, text)


def cut_to_whole(element: str, start: re.Pattern[str], journal: Journal) -> str:
    """One element cut down to its whole parts and closed; `start` matches its tag, with its ``name``.

    Each part that is left out is noted, with lines counted from the element's own.
    """
    root = start.match(element)
    return _Cutter(element, root, journal).whole() if root is not None else element


def with_entities(text: str, journal: Journal) -> str:
    """HTML's names of characters as the characters; signs that mark up nothing as the signs themselves."""
    known = _XML_ENTITIES.union(re.findall(r"<!ENTITY\s+([\w.-]+)", text))

    def character(found: re.Match[str]) -> str:
        name = found["name"]
        if name in known or f"{name};" not in html5:
            return found.group()
        _note(journal, lines, found, f"{found.group()} was read as {html5[f'{name};']}")
        return html5[f"{name};"]

    def escaped(found: re.Match[str]) -> str:
        if found.group() not in {"&", "<"}:
            return found.group()
        _note(journal, lines, found, f"{found.group()} was read as the sign itself")
        return "&amp;" if found.group() == "&" else "&lt;"

    lines = Lines(text)
    text = _ENTITY.sub(character, text)
    lines = Lines(text)
    return _LOOSE.sub(escaped, text)


def _with_prefixes(text: str, root: re.Match[str], journal: Journal) -> str:
    """Well-known prefixes that are used without being declared, declared at the root."""
    declared = set(_DECLARED.findall(text))
    added = ""
    for found in _PREFIX.finditer("".join(tag.group() for tag in Markup(text, root.start()).openings)):
        prefix = found["prefix"]
        if prefix in WELL_KNOWN and prefix not in declared:
            declared.add(prefix)
            added += f' xmlns:{prefix}="{WELL_KNOWN[prefix]}"'
            place = re.search(rf"[<\s/]{re.escape(prefix)}:", text)
            line = text.count("\n", 0, place.start() + 1) + 1 if place else 1
            journal.note_file("prefix-undeclared", f"{prefix}:", line=line)
    end = root.start() + 1 + len(root["name"])
    return text[:end] + added + text[end:]


def _parses(text: str) -> bool:
    try:
        etree.fromstring(text.encode(), etree.XMLParser(no_network=True, load_dtd=False, huge_tree=False))
    except etree.XMLSyntaxError:
        return False
    return True


class _Cutter:
    """Cuts one text down to its whole elements."""

    def __init__(self, text: str, root: re.Match[str], journal: Journal) -> None:
        self._text = text
        self._root = root
        self._journal = journal
        self._markup = Markup(text)
        self._lines = Lines(text)
        head = text[: root.start()]
        opening = root.group().removesuffix("/>").removesuffix(">")
        self._wrapper = f"{head if '<!DOCTYPE' in head else ''}{opening}>"

    def whole(self) -> str:
        """The text without what is broken; its root is closed."""
        start = self._root.end()
        kept = [self._text[:start]]
        for node in self._children(start, len(self._text)):
            kept += [self._text[start : node.start], self._node(node)]
            start = node.end
        return "".join(kept) + f"</{self._root['name']}>"

    def _node(self, node: _Element) -> str:
        """A node as it stands if it is whole, else its start and the properties that are whole."""
        if node.whole:
            return self._text[node.start : node.end]
        opening = self._text[node.start : node.body]
        properties = list(self._children(node.body, node.end))
        if not self._is_well_formed(f"{opening}</{node.name}>"):
            self._lost(node, "")
            return self._blank(node.start, node.end)
        kept, start = [opening], node.body
        about = found[1] if (found := re.search(r"""rdf:about\s*=\s*["']([^"']*)["']""", opening)) else ""
        for one in properties:
            kept.append(self._blank(start, one.start))
            if one.whole:
                kept.append(self._text[one.start : one.end])
            else:
                self._lost(one, about)
                kept.append(self._blank(one.start, one.end))
            start = one.end
        if all(one.whole for one in properties):
            self._lost(node, about)
        return "".join(kept) + f"</{node.name}>" + self._blank(start, node.end)

    def _children(self, start: int, end: int) -> Iterator[_Element]:
        """The elements of a stretch of text in their order; what closes nothing is passed over."""
        while (tag := self._markup.first(start, end)) is not None:
            if tag["stray"]:
                following = self._text.find("<", tag.end(), end)
                start = following if following >= 0 else end
                yield _Element(tag["stray"], tag.start(), tag.end(), start, whole=False)
                continue
            closed = self._markup.closing(tag, end)
            whole = closed is not None and self._is_well_formed(self._text[tag.start() : closed])
            stop = closed if closed is not None else self._markup.resumed(tag, end)
            yield _Element(tag["name"], tag.start(), tag.end(), stop, whole)
            start = stop

    def _is_well_formed(self, element: str) -> bool:
        return _parses(f"{self._wrapper}{element}</{self._root['name']}>")

    def _blank(self, start: int, end: int) -> str:
        return "\n" * self._text.count("\n", start, end)

    def _lost(self, element: _Element, about: str) -> None:
        line, column = self._lines.place(element.start)
        shown = " ".join(self._text[element.start : min(element.end, element.start + 4 * _SHOWN)].split())[:_SHOWN]
        cut = element.end >= len(self._text)
        if cut:
            self._journal.cut_off, self._journal.cut_subject = True, about
        why = "the file ends in the middle of it" if cut else "its tags do not match"
        message = f"An element cannot be read ({why}); it was left out."
        self._journal.note_unread(about, shown, line, column, message)


def _note(journal: Journal, lines: Lines, found: re.Match[str], what: str) -> None:
    line, column = lines.place(found.start())
    journal.note_file("statement-mended", what, line=line, column=column)
