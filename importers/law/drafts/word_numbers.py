"""The numbers that Word puts before paragraphs by itself: "§ 3.", "a)", "1.". They stand in no paragraph's text."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered: `text` has "%1" for its number, `form` is Word's name of the figures."""

    form: str
    text: str
    start: int


class WordNumbers:
    """Counts the numbered paragraphs of a document in their order."""

    def __init__(self, document: "Document") -> None:
        self._levels = _levels_of(document)
        self._counted: dict[str, dict[int, int]] = defaultdict(dict)

    def before(self, paragraph: "Paragraph") -> str:
        """What stands before a paragraph: "" for no number, "-" for a bullet or what cannot be told."""
        found = _place_of(paragraph)
        if found is None:
            return ""
        number, depth = found
        level = self._levels.get((number, depth))
        if level is None or level.form in {"bullet", "none"}:
            return "-"
        counted = self._counted[number]
        counted[depth] = counted.get(depth, level.start - 1) + 1
        for deeper in [each for each in counted if each > depth]:
            del counted[deeper]
        return self._written(number, level)

    def _written(self, number: str, level: _Level) -> str:
        said = level.text
        for depth, count in self._counted[number].items():
            form = self._levels[number, depth].form
            said = said.replace(f"%{depth + 1}", _figures(count, form))
        return "-" if "%" in said else said.strip()


def _levels_of(document: "Document") -> dict[tuple[str, int], _Level]:
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # a document without any list
        return {}
    kinds = {each.get(f"{_W}abstractNumId"): each for each in root.findall(f"{_W}abstractNum")}
    found: dict[tuple[str, int], _Level] = {}
    for each in root.findall(f"{_W}num"):
        named = each.find(f"{_W}abstractNumId")
        kind = kinds.get(_value(named)) if named is not None else None
        for level in kind.findall(f"{_W}lvl") if kind is not None else ():
            depth = int(level.get(f"{_W}ilvl", "0"))
            form, text, start = (_value(level.find(f"{_W}{name}")) for name in ("numFmt", "lvlText", "start"))
            found[each.get(f"{_W}numId"), depth] = _Level(form, text, int(start) if start.isdecimal() else 1)
    return found


def _value(element: Any) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


def _place_of(paragraph: "Paragraph") -> tuple[str, int] | None:
    """The list and the level that a paragraph, or its style, stands in."""
    styles: list[Any] = [paragraph._p.pPr]  # noqa: SLF001 - the library has no other way to ask for numbering
    style = paragraph.style
    while style is not None:
        styles.append(style.element.pPr)
        style = style.base_style
    for properties in styles:
        numbered = properties.numPr if properties is not None else None
        if numbered is not None and numbered.numId is not None:
            depth = numbered.ilvl.val if numbered.ilvl is not None else 0
            return (str(numbered.numId.val), depth) if numbered.numId.val else None
    return None


def _figures(count: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and count <= len(_LETTERS):
        letter = _LETTERS[count - 1]
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and count < 4 * _ROMAN[0][0]:
        written = _roman(count)
        return written if form == "lowerRoman" else written.upper()
    return str(count)


def _roman(count: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (count // value)
        count %= value
    return written
