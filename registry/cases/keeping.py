"""Opening and writing in cases, and what the store says of them in ``{base}/graph/cases``.

The working document is in ``state.db``; what everybody may know stands in the store: title, parties, state, what the
case is about, what was chosen, and which concept came of it.

Reads: findings, concepts. Writes: state.db, the graph of cases.
"""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, ORGANISATION, RDF, SAMSVAR, SKOS, XSD
from registry.access.tokens import Token
from registry.cases.case import KIND, MOST_CONCEPTS, Case, case, check, may_open, may_work
from registry.editing.drafts import draft
from registry.errors import BadRequestError
from registry.ledger.ledger import Entry, FieldError, Put
from registry.provenance import Deed
from registry.services import Services
from registry.urls import Urls
from sparql.changes import Changes
from sparql.store import WriteSession

_SHOWN = ("title", "responsible", "deadline", "parties", "state", "common", "existing", "owner")
_SHOWN_OF_CONCEPTS = ("concept", "finding", "outcome", "outcome-reason")


def open_case(services: Services, token: Token, puts: Iterable[Put], once: str = "") -> Case:
    """A new case. The opener's organisation takes part in it, and is responsible where nobody else is named.

    The same `once` again gives the case that there is.

    Raises:
        BadRequestError: a field that there is not, or a concept that the register does not hold.
        ForbiddenError: the token opens no cases.
    """
    may_open(token)
    asked = list(puts)
    check(asked)
    given = {each.field: each.value for each in asked}
    own = [token.organisation] if token.organisation else []
    parties = [*own, *given.get("parties", "").split()]
    given |= {"parties": "\n".join(dict.fromkeys(parties)), "state": "open"}
    given.setdefault("responsible", token.organisation)
    wanted = [Put(name, value) for name, value in given.items() if value]
    _must_hold(services, wanted)
    made = case(services.ledger, services.ledger.open(KIND, token, wanted, by_year=True, once=once))
    show(services, token, made.id)
    return made


def write(services: Services, token: Token, identifier: str, puts: Iterable[Put]) -> Case:
    """Writes fields of a case; the store is told of those that everybody may know.

    Raises:
        BadRequestError: no such field, or the case is closed.
        ForbiddenError: the token's organisation does not take part.
        EditedMeanwhileError: somebody else has written the same fields.
    """
    found = case(services.ledger, identifier)
    may_work(token, found)
    wanted = list(puts)
    check(wanted)
    _must_hold(services, wanted)
    if not found.is_open and not any(each.field == "state" for each in wanted):
        raise BadRequestError("The case is closed: open it again to write in it.")
    services.ledger.write(KIND, identifier, token, wanted, _few_enough)
    if any(each.field in _SHOWN or each.field.partition(":")[0] in _SHOWN_OF_CONCEPTS for each in wanted):
        show(services, token, identifier)
    return case(services.ledger, identifier)


def show(services: Services, token: Token, identifier: str) -> None:
    """Has the store say of the case what it says now."""
    found = case(services.ledger, identifier)
    graph = services.urls.graph("cases")
    with services.alone() as writing:
        changes = Changes()
        for triple in _told(writing.session, services.urls, identifier):
            changes.remove(graph.value, triple)
        for triple in triples_of(services.urls, found):
            changes.add(graph.value, triple)
        writing.write(changes, Deed(token.id, token.organisation, f"case {identifier}"))


def triples_of(urls: Urls, found: Case) -> Iterator[Triple]:
    """What everybody may know of a case."""
    node = urls.mint("cases", found.id)
    yield Triple(node, RDF.type, SAMSVAR.Case)
    yield Triple(node, DCT.identifier, Literal(found.id))
    yield Triple(node, DCT.title, Literal(found.title))
    yield Triple(node, SAMSVAR.caseState, Literal("open" if found.is_open else "closed"))
    for name, time in ((DCT.created, found.opened), (DCT.modified, found.changed)):
        yield Triple(node, name, Literal(time.replace("+00:00", "Z"), datatype=XSD.dateTime))
    for number in found.parties:
        yield Triple(node, SAMSVAR.party, ORGANISATION[number])
    if found.get("responsible"):
        yield Triple(node, SAMSVAR.responsible, ORGANISATION[found.get("responsible")])
    if found.get("deadline"):
        yield Triple(node, SAMSVAR.deadline, Literal(found.get("deadline"), datatype=XSD.date))
    for finding in found.findings:
        yield Triple(node, SAMSVAR.finding, NamedNode(finding))
    if common := common_concept(urls, found):
        yield Triple(node, SAMSVAR.commonConcept, NamedNode(common))
    for place, concept in enumerate(found.concepts, 1):
        yield from _outcome(node, place, found, concept)


def common_concept(urls: Urls, found: Case) -> str:
    """The IRI of the concept that the parties are to have in common, "" as long as there is none."""
    if found.get("existing"):
        return found.get("existing")
    return urls.mint("concepts", found.get("common")).value if found.get("common") else ""


def _outcome(node: NamedNode, number: int, found: Case, concept: str) -> Iterator[Triple]:
    """That the case is about a concept, and what was chosen for it."""
    yield Triple(node, SAMSVAR.concerns, NamedNode(concept))
    chosen = found.get(f"outcome:{concept}")
    if not chosen:
        return
    outcome = NamedNode(f"{node.value}/outcomes/{number}")
    yield Triple(node, SAMSVAR.hasOutcome, outcome)
    yield Triple(outcome, RDF.type, SAMSVAR.CaseOutcome)
    yield Triple(outcome, SAMSVAR.concept, NamedNode(concept))
    yield Triple(outcome, SAMSVAR.outcome, Literal(chosen))
    if reason := found.get(f"outcome-reason:{concept}"):
        yield Triple(outcome, DCT.description, Literal(reason))


def _told(session: WriteSession, urls: Urls, identifier: str) -> list[Triple]:
    """What the store says of a case, with its outcomes."""
    node, graph = urls.mint("cases", identifier), urls.graph("cases")
    own = [quad.triple for quad in session.quads(subject=node, graph=graph)]
    parts = [each.object for each in own if each.predicate == SAMSVAR.hasOutcome]
    return own + [
        quad.triple
        for part in parts
        if isinstance(part, NamedNode)
        for quad in session.quads(subject=part, graph=graph)
    ]


def _must_hold(services: Services, puts: Iterable[Put]) -> None:
    """Looks whether there are the concepts and the draft that fields name.

    Raises:
        FieldError: there is no such concept.
        NotFoundError: there is no such draft.
    """
    reader = services.store.reader()
    for each in puts:
        name, _, concept = each.field.partition(":")
        if name == "common" and each.value:
            draft(services.ledger, each.value)
        if name == "existing" and each.value:
            name, concept = "concept", each.value
        if name != "concept" or not each.value:
            continue
        types = {quad.object for quad in reader.quads(NamedNode(concept), RDF.type)}
        if types.isdisjoint({SKOS.Concept, SAMSVAR.StatutoryConcept}):
            raise FieldError(f"{concept} is no concept that the register holds.", each.field, "concept", concept)


def _few_enough(held: Mapping[str, Entry]) -> None:
    if sum(name.startswith("concept:") for name in held) > MOST_CONCEPTS:
        raise FieldError(f"A case is about {MOST_CONCEPTS} concepts at most.", "concept", "many")
