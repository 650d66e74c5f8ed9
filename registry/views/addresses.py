"""The addresses that clients may rely on: one row each, shown at /api/docs and held against the routes by a test."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from registry.api.held_lists import LISTS
from registry.dumping.contents import SYNTAXES

_LIST = ("html", "json")
_ROWS = (*_LIST, "csv")
_TABLE = ("html", "json", "csv", "ttl", "jsonld", "rdf", "nt")
_LISTED = tuple(each.path for each in LISTS)
_THING = ("html", "ttl", "jsonld", "rdf", "nt", "trig", "nq", "json")


@dataclass(frozen=True, slots=True)
class Address:
    """A path (with `{}` where something is filled in), the formats it answers in, what it answers, an example."""

    path: str
    formats: tuple[str, ...]
    what: object
    example: str = ""


ADDRESSES: tuple[Address, ...] = (
    Address(
        "/search?q={words}", _ROWS, _("Things whose terms, titles or definitions match the words"), "/search?q=skatt"
    ),
    Address(
        "/api/v1/search?q={words}",
        ("json",),
        _("The same, with the number of things of every value of every facet"),
        "/api/v1/search?kind=dataset",
    ),
    Address("/themes", _ROWS, _("Themes: saved filters, and one for every event"), "/themes"),
    Address(
        "/themes/{id}", _LIST, _("One theme: figures, disagreements, and its things with facets"), "/themes/transport"
    ),
    Address("/search/suggestions?q={words}", ("json",), _("Terms that begin with the words (OpenSearch suggestions)")),
    Address("/terms/{term}", _TABLE, _("Every definition of one word, law first"), "/terms/barn"),
    Address("/concepts", _ROWS, _("All concepts, A to Z"), "/concepts"),
    Address("/concepts/{id}", _THING, _("One concept with its definitions and relations")),
    Address("/definitions/{id}", _THING, _("One definition")),
    Address("/resource?uri={uri}", _THING, _("Any thing that the register holds, also with a foreign URI")),
    Address(
        "/linkset?uri={uri}",
        ("linkset+json", "linkset"),
        _("The links of a thing's page to what describes it (FAIR Signposting)"),
    ),
    Address("/cite?uri={uri}", ("json", "text"), _("A concept, a definition or a provision as a footnote cites it")),
    Address(
        "/timegate?uri={uri}",
        ("memento",),
        _("Takes a thing at a date to what the register knew of it then (Memento, RFC 7089)"),
    ),
    Address(
        "/timemap?uri={uri}", ("link-format", "json"), _("Every state of a thing with its dates, and what changed")
    ),
    Address(
        "/memento?uri={uri}&at={time}", ("ttl", "jsonld", "rdf", "nt"), _("What the register knew of a thing at a time")
    ),
    Address(
        "/api/v1/in-force?uri={uri}&validAt={date}",
        ("json",),
        _("What of an act, a section, or a concept is in force on a day, adopted changes included"),
    ),
    Address(
        "/context.jsonld",
        ("jsonld",),
        _("The JSON-LD context: the short names of properties in our JSON-LD"),
        "/context.jsonld",
    ),
    Address("/conflicts", _TABLE, _("Findings of disagreement, worst first"), "/conflicts"),
    Address("/conflicts/{id}", _THING, _("One finding with its evidence")),
    Address(
        "/api/v1/suggestions",
        ("tsv",),
        _("The relations that are suggested of two concepts, as an SSSOM table"),
        "/api/v1/suggestions?severity=critical",
    ),
    Address(
        "/compare",
        ("html",),
        _("Two definitions that you paste, and what sets them apart; POST to /api/v1/compare does it for programs"),
        "/compare",
    ),
    Address(
        "/draft-check",
        ("html",),
        _("A draft act or regulation held against the register; POST to /api/v1/draft-check does it for programs"),
        "/draft-check",
    ),
    Address("/help", _LIST, _("Help for people: describing, coordinating, sharing, asking, running"), "/help"),
    Address("/help/{topic}", _LIST, _("One help page"), "/help/coordination"),
    Address("/accessibility", _LIST, _("How accessible the pages are, and whom to tell"), "/accessibility"),
    Address("/catalogues", _ROWS, _("The catalogues, with publisher and last import"), "/catalogues"),
    Address("/catalogues/{id}", _THING, _("One catalogue with its import report")),
    Address("/information-models", _ROWS, _("Information models"), "/information-models"),
    Address("/api/v1/models/shapes?uri={uri}", ("ttl",), _("An information model as SHACL shapes")),
    Address("/api/v1/models/json-schema?uri={uri}", ("schema+json",), _("An information model as JSON Schema")),
    Address("/api/v1/models/reasoning?uri={uri}", ("json",), _("Contradictions in an information model")),
    Address("/datasets", _ROWS, _("Datasets"), "/datasets"),
    Address("/data-services", _ROWS, _("APIs"), "/data-services"),
    Address("/services", _ROWS, _("Public services"), "/services"),
    Address("/events", _ROWS, _("Life events and business events"), "/events"),
    Address("/legislation", _ROWS, _("Acts and regulations that define words"), "/legislation"),
    Address("/chain?uri={uri}", _TABLE, _("What a thing rests on, and what rests on it, from law to life event")),
    Address("/api/v1/chain?uri={uri}", ("json",), _("The same chain, page by page")),
    Address("/impact?uri={uri}", _TABLE, _("What a change of a thing would touch, with owners and contact points")),
    Address("/api/v1/impact?uri={uri}", ("json",), _("The same impact, page by page")),
    Address(
        "/same-meaning?first={uri}&second={uri}",
        ("html", "json", "csv"),
        _("Whether two datasets, models, APIs or services mean the same"),
    ),
    Address("/api/v1/same-meaning?first={uri}&second={uri}", ("json",), _("The same comparison, page by page")),
    Address(
        "/shared-terms?uri={uri}&uri={uri}",
        ("html", "json", "csv"),
        _("The acts of an event, a service or two services, and the words that these define differently"),
    ),
    Address("/api/v1/shared-terms?uri={uri}", ("json",), _("The same words, page by page")),
    Address("/organisations", _ROWS, _("Publishers"), "/organisations"),
    Address("/quality", _TABLE, _("Organisations by the quality of their descriptions"), "/quality?kind=concept"),
    Address("/quality/catalogues/{id}", _TABLE, _("The quality of one catalogue, with every indicator and check")),
    Address("/api/v1/quality?uri={uri}", _TABLE[1:], _("The points of one thing, indicator by indicator")),
    Address("/api/v1/quality/checks", ("json",), _("The checks of concept collections"), "/api/v1/quality/checks"),
    Address(
        "/api/v1/definition-rules?uri={uri}",
        _TABLE[1:],
        _("The rules that definitions break, with scores; of a catalogue with catalogue={id}; in RDF a SHACL report"),
    ),
    Address("/reports", ("html", "json", "csv"), _("Key figures over time"), "/reports"),
    Address(
        "/link-proposals",
        _TABLE,
        _("Proposed links to concepts, and what was decided about them"),
        "/link-proposals?state=coverage",
    ),
    Address(
        "/link-proposals/thing?uri={uri}",
        ("html",),
        _("One thing with the concepts that it may mean; POST with a token decides"),
    ),
    Address(
        "/api/v1/link-proposals",
        ("json",),
        _("The proposals for programs; POST with a token decides"),
        "/api/v1/link-proposals",
    ),
    Address("/api/v1/link-decisions", ("json",), _("Every decision about a link"), "/api/v1/link-decisions"),
    Address(
        "/api/v1/link-coverage",
        ("json",),
        _("How many of its things each owner has linked to concepts"),
        "/api/v1/link-coverage",
    ),
    Address("/sources", _LIST, _("The sources that are harvested, with the state of each"), "/sources"),
    Address("/sparql", ("json", "xml", "csv", "tsv", "ttl", "jsonld", "rdf", "nt"), _("SPARQL 1.1 queries"), "/sparql"),
    Address("/graphs?graph={uri}", ("ttl", "jsonld", "rdf", "nt"), _("One named graph; with a token also to write")),
    Address(
        "/queries/{name}",
        ("html", "rq", "json", "ttl", "jsonld", "rdf", "nt"),
        _("One query of the library"),
        "/queries/publishers",
    ),
    Address("/api/v1/queries", ("json",), _("The query library, with parameters"), "/api/v1/queries"),
    Address(
        "/api/v1/queries/{name}",
        ("json", "csv", "tsv", "xml", "ttl", "jsonld", "rdf", "nt"),
        _("The answer of a query of the library; its parameters stand in the address"),
        "/api/v1/queries/findings-of-a-word?word=barn",
    ),
    Address(
        "/api/v1/legal-references?text={text}",
        ("json",),
        _("The acts and sections that a text refers to"),
        "/api/v1/legal-references?text=aksjeloven+%C2%A7+1-2",
    ),
    Address("/api/v1/sources", ("json",), _("The same sources; with a token also to add one"), "/api/v1/sources"),
    Address("/api/v1/sources/{id}", ("json",), _("One source with its last runs; with a token also to change it")),
    Address("/imports", _ROWS, _("The last imports, with their reports"), "/imports"),
    Address("/imports/new", ("html",), _("With a token: uploading files, and what they would change"), "/imports/new"),
    Address("/imports/{id}", _THING, _("One import with its report and what it changed")),
    Address("/imports/{id}/repaired", ("html",), _("With a token: the files of an import, repaired")),
    Address("/api/v1/repairs", ("json",), _("Every repair; POST with a token repairs the files that are sent")),
    Address("/api/v1/imports/{id}/repaired", ("ttl",), _("With a token: the files of an import, repaired")),
    Address("/api/v1/previews/{id}/repaired", ("ttl",), _("With a token: the files of a preview, repaired")),
    Address("/imports/{id}/undo", ("html",), _("With a token: what undoing an import would change, and the button")),
    Address("/api/v1/imports/{id}", ("json", "csv"), _("The report of an import and what it changed")),
    Address(
        "/api/v1/imports/{id}/undo",
        ("json", "csv"),
        _("With a token: what undoing an import would change; POST undoes it"),
    ),
    Address(
        "/api/v1/imports", ("json", "csv"), _("The last imports; POST with a token imports or previews what is sent")
    ),
    Address(
        "/api/v1/table-mappings/{id}",
        ("json",),
        _("With a token: tables of one's own whose columns somebody has explained"),
    ),
    Address(
        "/api/v1/previews/{id}", ("json", "csv"), _("With a token: the preview of an import, to accept or discard")
    ),
    Address(
        "/feed.atom",
        ("atom",),
        _("What imports changed, as a feed: of everything, a catalogue or act, an organisation, a word"),
        "/feed.atom?term=barn",
    ),
    Address(
        "/api/v1/changes",
        ("json", "ttl", "jsonld", "rdf", "nt"),
        _("The same thing by thing, oldest first, to read on from where one stopped"),
        "/api/v1/changes?since=2026-01-01",
    ),
    Address("/ontology", (*_LIST, "ttl", "jsonld", "rdf", "nt"), _("The register's own words"), "/ontology"),
    Address("/dumps", (*_LIST, "ttl", "jsonld", "rdf", "nt"), _("All data at once, with checksums"), "/dumps"),
    Address("/dumps/{id}", tuple(SYNTAXES), _("One catalogue, or the register whole, as one file")),
    Address("/api/v1/openapi.json", ("json",), _("The JSON API as OpenAPI 3.1 describes it"), "/api/v1/openapi.json"),
    Address("/api/reference", _LIST, _("The same as a page"), "/api/reference"),
    Address("/api/v1/things?uri={uri}", ("json",), _("What the page of one thing shows, whatever it is")),
    *(
        Address(f"/api/v1/{listed}", ("json",), _("A list to page, sort, filter and select from"), f"/api/v1/{listed}")
        for listed in _LISTED
    ),
    Address("/api/v1/webhooks", ("json",), _("With a token: who is told of changes by webhook, with the deliveries")),
    Address("/api/v1/vocabulary", ("json",), _("Prefixes, classes and properties to ask with"), "/api/v1/vocabulary"),
    Address(
        "/.well-known/void", ("ttl", "jsonld", "rdf", "nt"), _("Description of the data (VoID)"), "/.well-known/void"
    ),
    Address(
        "/reconcile",
        ("json",),
        _("Matching of lists with the register, for OpenRefine (Reconciliation Service API 0.2)"),
        "/reconcile",
    ),
    Address("/reconcile/1.0", ("json",), _("The same by the 1.0 draft of that API"), "/reconcile/1.0"),
    Address("/rest/v1/vocabularies", ("json",), _("The REST API of Skosmos"), "/rest/v1/vocabularies"),
    Address(
        "/v1/concepts/{id}",
        ("json", *(syntax for syntax in _THING if syntax not in ("html", "json"))),
        _("A thing as the national data directory's resource service writes it, also by-uri and as graph"),
    ),
    Address(
        "/collections/{number}",
        ("ttl", "jsonld", "rdf", "nt"),
        _("An organisation's concepts, as the national catalogue of concepts gives them"),
    ),
    Address("/suggestions?q={words}", ("json",), _("Suggestions as the national data directory gives them")),
    Address("/sitemap.xml", ("xml",), _("The pages of all things, for search engines"), "/sitemap.xml"),
    Address("/healthz", ("json",), _("Whether the service runs"), "/healthz"),
    Address("/readyz", ("json",), _("Whether the register can be read, and its generation"), "/readyz"),
    Address("/metrics", ("text",), _("Figures for Prometheus, for the networks that may see them"), "/metrics"),
)
