"""Akoma Ntoso (OASIS LegalDocML 3.0, and its earlier namespaces): one act or regulation, with what it defines.

Reads: one document. Writes: the graph of kind ``law`` of that act: the same triples as from Lovdata's own form.
"""

import re

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.law.akoma_document import ForeignActError, read_document
from importers.lovdata import batch_of, lost_entities, parse_markup
from importers.report import Where

_SAMPLE = 8192
_ROOT = re.compile(rb"<(?:[\w.-]+:)?akoma[nN]toso[\s>]")
_FIX = "It needs FRBRcountry no, and a number such as lov/1999-04-10-17 as FRBRalias, or its day and number in FRBRuri."


class AkomaNtoso:
    """Acts and regulations in Akoma Ntoso."""

    name = "akoma-ntoso"
    title = "Act or regulation in Akoma Ntoso (LegalDocML)"

    def recognises(self, source: Source) -> bool:
        """Whether the source is markup whose outermost element is Akoma Ntoso's."""
        return _ROOT.search(source.head(_SAMPLE)) is not None

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One law.

        Raises:
            UnreadableSourceError: the markup cannot be parsed, or it is no Norwegian act or regulation.
        """
        try:
            root = parse_markup(source)
            document = read_document(root)
        except ForeignActError as error:
            said = f"The act is of another country ({error}); the register holds Norwegian law."
            raise UnreadableSourceError(said, Where(source.name), "Leave it out.") from error
        if document is None:
            said = "The document does not say which act or regulation it is."
            raise UnreadableSourceError(said, Where(source.name), _FIX)
        batch = batch_of(document, source.name, self.name, options)
        batch.report.issues += lost_entities(root, source.name)
        return [batch]
