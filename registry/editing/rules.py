"""What the rules for definitions say of a draft, language by language, as it is written."""

from collections.abc import Iterator, Mapping

from registry.catalogue.texts import LANGUAGES
from registry.definition_rules.base import RuleFinding
from registry.definition_rules.checking import check
from registry.harmonisation.records import DefinitionRecord, SourceReference

_MOST = 5_000
"""Characters of a definition that are tested: what is longer is no definition, and takes time."""


def findings_in(values: Mapping[str, str]) -> Iterator[tuple[str, list[RuleFinding]]]:
    """Each language in which the fields (``definition:nb``, ``term:nb``, ``source`` ...) have a definition."""
    source = values.get("source", "").strip() or values.get("source-uri", "").strip()
    for language in LANGUAGES:
        text = values.get(f"definition:{language}", "").strip()
        if text:
            record = DefinitionRecord(
                values.get(f"term:{language}", "").strip(),
                text[:_MOST],
                language,
                sources=(SourceReference(text=source),) if source else (),
                relationship=values.get("relationship", "") or "self-composed",
            )
            yield language, list(check(record))
