"""Reading a source in a process of its own, so that a file made to harm ends that process and nothing else."""

from importers import importer_for
from importers.base import Batch, ImportOptions, Source


def read_isolated(source: Source, options: ImportOptions, format_name: str | None = None) -> list[Batch]:
    """The batches of a source.

    Raises:
        UnreadableSourceError: it cannot be read.
    """
    return importer_for(source, format_name).read(source, options)
