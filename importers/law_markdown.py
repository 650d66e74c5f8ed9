"""Acts and regulations as Markdown with a YAML head (tittel, refid, departement ...), with what they define.

Reads: one document. Writes: the graph of kind ``law`` of that act: the same triples as from Lovdata's own form.
"""

from importers.base import Batch, ImportOptions, Source, UnreadableSourceError
from importers.law.markdown_document import read_document
from importers.lovdata import batch_of
from importers.report import Where

_SAMPLE = 4096
_BOM = b"\xef\xbb\xbf"


class LawMarkdown:
    """Acts and regulations in Markdown."""

    name = "law-markdown"
    title = "Act or regulation as Markdown with a YAML head"

    def recognises(self, source: Source) -> bool:
        """Whether the source begins with a YAML head that has a refid."""
        sample = source.head(_SAMPLE).removeprefix(_BOM)
        return sample.startswith(b"---") and b"\nrefid:" in sample

    def read(self, source: Source, options: ImportOptions) -> list[Batch]:
        """One law.

        Raises:
            UnreadableSourceError: the text is not UTF-8, or its head does not say which act or regulation it is.
        """
        try:
            text = source.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = source.data[: error.start].count(b"\n") + 1
            where = Where(source.name, line=line)
            raise UnreadableSourceError("The text is not UTF-8.", where, "Save it as UTF-8.") from error
        document = read_document(text)
        if document is None:
            raise UnreadableSourceError(
                "The head does not say which act or regulation it is.",
                Where(source.name, line=1),
                "It needs a line such as refid: lov/1997-06-13-44 between two lines of ---.",
            )
        return [batch_of(document, source.name, self.name, options)]
