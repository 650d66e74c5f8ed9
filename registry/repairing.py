"""Sources in their repaired form, for those who own them: of an upload, of a preview, of an import that happened.

Reads: an upload, a kept preview, or the bytes of an import. Writes: nothing.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pyoxigraph import NamedNode

from importers.archives import expand
from importers.base import ImportOptions, Source, UnreadableSourceError
from importers.child import repair_isolated
from importers.repaired.repaired import FORMS, Repaired
from importers.table_mapping import TableMapping
from ontologies.namespaces import SAMSVAR
from registry.arrivals import Spool
from registry.catalogue.imports import ImportInfo
from registry.errors import NotFoundError
from registry.previews.keeping import Preview
from registry.services import Services
from sparql.store import Reader

_OTHER_WORKBOOKS = (".xls", ".xlsb")
_DELETED = "The file of {} was deleted, or was none: an undo has no file."


def repaired_files(services: Services, sources: Iterable[Source], mapping: TableMapping | None = None) -> Repaired:
    """The repaired form of some files, archives opened; of several an archive. `mapping` is that of their tables.

    Raises:
        UnreadableSourceError: one of them cannot be read, or its form has no repaired one.
    """
    limit = services.settings.max_source * 2**20
    made = [_repaired(services, file, mapping) for source in sources for file in expand(source, limit)]
    if len(made) == 1:
        return replace(made[0], name=made[0].name.rpartition("/")[2])
    return _together(made)


def _repaired(services: Services, file: Source, mapping: TableMapping | None) -> Repaired:
    """One file; a table in no form of its own is read as one with the same headers was, if none was given."""
    try:
        return repair_isolated(file, ImportOptions(services.urls.base, mapping=mapping))
    except UnreadableSourceError:
        known = services.known_tables.finder()(file) if mapping is None else None
        if known is None:
            raise
        return repair_isolated(file, ImportOptions(services.urls.base, mapping=known.mapping))


def is_repairable(sources: Iterable[tuple[str, str]]) -> bool:
    """Whether all of these sources (format of the report, name) have a repaired form; XLS has none."""
    return all(form in FORMS and not name.lower().endswith(_OTHER_WORKBOOKS) for form, name in sources)


def of_preview(services: Services, preview: Preview) -> Repaired:
    """The files of a preview, repaired.

    Raises:
        NotFoundError: it was accepted or discarded meanwhile, or has no files.
        UnreadableSourceError: as `repaired_files`.
    """
    with Spool() as spool:
        found = {
            file.read(): arrival.source
            for arrival, _ in services.previews.arrivals(preview, spool)
            for file in arrival.files
        }
    if not found:
        raise NotFoundError(_DELETED.format(f"the preview {preview.id}"))
    return repaired_files(services, _named(list(found), list(dict.fromkeys(found.values()))))


def of_import(services: Services, reader: Reader, info: ImportInfo) -> Repaired:
    """The files of an import, repaired.

    Raises:
        NotFoundError: they were deleted, or it has none.
        UnreadableSourceError: as `repaired_files`.
    """
    kept = reader.quads(NamedNode(info.uri), SAMSVAR.blob, None, services.urls.provenance)
    try:
        files = [services.blobs.get(digest) for digest in sorted(getattr(quad.object, "value", "") for quad in kept)]
    except KeyError:
        files = []
    if not files:
        raise NotFoundError(_DELETED.format(info.uri))
    return repaired_files(services, _named(files, [info.source]))


def _named(files: Sequence[bytes], names: Sequence[str]) -> list[Source]:
    """One file under its name; several are numbered, for which is which is not kept."""
    if len(files) == len(names) == 1:
        return [Source(names[0], files[0])]
    return [Source(f"file-{number}", data) for number, data in enumerate(files, 1)]


def _together(made: Iterable[Repaired]) -> Repaired:
    made = list(made)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, each in enumerate(made, 1):
            archive.writestr(f"{number}-{each.name.rpartition('/')[2]}", each.data)
    codes = tuple(dict.fromkeys(code for each in made for code in each.codes))
    left = tuple(dict.fromkeys(code for each in made for code in each.left))
    return Repaired("repaired.zip", packed.getvalue(), codes, left)
