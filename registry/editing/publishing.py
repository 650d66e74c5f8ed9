"""Publishing what is written here: the catalogue as a whole, as an import would bring it.

So versions, findings, search, feeds and tombstones come as for any other catalogue. The graph is
``{base}/graph/catalogue/common``, or ``.../{organisation number}-own``.

Reads: drafts. Writes: what an import writes.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Triple

from importers.base import Batch
from importers.report import ImportReport, RecordReport
from ontologies.namespaces import DCT, EUVOC, ORGANISATION, OWL, PROV, RDF, RDFS, SAMSVAR, SKOS, SKOSNO, XSD
from registry import storing
from registry.access.tokens import Token
from registry.arrivals import Arrival
from registry.catalogue.queries import is_iri
from registry.editing.drafts import (
    COMMON,
    KIND,
    LANGUAGES,
    Draft,
    check_fields,
    draft,
    drafts,
    lines,
    may_move,
    may_write,
    missing,
    must_have_case,
    owner_of,
)
from registry.errors import BadRequestError
from registry.journal.entries import Author
from registry.ledger.ledger import Entry, Put
from registry.services import Services
from registry.urls import Urls
from sparql.errors import StoreError

_RELATIONSHIP = "https://data.norge.no/vocabulary/relationship-with-source-type#"
_LABELS = {"term": SKOS.prefLabel, "admitted": SKOS.altLabel, "discouraged": SKOS.hiddenLabel}
_TEXTS = {"note": SKOS.scopeNote, "example": SKOS.example, "subject": DCT.subject}
_DAYS = {"valid-from": EUVOC.startDate, "valid-to": EUVOC.endDate}
_TITLES = {"nb": "Felles begreper", "nn": "Felles omgrep", "en": "Common concepts"}
_OWN_TITLES = {"nb": "Egne begreper", "nn": "Eigne omgrep", "en": "Own concepts"}


class NotReadyError(BadRequestError):
    """A concept that cannot be published as it is; `missing` are the codes of drafts.missing."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"The concept cannot be published yet: {', '.join(missing)}.")
        self.missing = tuple(missing)


def catalogue_id(catalogue: str) -> str:
    """The id of the graph that a catalogue written here is published in."""
    return COMMON if catalogue == COMMON else f"{catalogue}-own"


def uri_of(urls: Urls, found: Draft) -> str:
    """The URI that the concept has once it is published."""
    return urls.mint("concepts", found.id).value


def write(services: Services, token: Token, identifier: str, puts: list[Put]) -> Draft:
    """Writes fields of a draft.

    Raises:
        BadRequestError: no such field, or it is not being written on now.
        EditedMeanwhileError: somebody else has written them.
    """
    found = draft(services.ledger, identifier)
    may_write(token, found.catalogue)
    check_fields(puts)
    must_have_case(services.ledger, puts)

    def check(held: Mapping[str, Entry]) -> None:
        if held["state"].value not in {"draft", "review"}:
            raise BadRequestError("Only a draft is written on: make it a draft again first.")

    services.ledger.write(KIND, identifier, token, puts, check)
    return draft(services.ledger, identifier)


def move(services: Services, token: Token, identifier: str, state: str) -> Draft:
    """Takes a draft to a state; publishing and withdrawing change the catalogue before this returns.

    Raises:
        BadRequestError: it does not go there, or is not complete.
        ForbiddenError: the token may not.
    """
    found = draft(services.ledger, identifier)
    may_move(token, found, state, two_persons=services.settings.two_persons)
    if state in {"approved", "published"} and (wrong := missing(found)):
        raise NotReadyError(wrong)
    puts = [Put("state", state, found.number("state"))]
    if state == "published":
        puts.append(Put("published", json.dumps(dict(found.values), ensure_ascii=False, sort_keys=True)))
    if state == "withdrawn":
        puts.append(Put("published", ""))
    services.ledger.write(KIND, identifier, token, puts)
    if state in {"published", "withdrawn"}:
        _publish_or_take_back(services, token, found)
    return draft(services.ledger, identifier)


def _publish_or_take_back(services: Services, token: Token, before: Draft) -> None:
    """Publishes; where the store cannot be written the draft is as it was."""
    try:
        publish(services, token, before.catalogue)
    except StoreError:
        published = json.dumps(dict(before.published), sort_keys=True) if before.published is not None else ""
        services.ledger.write(KIND, before.id, token, [Put("state", before.state), Put("published", published)])
        raise


def publish(services: Services, token: Token, catalogue: str) -> None:
    """Stores the catalogue as what is published of it now says; the same again changes nothing."""
    shown = [each for each in drafts(services.ledger) if each.catalogue == catalogue and each.published is not None]
    identifier = catalogue_id(catalogue)
    named = [services.urls.mint("collections", identifier).value, *(uri_of(services.urls, each) for each in shown)]
    report = ImportReport(identifier, "Samsvar", "register", [RecordReport(uri) for uri in named])
    publisher = "" if catalogue == COMMON else catalogue
    titles = _titles(catalogue)
    batch = Batch(
        identifier,
        "catalogue",
        titles["nb"],
        publisher,
        tuple(_triples(services.urls, shown, identifier, titles)),
        report,
    )
    author = Author(token.id, token.organisation)
    storing.store(services, [Arrival(batch, "Samsvar")], lambda _: None, author=author)


def _titles(catalogue: str) -> dict[str, str]:
    return _TITLES if catalogue == COMMON else {each: f"{words} ({catalogue})" for each, words in _OWN_TITLES.items()}


def _triples(urls: Urls, shown: list[Draft], identifier: str, titles: Mapping[str, str]) -> Iterator[Triple]:
    collection = urls.mint("collections", identifier)
    yield Triple(collection, RDF.type, SKOS.Collection)
    for language, words in titles.items():
        yield Triple(collection, DCT.title, Literal(words, language=language))
    for each in shown:
        node = NamedNode(uri_of(urls, each))
        yield Triple(collection, SKOS.member, node)
        yield from _concept(urls, node, each, each.published or {})


def _concept(urls: Urls, node: NamedNode, found: Draft, values: Mapping[str, str]) -> Iterator[Triple]:
    yield Triple(node, RDF.type, SKOS.Concept)
    yield Triple(node, DCT.identifier, Literal(node.value))
    yield Triple(node, OWL.versionInfo, Literal(str(found.versions)))
    yield from _dates(node, found)
    for language in LANGUAGES:
        for name, predicate in (*_LABELS.items(), *_TEXTS.items()):
            said = values.get(f"{name}:{language}", "")
            each_line = lines(said) if name in {"admitted", "discouraged", "subject"} else [said.strip()]
            yield from (Triple(node, predicate, Literal(one, language=language)) for one in each_line if one)
    for name, predicate in _DAYS.items():
        if values.get(name):
            yield Triple(node, predicate, Literal(values[name], datatype=XSD.date))
    yield from _links(urls, node, found, values)
    yield from _definition(urls, node, values)


def _dates(node: NamedNode, found: Draft) -> Iterator[Triple]:
    days = [each.time[:10] for each in found.entries if each.field == "published" and each.value]
    if days:
        yield Triple(node, DCT.created, Literal(days[0], datatype=XSD.date))
        yield Triple(node, DCT.modified, Literal(days[-1], datatype=XSD.date))


def _links(urls: Urls, node: NamedNode, found: Draft, values: Mapping[str, str]) -> Iterator[Triple]:
    """Its owner, its case, the parties to that and the concepts that it comes from."""
    if owner := owner_of(found, values):
        yield Triple(node, DCT.publisher, NamedNode(owner))
    if values.get("case"):
        yield Triple(node, SAMSVAR["case"], urls.mint("cases", values["case"]))
    for number in lines(values.get("parties", "")):
        yield Triple(node, SAMSVAR.party, ORGANISATION[number])
    for origin in lines(values.get("origins", "")):
        if is_iri(origin):
            yield Triple(node, PROV.wasDerivedFrom, NamedNode(origin))


def _definition(urls: Urls, node: NamedNode, values: Mapping[str, str]) -> Iterator[Triple]:
    """The definition with its source, named by what it says."""
    texts = {language: values.get(f"definition:{language}", "").strip() for language in LANGUAGES}
    source, address = values.get("source", "").strip(), values.get("source-uri", "").strip()
    said = json.dumps([node.value, texts, source, address, values.get("relationship", "")], sort_keys=True)
    definition = urls.mint("definitions", sha256(said.encode()).hexdigest()[:32])
    yield Triple(node, EUVOC.xlDefinition, definition)
    yield Triple(definition, RDF.type, EUVOC.XlNote)
    for language, text in texts.items():
        if text:
            yield Triple(definition, RDF.value, Literal(text, language=language))
    relationship = values.get("relationship") or "self-composed"
    yield Triple(definition, SKOSNO.relationshipWithSource, NamedNode(f"{_RELATIONSHIP}{relationship}"))
    if source and is_iri(address):
        named = urls.mint("sources", sha256(f"{definition.value} {source} {address}".encode()).hexdigest()[:32])
        yield Triple(definition, DCT.source, named)
        yield Triple(named, RDFS.label, Literal(source))
        yield Triple(named, RDFS.seeAlso, NamedNode(address))
    elif source or is_iri(address):
        yield Triple(definition, DCT.source, NamedNode(address) if is_iri(address) else Literal(source))
