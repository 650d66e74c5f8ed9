"""What differs between services that speak SPARQL 1.1: where they listen, how they log in, what they do to literals."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Login: TypeAlias = Literal["basic", "digest"]
KIB: Final = 2**10
MIB: Final = 2**20


@dataclass(frozen=True, slots=True)
class Dialect:
    """One kind of service.

    `query`, `update` and `graphs` are its usual paths under the store's address. `is_faithful`: literals come back as
    they were written, but for what the embedded engine does to them too. `inline` is how many bytes of triples one
    request may name, `piece` how many are sent to the graph store at a time; more is loaded beside first.
    """

    query: str = "/query"
    update: str = "/update"
    graphs: str = "/data"
    login: Login = "basic"
    is_faithful: bool = False
    update_as_form: bool = False
    inline: int = 64 * KIB
    piece: int = 8 * MIB


DIALECTS: Final = {
    "generic": Dialect(),
    "oxigraph": Dialect(graphs="/store", is_faithful=True, inline=512 * KIB),
    "virtuoso": Dialect(
        query="/sparql-auth",
        update="/sparql-auth",
        graphs="/sparql-graph-crud-auth",
        login="digest",
        update_as_form=True,
        inline=16 * KIB,
        piece=4 * MIB,
    ),
}
"""The kinds by name. `generic` is what the standard says, with the paths of Apache Jena Fuseki."""
