"""Organisations: what they are called, and what each publishes."""

import re
from dataclasses import dataclass
from typing import Any

from ontologies.namespaces import ORGANISATION
from registry.catalogue.collation import collation_key
from registry.catalogue.labels import labelled
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import ask, count, grouped, iri
from registry.catalogue.texts import Language, Reference
from sparql.store import Reader

_NUMBER = re.compile(r"(?<!\d)(\d{9})(?!\d)")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A publisher with the number of its nine digits ("" if unknown) and of what it publishes."""

    reference: Reference
    number: str
    concepts: int
    models: int
    datasets: int
    services: int

    def as_json(self) -> dict[str, Any]:
        """The organisation and its counts."""
        counts = {"concepts": self.concepts, "informationModels": self.models}
        counts |= {"datasets": self.datasets, "dataServices": self.services}
        return {**self.reference.as_json(), "organisationNumber": self.number, "counts": counts}


def organisation_number(uri: str) -> str:
    """The nine digits in an organisation's IRI, "" for none."""
    found = _NUMBER.search(uri)
    return found.group(1) if found else ""


@per_generation
def organisations(reader: Reader, language: Language) -> tuple[Organisation, ...]:
    """Everyone who publishes something, by name."""
    found = [
        Organisation(
            reference=labelled(reader, uri),
            number=organisation_number(uri),
            **{name: sum(count(row, "things") for row in rows if iri(row, "kind") == name) for name in _COUNTS},
        )
        for uri, rows in grouped(ask(reader, "organisations"), "publisher").items()
    ]
    return tuple(sorted(found, key=lambda one: collation_key(one.reference.name(language))))


def organisation_of(reader: Reader, number: str, language: Language) -> Organisation | None:
    """The organisation with these nine digits: a publisher, or one that is only named; None where nothing names it."""
    published = next((one for one in organisations(reader, language) if one.number == number), None)
    if published is not None or not _NUMBER.fullmatch(number):
        return published
    node = ORGANISATION[number]
    named = any(True for _ in reader.quads(object=node)) or any(True for _ in reader.quads(subject=node))
    return Organisation(labelled(reader, node.value), number, 0, 0, 0, 0) if named else None


_COUNTS = ("concepts", "models", "datasets", "services")
