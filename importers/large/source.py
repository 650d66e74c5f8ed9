"""Which sources are read record by record: RDF from a size on that is in order for the most part."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final

from importers import importer_for
from importers.base import Batch, ImportOptions, Source
from importers.large.catalogue import read_large
from importers.large.whole import ReadWholeError
from importers.reading import finish
from importers.skos_ap_no import RdfImporter

LEAST: Final = 2**20
"""Bytes from which it pays."""


def read_large_source(
    source: Source, options: ImportOptions, format_name: str | None, output: IO[bytes]
) -> Batch | None:
    """The one catalogue of a source, its triples written to `output` as N-Triples; None of a source to be read whole.

    Raises:
        UnreadableSourceError: `options.strict`, and the source is not in order.
    """
    if source.size < LEAST or importer_for(source, format_name).name != RdfImporter.name:
        return None
    with _on_disk(source) as path:
        try:
            batch = read_large(path, source.name, options, output)
        except ReadWholeError:
            output.seek(0)
            output.truncate()
            return None
    finish(source.name, [batch], options)
    return batch


@contextmanager
def _on_disk(source: Source) -> Iterator[Path]:
    if not isinstance(source.content, bytes):
        yield source.content.path
        return
    with NamedTemporaryFile() as file:
        file.write(source.content)
        file.flush()
        yield Path(file.name)
