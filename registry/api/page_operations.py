"""What OpenAPI says of the pages' data: each page's own address with the suffix ``.json``."""

from registry.api.operations import (
    LANG,
    PAGE,
    Operation,
    Parameter,
    in_path,
    json_of,
    listing,
    paged,
    size,
    uri_parameter,
    word,
)
from registry.api.schemas import NUMBER, OBJECT, Schema, list_of, members
from registry.browsing.further import FACETS
from registry.help.reading import TOPICS

_PAGES = "Data of pages"
_CASE = in_path("name", "the case")
_STATE = word("state", "whether it is being worked on", "open", "closed")
_ORGANISATION = Parameter("organisation", "nine digits of one that takes part")
_BY = word("by", "whose findings", "publisher", "ministry")
_HITS = members(total=NUMBER, hits=list_of(OBJECT))
_SEARCHED = (
    Parameter("q", "the words; without any the newest first"),
    word("sort", "the order", "relevance", "newest"),
    *(Parameter(facet, "a value of the facet; may be there several times") for facet in FACETS),
    PAGE,
    size(20, 500),
)


def _page(
    path: str, name: str, what: str, *parameters: Parameter, shape: Schema = OBJECT, others: tuple[str, ...] = ()
) -> Operation:
    """The data of one page; `others` are its other formats, by Accept."""
    return Operation("get", path, name, _PAGES, what, (*parameters, LANG), answers=json_of(shape, *others))


def _list(path: str, member: str, what: str, *parameters: Parameter) -> Operation:
    name = f"page_{path.removesuffix('.json').strip('/').replace('-', '_')}"
    return _page(path, name, what, *parameters, PAGE, shape=paged(member))


PAGES: tuple[Operation, ...] = (
    _page("/search.json", "page_search", "Things by words and facets", *_SEARCHED, shape=_HITS),
    _page("/api/v1/search", "search", "Things by words and facets", *_SEARCHED, shape=_HITS),
    _page(
        "/terms/{term}.json",
        "term",
        "Every definition of one word, law first",
        Parameter("term", "the word", where="path"),
    ),
    _list("/concepts.json", "concepts", "Concepts, A to Z", Parameter("letter", "the first letter")),
    _page("/conflicts.json", "page_conflicts", "Findings with facets", PAGE, size(25, 500), shape=paged("findings")),
    _list("/legislation.json", "legislation", "Acts and regulations"),
    _list("/information-models.json", "informationModels", "Information models"),
    _list("/datasets.json", "datasets", "Datasets"),
    _list("/data-services.json", "dataServices", "APIs"),
    _list("/services.json", "services", "Public services"),
    _list("/events.json", "events", "Life events and business events"),
    _page("/catalogues.json", "page_catalogues", "Catalogues"),
    _page("/organisations.json", "page_organisations", "Publishers"),
    _page(
        "/organisations/{number}.json",
        "organisation",
        "One organisation with all that it publishes",
        Parameter("number", "nine digits", {"type": "string", "pattern": "^[0-9]{9}$"}, where="path"),
    ),
    _page("/chain.json", "page_chain", "The chain of a thing", uri_parameter("the thing")),
    _page("/impact.json", "page_impact", "What a change would touch", uri_parameter("the thing")),
    _page(
        "/same-meaning.json",
        "page_same_meaning",
        "Whether two things mean the same",
        uri_parameter("the one", "first"),
        uri_parameter("the other", "second"),
    ),
    _page("/quality.json", "page_quality", "Organisations by the quality of their descriptions"),
    _page(
        "/quality/definition-rules.json",
        "page_quality_definition_rules",
        "Catalogues and organisations by the rules for definitions",
    ),
    _page(
        "/quality/catalogues/{identifier}.json",
        "quality_of_catalogue",
        "The quality of one catalogue",
        Parameter("identifier", "the id of a catalogue", where="path"),
    ),
    _page("/reports.json", "reports", "Key figures over time"),
    _page("/decisions.json", "page_decisions", "Decisions about concepts"),
    _page("/cases.json", "page_cases", "Coordination cases", _STATE, _ORGANISATION),
    _page("/cases/{name}.json", "page_case", "One case", _CASE),
    _page("/cases/{name}/proposals.json", "page_case_proposals", "What owners are asked to change", _CASE),
    _page("/cases/{name}/letters.json", "page_case_letters", "Letters that follow from a case", _CASE),
    _page("/harmonised.json", "page_harmonised", "Common concepts that are published"),
    _page("/boards.json", "page_boards", "Findings, settled and open, of organisations or ministries", _BY),
    _page("/shared-terms.json", "page_shared_terms", "Words that one shares", Parameter("uri", "an organisation")),
    _page("/api/v1/shared-terms", "shared_terms", "The same, page by page", uri_parameter("an organisation"), PAGE),
    _page("/themes.json", "page_themes", "Themes"),
    _page("/themes/{identifier}.json", "theme", "One theme", Parameter("identifier", "the theme", where="path")),
    _page("/link-proposals.json", "page_link_proposals", "Proposed links to concepts", PAGE),
    _page("/dumps.json", "dumps", "All data at once: addresses, sizes, checksums", shape=listing("dumps")),
    _page("/ontology.json", "ontology", "The register's own classes and properties", shape=listing("terms")),
    _page("/sources.json", "page_sources", "The sources that are harvested"),
    _page("/imports.json", "page_imports", "The last imports"),
    _page("/help.json", "page_help", "The help pages"),
    _page(
        "/help/{topic}.json",
        "page_help_topic",
        "One help page",
        Parameter("topic", "such as coordination", {"type": "string", "enum": list(TOPICS)}, where="path"),
    ),
    _page("/accessibility.json", "page_accessibility", "How accessible the pages are, as the operator says"),
    _page("/about.json", "about", "The register's name and version"),
    _page("/api/reference.json", "reference", "This description again"),
    _page("/api/docs.json", "addresses", "Every address that clients may rely on", shape={"type": "array"}),
)
