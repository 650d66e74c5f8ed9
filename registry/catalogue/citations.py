"""How a provision is cited: "aksjeloven § 1-1"."""

from pyoxigraph import NamedNode

from ontologies.namespaces import ELI
from registry.catalogue.labels import labelled
from registry.catalogue.queries import ask, iri
from registry.catalogue.texts import Reference, Text, texts_of
from sparql.store import Reader


def cited(reader: Reader, uri: str) -> Reference:
    """The section with the short title of its act and its number; an act or anything else by its own name."""
    rows = ask(reader, "citation", section=NamedNode(uri))
    if not rows:
        return labelled(reader, uri)
    titles = texts_of(row["short"] for row in rows if "short" in row) or texts_of(
        row["title"] for row in rows if "title" in row
    )
    number = iri(rows[0], "number")
    if not titles:
        return Reference(uri, (Text(number),))
    return Reference(uri, tuple(Text(f"{title.value} {number}".strip(), title.language) for title in titles))


def act_name(reader: Reader, uri: str) -> Reference:
    """The act by its short title where it has one."""
    short = texts_of(quad.object for quad in reader.quads(subject=NamedNode(uri), predicate=ELI.title_short))
    return Reference(uri, short) if short else labelled(reader, uri)


def cited_if(reader: Reader, uri: str) -> Reference | None:
    """The same; None for no IRI at all."""
    return cited(reader, uri) if uri else None
