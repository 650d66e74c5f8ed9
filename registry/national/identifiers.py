"""The directory's ids. It makes a UUID of version 3 from a thing's URI without a namespace, so that anybody can."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from uuid import UUID

from ontologies.namespaces import CPSV, CPSVNO, CV, DCAT, MODELLDCATNO, SAMSVAR, SKOS
from registry.catalogue.collation import collation_key
from registry.catalogue.per_generation import per_generation
from registry.catalogue.queries import grouped, iri, is_iri
from registry.catalogue.texts import Texts, shown, texts_of
from sparql.store import Reader

_QUERY = (files(__package__) / "things.rq").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing as the directory has them: `path` in addresses, `search_type` and `type` in JSON."""

    path: str
    search_type: str
    type: str
    classes: frozenset[str]


KINDS: tuple[Kind, ...] = (
    Kind("concepts", "CONCEPT", "concept", frozenset({SKOS.Concept.value, SAMSVAR.StatutoryConcept.value})),
    Kind(
        "information-models", "INFORMATION_MODEL", "informationmodel", frozenset({MODELLDCATNO.InformationModel.value})
    ),
    Kind("datasets", "DATASET", "datasets", frozenset({DCAT.Dataset.value})),
    Kind("data-services", "DATA_SERVICE", "dataservices", frozenset({DCAT.DataService.value})),
    Kind("services", "SERVICE", "publicservices", frozenset({CPSV.PublicService.value, CPSVNO.Service.value})),
    Kind("events", "EVENT", "events", frozenset({CV.Event.value, CV.LifeEvent.value, CV.BusinessEvent.value})),
)
BY_PATH: Mapping[str, Kind] = MappingProxyType({kind.path: kind for kind in KINDS})


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that the directory would list."""

    uri: str
    kind: Kind
    title: Texts

    @property
    def identifier(self) -> str:
        """Its id."""
        return directory_id(self.uri)


def directory_id(uri: str) -> str:
    """The id that the directory gives to a thing with this URI."""
    digest = hashlib.md5(uri.encode(), usedforsecurity=False).digest()
    return str(UUID(bytes=digest, version=3))


@per_generation
def things(reader: Reader) -> Mapping[str, Thing]:
    """Every thing by its id, by kind and then by title."""
    found = []
    for uri, rows in grouped(reader.select(_QUERY), "thing").items():
        kind = next(one for one in KINDS if iri(rows[0], "class") in one.classes)
        found.append(Thing(uri, kind, texts_of(row["title"] for row in rows if "title" in row)))
    found.sort(key=lambda one: (KINDS.index(one.kind), collation_key(shown(one.title, "nb")), one.uri))
    return MappingProxyType({one.identifier: one for one in found})


def thing_called(reader: Reader, name: str) -> Thing | None:
    """The thing with this id, URI, or last part of a URI that the register has minted; None where there is none."""
    known = things(reader)
    if name in known:
        return known[name]
    if is_iri(name):
        return known.get(directory_id(name))
    return next((one for one in known.values() if one.uri.endswith(f"/{name}")), None) if name else None
