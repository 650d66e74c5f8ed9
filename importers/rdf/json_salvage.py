"""JSON-LD node by node, where the parser refuses a document whole."""

import json
import re
from typing import Any

from pyoxigraph import Quad, RdfFormat, parse

from importers.base import UnreadableSourceError
from importers.json_entries import read_entries
from importers.rdf.journal import Journal
from importers.rdf.parser_errors import said
from importers.rdf.terms import DOCUMENT
from importers.report import Where

_SHOWN = 200


def check_one_document(text: str) -> None:
    """Refuses what the parser would read the beginning of only.

    Raises:
        SyntaxError: something stands behind the end of the document.
    """
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            raise SyntaxError("something stands behind the end of the document") from error


def salvage_json_ld(text: str, journal: Journal, error: SyntaxError) -> tuple[list[Quad], int]:
    """The quads of the nodes that can be read, and how many nodes cannot.

    Raises:
        UnreadableSourceError: not JSON, or a context that would have to be fetched.
    """
    document = read_noting(text, journal)
    _refuse_remote_context(text, journal.file, error)
    context, nodes = _nodes(document)
    quads: list[Quad] = []
    unread = len(journal.unread)
    for node in nodes:
        whole = {"@context": context, **node} if context is not None and isinstance(node, dict) else node
        try:
            quads += parse(json.dumps(whole).encode(), RdfFormat.JSON_LD, base_iri=DOCUMENT, lenient=True)
        except SyntaxError as bad:
            unread += 1
            name = str(node.get("@id", "")) if isinstance(node, dict) else ""
            line = text.count("\n", 0, max(0, text.find(json.dumps(name, ensure_ascii=False)))) + 1
            message = f"A node cannot be read ({said(bad)}); it was left out."
            journal.note_unread(name, json.dumps(node, ensure_ascii=False)[:_SHOWN], line, 1, message)
    return quads, unread


def read_noting(text: str, journal: Journal) -> Any:
    """The JSON document, read entry by entry if it is broken; entries that are lost are noted.

    Raises:
        UnreadableSourceError: nothing of it can be read.
    """
    try:
        document, losses = read_entries(text)
    except json.JSONDecodeError as broken:
        where = Where(journal.file, line=broken.lineno, column=broken.colno)
        raise UnreadableSourceError(f"The JSON cannot be read: {broken.msg}.", where, "Mend the JSON.") from broken
    for loss in losses:
        message = f"An entry cannot be read ({loss.why}); it was left out."
        journal.note_unread("", loss.text, loss.line, loss.column, message)
    return document


def _nodes(document: Any) -> tuple[Any, list[Any]]:
    """The context and the nodes of a document: its list, its graph, or itself."""
    if isinstance(document, list):
        return None, document
    if isinstance(document, dict) and isinstance(document.get("@graph"), list):
        return document.get("@context"), document["@graph"]
    return None, [document]


def _refuse_remote_context(text: str, file: str, error: SyntaxError) -> None:
    if "LoadDocument" not in str(error.msg):
        return
    found = re.search(r'"@context"\s*:\s*\[?\s*"([^"]+)"', text)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    name = f" {found[1]}" if found else ""
    raise UnreadableSourceError(
        f"The JSON-LD context{name} stands on another server, and contexts are never fetched.",
        Where(file, line=line, column=1),
        "Put the context into the document, or send expanded JSON-LD or Turtle.",
    )
