"""Profiles that a thing can be had by, as W3C's Content Negotiation by Profile has them.

The first profile of a thing is what the register holds; the others are made of that. A profile is one entry of
`PROFILES`.
"""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import NamedNode, Triple

from ontologies.namespaces import CPSV, CPSVNO, CV, DCAT, DCATNO, ELI, MODELLDCATNO, SAMSVAR, SKOS
from registry.renditions.schema_org import as_schema_org
from registry.renditions.skos import as_skos, as_skos_xl

Make: TypeAlias = Callable[[Sequence[Triple], str], list[Triple]]

_CONCEPTS = frozenset({SKOS.Concept, SAMSVAR.StatutoryConcept})
_RESOURCES = frozenset({DCAT.Dataset, DCAT.DataService, DCAT.Distribution, DCAT.Catalog})
_SERVICES = frozenset({CPSV.PublicService, CPSVNO.Service, CV.Event, CV.LifeEvent, CV.BusinessEvent})
_SPECIFICATIONS = "https://data.norge.no/specification"


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile: its URI, the `token` that ``?_profile=`` takes, and `make`, from what is held and the thing's URI.

    Things of one of the `classes` can be had by it.
    """

    uri: str
    token: str
    title: str
    classes: frozenset[NamedNode]
    make: Make


def _as_held(triples: Sequence[Triple], _: str) -> list[Triple]:
    return list(triples)


def _as_dcat_ap(triples: Sequence[Triple], _: str) -> list[Triple]:
    """Without what only Norwegian extensions and this register know."""
    ours = (DCATNO.iri, MODELLDCATNO.iri, CPSVNO.iri, SAMSVAR.iri)
    return [triple for triple in triples if not triple.predicate.value.startswith(ours)]


PROFILES: tuple[Profile, ...] = (
    Profile(
        f"{_SPECIFICATIONS}/skos-ap-no-begrep", "skos-ap-no", "SKOS-AP-NO 2", _CONCEPTS | {SKOS.Collection}, _as_held
    ),
    Profile(f"{_SPECIFICATIONS}/dcat-ap-no", "dcat-ap-no", "DCAT-AP-NO", _RESOURCES, _as_held),
    Profile(
        f"{_SPECIFICATIONS}/modelldcat-ap-no",
        "modelldcat-ap-no",
        "ModellDCAT-AP-NO",
        frozenset({MODELLDCATNO.InformationModel}),
        _as_held,
    ),
    Profile(f"{_SPECIFICATIONS}/cpsv-ap-no", "cpsv-ap-no", "CPSV-AP-NO", _SERVICES, _as_held),
    Profile("http://data.europa.eu/eli/ontology", "eli", "ELI", frozenset({ELI.LegalResource}), _as_held),
    Profile("http://data.europa.eu/r5r", "dcat-ap", "DCAT-AP", _RESOURCES, _as_dcat_ap),
    Profile("http://www.w3.org/2004/02/skos/core", "skos", "SKOS", _CONCEPTS, as_skos),
    Profile("http://www.w3.org/2008/05/skos-xl", "skos-xl", "SKOS-XL", _CONCEPTS, as_skos_xl),
    Profile(
        "https://schema.org",
        "schema",
        "schema.org",
        _CONCEPTS | _RESOURCES | _SERVICES | {ELI.LegalResource},
        as_schema_org,
    ),
)


def profiles_of(classes: AbstractSet[NamedNode]) -> tuple[Profile, ...]:
    """The profiles of a thing with these classes; what is held comes first. None for other things."""
    return tuple(profile for profile in PROFILES if profile.classes & classes)


def called(profiles: Sequence[Profile], name: str) -> Profile | None:
    """The one of these with this token or URI; a slash or hash at the end makes no difference, nor does the scheme."""
    wanted = _plain(name)
    return next((each for each in profiles if wanted in (each.token, _plain(each.uri))), None)


def _plain(uri: str) -> str:
    return uri.rstrip("/#").replace("http://", "https://", 1)
