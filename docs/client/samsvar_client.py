"""A typed client of the register's API. Made by generate.py of /api/v1/openapi.json: change that."""

import json
from collections.abc import Iterator
from typing import Any, Generic, Literal, TypedDict, TypeVar
from urllib.parse import quote, urlencode, urljoin
from urllib.request import Request, urlopen

T = TypeVar("T")

Texts = dict[str, str] | str

TextLists = dict[str, list[str]] | list[str]


class Reference(TypedDict, total=False):
    """As OpenAPI describes it."""

    uri: str
    label: Texts


class Concept(TypedDict, total=False):
    """As OpenAPI describes it."""

    uri: str
    term: Texts
    definitions: TextLists
    catalogues: list[str]
    replaced: bool


class Finding(TypedDict, total=False):
    """As OpenAPI describes it."""

    uri: str
    id: str
    term: str
    met: str
    relation: str
    label: str
    same_score: float | None
    severity: Literal["critical", "major", "minor", "information"]
    state: str
    evidence: list[dict[str, Any]]
    a: dict[str, Any]
    b: dict[str, Any]


class Act(TypedDict, total=False):
    """As OpenAPI describes it."""

    uri: str
    label: Texts
    shortTitle: Texts
    kind: str
    identifier: str
    date: str
    ministry: str
    definitions: int


class InformationModel(TypedDict, total=False):
    """As OpenAPI describes it."""

    uri: str
    label: Texts
    publisher: Reference | None
    elements: int


class Resource(TypedDict, total=False):
    """As OpenAPI describes it."""

    uri: str
    label: Texts
    publisher: Reference | None
    accessRights: str


class Catalogue(TypedDict, total=False):
    """As OpenAPI describes it."""

    uri: str
    kind: str
    id: str
    title: Texts
    publisher: Reference | None
    counts: dict[str, Any]
    lastImport: dict[str, Any] | None


class Organisation(TypedDict, total=False):
    """As OpenAPI describes it."""

    uri: str
    label: Texts
    organisationNumber: str
    counts: dict[str, Any]


class Problem(TypedDict, total=False):
    """As OpenAPI describes it."""

    type: str
    title: str
    status: int
    detail: str


class Page(TypedDict, Generic[T]):
    """One page of a list; `next` is the address of the following one, "" at the end."""

    items: list[T]
    total: int
    after: str
    next: str


class Client:
    """Asks one register. Its methods raise urllib.error.HTTPError, whose body says what is wrong and how to mend it."""

    def __init__(self, address: str) -> None:
        """`address` is where the register is, such as http://localhost:8000."""
        self.address = address.rstrip("/")

    def follow(self, page: Page[T]) -> Iterator[T]:
        """The items of a page and of all that follow it."""
        while True:
            yield from page["items"]
            if not page["next"]:
                return
            page = self._fetched(page["next"])

    def _asked(self, path: str, **parameters: object) -> Any:
        given = {name: _said(value) for name, value in parameters.items() if value is not None}
        return self._fetched(f"{path}?{urlencode(given)}" if given else path)

    def _fetched(self, path: str) -> Any:
        request = Request(urljoin(f"{self.address}/", path), headers={"Accept": "application/json"})
        with urlopen(request) as answer:
            return json.load(answer)

    def list_concepts(
        self,
        *,
        catalogue: str | None = None,
        publisher: str | None = None,
        termLanguage: Literal["nb", "nn", "en"] | None = None,
        sort: Literal["name", "-name", "uri", "-uri"] | None = None,
        size: int | None = None,
        after: str | None = None,
        fields: list[Literal["uri", "term", "definitions", "catalogues", "replaced"]] | None = None,
        language: Literal["nb", "nn", "en"] | None = None,
        lang: str | None = None,
    ) -> Page[Concept]:
        """The concepts of all catalogues."""
        found: Page[Concept] = self._asked(
            "/api/v1/concepts",
            catalogue=catalogue,
            publisher=publisher,
            termLanguage=termLanguage,
            sort=sort,
            size=size,
            after=after,
            fields=fields,
            language=language,
            lang=lang,
        )
        return found

    def list_findings(
        self,
        *,
        severity: Literal["critical", "major", "minor", "information"] | None = None,
        kind: Literal[
            "InclusionExclusionContradiction",
            "ThresholdDifference",
            "HierarchyDivergence",
            "CitationDivergence",
            "ExceptionDifference",
            "QuantifierDifference",
            "ThresholdOneSided",
            "WithinSourceDivergence",
            "GenusDifference",
            "EnumerationDifference",
            "LegalBasisDifference",
            "CircularDefinition",
            "CharacteristicDifference",
            "ExtensionClause",
            "ScopeDisjoint",
            "ValidityGap",
            "ThresholdProof",
            "StaleSource",
            "UnresolvedReference",
        ]
        | None = None,
        term: str | None = None,
        catalogue: str | None = None,
        sort: Literal["gravity", "-gravity", "term", "-term", "uri", "-uri"] | None = None,
        size: int | None = None,
        after: str | None = None,
        fields: list[
            Literal[
                "uri", "id", "term", "met", "relation", "label", "same_score", "severity", "state", "evidence", "a", "b"
            ]
        ]
        | None = None,
        language: Literal["nb", "nn", "en"] | None = None,
        lang: str | None = None,
    ) -> Page[Finding]:
        """Findings of disagreement, the gravest first."""
        found: Page[Finding] = self._asked(
            "/api/v1/findings",
            severity=severity,
            kind=kind,
            term=term,
            catalogue=catalogue,
            sort=sort,
            size=size,
            after=after,
            fields=fields,
            language=language,
            lang=lang,
        )
        return found

    def list_legislation(
        self,
        *,
        ministry: str | None = None,
        sort: Literal["name", "-name", "date", "-date", "uri", "-uri"] | None = None,
        size: int | None = None,
        after: str | None = None,
        fields: list[Literal["uri", "label", "shortTitle", "kind", "identifier", "date", "ministry", "definitions"]]
        | None = None,
        language: Literal["nb", "nn", "en"] | None = None,
        lang: str | None = None,
    ) -> Page[Act]:
        """Acts and regulations."""
        found: Page[Act] = self._asked(
            "/api/v1/legislation",
            ministry=ministry,
            sort=sort,
            size=size,
            after=after,
            fields=fields,
            language=language,
            lang=lang,
        )
        return found

    def list_information_models(
        self,
        *,
        publisher: str | None = None,
        sort: Literal["name", "-name", "uri", "-uri"] | None = None,
        size: int | None = None,
        after: str | None = None,
        fields: list[Literal["uri", "label", "publisher", "elements"]] | None = None,
        language: Literal["nb", "nn", "en"] | None = None,
        lang: str | None = None,
    ) -> Page[InformationModel]:
        """Information models."""
        found: Page[InformationModel] = self._asked(
            "/api/v1/information-models",
            publisher=publisher,
            sort=sort,
            size=size,
            after=after,
            fields=fields,
            language=language,
            lang=lang,
        )
        return found

    def list_datasets(
        self,
        *,
        publisher: str | None = None,
        accessRights: Literal["PUBLIC", "RESTRICTED", "NON_PUBLIC"] | None = None,
        sort: Literal["name", "-name", "uri", "-uri"] | None = None,
        size: int | None = None,
        after: str | None = None,
        fields: list[Literal["uri", "label", "publisher", "accessRights"]] | None = None,
        language: Literal["nb", "nn", "en"] | None = None,
        lang: str | None = None,
    ) -> Page[Resource]:
        """Datasets."""
        found: Page[Resource] = self._asked(
            "/api/v1/datasets",
            publisher=publisher,
            accessRights=accessRights,
            sort=sort,
            size=size,
            after=after,
            fields=fields,
            language=language,
            lang=lang,
        )
        return found

    def list_data_services(
        self,
        *,
        publisher: str | None = None,
        accessRights: Literal["PUBLIC", "RESTRICTED", "NON_PUBLIC"] | None = None,
        sort: Literal["name", "-name", "uri", "-uri"] | None = None,
        size: int | None = None,
        after: str | None = None,
        fields: list[Literal["uri", "label", "publisher", "accessRights"]] | None = None,
        language: Literal["nb", "nn", "en"] | None = None,
        lang: str | None = None,
    ) -> Page[Resource]:
        """APIs."""
        found: Page[Resource] = self._asked(
            "/api/v1/data-services",
            publisher=publisher,
            accessRights=accessRights,
            sort=sort,
            size=size,
            after=after,
            fields=fields,
            language=language,
            lang=lang,
        )
        return found

    def list_services(
        self,
        *,
        publisher: str | None = None,
        accessRights: Literal["PUBLIC", "RESTRICTED", "NON_PUBLIC"] | None = None,
        sort: Literal["name", "-name", "uri", "-uri"] | None = None,
        size: int | None = None,
        after: str | None = None,
        fields: list[Literal["uri", "label", "publisher", "accessRights"]] | None = None,
        language: Literal["nb", "nn", "en"] | None = None,
        lang: str | None = None,
    ) -> Page[Resource]:
        """Public services."""
        found: Page[Resource] = self._asked(
            "/api/v1/services",
            publisher=publisher,
            accessRights=accessRights,
            sort=sort,
            size=size,
            after=after,
            fields=fields,
            language=language,
            lang=lang,
        )
        return found

    def list_events(
        self,
        *,
        publisher: str | None = None,
        accessRights: Literal["PUBLIC", "RESTRICTED", "NON_PUBLIC"] | None = None,
        sort: Literal["name", "-name", "uri", "-uri"] | None = None,
        size: int | None = None,
        after: str | None = None,
        fields: list[Literal["uri", "label", "publisher", "accessRights"]] | None = None,
        language: Literal["nb", "nn", "en"] | None = None,
        lang: str | None = None,
    ) -> Page[Resource]:
        """Life events and business events."""
        found: Page[Resource] = self._asked(
            "/api/v1/events",
            publisher=publisher,
            accessRights=accessRights,
            sort=sort,
            size=size,
            after=after,
            fields=fields,
            language=language,
            lang=lang,
        )
        return found

    def list_catalogues(
        self,
        *,
        publisher: str | None = None,
        sort: Literal["name", "-name", "id", "-id"] | None = None,
        size: int | None = None,
        after: str | None = None,
        fields: list[Literal["uri", "kind", "id", "title", "publisher", "counts", "lastImport"]] | None = None,
        language: Literal["nb", "nn", "en"] | None = None,
        lang: str | None = None,
    ) -> Page[Catalogue]:
        """Catalogues, with what they hold and their last import."""
        found: Page[Catalogue] = self._asked(
            "/api/v1/catalogues",
            publisher=publisher,
            sort=sort,
            size=size,
            after=after,
            fields=fields,
            language=language,
            lang=lang,
        )
        return found

    def list_organisations(
        self,
        *,
        number: str | None = None,
        sort: Literal["name", "-name", "uri", "-uri"] | None = None,
        size: int | None = None,
        after: str | None = None,
        fields: list[Literal["uri", "label", "organisationNumber", "counts"]] | None = None,
        language: Literal["nb", "nn", "en"] | None = None,
        lang: str | None = None,
    ) -> Page[Organisation]:
        """Everybody who publishes something."""
        found: Page[Organisation] = self._asked(
            "/api/v1/organisations",
            number=number,
            sort=sort,
            size=size,
            after=after,
            fields=fields,
            language=language,
            lang=lang,
        )
        return found

    def thing(self, uri: str, *, fields: str | None = None, lang: str | None = None) -> dict[str, Any]:
        """Everything that the page of one thing shows."""
        found: dict[str, Any] = self._asked("/api/v1/things", uri=uri, fields=fields, lang=lang)
        return found

    def chain(
        self,
        uri: str,
        *,
        kind: Literal[
            "provision",
            "statutoryConcept",
            "concept",
            "modelElement",
            "informationModel",
            "dataset",
            "dataService",
            "service",
            "event",
        ]
        | None = None,
        page: int | None = None,
        size: int | None = None,
        lang: str | None = None,
    ) -> dict[str, Any]:
        """What a thing rests on, and what rests on it."""
        found: dict[str, Any] = self._asked("/api/v1/chain", uri=uri, kind=kind, page=page, size=size, lang=lang)
        return found

    def impact(
        self, uri: str, *, page: int | None = None, size: int | None = None, lang: str | None = None
    ) -> dict[str, Any]:
        """What a change of a thing would touch, with owners and contact points."""
        found: dict[str, Any] = self._asked("/api/v1/impact", uri=uri, page=page, size=size, lang=lang)
        return found

    def same_meaning(
        self, first: str, second: str, *, page: int | None = None, size: int | None = None, lang: str | None = None
    ) -> dict[str, Any]:
        """Whether two datasets, models, APIs or services mean the same."""
        found: dict[str, Any] = self._asked(
            "/api/v1/same-meaning", first=first, second=second, page=page, size=size, lang=lang
        )
        return found

    def legal_references(self, text: str, *, lang: str | None = None) -> dict[str, Any]:
        """The acts and sections that a text refers to."""
        found: dict[str, Any] = self._asked("/api/v1/legal-references", text=text, lang=lang)
        return found

    def in_force(self, uri: str, *, validAt: str | None = None) -> dict[str, Any]:
        """What of an act, a section or a concept is in force on a day."""
        found: dict[str, Any] = self._asked("/api/v1/in-force", uri=uri, validAt=validAt)
        return found

    def model_reasoning(self, uri: str, *, lang: str | None = None) -> dict[str, Any]:
        """Contradictions in an information model."""
        found: dict[str, Any] = self._asked("/api/v1/models/reasoning", uri=uri, lang=lang)
        return found

    def quality(self, uri: str, *, lang: str | None = None) -> dict[str, Any]:
        """The points of one thing, indicator by indicator."""
        found: dict[str, Any] = self._asked("/api/v1/quality", uri=uri, lang=lang)
        return found

    def quality_checks(self, *, lang: str | None = None) -> dict[str, Any]:
        """The checks of concept collections."""
        found: dict[str, Any] = self._asked("/api/v1/quality/checks", lang=lang)
        return found

    def link_proposals(
        self,
        *,
        uri: str | None = None,
        catalogue: str | None = None,
        owner: str | None = None,
        page: int | None = None,
        size: int | None = None,
        lang: str | None = None,
    ) -> dict[str, Any]:
        """Proposed links to concepts; of one thing with `uri`."""
        found: dict[str, Any] = self._asked(
            "/api/v1/link-proposals", uri=uri, catalogue=catalogue, owner=owner, page=page, size=size, lang=lang
        )
        return found

    def link_coverage(self) -> dict[str, Any]:
        """How many of its things each owner has linked to concepts."""
        found: dict[str, Any] = self._asked("/api/v1/link-coverage")
        return found

    def changes(
        self,
        *,
        since: str | None = None,
        after: str | None = None,
        catalogue: str | None = None,
        organisation: str | None = None,
        term: str | None = None,
        size: int | None = None,
        lang: str | None = None,
    ) -> dict[str, Any]:
        """What imports changed, thing by thing, oldest first."""
        found: dict[str, Any] = self._asked(
            "/api/v1/changes",
            since=since,
            after=after,
            catalogue=catalogue,
            organisation=organisation,
            term=term,
            size=size,
            lang=lang,
        )
        return found

    def queries(self) -> dict[str, Any]:
        """The query library, with parameters."""
        found: dict[str, Any] = self._asked("/api/v1/queries")
        return found

    def query_answer(self, name: str, *, lang: str | None = None) -> dict[str, Any]:
        """The answer of a query of the library; its own parameters stand in the address too."""
        found: dict[str, Any] = self._asked(f"/api/v1/queries/{quote(name, safe='')}", lang=lang)
        return found

    def vocabulary(self, *, lang: str | None = None) -> dict[str, Any]:
        """Prefixes, classes and properties to ask with."""
        found: dict[str, Any] = self._asked("/api/v1/vocabulary", lang=lang)
        return found

    def imports(self) -> dict[str, Any]:
        """The last hundred imports."""
        found: dict[str, Any] = self._asked("/api/v1/imports")
        return found

    def import_report(self, name: str, *, lang: str | None = None) -> dict[str, Any]:
        """The report of an import and what it changed."""
        found: dict[str, Any] = self._asked(f"/api/v1/imports/{quote(name, safe='')}", lang=lang)
        return found

    def repairs(self) -> dict[str, Any]:
        """Every repair, with an example."""
        found: dict[str, Any] = self._asked("/api/v1/repairs")
        return found

    def openapi(self) -> dict[str, Any]:
        """This description (OpenAPI 3.1)."""
        found: dict[str, Any] = self._asked("/api/v1/openapi.json")
        return found

    def definition_rules(
        self, *, uri: str | None = None, catalogue: str | None = None, lang: str | None = None
    ) -> dict[str, Any]:
        """The rules that definitions break, of one concept or of one catalogue, with scores."""
        found: dict[str, Any] = self._asked("/api/v1/definition-rules", uri=uri, catalogue=catalogue, lang=lang)
        return found

    def decisions(self, *, concept: str | None = None, lang: str | None = None) -> dict[str, Any]:
        """Every decision about concepts, oldest first."""
        found: dict[str, Any] = self._asked("/api/v1/decisions", concept=concept, lang=lang)
        return found

    def waiting_decisions(self) -> dict[str, Any]:
        """The decisions that wait for a second person."""
        found: dict[str, Any] = self._asked("/api/v1/decisions/confirmations")
        return found

    def link_decisions(self) -> dict[str, Any]:
        """Every decision about a link, oldest first."""
        found: dict[str, Any] = self._asked("/api/v1/link-decisions")
        return found

    def cases(
        self, *, state: Literal["open", "closed"] | None = None, organisation: str | None = None
    ) -> dict[str, Any]:
        """Coordination cases, the latest first."""
        found: dict[str, Any] = self._asked("/api/v1/cases", state=state, organisation=organisation)
        return found

    def case(self, name: str) -> dict[str, Any]:
        """One case with its fields."""
        found: dict[str, Any] = self._asked(f"/api/v1/cases/{quote(name, safe='')}")
        return found

    def comments(self, *, about: str | None = None) -> dict[str, Any]:
        """What was said about a thing, oldest first."""
        found: dict[str, Any] = self._asked("/api/v1/comments", about=about)
        return found

    def sources(self) -> dict[str, Any]:
        """The sources that are harvested."""
        found: dict[str, Any] = self._asked("/api/v1/sources")
        return found

    def source(self, identifier: str) -> dict[str, Any]:
        """One source with its last runs."""
        found: dict[str, Any] = self._asked(f"/api/v1/sources/{quote(identifier, safe='')}")
        return found

    def search(
        self,
        *,
        q: str | None = None,
        sort: Literal["relevance", "newest"] | None = None,
        kind: str | None = None,
        org: str | None = None,
        theme: str | None = None,
        access: str | None = None,
        licence: str | None = None,
        file_format: str | None = None,
        status: str | None = None,
        area: str | None = None,
        event: str | None = None,
        links: str | None = None,
        disagreement: str | None = None,
        page: int | None = None,
        size: int | None = None,
        lang: str | None = None,
    ) -> dict[str, Any]:
        """Things by words and facets."""
        found: dict[str, Any] = self._asked(
            "/api/v1/search",
            q=q,
            sort=sort,
            kind=kind,
            org=org,
            theme=theme,
            access=access,
            licence=licence,
            file_format=file_format,
            status=status,
            area=area,
            event=event,
            links=links,
            disagreement=disagreement,
            page=page,
            size=size,
            lang=lang,
        )
        return found

    def shared_terms(self, uri: str, *, page: int | None = None, lang: str | None = None) -> dict[str, Any]:
        """The same, page by page."""
        found: dict[str, Any] = self._asked("/api/v1/shared-terms", uri=uri, page=page, lang=lang)
        return found


def _said(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
