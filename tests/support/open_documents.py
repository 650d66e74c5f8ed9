"""OpenDocument spreadsheets written by hand, as programs write them: repeated, covered and annotated cells."""

import io
import zipfile

_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
EMPTY = "<table:table-cell/>"
COVERED = "<table:covered-table-cell/>"
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cell(text: str, attributes: str = "") -> str:
    """A cell of text; each line is a paragraph."""
    lines = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string" {attributes}>{lines}</table:table-cell>'


def row(*cells: str, attributes: str = "") -> str:
    """A row of texts, or of cells as XML."""
    inner = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<table:table-row {attributes}>{inner}</table:table-row>"


def sheet(*rows: str, name: str = "Ark1") -> str:
    """A sheet."""
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def open_document(*sheets: str) -> bytes:
    """The workbook."""
    names = " ".join(f'xmlns:{prefix}="{iri}"' for prefix, iri in _NAMESPACES.items())
    body = f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>'
            f'<office:document-content {names} office:version="1.3">{body}</office:document-content>',
        )
        archive.writestr("settings.xml", "<settings/>")
    return out.getvalue()
