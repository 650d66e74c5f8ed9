"""Bytes in, a draft out, whatever form it has. To be called where a hostile file does no harm (`importers.child`)."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from importers.base import Source, UnreadableSourceError
from importers.encodings import decode_lines, narrowed
from importers.law import akoma_document, lovdata_document, markdown_document
from importers.law.drafts.draft import Draft
from importers.law.drafts.plain_text import read_lines
from importers.law.drafts.word import is_word, lines_of
from importers.law.lovdata_amendments import read_amendments
from importers.lovdata import parse_markup
from importers.report import Where

_BLOCKS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "article",
    "section",
    "div",
    "tr",
    "heading",
    "num",
    "content",
}
_FORMS = "Send text, Word (.docx), Lovdata's XML or HTML, or Akoma Ntoso."


def read_draft(source: Source) -> Draft:
    """The draft in a source.

    Raises:
        UnreadableSourceError: it has no text in any of the forms.
    """
    if is_word(source):
        draft = read_lines(lines_of(source))
    elif source.head(4096).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        draft = _of_markup(source)
    else:
        draft = _of_text(source)
    if not draft.sections and not draft.amendments:
        said = "No section and no change of an act was found in the draft."
        raise UnreadableSourceError(said, Where(source.name), "A section begins with its number, such as § 1.")
    return draft


def _of_markup(source: Source) -> Draft:
    root = parse_markup(source)
    try:
        document = akoma_document.read_document(root)
    except akoma_document.ForeignActError as error:
        raise UnreadableSourceError("The act is of another country.", Where(source.name), _FORMS) from error
    if document is None and (document := lovdata_document.read_document(root)) is not None:
        body = next(root.iter("main"))
        document = replace(document, amendments=read_amendments(body, document.changes))
    return Draft.of(document) if document is not None else read_lines(_lines(root))


def _lines(root: etree._Element) -> Iterator[str]:
    """The text of markup that does not say which act it is: a line for each block."""
    held: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str) and etree.QName(element).localname in _BLOCKS:
            yield " ".join("".join(held).split())
            held = []
        held.append((element.text if event == "start" else element.tail) or "")
    yield " ".join("".join(held).split())


def _of_text(source: Source) -> Draft:
    wide = narrowed(source.data)
    decoded = decode_lines(wide[0] if wide else source.data)
    if decoded is None:
        raise UnreadableSourceError("The file is no text that can be read.", Where(source.name), _FORMS)
    text = decoded.text.removeprefix("\ufeff")
    document = markdown_document.read_document(text)
    return Draft.of(document) if document is not None else read_lines(text.splitlines())
