"""Mappings that people have made or denied, as a mapping set in SSSOM's table."""

from collections.abc import Iterator

from ontologies.namespaces import SEMAPV
from registry.harmonisation.sssom import MEDIA_TYPE, Prefixes, label_of, tsv_line
from registry.settling.decisions import DENIALS, MAPPINGS, Decision, standing
from registry.settling.statements import predicate_of
from registry.urls import Urls
from registry.version import installed_version
from sparql.store import Reader

__all__ = ["COLUMNS", "MEDIA_TYPE", "table"]

COLUMNS = (
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_id",
    "mapping_date",
    "comment",
)
_MAPPED = (*MAPPINGS, *DENIALS, "isReplacedBy")


def table(reader: Reader, urls: Urls) -> str:
    """Every mapping that counts, in the order in which they were decided; a denied one has the modifier ``Not``."""
    prefixes = Prefixes()
    held = [each.decision for found in standing(reader).values() for each in found if each.confirmed]
    mapped = sorted((each for each in held if each.outcome in _MAPPED), key=lambda each: (each.time, each.uri))
    lines = [_line(reader, each, prefixes) for each in mapped]
    return "".join(f"{line}\n" for line in (*_header(urls, prefixes), "\t".join(COLUMNS), *lines))


def _header(urls: Urls, prefixes: Prefixes) -> Iterator[str]:
    yield f"#mapping_set_id: {urls.graph('mappings').value}"
    yield "#mapping_set_title: Samsvar"
    yield "#mapping_set_description: Mappings that people have made, and those that they have denied."
    yield "#license: https://w3id.org/sssom/license/unspecified"
    yield "#mapping_tool: Samsvar"
    yield f'#mapping_tool_version: "{installed_version()}"'
    yield "#curie_map:"
    yield from (f'#  {prefix}: "{namespace}"' for prefix, namespace in prefixes.namespaces())


def _line(reader: Reader, made: Decision, prefixes: Prefixes) -> str:
    first, second = made.concepts
    predicate = predicate_of(made)
    cells = (
        prefixes.curie(made.uri),
        prefixes.curie(first),
        label_of(reader, first),
        prefixes.curie(predicate.value) if predicate else "",
        "Not" if made.outcome in DENIALS else "",
        prefixes.curie(second),
        label_of(reader, second),
        prefixes.curie(SEMAPV.ManualMappingCuration.value),
        prefixes.curie(made.organisation) if made.organisation else "",
        made.time[: len("2026-01-31")],
        made.why,
    )
    return tsv_line(cells)
