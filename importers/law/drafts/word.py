"""The lines of a Word document: paragraphs with the numbers that Word gives them, and rows of tables, in order."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from lxml import etree

from importers.base import Source, UnreadableSourceError
from importers.law.drafts.items import ITEM
from importers.law.drafts.word_numbers import WordNumbers
from importers.report import Where

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

_PAIR = 2
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

    document = Document(BytesIO(data))
    numbers = WordNumbers(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield from (_row([" ".join(cell.text.split()) for cell in row.cells]), "")
        else:
            yield from _paragraph(block, numbers.before(block))


def _row(cells: list[str]) -> str:
    """The cells of a row, those that are joined once; two of them as a term and what is said of it."""
    different = list(dict.fromkeys(cells))
    is_pair = len(different) == _PAIR and different[0] and not different[0].endswith(":")
    return (": " if is_pair else " | ").join(different)


def _paragraph(block: "Paragraph", mark: str) -> Iterator[str]:
    for number, line in enumerate(block.text.split("\n")):
        marked = not number and line.strip() and not ITEM.match(line.strip()) and not line.lstrip().startswith("§")
        yield f"{_sign(mark)} {line}" if marked and _is_shown(mark, block) else line
    yield ""


def _sign(mark: str) -> str:
    """The mark where sections and lists are told by such, else a dash."""
    return mark if "§" in mark or ITEM.match(f"{mark} x") else "-"


def _is_shown(mark: str, block: "Paragraph") -> bool:
    """Whether a mark is of a list or of a section; headings are numbered for their own sake."""
    style = (block.style.name if block.style is not None else "") or ""
    return bool(mark) and ("§" in mark or not style.startswith("Heading"))
