"""What a thing is called: term, label, title or name, in whatever graph says it."""

from pyoxigraph import NamedNode

from registry.catalogue.queries import ask, is_iri
from registry.catalogue.texts import Reference, texts_of
from sparql.store import Reader


def labelled(reader: Reader, uri: str) -> Reference:
    """The thing with its labels; none where the register does not know it."""
    if not is_iri(uri):
        return Reference(uri)
    return Reference(uri, texts_of(row["label"] for row in ask(reader, "labels", thing=NamedNode(uri))))


def labelled_if(reader: Reader, uri: str) -> Reference | None:
    """The same; None for no IRI at all."""
    return labelled(reader, uri) if uri else None
