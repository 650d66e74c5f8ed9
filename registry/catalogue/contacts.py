"""Contact points: whom to ask about a concept."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import VCARD
from registry.catalogue.queries import is_iri
from registry.catalogue.texts import Texts, text_of, texts_as_json, texts_of
from sparql.store import Reader

_NAMES = frozenset(
    VCARD[each]
    for each in ("fn", "hasOrganizationName", "organization-name", "hasOrganizationUnit", "organization-unit")
)


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
    said = [quad.triple for quad in reader.quads(NamedNode(uri))] if is_iri(uri) else []
    return Contact(
        uri=uri,
        name=texts_of(each.object for each in said if each.predicate in _NAMES),
        email=_one(said, VCARD.hasEmail).removeprefix("mailto:"),
        telephone=_one(said, VCARD.hasTelephone).removeprefix("tel:"),
        url=_one(said, VCARD.hasURL),
    )


def _one(said: Iterable[Triple], predicate: NamedNode) -> str:
    return min((text_of(each.object).value for each in said if each.predicate == predicate), default="")
