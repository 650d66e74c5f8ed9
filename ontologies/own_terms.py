"""The terms of the register's own ontology, for its page: read once of ``samsvar.ttl``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ontologies.namespaces import PREFIXES, RDF

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = PREFIXES["skos"]
NAMESPACE = PREFIXES["samsvar"]


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A class, property or individual: its name, the names of its types, labels by language, and what is said of it.

    `others` are further statements that lead to another thing: property and IRI.
    """

    name: str
    types: tuple[str, ...]
    labels: Mapping[str, str]
    comments: Mapping[str, str]
    others: tuple[tuple[str, str], ...]

    @property
    def uri(self) -> str:
        """Its IRI."""
        return f"{NAMESPACE}{self.name}"


@cache
def ontology() -> tuple[Triple, ...]:
    """The ontology's statements, as the file has them."""
    content = files(__package__).joinpath("samsvar.ttl").read_bytes()
    return tuple(quad.triple for quad in parse(content, format=RdfFormat.TURTLE))


@cache
def own_terms() -> tuple[OwnTerm, ...]:
    """Every term, classes first, each group by name."""
    named = [triple for triple in ontology() if _name(triple.subject)]
    named.sort(key=lambda triple: _name(triple.subject))
    found = [_term(name, tuple(triples)) for name, triples in groupby(named, key=lambda triple: _name(triple.subject))]
    return tuple(sorted(found, key=lambda term: ("Class" not in term.types, term.name.casefold())))


def _term(name: str, triples: Iterable[Triple]) -> OwnTerm:
    said = tuple(triples)
    links = [
        (_short(each.predicate.value), each.object.value)
        for each in said
        if isinstance(each.object, NamedNode) and each.predicate != RDF.type
    ]
    types = [
        _short(each.object.value) for each in said if each.predicate == RDF.type and isinstance(each.object, NamedNode)
    ]
    labels = _texts(said, f"{_RDFS}label") | _texts(said, f"{_SKOS}prefLabel")
    comments = _texts(said, f"{_RDFS}comment") | _texts(said, f"{_SKOS}definition")
    return OwnTerm(name, tuple(sorted(types)), labels, comments, tuple(sorted(links)))


def _texts(said: Iterable[Triple], predicate: str) -> dict[str, str]:
    return {
        each.object.language or "": each.object.value
        for each in said
        if each.predicate.value == predicate and isinstance(each.object, Literal)
    }


def _name(subject: object) -> str:
    value = subject.value if isinstance(subject, NamedNode) else ""
    return value.removeprefix(NAMESPACE) if value.startswith(NAMESPACE) else ""


def _short(value: str) -> str:
    return value.replace("#", "/").rpartition("/")[2]
