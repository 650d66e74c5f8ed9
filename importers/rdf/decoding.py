"""From the bytes of a source to its text: byte order marks and encodings. What is mended is noted in the journal."""

import codecs
import re

from importers.base import Source, UnreadableSourceError
from importers.encodings import decode_lines
from importers.rdf.journal import Journal
from importers.report import Where
from importers.unreadable import explain_empty

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_XML_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_XML_ENCODING_TEXT = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][\w.-]+["']""")


def decode(source: Source, journal: Journal) -> str:
    """The text of a source: UTF-8 or UTF-16 by its mark, the encoding that XML declares, UTF-8 or windows-1252.

    Raises:
        UnreadableSourceError: the source is empty, or no text.
    """
    data = source.data
    if not data.strip(b"\x00 \t\r\n"):
        raise explain_empty(source.name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            journal.note_file("byte-order-mark", line=1, column=1)
            return _without_marks(_without_declaration(data[len(mark) :].decode(encoding, "replace")), journal)
    declared = _XML_ENCODING.match(data)
    if declared and (text := _decoded(data, declared[1].decode())) is not None:
        return _without_declaration(text)
    found = decode_lines(data)
    if found is None:
        raise _not_utf_8(source)
    if found.code:
        journal.note_file(found.code, found.shown, line=found.wrong[0])
    return _without_marks(_without_declaration(found.text) if found.wrong else found.text, journal)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _not_utf_8(source: Source) -> UnreadableSourceError:
    """What to say of bytes that are no text."""
    try:
        source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        column = error.start - source.data.rfind(b"\n", 0, error.start)
        seen = f"0x{source.data[error.start]:02X}"
    return UnreadableSourceError(
        f"The file is not UTF-8: the byte {seen} stands where no such byte can.",
        Where(source.name, line=line, column=column),
        "Save it as UTF-8, for example with: iconv -f windows-1252 -t utf-8.",
    )


def _without_marks(text: str, journal: Journal) -> str:
    """The text without byte order marks at the beginning of lines: there files were put together that had one each."""
    if "\n\ufeff" not in text:
        return text
    line = text.count("\n", 0, text.index("\n\ufeff") + 1) + 1
    journal.note_file("byte-order-mark", line=line, column=1)
    return text.replace("\n\ufeff", "\n")


def _without_declaration(text: str) -> str:
    """The XML declaration without its encoding: the text is handed on as UTF-8."""
    return _XML_ENCODING_TEXT.sub(r"\1", text, count=1)
