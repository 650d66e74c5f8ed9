"""Lovdata's XML/HTML: one act or regulation, as in the gazette and in the bulk archives, with what it defines.

Reads: one document. Writes: the graph of kind ``law`` of that act: ELI resource, sections, statutory concepts.
"""

import re
from dataclasses import replace
from typing import Any

from lxml import etree

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.issues import issue
from importers.law.document import LegalDocument
from importers.law.lovdata_amendments import read_amendments
from importers.law.lovdata_document import read_document
from importers.law.statute_definitions import find_definitions
from importers.law.triples import LegalTriples
from importers.report import ImportReport, Issue, RecordReport, Where

_MARKS = (b"data-document-key-info", b"data-lovdata-URL", b"documentHeader")
_SAMPLE = 8192
_LONGEST_ENTITY = 200
"""Characters of an entity that is read; text that is longer, or calls up others, can grow without end."""


class Lovdata:
    """Acts and regulations in Lovdata's own form."""

    name = "lovdata"
    title = "Act or regulation in Lovdata's XML/HTML"

    def recognises(self, source: Source) -> bool:
        """Whether the source is markup with the head that Lovdata's documents have."""
        sample = source.head(_SAMPLE)
        return sample.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and any(mark in sample for mark in _MARKS)

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One law.

        Raises:
            UnreadableSourceError: the markup cannot be parsed, or it is no act or regulation.
        """
        root = parse_markup(source)
        document = read_document(root)
        if document is None:
            raise UnreadableSourceError(
                "The document does not say which act or regulation it is.",
                Where(source.name),
                "It needs a RefID such as lov/1997-06-13-44 in its head, and a main element with the text.",
            )
        body = next(root.iter("main"))
        document = replace(document, amendments=read_amendments(body, document.changes))
        batch = batch_of(document, source.name, self.name, options)
        batch.report.issues += lost_entities(root, source.name)
        return [batch]


def batch_of(document: LegalDocument, source: str, form: str, options: ImportOptions) -> Batch:
    """The batch of an act or regulation, whatever form it came in; `form` is the importer's name."""
    made = LegalTriples(options.uri_base, document)
    graph = document.refid.graph
    report = ImportReport(graph, source, form)
    triples = list(made.resource())
    act = RecordReport(made.act.value, where=Where(source))
    report.records.append(act)
    for position, amendment in enumerate(document.amendments, 1):
        node = f"{made.act.value}/amendment-{position}"
        doubt = issue("amendment-unsure", amendment.instruction) if amendment.act is None else None
        report.records.append(
            RecordReport(node, where=Where(source, column=amendment.number or None), issues=[doubt] if doubt else [])
        )
    if document.amending:
        act.issues.append(issue("amending-act", document.title, act.where))
    else:
        for section in document.sections:
            where = Where(source, column=section.number)
            for definition in find_definitions(section):
                concept, found = made.concept(definition)
                triples += found
                report.records.append(RecordReport(concept.value, where=where))
    title = document.short_title or document.title
    return Batch(graph, "law", title, "", tuple(dict.fromkeys(triples)), report)


def parse_markup(source: Source) -> etree._Element:
    """The outermost element. Neither the network nor huge trees are allowed, and of entities only short plain text.

    Raises:
        UnreadableSourceError: the markup cannot be parsed, not even as HTML with a main element.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as error:
        html = etree.fromstring(source.data, etree.HTMLParser(no_network=True, huge_tree=False))
        if html is not None and any(True for _ in html.iter("main")):
            return html
        line, column = error.position
        raise UnreadableSourceError(
            f"The markup cannot be parsed: {error.msg}.", Where(source.name, line=line, column=column), "Mend it there."
        ) from error
    _put_in_entities(root)
    return root


def lost_entities(root: etree._Element, source: str) -> list[Issue]:
    """What the document declares and calls up, and what is not read."""
    found = {each.text or "": each.sourceline for each in reversed(list(root.iter(etree.Entity)))}
    return [issue("entity-not-read", name.strip("&;"), _at(source, line)) for name, line in sorted(found.items())]


def _at(source: str, line: object) -> Where:
    return Where(source, line=line if isinstance(line, int) else None)


def _put_in_entities(root: etree._Element) -> None:
    """Entities that the document declares as short plain text become that text; all others stay."""
    called = list(root.iter(etree.Entity))
    contents = _plain_entities(root) if called else {}
    for entity in called:
        content = contents.get((entity.text or "").strip("&;"))
        parent, before = entity.getparent(), entity.getprevious()
        if parent is None or content is None:
            continue
        text = content + (entity.tail or "")
        if before is None:
            parent.text = (parent.text or "") + text
        else:
            before.tail = (before.tail or "") + text
        parent.remove(entity)


def _plain_entities(root: etree._Element) -> dict[str, str]:
    declared: Any = root.getroottree().docinfo.internalDTD
    found = {} if declared is None else {each.name: each.content for each in declared.iterentities()}
    return {
        name: content
        for name, content in found.items()
        if content is not None and len(content) <= _LONGEST_ENTITY and not re.search("[&<%]", content)
    }
