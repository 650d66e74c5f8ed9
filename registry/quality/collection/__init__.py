"""The checks of a concept collection: qSKOS's by name, the integrity conditions of SKOS, and more that VocBench makes.

A newcomer's check: a function from `Concepts` to what it finds, a line in `_FINDERS`, its texts in `checks.toml`.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from registry.catalogue.texts import LANGUAGES, Language
from registry.quality.collection import labels, mappings, structure
from registry.quality.collection.base import Concepts, Found

Finder = Callable[[Concepts], Iterator[Found]]

_FINDERS: dict[str, Finder | None] = {
    "ambiguousNotation": labels.ambiguous_notation,
    "brokenLinks": None,
    "conceptsWithoutScheme": structure.concepts_without_scheme,
    "cyclicHierarchicalRelations": structure.cyclic_hierarchical_relations,
    "danglingRelations": structure.dangling_relations,
    "disconnectedClusters": structure.disconnected_clusters,
    "disjointClasses": structure.disjoint_classes,
    "disjointLabelsViolation": labels.disjoint_labels_violation,
    "emptyLabels": labels.empty_labels,
    "extraSpaces": labels.extra_spaces,
    "hierarchicalRedundancy": structure.hierarchical_redundancy,
    "httpUriSchemeViolation": mappings.http_uri_scheme_violation,
    "incompleteLanguageCoverage": labels.incomplete_language_coverage,
    "inconsistentPreferredLabels": labels.inconsistent_preferred_labels,
    "mappingClashes": mappings.mapping_clashes,
    "mappingRelationsMisuse": mappings.mapping_relations_misuse,
    "missingInLinks": mappings.missing_in_links,
    "missingLabels": labels.missing_labels,
    "missingOutLinks": mappings.missing_out_links,
    "noCommonLanguages": labels.no_common_languages,
    "omittedOrInvalidLanguageTags": labels.omitted_or_invalid_language_tags,
    "omittedTopConcepts": structure.omitted_top_concepts,
    "orphanConcepts": structure.orphan_concepts,
    "overlappingLabels": labels.overlapping_labels,
    "reflexivelyRelated": structure.reflexively_related,
    "relationClashes": structure.relation_clashes,
    "sharedExactMatch": mappings.shared_exact_match,
    "solelyTransitivelyRelated": structure.solely_transitively_related,
    "topConceptsHavingBroader": structure.top_concepts_having_broader,
    "undefinedSkosResources": mappings.undefined_skos_resources,
    "undocumentedConcepts": labels.undocumented_concepts,
    "unidirectionallyRelated": structure.unidirectionally_related,
    "unprintableCharacters": labels.unprintable_characters,
    "valuelessAssociativeRelations": structure.valueless_associative_relations,
}


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its name and what it says of what it finds, by language; `find` is None for what is not tested."""

    code: str
    norm: str
    name: dict[Language, str]
    says: dict[Language, str]
    find: Finder | None


@cache
def checks() -> dict[str, Check]:
    """Every check by its code."""
    held = tomllib.loads(files(__package__).joinpath("checks.toml").read_text(encoding="utf-8"))
    return {code: _check(code, held[code], find) for code, find in _FINDERS.items()}


def _check(code: str, texts: dict[str, list[str]], find: Finder | None) -> Check:
    name, says = ({language: texts[language][place] for language in LANGUAGES} for place in (0, 1))
    return Check(code, str(texts["norm"]), name, says, find)


def found_by(concepts: Concepts) -> dict[str, list[Found]]:
    """What each check that is made finds, by its code."""
    return {code: list(check.find(concepts)) for code, check in checks().items() if check.find is not None}
