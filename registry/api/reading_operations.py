"""What OpenAPI says of reading: one thing, its surroundings, changes, queries, comparing, the pages' data."""

from registry.api.operations import (
    COUNTS,
    CSV,
    JSON,
    LANG,
    PAGE,
    RDF,
    Body,
    Operation,
    Parameter,
    in_path,
    json_of,
    listing,
    size,
    uri_parameter,
    word,
)
from registry.api.schemas import NUMBER, OBJECT, TEXT, YES_OR_NO, list_of, members
from registry.harmonisation.evidence import KINDS
from registry.harmonisation.records import SEVERITIES
from registry.settling.states import STATES

_THINGS, _CHAIN, _COMPARING, _QUALITY, _LAW = "Things", "The chain", "Comparing", "Quality", "Law"
_QUERIES, _CHANGES, _LINKS, _IMPORTS, _SELF = "Queries", "Changes", "Links", "Imports", "About"

_LEVELS = (
    *("provision", "statutoryConcept", "concept", "modelElement", "informationModel"),
    *("dataset", "dataService", "service", "event"),
)
_SIDE = members(total=NUMBER, cut=YES_OR_NO, levels=list_of(OBJECT), steps=list_of(OBJECT))
_CHAIN_SHAPE = members(uri=TEXT, label=OBJECT, kind=TEXT, foundations=_SIDE, dependants=_SIDE)
_IMPACT_SHAPE = members(
    uri=TEXT, label=OBJECT, kind=TEXT, counts=COUNTS, cut=YES_OR_NO, owners=list_of(OBJECT), things=list_of(OBJECT)
)
_PAIRS_SHAPE = members(first=OBJECT, second=OBJECT, counts=COUNTS, pairs=list_of(OBJECT))
_CHANGES_SHAPE = members(changes=list_of(OBJECT), after=TEXT, next=TEXT)
_REFERENCES_SHAPE = {
    "oneOf": [listing("references"), listing("texts", members(references=list_of(OBJECT)))],
}
_DEFINITION = {
    "type": "object",
    "required": ["term", "definition"],
    "properties": {
        "term": {"type": "string", "pattern": r"\S", "maxLength": 10_000},
        "definition": {"type": "string", "pattern": r"\S", "maxLength": 10_000},
        "language": {"type": ["string", "null"]},
        "source": {"type": ["string", "null"]},
    },
}
_PAIR = {"type": "object", "required": ["a", "b"], "properties": {"a": _DEFINITION, "b": _DEFINITION}}
_FINDING_FILTERS = (
    word("severity", "how grave", *SEVERITIES),
    word("kind", "kind of evidence", *KINDS),
    Parameter("term", "a word in any inflection"),
    Parameter("catalogue", "the id of a catalogue, an act or a regulation"),
    Parameter("publisher", "an organisation number, else the publisher's URI"),
    Parameter("ministry", "the name of a ministry"),
    Parameter("area", "a legal area"),
    Parameter("event", "the URI of an event"),
    Parameter("service", "the URI of a service"),
    word("state", "what became of it", *STATES),
)

_DAY = Parameter("validAt", "the day; today if absent", {"type": "string", "format": "date"})

READING: tuple[Operation, ...] = (
    Operation(
        "get",
        "/api/v1/things",
        "thing",
        _THINGS,
        "Everything that the page of one thing shows",
        (uri_parameter("the thing"), Parameter("fields", "the members that the answer is to have"), LANG),
    ),
    Operation(
        "get",
        "/api/v1/chain",
        "chain",
        _CHAIN,
        "What a thing rests on, and what rests on it",
        (uri_parameter("the thing"), word("kind", "this kind alone", *_LEVELS), PAGE, size(50, 500), LANG),
        answers=json_of(_CHAIN_SHAPE),
    ),
    Operation(
        "get",
        "/api/v1/impact",
        "impact",
        _CHAIN,
        "What a change of a thing would touch, with owners and contact points",
        (uri_parameter("the thing"), PAGE, size(50, 500), LANG),
        answers=json_of(_IMPACT_SHAPE),
    ),
    Operation(
        "get",
        "/api/v1/same-meaning",
        "same_meaning",
        _CHAIN,
        "Whether two datasets, models, APIs or services mean the same",
        (uri_parameter("the one", "first"), uri_parameter("the other", "second"), PAGE, size(50, 500), LANG),
        answers=json_of(_PAIRS_SHAPE),
    ),
    Operation(
        "post",
        "/api/v1/compare",
        "compare",
        _COMPARING,
        "What sets two definitions apart; nothing is kept",
        (LANG,),
        Body({JSON: {"oneOf": [_PAIR, {**listing("pairs", _PAIR)}]}}),
    ),
    Operation(
        "get",
        "/api/v1/suggestions",
        "suggestions",
        _COMPARING,
        "The relations that are suggested of two concepts, as an SSSOM table",
        (*_FINDING_FILTERS, LANG),
        answers={200: {"text/tab-separated-values": TEXT}},
    ),
    Operation(
        "get",
        "/api/v1/legal-references",
        "legal_references",
        _LAW,
        "The acts and sections that a text refers to",
        (Parameter("text", "the words to look in", {"type": "string", "maxLength": 200_000}, required=True), LANG),
        answers=json_of(listing("references")),
    ),
    Operation(
        "post",
        "/api/v1/legal-references",
        "legal_references_of_texts",
        _LAW,
        "The same, of one text or of several",
        (LANG,),
        Body(
            {
                JSON: {
                    "oneOf": [
                        members(text={"type": "string", "maxLength": 200_000}),
                        members(texts={"type": "array", "maxItems": 10_000, "items": TEXT}),
                    ]
                },
                "text/plain": TEXT,
            }
        ),
        json_of(_REFERENCES_SHAPE),
    ),
    Operation(
        "get",
        "/api/v1/in-force",
        "in_force",
        _LAW,
        "What of an act, a section or a concept is in force on a day",
        (uri_parameter("the thing"), _DAY),
        answers=json_of(members(uri=TEXT, validAt=TEXT)),
    ),
    Operation(
        "get",
        "/api/v1/models/shapes",
        "model_shapes",
        _THINGS,
        "An information model as SHACL shapes",
        (uri_parameter("the model"), LANG),
        answers={200: {"text/turtle": TEXT}},
    ),
    Operation(
        "get",
        "/api/v1/models/json-schema",
        "model_json_schema",
        _THINGS,
        "An information model as JSON Schema",
        (uri_parameter("the model"), LANG),
        answers={200: {"application/schema+json": OBJECT}},
    ),
    Operation(
        "get",
        "/api/v1/models/reasoning",
        "model_reasoning",
        _THINGS,
        "Contradictions in an information model",
        (uri_parameter("the model"), LANG),
        answers=json_of(OBJECT),
    ),
    Operation(
        "get",
        "/api/v1/quality",
        "quality",
        _QUALITY,
        "The points of one thing, indicator by indicator",
        (uri_parameter("a concept, information model, dataset or API"), LANG),
        answers=json_of(OBJECT, CSV, *RDF),
    ),
    Operation(
        "get",
        "/api/v1/quality/checks",
        "quality_checks",
        _QUALITY,
        "The checks of concept collections",
        (LANG,),
        answers=json_of(listing("checks")),
    ),
    Operation(
        "get",
        "/api/v1/link-proposals",
        "link_proposals",
        _LINKS,
        "Proposed links to concepts; of one thing with `uri`",
        (
            Parameter("uri", "one thing"),
            Parameter("catalogue", "the id of a catalogue"),
            Parameter("owner", "the URI of an organisation"),
            PAGE,
            size(50, 500),
            LANG,
        ),
    ),
    Operation(
        "get",
        "/api/v1/link-coverage",
        "link_coverage",
        _LINKS,
        "How many of its things each owner has linked to concepts",
        answers=json_of(listing("owners")),
    ),
    Operation(
        "get",
        "/api/v1/changes",
        "changes",
        _CHANGES,
        "What imports changed, thing by thing, oldest first",
        (
            Parameter("since", "a date or a time; in UTC where it names no zone", example="2026-01-01"),
            Parameter("after", "where to go on", {"type": "string", "pattern": "^([0-9]{1,9}(-[0-9]{1,9}){2})?$"}),
            Parameter("catalogue", "the id of a catalogue, an act or a regulation"),
            Parameter("organisation", "nine digits"),
            Parameter("term", "a word in any form"),
            size(100, 1_000),
            LANG,
        ),
        answers=json_of(_CHANGES_SHAPE, *RDF),
    ),
    Operation(
        "get",
        "/api/v1/queries",
        "queries",
        _QUERIES,
        "The query library, with parameters",
        answers=json_of(listing("queries")),
    ),
    Operation(
        "get",
        "/api/v1/queries/{name}",
        "query_answer",
        _QUERIES,
        "The answer of a query of the library; its own parameters stand in the address too",
        (in_path("name", "the query"), LANG),
        answers={
            200: {
                JSON: OBJECT,
                **dict.fromkeys(("application/sparql-results+json", "application/sparql-results+xml"), TEXT),
                **dict.fromkeys((CSV, "text/tab-separated-values", *RDF), TEXT),
            }
        },
    ),
    Operation(
        "get", "/api/v1/vocabulary", "vocabulary", _QUERIES, "Prefixes, classes and properties to ask with", (LANG,)
    ),
    Operation(
        "get",
        "/api/v1/imports",
        "imports",
        _IMPORTS,
        "The last hundred imports",
        answers=json_of(listing("imports")),
    ),
    Operation(
        "get",
        "/api/v1/imports/{name}",
        "import_report",
        _IMPORTS,
        "The report of an import and what it changed",
        (in_path("name", "the import"), LANG),
        answers=json_of(OBJECT, CSV),
    ),
    Operation(
        "get",
        "/api/v1/repairs",
        "repairs",
        _IMPORTS,
        "Every repair, with an example",
        answers=json_of(members(repairs=list_of(OBJECT), forms=list_of(TEXT))),
    ),
    Operation("get", "/api/v1/openapi.json", "openapi", _SELF, "This description (OpenAPI 3.1)"),
)
