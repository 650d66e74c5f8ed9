"""What a thing is called: term, label, title or name, in whatever graph says it."""

from pyoxigraph import Literal, NamedNode

from ontologies.namespaces import DCT, FOAF, RDFS, SKOS, VCARD
from ontologies.organisations import organisation_name
from registry.catalogue.queries import is_iri
from registry.catalogue.texts import LANGUAGES, Reference, Text, Texts, texts_of
from sparql.store import Reader

_NAMES = (SKOS.prefLabel, DCT.title, FOAF.name, VCARD.fn, VCARD.hasOrganizationName, RDFS.label)


def labelled(reader: Reader, uri: str) -> Reference:
    """The thing with its labels; none where the register does not know it."""
    if not is_iri(uri):
        return Reference(uri)
    node = NamedNode(uri)
    said = (quad.object for each in _NAMES for quad in reader.quads(node, each) if isinstance(quad.object, Literal))
    return Reference(uri, texts_of(said) or _well_known(uri))


def labelled_if(reader: Reader, uri: str) -> Reference | None:
    """The same; None for no IRI at all."""
    return labelled(reader, uri) if uri else None


def _well_known(uri: str) -> Texts:
    """The names of an agency that catalogues give by its number alone."""
    names = ((organisation_name(uri, language), language) for language in LANGUAGES)
    return tuple(Text(name, language) for name, language in names if name)
