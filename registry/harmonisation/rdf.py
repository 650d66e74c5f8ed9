"""Findings as RDF. No blank nodes: evidence has the URI of the finding with its number, a place that of the evidence.

    <{base}/conflicts/{id}> a samsvar:Finding ; samsvar:term "barn"@nb ; samsvar:termKey "barn" ; samsvar:metBy "term" ;
        samsvar:severity "major" ; samsvar:relation "overlapping" ; samsvar:label "conflict" ; samsvar:sameScore 0.12 ;
        samsvar:rank 14123 ; samsvar:fingerprint "...-..." ; prov:wasAttributedTo <...> ;
        samsvar:firstConcept <...> ; samsvar:secondConcept <...> ;
        samsvar:firstDefinition <...> ; samsvar:secondDefinition <...> ; samsvar:firstLanguage "nb" ;
        samsvar:firstFingerprint "..." ; samsvar:firstCatalogue <...> ; samsvar:hasEvidence <.../evidence/1> ;
        sssom:subject_id <...> ; sssom:predicate_id samsvar:overlapping ; sssom:object_id <...> .
    <{base}/conflicts/{id}/evidence/1> a samsvar:Evidence ; samsvar:evidenceKind "ThresholdDifference" ;
        dct:description "..."@nb, "..."@nn, "..."@en ; samsvar:firstValue "under 18 år" ;
        samsvar:firstSpan <{base}/conflicts/{id}/evidence/1/first> .
    <{base}/conflicts/{id}/evidence/1/first> a oa:TextPositionSelector ; oa:start 12 ; oa:end 20 .

Evidence that is a proof is told in OWL as well (`proofs.owl`). A circle is a samsvar:CircularFinding as well, a finding
about sources a samsvar:SourceFinding; those are about one concept and have no SSSOM properties. Lower `samsvar:rank`
comes first in the queue.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import DCT, OA, PROV, RDF, SAMSVAR, SEMAPV, SSSOM, XSD
from registry.harmonisation.candidates import keys, meeting_key
from registry.harmonisation.detector import detector
from registry.harmonisation.encounters import encounter_key
from registry.harmonisation.findings import fingerprint, is_circle, pair_fingerprint
from registry.harmonisation.proofs.owl import proof_triples
from registry.harmonisation.records import (
    DefinitionRecord,
    Evidence,
    Finding,
    Span,
)
from registry.harmonisation.source_findings import is_about_sources
from registry.urls import Urls
from sparql.store import Reader

JUSTIFICATION = SEMAPV.LexicalSimilarityThresholdMatching
"""How a suggestion came about, for SSSOM: the words of two definitions were compared, and nobody has looked."""


@cache
def query(name: str) -> str:
    """The text of ``{name}.rq`` beside this module."""
    return files("registry.harmonisation").joinpath(f"{name}.rq").read_text(encoding="utf-8")


def to_triples(finding: Finding, urls: Urls) -> list[Triple]:
    """Everything about one finding."""
    node = urls.mint("conflicts", finding.id)
    return [
        *_description(node, finding),
        *_side(node, finding.a, "first"),
        *_side(node, finding.b, "second"),
        *_suggestion(node, finding),
        Triple(node, PROV.wasAttributedTo, detector(urls)),
        *(
            triple
            for number, item in enumerate(finding.comparison.evidence, 1)
            for triple in _evidence(node, number, item)
        ),
    ]


def _description(node: NamedNode, finding: Finding) -> Iterator[Triple]:
    comparison = finding.comparison
    yield Triple(node, RDF.type, SAMSVAR.Finding)
    if is_about_sources(finding):
        yield Triple(node, RDF.type, SAMSVAR.SourceFinding)
    elif is_circle(finding):
        yield Triple(node, RDF.type, SAMSVAR.CircularFinding)
    yield Triple(node, DCT.identifier, Literal(finding.id))
    yield Triple(node, SAMSVAR.term, Literal(finding.term, language=finding.a.language))
    for key in term_keys(finding):
        yield Triple(node, SAMSVAR.termKey, Literal(key))
    yield Triple(node, SAMSVAR.metBy, Literal(finding.met))
    if finding.met != "term":
        yield Triple(node, SAMSVAR.meetingKey, Literal(encounter_key(finding.a, finding.b)))
    if finding.through:
        yield Triple(node, SAMSVAR.through, Literal(finding.through))
    yield Triple(node, SAMSVAR.severity, Literal(comparison.severity))
    yield Triple(node, SAMSVAR.relation, Literal(comparison.relation))
    yield Triple(node, SAMSVAR.label, Literal(comparison.label))
    yield Triple(node, SAMSVAR.sameScore, Literal(f"{comparison.same_score:.3f}", datatype=XSD.decimal))
    yield Triple(node, SAMSVAR["rank"], Literal(finding.rank))
    yield Triple(node, SAMSVAR.fingerprint, Literal(pair_fingerprint(finding.a, finding.b)))


def _suggestion(node: NamedNode, finding: Finding) -> Iterator[Triple]:
    """The relation of two concepts as SSSOM says it, with terms of our own: no mapping, which takes a person."""
    a, b = finding.a.concept, finding.b.concept
    if a and b and a != b and not is_circle(finding):
        yield Triple(node, SSSOM.subject_id, NamedNode(a))
        yield Triple(node, SSSOM.predicate_id, SAMSVAR[finding.comparison.relation])
        yield Triple(node, SSSOM.object_id, NamedNode(b))
        yield Triple(node, SSSOM.mapping_justification, JUSTIFICATION)


def term_keys(finding: Finding) -> list[str]:
    """The key under which two definitions met; where they met under none, the keys of both recommended terms."""
    if is_circle(finding) or finding.met != "term":
        return sorted({keys(side)[0] for side in (finding.a, finding.b) if keys(side)})
    key = meeting_key(finding.a, finding.b)
    return [key] if key else []


def _side(node: NamedNode, side: DefinitionRecord, which: str) -> Iterator[Triple]:
    links = {
        "Concept": side.concept,
        "Definition": side.definition,
        "Catalogue": side.catalogue,
        "Publisher": side.publisher,
    }
    for name, iri in links.items():
        if iri:
            yield Triple(node, SAMSVAR[which + name], NamedNode(iri))
    yield Triple(node, SAMSVAR[which + "Language"], Literal(side.language))
    yield Triple(node, SAMSVAR[which + "Fingerprint"], Literal(fingerprint(side.text)))


def _evidence(finding: NamedNode, number: int, item: Evidence) -> Iterator[Triple]:
    node = NamedNode(f"{finding.value}/evidence/{number}")
    yield Triple(finding, SAMSVAR.hasEvidence, node)
    yield Triple(node, RDF.type, SAMSVAR.Evidence)
    yield Triple(node, SAMSVAR.evidenceKind, Literal(item.kind))
    for language, sentence in item.explanation.items():
        yield Triple(node, DCT.description, Literal(sentence, language=language))
    for which, span, value in (("first", item.a_span, item.a_value), ("second", item.b_span, item.b_value)):
        if span is not None:
            yield from _selector(node, which, span)
        if value:
            yield Triple(node, SAMSVAR[which + "Value"], Literal(value))
    if item.proof:
        yield from proof_triples(node, item.proof)


def _selector(evidence: NamedNode, which: str, span: Span) -> Iterator[Triple]:
    """A place in a definition's text, as the Web Annotation vocabulary describes it."""
    node = NamedNode(f"{evidence.value}/{which}")
    yield Triple(evidence, SAMSVAR[which + "Span"], node)
    yield Triple(node, RDF.type, OA.TextPositionSelector)
    yield Triple(node, OA.start, Literal(span[0]))
    yield Triple(node, OA.end, Literal(span[1]))


def triples_of(reader: Reader, urls: Urls, node: NamedNode) -> Iterator[Triple]:
    """Everything that the store says about one finding, with what has its URI below the finding's."""
    waiting, seen = [node], {node}
    while waiting:
        for quad in reader.quads(waiting.pop(), None, None, urls.findings):
            yield quad.triple
            part = quad.object
            if isinstance(part, NamedNode) and part.value.startswith(f"{node.value}/") and part not in seen:
                seen.add(part)
                waiting.append(part)
