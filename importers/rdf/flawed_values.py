"""Single IRIs and typed literals that real files write wrongly in a way that leaves no doubt what is meant."""

import re
from datetime import date

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import (
    ACCESS_RIGHT,
    ADMS,
    DCAT,
    DCT,
    EUVOC,
    FOAF,
    RDFS,
    SKOS,
    VCARD,
    XSD,
)

_POINTING = frozenset(
    {
        DCT.source, DCT.publisher, DCT.creator, DCT.subject, DCT.conformsTo, DCT.license, DCT.isPartOf, DCT.hasPart,
        DCT.references, DCT.isReplacedBy, DCT.replaces, DCT.accessRights, DCT.language, DCT.spatial, RDFS.seeAlso,
        SKOS.related, SKOS.broader, SKOS.narrower, SKOS.exactMatch, SKOS.closeMatch, SKOS.inScheme, SKOS.member,
        DCAT.theme, DCAT.landingPage, DCAT.accessURL, DCAT.downloadURL, DCAT.endpointURL, DCAT.endpointDescription,
        DCAT.contactPoint, EUVOC.status, ADMS.status, FOAF.homepage, FOAF.page, VCARD.hasEmail, VCARD.hasURL,
        VCARD.hasTelephone,
    }
)  # fmt: skip
"""Properties whose value is an IRI."""

_WHOLE = frozenset(
    XSD[name]
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt",
        "unsignedLong", "unsignedShort", "unsignedByte", "negativeInteger", "nonPositiveInteger",
    )
)  # fmt: skip
_DATES = frozenset({XSD.date, XSD.dateTime})
TYPED = frozenset({*_WHOLE, *_DATES, XSD.decimal, XSD.anyURI})
"""Datatypes whose literals are looked at."""

_PLAIN_WHOLE = re.compile(r"-?[1-9]\d*|0")
_WRITTEN_WHOLE = re.compile(r"[+-]?\d+")
_PLAIN_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?")
_WRITTEN_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d*)?")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_NORWEGIAN = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})")
_YEAR = re.compile(r"\d{4}")
_OFFSET = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*([+-]\d{2})(\d{2})")
_LOVDATA = re.compile(r"https?://(?:www\.)?lovdata\.no/\S*§\S*")


def mended_iri(iri: str) -> tuple[NamedNode | None, str] | None:
    """What is meant by an IRI with a known flaw, and the code of the repair; None for every other IRI."""
    if "§" in iri and _LOVDATA.fullmatch(iri):
        return _named(iri.replace("§", "%C2%A7")), "section-sign-encoded"
    if iri.startswith(ACCESS_RIGHT.iri) and "-" in (code := iri.removeprefix(ACCESS_RIGHT.iri)):
        return ACCESS_RIGHT[code.replace("-", "_")], "code-mended"
    return None


def mended_literal(literal: Literal, predicate: NamedNode) -> tuple[Literal | NamedNode | None, str]:
    """What is meant by a literal of one of the types in `TYPED`, and the code of the repair ("" for none)."""
    text, datatype = literal.value, literal.datatype
    if datatype == XSD.anyURI:
        node = _named(text.strip()) if predicate in _POINTING and _IRI.fullmatch(text.strip()) else None
        return (literal, "") if node is None else (node, "uri-as-text")
    if datatype in _DATES:
        return _date(literal)
    if predicate == XSD.pattern:
        return Literal(text), "lexical-form-kept"
    plain, written = (_PLAIN_DECIMAL, _WRITTEN_DECIMAL) if datatype == XSD.decimal else (_PLAIN_WHOLE, _WRITTEN_WHOLE)
    if written.fullmatch(text) and not plain.fullmatch(text):
        return Literal(text), "lexical-form-kept"
    return literal, ""


def _date(literal: Literal) -> tuple[Literal | None, str]:
    text, datatype = literal.value.strip(), literal.datatype
    if not text:
        return None, "empty-value"
    if day := _norwegian_day(text):
        return Literal(day.isoformat(), datatype=XSD.date), "date-mended"
    if _YEAR.fullmatch(text):
        return Literal(text, datatype=XSD.gYear), "date-mended"
    if found := _OFFSET.fullmatch(text):
        return Literal(f"{found[1]}{found[2]}:{found[3]}", datatype=datatype), "date-mended"
    if datatype == XSD.dateTime and _ISO.fullmatch(text):
        return Literal(text, datatype=XSD.date), "date-mended"
    return literal, ""


def _norwegian_day(text: str) -> date | None:
    """A day written dd.mm.yyyy, None for anything else and for a day that no calendar has."""
    found = _NORWEGIAN.fullmatch(text)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None


def _named(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None
