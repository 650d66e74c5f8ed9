"""A decision as RDF: what is appended to the graph of decisions, with SSSOM's properties where it maps."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, PROV, RDF, SAMSVAR, SEMAPV, SKOS, SSSOM, XSD
from registry.catalogue.texts import Text
from registry.settling.decisions import DENIALS, MAPPINGS, Decision


def predicate_of(made: Decision) -> NamedNode | None:
    """The property that the decision is about; None where it says nothing of how the concepts stand to each other."""
    if made.outcome in MAPPINGS:
        return SKOS[made.outcome]
    if made.outcome in DENIALS:
        return SKOS.exactMatch
    return DCT.isReplacedBy if made.outcome == "isReplacedBy" else None


def triples_of(made: Decision) -> Iterator[Triple]:
    """Everything about one decision."""
    node = NamedNode(made.uri)
    yield Triple(node, RDF.type, SAMSVAR.ConceptDecision)
    yield Triple(node, RDF.type, PROV.Activity)
    yield Triple(node, SSSOM.subject_id, NamedNode(made.concepts[0]))
    yield Triple(node, SSSOM.object_id, NamedNode(made.concepts[1]))
    yield Triple(node, PROV.endedAtTime, Literal(made.time, datatype=XSD.dateTime))
    yield from _mapping(node, made)
    words = {SAMSVAR.outcome: made.outcome, SAMSVAR.reasonCode: made.code, DCT.description: made.why}
    yield from (Triple(node, name, Literal(value)) for name, value in words.items() if value)
    yield Triple(node, SAMSVAR.decidedBy, Literal(made.hand))
    links = {
        PROV.wasAssociatedWith: made.organisation,
        SAMSVAR.finding: made.finding,
        SAMSVAR["case"]: made.case,
        SAMSVAR.confirms: made.confirms,
    }
    yield from (Triple(node, name, NamedNode(iri)) for name, iri in links.items() if iri)
    if made.awaits:
        yield Triple(node, SAMSVAR.awaitsSecondPerson, Literal("true", datatype=XSD.boolean))
    yield from (Triple(node, SAMSVAR.fingerprint, Literal(each)) for each in sorted(made.fingerprints))
    for name, texts in zip((SAMSVAR.subjectText, SAMSVAR.objectText), made.texts, strict=True):
        yield from (Triple(node, name, _literal(text)) for text in texts)


def _mapping(node: NamedNode, made: Decision) -> Iterator[Triple]:
    """What SSSOM says of a mapping that people have made, or have denied."""
    predicate = predicate_of(made)
    if predicate is None:
        return
    yield Triple(node, SSSOM.predicate_id, predicate)
    yield Triple(node, SSSOM.mapping_justification, SEMAPV.ManualMappingCuration)
    if made.outcome in DENIALS:
        yield Triple(node, SSSOM.predicate_modifier, Literal("Not"))


def _literal(text: Text) -> Literal:
    return Literal(text.value, language=text.language) if text.language else Literal(text.value)
