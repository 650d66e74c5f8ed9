"""TBX repaired text by text, a comment before each; an entry is only changed where it says the same afterwards."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, unescape

from importers.base import Batch
from importers.languages import language_tag
from importers.rdf.xml_salvage import parsed_xml
from importers.repaired.known import OF_THE_FILE, is_repair
from importers.repaired.tables import by_thing
from importers.repaired.xml_writing import comment
from importers.report import Issue, RecordReport
from importers.texts import mend_text, unpacked

_DECLARATION = re.compile(r"""\A(<\?xml\s+version\s*=\s*(?:"[^"]*"|'[^']*'))(?!\s+encoding)""")
_NAME = r"(?:[\w.-]+:)?"
_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
_ROOT = re.compile(rf"<{_NAME}(?:tbx|martif)\b{_ATTRIBUTES}>")
_ENTRY = re.compile(
    rf"<!--.*?-->|<(?P<name>{_NAME}(?:conceptEntry|termEntry))\b{_ATTRIBUTES}>.*?</(?P=name)\s*>", re.DOTALL
)
_TERM = re.compile(rf"<(?P<name>{_NAME}(?:termSec|tig|ntig))\b{_ATTRIBUTES}>.*?</(?P=name)\s*>", re.DOTALL)
_LEAF = re.compile(rf"(?P<open><(?P<name>[\w:.-]+){_ATTRIBUTES}(?<!/)>)(?P<text>[^<]+)(?P<close></(?P=name)\s*>)")
_LANGUAGE = re.compile(r"""(?P<before>\bxml:lang\s*=\s*["'])(?P<tag>[^"']*)""")
_ENTITIES = {"&quot;": '"', "&apos;": "'"}
_REFERENCE = re.compile(r"&#(x[0-9a-fA-F]+|[0-9]+);")
_HEXADECIMAL = 16
_TERM_ELEMENT = "term"
_PACKABLE = re.compile(
    r"admitted|deprecated|superseded|tillatt|frarådet|obsolete|forbidden|notRecommended", re.IGNORECASE
)


@dataclass(slots=True)
class _Entry:
    """An entry: where it stands, its text as it is now, and what the report says of it."""

    start: int
    end: int
    text: str
    record: RecordReport


class RepairedTermbase:
    """One document. `read` reads it anew, to see that a change of an entry changes nothing that is said.

    Raises:
        UnreadableSourceError: it is broken XML.
    """

    def __init__(self, text: str, name: str, batch: Batch, read: Callable[[bytes], list[Batch]]) -> None:
        self._text = _DECLARATION.sub(r'\1 encoding="UTF-8"', text)
        parsed_xml(self._text, name)
        self._said = by_thing([batch])
        self._records = batch.report.records
        self._read = read

    def data(self, codes: Iterable[str]) -> bytes:
        """The document with every repair marked; `codes` are those of the file."""
        head = "".join(f"\n{comment(code)}" for code in codes if code in OF_THE_FILE)
        entries = list(self._entries())
        said = by_thing(self._read(self._written(entries, head)))
        for each in entries:
            if said.get(each.record.subject) != self._said.get(each.record.subject):
                each.text = _only_marked(self._text[each.start : each.end], each.record.issues)
        return self._written(entries, head)

    def _written(self, entries: Iterable[_Entry], head: str) -> bytes:
        root = _ROOT.search(self._text)
        end = root.end() if root else 0
        out = [self._text[:end], head]
        for each in entries:
            out += [self._text[end : each.start], each.text]
            end = each.end
        out.append(self._text[end:])
        return "".join(out).encode()

    def _entries(self) -> Iterator[_Entry]:
        """The entries that need a repair, repaired."""
        found = [one for one in _ENTRY.finditer(self._text) if one["name"]]
        for each, record in zip(found, self._records, strict=False):
            if _codes(record.issues):
                mended = _mended(each.group())
                text = mended if mended != each.group() else _only_marked(mended, record.issues)
                yield _Entry(each.start(), each.end(), text, record)


def _mended(entry: str) -> str:
    """An entry with its terms unpacked, its texts plain and its languages as they are stored."""
    return _LEAF.sub(_leaf, _LANGUAGE.sub(_language, _TERM.sub(_terms, entry)))


def _terms(found: re.Match[str]) -> str:
    """A term with what is said of it, once for each term that stands in it."""
    whole = found.group()
    term = next((leaf for leaf in _LEAF.finditer(whole) if leaf["name"].rpartition(":")[2] == _TERM_ELEMENT), None)
    parts = unpacked(_plain(term["text"]).strip()) if term and _PACKABLE.search(whole) else []
    if term is None or len(parts) < 2:  # noqa: PLR2004 — one part is the term itself
        return whole
    before, after = whole[: term.start("text")], whole[term.end("text") :]
    several = "".join(before + escape(part) + after for part in parts)
    return f"{comment('terms-unpacked', term['text'])}{several}"


def _language(found: re.Match[str]) -> str:
    tag = language_tag(found["tag"])
    return found.group() if tag == found["tag"].lower() else found["before"] + tag


def _leaf(found: re.Match[str]) -> str:
    mended = mend_text(_plain(found["text"]))
    if not mended.codes or found["open"].startswith("<!--"):
        return found.group()
    anew = f"{found['open']}{escape(mended.text.strip())}{found['close']}"
    return f"{comment(', '.join(mended.codes), found.group())}{anew}"


def _plain(text: str) -> str:
    """A text of the file with the characters that its references stand for."""
    return unescape(_REFERENCE.sub(_character, text), _ENTITIES)


def _character(found: re.Match[str]) -> str:
    number = found[1]
    return chr(int(number[1:], _HEXADECIMAL) if number.startswith("x") else int(number))


def _only_marked(entry: str, issues: Iterable[Issue]) -> str:
    """The entry as it came, behind what is to be done about it."""
    issues = [one for one in issues if is_repair(one.code)]
    codes, fixes = ", ".join(_codes(issues)), " ".join(dict.fromkeys(one.fix for one in issues))
    return f"{comment(f'{codes}: {fixes}')}{entry}"


def _codes(issues: Iterable[Issue]) -> list[str]:
    return list(dict.fromkeys(one.code for one in issues if is_repair(one.code)))
