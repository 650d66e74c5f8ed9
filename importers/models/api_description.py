"""What an OpenAPI document says of the API as a whole: title, addresses, licence, contact, who is let in."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode

from importers.concepts.values import to_iri
from importers.models.builder import ModelBuilder, Words
from importers.models.catalogue import ModelCatalogue
from ontologies.namespaces import DCAT, DCT, FOAF, OWL, RDF, RDFS, SAMSVAR, VCARD, XSD


def describe_api(
    catalogue: ModelCatalogue, builder: ModelBuilder, service: NamedNode, document: Mapping[str, Any]
) -> None:
    """Adds the data service itself; what it lacks is told when the catalogue is closed."""
    info = members(document.get("info"))
    title = text(info, "title")
    builder.describe(service, DCAT.DataService, Words("", title, text(info, "description") or text(info, "summary")))
    builder.text(service, OWL.versionInfo, text(info, "version"))
    builder.add(service, DCT.conformsTo, builder.model)
    if catalogue.publisher is not None:
        builder.add(service, DCT.publisher, catalogue.publisher)
    for predicate, link in (
        (DCT.license, text(members(info.get("license")), "url")),
        (DCT.rights, text(info, "termsOfService")),
        (FOAF.page, text(members(document.get("externalDocs")), "url")),
    ):
        _link(builder, service, predicate, link)
    _licence_by_name(builder, service, members(info.get("license")))
    _contact(builder, service, members(info.get("contact")))
    for tag in document.get("tags") or ():
        builder.text(service, DCAT.keyword, text(members(tag), "name"))
    _servers(catalogue, builder, service, document)
    for scheme in security_schemes(document, document.get("security")):
        builder.text(service, SAMSVAR.securityScheme, scheme)


def _link(builder: ModelBuilder, subject: NamedNode, predicate: NamedNode, written: str) -> None:
    if iri := to_iri(written):
        builder.add(subject, predicate, iri)


def _licence_by_name(builder: ModelBuilder, service: NamedNode, licence: Mapping[str, Any]) -> None:
    """A licence that has no address; an SPDX identifier has one."""
    identifier = text(licence, "identifier")
    if identifier:
        _link(builder, service, DCT.license, f"https://spdx.org/licenses/{identifier}")
    elif not text(licence, "url"):
        builder.text(service, DCT.rights, text(licence, "name"))


def _contact(builder: ModelBuilder, service: NamedNode, contact: Mapping[str, Any]) -> None:
    if not contact:
        return
    node = NamedNode(f"{service.value}/contact")
    builder.add(service, DCAT.contactPoint, node)
    builder.add(node, RDF.type, VCARD.Organization)
    builder.text(node, VCARD.fn, text(contact, "name"))
    if email := text(contact, "email"):
        _link(builder, node, VCARD.hasEmail, f"mailto:{email}")
    _link(builder, node, VCARD.hasURL, text(contact, "url"))


def _servers(catalogue: ModelCatalogue, builder: ModelBuilder, service: NamedNode, document: Mapping[str, Any]) -> None:
    """The first address is the endpoint, of which the profile has one; others stand beside it."""
    found = list(dict.fromkeys(_addresses(document)))
    absolute = [address for address in found if urlsplit(address).netloc and to_iri(address)]
    for address in found:
        if address not in absolute:
            catalogue.note(service, "server-without-address", address)
    for place, address in enumerate(absolute):
        _link(builder, service, RDFS.seeAlso if place else DCAT.endpointURL, address)
    if len(absolute) > 1:
        catalogue.note(service, "several-servers", ", ".join(absolute[1:]))


def _addresses(document: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of servers, their variables filled in with what they are by default."""
    for server in document.get("servers") or ():
        variables = members(members(server).get("variables"))
        written = text(members(server), "url")
        for name, variable in variables.items():
            written = written.replace(f"{{{name}}}", text(members(variable), "default"))
        if written:
            yield written


def security_schemes(document: Mapping[str, Any], required: Any) -> list[str]:
    """Who is let in, a text for each way of showing who asks."""
    schemes = members(members(document.get("components")).get("securitySchemes"))
    names = dict.fromkeys(name for one in required or () for name in members(one))
    scopes = {name: one[name] for one in required or () for name in members(one)}
    return [_scheme(name, members(schemes.get(name)), scopes[name]) for name in names]


def _scheme(name: str, scheme: Mapping[str, Any], scopes: Any) -> str:
    told = [text(scheme, key) for key in ("type", "scheme", "in", "name", "openIdConnectUrl")]
    wanted = [str(scope) for scope in scopes] if isinstance(scopes, list) else []
    return " ".join(filter(None, [*told, *wanted])) or name


def members(value: Any) -> Mapping[str, Any]:
    """The members of an object; none of anything else."""
    return value if isinstance(value, Mapping) else {}


def text(value: Mapping[str, Any], name: str) -> str:
    """A member that is a text, or a number as one; "" where there is none."""
    found = value.get(name)
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def flag(*, value: bool) -> Literal:
    """A boolean as RDF has it."""
    return Literal("true" if value else "false", datatype=XSD.boolean)
