"""Contact points: whom to ask about a concept."""

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from registry.catalogue.queries import ask, iri, is_iri
from registry.catalogue.texts import Texts, texts_as_json, texts_of
from sparql.store import Reader, Row

_NAMES = frozenset({"fn", "hasOrganizationName", "organization-name", "hasOrganizationUnit", "organization-unit"})


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact point; `email` and `telephone` without ``mailto:`` and ``tel:``."""

    uri: str
    name: Texts = ()
    email: str = ""
    telephone: str = ""
    url: str = ""

    def as_json(self) -> dict[str, Any]:
        """All members; "" where not given."""
        document = {"uri": self.uri, "name": texts_as_json(self.name), "email": self.email}
        return {**document, "telephone": self.telephone, "url": self.url}


def contact(reader: Reader, uri: str) -> Contact:
    """The contact point with this IRI; only the IRI where nothing more is said."""
    rows = ask(reader, "contact", contact=NamedNode(uri)) if is_iri(uri) else []
    return Contact(
        uri=uri,
        name=texts_of(row["value"] for row in rows if _local(row) in _NAMES),
        email=_one(rows, "hasEmail").removeprefix("mailto:"),
        telephone=_one(rows, "hasTelephone").removeprefix("tel:"),
        url=_one(rows, "hasURL"),
    )


def _local(row: Row) -> str:
    return iri(row, "property").rpartition("#")[2]


def _one(rows: list[Row], name: str) -> str:
    return min((iri(row, "value") for row in rows if _local(row) == name), default="")
