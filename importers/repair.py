"""Repairs of a source's text before it is parsed: byte order marks and encodings. Each is noted in the journal."""

import codecs
import re

from importers.base import Source
from importers.journal import Journal
from importers.unreadable import explain_empty

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_XML_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_XML_ENCODING_TEXT = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][\w.-]+["']""")


def decode(source: Source, journal: Journal) -> str:
    """The text of a source: UTF-8 or UTF-16 by its mark, the encoding that XML declares, else windows-1252.

    Raises:
        UnreadableSourceError: the source is empty.
    """
    data = source.data
    if not data.strip(b"\x00 \t\r\n"):
        raise explain_empty(source.name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            journal.note_file("byte-order-mark", line=1, column=1)
            return _without_declaration(data[len(mark) :].decode(encoding, "replace"))
    declared = _XML_ENCODING.match(data)
    if declared and (text := _decoded(data, declared[1].decode())) is not None:
        return _without_declaration(text)
    text = _decoded(data, "utf-8")
    return text if text is not None else _windows_1252(data, journal)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _windows_1252(data: bytes, journal: Journal) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        journal.note_file("encoding-windows-1252", f"0x{data[error.start]:02X}", line=line, column=column)
    return "".join(_character(byte) for byte in data) if _has_gaps(data) else data.decode("cp1252")


def _has_gaps(data: bytes) -> bool:
    return any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d")


def _character(byte: int) -> str:
    raw = bytes((byte,))
    return raw.decode("cp1252", "ignore") or raw.decode("latin-1")


def _without_declaration(text: str) -> str:
    """The XML declaration without its encoding: the text is handed on as UTF-8."""
    return _XML_ENCODING_TEXT.sub(r"\1", text, count=1)
