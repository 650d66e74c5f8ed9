"""The register's own indicators of concepts, after the national ones of datasets: 200 points (docs/quality.md)."""

from pyoxigraph import NamedNode

from ontologies.namespaces import DCAT, DCT, EUVOC, OWL, RDF, RDFS, SKOS, SKOSNO, UNESKOS, VCARD, XKOS
from registry.quality import common_indicators as common
from registry.quality.facts import Facts, has, iris, language_of, literals
from registry.quality.indicators import Indicator, Test, mandatory, says, words

_RELATIONS = (
    *(SKOS.related, SKOS.broader, SKOS.narrower, XKOS.specializes, XKOS.generalizes, XKOS.isPartOf, XKOS.hasPart),
    *(SKOSNO.hasGenericConceptRelation, SKOSNO.hasPartitiveConceptRelation, SKOSNO.isFromConceptIn, RDFS.seeAlso),
)
_MAPPINGS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


def parts(facts: Facts, concept: NamedNode) -> list[NamedNode]:
    """What is judged with a concept: itself and its definitions."""
    return [concept, *iris(facts, concept, EUVOC.xlDefinition)]


def _languages(facts: Facts, concept: NamedNode) -> set[str]:
    return {language_of(term) for term in literals(facts, concept, SKOS.prefLabel) if term.value.strip()}


def _term_in(language: str) -> Test:
    return lambda facts, thing: float(language in _languages(facts, thing))


def _definition_languages(facts: Facts, concept: NamedNode) -> set[str]:
    notes = [text for note in iris(facts, concept, EUVOC.xlDefinition) for text in literals(facts, note, RDF.value)]
    texts = [*literals(facts, concept, SKOS.definition), *notes]
    return {language_of(text) for text in texts if text.value.strip()}


def _defined(facts: Facts, concept: NamedNode) -> float:
    return float(bool(_definition_languages(facts, concept)))


def _defined_in_each(facts: Facts, concept: NamedNode) -> float:
    """The share of the languages of its terms in which it is defined."""
    terms = _languages(facts, concept)
    return len(terms & _definition_languages(facts, concept)) / len(terms) if terms else 0.0


def _definition_says(*properties: NamedNode) -> Test:
    return lambda facts, thing: float(
        any(has(facts, note, *properties) for note in iris(facts, thing, EUVOC.xlDefinition))
    )


def _reachable(facts: Facts, thing: NamedNode) -> float:
    ways = (VCARD.hasEmail, VCARD.hasURL, VCARD.hasTelephone)
    return float(any(has(facts, contact, *ways) for contact in iris(facts, thing, DCAT.contactPoint)))


def _web_address(_facts: Facts, thing: NamedNode) -> float:
    return float(thing.value.startswith(("http://", "https://")))


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "termBokmal", "findability", 15, words("Term på bokmål", "Term på bokmål", "Term in bokmål"), _term_in("nb")
    ),
    Indicator(
        "termNynorsk", "findability", 10, words("Term på nynorsk", "Term på nynorsk", "Term in nynorsk"), _term_in("nn")
    ),
    Indicator(
        "termEnglish", "findability", 5, words("Term på engelsk", "Term på engelsk", "Term in English"), _term_in("en")
    ),
    Indicator("subject", "findability", 15, words("Fagområde", "Fagområde", "Subject field"), says(DCT.subject)),
    Indicator(
        "otherTerms",
        "findability",
        5,
        words("Tillatte eller frarådde termer", "Tillatne eller frårådde termar", "Admitted or deprecated terms"),
        says(SKOS.altLabel, SKOS.hiddenLabel),
    ),
    Indicator("webAddress", "accessibility", 10, words("HTTP-URI", "HTTP-URI", "HTTP URI"), _web_address),
    common.contact_point(10, "accessibility"),
    Indicator(
        "contactReachable",
        "accessibility",
        10,
        words(
            "Kontaktpunktet har e-post, telefon eller nettside",
            "Kontaktpunktet har e-post, telefon eller nettside",
            "The contact point has e-mail, telephone or a page",
        ),
        _reachable,
    ),
    Indicator(
        "identifier",
        "interoperability",
        10,
        words("Identifikator", "Identifikator", "Identifier"),
        says(DCT.identifier),
    ),
    Indicator(
        "skosApCompliance",
        "interoperability",
        20,
        words(
            "Det obligatoriske i SKOS-AP-NO er med",
            "Det obligatoriske i SKOS-AP-NO er med",
            "What SKOS-AP-NO makes mandatory is there",
        ),
        mandatory,
    ),
    Indicator(
        "related",
        "interoperability",
        10,
        words("Relasjon til et annet begrep", "Relasjon til eit anna omgrep", "Relation to another concept"),
        says(*_RELATIONS),
    ),
    Indicator(
        "mapped",
        "interoperability",
        10,
        words(
            "Samsvar med et begrep i en annen katalog",
            "Samsvar med eit omgrep i ein annan katalog",
            "Match with a concept of another catalogue",
        ),
        says(*_MAPPINGS),
    ),
    Indicator("definition", "reusability", 20, words("Definisjon", "Definisjon", "Definition"), _defined),
    Indicator(
        "definitionLanguages",
        "reusability",
        10,
        words(
            "Definisjon på hvert språk som har en term",
            "Definisjon på kvart språk som har ein term",
            "Definition in each language that has a term",
        ),
        _defined_in_each,
    ),
    Indicator(
        "source",
        "reusability",
        10,
        words("Kilde til definisjonen", "Kjelde til definisjonen", "Source of the definition"),
        _definition_says(DCT.source),
    ),
    Indicator(
        "relationshipWithSource",
        "reusability",
        5,
        words("Forhold til kilde", "Forhold til kjelde", "Relationship with the source"),
        _definition_says(SKOSNO.relationshipWithSource),
    ),
    common.publisher(5),
    Indicator(
        "noteOrExample",
        "contextuality",
        5,
        words("Merknad eller eksempel", "Merknad eller døme", "Note or example"),
        says(SKOS.scopeNote, SKOS.example),
    ),
    Indicator(
        "statusOrValidity",
        "contextuality",
        5,
        words("Status eller gyldighet", "Status eller gyldigheit", "Status or validity"),
        says(EUVOC.status, EUVOC.startDate, EUVOC.endDate),
    ),
    Indicator(
        "dated",
        "contextuality",
        5,
        words("Dato opprettet eller endret", "Dato oppretta eller endra", "Date created or changed"),
        says(DCT.created, DCT.modified),
    ),
    Indicator(
        "placed",
        "contextuality",
        5,
        words("Samling eller versjon", "Samling eller versjon", "Collection or version"),
        says(UNESKOS.memberOf, SKOS.inScheme, OWL.versionInfo),
    ),
)
