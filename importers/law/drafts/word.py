"""The lines of a Word document: paragraphs and rows of tables in order, list paragraphs with a dash."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from lxml import etree

from importers.base import Source, UnreadableSourceError
from importers.law.drafts.items import ITEM
from importers.report import Where

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_MOST = 100 * 2**20
"""Bytes of a document when it is unpacked."""


def is_word(source: Source) -> bool:
    """Whether the source is a Word document, told by the parts that it has."""
    if not source.head(4).startswith(b"PK\x03\x04"):
        return False
    try:
        return "word/document.xml" in ZipFile(BytesIO(source.data)).namelist()
    except BadZipFile:
        return False


def lines_of(source: Source) -> list[str]:
    """The text, a line for each paragraph.

    Raises:
        UnreadableSourceError: the document is broken, or much larger than it seems.
    """
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415 - a second, and most sources are no Word

    try:
        if sum(each.file_size for each in ZipFile(BytesIO(source.data)).infolist()) > _MOST:
            raise _unreadable(source, "The document is more than 100 MiB when it is unpacked.")
        return list(_lines(source.data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise _unreadable(source, "The Word document is broken.") from error


def _unreadable(source: Source, message: str) -> UnreadableSourceError:
    return UnreadableSourceError(message, Where(source.name), "Save it again, or paste its text.")


def _lines(data: bytes) -> Iterator[str]:
    from docx import Document  # noqa: PLC0415 - as above
    from docx.table import Table  # noqa: PLC0415

    for block in Document(BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield " | ".join(dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells))
        else:
            yield from _paragraph(block)


def _paragraph(block: "Paragraph") -> Iterator[str]:
    for number, line in enumerate(block.text.split("\n")):
        listed = not number and _is_listed(block) and line.strip() and not ITEM.match(line.strip())
        yield f"- {line}" if listed else line
    yield ""


def _is_listed(block: "Paragraph") -> bool:
    properties = block._p.pPr  # noqa: SLF001 - the library has no other way to ask for numbering
    numbered = properties is not None and properties.numPr is not None
    style = block.style.name if block.style is not None else ""
    return (numbered or (style or "").startswith("List")) and not (style or "").startswith("Heading")
