"""The register as a catalogue of data (DCAT-AP-NO 2): each catalogue, the whole, the SPARQL service, the dumps.

The national directory can harvest it, and VoID takes the addresses of dumps from here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from ontologies.namespaces import ACCESS_RIGHT, DCAT, DCT, FOAF, ORGANISATION, RDF, SPDX, VCARD, VOID, XSD
from registry.catalogue.void import register_of
from registry.dumping.contents import SYNTAXES, WHOLE, Dump
from registry.dumping.files import DumpFile
from registry.urls import Urls

_AUTHORITY = "http://publications.europa.eu/resource/authority"
_THEME = NamedNode(f"{_AUTHORITY}/data-theme/GOVE")
_SHA_256 = SPDX.checksumAlgorithm_sha256
_FILE_TYPES = {
    "ttl": "RDF_TURTLE",
    "jsonld": "JSON_LD",
    "rdf": "RDF_XML",
    "nt": "RDF_N_TRIPLES",
    "nq": "RDF_N_QUADS",
    "trig": "RDF_TRIG",
}
_TITLES = {
    "register": {"nb": "Registeret som helhet", "nn": "Registeret som heilskap", "en": "The register as a whole"},
    "catalogue": {
        "nb": "Samsvar: begreper og informasjonsmodeller",
        "nn": "Samsvar: omgrep og informasjonsmodellar",
        "en": "Samsvar: concepts and information models",
    },
    "service": {"nb": "SPARQL-endepunkt", "nn": "SPARQL-endepunkt", "en": "SPARQL endpoint"},
}
_SAYS = {
    "register": {
        "nb": "Alt registeret holder, med funnene om begreper som ikke stemmer overens.",
        "nn": "Alt registeret held, med funna om omgrep som ikkje stemmer overeins.",
        "en": "All that the register holds.",
    },
    "dataset": {
        "nb": "Katalogen slik den ble hentet inn i registeret.",
        "nn": "Katalogen slik han vart henta inn i registeret.",
        "en": "The catalogue as it came into the register.",
    },
    "catalogue": {
        "nb": "Begrepskataloger, informasjonsmodeller, datasett og tjenester, med loven de hviler på.",
        "nn": "Omgrepskatalogar, informasjonsmodellar, datasett og tenester, med lova dei kviler på.",
        "en": "Concept catalogues, information models, datasets and services, with the law that they rest on.",
    },
    "service": {
        "nb": "Spørringer i SPARQL 1.1 over alt registeret holder.",
        "nn": "Spørjingar i SPARQL 1.1 over alt registeret held.",
        "en": "Queries in SPARQL 1.1 over all that the register holds.",
    },
}


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the register: nine digits, and an e-mail or web address; each "" where it is not set."""

    number: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """A dump with those of its files that are current, by suffix."""

    dump: Dump
    files: Mapping[str, DumpFile]


def place(urls: Urls, part: str) -> NamedNode:
    """The URI of a part of the description."""
    return NamedNode(f"{urls.base}/dumps#{part}")


def catalogue(urls: Urls, address: str, operator: Operator, dumps: list[Described]) -> Iterator[Triple]:
    """The whole description; `address` is where the register is served, without a slash."""
    node, service = place(urls, "catalogue"), place(urls, "sparql")
    yield Triple(node, RDF.type, DCAT.Catalog)
    yield from _texts(node, _TITLES["catalogue"], _SAYS["catalogue"])
    yield from _whose(urls, node, operator)
    yield Triple(node, FOAF.homepage, NamedNode(f"{address}/"))
    newest = max(each.dump.modified for each in dumps)
    yield Triple(node, DCT.modified, Literal(newest.isoformat(), datatype=XSD.dateTime))
    yield Triple(node, DCAT.service, service)
    yield from _service(urls, service, address, operator)
    for each in dumps:
        dataset = place(urls, f"dataset-{each.dump.name}")
        yield Triple(node, DCAT.dataset, dataset)
        yield Triple(service, DCAT.servesDataset, dataset)
        yield from _dataset(urls, dataset, address, operator, each)
    if operator.contact:
        contact = place(urls, "contact")
        yield Triple(contact, RDF.type, VCARD.Organization)
        if "://" in operator.contact:
            yield Triple(contact, VCARD.hasURL, NamedNode(operator.contact))
        else:
            yield Triple(contact, VCARD.hasEmail, NamedNode(f"mailto:{operator.contact}"))
        yield Triple(contact, VCARD.fn, Literal("Samsvar", language="nb"))


def data_dumps(urls: Urls, address: str) -> Iterator[Triple]:
    """Where the whole register can be had at once, for VoID."""
    for suffix in SYNTAXES:
        yield Triple(register_of(urls), VOID.dataDump, NamedNode(f"{address}/dumps/{WHOLE}.{suffix}"))


def _service(urls: Urls, node: NamedNode, address: str, operator: Operator) -> Iterator[Triple]:
    yield Triple(node, RDF.type, DCAT.DataService)
    yield from _texts(node, _TITLES["service"], _SAYS["service"])
    yield from _whose(urls, node, operator)
    yield Triple(node, DCAT.endpointURL, NamedNode(f"{address}/sparql"))
    yield Triple(node, DCAT.endpointDescription, NamedNode(f"{address}/sparql"))
    yield Triple(node, DCAT.theme, _THEME)
    yield Triple(node, DCT.conformsTo, NamedNode("https://www.w3.org/TR/sparql11-protocol/"))
    yield Triple(node, DCT.accessRights, ACCESS_RIGHT.PUBLIC)


def _dataset(urls: Urls, node: NamedNode, address: str, operator: Operator, of: Described) -> Iterator[Triple]:
    about = of.dump.about
    yield Triple(node, RDF.type, DCAT.Dataset)
    titles = {(text.language or "nb"): text.value for text in about.name} if about else _TITLES["register"]
    yield from _texts(node, titles, _SAYS["dataset" if about else "register"])
    yield from _whose(urls, node, operator, about.publisher.uri if about and about.publisher else "")
    yield Triple(node, DCAT.theme, _THEME)
    yield Triple(node, DCT.identifier, Literal(node.value))
    yield Triple(node, DCT.accessRights, ACCESS_RIGHT.PUBLIC)
    yield Triple(node, DCT.modified, Literal(of.dump.modified.isoformat(), datatype=XSD.dateTime))
    if about:
        yield Triple(node, DCAT.landingPage, NamedNode(f"{address}{about.path}"))
    for suffix in SYNTAXES:
        form = place(urls, f"distribution-{of.dump.name}-{suffix}")
        yield Triple(node, DCAT.distribution, form)
        yield from _distribution(form, f"{address}/dumps/{of.dump.name}.{suffix}", suffix, of.files.get(suffix))


def _distribution(node: NamedNode, address: str, suffix: str, file: DumpFile | None) -> Iterator[Triple]:
    syntax = SYNTAXES[suffix]
    yield Triple(node, RDF.type, DCAT.Distribution)
    yield Triple(node, DCT.title, Literal(syntax.label, language="nb"))
    yield Triple(node, DCAT.accessURL, NamedNode(address))
    yield Triple(node, DCAT.downloadURL, NamedNode(address))
    yield Triple(node, DCT["format"], NamedNode(f"{_AUTHORITY}/file-type/{_FILE_TYPES[suffix]}"))
    yield Triple(node, DCAT.mediaType, NamedNode(f"https://www.iana.org/assignments/media-types/{syntax.media_type}"))
    if file:
        checksum = NamedNode(f"{node.value}-sha256")
        yield Triple(node, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger))
        yield Triple(node, SPDX.checksum, checksum)
        yield Triple(checksum, RDF.type, SPDX.Checksum)
        yield Triple(checksum, SPDX.algorithm, _SHA_256)
        yield Triple(checksum, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary))


def _texts(node: NamedNode, titles: Mapping[str, str], says: Mapping[str, str]) -> Iterator[Triple]:
    for predicate, texts in ((DCT.title, titles), (DCT.description, says)):
        for language, text in texts.items():
            yield Triple(node, predicate, Literal(text, language=language))


def _whose(urls: Urls, node: NamedNode, operator: Operator, publisher: str = "") -> Iterator[Triple]:
    """Its publisher, who runs the register where the catalogue names none; and the contact point."""
    owner = publisher or (ORGANISATION[operator.number].value if operator.number else "")
    if owner:
        yield Triple(node, DCT.publisher, NamedNode(owner))
    if operator.contact:
        yield Triple(node, DCAT.contactPoint, place(urls, "contact"))
