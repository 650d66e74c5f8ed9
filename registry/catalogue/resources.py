"""What datasets and data services have in common in a list and on a page."""

from dataclasses import dataclass
from typing import Any

from ontologies.namespaces import ACCESS_RIGHT
from registry.catalogue.collation import collation_key
from registry.catalogue.definitions import code_of
from registry.catalogue.labels import labelled_if
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import ask, grouped, iri
from registry.catalogue.texts import Language, Reference, texts_of
from sparql.store import Reader

ACCESS = ("PUBLIC", "RESTRICTED", "NON_PUBLIC")
"""Access rights: general, conditional, none for the general public."""


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """A dataset or data service in a list. `access` is one of `ACCESS`, "" where not said."""

    reference: Reference
    publisher: Reference | None
    access: str

    def as_json(self) -> dict[str, Any]:
        """The thing, its publisher and its access rights."""
        publisher = self.publisher.as_json() if self.publisher else None
        return {**self.reference.as_json(), "publisher": publisher, "accessRights": self.access}


@per_generation
def lines(reader: Reader, query: str, language: Language) -> tuple[ResourceLine, ...]:
    """The things that the query finds, by title."""
    found = [
        ResourceLine(
            reference=Reference(uri, texts_of(row["title"] for row in rows if "title" in row)),
            publisher=labelled_if(reader, iri(rows[0], "publisher")),
            access=access_code(iri(rows[0], "access")),
        )
        for uri, rows in grouped(ask(reader, query), "thing").items()
    ]
    return tuple(sorted(found, key=lambda one: (collation_key(one.reference.name(language)), one.reference.uri)))


def access_code(value: str) -> str:
    """The access right's code; a hyphen for the underscore is a known slip."""
    code = code_of(value).replace("-", "_").upper()
    return code if code in ACCESS or value in ACCESS_RIGHT else ""
